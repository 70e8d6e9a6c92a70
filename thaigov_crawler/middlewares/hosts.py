"""How a host is treated: it may be paused, and then nothing is sent to it, whatever waits in which queue."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import call_later
from twisted.python.failure import Failure

from thaigov_crawler.errors import NotSent

if TYPE_CHECKING:
    from scrapy.http import Request

# So often it is asked whether the run is ending.
TICK = 0.5  # seconds


def is_ending(crawler: Crawler) -> bool:
    """Return whether the spider is being closed. Scrapy says it nowhere else before all is done."""
    slot = crawler.engine._slot
    return slot is None or slot.closing is not None


class Host:
    """A host (name and port) with all download slots that requests to it go through."""

    def __init__(self, name: str, crawler: Crawler):
        self.name = name
        self.has_answered = False
        self.troubles_in_a_row = 0  # 429 and the like, each behind the pause of the one before
        self.failures_in_a_row = 0  # connections that failed, and answers that may be a sign of trouble
        self.is_on_trial = False  # since its last pause it has not answered well
        self._crawler = crawler
        self._slots: set[str] = set()
        self._concurrency: dict[Slot, int] = {}  # of slots that send one request at a time meanwhile
        self._paused_at = 0.0
        self._paused_until = 0.0  # as monotonic()

    def was_sent_before_the_pause(self, response_latency: float) -> bool:
        """Return whether the request of a response that just arrived was sent before the last pause began."""
        now = monotonic()
        return now < self._paused_until or now - response_latency < self._paused_at

    def pause(self, seconds: float) -> None:
        """Send nothing for so long (seconds), and then one request at a time until one is answered well. A longer pause
        that is on stays."""
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
        """Return when a request may go on to its slot. Raises NotSent where the run ends before that."""
        self._slots.add(self._crawler.engine.downloader.get_slot_key(request))
        while (left := self._paused_until - monotonic()) > 0:
            if is_ending(self._crawler):
                raise NotSent("the run is ending")
            await asyncio.sleep(min(left, TICK))

    def drop_waiting(self) -> None:
        """Take back what waits in the slots."""
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
        """Keep a slot from sending. It does not while its timer for the next request runs, so the timer is ours."""
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
            self._crawler.engine.downloader._process_queue(slot)  # Scrapy's own timer calls nothing else
