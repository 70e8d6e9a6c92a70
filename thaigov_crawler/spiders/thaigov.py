"""The spider `thaigov`: visits article pages by article ID."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import suppress
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

from thaigov_crawler.errors import ArgumentError, NoCapture, NotSent, Refused, SourceError, StoreError, Unreachable
from thaigov_crawler.items import Article
from thaigov_crawler.loaders import earliest_capture, load_article
from thaigov_crawler.outcomes import (
    ALREADY_RUNNING,
    HTTP_STATUS,
    UNREACHABLE,
    UNUSABLE,
    Outcome,
    Visit,
    visit_ended,
)
from thaigov_crawler.pages.encoding import decode
from thaigov_crawler.sources import Capture, Held, Plan, Source, amount_of, outcome_of_status
from thaigov_crawler.sources.ending import end_run
from thaigov_crawler.sources.live import user_agent
from thaigov_crawler.sources.opening import OPTIONS, open_source
from thaigov_crawler.spiders.arguments import check_names
from thaigov_crawler.spiders.visits import ALL, MISSING, Wanted, absent_again_days
from thaigov_crawler.store import validators
from thaigov_crawler.store.of_run import store_of
from thaigov_crawler.store.validators import Validators

# Requests waiting in the scheduler: enough to keep the downloader busy, few enough for flat memory.
QUEUE_LENGTH = 100
# So many stored articles in a row that are absent are an outage of the site.
OUTAGE = 20
# A run that looks for new articles ends after so many times stop_after visits without one, however they ended.
WITHOUT_ARTICLE = 3


class ThaigovSpider(scrapy.Spider):
    """Arguments: `source` (where pages come from) with `captures`, `address` and `render`; `ids` (which article IDs;
    default all that the source has) and `visit` (which of them) with `stop_after` and `recheck_days`; `plan_only`."""

    name = "thaigov"
    arguments = ("source", "ids", "visit", "stop_after", "recheck_days", "plan_only", *OPTIONS)

    source: Source
    wanted: Wanted
    planned: int | None = None  # visits of this run, as far as they are known
    visits_are_stored = True  # as they are not by `scrapy probe`
    fetched: dict[int, Capture]  # by article ID, until their visits have ended
    held: Mapping[int, Held]  # of the articles that are asked for again, by article ID
    gone_in_a_row: int = 0
    # Of a run that ends at a gap, places in its row: of the visits under way, of the last that was neither absent nor
    # moved, of the last that found an article.
    under_way: dict[int, int]
    last_present: int = 0
    last_found: int = 0

    @classmethod
    def read_arguments(cls, arguments: dict[str, str], settings: BaseSettings) -> tuple[Source, Wanted]:
        """Check the arguments and open what they name: the source, and what to visit.

        Raises ArgumentError, SettingError.
        """
        check_names(arguments, cls.arguments)
        user_agent(settings)
        amount_of(settings, "THAIGOV_PAUSE")
        absent_again_days(settings)
        try:
            source = open_source(arguments, settings)
        except SourceError as error:
            raise ArgumentError(error.argument, arguments.get(error.argument), str(error)) from None
        return source, Wanted.of(arguments, source)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **arguments: Any) -> ThaigovSpider:
        """A spider with its arguments checked. Raises ArgumentError, SettingError."""
        spider = cls(*args, **arguments)
        spider.source, spider.wanted = cls.read_arguments(arguments, crawler.settings)
        spider.given = arguments
        spider.fetched, spider.under_way, spider.held = {}, {}, {}
        # What the source and its host need is not for the command line to change.
        crawler.settings.set("USER_AGENT", user_agent(crawler.settings), priority="cmdline")
        crawler.settings.setdict(spider.source.settings, priority="cmdline")
        crawler.settings.setdict(spider.source.defaults, priority="spider")
        crawler.signals.connect(spider.visit_ended, visit_ended)
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """One request for each planned visit, only as fast as they are worked off."""
        try:
            plan = await self._plan()
        except Unreachable as error:
            end_run(self.crawler, UNREACHABLE, str(error))
        except SourceError as error:
            end_run(self.crawler, UNUSABLE, f"argument {error.argument}: {error}")
        except (IgnoreRequest, StoreError):  # refused, or no database: that has ended the run
            return
        else:
            if plan is None or self.wanted.plan_only:
                return
            requests = self.source.requests()
            async for request in self._up_to_a_gap(requests) if plan.visits is None else self._paced(requests):
                yield self._followed(request)

    async def _plan(self) -> Plan | None:
        """Find out what to visit, and say so. None where another run is at work on the host."""
        store = store_of(self.crawler) if self.visits_are_stored else None
        if store and self.source.host and (other := store.acquire(self.source.host)):
            why = (
                f"Another run is at work on {self.source.host}: {other.holder}, run {other.run_id}, since {other.since}"
            )
            end_run(self.crawler, ALREADY_RUNNING, why, "Run again when that has ended.")
            return None
        ids = self.wanted.ids
        if store:
            ids = self.wanted.selected(self.source, store, absent_again_days(self.settings))
        self.held = ids.held
        plan = await self.source.plan(ids, self.crawler)
        self._say(plan, sum(map(ids.within, ids.known)))
        return plan

    def _say(self, plan: Plan, known: int) -> None:
        self.planned = plan.visits
        visits = "visits" if plan.visits is None else f"{plan.visits:,} visits"
        parts = [f"Plan: {visits} from {self.source.name}, visit={self.wanted.visit}"]
        if plan.first is not None:
            parts.append(f"article IDs {plan.first} to {plan.last or 'the end'}")
        if plan.seconds:
            parts.append(f"at least {timedelta(seconds=round(plan.seconds))} at the allowed rate")
        if known:
            parts.append(f"{known:,} article IDs are known")
        if plan.uncaptured:
            parts.append(f"{plan.uncaptured:,} of those asked for were never captured")
            self.crawler.stats.set_value("thaigov/plan/uncaptured", plan.uncaptured)
        self.logger.info("; ".join(parts))
        if plan.visits == 0 and not known and self.wanted.visit in (MISSING, ALL):
            self.logger.warning("%s holds no page of the article IDs asked for: is it the right one?", self.source.name)

    async def _paced(self, requests: Iterable[Request]) -> AsyncIterator[Request]:
        """The requests, as long as few are waiting."""
        for request in requests:
            if len(self.crawler.engine.scheduler) >= QUEUE_LENGTH:
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            yield request

    async def _up_to_a_gap(self, requests: Iterable[Request]) -> AsyncIterator[Request]:
        """The requests in order of article IDs, until so many in a row as `stop_after` says were absent."""
        self.planned = 0
        async for request in self._paced(requests):
            article_id = request.cb_kwargs["article_id"]
            while gap := self._gap():
                if not self.under_way:
                    self._end_at_a_gap(gap, article_id)
                    return
                await self.crawler.signals.wait_for(visit_ended)
            self.planned += 1
            self.under_way[article_id] = self.planned
            yield request

    def _gap(self) -> int:
        """The length of the gap at which the run ends, if the visits under way do not fill it; 0 where it goes on."""
        absent = self.planned - self.last_present
        fruitless = self.planned - self.last_found
        return absent if absent >= self.wanted.stop_after else fruitless // (WITHOUT_ARTICLE * self.wanted.stop_after)

    def _end_at_a_gap(self, gap: int, article_id: int) -> None:
        if gap >= self.wanted.stop_after:
            self.logger.info(
                "The %d article IDs before %d are absent: the run stops here (stop_after). The longest gap known has "
                "2,210 (in 2019): a greater stop_after would step over such a one.",
                gap,
                article_id,
            )
            return
        fruitless = WITHOUT_ARTICLE * self.wanted.stop_after
        why = f"The last {fruitless} article IDs that {self.source.host} was asked for gave no article"
        end_run(self.crawler, UNREACHABLE, why, "See in the table `visits` how they ended.")

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
        if capture.status == 304:
            self._end(capture, Outcome.UNCHANGED, f"{HTTP_STATUS}304")
            return None
        if self.visits_are_stored and (capture.etag or capture.last_modified):
            self.fetched[article_id] = capture
        if outcome := outcome_of_status(capture.status):
            self._end(capture, outcome, f"{HTTP_STATUS}{capture.status}", target=capture.location)
            return None
        address = self.source.address_of(article_id)
        page = self._page()
        raw = page.parse(decode(capture.body, capture.content_type), address)
        if page.kind_of(raw) == "absent":
            self._end(capture, Outcome.ABSENT, "a page without an article")
            return None
        raw.section = raw.section or capture.section
        article = load_article(
            vars(raw),
            self.crawler.stats.inc_value,
            id=article_id,
            url=address,
            source=self.source.name,
            captured_at=capture.captured_at or None,
            capture_url=capture.url,
        )
        if not article.captured_at and article.date_published:
            # So that any capture of which the time is known is newer.
            article.captured_at = earliest_capture(article.date_published)
        return article

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
        """Where a capture turned out malformed, an older one may be better. Of a page that was read well, keep what its
        host gave for asking later whether it has changed."""
        found = visit.outcome in (Outcome.STORED, Outcome.UNCHANGED)
        place = self.under_way.pop(visit.article_id, 0)
        if visit.outcome not in (Outcome.ABSENT, Outcome.MOVED):
            self.last_present = max(self.last_present, place)
        if found:
            self.last_found = max(self.last_found, place)
        if visit.outcome is Outcome.MALFORMED:
            self._try_older(visit.article_id, differs=True)
        self._look_for_an_outage(visit)
        capture = self.fetched.pop(visit.article_id, None)
        if capture and found:
            page = (self.source.name, capture.article_id, capture.url)
            # An error has ended the run.
            with suppress(StoreError), store_of(self.crawler).writing() as connection:
                validators.keep(connection, Validators(*page, capture.etag, capture.last_modified))

    def _look_for_an_outage(self, visit: Visit) -> None:
        """End the run where so many stored articles in a row are absent that it is the site that is not well."""
        if visit.outcome is not Outcome.ABSENT:
            self.gone_in_a_row = 0
        elif visit.article_id in self.held and not self.source.knows_its_ids:
            self.gone_in_a_row += 1
            if self.gone_in_a_row == OUTAGE:
                why = f"{OUTAGE} stored articles in a row are absent from {self.source.host}, which is hardly true"
                end_run(self.crawler, UNREACHABLE, why, "Look at the site, and run again when it is well.")

    def _try_older(self, article_id: int, *, differs: bool) -> bool:
        """Visit the next older capture, if there is one to try."""
        request = self.source.older(article_id, differs=differs)
        if request:
            self.planned += 1
            self.crawler.engine.crawl(self._followed(request))
        return bool(request)

    def _failed(self, article_id: int, reason: str, url: str = "") -> None:
        self._end(Capture(article_id, url, "", 0, None, b""), Outcome.FAILED, reason)

    def _end(self, capture: Capture, outcome: Outcome, reason: str, target: str | None = None) -> None:
        """End a visit. Where a capture held no article, an older one may, and that is visited then."""
        tries_older = outcome in (Outcome.ABSENT, Outcome.MOVED) and self._try_older(capture.article_id, differs=True)
        visit = Visit(
            article_id=capture.article_id,
            source=self.source.name,
            outcome=outcome,
            captured_at=capture.captured_at or None,
            url=capture.url or None,
            reason=reason,
            target=target if outcome is Outcome.MOVED else None,
            final=not tries_older,
        )
        self.crawler.signals.send_catch_log(visit_ended, visit=visit, recorded=False)
