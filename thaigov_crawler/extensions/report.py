"""The run report: outcomes counted, the run's verdict in the table `runs`, and a summary as the last thing logged."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from thaigov_crawler.errors import SettingError, StoreError
from thaigov_crawler.outcomes import (
    ALREADY_RUNNING,
    REFUSED,
    UNREACHABLE,
    UNUSABLE,
    WHY_ENDED,
    ExitStatus,
    Outcome,
    Visit,
    visit_ended,
)
from thaigov_crawler.store import Change
from thaigov_crawler.store.of_run import (
    STORE_FAILED,
    forget_store_of,
    only_for_our_spiders,
    output_folder,
    store_of,
)

logger = logging.getLogger(__name__)

EXIT_STATUS = "thaigov/exit_status"  # the stat that holds the verdict
# Stats of what a source could not read in full.
_UNREAD = {
    "thaigov/warc/damaged": "files are damaged in {} place(s): see the errors in the log",
    "thaigov/corpus/unreadable": "{} file(s) cannot be read: see the errors in the log",
    "thaigov/listing/broken_off": "{} listing(s) could not be read: see the warnings in the log",
}
_EARLY_ENDS = {
    REFUSED: ExitStatus.REFUSED,
    UNREACHABLE: ExitStatus.INCOMPLETE,
    UNUSABLE: ExitStatus.BAD_ARGUMENTS,
    ALREADY_RUNNING: ExitStatus.ALREADY_RUNNING,
}


def outcomes_in(stats: Mapping[str, Any]) -> dict[Outcome, int]:
    """How many visits ended in each outcome."""
    return {outcome: stats.get(f"thaigov/outcome/{outcome}", 0) for outcome in Outcome}


def verdict(reason: str, stats: Mapping[str, Any], tolerated: float) -> tuple[ExitStatus, str]:
    """The exit status of a run and why, in words, from Scrapy's finish reason and the stats.

    `tolerated` is the share of visits that may end malformed or failed.
    """
    if reason == "shutdown":
        return ExitStatus.UNEXPECTED, "interrupted"
    if reason != "finished":
        why = " ".join(str(stats.get(WHY_ENDED, "")).split())  # one line, as it is the last of the log
        return _EARLY_ENDS.get(reason, ExitStatus.UNEXPECTED), f"{reason}: {why}" if why else reason
    if stats.get("spider_exceptions/count") or stats.get("thaigov/item_error"):
        return ExitStatus.UNEXPECTED, "an error in the program: please report the traceback in the log"
    for stat, what in _UNREAD.items():
        if number := stats.get(stat):
            return ExitStatus.INCOMPLETE, what.format(number)
    count = outcomes_in(stats)
    visits, bad = sum(count.values()), count[Outcome.MALFORMED] + count[Outcome.FAILED]
    if visits and bad / visits > tolerated:
        return (
            ExitStatus.INCOMPLETE,
            f"{bad} of {visits} visits ended malformed or failed; tolerated are {tolerated:.0%}",
        )
    return ExitStatus.FINISHED, "finished"


def tolerated_failures(settings: BaseSettings) -> float:
    """THAIGOV_TOLERATED_FAILURES. Raises SettingError where it is no share."""
    value = settings["THAIGOV_TOLERATED_FAILURES"]
    try:
        share = float(value)
    except (TypeError, ValueError):
        share = -1
    if not 0 <= share <= 1:
        raise SettingError("THAIGOV_TOLERATED_FAILURES", value, "a share from 0 to 1, as in 0.05")
    return share


def tolerated_of(spider: Spider, tolerated: float) -> float:
    """The share of a run's visits that may end malformed or failed: all of one that visits what ended so before."""
    return 1.0 if spider.wanted.only_failures else tolerated


