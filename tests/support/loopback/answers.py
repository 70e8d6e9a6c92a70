"""The answers of a loopback server, and the mishaps on their way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
JSON = "application/json; charset=utf-8"


class Mishap(Enum):
    """A mishap while an answer is sent."""

    RESET = "reset"  # the connection is reset before a byte is sent
    TRUNCATED = "truncated"  # half of the body that Content-Length promises, then the end
    CHUNKED = "chunked"  # no mishap: the answer is sent in chunks, so only its end tells its length
    TRUNCATED_CHUNKED = "truncated_chunked"  # half of a chunk, then the end
    TRUNCATED_GZIP = "truncated_gzip"  # all of the bytes promised, but half of a gzip stream


@dataclass(frozen=True)
class Answer:
    """One HTTP response. `delay` (seconds) and `mishap` say how it is sent."""

    body: bytes = b""
    status: int = 200
    content_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    mishap: Mishap | None = None
    delay: float = 0.0


def html(title: str, text: str, **details: object) -> Answer:
    """Return a small page. `details` are more fields of the answer."""
    body = f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>\n<body>{text}</body>\n</html>\n'
    return Answer(body.encode(), **details)


def redirect(location: str, status: int = 307) -> Answer:
    """Return a redirect to `location`."""
    return Answer(status=status, headers={"Location": location})
