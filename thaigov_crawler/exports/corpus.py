"""Text files as PyThaiNLP's thaigov-v2-corpus has them, one an article, which `scrapy import-corpus` reads again.

They lie in `data/YYYY/MM/DD/<section>_<article ID>.txt` by the day of publication. (The corpus has the day of fetching
and a running number there, and files of one day in one folder all the same.) What a file lacks of an article: pictures,
documents, when and from where it was captured, and of the section what no file's name may hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from thaigov_crawler.exports import Articles

# Of each title tag of the site, whatever the section.
TITLE_PREFIX = "รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-"
# What parts folders, and what some system refuses in a name.
_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
MAX_SECTION_LENGTH = 210  # bytes: a name has at most 255, and the article ID is in it too


def write(articles: Articles, folder: Path) -> None:
    """Write a file for each article to an empty folder."""
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
    """An article as the corpus has it: title tag, two blank lines, dates, headline, lead, body, a blank line, address.

    Where there is no lead the headline stands once more, as the site has it on a third of its pages: the line behind
    the headline is always the lead's. The print link stands where the site has it, below a numeric date.
    """
    title = article["title"]
    news_date = [article["news_date_raw"], "พิมพ์"] if article["news_date_raw"] else []
    date = article["date_published_raw"] or article["date_published"]
    said = [date, *news_date, title, article["lead"] or title, article["body"]]
    return "\n".join([TITLE_PREFIX + title, "", "", *said, "", f"ที่มา : {article['url']}"])
