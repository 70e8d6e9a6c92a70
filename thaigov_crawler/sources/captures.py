"""Which captures of an article, of those that the index of an archive lists, are worth a visit, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from typing import TYPE_CHECKING

from thaigov_crawler.outcomes import lies_ahead

if TYPE_CHECKING:
    from thaigov_crawler.sources.base import HeldCapture
    from thaigov_crawler.sources.cdx import IndexedCapture

# The digests (SHA-1) of an answer without a body, as redirects have: no page.
_EMPTY = frozenset(("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709"))


def with_revisits_told(
    found: Mapping[int, Iterable[IndexedCapture]], no_pages: Set[str]
) -> dict[int, list[IndexedCapture]]:
    """Return the captures by article ID, without those revisits that show again what is no page.

    A revisit is a capture of the content that its digest names. Where some capture with that digest is a page, the
    revisit is one. `no_pages` are the digests of captures that are none. Of what no capture shows nothing is known:
    that stays a revisit, and is tried when nothing better is left.
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
    """Return the captures of one article in the order in which they may be tried."""
    return sorted(captures, key=_rank, reverse=True)


def last_of_each_content(captures: Iterable[IndexedCapture]) -> list[IndexedCapture]:
    """Return the captures of one article that differ, each content once, at its last capture; the oldest first."""
    by_content = {
        capture.digest or (capture.timestamp, capture.original): capture for capture in sorted(captures, key=_rank)
    }
    return list(by_content.values())


def newer_than(captures: list[IndexedCapture], held: HeldCapture | None) -> list[IndexedCapture]:
    """Return the captures of one article that are newer than the one held and have other bytes: all where none is
    held, none where the newest shows what is held."""
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
    """The greater, the newer. What may be no page, or has a date that has not come yet, is older than all others."""
    return not capture.is_revisit and not _is_ahead(capture), capture.timestamp, capture.original


def _is_ahead(capture: IndexedCapture) -> bool:
    stamp = capture.timestamp
    return lies_ahead(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:10]}:{stamp[10:12]}:{stamp[12:]}+00:00")
