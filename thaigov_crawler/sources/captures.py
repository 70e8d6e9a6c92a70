"""Chooses among the captures that an archive lists of an article: which of them to visit, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from typing import TYPE_CHECKING

from thaigov_crawler.outcomes import lies_ahead

if TYPE_CHECKING:
    from thaigov_crawler.sources.base import HeldCapture
    from thaigov_crawler.sources.rows import IndexedCapture

# Digests (SHA-1, base32 and hex) of an empty body. Redirects often have one. It is not a page.
_EMPTY = frozenset(("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709"))


def with_revisits_told(
    found: Mapping[int, Iterable[IndexedCapture]], no_pages: Set[str]
) -> dict[int, list[IndexedCapture]]:
    """Return the captures by article ID, without the revisits that are surely not pages.

    A revisit is a capture whose content is that of another capture with the same digest. If another capture with this
    digest is a page, the revisit becomes an ordinary capture. If the digest is one of `no_pages` (digests of captures
    that are not pages), the revisit is left out. If no capture tells, it stays a revisit, and is tried last.
    """
    pages = {
        capture.digest
        for captures in found.values()
        for capture in captures
        if capture.digest and not capture.is_revisit
    }
    told: dict[int, list[IndexedCapture]] = {}
    for article_id, captures in found.items():
        for capture in captures:
            is_open = capture.is_revisit and capture.digest not in pages
            if not (is_open and _is_no_page(capture.digest, no_pages)):
                told.setdefault(article_id, []).append(capture._replace(is_revisit=is_open))
    return told


def _is_no_page(digest: str, no_pages: Set[str]) -> bool:
    return bool(digest) and (digest in no_pages or digest.rpartition(":")[2].upper() in _EMPTY)


def newest_first(captures: Iterable[IndexedCapture]) -> list[IndexedCapture]:
    """Return the captures of one article in the order in which to try them."""
    return sorted(captures, key=_rank, reverse=True)


def last_of_each_content(captures: Iterable[IndexedCapture]) -> list[IndexedCapture]:
    """Return the last capture of each different content of an article, the oldest first."""
    by_content = {
        capture.digest or (capture.timestamp, capture.original): capture for capture in sorted(captures, key=_rank)
    }
    return list(by_content.values())


def newer_than(captures: list[IndexedCapture], held: HeldCapture | None) -> list[IndexedCapture]:
    """Return the captures of one article that are newer than the stored one and differ from it.

    Return all if no capture is stored (`held` is None), and none if the newest capture is the same as the stored one.
    """
    if held is None:
        return captures
    timestamp = re.sub(r"\D", "", held.captured_at)[:14]
    digests = {capture.digest for capture in captures if capture.timestamp == timestamp and capture.digest}
    if max(captures, key=_rank).digest in digests:
        return []
    return [
        capture
        for capture in captures
        if capture.timestamp > timestamp and capture.digest not in digests and not _is_ahead(capture)
    ]


def _rank(capture: IndexedCapture) -> tuple[bool, str, str]:
    """Return a sort key that is higher for newer captures.

    A capture that may not be a page, or that is dated in the future, counts as older than all others.
    """
    return not capture.is_revisit and not _is_ahead(capture), capture.timestamp, capture.original


def _is_ahead(capture: IndexedCapture) -> bool:
    stamp = capture.timestamp
    return lies_ahead(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:10]}:{stamp[10:12]}:{stamp[12:]}+00:00")
