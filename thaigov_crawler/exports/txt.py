"""Plain text: headline, text, address. It is shorter than the files of PyThaiNLP's thaigov-v2-corpus, and not read by
`scrapy import-corpus`; the preset `corpus` writes those."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from thaigov_crawler.exports import Articles

# A line of its own between two articles: a form feed, which no text within holds.
SEPARATOR = "\f\n"


def write(articles: Articles, file: IO[bytes]) -> None:
    """Write the articles to a binary file, as UTF-8, a SEPARATOR between each two."""
    before = ""
    for article in articles:
        file.write((before + text_of(article)).encode())
        before = SEPARATOR


def text_of(article: Mapping[str, Any]) -> str:
    """An article as text: the headline on one line, an empty line, lead and body with a paragraph a line and no empty
    ones, an empty line, and where it comes from."""
    lines = [line for part in (article["lead"], article["body"]) if part for line in part.splitlines() if line.strip()]
    title = " ".join(article["title"].splitlines())
    return "\n".join([title, "", *lines, "", f"ที่มา : {article['url']}", ""])
