"""The preset `corpus`: one text file for each article, as in PyThaiNLP's thaigov-v2-corpus.

`scrapy import-corpus` can read the files. Their names are `data/YYYY/MM/DD/<section>_<article ID>.txt`, with the day of
publication (C.E.). In PyThaiNLP's corpus the folder is the day of fetching, and a running number stands for the article
ID. A file does not have the pictures and documents of an article, or the time and address of the capture. The section
lacks the characters that a file name cannot have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from thaigov_crawler.exports import Articles

# Every title tag of the site begins with this, in all sections.
TITLE_PREFIX = "รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-"
# The separators of folders, and characters that some operating system refuses in a file name.
_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
MAX_SECTION_LENGTH = 210  # bytes: a name has at most 255, and the article ID is in it too


def write(articles: Articles, folder: Path) -> None:
    """Write one file for each article to an empty folder."""
    for article in articles:
        place = folder.joinpath("data", *article["date_published"].split("-"))
        place.mkdir(parents=True, exist_ok=True)
        (place / _name_of(article)).write_bytes(text_of(article).encode())


def _name_of(article: Mapping[str, Any]) -> str:
    # A full stop at the beginning would hide the file.
    section = _NOT_IN_NAMES.sub("", article["section"] or "").lstrip(". ")
    section = section.encode()[:MAX_SECTION_LENGTH].decode("utf-8", "ignore").strip()
    return f"{section}_{article['id']}.txt" if section else f"{article['id']}.txt"


def text_of(article: Mapping[str, Any]) -> str:
    """Return an article as a text of the corpus.

    Its parts are: title tag, two blank lines, dates, headline, lead, body, a blank line, address. The line below the
    headline is always the lead. If an article has no lead, the headline stands there again, as on a third of the site's
    pages. Below a numeric date stands the print link, as on the site.
    """
    title = article["title"]
    news_date = [article["news_date_raw"], "พิมพ์"] if article["news_date_raw"] else []
    date = article["date_published_raw"] or article["date_published"]
    said = [date, *news_date, title, article["lead"] or title, article["body"]]
    return "\n".join([TITLE_PREFIX + title, "", "", *said, "", f"ที่มา : {article['url']}"])
