"""Copying a store, or some rows, to another database, which may be of another kind."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, Table, func, insert, inspect, select, text

from thaigov_crawler.errors import StoreError
from thaigov_crawler.outcomes import storable
from thaigov_crawler.store.store import Store
from thaigov_crawler.store.tables import SCHEMA_VERSION, articles, metadata, runs, same_persons, schema_version, visits
from thaigov_crawler.store.upgrades import begin_tables, make_derived

# Rows that are read and written at a time, so that memory does not grow with their number.
BATCH = 500
_TABLES = [table for table in metadata.sorted_tables if table is not schema_version]
# PostgreSQL counts on from here when it gives numbers to new rows.
_COUNT_ON = (
    "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), "
    "coalesce(max({column}), 1), max({column}) IS NOT NULL) FROM {table}"
)

Rows = list[dict[str, Any]]


def rows_of(source: Connection, table: Table, *which: ColumnElement[bool]) -> Generator[Rows]:
    """Yield the rows of a table that meet all conditions, in the order of their keys, BATCH at a time."""
    query = select(table).where(*which).order_by(*table.primary_key)
    with source.execute(query, execution_options={"yield_per": BATCH}) as found:
        for rows in found.mappings().partitions():
            yield [dict(row) for row in rows]


def write_rows(target: Connection, table: Table, batches: Generator[Rows]) -> int:
    """Write rows to a table that has none of them, as they are. Return their number."""
    number = 0
    with closing(batches):  # after an error, too, while the connection is there that they are read from
        for rows in batches:
            number += len(rows)
            for alike in _alike(table, rows):
                target.execute(insert(table), alike)
    return number


def _alike(table: Table, rows: Rows) -> Iterator[Rows]:
    """Yield the rows in lists, to be written by one statement each.

    SQLAlchemy writes None to a JSON column as the text `null`. So a row is written without its columns that are NULL.
    """
    if any(isinstance(column.type, JSON) and column.nullable for column in table.columns):
        yield from ([{name: value for name, value in row.items() if value is not None}] for row in rows)
    else:
        yield rows


def copy_store(source: Store, target: Store) -> dict[str, int]:
    """Copy all rows of a store to a database without any, and return their number for each table.

    `target` needs no tables. It gets all or nothing, in one transaction. Before that ends, its numbers of rows are
    compared with those of the source. Texts lose NUL characters: stores of earlier versions may have some, and a
    server stores none. Raise StoreError if a database cannot be used, if the target is not empty, or if the source has
    changed meanwhile.
    """
    with source.reading() as read, target.writing() as write:
        _check_empty(write, target.name)
        for table in _TABLES:
            write_rows(write, table, _explained(source, rows_of(read, table)))
        make_derived(write)
        if write.dialect.name == "postgresql":
            _count_on(write)
        counts = numbers(write)
        with source.explaining():
            wanted = numbers(read)
        if counts != wanted:
            raise StoreError(f"The copy in {target.name} lacks rows of {source.name}: nothing of it was kept.")
        with source.explaining():
            was = _signs(read)
        with source.reading() as now:
            if _signs(now) != was:
                why = "so nothing of the copy was kept: stop all runs on it, then run this again"
                raise StoreError(f"The database {source.name} has changed while it was copied, {why}.")
        return counts


def numbers(connection: Connection) -> dict[str, int]:
    """Return the number of rows of each table."""
    return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in _TABLES}


def _signs(connection: Connection) -> tuple[Any, ...]:
    """Return what a run, or another command that writes, changes sooner or later."""
    latest = (
        func.max(visits.c.visited_at),
        func.max(same_persons.c.found_at),
        func.sum(articles.c.extractor),
        func.count(runs.c.finished_at),
    )
    return (*numbers(connection).values(), *(connection.scalar(select(each)) for each in latest))


def _check_empty(target: Connection, name: str) -> None:
    """Make the tables of a database. Raise StoreError unless it has none before, or empty ones of this version."""
    there = set(inspect(target).get_table_names())
    if schema_version.name not in there:
        # A file of SQLite belongs to one program. On a server, other tables may stand beside ours.
        strange = there if target.dialect.name == "sqlite" else there & set(metadata.tables)
        if strange:
            raise StoreError(f"The database {name} has tables of another program: name another database.")
        begin_tables(target)
        return
    if target.scalar(select(schema_version.c.version)) != SCHEMA_VERSION:
        raise StoreError(f"The database {name} has tables of another version: name another database.")
    if any(numbers(target).values()):
        raise StoreError(f"The database {name} is not empty: name another one, or empty it first.")


def _explained(source: Store, batches: Generator[Rows]) -> Generator[Rows]:
    """Yield the rows that a generator reads from the source. Its errors are the source's, not the target's."""
    with source.explaining(), closing(batches):
        for rows in batches:
            yield [{name: _storable(value) for name, value in row.items()} for row in rows]


def _storable(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value


def _count_on(target: Connection) -> None:
    for table in _TABLES:
        if (column := table.autoincrement_column) is not None:
            target.execute(text(_COUNT_ON.format(table=table.name, column=column.name)))
