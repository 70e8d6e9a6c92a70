"""Copying rows from one database to another, which may be of another kind. Both have the same tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, Table, insert, select

# Rows that are read and written at a time, so that memory does not grow with their number.
BATCH = 500


def copy_rows(source: Connection, target: Connection, table: Table, *which: ColumnElement[bool]) -> int:
    """Copy the rows of a table that meet all conditions, as they are. Return their number.

    They are written in the order of their keys. `target` must have none of them.
    """
    query = select(table).where(*which).order_by(*table.primary_key)
    number = 0
    with source.execute(query, execution_options={"yield_per": BATCH}) as found:
        for rows in found.mappings().partitions():
            number += len(rows)
            for alike in _alike(table, [dict(row) for row in rows]):
                target.execute(insert(table), alike)
    return number


def _alike(table: Table, rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows in lists, to be written by one statement each.

    SQLAlchemy writes None to a JSON column as the text `null`. So a row is written without its columns that are NULL.
    """
    if any(isinstance(column.type, JSON) and column.nullable for column in table.columns):
        yield from ([_without_nulls(row)] for row in rows)
    else:
        yield rows


def _without_nulls(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}
