"""Makes queries to the index of a web archive (its CDX server), and reads the answers.

Two dialects are read. web.archive.org sends one array of arrays, with a header row first and a resume key at its end.
pywb sends one object on each line.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeGuard
from urllib.parse import unquote_plus, urlencode

from thaigov_crawler.errors import NoIndex
from thaigov_crawler.sources.addresses import LAST_CLASSIC_ID, ArticleIdOf, article_id_of
from thaigov_crawler.sources.rows import NAMES, IndexedCapture, is_clean, judged

# Rows of one answer. Without a limit, web.archive.org cuts long answers and does not say so.
LIMIT = 5000
MAX_DIGITS = 9  # of an article ID
# The two forms of a classic address. A query finds http and https, with and without www and port.
ADDRESSES = ("www.thaigov.go.th/news/contents/details/", "www.thaigov.go.th/news/contents/ministry_details/")

_ENCODED = re.compile("%[0-9A-F]{2}", re.IGNORECASE)
_CLOSED = re.compile(r"\]\s*\]\Z")  # the end of an array of rows
# What separates the rows of an array with broken rows: a comma or line break behind a row that is closed, or before a
# row that begins a line.
_BETWEEN = re.compile(r"(?<=\])\s*,\s*(?=\[)|(?<=\]),?[ \t]*\n|,?\n[ \t]*(?=\[)")


class Match(NamedTuple):
    """The article IDs that a query asks for: all that begin with `digits`, or if `exact` the one that is `digits`."""

    digits: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one query. `resume_key` is None if there are no more rows."""

    rows: int  # number of all rows, odd ones too
    captures: list[tuple[int, IndexedCapture]]  # article ID and capture
    resume_key: str | None
    cut: bool  # the server knows no resume keys, and the answer has as many rows as the limit
    odd: int = 0  # number of rows that cannot be read
    no_pages: frozenset[str] = frozenset()  # digests of captures of articles' addresses that are surely not pages
    last_row: str = ""  # timestamp and address of the last row; "" if there is none


def query(form: str, match: Match, resume_key: str | None = None, *, limit: int | None = LIMIT) -> str:
    """Return the query string that asks for all captures of addresses of one form.

    It has no filter for status or type. A revisit has neither, and only the captures that are not pages show which
    revisits are not pages. This costs a quarter more rows. Servers also differ in how a filter is written.
    """
    parameters = [
        ("url", form + match.digits),
        ("matchType", "exact" if match.exact else "prefix"),
        ("output", "json"),
    ]
    if limit:
        parameters += [("limit", str(limit)), ("showResumeKey", "true")]
    if resume_key:  # the keys of web.archive.org are already encoded
        parameters.append(("resumeKey", unquote_plus(resume_key) if _ENCODED.search(resume_key) else resume_key))
    return urlencode(parameters)


def read(
    body: bytes, *, may_be_empty: bool = True, is_known: bool = False, article_id_of: ArticleIdOf = article_id_of
) -> Answer:
    """Read an answer in either dialect, row by row. `article_id_of` finds the article ID in an address.

    Rows that are not captures of an article's page (junk below such addresses) are only counted, and so are odd rows,
    which cannot be read. Raise NoIndex in these cases:

    - No row can be read. An overloaded server sends HTML with status 200. But if the index `is_known`, because it has
      answered another query well, an array with only odd rows below its header is an answer.
    - The answer is cut.
    - The answer is empty, and not `may_be_empty`. A pywb without rows sends an empty answer.
    """
    text = body.decode("utf-8-sig", "replace").strip()
    try:
        if not (text or may_be_empty):
            raise ValueError("an empty body")
        is_array = text.startswith("[")
        rows, key = _arrays(text) if is_array else _lines(text, is_ended=body.endswith(b"\n"))
        read_rows = [judged(row, article_id_of) for row in rows]
        odd = read_rows.count(None)
        if rows and odd == len(rows) and not (is_array and is_known):
            raise ValueError("no row that can be read")
    except ValueError as error:
        said = " ".join(text[:200].split())
        raise NoIndex(f"the answer is not a CDX index ({error}): {said!r}") from error
    good = [each for each in read_rows if each]
    return Answer(
        rows=len(rows),
        captures=[(each.article_id, each.capture) for each in good if each.article_id and each.may_be_page],
        resume_key=key,
        cut=not is_array and len(rows) >= LIMIT,
        odd=odd,
        no_pages=frozenset(each.capture.digest for each in good if each.article_id and not each.may_be_page),
        last_row=" ".join(good[-1].capture[:2]) if good else "",
    )


