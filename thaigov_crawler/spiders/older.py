"""Tries older captures of an article. If a capture holds no article, an older one may."""

from __future__ import annotations

from collections.abc import Callable

from scrapy.http import Request

from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.run import Run


class OlderCaptures:
    """Visits the next older capture of an article, if the source has one to try."""

    def __init__(self, run: Run, send: Callable[[Request], None]):
        self._run, self._send = run, send

    def try_for(self, article_id: int, *, differs: bool) -> bool:
        """Visit the next older capture, if any. Return whether there is one.

        With `differs`, its content must differ from that of the last capture.
        """
        request = self._run.source.older(article_id, differs=differs)
        if request is None:
            return False
        if self._run.counters.planned is not None:
            self._run.counters.planned += 1
        self._send(request)
        return True

    def visit_ended(self, visit: Visit) -> None:
        """Try an older capture after a malformed one, because it may be better."""
        if visit.outcome is Outcome.MALFORMED:
            self.try_for(visit.article_id, differs=True)
