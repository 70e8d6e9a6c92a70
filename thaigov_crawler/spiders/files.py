"""Visits the pages of files. One request of Scrapy stands for all of them.

With a request for each page, Scrapy's scheduler, downloader and scraper would take as long as it takes to read two
pages from a file and to parse them.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from itertools import chain
from types import MappingProxyType
from typing import Any

from scrapy import signals
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from thaigov_crawler.errors import WorkerDied
from thaigov_crawler.items import Article
from thaigov_crawler.run import Run
from thaigov_crawler.run.ends import FinishReason
from thaigov_crawler.run.waiting import MOST
from thaigov_crawler.spiders.reader import WORKERS_ADVICE, Reader

logger = logging.getLogger(__name__)

# Scrapy's own handlers: importing them takes a fifth of a second.
_NO_HANDLERS = MappingProxyType(dict.fromkeys(("data", "file", "ftp", "http", "https", "s3")))
# What watches over requests to a network: Scrapy's own, and ours. Files hold what was answered at another time:
# there is nothing to obey, to repeat or to follow.
_SCRAPYS = (
    *("offsite.OffsiteMiddleware", "httpauth.HttpAuthMiddleware", "downloadtimeout.DownloadTimeoutMiddleware"),
    *("defaultheaders.DefaultHeadersMiddleware", "useragent.UserAgentMiddleware", "retry.RetryMiddleware"),
    *("httpcompression.HttpCompressionMiddleware", "httpproxy.HttpProxyMiddleware", "stats.DownloaderStats"),
)
_OURS = ("robots.RobotsTxtMiddleware", "refusals.RefusalMiddleware", "complete.CompletenessMiddleware")
_NO_MIDDLEWARES = MappingProxyType(
    dict.fromkeys(
        [f"scrapy.downloadermiddlewares.{name}" for name in _SCRAPYS]
        + [f"thaigov_crawler.middlewares.{name}" for name in _OURS]
    )
)
# The settings that every source of files needs.
SETTINGS = MappingProxyType(
    {
        "DOWNLOAD_HANDLERS": {**_NO_HANDLERS, "files": "thaigov_crawler.spiders.files.NothingHandler"},
        "DOWNLOADER_MIDDLEWARES": _NO_MIDDLEWARES,
        # All pages are one response for Scrapy. `visit_all` takes it for the end of the run if Scrapy asks for a pause.
        "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 5_000_000,
        # Articles that are in the pipelines at a time. MOST of them wait there until they are written together, as many
        # are being written, and the rest are on their way.
        "CONCURRENT_ITEMS": 3 * MOST,
    }
)

Found = Article | Request | None


class NothingHandler(BaseDownloadHandler):
    """Answers the request that stands for all pages."""

    async def download_request(self, request: Request) -> Response:
        """Return an empty response."""
        return Response(request.url)

    async def close(self) -> None:
        """Do nothing."""


class FilePages:
    """The pages that a source of files has planned to visit."""

    def __init__(
        self,
        crawler: Crawler,
        run: Run,
        reader: Reader,
        parse: Callable[..., Coroutine[Any, Any, Found]],
        not_fetched: Callable[[Failure], None],
    ):
        """`parse` and `not_fetched` are called for each page, as Scrapy calls a callback and an errback."""
        self._crawler, self._run, self._reader = crawler, run, reader
        self._parse, self._not_fetched = parse, not_fetched

    def request(self) -> Request:
        """Return the request that stands for all pages."""
        return Request(f"files://{self._run.source.kind}", callback=self.visit_all, dont_filter=True)

    async def visit_all(self, response: Response) -> AsyncIterator[Article | Request]:
        """Visit the pages in order, and yield what they hold. Stop early if the run ends.

        While worker processes read pages, many visits are under way.
        """
        source, under_way = self._run.source, deque[asyncio.Task[Found]]()
        try:
            self._reader.prepare(self._run.counters.planned or 0)
        except WorkerDied as error:
            self._run.end(FinishReason.WORKER_DIED, str(error), WORKERS_ADVICE)
        with self._run.visits.written_together():
            for request in chain(source.requests(), source.last_requests()):
                if self._crawler.engine.needs_backout():
                    break
                under_way.append(asyncio.create_task(self._visit(request)))
                await asyncio.sleep(0)  # the visit begins
                while len(under_way) > self._reader.ahead:
                    if found := await under_way.popleft():
                        yield found
            for visit in under_way:
                if found := await visit:
                    yield found
            await asyncio.sleep(0)  # the last articles go into the pipelines, and their visits wait, too

    async def _visit(self, request: Request) -> Found:
        engine = self._crawler.engine
        try:
            response = await engine.downloader.handlers.download_request_async(request)
        except Exception:  # as in Scrapy: `not_fetched` knows which errors to expect
            failure = Failure()  # type: ignore[no-untyped-call]
            failure.request = request  # type: ignore[attr-defined]  # Scrapy puts it there, too
            self._not_fetched(failure)
            return None
        response.request = request
        logger.debug("Crawled (%d) %s", response.status, request)  # as Scrapy logs pages of a network
        self._crawler.signals.send_catch_log(
            signals.response_received, response=response, request=request, spider=self._crawler.spider
        )
        try:
            return await self._parse(response, **request.cb_kwargs)
        except Exception:
            engine.scraper.handle_spider_error(Failure(), request, response)  # type: ignore[no-untyped-call]
            return None
