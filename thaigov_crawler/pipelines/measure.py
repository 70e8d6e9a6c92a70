"""MeasurePipeline: how many of the articles that a run read have which field."""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

# What is counted, and the field that tells.
FIELDS = {
    "lead": "lead",
    "section": "section",
    "event": "event_start",
    "attendees": "attendees",
    "venue": "venue",
}
# A summary of a cabinet's meeting has 120,000 characters: one would outweigh fifty other articles.
LONGEST = 5000


class MeasurePipeline:
    """Counts `thaigov/quality/articles`, `thaigov/quality/<field>` and `thaigov/quality/characters` (of the bodies, at
    most LONGEST of each) over all that is read, whether the store holds it already or not."""

    def __init__(self, crawler: Crawler):
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> MeasurePipeline:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """The item unchanged."""
        article = ItemAdapter(item)
        self._count("articles")
        for name, field in FIELDS.items():
            self._count(name, bool(article.get(field)))
        self._count("characters", min(len(article["body"]), LONGEST))
        return item

    def _count(self, name: str, number: int = 1) -> None:
        self._crawler.stats.inc_value(f"thaigov/quality/{name}", int(number))
