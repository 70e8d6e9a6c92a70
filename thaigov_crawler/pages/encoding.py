"""Bytes of a page to text. The site serves UTF-8; old captures may be TIS-620 (Windows-874), declared or not."""

from __future__ import annotations

import re

from w3lib.encoding import html_to_unicode

_THAI = re.compile("[\u0e01-\u0e5b]")
THAI_CODEPAGE = "cp874"  # Windows-874: TIS-620 and a few signs more


def _guess(body: bytes) -> str:
    """The encoding of a page that declares none: UTF-8 where most of it reads as that, else Windows-874.

    A single broken character (a page cut short) does not make a page Windows-874; bytes that are no
    Thai in either are UTF-8.
    """
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if not broken or len(_THAI.findall(text)) > broken:
        return "utf-8"
    thai = len(_THAI.findall(body.decode(THAI_CODEPAGE, "replace")))
    return THAI_CODEPAGE if thai > broken / 2 else "utf-8"


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of an HTML page.

    `content_type` is the HTTP header, if there was one. Its charset and the page's own declaration are
    believed, as browsers do, but where they cannot be true: a page declared as UTF-8 that does not read
    as UTF-8, or as UTF-16 without its zero bytes, is taken for what its bytes are. Never raises;
    undecodable bytes become U+FFFD.
    """
    try:
        encoding, text = html_to_unicode(content_type, body, default_encoding="utf-8", auto_detect_fun=_guess)
    except (LookupError, UnicodeError):  # a codec of Python that is no encoding of text, such as zlib
        return body.decode(_guess(body), "replace")
    no_such_bytes = encoding.startswith(("utf-16", "utf-32")) and b"\0" not in body
    if no_such_bytes or (encoding == "utf-8" and "\ufffd" in text):
        return body.decode(_guess(body), "replace")
    # Of Python's codecs two make half characters (unicode_escape, raw_unicode_escape).
    return text.encode("utf-8", "replace").decode() if "escape" in encoding else text
