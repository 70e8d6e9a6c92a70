"""The one store of a run, shared by its pipelines and extensions, and where it lies."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from scrapy.exceptions import NotConfigured
from scrapy.utils.defer import deferred_from_coro
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from thaigov_crawler import __version__
from thaigov_crawler.errors import StoreError
from thaigov_crawler.outcomes import WHY_ENDED, Visit
from thaigov_crawler.store.leases import Holder
from thaigov_crawler.store.lock import share
from thaigov_crawler.store.store import Store
from thaigov_crawler.store.versions import Change

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")

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
    return Path(url.database) if is_file else None


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
        spider = crawler.spider
        url = database_url(crawler.settings, spider.source.folder)
        if not crawler.settings["THAIGOV_DATABASE"]:  # the folder of one that was named must be there
            _make(output_folder(crawler.settings, spider.source.folder))
        self._hold: int | None = None
        self._store = Store.open(url)
        try:
            self._hold = _share(output_folder(crawler.settings, spider.source.folder))
            self._run_id = self._store.begin_run(
                spider=spider.name, source=spider.source.name, arguments=spider.given, version=__version__
            )
        except StoreError:
            self._close()
            raise

    @property
    def name(self) -> str:
        """The URL of the database, without its password."""
        return self._store.name

    def compare(self, article: Mapping[str, Any]) -> Change:
        """See Store.compare. Raises StoreError."""
        return self._attempt(self._store.compare, article)

    def save(self, article: Mapping[str, Any], visit: Visit) -> Change:
        """See Store.save. Raises StoreError."""
        return self._attempt(self._store.save, article, visit, self._run_id)

    def record(self, visit: Visit) -> None:
        """See Store.record. Raises StoreError."""
        self._attempt(self._store.record, visit, self._run_id)

    def ask(self, question: Callable[..., Answer], *args: Any) -> Answer:
        """What a method of Store answers, as in `ask(Store.highest)`. Raises StoreError."""
        return self._attempt(question, self._store, *args)

    def acquire(self, host: str) -> Holder | None:
        """Take the lease of a host for this run. The other run that holds it, where one does. Raises StoreError."""
        process = f"process {os.getpid()} on {socket.gethostname()}"
        return self._attempt(self._store.acquire, host, self._run_id, process)

    def renew(self) -> bool:
        """Renew the lease of this run; whether it still had one. Raises StoreError."""
        return self._attempt(self._store.renew, self._run_id)

    def note(self, **values: Any) -> None:
        """See Store.note_run. Raises StoreError."""
        self._attempt(self._store.note_run, self._run_id, **values)

    def end(self, **values: Any) -> None:
        """See Store.end_run; closes the store. Raises StoreError."""
        try:
            self._attempt(self._store.end_run, self._run_id, **values)
        finally:
            self._close()

    def _close(self) -> None:
        self._store.close()
        if self._hold is not None:
            os.close(self._hold)
            self._hold = None

    def _attempt(self, method: Callable, *args: Any, **kwargs: Any) -> Any:
        if self._failed:  # what is still under way need not wait for the database again
            raise StoreError(self._failed)
        try:
            return method(*args, **kwargs)
        except StoreError as error:
            self._failed = str(error)
            self._crawler.stats.set_value(WHY_ENDED, self._failed)
            logger.error("%s The run ends here; the next one goes on.", error)
            deferred_from_coro(self._crawler.engine.close_spider_async(reason=STORE_FAILED))
            raise


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
