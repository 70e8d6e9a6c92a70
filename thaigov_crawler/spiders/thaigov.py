"""The spider `thaigov`. It visits article pages by article ID."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import Any, Self, cast

import scrapy
from scrapy import signals
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest, ResponseDataLossError
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from thaigov_crawler.checked import check_settings, user_agent, workers
from thaigov_crawler.errors import (
    ArgumentError,
    InTrouble,
    NoCapture,
    NotSent,
    Refused,
    SourceError,
    StoreError,
    Unreachable,
    WorkerDied,
)
from thaigov_crawler.items import Article
from thaigov_crawler.loaders import earliest_capture
from thaigov_crawler.outcomes import HTTP_STATUS, Outcome, Visit, lies_ahead, now
from thaigov_crawler.run import Run, visit_ended
from thaigov_crawler.run.ends import FinishReason
from thaigov_crawler.sources.base import Capture, Source, in_words, outcome_of_status
from thaigov_crawler.sources.registry import OPTIONS, open_source
from thaigov_crawler.spiders.arguments import check_names
from thaigov_crawler.spiders.files import SETTINGS, FilePages
from thaigov_crawler.spiders.gap import Gap
from thaigov_crawler.spiders.older import OlderCaptures
from thaigov_crawler.spiders.outage import OUTAGE, Outage
from thaigov_crawler.spiders.planning import find_plan
from thaigov_crawler.spiders.reader import WORKERS_ADVICE, Reader
from thaigov_crawler.spiders.visits import Wanted
from thaigov_crawler.store import validators

# Headers of a request that asks whether a page has changed.
_CONDITIONS = ("If-None-Match", "If-Modified-Since")
# Requests that wait in the scheduler. They keep the downloader busy, and they are few, so memory does not grow.
QUEUE_LENGTH = 100


class ThaigovSpider(scrapy.Spider):
    """Visits article pages by article ID, and yields their articles.

    Its arguments are described in docs/reference/spider-arguments.md.
    """

    name = "thaigov"
    arguments: tuple[str, ...] = (
        *("source", "ids", "visit", "part", "stop_after", "recheck_days", "plan_only"),
        *OPTIONS,
    )
    stores = True  # false for `scrapy probe`

    run: Run
    source: Source
    wanted: Wanted
    gap: Gap
    outage: Outage
    older: OlderCaptures
    reader: Reader
    files: FilePages
    fetched: dict[int, Capture]  # by article ID, until their visits have ended

    @classmethod
    def read_arguments(cls, arguments: Mapping[str, str], settings: BaseSettings) -> tuple[Source, Wanted]:
        """Check the arguments and settings. Return the source that they name, and what to visit.

        Raise ArgumentError or SettingError.
        """
        check_names(arguments, cls.arguments)
        check_settings(settings)
        try:
            source = open_source(arguments, settings)
        except SourceError as error:
            raise ArgumentError(error.argument, arguments.get(error.argument), str(error)) from None
        return source, Wanted.of(arguments, source)

    @classmethod
    def from_crawler(cls, crawler: Crawler, read: tuple[Source, Wanted] | None = None, **arguments: Any) -> Self:
        """Return a spider with checked arguments. Raise ArgumentError or SettingError.

        `read` is what `read_arguments` returned, if it was called before.
        """
        spider = cls(**arguments)
        spider.source, spider.wanted = read or cls.read_arguments(arguments, crawler.settings)
        forgives = spider.wanted.only_failures
        spider.run = Run(crawler, spider.source, arguments, forgives=forgives, stores=cls.stores)
        spider.gap, spider.outage = Gap(spider.wanted.stop_after), Outage(frozenset(), forgives=forgives)
        spider.older = OlderCaptures(spider.run, spider.visit)
        spider.reader = Reader(spider.source, workers(crawler.settings))
        spider.files = FilePages(crawler, spider.run, spider.reader, spider.parse, spider.not_fetched)
        spider.fetched = {}
        _set_what_is_needed(crawler.settings, spider.source)
        crawler.signals.connect(spider.visit_ended, visit_ended)
        crawler.signals.connect(spider.reader.close, signals.spider_closed)
        spider._set_crawler(crawler)
        if not spider.wanted.plan_only:
            spider.reader.expect(spider.wanted.ids)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Yield one request for each planned visit, as fast as they are done. One stands for all visits to files."""
        try:
            found = await find_plan(self.run, self.wanted, self.crawler)
        except Unreachable as error:
            self.run.end(FinishReason.UNREACHABLE, str(error), self.source.advice)
        except SourceError as error:
            self.run.end(FinishReason.UNUSABLE, f"argument {error.argument}: {error}", self.source.advice)
        except (Refused, NotSent, StoreError):  # the run has been ended already
            return
        else:
            if found is None or self.wanted.plan_only:
                return
            plan, ids = found
            if not self.source.knows_its_ids:
                self.outage = Outage(ids.held.keys(), forgives=self.wanted.only_failures)
            if not self.source.is_on_network:
                yield self.files.request()
                return
            to_the_end = chain(self.source.requests(), self.source.last_requests())
            async for request in self._paced(to_the_end) if plan.visits is not None else self._up_to_a_gap():
                yield self._followed(request)

    async def _paced(self, requests: Iterable[Request]) -> AsyncIterator[Request]:
        """Yield the requests, but wait while QUEUE_LENGTH of them are waiting in the scheduler."""
        scheduler = cast("Scheduler", self.crawler.engine.scheduler)
        for request in requests:
            if len(scheduler) >= QUEUE_LENGTH:
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            yield request

    async def _up_to_a_gap(self) -> AsyncIterator[Request]:
        """Yield the requests in order of article IDs, until `stop_after` of them in a row were absent.

        Then yield those last requests of the source that have lower article IDs.
        """
        self.run.counters.planned, end = 0, 0
        async for request in self._paced(self.source.requests()):
            article_id = request.cb_kwargs["article_id"]
            while (self.gap.is_reached or self.gap.is_fruitless) and self.gap.may_still_fill:
                await self.crawler.signals.wait_for(visit_ended)
            if self.gap.is_reached or self.gap.is_fruitless:
                self._end_at_a_gap(article_id)
                end = article_id
                break
            self.run.counters.planned += 1
            self.gap.begin(article_id)
            yield request
        async for request in self._paced(self.source.last_requests()):
            if request.cb_kwargs["article_id"] < end:
                self.run.counters.planned += 1
                yield request

    def _end_at_a_gap(self, article_id: int) -> None:
        if self.gap.is_reached:
            self.logger.info(
                "The %d article IDs%s before %d are absent: the run stops here (stop_after). The longest known gap has "
                "2,210 article IDs (in 2019). A greater stop_after steps over such a gap.",
                self.gap.length,
                f" of part {self.source.part}" if self.source.part else "",
                article_id,
            )
            return
        fruitless = self.gap.longest_without_article
        why = f"The last {fruitless} article IDs that {self.source.host} was asked for gave no article"
        self.run.end(FinishReason.UNREACHABLE, why, "See in the table `visits` how they ended.")

    def visit(self, request: Request) -> None:
        """Send a request that was not planned."""
        self.crawler.engine.crawl(self._followed(request))

    def _followed(self, request: Request) -> Request:
        return request.replace(callback=self.parse, errback=self.not_fetched)

    async def parse(self, response: Response, article_id: int) -> Article | Request | None:
        """Decide what a response is, and end its visit. Return an article (for the pipelines), a request, or None."""
        try:
            capture = self.source.capture(response, article_id)
        except NoCapture as error:
            self._failed(article_id, str(error), url=response.url if error.is_settled else "")
            self.older.try_for(article_id, differs=False)
            return None
        except InTrouble as error:
            self._failed(article_id, str(error))
            return None
        if isinstance(capture, Request):
            return self._followed(capture)
        if lies_ahead(capture.captured_at):
            self.run.count("captures/of_the_future")
            capture = replace(capture, captured_at="")
        if capture.status == 304:
            self._not_modified(capture, response)
            return None
        if self.stores and (capture.etag or capture.last_modified):
            self.fetched[article_id] = capture
        if outcome := outcome_of_status(capture.status):
            self._end(capture, outcome, f"{HTTP_STATUS}{capture.status}", target=capture.location)
            return None
        return await self._read(capture)

    def _not_modified(self, capture: Capture, response: Response) -> None:
        """End the visit of a page with status 304. It is unchanged, if the request asked whether it has changed."""
        asked = response.request is not None and any(name in response.request.headers for name in _CONDITIONS)
        why = f"{HTTP_STATUS}304" + ("" if asked else ", though nobody asked whether the page has changed")
        self._end(capture, Outcome.UNCHANGED if asked else Outcome.FAILED, why)

    async def _read(self, capture: Capture) -> Article | None:
        """Return the article on a page. If the page says that there is none, end the visit and return None."""
        try:
            article, counts = await self.reader.read(capture)
        except WorkerDied as error:  # the visit has not ended, so the next run makes it
            self.run.end(FinishReason.WORKER_DIED, str(error), WORKERS_ADVICE)
            return None
        for name, number in counts.items():
            self.crawler.stats.inc_value(name, number)
        if article is None:
            self._end(capture, Outcome.ABSENT, "a page without an article")
            return None
        if not article.captured_at and article.date_published:
            # So any capture with a known time is newer.
            earliest = earliest_capture(article.date_published)
            article.captured_at = now() if lies_ahead(earliest) else earliest
        return article

    def not_fetched(self, failure: Failure) -> None:
        """End the visit of a page that could not be fetched or read."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        article_id, error = request.cb_kwargs["article_id"], failure.value
        why = in_words(error) if error else failure.getErrorMessage()
        if isinstance(error, NotSent):
            return
        if isinstance(error, Refused):
            self._end(Capture(article_id, "", "", 0, None, b""), Outcome.REFUSED, why)
            return
        self._failed(article_id, why)
        # The capture is broken, or too large (the last two errors). The network is well, so an older capture may do.
        if isinstance(error, (ResponseDataLossError, DownloadCancelledError, IgnoreRequest)):
            self.older.try_for(article_id, differs=False)

    def visit_ended(self, visit: Visit) -> None:
        """Follow a visit that has ended: look for gaps and outages, and try an older capture.

        If the page was read well, keep its ETag and Last-Modified, to ask later whether it has changed.
        """
        self.gap.visit_ended(visit)
        self.older.visit_ended(visit)
        if self.outage.begins_with(visit):
            why = f"{OUTAGE} stored articles in a row are absent from {self.source.host}, which can hardly be true"
            self.run.end(FinishReason.UNREACHABLE, why, "Look at the site, and run again when it is well.")
        if self.source.is_the_site and self.outage.shows_in(visit):
            self._end_at_pages_of_no_article()
        capture = self.fetched.pop(visit.article_id, None)
        if capture and visit.outcome in (Outcome.STORED, Outcome.UNCHANGED):
            came = (self.source.name, capture.article_id, capture.url, capture.etag, capture.last_modified)
            with suppress(StoreError):  # it has ended the run already
                self.run.write(lambda connection: validators.keep(connection, validators.Validators(*came)))

    def _end_at_pages_of_no_article(self) -> None:
        """End the run. Reopen the visits whose pages could not be read, so that the next run asks for them again."""
        why = f"The last {OUTAGE} pages that {self.source.host} sent could not be read as articles"
        with suppress(StoreError):  # a StoreError has ended the run already
            self.run.visits.reopen(self.outage.unread, "the site sent pages that are not articles, many times in a row")
        advice = "Look at one in a browser, and with `scrapy probe -a source=… ID`. The next run asks for them again."
        self.run.end(FinishReason.UNREACHABLE, why, advice)

    def _failed(self, article_id: int, reason: str, url: str = "") -> None:
        self._end(Capture(article_id, url, "", 0, None, b""), Outcome.FAILED, reason)

    def _end(self, capture: Capture, outcome: Outcome, reason: str, target: str | None = None) -> None:
        """End a visit. If the capture held no article, try an older one."""
        is_empty = outcome in (Outcome.ABSENT, Outcome.MOVED)
        tries_older = is_empty and self.older.try_for(capture.article_id, differs=True)
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
        self.run.visits.end(visit)


def _set_what_is_needed(settings: BaseSettings, source: Source) -> None:
    """Set the settings that the source needs. The command line cannot change them."""
    settings.set("USER_AGENT", user_agent(settings), priority="cmdline")
    for name, value in chain(() if source.is_on_network else SETTINGS.items(), source.settings.items()):
        merged = {**settings.getdict(name), **value} if isinstance(value, Mapping) else value
        settings.set(name, merged, priority="cmdline")
    settings.setdict(source.defaults, priority="spider")
