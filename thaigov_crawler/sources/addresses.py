"""Addresses of the site: the article ID is in them, and in nothing else."""

from __future__ import annotations

import re
from urllib.parse import urljoin

ORIGIN = "https://www.thaigov.go.th"
# The classic pages end at about this article ID (PyThaiNLP's corpus, 2025-09): where open-ended ranges end.
LAST_CLASSIC_ID = 101_000

# details/<id> and ministry_details/<id>, http and https, with and without www and :80, are one article.
# The archives hold much junk below such addresses (details/1/undefined); a query changes nothing.
_CLASSIC = r"/news/contents/(?:ministry_)?details/0*([1-9]\d{0,8})/?(?:[?#].*)?"
_RELAUNCH = r"/(?:th|en)/news/0*([1-9]\d{0,8})/?(?:[?#].*)?"
_ARTICLE = re.compile(rf"https?://(?:www\.)?thaigov\.go\.th(?::80|:443)?{_CLASSIC}", re.IGNORECASE | re.ASCII)


def article_id_of(address: str) -> int | None:
    """The article ID in the address of a classic article page; None for any other address."""
    found = _ARTICLE.fullmatch(address)
    return int(found[1]) if found else None


def article_id_below(base: str, address: str, *, relaunch: bool = False) -> int | None:
    """The article ID in the address of an article page of the site at `base` (an origin); None for any other."""
    if not address.startswith(base):
        return None
    found = re.fullmatch(_RELAUNCH if relaunch else _CLASSIC, address[len(base) :], re.IGNORECASE | re.ASCII)
    return int(found[1]) if found else None


def canonical_address(article_id: int) -> str:
    """The canonical address of an article on the live site, in its classic form."""
    return f"{ORIGIN}{path_of(article_id)}"


def path_of(article_id: int, *, relaunch: bool = False) -> str:
    """The path of an article's page: the classic one, or the Thai one of the site since 2025-09."""
    return f"/th/news/{article_id}" if relaunch else f"/news/contents/details/{article_id}"


def joined(address: str, location: str | None) -> str:
    """The absolute address that a redirect at `address` leads to; empty where it names none."""
    try:
        return urljoin(address, location or "")
    except ValueError:  # an address that is none, as in http://[…
        return ""
