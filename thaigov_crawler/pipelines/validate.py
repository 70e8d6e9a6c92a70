"""ValidatePipeline: drop an article that has no title, no date or no body. Its page is malformed."""

from __future__ import annotations

import logging
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from thaigov_crawler.errors import typed
from thaigov_crawler.items import Article, missing_fields, missing_in_words
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.run import Run, run_of

logger = logging.getLogger(__name__)


class ValidatePipeline:
    """End the visit as `malformed` if a required field is missing, and count `thaigov/missing/<field>`."""

    def __init__(self, run: Run):
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(run_of(crawler))

    def process_item(self, item: Article) -> Article:
        """Return the item. Raise DropItem if a required field is missing."""
        article = vars(item)
        lacking = missing_fields(article)
        if not lacking:
            return item
        for name in lacking:
            self._run.count(f"missing/{name}")
        reason = missing_in_words(lacking)
        source = self._run.arguments.get("source", article["source"])
        logger.warning(
            "Article %s is malformed: %s. Read its page with `%s`.",
            article["id"],
            reason,
            typed(f"probe -a source={source} {article['id']}"),
        )
        self._run.visits.end(Visit.of(article, Outcome.MALFORMED, reason))
        raise DropItem(f"malformed: {reason}", log_level="DEBUG")
