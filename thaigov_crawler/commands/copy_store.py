"""`scrapy copy-store FROM TO`: copy a store to another database, such as that of a PostgreSQL server."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from sqlalchemy import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.errors import typed
from thaigov_crawler.run.ends import ExitStatus
from thaigov_crawler.run.spared import file_of_database
from thaigov_crawler.store import Store, runs
from thaigov_crawler.store.copying import copy_store
from thaigov_crawler.store.lock import alone
from thaigov_crawler.store.sqlite_file import is_snapshot

# Scrapy takes the name of a command from __name__: see import_corpus.py.
__name__ = "thaigov_crawler.commands.copy-store"

_LATER = "try again when it has ended"


class Command(ProjectCommand, ScrapyCommand):
    """Copy everything in a store to an empty database, of the same kind or another, whole or not at all.

    The store is only read. Runs go on in the copy once THAIGOV_DATABASE names it.
    """

    about = "Copy the store to another database, such as PostgreSQL"
    usage = "FROM TO"
    takes_arguments = True

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Make the copy.

        Raise UsageError for bad arguments, StoreError if a database cannot be used. The exit status is 5 while a run is
        at work on the store.
        """
        if len(args) != 2:
            example = typed("copy-store data/thaigov.db postgresql://anna@db.example.org/news")
            raise UsageError(f"name two databases, each by its file or URL, as in: {example}")
        source_url, target_url = map(_url_of, args)
        file = file_of_database(source_url)
        if file and is_snapshot(file):
            raise UsageError(f"{file} is a snapshot, not a store: name the database that it was made of")
        try:
            with (
                closing(Store.open(source_url, create=False)) as source,
                closing(Store.at(target_url)) as target,
                _without_runs(file),
            ):
                self._copy(source, target)
        except BlockingIOError:
            self.fail(f"a run is at work in the folder of {args[0]}: {_LATER}", ExitStatus.ALREADY_RUNNING)

    def _copy(self, source: Store, target: Store) -> None:
        with source.reading() as connection:
            at_work = runs.at_work(connection)
        if at_work:
            why = f"run {at_work[0]} is at work on {source.name}: {_LATER}"
            self.fail(why, ExitStatus.ALREADY_RUNNING)
            return
        rows = copy_store(source, target)
        self.tell(f"{target.name}: {rows['articles']:,} articles, {sum(rows.values()):,} rows in all, as {source.name}")


def _url_of(text: str) -> URL:
    """Return the URL of a database that is named by its URL or its file. Raise UsageError if it is neither."""
    if "://" not in text and text:
        return URL.create("sqlite", database=text)
    try:
        return make_url(text)
    except (SQLAlchemyError, ValueError):  # the latter for a port that is no number
        raise UsageError(
            f"{text!r} is neither a file nor the URL of a database, such as sqlite:////srv/news.db"
        ) from None


@contextmanager
def _without_runs(file: Path | None) -> Iterator[None]:
    """Keep runs from the folder of a database that is a file. Raise BlockingIOError if one is at work there."""
    with ExitStack() as held:
        if file:
            try:
                held.enter_context(alone(file.parent))
            except BlockingIOError:
                raise
            except OSError:  # such as a network file system without locks; `copy_store` sees what a run has changed
                pass
        yield
