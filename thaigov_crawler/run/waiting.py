"""Waiting: visits that have ended and are not written yet. Many of them are written in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scrapy.utils.asyncio import CallLaterResult, call_later
from twisted.internet.defer import Deferred

from thaigov_crawler.outcomes import Visit
from thaigov_crawler.store import Change
from thaigov_crawler.store.versions import Saving

MOST = 100  # visits that wait
LONGEST = 1.0  # seconds that a visit waits


@dataclass(frozen=True)
class Ended:
    """A visit that has ended. If it brought an article to save, `told` gets what saving it changed, or the error."""

    visit: Visit
    saving: Saving | None = None
    told: Deferred[Change] | None = None


class Waiting:
    """Visits that wait until `write` gets them, in the order in which they ended.

    They wait in memory, and no transaction is open meanwhile, so other processes can read and write. A run that is
    killed loses them, and the next run makes these visits again. Nobody is told of a visit before it is written.

    Visits wait only while files are read (`gathering`). On a network, the rate is the limit, and a page that is lost
    must be fetched again: there each visit is written at once.
    """

    def __init__(self, write: Callable[[list[Ended]], None]):
        self._write = write
        self._visits: dict[int, Ended] = {}  # by article ID
        self._timer: CallLaterResult | None = None
        self.may_wait = False  # files are read

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Let visits wait within the block. When it ends, write those that still wait."""
        self.may_wait = True
        try:
            yield
        finally:
            self.may_wait = False
            self.write()

    def add(self, ended: Ended) -> None:
        """Add a visit. All are written if they are many, or if the first waits for LONGEST."""
        if ended.visit.article_id in self._visits:  # one after the other: the second depends on the first
            self.write()
        self._visits[ended.visit.article_id] = ended
        if not self.may_wait:
            self.write()
        elif len(self._visits) == MOST:
            # Not now: this visit would be told before those that ended before it. And once only: a timer that began
            # anew with each visit would never end while visits end one right after the other.
            self._write_in(0)
        elif self._timer is None:
            self._write_in(LONGEST)

    def _write_in(self, seconds: float) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = call_later(seconds, self.write)

    def write(self) -> None:
        """Write all visits that wait."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._visits:
            visits, self._visits = list(self._visits.values()), {}
            self._write(visits)
