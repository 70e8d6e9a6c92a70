"""StorePipeline: write each article and its visit to the store, both in one transaction."""

from __future__ import annotations

import logging
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem
from scrapy.utils.defer import maybe_deferred_to_future

from thaigov_crawler.errors import StoreError
from thaigov_crawler.items import Article, exported
from thaigov_crawler.run import Run, run_of
from thaigov_crawler.run.ends import FinishReason
from thaigov_crawler.store import Change

logger = logging.getLogger(__name__)

_NEWS = (Change.NEW, Change.EDITED, Change.REPLACED)


class StorePipeline:
    """Save each article. Only new and edited articles go on to the journal (FEEDS)."""

    def __init__(self, run: Run):
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(run_of(crawler))

    def open_spider(self) -> None:
        """Open the store and begin the run. Raise CloseSpider if the database cannot be used."""
        try:
            self._run.store.begin()
        except StoreError as error:
            logger.error("%s", error)
            raise CloseSpider(FinishReason.STORE_FAILED.word) from None

    async def process_item(self, item: Article) -> Article:
        """Return the item when it is saved. Raise DropItem if it is not new and edits nothing, as an older version."""
        try:
            change = await maybe_deferred_to_future(self._run.visits.save(exported(item)))
        except StoreError:
            raise DropItem("not stored", log_level="DEBUG") from None
        if change not in _NEWS:
            raise DropItem(f"no news: {change.value}", log_level="DEBUG")
        return item

    def close_spider(self) -> None:
        """Write the visits that still wait, before the end of the run is judged."""
        self._run.visits.write_waiting()
