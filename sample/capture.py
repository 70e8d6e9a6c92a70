"""What one capture of the sample is, and short ways to write one down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sample.anatomy import ORIGIN, classic_page


@dataclass(frozen=True)
class Capture:
    """One copy of a page: `captured_at` in UTC as WARC writes it, `html` as text, `encoding` to send it in."""

    article_id: int
    captured_at: str
    html: str
    path: str = "details"
    status: int = 200
    encoding: str = "utf-8"
    content_type: str = "text/html; charset=UTF-8"


_CAPTURE_FIELDS = ("path", "status", "encoding", "content_type")


def article(article_id: int, captured_at: str, **page: Any) -> Capture:
    """A capture of an article page; keywords of Capture and of classic_page are told apart here."""
    fields = {name: page.pop(name) for name in _CAPTURE_FIELDS if name in page}
    page.setdefault("picture", f"{ORIGIN}/uploads/thumbnail/news/{article_id}.jpg")
    return Capture(article_id, captured_at, classic_page(**page), **fields)


def paragraphs(*texts: str) -> str:
    """HTML: one `<p>` a text (texts may hold markup)."""
    return "\n".join(f"<p>{text}</p>" for text in texts)


def lines(*texts: str) -> str:
    """HTML: one line a text, parted by `<br>`, as half of the site's editors write."""
    return "<br />\n".join(texts)
