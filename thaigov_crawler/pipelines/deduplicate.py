"""DeduplicatePipeline: drop the articles that are already stored in this version."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from thaigov_crawler.errors import StoreError
from thaigov_crawler.items import Article, exported
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.run import Run, run_of
from thaigov_crawler.store import Change


class DeduplicatePipeline:
    """Compare each article with the store, which also has the articles of this run.

    In a crawl of files, many are compared at once when they are saved: StorePipeline drops those that are stored.

    A set of seen IDs would grow with the run, and it could not tell an edited capture from a repeated one.
    """

    def __init__(self, run: Run):
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(run_of(crawler))

    def process_item(self, item: Article) -> Article:
        """Return the item. Raise DropItem if saving it would change nothing."""
        article = exported(item)
        try:
            change = self._run.visits.compare(article)
        except StoreError:
            raise DropItem("not stored", log_level="DEBUG") from None
        if change is not Change.SAME:
            return item
        self._run.visits.end(Visit.of(article, Outcome.UNCHANGED))
        raise DropItem("unchanged", log_level="DEBUG")
