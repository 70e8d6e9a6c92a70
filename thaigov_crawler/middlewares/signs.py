"""What an answer says of the host's will: that it refuses, or that it wants to be left alone for a while."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from scrapy.http import Request, Response

from thaigov_crawler.sources.base import IS_REPLAY, PLAYBACK_ERROR, WANTS_JSON, header_of

_REFUSING = {401: "it wants a login", 403: "it forbids access", 451: "it is not available for legal reasons"}
# Of Cloudflare's pages that ask a browser to prove itself, under status 200, 403 or 503. Its ordinary pages
# load /cdn-cgi/challenge-platform/ too, so that alone is no sign.
_CHALLENGE = re.compile(
    rb"window\._cf_chl_opt|<title>\s*(?:Just a moment\.\.\.|Attention Required! \| Cloudflare)|id=[\"']challenge-form"
)
_LOGIN_PATH = re.compile(r"/(?:log-?in|sign-?in|sso|auth|authenticate)\b", re.IGNORECASE)
# At its beginning: the titles of articles begin with the site's name.
_LOGIN_TITLE = re.compile(r"<title>\s*(?:log ?in\b|sign ?in\b|เข้าสู่ระบบ)", re.IGNORECASE)
# From tag to tag: of many that never end each would be read to the end of the page.
_PASSWORD = re.compile(rb"<input[^<>]*type=[\"']?password", re.IGNORECASE)
# Where a page says what it is.
_HEAD = 20_000


def is_about_a_capture(request: Request, response: Response) -> bool:
    """Whether a response is a capture, what another host answered once (RFC 7089), or says that the Wayback Machine
    cannot or may not play this one: nothing of how the archive itself is or what it wants."""
    of_one = "Memento-Datetime" in response.headers or PLAYBACK_ERROR in response.headers
    return bool(request.meta.get(IS_REPLAY)) and of_one


def refusal(response: Response) -> str | None:
    """Why a response is a refusal, in words; None where it is none."""
    status, head = response.status, response.body[:_HEAD]
    if response.headers.get("cf-mitigated") == b"challenge" or _CHALLENGE.search(head):
        return f"Cloudflare asks for a browser (a challenge, HTTP status {status})"
    if status in _REFUSING:
        return f"{_REFUSING[status]} (HTTP status {status})"
    location = header_of(response, "Location")
    if 300 <= status < 400 and _LOGIN_PATH.search(location):
        return f"it wants a login (a redirect to {location})"
    if status == 200 and _LOGIN_TITLE.search(head.decode("utf-8", "replace")) and _PASSWORD.search(response.body):
        return "it wants a login (a page that asks for a password)"
    return None


def wants_a_pause(response: Response) -> str | None:
    """Why a response asks to be left alone, in words; None where it does not."""
    if response.status == 429:
        return "too many requests (HTTP status 429)"
    if response.status == 503 and "Retry-After" in response.headers:
        return "not available for a while (HTTP status 503)"
    return None


def overload(request: Request, response: Response) -> str | None:
    """Why a response to a query for data says that the host has too much to do, in words; None where it does not."""
    if not request.meta.get(WANTS_JSON):
        return None
    if response.status >= 500:
        return f"overloaded (HTTP status {response.status})"
    content_type = response.headers.get("Content-Type") or b""
    if response.status == 200:
        said = response.body[:100].lstrip()
        if b"html" in content_type.lower() or said.startswith(b"<"):
            return "overloaded (it sends a web page instead of data)"
    return None


def retry_after(response: Response) -> float | None:
    """The seconds to wait that the header Retry-After asks for, in seconds or as a date; None where it does not say."""
    said = header_of(response, "Retry-After").strip()
    if said.isdecimal() and said.isascii():
        return float(said)
    try:
        when = parsedate_to_datetime(said)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=timezone.utc)
    return max(0.0, (when - datetime.now(timezone.utc)).total_seconds())
