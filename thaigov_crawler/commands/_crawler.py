"""The crawler of `scrapy crawl`: one that can be interrupted at any moment."""

from __future__ import annotations

import asyncio
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.spiders import Spider

MOMENT = 0.02  # seconds between two looks at whether the run has opened


class InterruptibleCrawler(Crawler):
    """Scrapy's crawler, which lets a run open before it stops it.

    Scrapy 2.19 takes no notice of an interrupt while the spider opens, and ends the process in the middle of that. The
    row in `runs` would stay without an end.
    """

    def __init__(self, spidercls: type[Spider], *args: Any, **kwargs: Any) -> None:
        super().__init__(spidercls, *args, **kwargs)
        self._closed = False
        self.signals.connect(self._note_end, signals.spider_closed)

    async def stop_async(self) -> None:
        """Stop the run, once it has opened. Return when it has stopped."""
        while self.crawling and not self._closed and not (self.engine and self.engine.running):
            await asyncio.sleep(MOMENT)
        await super().stop_async()

    def _note_end(self) -> None:
        self._closed = True
