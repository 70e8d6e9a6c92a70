"""DeduplicatePipeline: an article that the store holds like this already goes no further."""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from thaigov_crawler.errors import StoreError
from thaigov_crawler.outcomes import Outcome, Visit, visit_ended
from thaigov_crawler.store import Change
from thaigov_crawler.store.of_run import only_for_our_spiders, store_of


class DeduplicatePipeline:
    """Compares by article ID and digest with the store, which holds the articles of this run too: a set of
    seen IDs would grow with the run, and would not know an edited capture from a repeated one."""

    def __init__(self, crawler: Crawler):
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DeduplicatePipeline:
        only_for_our_spiders(crawler)
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """The item unchanged. Raises DropItem where saving it would change nothing."""
        article = ItemAdapter(item).asdict()
        try:
            change = store_of(self._crawler).compare(article)
        except StoreError:
            raise DropItem("not stored", log_level="DEBUG") from None
        if change is not Change.SAME:
            return item
        visit = Visit.of(article, Outcome.UNCHANGED)
        self._crawler.signals.send_catch_log(visit_ended, visit=visit, recorded=False)
        raise DropItem("unchanged", log_level="DEBUG")
