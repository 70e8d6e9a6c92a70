"""MeasurePipeline: how many of the articles that a run read have which field."""

from __future__ import annotations

from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from thaigov_crawler.run import Run, run_of


class MeasurePipeline:
    """Measures all that is read, whether the store holds it already or not (see run.counters.Measured)."""

    def __init__(self, run: Run):
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(run_of(crawler))

    def process_item(self, item: Any) -> Any:
        """The item unchanged."""
        self._run.measure(ItemAdapter(item))
        return item
