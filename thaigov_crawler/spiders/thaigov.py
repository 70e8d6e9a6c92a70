"""The spider `thaigov`: visits article pages by article ID."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from importlib import import_module
from types import ModuleType
from typing import Any

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest, ResponseDataLossError
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from thaigov_crawler.items import Article
from thaigov_crawler.loaders import load_article
from thaigov_crawler.outcomes import UNREACHABLE, UNUSABLE, Outcome, Visit, visit_ended
from thaigov_crawler.pages.encoding import decode
from thaigov_crawler.sources import (
    Capture,
    NoCapture,
    NotSent,
    Plan,
    Refused,
    Source,
    SourceError,
    Unreachable,
    outcome_of_status,
    seconds_of,
)
from thaigov_crawler.sources.ending import end_run
from thaigov_crawler.sources.live import user_agent
from thaigov_crawler.sources.opening import OPTIONS, open_source
from thaigov_crawler.spiders.arguments import (
    ALL_IDS,
    ArgumentError,
    ArticleIds,
    check_names,
)
from thaigov_crawler.store import StoreError
from thaigov_crawler.store.of_run import store_of

# Requests waiting in the scheduler: enough to keep the downloader busy, few enough for flat memory.
QUEUE_LENGTH = 100
# What a capture without an article ends in, so that an older one may be tried.
NO_ARTICLE = frozenset((Outcome.ABSENT, Outcome.MOVED, Outcome.MALFORMED))
VISITS = ("missing", "all")


class ThaigovSpider(scrapy.Spider):
    """Arguments: `source` (where pages come from) with `captures`, `address` and `render`; `ids` (which article IDs;
    default all that the source has); `visit` (`missing`: those that are not known yet; `all`)."""

    name = "thaigov"
    arguments = ("source", "ids", "visit", *OPTIONS)

    source: Source
    ids: ArticleIds
    planned: int | None = None  # visits of this run, known once it has begun

    @classmethod
    def read_arguments(cls, arguments: dict[str, str], settings: BaseSettings) -> tuple[Source, ArticleIds, str]:
        """Check the arguments and open what they name: the source, the article IDs, and which of them to visit.

        Raises ArgumentError, SettingError.
        """
        check_names(arguments, cls.arguments)
        user_agent(settings)
        seconds_of(settings, "THAIGOV_PAUSE")
        try:
            source = open_source(arguments, settings)
        except SourceError as error:
            raise ArgumentError(error.argument, arguments.get(error.argument), str(error)) from None
        ids = ArticleIds.parse(arguments["ids"]) if "ids" in arguments else ALL_IDS
        visit = arguments.get("visit", source.visit)
        if visit not in VISITS:
            raise ArgumentError("visit", visit, f"must be {' or '.join(VISITS)}")
        return source, ids, visit

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **arguments: Any) -> ThaigovSpider:
        """A spider with its arguments checked. Raises ArgumentError, SettingError."""
        spider = cls(*args, **arguments)
        spider.source, spider.ids, spider.visit = cls.read_arguments(arguments, crawler.settings)
        spider.given = arguments
        # What the source and its host need is not for the command line to change.
        crawler.settings.set("USER_AGENT", user_agent(crawler.settings), priority="cmdline")
        crawler.settings.setdict(spider.source.settings, priority="cmdline")
        crawler.signals.connect(spider.visit_ended, visit_ended)
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """One request for each planned visit, only as fast as they are worked off."""
        try:
            if self.visit == "missing":
                self.ids = self.ids.but(store_of(self.crawler).known(self.source.name, self.source.base))
            plan = await self.source.plan(self.ids, self.crawler)
        except Unreachable as error:
            end_run(self.crawler, UNREACHABLE, str(error))
            return
        except SourceError as error:
            end_run(self.crawler, UNUSABLE, f"argument {error.argument}: {error}")
            return
        except (IgnoreRequest, StoreError):  # refused, or no database: that has ended the run
            return
        self._begin(plan)
        for request in self.source.requests():
            if len(self.crawler.engine.scheduler) >= QUEUE_LENGTH:
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            yield self._followed(request)

    def _begin(self, plan: Plan) -> None:
        self.planned = plan.visits
        took = f", at least {timedelta(seconds=round(plan.seconds))} at the allowed rate" if plan.seconds else ""
        gaps = f"; {plan.uncaptured:,} of the article IDs asked for were never captured" if plan.uncaptured else ""
        self.logger.info("Plan: %s visits from %s%s%s", f"{plan.visits:,}", self.source.name, took, gaps)
        if plan.uncaptured:
            self.crawler.stats.set_value("thaigov/plan/uncaptured", plan.uncaptured)
        if not plan.visits and not self.ids.known:
            self.logger.warning("%s holds no page of the article IDs asked for: is it the right one?", self.source.name)

    def _followed(self, request: Request) -> Request:
        return request.replace(callback=self.parse, errback=self.not_fetched)

    def parse(self, response: Response, article_id: int) -> Article | Request | None:
        """Decide what the response is; an article goes on to the pipelines."""
        try:
            capture = self.source.capture(response, article_id)
        except NoCapture as error:
            self._failed(article_id, str(error), url=response.url)
            self._try_older(article_id, differs=False)
            return None
        if isinstance(capture, Request):
            return self._followed(capture)
        if outcome := outcome_of_status(capture.status):
            self._end(capture, outcome, f"HTTP status {capture.status}", target=capture.location)
            return None
        address = self.source.address_of(article_id)
        page = self._page()
        raw = page.parse(decode(capture.body, capture.content_type), address)
        if page.kind_of(raw) == "absent":
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

    def _page(self) -> ModuleType:
        """The page module that reads the pages of the source."""
        return import_module(f"thaigov_crawler.pages.{self.source.layout}")

    def not_fetched(self, failure: Failure) -> None:
        """A page that could not be fetched or read."""
        article_id = failure.request.cb_kwargs["article_id"]
        if failure.check(NotSent):
            return
        if failure.check(Refused):
            self._end(Capture(article_id, "", "", 0, None, b""), Outcome.REFUSED, failure.getErrorMessage())
            return
        self._failed(article_id, failure.getErrorMessage())
        if failure.check(ResponseDataLossError, DownloadCancelledError):  # the capture is broken, not the network
            self._try_older(article_id, differs=False)

    def visit_ended(self, visit: Visit) -> None:
        """Where a capture held no article, an older one may."""
        if visit.outcome in NO_ARTICLE:
            self._try_older(visit.article_id, differs=True)

    def _try_older(self, article_id: int, *, differs: bool) -> None:
        if request := self.source.older(article_id, differs=differs):
            self.planned += 1
            self.crawler.engine.crawl(self._followed(request))

    def _failed(self, article_id: int, reason: str, url: str = "") -> None:
        self._end(Capture(article_id, url, "", 0, None, b""), Outcome.FAILED, reason)

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
