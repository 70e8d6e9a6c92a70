"""Reader: reads the pages of a run, in this process or in worker processes."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from thaigov_crawler.errors import WorkerDied
from thaigov_crawler.reading import Page, Reading, read
from thaigov_crawler.run.threads import call_soon
from thaigov_crawler.sources.base import Capture, Source, WantedIds
from thaigov_crawler.workers import Answers, Raised, Workers, expect_workers

# Pages for which workers are started: to start one takes as long as to read some hundred pages.
MANY = 300
# Bytes of files that are likely to hold as many.
LARGE = 3_000_000
# Pages that are given to a worker together, because each gift costs.
LOT = 16
# Bytes of pages that workers have, at most about: a page may have ten million.
MOST_BYTES = 5_000_000
LATEST = 0.05  # seconds that a page waits until its lot is full
WORKERS_ADVICE = "If memory is short, run again with -s THAIGOV_WORKERS=1, or 0 for no further process."


class _Asked(NamedTuple):
    page: Page
    told: asyncio.Future[Reading | Raised]


class Reader:
    """Reads pages, and keeps their order.

    If there are few, they are read here. Otherwise worker processes read them all.
    """

    def __init__(self, source: Source, number: int):
        """Make a reader that `prepare` gives `number` worker processes, 0 for none."""
        self._source = source
        self._number = number
        self._workers: Workers[Page, Reading] | None = None
        self._lot: list[_Asked] = []  # which is not full
        self._timer: asyncio.TimerHandle | None = None
        self._bytes = 0  # of the pages that are asked for and not told
        self._given: deque[tuple[list[_Asked], Answers[Reading]]] = deque()  # lots that workers have, in order

    def expect(self, ids: WantedIds) -> None:
        """Begin what takes time before workers can be started, if there are likely to be so many pages that they pay.

        Call it as soon as it is known which article IDs are asked for. The plan takes as long.
        """
        are_many = any(last is None or last - first >= MANY for first, last in ids.ranges)
        if self._number and are_many and self._source.size >= LARGE:
            expect_workers()

    def prepare(self, pages: int) -> None:
        """Start the workers if there are so many pages to read that they pay. Raise WorkerDied."""
        if self._number and pages >= MANY:
            self._workers = Workers(self._number, read)

    @property
    def ahead(self) -> int:
        """Return how many pages may be read before the first of them is needed: so many keep the workers busy."""
        return self._workers.at_a_time * LOT if self._workers and self._bytes < MOST_BYTES else 0

    async def read(self, capture: Capture) -> Reading:
        """Return what the page of a capture says. The order of the calls is that of the results. Raise WorkerDied."""
        page = self._page(capture)
        if self._workers is None:
            return read(page)
        loop = asyncio.get_running_loop()
        asked = _Asked(page, loop.create_future())
        self._lot.append(asked)
        if len(self._lot) == LOT:
            self._give()
        elif self._timer is None:
            self._timer = loop.call_later(LATEST, self._give)
        self._bytes += len(page.body)
        try:
            reading = await asked.told
        finally:
            self._bytes -= len(page.body)
        return read(page) if isinstance(reading, Raised) else reading

    def _page(self, capture: Capture) -> Page:
        return Page(
            article_id=capture.article_id,
            layout=self._source.layout,
            body=capture.body,
            content_type=capture.content_type,
            address=self._source.address_of(capture.article_id),
            section=capture.section,
            source=self._source.name,
            captured_at=capture.captured_at or None,
            capture_url=capture.url,
        )

    def close(self) -> None:
        """Let the workers end."""
        if self._workers:
            self._workers.close()

    def _give(self) -> None:
        """Give the lot to a worker."""
        lot, self._lot = self._lot, []
        if self._timer:
            self._timer.cancel()
            self._timer = None
        assert self._workers
        try:
            answers = self._workers.call([asked.page for asked in lot])
        except WorkerDied as error:
            _fail(lot, error)
        else:
            self._given.append((lot, answers))
            loop = asyncio.get_running_loop()
            answers.add_done_callback(lambda _: call_soon(loop, self._take))

    def _take(self) -> None:
        """Take back the lots that are done, but none before those that were given earlier."""
        assert self._workers
        while self._given and self._given[0][1].done():
            lot, answers = self._given.popleft()
            try:
                readings = self._workers.results(answers)
            except WorkerDied as error:
                _fail(lot, error)
            else:
                for asked, reading in zip(lot, readings, strict=True):
                    asked.told.set_result(reading)


def _fail(lot: Sequence[_Asked], error: WorkerDied) -> None:
    for asked in lot:
        asked.told.set_exception(error)
