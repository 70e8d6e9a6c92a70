"""The state of a host. It can be paused; then nothing is sent to it, from any queue."""

from __future__ import annotations

import asyncio
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import call_later
from twisted.python.failure import Failure

from thaigov_crawler.errors import NotSent
from thaigov_crawler.middlewares.downloader import SENT_AT

if TYPE_CHECKING:
    from scrapy.http import Request

# How often a wait looks whether the run is ending.
TICK = 0.5  # seconds


def is_ending(crawler: Crawler) -> bool:
    """Return whether the spider is being closed. Scrapy has no public attribute for this."""
    slot = crawler.engine._slot
    return slot is None or slot.closing is not None


class Host:
    """A host (name and port), with all download slots that its requests go through."""

    def __init__(self, name: str, crawler: Crawler):
        self.name = name
        self.has_answered = False
        self.troubles_in_a_row = 0  # answers such as 429; each came after the pause for the one before
        self.failures_in_a_row = 0  # failed connections, and answers that may be a sign of trouble
        self.is_on_trial = False  # true from a pause until the host answers well
        self._crawler = crawler
        self._slots: set[str] = set()
        self._concurrency: dict[Slot, int] = {}  # the usual concurrency of slots that now send one request at a time
        self._paused_at = 0.0
        self._paused_until = 0.0  # as monotonic()

    def was_sent_before_the_pause(self, request: Request) -> bool:
        """Return whether a request that has just been answered, or has failed, was sent before the last pause began."""
        return monotonic() < self._paused_until or request.meta.get(SENT_AT, inf) < self._paused_at

    def pause(self, seconds: float) -> None:
        """Send nothing to the host for `seconds`, and then one request at a time until it answers well.

        If a longer pause is already on, it stays.
        """
        self.is_on_trial = True
        self._paused_at = monotonic()
        self._paused_until = max(self._paused_until, self._paused_at + seconds)
        for slot in self._open_slots():
            self._concurrency.setdefault(slot, slot.concurrency)
            slot.concurrency = 1
            self._hold(slot)

    def is_well(self) -> None:
        """Note that the host has answered as it should."""
        self.troubles_in_a_row = self.failures_in_a_row = 0
        self.is_on_trial = False
        for slot, concurrency in self._concurrency.items():
            slot.concurrency = concurrency
        self._concurrency.clear()

    async def may_send(self, request: Request) -> None:
        """Wait until a request may go on to its slot. Raise NotSent if the run ends before that."""
        self._slots.add(self._crawler.engine.downloader.get_slot_key(request))
        while (left := self._paused_until - monotonic()) > 0:
            if is_ending(self._crawler):
                raise NotSent("the run is ending")
            await asyncio.sleep(min(left, TICK))

    def drop_waiting(self) -> None:
        """Drop the requests that wait in the slots. Each fails with NotSent."""
        for slot in self._open_slots():
            self._drop(slot)

    def _drop(self, slot: Slot) -> None:
        while slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(Failure(NotSent("the run is ending")))  # type: ignore[no-untyped-call]

    def _open_slots(self) -> list[Slot]:
        slots = self._crawler.engine.downloader.slots
        return [slots[key] for key in self._slots if key in slots]

    def _hold(self, slot: Slot) -> None:
        """Keep a slot from sending. A slot does not send while its timer runs, so set the timer."""
        if slot.latercall:
            slot.latercall.cancel()
        slot.latercall = call_later(min(TICK, max(0, self._paused_until - monotonic())), self._go_on, slot)

    def _go_on(self, slot: Slot) -> None:
        slot.latercall = None
        if is_ending(self._crawler):
            self._drop(slot)
        elif monotonic() < self._paused_until:
            self._hold(slot)
        else:
            self._crawler.engine.downloader._process_queue(slot)  # this is what Scrapy's own timer calls
