"""The run report: write the verdict to the table `runs`, and log a summary as the last line of a run."""

from __future__ import annotations

import logging
import time
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.run import Run, run_of
from thaigov_crawler.run.plain import log_plainly
from thaigov_crawler.store import Change

logger = logging.getLogger(__name__)


class RunReport:
    """End the visits that an error in the program has cut off, end the run and log the summary."""

    def __init__(self, run: Run):
        self._run = run
        self._began = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        log_plainly()  # `scrapy crawl` has said so; runspider has not
        report = cls(run_of(crawler))
        for handler, signal in (
            (report.item_scraped, signals.item_scraped),
            (report.spider_error, signals.spider_error),
            (report.item_error, signals.item_error),
            (report.spider_closed, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal)
        return report

    def item_scraped(self, item: Any) -> None:
        """Note the day of publication of a new or edited article."""
        self._run.counters.add_day(item.date_published)

    def spider_error(self, failure: Failure, response: Response | None) -> None:
        """End the visit in which the spider raised an exception."""
        self._run.counters.program_errors += 1
        article_id = response.cb_kwargs.get("article_id") if response is not None else None
        if article_id is not None:
            self._failed(article_id, failure)

    def item_error(self, item: Any, failure: Failure) -> None:
        """End the visit that brought an item for which a pipeline raised an exception."""
        self._run.counters.program_errors += 1
        self._failed(item.id, failure)

    def _failed(self, article_id: int, failure: Failure) -> None:
        reason = f"an error in the program: {failure.getErrorMessage()}"
        self._run.visits.end(Visit(article_id, self._run.source.name, Outcome.FAILED, reason=reason))

    def spider_closed(self, reason: str) -> None:
        """Reach the verdict and write it to the table `runs`. `reason` is Scrapy's finish reason."""
        self._run.close(reason)

    def summarise(self) -> None:
        """Log the summary. It is a warning if the run failed, so that LOG_LEVEL=WARNING shows it, too.

        The command calls this after the run. Scrapy's last signal would not do: it comes before the last lines of the
        log, and it does not come at all if the database could not be opened.
        """
        run, counters = self._run, self._run.counters
        count, changes = counters.outcomes, counters.changes
        planned = "?" if counters.planned is None else counters.planned
        unread = run.source.unread()
        took = time.monotonic() - self._began
        part = f", part {run.source.part}" if run.source.part else ""
        lines = [
            f"Visits:    {count.total()} of {planned} planned from {run.source.name}{part}, in {took:.1f} s"
            + (f"; {unread.note}" if unread and unread.note else ""),
            "Outcomes:  " + (", ".join(f"{count[each]} {each}" for each in Outcome if count[each]) or "none"),
            f"Articles:  {changes[Change.NEW]} new, {changes[Change.EDITED]} changed, "
            + f"{count[Outcome.UNCHANGED]} unchanged, {changes[Change.OLDER]} earlier versions kept"
            + (f", {replaced} texts of a corpus replaced by pages" if (replaced := changes[Change.REPLACED]) else ""),
            f"Published: {' to '.join(counters.days)}" if counters.days else "Published: nothing new",
            f"Output:    {run.journal} (journal), {run.store.name or 'none'} (database)",
            f"Status:    {run.exit_status and int(run.exit_status)}, {run.verdict}",
        ]
        logger.log(logging.WARNING if run.exit_status else logging.INFO, "Summary of the run\n  %s", "\n  ".join(lines))
