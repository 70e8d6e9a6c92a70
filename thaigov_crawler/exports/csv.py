"""CSV (RFC 4180) for spreadsheets: one article a row, lists as JSON text in their cell."""

from __future__ import annotations

import codecs
import csv
import json
import re
from typing import IO, Any

from thaigov_crawler.exports import Articles
from thaigov_crawler.items import FIELDS

# What a spreadsheet may take for a formula, full-width forms too, behind characters that it skips or does not show.
_FORMULA = re.compile(r"[\t\r\n]|[\x00-\x20\s\u200b\ufeff]*[=+\-@＝＋－＠]")


def write(articles: Articles, file: IO[bytes], *, bom: bool = False) -> None:
    """Write a row of field names and the articles to a binary file, as UTF-8; with `bom`, begun by a byte order mark,
    without which Excel does not know that it is.

    Text from the web that a spreadsheet may take for a formula gets an apostrophe before it, as OWASP advises.
    """
    # Scrapy's CsvItemExporter names no fields where there is no item, and closes standard output behind a broken pipe.
    rows = csv.writer(codecs.getwriter("utf-8-sig" if bom else "utf-8")(file))
    rows.writerow(FIELDS)
    for article in articles:
        rows.writerow(cell(article[name]) for name in FIELDS)


def cell(value: Any) -> Any:
    """Return what stands in the cell of a value as exported."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
