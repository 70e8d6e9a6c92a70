"""Tells an outage of the site from single articles that are gone or cannot be read."""

from __future__ import annotations

from collections.abc import Set

from thaigov_crawler.outcomes import Outcome, Visit

# So many stored articles in a row that are absent are an outage. So are so many pages in a row without a readable
# article.
OUTAGE = 20


class Outage:
    """Counts visits of the site in a row that ended unexpectedly."""

    def __init__(self, stored: Set[int], *, forgives: bool = False):
        """`stored` are the IDs of stored articles that are asked for again. With `forgives`, all visits may fail."""
        self._stored = stored
        self._forgives = forgives
        self._absent = 0
        self.unread: list[int] = []  # article IDs of the last visits in a row whose pages could not be read

    def begins_with(self, visit: Visit) -> bool:
        """Note a visit that has just ended. Return whether OUTAGE stored articles in a row are now absent."""
        if visit.outcome is not Outcome.ABSENT:
            self._absent = 0
        elif visit.article_id in self._stored:
            self._absent += 1
            return self._absent == OUTAGE
        return False

    def shows_in(self, visit: Visit) -> bool:
        """Note a visit that has just ended. Return whether OUTAGE pages in a row could not be read.

        Then they are not pages of articles but those of a firewall, or a notice, or a new layout.
        """
        if visit.outcome not in (Outcome.MALFORMED, Outcome.FAILED):
            self.unread.clear()
        elif not self._forgives:
            self.unread.append(visit.article_id)
            return len(self.unread) >= OUTAGE
        return False
