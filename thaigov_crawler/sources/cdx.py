"""The index of a web archive: which queries to a CDX server find the captures of a range of article IDs, and what
its answers say.

Two dialects are read: web.archive.org's (one array of arrays with a header row, ended by a resume key) and pywb's
(one object a line).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, TypeGuard
from urllib.parse import unquote_plus, urlencode

from thaigov_crawler.errors import NoIndex
from thaigov_crawler.sources.addresses import LAST_CLASSIC_ID, article_id_of
from thaigov_crawler.sources.digests import read_digest

# Rows of one answer. Without a limit web.archive.org cuts long answers silently.
LIMIT = 5000
MAX_DIGITS = 9  # of an article ID
# The two forms of a classic address; a query for a prefix finds http and https, with and without www and port.
ADDRESSES = ("www.thaigov.go.th/news/contents/details/", "www.thaigov.go.th/news/contents/ministry_details/")

_ENCODED = re.compile("%[0-9A-F]{2}", re.IGNORECASE)
_NAMES = {"url": "original", "mime": "mimetype", "status": "statuscode"}  # pywb's to web.archive.org's
_USUAL = {"statuscode": "200", "mimetype": "text/html"}  # what a row without such a field is
_UNSAID = ("", "-")
_TYPE_UNKNOWN = (*_UNSAID, "unk", "no-type", "unknown")
_CLOSED = re.compile(r"\]\s*\]\Z")  # the end of an array of rows
# Between the rows of an array some of which are broken: behind one that is closed, or before one on a line of its own.
_BETWEEN = re.compile(r"(?<=\])\s*,\s*(?=\[)|(?<=\]),?[ \t]*\n|,?\n[ \t]*(?=\[)")
_BROKEN = re.compile("[\ud800-\udfff\ufffd]")


class IndexedCapture(NamedTuple):
    """A capture of an article's page as the index tells."""

    timestamp: str  # yyyymmddhhmmss, UTC
    original: str  # the address that was captured
    digest: str  # equal digest, equal bytes; "" where the index does not say, and then nothing is equal to it
    is_revisit: bool = False  # the index names only the digest of what was seen: whether a page, other rows may tell


class Match(NamedTuple):
    """Which article IDs a query asks for: the one that `digits` are, or all that begin with them."""

    digits: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query found. `resume_key` is given where there is more."""

    rows: int  # all of them, odd ones included
    captures: list[tuple[int, IndexedCapture]]  # with their article IDs
    resume_key: str | None
    cut: bool  # at the limit, by a server that knows no resume keys
    odd: int = 0  # rows that cannot be read
    no_pages: frozenset[str] = frozenset()  # digests of captures of articles' addresses that are surely no page
    last_row: str = ""  # what tells the last row from others; "" where there is none


def query(form: str, match: Match, resume_key: str | None = None, *, limit: int | None = LIMIT) -> str:
    """Return the query string that asks for all captures of the addresses of one form.

    It asks for no status and no type. A revisit has neither, and what it shows again is known only beside the captures
    of other things: a quarter more rows tell of each revisit whether it is one of a page. Nor do servers agree how a
    filter is written.
    """
    parameters = [
        ("url", form + match.digits),
        ("matchType", "exact" if match.exact else "prefix"),
        ("output", "json"),
    ]
    if limit:
        parameters += [("limit", str(limit)), ("showResumeKey", "true")]
    if resume_key:  # web.archive.org's come encoded already
        parameters.append(("resumeKey", unquote_plus(resume_key) if _ENCODED.search(resume_key) else resume_key))
    return urlencode(parameters)


def read(body: bytes, *, may_be_empty: bool = True, is_known: bool = False) -> Answer:
    """Read an answer in either dialect, row by row.

    Rows that are no capture of an article's page (junk below such addresses) are counted only, and so are odd ones,
    which cannot be read. Raises NoIndex where no row can be read, as in the HTML that an overloaded server sends under
    status 200; where the answer is cut; and for nothing at all, but where it `may_be_empty` (pywb's way to say that
    there are no rows). Of an index that `is_known`, having answered another query well, an array below a header row is
    an answer though it has odd rows alone.
    """
    text = body.decode("utf-8-sig", "replace").strip()
    try:
        if not (text or may_be_empty):
            raise ValueError("an empty body")
        is_array = text.startswith("[")
        rows, key = _arrays(text) if is_array else _lines(text, is_ended=body.endswith(b"\n"))
        judged = [_judged(row) for row in rows]
        odd = judged.count(None)
        if rows and odd == len(rows) and not (is_array and is_known):
            raise ValueError("no row that can be read")
    except ValueError as error:
        said = " ".join(text[:200].split())
        raise NoIndex(f"the answer is no CDX index ({error}): {said!r}") from error
    read_rows = [each for each in judged if each]
    return Answer(
        rows=len(rows),
        captures=[(each.article_id, each.capture) for each in read_rows if each.article_id and each.may_be_page],
        resume_key=key,
        cut=not is_array and len(rows) >= LIMIT,
        odd=odd,
        no_pages=frozenset(each.capture.digest for each in read_rows if each.article_id and not each.may_be_page),
        last_row=" ".join(read_rows[-1].capture[:2]) if read_rows else "",
    )


def _lines(text: str, *, is_ended: bool) -> tuple[Sequence[object], None]:
    """Return what stands on each line, None for what is no JSON; there are no resume keys. Raises ValueError where the
    last line is cut."""
    rows = [_json_or_none(line) for line in text.split("\n") if line.strip()]
    if rows and rows[-1] is None and not (is_ended or text.endswith("}")):
        raise ValueError("it is cut")
    return rows, None


def _arrays(text: str) -> tuple[Sequence[object], str | None]:
    """Return the rows below the header row (None for odd ones) and the resume key, which stands alone behind an empty
    row. Raises ValueError where the answer is cut or has no header."""
    found = _json_or_none(text)
    rows = found if isinstance(found, list) else _salvaged(text)
    key = None
    if len(rows) >= 2 and rows[-2] == []:
        key = _resume_key(rows[-1])
        rows = rows[:-2]
    header, *rows = rows or [[]]
    names = [_NAMES.get(name, name) for name in header] if _is_all_text(header) else []
    if (rows or header != []) and not {"timestamp", "original"} <= set(names):
        raise ValueError("no header row")
    return [_named(names, row) for row in rows], key


def _named(names: list[str], row: object) -> dict[str, object] | None:
    """Return the fields of a row by their names; None where it has more or fewer."""
    return dict(zip(names, row, strict=True)) if isinstance(row, list) and len(row) == len(names) else None


def _resume_key(row: object) -> str:
    """Return the key that a row holds. Raises ValueError where it holds none: what lies behind it would be lost."""
    if _is_all_text(row) and len(row) == 1 and row[0] and _is_clean(row[0]):
        return row[0]
    raise ValueError("its resume key cannot be read")


def _salvaged(text: str) -> list[object]:
    """Return the rows of an array that is not well formed as a whole, None for those that are not well formed
    themselves. Raises ValueError where it is cut."""
    if not _CLOSED.search(text):
        raise ValueError("it is cut")
    # Row by row: to say where an error is, Python's reader counts the lines before it.
    return [_json_or_none(row.strip().rstrip(",")) for row in _BETWEEN.split(text[1:-1])]


def _json_or_none(text: str) -> object:
    """Return what a text means as JSON; None for what is no JSON, or nested deeper than Python reads."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


