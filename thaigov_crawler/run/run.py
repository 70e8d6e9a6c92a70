"""Run: one crawl, from its beginning to its verdict."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from scrapy.exceptions import NotConfigured
from scrapy.utils.defer import deferred_from_coro

from thaigov_crawler.checked import tolerated_failures
from thaigov_crawler.errors import StoreError
from thaigov_crawler.run.counters import Counters
from thaigov_crawler.run.ends import ExitStatus, FinishReason
from thaigov_crawler.run.output import JOURNAL, RECORDINGS, output_folder
from thaigov_crawler.run.store import RunStore, within
from thaigov_crawler.run.verdict import judge
from thaigov_crawler.run.visits import Visits
from thaigov_crawler.store import leases, processes, runs

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from sqlalchemy import Connection

    from thaigov_crawler.sources.base import Source

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Ending(NamedTuple):
    """Why a run ends before it is done."""

    reason: FinishReason
    why: str  # in words


def run_of(crawler: Crawler) -> Run:
    """Return the run of a crawler. Raise NotConfigured for a spider of other makers, such as that of `scrapy shell`."""
    run: Run | None = getattr(crawler.spider, "run", None)
    if run is None:
        raise NotConfigured
    return run


class Run:
    """What the parts of one crawl share. The spider makes it, and the other parts get it from `run_of`.

    Its visits end in `visits`. The run ends if its `store` fails.
    """

    def __init__(
        self, crawler: Crawler, source: Source, arguments: Mapping[str, str], *, forgives: bool, stores: bool = True
    ):
        """Make the run of a crawl. Raise SettingError for a bad setting.

        `arguments` are those of the spider, as given. With `forgives`, any number of visits may fail. Without `stores`,
        nothing is kept, as in `scrapy probe`.
        """
        self.spider = crawler.spidercls.name
        self.source, self.arguments = source, arguments
        self.counters = Counters()
        self.ending: Ending | None = None
        self.warnings: list[str] = []  # what somebody should look at; already in the log
        self.exit_status: ExitStatus | None = None  # None until the run has ended
        self.verdict = ""  # the exit status in words
        self.folder = output_folder(crawler.settings, source.folder)
        self.tolerated = 1.0 if forgives else tolerated_failures(crawler.settings)
        self.stores = stores
        self._crawler = crawler
        self.store = RunStore(crawler, source, arguments, self.folder, self._store_failed)
        self.visits = Visits(self, crawler)

    # The output

    @property
    def journal(self) -> Path:
        """Return the file of the journal."""
        return self.folder / JOURNAL

    @property
    def recordings(self) -> Path:
        """Return the folder of the WARC files."""
        return self.folder / RECORDINGS

    # The store

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection that reads one snapshot of the database. Raise StoreError, which also ends the run."""
        return self.store.reading()

    def read(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` returns, which reads one snapshot of the database. Raise StoreError, which ends the run.

        If the server of the database goes away meanwhile, `work` is called again when it is back.
        """
        return self.store.patiently(lambda: within(self.reading(), work))

    def write(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` returns, which writes in one transaction. The rest is as in `read`.

        Visits that wait are written before, with a patience of their own: if they are not stored, the run ends.
        """
        self.visits.write_waiting()
        return self.store.write(work)

    def _store_failed(self, error: StoreError) -> None:
        self.end(FinishReason.STORE_FAILED, str(error))

    # The lease on the host

    def take_lease(self) -> leases.Holder | None:
        """Take the lease of the source's host. Return the other run that holds it, or None.

        A run on files takes a lease that nobody else takes. Raise StoreError, which also ends the run.
        """
        process = processes.this_process()
        holder = f"process {process.number} on {socket.gethostname()}"
        run_id = self.store.run_id
        host = leases.name_of(self.source.host) if self.source.host else leases.name_for_files(run_id)
        return self.store.write(lambda connection: leases.acquire(connection, host, run_id, holder, process))

    def renew_lease(self) -> bool:
        """Renew the lease. Return false if the run has lost it. Raise StoreError, which also ends the run."""
        return self.store.write(lambda connection: leases.renew(connection, self.store.run_id))

    # Counts

    def count(self, name: str, number: int = 1) -> None:
        """Add to Scrapy's stat `thaigov/<name>`. It is for people: the program does not read it."""
        self._crawler.stats.inc_value(f"thaigov/{name}", number)

    def warn(self, what: str) -> None:
        """Say what somebody should look at, and keep it for the table `runs`."""
        self.warnings.append(what)
        logger.warning("%s", what)

    # The end

    def end(self, reason: FinishReason, why: str, advice: str = "") -> None:
        """End the run early, and log why and what to do. If it is called again, only the first reason counts."""
        if self.ending:
            return
        self.ending = Ending(reason, why)
        self._crawler.stats.set_value("thaigov/why_ended", why)
        logger.error(" ".join(filter(None, (f"{why.rstrip('.')}.", reason.told, advice))))
        deferred_from_coro(self._crawler.engine.close_spider_async(reason=reason.word))

    def close(self, word: str) -> None:
        """Reach the verdict, write it to the table `runs` and close the store.

        `word` is the finish reason with which Scrapy has closed the spider.
        """
        self.visits.write_waiting()  # so that they are judged, too
        for name, number in self.source.counts.items():
            self._crawler.stats.set_value(f"thaigov/{name}", number)
        for name, number in self.counters.measured.numbers().items():
            self._crawler.stats.set_value(f"thaigov/quality/{name}", number)
        why = self.ending.why if self.ending else ""
        self.exit_status, self.verdict = judge(word, why, self.counters, self.source.unread(), self.tolerated)
        try:
            how = {
                "planned": self.counters.planned,
                "outcomes": self.counters.outcomes_by_name(),
                "reason": self.verdict,
                "exit_status": int(self.exit_status),
            }
            self.write(lambda connection: runs.end(connection, self.store.run_id, **how))
        except StoreError as error:
            word = FinishReason.STORE_FAILED.word
            self.exit_status, self.verdict = judge(word, str(error), self.counters, None, self.tolerated)
            logger.error("The table `runs` does not say how the run ended: %s", error)
        self.store.close()
        self._crawler.stats.set_value("thaigov/exit_status", int(self.exit_status))

    def note(self, **values: Any) -> None:
        """Write `quality` or `warnings` to this run's row in the table `runs`. Raise StoreError, which ends the run."""
        self.write(lambda connection: runs.note(connection, self.store.run_id, **values))
