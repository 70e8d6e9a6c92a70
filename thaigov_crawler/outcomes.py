"""What a visit can end in: the one list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import Enum
from typing import Any

# So much at most the clocks of two machines differ; most that are wrong are so by a time zone.
CLOCKS_DIFFER = timedelta(days=1)
# When this was written: a clock that shows an earlier time is wrong, and tells nothing of captures.
WRITTEN = datetime(2026, 11, 28, tzinfo=timezone.utc)


class Outcome(str, Enum):
    """How one visit (one look at one capture of an article's page) ended."""

    STORED = "stored"  # an article, or a version of one, that the store did not hold
    UNCHANGED = "unchanged"  # an article that the store holds like this already
    ABSENT = "absent"  # a page without an article: soft 404, 404, 410
    MOVED = "moved"  # a redirect away from the article's address
    REFUSED = "refused"  # 401, 403, 451, a challenge, a login page, robots.txt, 429 past patience
    MALFORMED = "malformed"  # no layout recognises the page, or it has no title, date or body
    FAILED = "failed"  # could not be fetched or read: network, 5xx, damaged record, too large

    __str__ = str.__str__


def now() -> str:
    """The present as ISO datetime with offset (timezone.utc), to the second."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def lies_ahead(moment: str) -> bool:
    """Return whether a moment (ISO datetime, UTC) has not come yet, by more than clocks differ. Whoever wrote it was
    wrong, and when it was is unknown."""
    present = max(datetime.now(timezone.utc), WRITTEN)
    return moment > (present + CLOCKS_DIFFER).isoformat(timespec="seconds")


# How the reason of a visit begins that an HTTP status ended.
HTTP_STATUS = "HTTP status "


@dataclass(frozen=True)
class Visit:
    """One visit and how it ended.

    Times are ISO datetimes with offset (timezone.utc); `reason` says in words why it did not end in an article;
    `target` is the address that a `moved` page points to.
    """

    article_id: int
    source: str
    outcome: Outcome
    captured_at: str | None = None
    url: str | None = None
    reason: str | None = None
    target: str | None = None
    visited_at: str = field(default_factory=now)
    final: bool = True  # not where an older capture is tried next: until that has ended, nothing is known of the ID

    @classmethod
    def of(cls, article: Mapping[str, Any], outcome: Outcome, reason: str | None = None) -> Visit:
        """The visit, ended just now, that brought an article (its fields as exported)."""
        return cls(article["id"], article["source"], outcome, article["captured_at"], article["capture_url"], reason)
