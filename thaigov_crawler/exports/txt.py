"""The format `txt`: headline, text and address of each article.

`scrapy import-corpus` cannot read it. The preset `corpus` writes files that it can read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from thaigov_crawler.exports import Articles

# A line between two articles. No article has a form feed in its text.
SEPARATOR = "\f\n"


def write(articles: Articles, file: IO[bytes]) -> None:
    """Write the articles to a binary file, as UTF-8, with SEPARATOR between two articles."""
    before = ""
    for article in articles:
        file.write((before + text_of(article)).encode())
        before = SEPARATOR


def text_of(article: Mapping[str, Any]) -> str:
    """Return an article as text: headline, empty line, lead and body, empty line, address on the site.

    The headline is one line. Lead and body have one paragraph a line, and no empty lines.
    """
    lines = [line for part in (article["lead"], article["body"]) if part for line in part.splitlines() if line.strip()]
    title = " ".join(article["title"].splitlines())
    return "\n".join([title, "", *lines, "", f"ที่มา : {article['url']}", ""])
