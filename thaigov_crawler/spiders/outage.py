"""Telling an outage of the site from articles that are gone."""

from __future__ import annotations

from collections.abc import Set

from thaigov_crawler.outcomes import Outcome, Visit

# So many stored articles in a row that are absent are an outage.
OUTAGE = 20


class Outage:
    """Counts stored articles that are absent one after the other."""

    def __init__(self, stored: Set[int]):
        """`stored`: the article IDs of those that are asked for again."""
        self._stored = stored
        self._in_a_row = 0

    def begins_with(self, visit: Visit) -> bool:
        """Whether with this visit, which has just ended, so many are absent that it is the site that is not well."""
        if visit.outcome is not Outcome.ABSENT:
            self._in_a_row = 0
        elif visit.article_id in self._stored:
            self._in_a_row += 1
            return self._in_a_row == OUTAGE
        return False
