"""Addresses of the classic site: the article ID is in them, and in nothing else."""

from __future__ import annotations

import re

# details/<id> and ministry_details/<id>, http and https, with and without www and :80, are one article.
# The archives hold much junk below such addresses (details/1/undefined); a query changes nothing.
_ARTICLE = re.compile(
    r"https?://(?:www\.)?thaigov\.go\.th(?::80|:443)?/news/contents/(?:ministry_)?details/0*([1-9]\d{0,8})/?(?:[?#].*)?",
    re.IGNORECASE | re.ASCII,
)


def article_id_of(address: str) -> int | None:
    """The article ID in the address of a classic article page; None for any other address."""
    found = _ARTICLE.fullmatch(address)
    return int(found[1]) if found else None


def canonical_address(article_id: int) -> str:
    """The canonical address of an article on the live site."""
    return f"https://www.thaigov.go.th/news/contents/details/{article_id}"
