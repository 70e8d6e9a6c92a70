"""Addresses of the site. Only the address of a page tells its article ID."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from functools import partial
from urllib.parse import urljoin, urlsplit

ArticleIdOf = Callable[[str], "int | None"]  # takes an address, returns the article ID in it
_Site = tuple[str, "int | None"]  # host and port of a site

ORIGIN = "https://www.thaigov.go.th"
# The classic pages end at about this article ID (PyThaiNLP's corpus, 2025-09). Open-ended ranges end here.
LAST_CLASSIC_ID = 101_000

# Articles are below these addresses, which the index of an archive takes as prefixes, since these days (C.E.). 2016 is
# the year of the oldest. The relaunch was on 2025-09-20 (LeaderSpeech, 2026-08).
CLASSIC_PREFIXES, CLASSIC_SINCE = ("www.thaigov.go.th/news/contents/",), "2016-01-01"
RELAUNCH_PREFIXES, RELAUNCH_SINCE = ("www.thaigov.go.th/th/news/", "www.thaigov.go.th/en/news/"), "2025-09-01"

# These are addresses of one article: details/<id> and ministry_details/<id>, http and https, with and without www and
# :80, with any query. The archives also hold much junk below such addresses (details/1/undefined), which are not
# articles.
_CLASSIC = r"/news/contents/(?:ministry_)?details/0*([1-9]\d{0,8})/?(?:[?#].*)?"
_RELAUNCH = r"/(?:th|en)/news/0*([1-9]\d{0,8})/?(?:[?#].*)?"
_ARTICLE = re.compile(rf"https?://(?:www\.)?thaigov\.go\.th(?::80|:443)?{_CLASSIC}", re.IGNORECASE | re.ASCII)


def article_id_of(address: str) -> int | None:
    """Return the article ID in the address of a classic article page, or None for any other address."""
    found = _ARTICLE.fullmatch(address)
    return int(found[1]) if found else None


def article_id_below(base: str, address: str, *, relaunch: bool = False) -> int | None:
    """Return the article ID in the address of an article page of the site at `base` (an origin), or None for any other.

    http and https, with and without www and the default port, are one site.
    """
    return article_ids_below([base], relaunch=relaunch)(address)


def article_ids_below(bases: Sequence[str], *, relaunch: bool) -> ArticleIdOf:
    """Return a function that finds the article ID in an address, as `article_id_below` does for one origin.

    `bases` are the origins of the site. A mirror has two: its own and that of the real site.
    """
    sites = {_site_of(base) for base in bases} - {None}
    path = re.compile(_RELAUNCH if relaunch else _CLASSIC, re.IGNORECASE | re.ASCII)
    return partial(article_id_at, sites, path)


def article_id_at(sites: Set[_Site | None], path: re.Pattern[str], address: str) -> int | None:
    """Return the article ID in the address of a page with such a path at one of the sites, or None for any other."""
    if _site_of(address) not in sites:
        return None
    parts = urlsplit(address)  # which remembers it
    article = path.fullmatch(address[len(f"{parts.scheme}://{parts.netloc}") :])
    return int(article[1]) if article else None


def _site_of(address: str) -> _Site | None:
    """Return the host without www, and the port, or None for port 80 or 443. Return None for what is no address."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https"):
            return None
        return (parts.hostname or "").removeprefix("www."), None if parts.port in (80, 443) else parts.port
    except ValueError:  # such as a port that is not a number
        return None


def path_of(article_id: int, *, relaunch: bool = False) -> str:
    """Return the path of an article's page on the classic site, or with `relaunch` that on the site since 2025-09."""
    return f"/th/news/{article_id}" if relaunch else f"/news/contents/details/{article_id}"


def joined(address: str, location: str | None) -> str:
    """Return the absolute address that a redirect at `address` leads to, or "" if `location` is not an address."""
    try:
        return urljoin(address, location or "")
    except ValueError:  # not an address, as in http://[…
        return ""
