"""StorePipeline: writes articles and visits to the store, each in one transaction."""

from __future__ import annotations

import contextlib
import logging
from dataclasses import replace
from typing import Any

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem

from thaigov_crawler.errors import StoreError
from thaigov_crawler.outcomes import WHY_ENDED, Outcome, Visit, visit_ended
from thaigov_crawler.store import Change
from thaigov_crawler.store.of_run import STORE_FAILED, only_for_our_spiders, store_of

logger = logging.getLogger(__name__)


class StorePipeline:
    """Saves each article with its visit, and records the visits that end elsewhere.

    Only what is new or changed goes on to the journal (FEEDS). Counts `thaigov/article/<change>`.
    """

    def __init__(self, crawler: Crawler):
        self._crawler = crawler
        crawler.signals.connect(self.visit_ended, visit_ended)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        only_for_our_spiders(crawler)
        return cls(crawler)

    def open_spider(self) -> None:
        """Open the store and begin the run. Raises CloseSpider where the database cannot be used."""
        try:
            store_of(self._crawler)
        except StoreError as error:
            logger.error("%s", error)
            self._crawler.stats.set_value(WHY_ENDED, str(error))
            raise CloseSpider(STORE_FAILED) from None

    def process_item(self, item: Any) -> Any:
        """The item unchanged. Raises DropItem for a revision and for what the store held already."""
        article = ItemAdapter(item).asdict()
        visit = Visit.of(article, Outcome.STORED)
        try:
            change = store_of(self._crawler).save(article, visit)
        except StoreError:
            raise DropItem("not stored", log_level="DEBUG") from None
        self._crawler.stats.inc_value(f"thaigov/article/{change.value}")
        visit = replace(visit, outcome=change.outcome)
        self._crawler.signals.send_catch_log(visit_ended, visit=visit, recorded=True)
        if change not in (Change.NEW, Change.EDITED, Change.REPLACED):
            raise DropItem(f"no news: {change.value}", log_level="DEBUG")
        return item

    def visit_ended(self, visit: Visit, recorded: bool) -> None:
        """Record a visit that did not end in the store."""
        if not recorded:
            with contextlib.suppress(StoreError):  # logged, and the run is ending
                store_of(self._crawler).record(visit)
