"""LeaseKeeper: renew the run's lease. The spider takes the lease before its first request."""

from __future__ import annotations

from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall

from thaigov_crawler.errors import StoreError
from thaigov_crawler.run import Run, run_of
from thaigov_crawler.run.ends import FinishReason
from thaigov_crawler.store.leases import RENEWAL


class LeaseKeeper:
    """Renew the lease every RENEWAL seconds.

    End the run if another run has the lease on the host now. That happens if this one could not renew in time, for
    example because its machine slept.
    """

    def __init__(self, run: Run):
        self._run = run
        self._timer: AsyncioLoopingCall | LoopingCall | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        keeper = cls(run_of(crawler))
        crawler.signals.connect(keeper.spider_opened, signals.spider_opened)
        crawler.signals.connect(keeper.spider_closed, signals.spider_closed)
        return keeper

    def spider_opened(self) -> None:
        """Begin to renew the lease."""
        self._timer = create_looping_call(self._renew)
        self._timer.start(RENEWAL, now=False)

    def _renew(self) -> None:
        try:
            held = self._run.renew_lease() or (not self._run.source.host and self._run.take_lease() is None)
        except StoreError:  # the error has ended the run already
            self.spider_closed()
            return
        if not held:
            self.spider_closed()
            why = f"the lease on {self._run.source.host} was lost to another run"
            self._run.end(FinishReason.ALREADY_RUNNING, why, "Run again when that run has ended.")

    def spider_closed(self) -> None:
        """Stop renewing."""
        if self._timer and self._timer.running:
            self._timer.stop()
