"""Scrapy's downloader, but it can drop the requests that are under way, and notes when each was sent."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from scrapy.core.downloader import Downloader

from thaigov_crawler.errors import NotSent

if TYPE_CHECKING:
    from scrapy.core.downloader.handlers import DownloadHandlers
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response

# Meta key: when the request was sent last, as monotonic(). Scrapy's `download_latency` does not tell, because a busy
# process may judge an answer long after it came.
SENT_AT = "thaigov_sent_at"


class LettingGo(Downloader):
    """A downloader with `let_go`. Scrapy's own waits for every answer when a run ends: minutes, if a host hangs."""

    def __init__(self, crawler: Crawler):
        super().__init__(crawler)
        self._handlers = _Handlers(self.handlers)
        self.handlers = self._handlers  # type: ignore[assignment]  # Scrapy calls only what `_Handlers` has

    def let_go(self) -> None:
        """Close the connections of all requests that are under way. Each of these requests fails with NotSent."""
        self._handlers.let_go()


class _Handlers:
    """The download handlers. They remember which requests are under way."""

    def __init__(self, handlers: DownloadHandlers):
        self._handlers = handlers
        self._under_way: set[asyncio.Task[Response]] = set()

    async def download_request_async(self, request: Request) -> Response:
        """Return the response. Raise what the handler raises, or NotSent after `let_go`."""
        request.meta[SENT_AT] = monotonic()
        task = asyncio.ensure_future(self._handlers.download_request_async(request))
        self._under_way.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if not task.cancelled():  # not `let_go`, but the task that awaits this one was cancelled
                task.cancel()
                raise
            raise NotSent("the run is ending") from None
        finally:
            self._under_way.discard(task)

    def let_go(self) -> None:
        for task in self._under_way:
            task.cancel()
