"""Tells what an archive answered to the request for a capture: a capture, a message about one, or something else."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from thaigov_crawler.sources.addresses import article_id_of, joined
from thaigov_crawler.sources.base import PLAYBACK_ERROR, header_of
from thaigov_crawler.sources.bodies import CODINGS

if TYPE_CHECKING:
    from scrapy.http import Response

_REPLAYED = re.compile(r"/\d{1,14}(?:[a-z]{2}_)?/", re.IGNORECASE | re.ASCII)
_REPLAY_OF = re.compile(r"/\d{1,14}(?:[a-z]{2}_)?/(https?://.+)", re.IGNORECASE | re.ASCII)
_ORIGINAL = re.compile(r"<([^<>]+)>\s*;\s*rel=\"?original\"?", re.IGNORECASE)
_LENGTH = re.compile(r"\d{1,18}", re.ASCII)
_OF_LENGTH = ("Content-Length", "Content-Encoding", "Transfer-Encoding")


def is_about_a_capture(response: Response) -> bool:
    """Return whether a response is about the capture asked for. Then it says nothing about the state of the archive.

    It is the capture (a copy of another host's answer, RFC 7089), a message that the archive cannot or may not play it
    back, or a redirect to another capture of the same article.
    """
    return _is_memento_or_word(response) and not is_of_another(response)


def _is_memento_or_word(response: Response) -> bool:
    if moment_of(response) or PLAYBACK_ERROR in response.headers:
        return True
    target = target_of(response)
    same_host = urlsplit(target).netloc == urlsplit(response.url).netloc if target else False
    return same_host and bool(_REPLAYED.search(urlsplit(target).path))


def is_of_another(response: Response) -> bool:
    """Return whether a response is a capture of another page than the article asked for, or leads to one."""
    wanted = article_id_of(replayed(response.url))
    if wanted is None or PLAYBACK_ERROR in response.headers:
        return False
    if moment_of(response):
        return article_id_of(original_of(response)) != wanted
    target = target_of(response)
    return bool(target) and _is_memento_or_word(response) and article_id_of(replayed(target)) != wanted


def moment_of(response: Response) -> datetime | None:
    """Return when a capture was taken (UTC), from Memento-Datetime, or None if that is missing or cannot be read."""
    try:
        return parsedate_to_datetime(header_of(response, "Memento-Datetime")).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None


def original_of(response: Response) -> str:
    """Return the address that was captured: from Link, or else from the address of the replay."""
    link = _ORIGINAL.search(header_of(response, "Link"))
    return link[1] if link else replayed(response.url)


def replayed(address: str) -> str:
    """Return the original address in the address of a replay. Return any other address unchanged."""
    found = _REPLAY_OF.search(address)
    return found[1] if found else address


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

    Such answers are 5xx, 404 or 410 without a message about the capture, and another page instead of it. Many of them
    in a row show trouble.
    """
    says_nothing = response.status >= 500 or response.status in (404, 410)
    return is_of_another(response) or (says_nothing and not is_about_a_capture(response))


def shortfall(response: Response) -> str | None:
    """Return how much of the original a capture lacks, in words, or None if it is whole.

    The archive gives the length of the original in X-Archive-Orig-Content-Length. If the original came compressed, that
    is the compressed length and tells nothing here. `bodies.py` checks compressed data.
    """
    length, coding, transfer = (header_of(response, f"X-Archive-Orig-{name}").strip() for name in _OF_LENGTH)
    # With a transfer coding, Content-Length does not count (RFC 9112).
    is_packed = any(each.strip() in CODINGS for each in coding.lower().split(","))
    says_nothing = transfer or is_packed
    if says_nothing or not _LENGTH.fullmatch(length) or len(response.body) >= int(length):
        return None
    return f"the archive plays back {len(response.body):,} of {int(length):,} bytes"
