"""Waiting: visits that have ended and are not written yet. Many of them are written in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from scrapy import signals
from scrapy.utils.asyncio import CallLaterResult, call_later
from twisted.internet.defer import Deferred

from thaigov_crawler.outcomes import Visit
from thaigov_crawler.store import Change
from thaigov_crawler.store.versions import Saving

if TYPE_CHECKING:
    from scrapy.core.scheduler import Scheduler
    from scrapy.crawler import Crawler

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

    Visits wait only while a crawl is at work that reads files. On a network, the rate is the limit, and a page that is
    lost must be fetched again: there each visit is written at once.
    """

    def __init__(self, crawler: Crawler, write: Callable[[list[Ended]], None], *, on_network: bool):
        self._crawler, self._write = crawler, write
        self._visits: dict[int, Ended] = {}  # by article ID
        self._saving = 0  # number of them that brought an article
        self._timer: CallLaterResult | None = None
        self._may_wait = False
        if not on_network:
            crawler.signals.connect(self._begin, signals.spider_opened)
            crawler.signals.connect(self._look, signals.scheduler_empty)

    def _begin(self) -> None:
        self._may_wait = True

    def __contains__(self, article_id: int) -> bool:
        return article_id in self._visits

    def add(self, ended: Ended) -> None:
        """Add a visit. All are written if they are many, if the first waits for LONGEST, or if no other visit comes."""
        if ended.visit.article_id in self._visits:  # one after the other: the second depends on the first
            self.write()
        self._visits[ended.visit.article_id] = ended
        self._saving += ended.saving is not None
        if not self._may_wait:
            self.write()
        elif len(self._visits) >= MOST or not self._more_will_come(ending=int(ended.saving is None)):
            self._write_in(0)  # not now: this visit would be told before those that ended before it
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
            visits, self._visits, self._saving = list(self._visits.values()), {}, 0
            self._write(visits)

    def _look(self) -> None:
        if self._visits and not self._more_will_come():
            self.write()

    def _more_will_come(self, ending: int = 0) -> bool:
        """Tell whether pages are under way whose visits will end, although those that wait are not written.

        `ending` is the number of pages whose visits end just now, without an article. Scrapy's engine does not end
        while articles wait, and it asks for no page while it ends or holds too many bytes.
        """
        if not self._may_wait:
            return False
        engine = self._crawler.engine
        scheduler, slot = cast("Scheduler | None", engine.scheduler), engine.scraper.slot
        if scheduler is None or slot is None or slot.closing:
            return False
        if slot.queue or len(slot.active) > self._saving + ending:
            return True
        return not slot.needs_backout() and bool(scheduler.has_pending_requests() or engine.downloader.active)
