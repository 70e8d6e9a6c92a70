"""The spider `thaigov`: visits article pages by article ID."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy import signals
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from thaigov_crawler.items import Article
from thaigov_crawler.loaders import load_article
from thaigov_crawler.outcomes import Outcome, Visit, visit_ended
from thaigov_crawler.pages import classic
from thaigov_crawler.pages.encoding import decode
from thaigov_crawler.sources import (
    Capture,
    Source,
    SourceError,
    open_source,
    outcome_of_status,
)
from thaigov_crawler.sources.addresses import canonical_address
from thaigov_crawler.spiders.arguments import (
    ALL_IDS,
    ArgumentError,
    ArticleIds,
    check_names,
)

# Requests waiting in the scheduler: enough to keep the downloader busy, few enough for flat memory.
QUEUE_LENGTH = 100


class ThaigovSpider(scrapy.Spider):
    """Arguments: `source` (where pages come from), `ids` (which article IDs; default all that the source has)."""

    name = "thaigov"
    arguments = ("source", "ids")

    source: Source
    ids: ArticleIds
    planned: int | None = None  # visits of this run, known once it has begun

    @classmethod
    def read_arguments(cls, arguments: dict[str, str]) -> tuple[Source, ArticleIds]:
        """Check the arguments and open what they name. Raises ArgumentError."""
        check_names(arguments, cls.arguments)
        try:
            source = open_source(arguments.get("source"))
        except SourceError as error:
            raise ArgumentError("source", arguments.get("source"), str(error)) from None
        return source, ArticleIds.parse(arguments["ids"]) if "ids" in arguments else ALL_IDS

    def __init__(self, name: str | None = None, **arguments: Any):
        self.source, self.ids = self.read_arguments(arguments)
        self.given = arguments
        super().__init__(name)

    async def start(self) -> AsyncIterator[Request]:
        """One request for each planned visit, only as fast as they are worked off."""
        stopping = threading.Event()
        self.crawler.signals.connect(stopping.set, signals.spider_closed)
        self.planned = await asyncio.to_thread(self.source.plan, self.ids, self.crawler.stats, stopping.is_set)
        self.logger.info("Plan: %d visits from %s", self.planned, self.source.name)
        if not self.planned:
            self.logger.warning("%s holds no page of the article IDs asked for: is it the right one?", self.source.name)
        for request in self.source.requests():
            if len(self.crawler.engine.scheduler) >= QUEUE_LENGTH:
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            yield request.replace(callback=self.parse, errback=self.not_fetched)

    def parse(self, response: Response, article_id: int) -> Article | None:
        """Decide what the response is; an article goes on to the pipelines."""
        capture = self.source.capture(response, article_id)
        if outcome := outcome_of_status(capture.status):
            self._end(capture, outcome, f"HTTP status {capture.status}", target=capture.location)
            return None
        address = canonical_address(article_id)
        raw = classic.parse(decode(capture.body, capture.content_type), address)
        if classic.kind_of(raw) == "absent":
            self._end(capture, Outcome.ABSENT, "a page without an article")
            return None
        return load_article(
            vars(raw),
            self.crawler.stats.inc_value,
            id=article_id,
            url=address,
            source=self.source.name,
            captured_at=capture.captured_at,
            capture_url=capture.url,
        )

    def not_fetched(self, failure: Failure) -> None:
        """A page that could not be fetched or read."""
        article_id = failure.request.cb_kwargs["article_id"]
        self._end(Capture(article_id, "", "", 0, None, b""), Outcome.FAILED, failure.getErrorMessage())

    def _end(self, capture: Capture, outcome: Outcome, reason: str, target: str | None = None) -> None:
        visit = Visit(
            article_id=capture.article_id,
            source=self.source.name,
            outcome=outcome,
            captured_at=capture.captured_at or None,
            url=capture.url or None,
            reason=reason,
            target=target if outcome is Outcome.MOVED else None,
        )
        self.crawler.signals.send_catch_log(visit_ended, visit=visit, recorded=False)
