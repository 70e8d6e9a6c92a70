"""RunStore: the store of one crawl. It opens at its first use."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from thaigov_crawler import __version__
from thaigov_crawler.errors import LostStoreError, StoreError
from thaigov_crawler.run.marks import Marks
from thaigov_crawler.run.output import database_key, database_url, made
from thaigov_crawler.sources.registry import content_of
from thaigov_crawler.store import Store, lock, runs

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from sqlalchemy import Connection

    from thaigov_crawler.sources.base import Source

logger = logging.getLogger(__name__)

T = TypeVar("T")

_TRIES = 3


class RunStore:
    """The store of one crawl, and the row of the crawl in the table `runs`.

    `failed` is called with the first StoreError of a connection. Later uses raise the same error, so that pending
    requests do not wait for the database again.
    """

    def __init__(
        self,
        crawler: Crawler,
        source: Source,
        arguments: Mapping[str, str],
        folder: Path,
        failed: Callable[[StoreError], None],
    ):
        """`arguments` are those of the spider, `folder` is where the output of the run lies."""
        self.run_id = 0  # the number of the run; 0 until it has begun
        self.name = ""  # the URL of the database, without the password; "" until it is open
        self._crawler, self._source, self._arguments, self._folder = crawler, source, arguments, folder
        self._failed = failed
        self._store: Store | None = None
        self._failure: StoreError | None = None
        self._hold: int | None = None
        self._marks: Marks | None = None
        self._mark: int | None = None
        self._forgives = False  # whether a LostStoreError is no failure

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
            self.close()
            raise

    def _open(self) -> None:
        settings = self._crawler.settings
        if not settings["THAIGOV_DATABASE"]:  # if it names a database, its folder must exist
            made(self._folder)
        self._store = Store.open(database_url(settings, self._source.folder))
        self._hold = _share(self._folder)
        content = self._source.content(self._arguments)
        with self._store.writing() as connection:
            first = runs.first(connection)
            if first and (held := content_of(*first)) != content:
                raise StoreError(
                    f"The run would mix {content} with {held} in the database {self._store.name}: "
                    "set another THAIGOV_DATABASE or THAIGOV_DIR."
                )
            self.run_id = runs.begin(
                connection,
                spider=self._crawler.spidercls.name,
                source=self._source.name,
                arguments=self._arguments,
                version=__version__,
            )
        self.name = self._store.name
        self._marks = Marks(self._folder, database_key(settings, self._source.folder))
        self._mark = self._marks.put(self.run_id)

    def close(self) -> None:
        """Close the store, remove the mark of the run, and unlock the folder of the output.

        If the database has failed, the mark stays: nobody knows whether its last transaction was stored, and the
        journal lacks the lines of that one. The next run writes them.
        """
        if self._store:
            self._store.close()
            self._store = None
        if self._marks and self._mark is not None:
            if self._failure:
                os.close(self._mark)  # then it is as that of a killed run
            else:
                self._marks.remove(self.run_id, self._mark)
            self._mark = None
        if self._hold is not None:
            os.close(self._hold)
            self._hold = None

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that reads one snapshot of the database. Raise StoreError."""
        with self._noting_failure(), self._opened().reading() as connection:
            yield connection

    @contextlib.contextmanager
    def glancing(self) -> Iterator[Connection]:
        """Give a connection for one query, which costs less than a snapshot. Raise StoreError."""
        with self._noting_failure(), self._opened().glancing() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection that writes in one transaction. Raise StoreError."""
        with self._noting_failure(), self.trying_to_write() as connection:
            yield connection

    @contextlib.contextmanager
    def trying_to_write(self) -> Iterator[Connection]:
        """Give a connection as `writing` does. An error of the transaction is no failure of the store."""
        with self._opened().writing() as connection:
            yield connection

    def patiently(self, work: Callable[[], T]) -> T:
        """Return what `work` returns, which uses connections of this store.

        If the server of the database goes away in its middle, nothing that it has written is stored. Then it is called
        again: its connection waits until the server is back. Raise StoreError if that takes too long.
        """
        forgave = self._forgives
        for _ in range(_TRIES - 1):
            self._forgives = True
            try:
                return work()
            except LostStoreError as error:
                logger.warning("%s Nothing is lost: that is done again.", error)
            finally:
                self._forgives = forgave
        return work()

    def write(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` returns, which writes in one transaction. See `patiently`."""
        return self.patiently(lambda: within(self.writing(), work))

    @contextlib.contextmanager
    def killed(self) -> Iterator[list[int]]:
        """Give the numbers of the killed runs of this folder. After the block they are done with. Raise StoreError."""
        self.begin()
        assert self._marks
        with self._marks.of_killed() as killed:
            yield killed

    def _opened(self) -> Store:
        self.begin()
        assert self._store
        return self._store

    @contextlib.contextmanager
    def _noting_failure(self) -> Iterator[None]:
        try:
            yield
        except StoreError as error:
            is_forgiven = self._forgives and isinstance(error, LostStoreError)
            if self._failure is None and not is_forgiven:
                self._failure = error
                self._failed(error)
            raise


def within(connected: AbstractContextManager[Connection], work: Callable[[Connection], T]) -> T:
    """Return what `work` returns of a connection."""
    with connected as connection:
        return work(connection)


def _share(folder: Path) -> int | None:
    with contextlib.suppress(OSError):  # the journal reports a folder that cannot be made
        folder.mkdir(parents=True, exist_ok=True)
    return lock.share(folder)
