"""What worker processes call: pure functions that read a page, or derive the fields of an article again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from thaigov_crawler.items import DERIVED_FIELDS, Article
from thaigov_crawler.loaders import load_article, rederive
from thaigov_crawler.pages.encoding import decode
from thaigov_crawler.pages.registry import read_page


@dataclass(frozen=True)
class Page:
    """A page to read, with what its capture tells about it."""

    article_id: int
    layout: str  # a key of `pages.registry.LAYOUTS`
    body: bytes
    content_type: str | None
    address: str  # canonical address on the live site
    section: str  # for a page that shows none; "" if the source knows none
    source: str
    captured_at: str | None  # ISO datetime with offset; None if unknown
    capture_url: str


class Reading(NamedTuple):
    """What a page says. The article is None if the page says that there is none."""

    article: Article | None
    counts: Counter[str]  # by name, what `load_article` counts


def read(page: Page) -> Reading:
    """Return what a page says."""
    raw = read_page(page.layout, decode(page.body, page.content_type), page.address)
    counts: Counter[str] = Counter()
    if raw is None:
        return Reading(None, counts)

    def count(name: str, number: int) -> None:
        counts[name] += number

    raw.section = raw.section or page.section
    article = load_article(
        vars(raw),
        count,
        id=page.article_id,
        url=page.address,
        source=page.source,
        captured_at=page.captured_at,
        capture_url=page.capture_url,
    )
    return Reading(article, counts)


def rederive_all(articles: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return for each stored article (its fields as exported) the fields that the present code derives.

    `extractor` is with them. The other fields are left out, so that little is handed over.
    """
    derived = (*DERIVED_FIELDS, "extractor")
    return [{name: anew[name] for name in derived} for anew in map(rederive, articles)]
