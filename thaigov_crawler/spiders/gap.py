"""Tells when a run that looks for new articles may stop. Such a run visits article IDs in order."""

from __future__ import annotations

from thaigov_crawler.outcomes import Outcome, Visit

# A run ends after WITHOUT_ARTICLE * stop_after visits in a row without an article, however they ended.
WITHOUT_ARTICLE = 3


class Gap:
    """Follows the visits of such a run. They are numbered from 1, in order of article IDs."""

    def __init__(self, stop_after: int):
        """`stop_after` is how many absent article IDs in a row end the run."""
        self._stop_after = stop_after
        self._visits = 0
        self._under_way: dict[int, int] = {}  # article ID to number of the visit
        self._last_present = 0  # number of the last visit that ended neither absent nor moved
        self._last_found = 0  # number of the last visit that found an article

    @property
    def may_still_fill(self) -> bool:
        """Return whether visits are under way that may find an article."""
        return bool(self._under_way)

    @property
    def is_reached(self) -> bool:
        """Return whether `stop_after` article IDs in a row are absent, if the visits under way find nothing."""
        return self._visits - self._last_present >= self._stop_after

    @property
    def is_fruitless(self) -> bool:
        """Return whether `longest_without_article` visits in a row found no article.

        Then the site must have changed.
        """
        return self._visits - self._last_found >= self.longest_without_article

    @property
    def longest_without_article(self) -> int:
        """Return how many visits in a row without an article are fruitless."""
        return WITHOUT_ARTICLE * self._stop_after

    @property
    def length(self) -> int:
        """Return how many of the last visits in a row ended absent or moved."""
        return self._visits - self._last_present

    def begin(self, article_id: int) -> None:
        """Note that a visit begins."""
        self._visits += 1
        self._under_way[article_id] = self._visits

    def visit_ended(self, visit: Visit) -> None:
        """Note that a visit has ended."""
        place = self._under_way.pop(visit.article_id, 0)
        if visit.outcome not in (Outcome.ABSENT, Outcome.MOVED):
            self._last_present = max(self._last_present, place)
        if visit.outcome in (Outcome.STORED, Outcome.UNCHANGED):
            self._last_found = max(self._last_found, place)