def _lines(text: str, *, is_ended: bool) -> tuple[Sequence[object], None]:
    """Return the JSON value of each line (None for a line that is not JSON), and None, as there are no resume keys.

    Raise ValueError if the last line is cut.
    """
    rows = [_json_or_none(line) for line in text.split("\n") if line.strip()]
    if rows and rows[-1] is None and not (is_ended or text.endswith("}")):
        raise ValueError("it is cut")
    return rows, None


def _arrays(text: str) -> tuple[Sequence[object], str | None]:
    """Return the rows below the header row (None for an odd one), and the resume key.

    The key is the last row, behind an empty row. Raise ValueError if the answer is cut or has no header row.
    """
    found = _json_or_none(text)
    rows = found if isinstance(found, list) else _salvaged(text)
    key = None
    if len(rows) >= 2 and rows[-2] == []:
        key = _resume_key(rows[-1])
        rows = rows[:-2]
    header, *rows = rows or [[]]
    names = [NAMES.get(name, name) for name in header] if _is_all_text(header) else []
    if (rows or header != []) and not {"timestamp", "original"} <= set(names):
        raise ValueError("no header row")
    return [_named(names, row) for row in rows], key


def _named(names: list[str], row: object) -> dict[str, object] | None:
    """Return the fields of a row by their names, or None if the row has another number of fields."""
    return dict(zip(names, row, strict=True)) if isinstance(row, list) and len(row) == len(names) else None


def _resume_key(row: object) -> str:
    """Return the resume key in a row.

    Raise ValueError if there is none, because the rest of the index would be lost.
    """
    if _is_all_text(row) and len(row) == 1 and row[0] and is_clean(row[0]):
        return row[0]
    raise ValueError("its resume key cannot be read")


def _salvaged(text: str) -> list[object]:
    """Return the rows of an array that is not valid JSON: its valid rows, and None for each of the others.

    Raise ValueError if the array is cut.
    """
    if not _CLOSED.search(text):
        raise ValueError("it is cut")
    # Each row is read alone. For each error in a long text, Python would count the lines before it.
    return [_json_or_none(row.strip().rstrip(",")) for row in _BETWEEN.split(text[1:-1])]


def _json_or_none(text: str) -> object:
    """Return the value of a JSON text, or None if it is not JSON or is nested too deeply for Python."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_all_text(row: object) -> TypeGuard[list[str]]:
    return isinstance(row, list) and all(isinstance(value, str) for value in row)


def matches(ranges: Sequence[tuple[int, int | None]]) -> list[Match]:
    """Return the queries that cover ranges of article IDs (in order, without overlaps).

    There are as few queries as possible, and then as few rows: the prefix `967` for 96700-96799, the empty prefix for
    all article IDs.
    """
    bounded = [(first, max(first, LAST_CLASSIC_ID) if last is None else last) for first, last in ranges]
    lasts = [last for _, last in bounded]

    def wanted(first: int, last: int) -> bool:
        at = bisect_left(lasts, first)
        return at < len(bounded) and bounded[at][0] <= last

    def cover(prefix: str) -> tuple[int, list[Match]]:
        if not any(wanted(*block) for block in _blocks(prefix)):
            return 0, []
        whole = -(-_pages_below(prefix) // LIMIT)
        alone = bool(prefix) and wanted(int(prefix), int(prefix))  # longer prefixes do not cover this ID
        if alone and whole == 1:  # one query as well, and it also finds addresses with a query string
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
    """Return the ranges of the numbers that begin with a prefix: one range for each number of digits."""
    if not prefix:
        return [(1, 10**MAX_DIGITS - 1)]
    powers = (10**more for more in range(MAX_DIGITS - len(prefix) + 1))
    return [(int(prefix) * power, (int(prefix) + 1) * power - 1) for power in powers]


@lru_cache(maxsize=1024)
def _pages_below(prefix: str) -> int:
    """Return how many classic article IDs begin with a prefix, at least 1. The index has about as many rows."""
    ranges = ((first, min(last, LAST_CLASSIC_ID)) for first, last in _blocks(prefix))
    return max(1, sum(last - first + 1 for first, last in ranges if first <= last))
