"""Snapshots: SQLite files with the articles of a store, for browsing and for sharing.

A snapshot has the tables of a store, so every question to a store can be asked of it. It holds what concerns its
articles: people, dates, revisions, changes, persons under several names. How they were collected is not in it: no
visits, no captures that are listed somewhere, no forgotten IDs, and of the runs only when they were. So no crawl may go
on from it.

The file is marked in its header (see `sqlite_file`). The table `snapshot`, which no store has, tells of what time it
is.
"""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections.abc import Generator, Iterable, Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Column, Connection, MetaData, Table, Text, exists, func, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateTable

from thaigov_crawler.outcomes import now
from thaigov_crawler.store import persons, search, views
from thaigov_crawler.store.articles import in_range
from thaigov_crawler.store.copying import BATCH, rows_of, write_rows
from thaigov_crawler.store.engine import WRITING_ERRORS, connected
from thaigov_crawler.store.filters import EVERYTHING, Filter, once_each
from thaigov_crawler.store.sqlite_file import SNAPSHOT, is_snapshot
from thaigov_crawler.store.store import Store
from thaigov_crawler.store.tables import (
    SCHEMA_VERSION,
    articles,
    changes,
    dates,
    metadata,
    people,
    revisions,
    runs,
    same_persons,
    schema_version,
)

_snapshot = Table(
    "snapshot",
    MetaData(),
    Column("taken_at", Text, nullable=False),  # ISO datetime, UTC: the store was like this then
    Column("state", Text),  # of the store (see _state_of); null unless all articles are in the snapshot
)
# The tables, besides `articles`, with rows about an article.
_PARTS = (people, dates, revisions, changes)
_INDEXES = [index for table in metadata.sorted_tables for index in table.indexes]
# What is copied of a run. Its arguments and messages may name files and machines, which concern nobody else.
_OF_RUN = ("id", "spider", "source", "version", "started_at", "finished_at")
# A file that nobody reads yet needs no protection: if writing it fails, it is thrown away.
_FAST = ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -32768")


def write(
    store: Store,
    target: Path,
    within: Iterable[tuple[int, int | None]] = ((0, None),),
    chosen: Filter = EVERYTHING,
    *,
    phrases: bool = True,
) -> int:
    """Write a snapshot to a new file, and return the number of its articles; `within` and `chosen` as `articles.read`.

    The store is read in one transaction. With `phrases`, the index for full-text search knows where a text has its
    characters. It is as large as all the rest then, but any program can search with it; our own needs no such index.
    Raise StoreError if the store cannot be read, OSError if the file cannot be written.
    """
    with store.reading() as source, _made(target) as made:
        at, state = now(), _state_of(source)
        for table in metadata.sorted_tables:
            made.execute(CreateTable(table))
        made.execute(insert(schema_version).values(version=SCHEMA_VERSION))
        number = 0
        with contextlib.closing(_ids(source, within, chosen)) as ids:
            while batch := list(islice(ids, BATCH)):
                number += write_rows(made, articles, rows_of(source, articles, articles.c.id.in_(batch)))
                for table in _PARTS:
                    write_rows(made, table, rows_of(source, table, table.c.article_id.in_(batch)))
        _copy_joins(source, made)
        _copy_runs(source, made)
        for index in sorted(_INDEXES, key=lambda index: str(index.name)):  # to make each at once is quicker
            index.create(made)
        search.make(made, detail="full" if phrases else "none")
        made.exec_driver_sql("INSERT INTO articles_fts(articles_fts) VALUES ('optimize')")
        views.make(made)
        _snapshot.create(made)
        is_whole = number == source.scalar(select(func.count()).select_from(articles))
        made.execute(insert(_snapshot).values(taken_at=at, state=state if is_whole else None))
        return number


