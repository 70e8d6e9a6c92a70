"""CompletenessMiddleware: it decompresses pages, and asks again for pages that are not whole."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Request, Response, TextResponse
from scrapy.responsetypes import responsetypes

from thaigov_crawler.errors import DamagedBody
from thaigov_crawler.sources.base import WANTS_PART
from thaigov_crawler.sources.bodies import whole_page


class CompletenessMiddleware:
    """Decompresses every response. If a response is not whole, asks for it again.

    Scrapy's own HttpCompressionMiddleware accepts the first part of a compressed page that was cut. It stays in use,
    because it sends the header Accept-Encoding, but it finds nothing left to decompress. (Scrapy's downloader notices a
    body that is shorter than Content-Length, and a chunked body that does not end.)
    """

    def __init__(self, crawler: Crawler):
        self._crawler = crawler
        self._max_size = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of a crawler."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Return the response without content codings, or the request to be sent again.

        A part of a file, if that was asked for, is returned as it is.

        Raise ResponseDataLossError if the retries are used up, and DownloadCancelledError if the page is too large.
        """
        if response.status == 206 and request.meta.get(WANTS_PART):
            return response
        limit = request.meta.get("download_maxsize", self._max_size)
        try:
            body = whole_page(response.status, response.headers, response.body, limit)
        except DamagedBody as error:
            assert self._crawler.spider
            # With status 206 the host sends a part on purpose. Another try would bring the same.
            is_final = response.status == 206
            again = None if is_final else get_retry_request(request, spider=self._crawler.spider, reason="damaged body")
            if again is None:
                raise ResponseDataLossError(f"the page at {response.url} is not whole: {error}") from error
            return again
        if "Content-Encoding" not in response.headers and body == response.body:
            return response
        return _with_body(response, body)


def _with_body(response: Response, body: bytes) -> Response:
    """Return a response with this decoded body, of the class that fits it."""
    headers = response.headers.copy()
    headers.pop("Content-Encoding", None)
    response_class = responsetypes.from_args(headers=headers, url=response.url, body=body)
    # The class finds the encoding anew, from the decompressed text.
    further = {"encoding": None} if issubclass(response_class, TextResponse) else {}
    return response.replace(cls=response_class, headers=headers, body=body, **further)
