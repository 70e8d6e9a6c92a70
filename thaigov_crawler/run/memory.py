"""Memory: what a source has asked once and need not ask again. It is kept in the store of a run."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from thaigov_crawler.errors import StoreError
from thaigov_crawler.run.output import database_url
from thaigov_crawler.sources.rows import IndexedCapture, Part
from thaigov_crawler.store import Store, indexes
from thaigov_crawler.store.indexes import CrawlCapture

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings
    from sqlalchemy import URL, Connection

    from thaigov_crawler.run.run import Run

_Work = Callable[["Connection"], None]


class Memory:
    """See sources.crawls.CrawlMemory. Every method may raise StoreError."""

    def __init__(
        self, reading: Callable[[], AbstractContextManager[Connection]], write: Callable[[_Work], None] | None
    ):
        """`reading` begins a transaction, `write` calls a function in one. Without `write`, nothing more is kept."""
        self._reading, self._write = reading, write

    def crawls(self) -> Set[str]:
        """Return the crawls whose captures are kept."""
        with self._reading() as connection:
            return indexes.read_crawls(connection)

    def captures(self, crawls: Set[str]) -> Iterator[tuple[int, IndexedCapture]]:
        """Yield article ID and capture for all that is kept of some crawls."""
        with self._reading() as connection:
            for row in indexes.captures_of(connection, crawls):
                part = Part(row.file, row.first_byte, row.bytes)
                yield row.article_id, IndexedCapture(row.timestamp, row.url, row.digest, part=part)

    def keep(self, crawl: str, captures: Iterable[tuple[int, IndexedCapture]]) -> None:
        """Keep all captures of a crawl, with their article IDs."""
        if self._write is None:
            return
        rows = [
            CrawlCapture(article_id, each.timestamp, each.original, each.digest, *each.part)
            for article_id, each in captures
            if each.part
        ]
        self._write(lambda connection: indexes.keep(connection, crawl, rows))


def memory_of(run: Run, settings: BaseSettings) -> Memory | None:
    """Return the memory of a run.

    A run that stores nothing reads what is there, and keeps nothing. Return None if there is no database to read.
    """
    if run.stores:
        return Memory(run.reading, run.write)
    url = database_url(settings, run.source.folder)
    try:
        with _looking(url):
            return Memory(lambda: _looking(url), None)
    except StoreError:
        return None


@contextlib.contextmanager
def _looking(url: URL | str) -> Iterator[Connection]:
    with contextlib.closing(Store.open(url, create=False)) as store, store.reading() as connection:
        yield connection
