"""Run: one crawl, from its beginning to its verdict."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scrapy.exceptions import NotConfigured
from scrapy.utils.defer import deferred_from_coro
from twisted.internet.defer import Deferred

from thaigov_crawler import __version__
from thaigov_crawler.checked import tolerated_failures
from thaigov_crawler.errors import StoreError
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.run.counters import Counters
from thaigov_crawler.run.ends import ExitStatus, FinishReason
from thaigov_crawler.run.output import JOURNAL, RECORDINGS, database_url, made, output_folder
from thaigov_crawler.run.verdict import judge
from thaigov_crawler.run.waiting import Ended, Waiting
from thaigov_crawler.sources.registry import content_of
from thaigov_crawler.store import Change, Store, leases, lock, processes, runs, versions, visits

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from sqlalchemy import Connection

    from thaigov_crawler.sources.base import Source

logger = logging.getLogger(__name__)

# The signal of a visit that was recorded and counted. Its argument `visit` is a Visit.
visit_ended = object()


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

    It opens its store at the first use. The run ends if the database fails.
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
        self.database = ""  # its URL, without the password; "" until it is open
        self.folder = output_folder(crawler.settings, source.folder)
        self.tolerated = 1.0 if forgives else tolerated_failures(crawler.settings)
        self.stores = stores
        self._crawler = crawler
        self._store: Store | None = None
        self._failure: StoreError | None = None  # kept, so that pending requests do not wait for the database again
        self._id = 0
        self._hold: int | None = None
        self._compared: dict[tuple[Any, ...], versions.Comparison] = {}  # of articles that `save` will get
        self._waiting = Waiting(crawler, self._write, on_network=bool(source.host))

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

    def begin(self) -> None:
        """Open the store and note that the run has begun. Raise StoreError, and the same one at each later call."""
        if self._failure:
            raise self._failure
        if self._store:
            return
        try:
            self._open()
        except StoreError as error:
            self._failure = error
            self._close()
            raise

    def _open(self) -> None:
        settings = self._crawler.settings
        if not settings["THAIGOV_DATABASE"]:  # if it names a database, its folder must exist
            made(self.folder)
        self._store = Store.open(database_url(settings, self.source.folder))
        self._hold = _share(self.folder)
        content = self.source.content(self.arguments)
        with self._store.writing() as connection:
            first = runs.first(connection)
            if first and (held := content_of(*first)) != content:
                raise StoreError(
                    f"The run would mix {content} with {held} in the database {self._store.name}: "
                    "set another THAIGOV_DATABASE or THAIGOV_DIR."
                )
            self._id = runs.begin(
                connection,
                spider=self.spider,
                source=self.source.name,
                arguments=self.arguments,
                version=__version__,
            )
        self.database = self._store.name

    def _close(self) -> None:
        if self._store:
            self._store.close()
            self._store = None
        if self._hold is not None:
            os.close(self._hold)
            self._hold = None

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that reads one snapshot of the database. Raise StoreError, which also ends the run."""
        with self._ending_where_it_fails(), self._opened().reading() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection that writes in one transaction. Raise StoreError, which also ends the run.

        Visits that wait are written before.
        """
        self.write_waiting()
        with self._writing() as connection:
            yield connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._ending_where_it_fails(), self._opened().writing() as connection:
            yield connection

    def _opened(self) -> Store:
        self.begin()
        assert self._store
        return self._store

    @contextlib.contextmanager
    def _ending_where_it_fails(self) -> Iterator[None]:
        try:
            yield
        except StoreError as error:
            if self._failure is None:
                self._failure = error
                self.end(FinishReason.STORE_FAILED, str(error))
            raise

    # The lease on the host

    def take_lease(self) -> leases.Holder | None:
        """Take the lease of the source's host, if it has a host. Return the other run that holds it, or None.

        Raise StoreError, which also ends the run.
        """
        if not self.source.host:
            return None
        process = processes.this_process()
        holder = f"process {process.number} on {socket.gethostname()}"
        with self.writing() as connection:
            return leases.acquire(connection, self.source.host, self._id, holder, process)

    def renew_lease(self) -> bool:
        """Renew the lease. Return false if the run has lost it. Raise StoreError, which also ends the run."""
        with self.writing() as connection:
            return leases.renew(connection, self._id)

    # Visits

    def compare(self, article: Mapping[str, Any]) -> Change:
        """Return what saving an article (its fields as exported) would change. Raise StoreError, which ends the run."""
        if article["id"] in self._waiting:
            self.write_waiting()
        with self._ending_where_it_fails(), self._opened().glancing() as connection:
            comparison = versions.compare_quickly(connection, article)
        if comparison is None:
            with self.reading() as connection:
                comparison = versions.compare(connection, article)
        if comparison.change is not Change.SAME:
            self._compared[_key(article)] = comparison
        return comparison.change

    def save(self, article: Mapping[str, Any]) -> Deferred[Change]:
        """Save an article that `compare` has seen, and end the visit that brought it.

        The result comes when the article and the visit are stored: what that changed. It is a StoreError, which also
        ends the run, if they cannot be stored.
        """
        visit, told = Visit.of(article, Outcome.STORED), Deferred[Change]()
        comparison = self._compared.pop(_key(article), None)
        self._waiting.add(Ended(visit, versions.Saving(article, comparison, visit.visited_at), told))
        return told

    def end_visit(self, visit: Visit) -> None:
        """End a visit that saved no article: record it, then count it and send the signal `visit_ended`."""
        if self.stores:
            self._waiting.add(Ended(visit))
        else:
            self._visit_ended(visit)

    def write_waiting(self) -> None:
        """Write the visits that have ended and wait, with their articles. An error of the database ends the run."""
        self._waiting.write()

    def _write(self, ended: Sequence[Ended]) -> None:
        """Write visits and their articles, and tell that they have ended.

        If they cannot be written in one transaction, each gets one of its own. So an article that no database takes
        does not keep others out of it.
        """
        if len(ended) > 1 and self._are_written_together(ended):
            return
        for each in ended:
            try:
                with self._writing() as connection:
                    changes = self._store_all(connection, [each])
            except StoreError as error:  # it has ended the run already
                if each.told:
                    each.told.errback(error)
                else:
                    self._visit_ended(each.visit)
            else:
                self._tell([each], changes)

    def reopen_visits(self, article_ids: Iterable[int], reason: str) -> None:
        """Record that visits of this run failed, though they have ended otherwise before. Raise StoreError."""
        with self.writing() as connection:
            visits.reopen(connection, self.source.name, article_ids, reason)

    def _are_written_together(self, ended: Sequence[Ended]) -> bool:
        """Write visits in one transaction and tell that they have ended. Return false if that fails."""
        try:
            with self._opened().writing() as connection:
                changes = self._store_all(connection, ended)
        except StoreError:
            return False
        self._tell(ended, changes)
        return True

    def _store_all(self, connection: Connection, ended: Sequence[Ended]) -> list[Change | None]:
        """Write articles and visits. Return for each visit what its article changed, or None if it brought none."""
        saved = iter(versions.save(connection, [each.saving for each in ended if each.saving], run_id=self._id))
        changes = [next(saved) if each.saving else None for each in ended]
        how = [_as_saved(each.visit, change) for each, change in zip(ended, changes, strict=True)]
        visits.record(connection, how, self._id, is_the_site=self.source.is_the_site)
        return changes

    def _tell(self, ended: Sequence[Ended], changes: Sequence[Change | None]) -> None:
        """Count visits that are written now, and tell how each has ended."""
        for each, change in zip(ended, changes, strict=True):
            if change:
                self.counters.changes[change] += 1
                self._mirror(f"article/{change.value}")
            self._visit_ended(_as_saved(each.visit, change))
            if each.told and change:
                each.told.callback(change)

    def _visit_ended(self, visit: Visit) -> None:
        self.counters.outcomes[visit.outcome] += 1
        self._mirror(f"outcome/{visit.outcome}")
        if visit.outcome in (Outcome.FAILED, Outcome.REFUSED):
            logger.warning(
                "Article %d was not read (%s): %s. Another run will visit it again.",
                visit.article_id,
                visit.outcome,
                visit.reason,
            )
        self._crawler.signals.send_catch_log(visit_ended, visit=visit)

    def measure(self, article: Mapping[str, Any]) -> None:
        """Count which fields an article (its fields as exported) has: see Measured."""
        for name, number in self.counters.measured.add(article).items():
            self._mirror(f"quality/{name}", number)

    def count(self, name: str, number: int = 1) -> None:
        """Add to Scrapy's stat `thaigov/<name>`. It is for people: the program does not read it."""
        self._mirror(name, number)

    def _mirror(self, name: str, number: int = 1) -> None:
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
        self.write_waiting()
        for name, number in self.source.counts.items():
            self._crawler.stats.set_value(f"thaigov/{name}", number)
        why = self.ending.why if self.ending else ""
        self.exit_status, self.verdict = judge(word, why, self.counters, self.source.unread(), self.tolerated)
        try:
            with self.writing() as connection:
                runs.end(
                    connection,
                    self._id,
                    planned=self.counters.planned,
                    outcomes=self.counters.outcomes_by_name(),
                    reason=self.verdict,
                    exit_status=int(self.exit_status),
                )
        except StoreError as error:
            word = FinishReason.STORE_FAILED.word
            self.exit_status, self.verdict = judge(word, str(error), self.counters, None, self.tolerated)
            logger.error("The table `runs` does not say how the run ended: %s", error)
        self._close()
        self._crawler.stats.set_value("thaigov/exit_status", int(self.exit_status))

    def note(self, **values: Any) -> None:
        """Write `quality` or `warnings` to this run's row in the table `runs`. Raise StoreError, which ends the run."""
        with self.writing() as connection:
            runs.note(connection, self._id, **values)


def _key(article: Mapping[str, Any]) -> tuple[Any, ...]:
    return article["id"], *versions.reading_of(article)


def _as_saved(visit: Visit, change: Change | None) -> Visit:
    return replace(visit, outcome=change.outcome) if change else visit


def _share(folder: Path) -> int | None:
    with contextlib.suppress(OSError):  # the journal reports a folder that cannot be made
        folder.mkdir(parents=True, exist_ok=True)
    return lock.share(folder)
