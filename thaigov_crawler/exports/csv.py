"""The format `csv` (RFC 4180), for spreadsheets: one row for each article. A list is JSON text in its cell."""

from __future__ import annotations

import codecs
import csv
import json
import re
from typing import IO, Any

from thaigov_crawler.exports import Articles
from thaigov_crawler.items import FIELDS

# The beginning of a text that a spreadsheet may read as a formula. The signs may have their full width, and may stand
# behind characters that a spreadsheet skips or does not show.
_FORMULA = re.compile(r"[\t\r\n]|[\x00-\x20\s\u200b\ufeff]*[=+\-@＝＋－＠]")


def write(articles: Articles, file: IO[bytes], *, bom: bool = False) -> None:
    """Write a row of field names and a row for each article to a binary file, as UTF-8.

    With `bom`, the file begins with a byte order mark. Excel needs it to recognise UTF-8. A text that a spreadsheet may
    read as a formula gets an apostrophe before it, as OWASP advises.
    """
    # Not by Scrapy's CsvItemExporter: without items it writes no field names, and it closes a broken standard output.
    rows = csv.writer(codecs.getwriter("utf-8-sig" if bom else "utf-8")(file))
    rows.writerow(FIELDS)
    for article in articles:
        rows.writerow(cell(article[name]) for name in FIELDS)


def cell(value: Any) -> Any:
    """Return what stands in the cell of a value as exported."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