def renew(store: Store, file: Path) -> bool:
    """Return whether a file is a snapshot of the whole store as the store is now. If so, note the time in it.

    Only small columns of the store are read for that. Raise StoreError if the store cannot be read.
    """
    with store.reading() as source:
        at, state = now(), _state_of(source)
    if not is_snapshot(file):
        return False
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(file)) as held, held:
        return held.execute("UPDATE snapshot SET taken_at = ? WHERE state = ?", (at, state)).rowcount == 1
    return False


@contextlib.contextmanager
def _made(target: Path) -> Iterator[Connection]:
    """Give a connection to a new file, which is marked as a snapshot. Raise OSError if the file cannot be written."""
    try:
        with contextlib.closing(sqlite3.connect(target)) as new:
            new.execute(f"PRAGMA application_id = {SNAPSHOT}")
        engine = connected(URL.create("sqlite", database=str(target)), create=False)
        with contextlib.closing(engine.connect()) as connection:
            for pragma in _FAST:
                connection.exec_driver_sql(f"PRAGMA {pragma}")
            connection.exec_driver_sql("BEGIN")
            yield connection
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
        engine.dispose()
    except (sqlite3.Error, DBAPIError) as error:
        if getattr(getattr(error, "orig", error), "sqlite_errorcode", None) not in WRITING_ERRORS:
            raise  # it came from the store
        why = f"it cannot be written: {getattr(error, 'orig', error)} (free some space, or name a file on another disk)"
        raise OSError(errno.ENOSPC, why) from error


def _ids(source: Connection, within: Iterable[tuple[int, int | None]], chosen: Filter) -> Generator[int]:
    """Yield the IDs of the wanted articles, in order."""
    found = _found(source, within, chosen)
    return (row["id"] for row in (once_each(found) if chosen.unique else found))


def _found(source: Connection, within: Iterable[tuple[int, int | None]], chosen: Filter) -> Iterator[dict[str, Any]]:
    columns = (articles.c.id, articles.c.title, articles.c.body) if chosen.unique else (articles.c.id,)
    query = select(*columns).where(*chosen.conditions()).order_by(articles.c.id)
    for first, last in within:
        with source.execute(in_range(query, first, last), execution_options={"yield_per": BATCH}) as rows:
            yield from map(dict, rows.mappings())


def _copy_joins(source: Connection, made: Connection) -> None:
    """Copy the joins of names, and the verdicts on them, for persons who are named in the snapshot."""
    for row in persons.rows(source):
        named = exists().where(people.c.name_key.in_([row["name_key"], row["same_as"]]))
        if made.scalar(select(named)):
            made.execute(insert(same_persons), row)


def _copy_runs(source: Connection, made: Connection) -> None:
    """Copy what the changes in the snapshot need of their runs: see _OF_RUN. A source is named without its path."""
    wanted = set(made.scalars(select(changes.c.run_id).distinct()))
    for row in source.execute(select(*(runs.c[name] for name in _OF_RUN)).order_by(runs.c.id)).mappings():
        if row["id"] in wanted:
            made.execute(insert(runs), {**row, "source": row["source"].partition(":")[0], "arguments": {}})


def _state_of(source: Connection) -> str:
    """Return a hash that changes with all that a snapshot of the whole store holds.

    It reads no texts of articles, because a digest or the number of an extractor changes with them.
    """
    a, r, c = articles.c, revisions.c, changes.c
    said = sha256(f"schema {SCHEMA_VERSION}".encode())
    for query in (
        select(a.id, a.digest, a.extractor, a.read_by, a.captured_at, a.capture_url, a.withdrawn_at).order_by(a.id),
        select(r.article_id, r.digest, r.captured_at).order_by(r.article_id, r.digest),
        select(func.count(), func.max(c.id)),
        select(same_persons).order_by(*same_persons.primary_key),
    ):
        with source.execute(query, execution_options={"yield_per": BATCH}) as rows:
            for row in rows:
                said.update(f"{tuple(row)}\n".encode())
    return said.hexdigest()
