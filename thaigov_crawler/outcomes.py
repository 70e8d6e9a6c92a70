"""The outcomes of a visit: the only list of the ways in which it can end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

# The clocks of two machines differ by a day at most. Most wrong clocks are wrong by a time zone.
CLOCKS_DIFFER = timedelta(days=1)
# When this line was written. A clock that shows an earlier time is wrong, so it is not compared with captures.
WRITTEN = datetime(2026, 11, 28, tzinfo=timezone.utc)


class Outcome(StrEnum):
    """How one visit ended. A visit is one look at one capture of an article's page."""

    STORED = "stored"  # an article, or a version of an article, that was not in the store
    UNCHANGED = "unchanged"  # an article that is already in the store like this
    ABSENT = "absent"  # a page without an article: soft 404, 404, 410
    MOVED = "moved"  # a redirect away from the article's address
    REFUSED = "refused"  # 401, 403, 451, a challenge, a login page, robots.txt, too many 429
    MALFORMED = "malformed"  # no layout recognises the page, or it has no title, date or body
    FAILED = "failed"  # the page could not be fetched or read: network, 5xx, damaged record, too large


def now() -> str:
    """Return the present moment as ISO datetime with offset, UTC, to the second."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def lies_ahead(moment: str) -> bool:
    """Return whether a moment (ISO datetime, UTC) is in the future by more than CLOCKS_DIFFER.

    Then it is wrong, and the true time of the capture is unknown.
    """
    present = max(datetime.now(timezone.utc), WRITTEN)
    return moment > (present + CLOCKS_DIFFER).isoformat(timespec="seconds")


def storable(text: str) -> str:
    """Return a text without NUL characters. PostgreSQL stores none, and parsers of HTML drop them, too."""
    return text.replace("\0", "")


# The reason of a visit begins with this if an HTTP status ended it.
HTTP_STATUS = "HTTP status "


@dataclass(frozen=True)
class Visit:
    """One visit and how it ended.

    Times are ISO datetimes with offset, UTC. `reason` says in words why the visit brought no article. `target` is the
    address to which a `moved` page points.
    """

    article_id: int
    source: str
    outcome: Outcome
    captured_at: str | None = None
    url: str | None = None
    reason: str | None = None
    target: str | None = None
    visited_at: str = field(default_factory=now)
    final: bool = True  # false if the run tries an older capture next: only the last try says how the visit ended

    @classmethod
    def of(cls, article: Mapping[str, Any], outcome: Outcome, reason: str | None = None) -> Visit:
        """Return the visit that has just brought an article (its fields as exported)."""
        return cls(article["id"], article["source"], outcome, article["captured_at"], article["capture_url"], reason)
