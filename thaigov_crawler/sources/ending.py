"""Ending a run early, because its source refuses or cannot be reached."""

from __future__ import annotations

import logging

from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro

from thaigov_crawler.outcomes import WHY_ENDED

logger = logging.getLogger(__name__)


def end_run(crawler: Crawler, reason: str, why: str, advice: str | None = None) -> None:
    """End the run with a finish reason (of those in outcomes.py), and say once why and what to do instead: `advice`, or
    the source's."""
    crawler.stats.set_value(WHY_ENDED, why)
    advice = crawler.spider.source.advice if advice is None else advice
    logger.error("%s. The run ends here; what was stored stays. %s", why.rstrip("."), advice)
    deferred_from_coro(crawler.engine.close_spider_async(reason=reason))
