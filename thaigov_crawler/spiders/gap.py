"""Where a run that looks for new articles, in order of article IDs, has seen enough."""

from __future__ import annotations

from thaigov_crawler.outcomes import Outcome, Visit

# A run ends after so many times stop_after visits without an article, however they ended.
WITHOUT_ARTICLE = 3


class Gap:
    """Follows the visits of such a run. Their places in its row are counted from 1, in order of article IDs."""

    def __init__(self, stop_after: int):
        """`stop_after`: so many absent article IDs in a row are the end."""
        self._stop_after = stop_after
        self._visits = 0
        self._under_way: dict[int, int] = {}  # article ID to place
        self._last_present = 0  # the place of the last visit that ended neither absent nor moved
        self._last_found = 0  # the place of the last one that found an article

    @property
    def may_still_fill(self) -> bool:
        """Return whether visits are under way that may find an article."""
        return bool(self._under_way)

    @property
    def is_reached(self) -> bool:
        """Return whether so many article IDs in a row are absent, if the visits under way find nothing."""
        return self._visits - self._last_present >= self._stop_after

    @property
    def is_fruitless(self) -> bool:
        """Return whether so many visits in a row found no article, however they ended, that the site must have
        changed."""
        return self._visits - self._last_found >= self.longest_without_article

    @property
    def longest_without_article(self) -> int:
        """Return how many visits in a row without an article are fruitless."""
        return WITHOUT_ARTICLE * self._stop_after

    @property
    def length(self) -> int:
        """Return how many of the last visits found nothing there."""
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
