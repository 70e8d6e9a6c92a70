"""The index of a web archive: which queries to a CDX server find the captures of a range of article IDs, and what
its answers say.

Two dialects are read: web.archive.org's (one array of arrays with a header row, ended by a resume key) and pywb's
(one object a line).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote_plus, urlencode

from thaigov_crawler.errors import NoIndex
from thaigov_crawler.sources.addresses import LAST_CLASSIC_ID, article_id_of

# Rows of one answer. Without a limit web.archive.org cuts long answers silently.
LIMIT = 5000
MAX_DIGITS = 9  # of an article ID
# The two forms of a classic address; a query for a prefix finds http and https, with and without www and port.
ADDRESSES = ("www.thaigov.go.th/news/contents/details/", "www.thaigov.go.th/news/contents/ministry_details/")

_ENCODED = re.compile("%[0-9A-F]{2}", re.IGNORECASE)
_NAMES = {"url": "original", "mime": "mimetype", "status": "statuscode"}  # pywb's to web.archive.org's


class IndexedCapture(NamedTuple):
    """A capture of an article's page as the index tells."""

    timestamp: str  # yyyymmddhhmmss, UTC
    original: str  # the address that was captured
    digest: str  # equal digest, equal bytes


class Match(NamedTuple):
    """Which article IDs a query asks for: the one that `digits` are, or all that begin with them."""

    digits: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query found. `resume_key` is given where there is more."""

    rows: int
    captures: list[tuple[int, IndexedCapture]]  # with their article IDs
    resume_key: str | None
    cut: bool  # at the limit, by a server that knows no resume keys


def query(form: str, match: Match, resume_key: str | None = None, *, limit: int | None = LIMIT) -> str:
    """The query string that asks for the captures of the addresses of one form: pages that were HTML and 200."""
    parameters = [
        ("url", form + match.digits),
        ("matchType", "exact" if match.exact else "prefix"),
        ("output", "json"),
        ("filter", "statuscode:200"),
        ("filter", "mimetype:text/html"),
    ]
    if limit:
        parameters += [("limit", str(limit)), ("showResumeKey", "true")]
    if resume_key:  # web.archive.org's come encoded already
        parameters.append(("resumeKey", unquote_plus(resume_key) if _ENCODED.search(resume_key) else resume_key))
    return urlencode(parameters)


def read(body: bytes, *, may_be_empty: bool = True) -> Answer:
    """Read an answer in either dialect. Rows that are no capture of an article's page (junk below such addresses, odd
    rows) are counted only. Raises NoIndex for anything else, such as the HTML that an overloaded server sends under
    status 200; and for nothing at all, but where it `may_be_empty` (pywb's way to say that there are no rows)."""
    try:
        if not (body.strip() or may_be_empty):
            raise ValueError("an empty body")
        text = body.decode("utf-8").strip()
        if text.startswith("["):
            rows, key = _arrays(json.loads(text))
        else:
            rows, key = [json.loads(line) for line in text.splitlines()], None
        found = [_capture({_NAMES.get(name, name): value for name, value in row.items()}) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        said = " ".join(body[:200].decode("utf-8", "replace").split())
        raise NoIndex(f"the answer is no CDX index: {said!r}") from error
    lines_at_limit = not text.startswith("[") and len(rows) >= LIMIT
    return Answer(len(rows), [each for each in found if each], key, lines_at_limit)


def _arrays(rows: list[Any]) -> tuple[list[dict[str, str]], str | None]:
    """The rows below the header row, and the resume key that stands alone behind an empty row."""
    key = None
    if not all(isinstance(row, list) for row in rows):
        raise ValueError("rows that are no lists")
    if len(rows) >= 2 and rows[-2] == [] and len(rows[-1]) == 1:
        rows, key = rows[:-2], rows[-1][0]
    header, *rows = rows or [[]]
    return [dict(zip(header, row, strict=True)) for row in rows], key


def _capture(row: Mapping[str, str]) -> tuple[int, IndexedCapture] | None:
    article_id, timestamp = article_id_of(row["original"]), row["timestamp"]
    # Status and type are filtered already, but by a server that knows no filters.
    if article_id is None or row.get("statuscode", "200") != "200" or "html" not in row.get("mimetype", "html"):
        return None
    if not (len(timestamp) == 14 and timestamp.isdecimal() and timestamp.isascii()):
        return None
    return article_id, IndexedCapture(timestamp, row["original"], row["digest"])


def matches(ranges: Sequence[tuple[int, int | None]]) -> list[Match]:
    """What to ask for to cover ranges of article IDs (in order, without overlaps) with the fewest queries, and among
    those with the fewest rows: the prefix `967` for 96700-96799, the empty one for all."""
    bounded = [(first, max(first, LAST_CLASSIC_ID) if last is None else last) for first, last in ranges]
    lasts = [last for _, last in bounded]

    def wanted(first: int, last: int) -> bool:
        at = bisect_left(lasts, first)
        return at < len(bounded) and bounded[at][0] <= last

    def cover(prefix: str) -> tuple[int, list[Match]]:
        if not any(wanted(*block) for block in _blocks(prefix)):
            return 0, []
        whole = -(-_pages_below(prefix) // LIMIT)
        alone = bool(prefix) and wanted(int(prefix), int(prefix))  # longer prefixes leave out this one
        if alone and whole == 1:  # as few queries, and it finds addresses with a query string too
            return 1, [Match(prefix)]
        queries, parts = int(alone), [Match(prefix, exact=True)] * alone
        for digit in "0123456789"[not prefix :]:
            more, found = cover(prefix + digit)
            queries, parts = queries + more, parts + found
            if queries > whole:
                return whole, [Match(prefix)]
        return queries, parts

    return cover("")[1]


def _blocks(prefix: str) -> list[tuple[int, int]]:
    """The ranges of numbers that begin with a prefix, by their length."""
    if not prefix:
        return [(1, 10**MAX_DIGITS - 1)]
    powers = (10**more for more in range(MAX_DIGITS - len(prefix) + 1))
    return [(int(prefix) * power, (int(prefix) + 1) * power - 1) for power in powers]


@lru_cache(maxsize=1024)
def _pages_below(prefix: str) -> int:
    """How many classic article IDs begin with a prefix, at least one: about so many rows has the index."""
    ranges = ((first, min(last, LAST_CLASSIC_ID)) for first, last in _blocks(prefix))
    return max(1, sum(last - first + 1 for first, last in ranges if first <= last))
