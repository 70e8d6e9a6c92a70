"""Bytes of a page to text. The site serves UTF-8. Old captures may be TIS-620 (Windows-874), declared or not."""

from __future__ import annotations

import re

from w3lib.encoding import html_to_unicode

_THAI = re.compile("[\u0e01-\u0e5b]")
THAI_CODEPAGE = "cp874"  # Windows-874: TIS-620 and a few signs more
# The charsets of Western Europe, which servers declare that were never told another. Letters with accents stand alone
# in them; bytes in rows are Thai words in Windows-874.
_WESTERN = frozenset({"cp1252", "iso8859-15"})
_BYTES_OF_LETTERS = re.compile(rb"[\xa1-\xda\xdf-\xfb]+")
_ROW = 3


def _is_thai_utf_8(body: bytes) -> bool:
    """Whether bytes are UTF-8 with Thai in it. A few broken characters (a page cut short) do not change that."""
    text = body.decode("utf-8", "replace")
    return len(_THAI.findall(text)) > text.count("\ufffd")


def _is_utf_8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _has_thai_rows(body: bytes) -> bool:
    """Whether most bytes of letters beyond ASCII stand in rows."""
    lengths = [len(row) for row in _BYTES_OF_LETTERS.findall(body)]
    return sum(length for length in lengths if length >= _ROW) > sum(lengths) / 2


def _guess(body: bytes) -> str:
    """Return the encoding of a page by its bytes: UTF-8 where they read as that, else Windows-874.

    Bytes that are no Thai in either are UTF-8.
    """
    if _is_thai_utf_8(body):
        return "utf-8"
    broken = body.decode("utf-8", "replace").count("\ufffd")
    thai = len(_THAI.findall(body.decode(THAI_CODEPAGE, "replace")))
    return THAI_CODEPAGE if thai > broken / 2 > 0 else "utf-8"


def _is_untrue(encoding: str, body: bytes) -> bool:
    """Whether a page cannot be in the encoding that it declares."""
    if encoding.startswith(("utf-16", "utf-32")):
        return b"\0" not in body
    return _is_thai_utf_8(body) or (encoding in _WESTERN and (_is_utf_8(body) or _has_thai_rows(body)))


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the text of an HTML page. Never raises: bytes that cannot be decoded become U+FFFD.

    `content_type` is the HTTP header, if there was one. Its charset and the page's own declaration are believed, as
    browsers believe them, unless they cannot be true. Then a page is taken for what its bytes are:

    - where it is declared as UTF-8 and does not read as UTF-8;
    - where it is declared as UTF-16 and has no zero bytes;
    - where it is UTF-8 with Thai in it, whatever it declares;
    - where it is declared as a charset of Western Europe, and it is UTF-8 or has words of Thai in Windows-874.
    """
    try:
        encoding, text = html_to_unicode(content_type, body, default_encoding="utf-8", auto_detect_fun=_guess)
    except (LookupError, UnicodeError):  # a codec of Python that is no encoding of text, such as zlib
        return body.decode(_guess(body), "replace")
    if encoding == "utf-8" and "\ufffd" not in text:
        return text
    if encoding == "utf-8" or _is_untrue(encoding, body):
        return body.decode(_guess(body), "replace").removeprefix("\ufeff")
    # Of Python's codecs two make half characters (unicode_escape, raw_unicode_escape).
    return text.encode("utf-8", "replace").decode() if "escape" in encoding else text
