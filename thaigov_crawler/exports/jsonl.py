"""The format `jsonl` (JSON Lines): one line for each article, with all fields."""

from __future__ import annotations

from io import BytesIO
from typing import IO, cast

from scrapy.exporters import JsonLinesItemExporter

from thaigov_crawler.exports import Articles


def write(articles: Articles, file: IO[bytes]) -> None:
    """Write the articles to a binary file, as UTF-8."""
    exporter = JsonLinesItemExporter(cast("BytesIO", file), encoding="utf-8")  # any binary file will do
    for article in articles:
        exporter.export_item(article)
