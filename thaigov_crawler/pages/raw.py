"""The raw article that every layout returns, and functions that read the addresses on a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|xlsm|pptx?|odt|ods|odp|rtf|txt|csv|zip|rar|7z)", re.IGNORECASE)
# Absolute already, with nothing that `urljoin` would change.
_PLAIN = re.compile(r"https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9_./%-]*)?")
# Characters. A longer text is a data: URI, or garbage.
MAX_ADDRESS_LENGTH = 2000


@dataclass
class RawArticle:
    """What a page says, as the page writes it. Text is not cleaned; dates are in the calendar of the page."""

    layout: str  # name of the layout that read it
    recognised: bool = False  # the page has the marks of the layout
    title: str = ""
    section: str = ""
    date_published: str = ""  # `วันเสาร์ที่ 24 พฤษภาคม 2568`, `2025-05-24T09:00:00+07:00`
    news_date: str = ""  # `24/05/2568`
    lead: str = ""
    body: list[str] = field(default_factory=list)  # paragraphs, lines and cells in order
    images: list[str] = field(default_factory=list)  # absolute addresses
    attachments: list[str] = field(default_factory=list)  # absolute addresses


def absolute_address(base_url: str, address: str | None) -> str | None:
    """Return the absolute http(s) address of `address` on a page at `base_url`, or None if there is none."""
    address = (address or "").strip()
    if not 0 < len(address) <= MAX_ADDRESS_LENGTH:
        return None
    if _PLAIN.fullmatch(address):
        return address
    try:
        absolute = urljoin(base_url, address)
        scheme = urlsplit(absolute).scheme
    except ValueError:  # not an address, as in href="http://[…"
        return None
    return absolute if scheme in ("http", "https") else None


def is_document(address: str) -> bool:
    """Return whether an absolute address (see `absolute_address`) is that of a document: pdf, docx, xlsx, zip …

    The site keeps documents under `/uploads/document/`, with any suffix (observed on classic pages).
    """
    path = urlsplit(address).path
    name = path.rpartition("/")[2]
    suffix = name[name.rfind(".") :] if "." in name else ""
    return bool(_DOCUMENT.fullmatch(suffix)) or (bool(suffix) and "/uploads/document/" in path)
