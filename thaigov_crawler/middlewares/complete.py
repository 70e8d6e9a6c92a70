"""CompletenessMiddleware: a compressed page that ends too early is not taken for the page."""

from __future__ import annotations

import zlib
from typing import Self

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Request, Response


def is_cut(body: bytes, max_size: int) -> bool:
    """Whether gzip data ends before its end. What is no gzip data, or holds more than `max_size` bytes, is not
    judged."""
    decompressor = zlib.decompressobj(zlib.MAX_WBITS | 16)
    size = 0
    try:
        while body and not decompressor.eof:
            size += len(decompressor.decompress(body, 1 << 20))
            if size > max_size > 0:
                return False
            body = decompressor.unconsumed_tail
    except zlib.error:
        return False
    return not decompressor.eof


class CompletenessMiddleware:
    """Asks again for a gzipped response whose data end too early, which Scrapy would shorten without a word.

    (Fewer bytes than Content-Length and an unfinished chunked body are noticed by Scrapy itself.)
    """

    def __init__(self, crawler: Crawler):
        self._crawler = crawler
        self._max_size = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """The response, or the request once more. Raises ResponseDataLossError when the retries are used up."""
        encoding = (response.headers.get("Content-Encoding") or b"").strip().lower()
        if encoding not in (b"gzip", b"x-gzip") or not response.body:
            return response
        if not is_cut(response.body, request.meta.get("download_maxsize", self._max_size)):
            return response
        assert self._crawler.spider
        again = get_retry_request(request, spider=self._crawler.spider, reason="truncated gzip")
        if again is None:
            raise ResponseDataLossError(f"the compressed page at {response.url} ends too early")
        return again
