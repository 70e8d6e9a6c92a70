"""Waiting: visits that have ended and are not written yet. Many of them are written in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from scrapy.utils.asyncio import CallLaterResult, call_later
from twisted.internet.defer import Deferred

from thaigov_crawler.outcomes import Visit
from thaigov_crawler.run.threads import call_soon
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


Changes = list[Change | None]  # for each visit what its article changed, or None if it brought none
Storing = Callable[[list[Ended]], Changes | None]


class Waiting:
    """Visits that wait until they are stored, in the order in which they ended.

    They wait in memory, and no transaction is open meanwhile, so other processes can read and write. A run that is
    killed loses them, and the next run makes these visits again. Nobody is told of a visit before it is stored.

    Visits wait only while files are read (`gathering`). Then a thread stores them, and the run reads on: the database
    has half of the work, in which no Python runs. On a network, the rate is the limit, and a page that is lost must be
    fetched again: there each visit is stored at once.
    """

    def __init__(self, store: Storing, tell: Callable[[list[Ended], Changes | None], None]):
        """`store` is called in a thread, or here. Then `tell` is called here, with what `store` has returned."""
        self._store, self._tell = store, tell
        self._visits: dict[int, Ended] = {}  # by article ID
        self._timer: CallLaterResult | None = None
        self._thread: ThreadPoolExecutor | None = None  # while files are read
        self._stored_now: tuple[list[Ended], Future[Changes | None]] | None = None  # what the thread works on
        self._is_due = False  # what waits is to be stored as soon as the thread is done

    @property
    def may_wait(self) -> bool:
        """Return whether visits wait, because files are read."""
        return self._thread is not None

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Let visits wait within the block. When it ends, write those that still wait."""
        thread = self._thread = ThreadPoolExecutor(1)
        try:
            yield
        finally:
            self._thread = None
            self.write()
            thread.shutdown()

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
        self._end_timer()
        self._timer = call_later(seconds, self._write_aside)

    def _end_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _write_aside(self) -> None:
        """Have the thread write all visits that wait, when it is done with those that it has."""
        self._is_due = self._stored_now is not None
        if self._is_due or self._thread is None:
            return
        visits = self._taken()
        loop = asyncio.get_running_loop()
        stored = self._thread.submit(self._store, visits)
        self._stored_now = visits, stored
        stored.add_done_callback(lambda _: call_soon(loop, self._go_on))

    def _go_on(self) -> None:
        """Tell of what the thread has written, and give it what is due."""
        if self._stored_now and self._stored_now[1].done():
            self._end_writing()
            if self._is_due and self._visits:
                self._write_aside()

    def _taken(self) -> list[Ended]:
        self._end_timer()
        visits, self._visits = list(self._visits.values()), {}
        return visits

    def _end_writing(self) -> None:
        """Wait until the thread is done, and tell of what it has written."""
        if self._stored_now:
            (visits, stored), self._stored_now = self._stored_now, None
            self._tell(visits, stored.result())

    def write(self) -> None:
        """Write all visits that wait. Return when they are written."""
        self._end_writing()
        if visits := self._taken():
            self._tell(visits, self._store(visits))
