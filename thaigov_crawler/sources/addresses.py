"""Addresses of the site: the article ID is in them, and in nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import SplitResult, urljoin, urlsplit

ArticleIdOf = Callable[[str], "int | None"]  # an address to the article ID in it

ORIGIN = "https://www.thaigov.go.th"
# The classic pages end at about this article ID (PyThaiNLP's corpus, 2025-09): where open-ended ranges end.
LAST_CLASSIC_ID = 101_000

# details/<id> and ministry_details/<id>, http and https, with and without www and :80, are one article.
# The archives hold much junk below such addresses (details/1/undefined); a query changes nothing.
_CLASSIC = r"/news/contents/(?:ministry_)?details/0*([1-9]\d{0,8})/?(?:[?#].*)?"
_RELAUNCH = r"/(?:th|en)/news/0*([1-9]\d{0,8})/?(?:[?#].*)?"
_ARTICLE = re.compile(rf"https?://(?:www\.)?thaigov\.go\.th(?::80|:443)?{_CLASSIC}", re.IGNORECASE | re.ASCII)


def article_id_of(address: str) -> int | None:
    """Return the article ID in the address of a classic article page; None for any other address."""
    found = _ARTICLE.fullmatch(address)
    return int(found[1]) if found else None


def article_id_below(base: str, address: str, *, relaunch: bool = False) -> int | None:
    """Return the article ID in the address of an article page of the site at `base` (an origin); None for any other.

    As on the real site, http and https, with and without www and the default port, are one.
    """
    try:
        site, parts = urlsplit(base), urlsplit(address)
        if _place(site) != _place(parts):
            return None
    except ValueError:  # an address that is none
        return None
    rest = address[len(f"{parts.scheme}://{parts.netloc}") :]
    found = re.fullmatch(_RELAUNCH if relaunch else _CLASSIC, rest, re.IGNORECASE | re.ASCII)
    return int(found[1]) if found else None


def article_ids_below(bases: Sequence[str], *, relaunch: bool) -> ArticleIdOf:
    """Return what finds the article ID in an address, as `article_id_below` does, for a site that has several
    origins."""

    def found(address: str) -> int | None:
        return next(filter(None, (article_id_below(base, address, relaunch=relaunch) for base in bases)), None)

    return found


def _place(parts: SplitResult) -> tuple[str, int | None]:
    """Return the host and, where it is none of the web's own two, the port. Raises ValueError for a port that is
    none."""
    if parts.scheme not in ("http", "https"):
        raise ValueError(parts.scheme)
    return (parts.hostname or "").removeprefix("www."), None if parts.port in (80, 443) else parts.port


def path_of(article_id: int, *, relaunch: bool = False) -> str:
    """Return the path of an article's page: the classic one, or the Thai one of the site since 2025-09."""
    return f"/th/news/{article_id}" if relaunch else f"/news/contents/details/{article_id}"


def joined(address: str, location: str | None) -> str:
    """Return the absolute address that a redirect at `address` leads to; empty where it names none."""
    try:
        return urljoin(address, location or "")
    except ValueError:  # an address that is none, as in http://[…
        return ""
