"""Feeds: Scrapy's own extension, in which a feed that cannot be written harms no other, and is told."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.extensions.feedexport import FeedExporter, FeedSlot

from thaigov_crawler.errors import typed
from thaigov_crawler.run import run_of

logger = logging.getLogger(__name__)


class Feeds(FeedExporter):
    """Scrapy's extension logs a traceback for each item that a feed does not take, and leaves the item out of all feeds
    behind that one. The run then ends as if nothing had been lost.

    Here such a feed is given up, with one message, and the run ends with status 1.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        feeds = super().from_crawler(crawler)
        # Scrapy closes the files later, when the report has said how the run ended.
        crawler.signals.connect(feeds.finish, signals.spider_closed)
        return feeds

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Write an item to each feed."""
        slots, self.slots = self.slots, []
        kept: list[FeedSlot] = []
        for slot in slots:
            self.slots = [slot]
            try:
                super().item_scraped(item, spider)
            except Exception as error:
                self._give_up(slot, error)
            else:
                kept += self.slots
        self.slots = kept

    def finish(self) -> None:
        """Write the end of each feed."""
        for slot in list(self.slots):
            try:
                slot.finish_exporting()
                if slot.itemcount and slot.file:
                    slot.file.flush()
            except Exception as error:
                self._give_up(slot, error)
                self.slots.remove(slot)

    def _give_up(self, slot: FeedSlot, error: Exception) -> None:
        logger.error(
            "The feed %s cannot be written: %s. The database holds every article: `%s` writes them to a file.",
            slot.uri,
            error,
            typed("export"),
        )
        with suppress(Exception):  # it writes what it could not write
            if slot.file:
                slot.file.close()
        with suppress(NotConfigured):  # a spider that is none of ours
            run_of(self.crawler).counters.failed_feeds += 1
