"""Telling an outage of the site from articles that are gone, or that cannot be read."""

from __future__ import annotations

from collections.abc import Set

from thaigov_crawler.outcomes import Outcome, Visit

# So many stored articles in a row that are absent are an outage, and so are so many pages in a row that are none of an
# article.
OUTAGE = 20


class Outage:
    """Counts visits of the site one after the other that brought what they should not."""

    def __init__(self, stored: Set[int], *, forgives: bool = False):
        """`stored`: the article IDs of those that are asked for again. With `forgives`, all may fail, as before."""
        self._stored = stored
        self._forgives = forgives
        self._absent = 0
        self.unread: list[int] = []  # the article IDs of the last visits, while none could be read

    def begins_with(self, visit: Visit) -> bool:
        """Return whether with this visit, which has just ended, so many stored articles are absent that it is the site
        that is not well."""
        if visit.outcome is not Outcome.ABSENT:
            self._absent = 0
        elif visit.article_id in self._stored:
            self._absent += 1
            return self._absent == OUTAGE
        return False

    def shows_in(self, visit: Visit) -> bool:
        """Return whether with this visit, which has just ended, so many pages could not be read that they are none of
        articles: a firewall or a notice in their place, or a new layout."""
        if visit.outcome not in (Outcome.MALFORMED, Outcome.FAILED):
            self.unread.clear()
        elif not self._forgives:
            self.unread.append(visit.article_id)
            return len(self.unread) >= OUTAGE
        return False
