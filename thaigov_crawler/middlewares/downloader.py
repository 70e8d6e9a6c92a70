"""The downloader: Scrapy's own, which can let go of what is under way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy.core.downloader import Downloader

from thaigov_crawler.errors import NotSent

if TYPE_CHECKING:
    from scrapy.core.downloader.handlers import DownloadHandlers
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response


class LettingGo(Downloader):
    """When a run ends, Scrapy waits for the answers that are under way: minutes, from a host that hangs."""

    def __init__(self, crawler: Crawler):
        super().__init__(crawler)
        self._handlers = _Handlers(self.handlers)
        self.handlers = self._handlers  # type: ignore[assignment]  # of which it calls nothing but what is there

    def let_go(self) -> None:
        """Close the connections of all requests that are under way: each raises NotSent."""
        self._handlers.let_go()


class _Handlers:
    """The download handlers, with what they are at work on."""

    def __init__(self, handlers: DownloadHandlers):
        self._handlers = handlers
        self._under_way: set[asyncio.Task[Response]] = set()

    async def download_request_async(self, request: Request) -> Response:
        """Return the response. Raises what the handler raises, and NotSent where it is let go of."""
        task = asyncio.ensure_future(self._handlers.download_request_async(request))
        self._under_way.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if not task.cancelled():  # it is who waits for it that is ended
                task.cancel()
                raise
            raise NotSent("the run is ending") from None
        finally:
            self._under_way.discard(task)

    def let_go(self) -> None:
        for task in self._under_way:
            task.cancel()