class _Row(NamedTuple):
    """A row that can be read."""

    article_id: int | None  # None where the address is none of an article
    capture: IndexedCapture
    may_be_page: bool


def _judged(row: object) -> _Row | None:
    """Return what a row says; None for an odd one. Names are those of either dialect, values any scalars."""
    if not isinstance(row, dict):
        return None
    try:
        said = {_NAMES.get(name, name): value for name, value in row.items()}
        original, timestamp = _text(said["original"]), _moment(_text(said["timestamp"]))
        status, mimetype = (_text(said.get(name, usual)) for name, usual in _USUAL.items())
        digest = _digest(_text(said.get("digest")))
    except (KeyError, ValueError):
        return None
    is_revisit = status in ("304", *_UNSAID) or "revisit" in mimetype.lower()
    is_page = status == "200" and ("html" in mimetype.lower() or mimetype.lower() in _TYPE_UNKNOWN)
    may_be_page = is_page or (is_revisit and status in ("200", "304", *_UNSAID))
    # A revisit that does not say what it shows is as good as any capture.
    capture = IndexedCapture(timestamp, original, digest, is_revisit and digest != "")
    return _Row(article_id_of(original), capture, may_be_page)


def _text(value: object) -> str:
    """Return a scalar as the text that it is in other indexes: 200 as `200`. Raises ValueError for anything else, and
    for text that cannot be sent."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise ValueError("no scalar")
    text = str(value).strip()
    if not _is_clean(text):
        raise ValueError("no text")
    return text


def _digest(told: str) -> str:
    """Return a digest, written in one way; "" where the index does not say one."""
    if told in _UNSAID:
        return ""
    return ":".join(read_digest(told) or (told,))


def _is_clean(text: str) -> bool:
    """Return whether a text is whole: without lone surrogates, and without what stands for bytes that were no UTF-8."""
    return not _BROKEN.search(text)


def _is_all_text(row: object) -> TypeGuard[list[str]]:
    return isinstance(row, list) and all(isinstance(value, str) for value in row)


def _moment(digits: str) -> str:
    """Return a timestamp with its 14 digits (UTC): shorter ones (from the year on) begin at the beginning of what they
    name, of longer ones the fractions of a second are left out. Raises ValueError for what is no moment."""
    if not (len(digits) >= 4 and digits.isdecimal() and digits.isascii()):
        raise ValueError("no timestamp")
    whole = (digits + "00000101000000"[len(digits) :])[:14]
    datetime.strptime(whole, "%Y%m%d%H%M%S")
    return whole


def matches(ranges: Sequence[tuple[int, int | None]]) -> list[Match]:
    """Return what to ask for to cover ranges of article IDs (in order, without overlaps) with the fewest queries,
    and among those with the fewest rows: the prefix `967` for 96700-96799, the empty one for all."""
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
    """Return the ranges of numbers that begin with a prefix, by their length."""
    if not prefix:
        return [(1, 10**MAX_DIGITS - 1)]
    powers = (10**more for more in range(MAX_DIGITS - len(prefix) + 1))
    return [(int(prefix) * power, (int(prefix) + 1) * power - 1) for power in powers]


@lru_cache(maxsize=1024)
def _pages_below(prefix: str) -> int:
    """Return how many classic article IDs begin with a prefix, at least one: about so many rows has the index."""
    ranges = ((first, min(last, LAST_CLASSIC_ID)) for first, last in _blocks(prefix))
    return max(1, sum(last - first + 1 for first, last in ranges if first <= last))