class RunReport:
    """Counts `thaigov/outcome/<name>`, ends the run in the store and logs the summary."""

    def __init__(self, crawler: Crawler):
        self._crawler = crawler
        self._tolerated = tolerated_failures(crawler.settings)
        self._began = time.monotonic()
        self._days: tuple[str, str] | None = None  # first and last date_published, ISO
        self._why = ""
        self._database = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RunReport:
        only_for_our_spiders(crawler)
        report = cls(crawler)
        for handler, signal in (
            (report.visit_ended, visit_ended),
            (report.item_scraped, signals.item_scraped),
            (report.spider_error, signals.spider_error),
            (report.item_error, signals.item_error),
            (report.spider_closed, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal)
        return report

    def visit_ended(self, visit: Visit) -> None:
        """Count an outcome."""
        self._crawler.stats.inc_value(f"thaigov/outcome/{visit.outcome}")
        if visit.outcome in (Outcome.FAILED, Outcome.REFUSED):
            logger.warning(
                "Article %d was not read (%s): %s. Another run will visit it again.",
                visit.article_id,
                visit.outcome,
                visit.reason,
            )

    def item_scraped(self, item: Any) -> None:
        """Remember which days the articles of this run cover."""
        day = item.date_published
        first, last = self._days or (day, day)
        self._days = min(first, day), max(last, day)

    def spider_error(self, failure: Failure, response: Response | None, spider: Spider) -> None:
        """An exception in the spider ends the visit it happened in."""
        article_id = response.cb_kwargs.get("article_id") if response is not None else None
        if article_id is not None:
            self._failed(article_id, spider, failure)

    def item_error(self, item: Any, spider: Spider, failure: Failure) -> None:
        """An exception in a pipeline ends the visit that brought the item."""
        self._crawler.stats.inc_value("thaigov/item_error")
        self._failed(item.id, spider, failure)

    def _failed(self, article_id: int, spider: Spider, failure: Failure) -> None:
        reason = f"an error in the program: {failure.getErrorMessage()}"
        visit = Visit(article_id, spider.source.name, Outcome.FAILED, reason=reason)
        self._crawler.signals.send_catch_log(visit_ended, visit=visit, recorded=False)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Reach the verdict and write it to `runs`."""
        stats = self._crawler.stats.get_stats()
        tolerated = tolerated_of(spider, self._tolerated)
        status, self._why = verdict(reason, stats, tolerated)
        outcomes = {str(outcome): number for outcome, number in outcomes_in(stats).items()}
        try:
            store = store_of(self._crawler)
            self._database = store.name
            store.end(planned=spider.planned, outcomes=outcomes, reason=self._why, exit_status=int(status))
        except StoreError as error:
            status, self._why = verdict(STORE_FAILED, {WHY_ENDED: error}, self._tolerated)
            logger.error("The table `runs` does not say how the run ended: %s", error)
        forget_store_of(self._crawler)
        self._crawler.stats.set_value(EXIT_STATUS, int(status))

    def summarise(self) -> None:
        """Log the summary: as a warning where the run failed, so that a LOG_LEVEL for trouble alone shows it.

        For whoever ran the crawler, after everything else: Scrapy's last signal does not come where a database could
        not be opened, and not as the last of what is logged.
        """
        stats, spider = self._crawler.stats.get_stats(), self._crawler.spider
        count = outcomes_in(stats)
        changes = {change: stats.get(f"thaigov/article/{change.value}", 0) for change in Change}
        folder = output_folder(spider.settings, spider.source.folder)
        planned = "?" if spider.planned is None else spider.planned
        damaged = stats.get("thaigov/warc/damaged")
        took = time.monotonic() - self._began
        lines = [
            f"Visits:    {sum(count.values())} of {planned} planned from {spider.source.name}, in {took:.1f} s"
            + (f"; {damaged} damaged place(s), see above" if damaged else ""),
            "Outcomes:  " + (", ".join(f"{n} {outcome}" for outcome, n in count.items() if n) or "none"),
            f"Articles:  {changes[Change.NEW]} new, {changes[Change.EDITED]} changed, "
            + f"{count[Outcome.UNCHANGED]} unchanged, {changes[Change.OLDER]} earlier versions kept"
            + (f", {replaced} texts of a corpus replaced by pages" if (replaced := changes[Change.REPLACED]) else ""),
            f"Published: {' to '.join(self._days)}" if self._days else "Published: nothing new",
            f"Output:    {folder / 'thaigov.jsonl'} (journal), {self._database or 'none'} (database)",
            f"Status:    {stats.get(EXIT_STATUS)}, {self._why}",
        ]
        level = logging.WARNING if stats.get(EXIT_STATUS) else logging.INFO
        logger.log(level, "Summary of the run\n  %s", "\n  ".join(lines))
