"""Tells what an archive answered to the request for a capture: a capture, a message about one, or something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from thaigov_crawler.sources.addresses import joined
from thaigov_crawler.sources.base import PLAYBACK_ERROR, header_of

if TYPE_CHECKING:
    from scrapy.http import Response

_REPLAYED = re.compile(r"/\d{1,14}(?:[a-z]{2}_)?/", re.IGNORECASE | re.ASCII)
_LENGTH = re.compile(r"\d{1,18}", re.ASCII)
_OF_LENGTH = ("Content-Length", "Content-Encoding", "Transfer-Encoding")


def is_about_a_capture(response: Response) -> bool:
    """Return whether a response is about a capture. Then it says nothing about the state of the archive.

    It is a capture (a copy of another host's answer, RFC 7089), a message that the archive cannot or may not play this
    capture back, or a redirect to another capture.
    """
    if "Memento-Datetime" in response.headers or PLAYBACK_ERROR in response.headers:
        return True
    target = target_of(response)
    same_host = urlsplit(target).netloc == urlsplit(response.url).netloc if target else False
    return same_host and bool(_REPLAYED.search(urlsplit(target).path))


def target_of(response: Response) -> str:
    """Return the absolute address that a redirect leads to, or "" if the response is not a redirect."""
    location = header_of(response, "Location")
    return joined(response.url, location) if location and 300 <= response.status < 400 else ""


def outage(response: Response) -> str | None:
    """Return why an answer is a page of the archive's own and not a capture, in words, or None if it is not."""
    if is_about_a_capture(response) or is_doubtful(response):
        return None
    target = target_of(response)
    leads = f", to {target}" if target else ""
    return f"it sends a page of its own instead of a capture (HTTP status {response.status}{leads})"


def is_doubtful(response: Response) -> bool:
    """Return whether an answer has two possible causes: one bad capture, or an archive in trouble.

    Such answers are 5xx, and 404 or 410 without a message about the capture. Many of them in a row show trouble.
    """
    return not is_about_a_capture(response) and (response.status >= 500 or response.status in (404, 410))


def shortfall(response: Response) -> str | None:
    """Return how much of the original a capture lacks, in words, or None if it is whole.

    The archive gives the length of the original in X-Archive-Orig-Content-Length. If the original came compressed, that
    is the compressed length and tells nothing here. `bodies.py` checks compressed data.
    """
    length, coding, transfer = (header_of(response, f"X-Archive-Orig-{name}").strip() for name in _OF_LENGTH)
    # With a transfer coding, Content-Length does not count (RFC 9112).
    says_nothing = transfer or coding.lower() not in ("", "identity")
    if says_nothing or not _LENGTH.fullmatch(length) or len(response.body) >= int(length):
        return None
    return f"the archive plays back {len(response.body):,} of {int(length):,} bytes"
