"""Signs in an answer: that the host refuses, wants a pause, or is in trouble."""

from __future__ import annotations

import re
from calendar import timegm
from contextlib import suppress
from datetime import MAXYEAR
from email.utils import parsedate_tz
from math import inf
from time import time

from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Request, Response

from thaigov_crawler.errors import DamagedBody
from thaigov_crawler.sources import replays
from thaigov_crawler.sources.base import IS_REPLAY, IS_UNSURE, PLAYBACK_ERROR, WANTS_JSON, WANTS_PART, header_of
from thaigov_crawler.sources.bodies import whole_page

_REFUSING = {401: "it wants a login", 403: "it forbids access", 451: "it is not available for legal reasons"}
# Signs of Cloudflare's pages that ask a browser to prove itself, with status 200, 403 or 503. Ordinary pages load
# /cdn-cgi/challenge-platform/, too, so that alone is not a sign.
_CHALLENGE = re.compile(
    rb"window\._cf_chl_opt|<title>\s*(?:Just a moment\.\.\.|Attention Required! \| Cloudflare)|id=[\"']challenge-form"
)
_LOGIN_PATH = re.compile(r"/(?:log-?in|sign-?in|sso|auth|authenticate)\b", re.IGNORECASE)
# Only at the beginning of the title. The titles of articles begin with the name of the site.
_LOGIN_TITLE = re.compile(r"<title>\s*(?:log ?in\b|sign ?in\b|เข้าสู่ระบบ)", re.IGNORECASE)
# It does not look past the next `<`. If many tags never ended, each would be read to the end of the page.
_PASSWORD = re.compile(rb"<input[^<>]*type=[\"']?password", re.IGNORECASE)
# The beginning of a page, where it says what it is.
_HEAD = 20_000  # bytes


# Words by which an archive says that it does not give out what was asked for.
_EXCLUDED = re.compile(r"AccessControlException|Blocked Site|excluded from the Wayback Machine", re.IGNORECASE)
# It does not look past the next `<`, either. A script that never ends is not a script.
_TAG = re.compile(r"<(script|style|title)\b(?:[^<]|<(?!/?\1\b))*</\1[^<>]*>|<[^<>]*>", re.IGNORECASE)
_QUOTED = 200  # characters that a message quotes of an answer
_MOST_SAID = 1 << 16  # bytes of a refusal


def is_about_a_capture(request: Request, response: Response) -> bool:
    """Return whether a response to the request for a capture is about a capture.

    Then it says nothing about the state of the archive, or about what the archive wants.
    """
    return bool(request.meta.get(IS_REPLAY)) and replays.is_about_a_capture(response)


def refusal(response: Response) -> str | None:
    """Return why a response is a refusal, in words, or None if it is not."""
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


def exclusion(request: Request, response: Response) -> str | None:
    """Return why the index of an archive refuses a query, in the archive's own words, or None if it does not."""
    if not request.meta.get(WANTS_JSON):
        return None
    body = response.body
    if "Content-Encoding" in response.headers and len(body) < _MOST_SAID:  # it is judged before it is uncompressed
        with suppress(DamagedBody, DownloadCancelledError):
            body = whole_page(response.status, response.headers, body, _MOST_SAID)
    head = body[:_HEAD].decode("utf-8", "replace")
    error = header_of(response, PLAYBACK_ERROR)
    has_rows = head.lstrip()[:1] in "[{" and '"timestamp"' in head
    is_excluded = bool(_EXCLUDED.search(error)) or (not has_rows and bool(_EXCLUDED.search(head)))
    if response.status not in _REFUSING and not is_excluded:
        return None
    said = " ".join(_TAG.sub(" ", head).split()) or error
    return f"its index says {said[:_QUOTED]!r} (HTTP status {response.status})" if said else None


def wants_a_pause(response: Response) -> str | None:
    """Return why a response asks for a pause, in words, or None if it does not."""
    if response.status == 429:
        return "too many requests (HTTP status 429)"
    if response.status == 503 and "Retry-After" in response.headers:
        return "not available for a while (HTTP status 503)"
    return None


def overload(request: Request, response: Response) -> str | None:
    """Return why a response shows that the host is in trouble, in words, or None if it does not.

    Trouble is 5xx or a web page if data were asked for, and a page of the archive's own if a capture was asked for. For
    a part of a file, it is 5xx or the whole file.
    """
    if request.meta.get(IS_REPLAY):
        return replays.outage(response)
    if request.meta.get(WANTS_PART):
        return _no_part(response)
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


def _no_part(response: Response) -> str | None:
    if response.status >= 500:
        return f"overloaded (HTTP status {response.status})"
    return "it sends a whole file instead of the part asked for" if response.status == 200 else None


def doubt(request: Request, response: Response) -> str | None:
    """Return why a host may be in trouble, in words, or None.

    The cause may also be one bad capture. Only many such answers in a row show trouble.
    """
    if request.meta.get(IS_REPLAY) and not request.meta.get(IS_UNSURE) and replays.is_doubtful(response):
        what = "other pages" if replays.is_of_another(response) else "nothing"
        return f"it plays back {what} (HTTP status {response.status})"
    if request.meta.get(WANTS_PART) and response.status in (404, 410):
        return f"it does not have the file (HTTP status {response.status})"
    return None


def retry_after(response: Response) -> float | None:
    """Return how many seconds the header Retry-After asks to wait, or None if it does not say.

    The header is a number of seconds or a date (C.E.). For a date after the year 9999, return infinity.
    """
    said = header_of(response, "Retry-After").strip()
    if said.isdecimal() and said.isascii():
        return float(said)
    parts = parsedate_tz(said)
    if parts is None:
        return None
    if parts[0] > MAXYEAR:
        return inf
    try:
        # `timegm` is plain arithmetic. It works even if the offset from UTC moves the date out of Python's years.
        return max(0.0, timegm((*parts[:6], 0, 1, 0)) - (parts[9] or 0) - time())
    except (ValueError, OverflowError):
        return None
