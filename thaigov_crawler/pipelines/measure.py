"""MeasurePipeline: count how many of the articles that a run reads have a lead, a venue and so on."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from thaigov_crawler.items import Article
from thaigov_crawler.run import Run, run_of


class MeasurePipeline:
    """Count all articles that are read, new or not (see run.counters.Measured)."""

    def __init__(self, run: Run):
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(run_of(crawler))

    def process_item(self, item: Article) -> Article:
        """Count the item and return it."""
        self._run.counters.measured.add(vars(item))
        return item
