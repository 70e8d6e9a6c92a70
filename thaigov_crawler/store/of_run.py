"""The one store of a run, shared by its pipelines and extensions, and where it lies."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import NotConfigured
from scrapy.utils.defer import deferred_from_coro
from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError

from thaigov_crawler import __version__
from thaigov_crawler.errors import StoreError
from thaigov_crawler.outcomes import WHY_ENDED, Visit
from thaigov_crawler.store import leases, runs, versions, visits
from thaigov_crawler.store.leases import Holder
from thaigov_crawler.store.lock import share
from thaigov_crawler.store.merging import Change
from thaigov_crawler.store.store import Store

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

STORE_FAILED = "store_failed"  # the finish reason of a run whose database cannot be used


def output_folder(settings: BaseSettings, folder: str | None = None) -> Path:
    """Where output lies: THAIGOV_DIR, or the folder below it of a source whose articles must not mix with others
    (`sample`: they are invented; `relaunch`: they are numbered anew)."""
    return Path(settings["THAIGOV_DIR"]).expanduser() / (folder or "")


def database_url(settings: BaseSettings, folder: str | None = None) -> URL | str:
    """The SQLAlchemy URL of the database: THAIGOV_DATABASE, else `thaigov.db` in the output folder."""
    path = output_folder(settings, folder) / "thaigov.db"
    return settings["THAIGOV_DATABASE"] or URL.create("sqlite", database=str(path))


def database_file(settings: BaseSettings, folder: str | None = None) -> Path | None:
    """The file of the database; None where it is none (a database of a server, in memory, an SQLite URI)."""
    try:
        url = make_url(database_url(settings, folder))
    except ArgumentError:  # Store.open says so
        return None
    is_file = url.get_backend_name() == "sqlite" and url.database and not url.database.startswith((":", "file:"))
    return Path(str(url.database)) if is_file else None


def only_for_our_spiders(crawler: Crawler) -> None:
    """Raise NotConfigured for a spider that is none of ours, such as that of `scrapy shell`."""
    if not hasattr(crawler.spidercls, "read_arguments"):
        raise NotConfigured


class RunStore:
    """A Store as one run uses it. Where the database fails, the run ends with the reason `store_failed`."""

    def __init__(self, crawler: Crawler):
        """Open the store and begin the run. Raises StoreError."""
        self._crawler = crawler
        self._failed = ""
        self._compared: dict[tuple[Any, ...], versions.Comparison] = {}  # what is on its way to `save`
        spider: Any = crawler.spider  # one of ours
        url = database_url(crawler.settings, spider.source.folder)
        if not crawler.settings["THAIGOV_DATABASE"]:  # the folder of one that was named must be there
            _make(output_folder(crawler.settings, spider.source.folder))
        self._hold: int | None = None
        self._store = Store.open(url)
        try:
            self._hold = _share(output_folder(crawler.settings, spider.source.folder))
            self._run_id = self._begin()
        except StoreError:
            self._close()
            raise

    def _begin(self) -> int:
        """Note that the run has begun; its number. Raises StoreError where it would mix articles of one kind with those
        of another: invented ones, the classic site's, and the relaunched site's, which are numbered anew."""
        spider: Any = self._crawler.spider  # one of ours
        with self._store.writing() as connection:
            first, kind = runs.first(connection), _kind(spider.source.name, spider.given)
            if first and (held := _kind(*first)) != kind:
                raise StoreError(
                    f"The run would mix {kind} with {held} in the database {self.name}: "
                    "set another THAIGOV_DATABASE or THAIGOV_DIR."
                )
            return runs.begin(
                connection,
                spider=spider.name,
                source=spider.source.name,
                arguments=spider.given,
                version=__version__,
            )

    @property
    def name(self) -> str:
        """The URL of the database, without its password."""
        return self._store.name

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """See Store.reading. Raises StoreError, which ends the run."""
        with self._ending_the_run(), self._store.reading() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """See Store.writing. Raises StoreError, which ends the run."""
        with self._ending_the_run(), self._store.writing() as connection:
            yield connection

    def compare(self, article: Mapping[str, Any]) -> Change:
        """What saving an article would do; `save` takes it from there. Raises StoreError."""
        with self.reading() as connection:
            comparison = versions.compare(connection, article)
        if comparison.change is not Change.SAME:
            self._compared[_key(article)] = comparison
        return comparison.change

    def save(self, article: Mapping[str, Any], visit: Visit) -> Change:
        """Save an article, and its visit with the outcome that follows. Raises StoreError."""
        comparison = self._compared.pop(_key(article), None)
        with self.writing() as connection:
            if comparison is None:
                comparison = versions.compare(connection, article)
            change = versions.save(connection, article, comparison, at=visit.visited_at, run_id=self._run_id)
            self._record(connection, replace(visit, outcome=change.outcome))
        return change

    def record(self, visit: Visit) -> None:
        """Note how a visit ended. Raises StoreError."""
        with self.writing() as connection:
            self._record(connection, visit)

    def _record(self, connection: Connection, visit: Visit) -> None:
        visits.record(connection, visit, self._run_id, is_the_site=visit.source == "live")

    def acquire(self, host: str) -> Holder | None:
        """Take the lease of a host for this run. The other run that holds it, where one does. Raises StoreError."""
        process = f"process {os.getpid()} on {socket.gethostname()}"
        with self.writing() as connection:
            return leases.acquire(connection, host, self._run_id, process)

    def renew(self) -> bool:
        """Renew the lease of this run; whether it still had one. Raises StoreError."""
        with self.writing() as connection:
            return leases.renew(connection, self._run_id)

    def note(self, **values: Any) -> None:
        """See runs.note. Raises StoreError."""
        with self.writing() as connection:
            runs.note(connection, self._run_id, **values)

    def end(self, **values: Any) -> None:
        """See runs.end; closes the store. Raises StoreError."""
        try:
            with self.writing() as connection:
                runs.end(connection, self._run_id, **values)
        finally:
            self._close()

    def _close(self) -> None:
        self._store.close()
        if self._hold is not None:
            os.close(self._hold)
            self._hold = None

    @contextlib.contextmanager
    def _ending_the_run(self) -> Iterator[None]:
        if self._failed:  # what is still under way need not wait for the database again
            raise StoreError(self._failed)
        try:
            yield
        except StoreError as error:
            self._failed = str(error)
            self._crawler.stats.set_value(WHY_ENDED, self._failed)
            logger.error("%s The run ends here; the next one goes on.", error)
            deferred_from_coro(self._crawler.engine.close_spider_async(reason=STORE_FAILED))
            raise


def _key(article: Mapping[str, Any]) -> tuple[Any, ...]:
    return article["id"], *versions.reading_of(article)


def holds_relaunch(connection: Connection) -> bool:
    """Whether the articles are those of the relaunched site, whose addresses are other ones."""
    first = runs.first(connection)
    return first is not None and first.arguments.get("address") == "relaunch"


def _kind(source: str, arguments: Mapping[str, str]) -> str:
    """What a run with these arguments stores, in words."""
    if source == "sample":
        return "invented articles"
    return "articles of the relaunch" if arguments.get("address") == "relaunch" else "articles of the classic site"


def _share(folder: Path) -> int | None:
    with contextlib.suppress(OSError):  # where it cannot be made, the journal says so
        folder.mkdir(parents=True, exist_ok=True)
    return share(folder)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be made: {error.strerror}.") from error


# The store of each run, or why it could not be opened: once is enough to wait for a lock.
_stores: dict[Crawler, RunStore | StoreError] = {}


def store_of(crawler: Crawler) -> RunStore:
    """The store of a run, opened when first asked for. Raises StoreError."""
    if crawler not in _stores:
        try:
            _stores[crawler] = RunStore(crawler)
        except StoreError as error:
            _stores[crawler] = error
    store = _stores[crawler]
    if isinstance(store, StoreError):
        raise store
    return store


def forget_store_of(crawler: Crawler) -> None:
    """The run is over."""
    _stores.pop(crawler, None)
