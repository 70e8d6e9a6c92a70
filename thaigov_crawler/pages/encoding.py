"""Decodes the bytes of a page. The site sends UTF-8. Old captures may be TIS-620 (Windows-874), declared or not."""

from __future__ import annotations

import re

from w3lib.encoding import html_to_unicode

_THAI = re.compile("[\u0e01-\u0e5b]")
THAI_CODEPAGE = "cp874"  # Windows-874: TIS-620 with a few more signs
# Charsets of Western Europe. A server that nobody has configured declares one of them. Letters with accents stand alone
# in a text of Western Europe. Rows of such bytes are Thai words in Windows-874.
_WESTERN = frozenset({"cp1252", "iso8859-15"})
_BYTES_OF_LETTERS = re.compile(rb"[\xa1-\xda\xdf-\xfb]+")
_ROW = 3  # bytes of the shortest row


def _is_thai_utf_8(body: bytes) -> bool:
    """Return whether bytes are UTF-8 with Thai text. A few broken characters (the page was cut) do not matter."""
    text = body.decode("utf-8", "replace")
    return len(_THAI.findall(text)) > text.count("\ufffd")


def _is_utf_8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _has_thai_rows(body: bytes) -> bool:
    """Return whether most bytes of letters beyond ASCII stand in rows."""
    lengths = [len(row) for row in _BYTES_OF_LETTERS.findall(body)]
    return sum(length for length in lengths if length >= _ROW) > sum(lengths) / 2


def _guess(body: bytes) -> str:
    """Return the encoding of a page, judged by its bytes: UTF-8 or Windows-874.

    If the bytes are not Thai in either encoding, return UTF-8.
    """
    if _is_thai_utf_8(body):
        return "utf-8"
    broken = body.decode("utf-8", "replace").count("\ufffd")
    thai = len(_THAI.findall(body.decode(THAI_CODEPAGE, "replace")))
    return THAI_CODEPAGE if thai > broken / 2 > 0 else "utf-8"


def _is_untrue(encoding: str, body: bytes) -> bool:
    """Return whether a page cannot be in the encoding that it declares."""
    if encoding.startswith(("utf-16", "utf-32")):
        return b"\0" not in body
    return _is_thai_utf_8(body) or (encoding in _WESTERN and (_is_utf_8(body) or _has_thai_rows(body)))


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the text of an HTML page. Bytes that cannot be decoded become U+FFFD. Never raise.

    `content_type` is the HTTP header, or None. Its charset and the declaration in the page count, as in browsers. But
    if they cannot be true, the bytes decide. They cannot be true in these cases:

    - The page is declared as UTF-8, and its bytes are not UTF-8.
    - It is declared as UTF-16, and it has no zero bytes.
    - It is UTF-8 with Thai text, and declared as anything else.
    - It is declared as a charset of Western Europe, and it is UTF-8 or has Thai words in Windows-874.
    """
    try:
        encoding, text = html_to_unicode(content_type, body, default_encoding="utf-8", auto_detect_fun=_guess)
    except (LookupError, UnicodeError):  # a codec of Python that does not encode text, such as zlib
        return body.decode(_guess(body), "replace")
    if encoding == "utf-8" and "\ufffd" not in text:
        return text
    if encoding == "utf-8" or _is_untrue(encoding, body):
        return body.decode(_guess(body), "replace").removeprefix("\ufeff")
    # Two of Python's codecs give lone surrogates (unicode_escape, raw_unicode_escape).
    return text.encode("utf-8", "replace").decode() if "escape" in encoding else text
