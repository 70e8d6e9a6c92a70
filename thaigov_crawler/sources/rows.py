"""What one row of the index of a web archive says. The names of both dialects are read (see cdx.py)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from thaigov_crawler.sources.addresses import ArticleIdOf
from thaigov_crawler.sources.digests import read_digest

NAMES = {"url": "original", "mime": "mimetype", "status": "statuscode"}  # pywb's name to web.archive.org's
_USUAL = {"statuscode": "200", "mimetype": "text/html"}  # the values of a row without these fields
_UNSAID = ("", "-")
_TYPE_UNKNOWN = (*_UNSAID, "unk", "no-type", "unknown")
# A file is named by a path without `..`, because it becomes a part of an address.
_FILE = re.compile(r"(?:(?!\.\.?/)[\w.=+-]+/)*(?!\.\.?\Z)[\w.=+-]+", re.ASCII)
_NUMBER = re.compile(r"\d{1,15}", re.ASCII)
_BROKEN = re.compile("[\0\ud800-\udfff\ufffd]")


class Part(NamedTuple):
    """A part of a file of an archive. It holds the record of one capture."""

    file: str  # path, as in crawl-data/CC-MAIN-2024-10/…/warc/….warc.gz
    first: int  # its first byte
    length: int  # bytes


class IndexedCapture(NamedTuple):
    """A capture of an article's page, as the index lists it."""

    timestamp: str  # yyyymmddhhmmss, UTC
    original: str  # the address that was captured
    digest: str  # captures with equal digests have equal bytes; "" if unknown, which is not equal to another ""
    is_revisit: bool = False  # the row names only the digest; other rows may tell whether the content was a page
    part: Part | None = None  # where the archive keeps its record; None if the index does not tell


class Row(NamedTuple):
    """A row that can be read."""

    article_id: int | None  # None if the address is not that of an article
    capture: IndexedCapture
    may_be_page: bool


def judged(row: object, article_id_of: ArticleIdOf) -> Row | None:
    """Return what a row says, or None for an odd row. It has the names of either dialect; its values are scalars."""
    if not isinstance(row, dict):
        return None
    try:
        said = {NAMES.get(name, name): value for name, value in row.items()}
        original, timestamp = _text(said["original"]), _moment(_text(said["timestamp"]))
        status, mimetype = (_text(said.get(name, usual)) for name, usual in _USUAL.items())
        digest = _digest(_text(said.get("digest")))
    except (KeyError, ValueError):
        return None
    is_revisit = status in ("304", *_UNSAID) or "revisit" in mimetype.lower()
    is_page = status == "200" and ("html" in mimetype.lower() or mimetype.lower() in _TYPE_UNKNOWN)
    may_be_page = is_page or (is_revisit and status in ("200", "304", *_UNSAID))
    # A revisit that does not say what it shows is as good as any capture.
    capture = IndexedCapture(timestamp, original, digest, is_revisit and digest != "", _part(row))
    return Row(article_id_of(original), capture, may_be_page)


def _part(row: dict[str, object]) -> Part | None:
    """Return where the archive keeps the record of a row, or None if the row does not tell."""
    try:
        file, first, length = (_text(row.get(name)) for name in ("filename", "offset", "length"))
    except ValueError:
        return None
    is_place = _FILE.fullmatch(file) and _NUMBER.fullmatch(first) and _NUMBER.fullmatch(length)
    return Part(file, int(first), int(length)) if is_place and int(length) else None


def _text(value: object) -> str:
    """Return a scalar as text, as other indexes write it: 200 as `200`, None as "".

    Raise ValueError if the value is not a scalar, or if its text cannot be sent in a request.
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise ValueError("no scalar")
    text = str(value).strip()
    if not is_clean(text):
        raise ValueError("no text")
    return text


def _digest(told: str) -> str:
    """Return a digest in one spelling, or "" if the index has none."""
    if told in _UNSAID:
        return ""
    return ":".join(read_digest(told) or (told,))


def is_clean(text: str) -> bool:
    """Return whether a text has no NUL, no lone surrogates and no U+FFFD, which stands for bytes that are no UTF-8."""
    return not _BROKEN.search(text)


def _moment(digits: str) -> str:
    """Return a timestamp as 14 digits, yyyymmddhhmmss, UTC.

    A shorter one (at least a year) stands for the beginning of its year, month, day … A longer one loses its fraction
    of a second. Raise ValueError if it is not a moment.
    """
    if not (len(digits) >= 4 and digits.isdecimal() and digits.isascii()):
        raise ValueError("no timestamp")
    whole = (digits + "00000101000000"[len(digits) :])[:14]
    datetime.strptime(whole, "%Y%m%d%H%M%S")
    return whole
