"""CompletenessMiddleware: a page that is not whole is not taken for the page."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Request, Response, TextResponse
from scrapy.responsetypes import responsetypes

from thaigov_crawler.errors import DamagedBody
from thaigov_crawler.sources.bodies import whole_page


class CompletenessMiddleware:
    """Decompresses every response, and asks again for one that is not whole.

    Scrapy's own middleware would take what there is of a page that was cut. It still says which codings are accepted,
    and finds nothing left to do. (Scrapy itself notices fewer bytes than Content-Length, and a chunked body that does
    not end.)
    """

    def __init__(self, crawler: Crawler):
        self._crawler = crawler
        self._max_size = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of a crawler."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Return the response without content codings, or the request once more.

        Raises ResponseDataLossError when the retries are used up, DownloadCancelledError for a page that is too large.
        """
        limit = request.meta.get("download_maxsize", self._max_size)
        try:
            body = whole_page(response.status, response.headers, response.body, limit)
        except DamagedBody as error:
            assert self._crawler.spider
            # A part of the page is no accident on the way.
            is_final = response.status == 206
            again = None if is_final else get_retry_request(request, spider=self._crawler.spider, reason="damaged body")
            if again is None:
                raise ResponseDataLossError(f"the page at {response.url} is not whole: {error}") from error
            return again
        if "Content-Encoding" not in response.headers and body == response.body:
            return response
        return _with_body(response, body)


def _with_body(response: Response, body: bytes) -> Response:
    """Return a response that has a body as it is without content codings, of the class that fits it."""
    headers = response.headers.copy()
    headers.pop("Content-Encoding", None)
    response_class = responsetypes.from_args(headers=headers, url=response.url, body=body)
    # The encoding is that of the decompressed text.
    further = {"encoding": None} if issubclass(response_class, TextResponse) else {}
    return response.replace(cls=response_class, headers=headers, body=body, **further)
