"""LeaseKeeper: renews the run's lease on its host, which the spider takes before its first request."""

from __future__ import annotations

import logging

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from scrapy.utils.defer import deferred_from_coro
from twisted.internet.task import LoopingCall

from thaigov_crawler.errors import StoreError
from thaigov_crawler.outcomes import ALREADY_RUNNING, WHY_ENDED
from thaigov_crawler.store.leases import RENEWAL
from thaigov_crawler.store.of_run import only_for_our_spiders, store_of

logger = logging.getLogger(__name__)


class LeaseKeeper:
    """A run that could not renew in time (its machine slept) ends where another has taken the host meanwhile."""

    def __init__(self, crawler: Crawler):
        self._crawler = crawler
        self._timer: AsyncioLoopingCall | LoopingCall | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LeaseKeeper:
        only_for_our_spiders(crawler)
        keeper = cls(crawler)
        crawler.signals.connect(keeper.spider_opened, signals.spider_opened)
        crawler.signals.connect(keeper.spider_closed, signals.spider_closed)
        return keeper

    def spider_opened(self, spider: Spider) -> None:
        """Begin to renew, where there is a host."""
        if spider.source.host:
            self._timer = create_looping_call(self._renew)
            self._timer.start(RENEWAL, now=False)

    def _renew(self) -> None:
        try:
            held = store_of(self._crawler).renew()
        except StoreError:  # that has ended the run
            self.spider_closed()
            return
        if not held:
            self.spider_closed()
            why = f"the lease on {self._crawler.spider.source.host} was lost to another run"
            logger.error("The run ends here: %s.", why)
            self._crawler.stats.set_value(WHY_ENDED, why)
            deferred_from_coro(self._crawler.engine.close_spider_async(reason=ALREADY_RUNNING))

    def spider_closed(self) -> None:
        """Renew no more."""
        if self._timer and self._timer.running:
            self._timer.stop()
