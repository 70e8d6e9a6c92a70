"""The rows of one page of a table: Datasette's query for them, changed so that it reads little and leaves no row out.

Datasette asks for all columns of the rows, sorted. SQLite would sort whole rows, with the bodies of all articles. So
the query first finds which rows belong on the page, and reads only those.

Datasette sorts the first page by one column, and the next ones by the key, too. As many articles are of one day, some
would be repeated, and others left out. So the first page is sorted by the key, too.
"""

from __future__ import annotations

import re
from contextvars import ContextVar

from thaigov_crawler.store.tables import metadata

_KEYS = {name: [column.name for column in table.primary_key] for name, table in metadata.tables.items()}
_KEYS_OF_VIEWS = {"persons": ["name_key"], "person_positions": ["name_key", "position"]}
_QUERY = (
    r"(?P<columns>select .*?) from {table} (?P<where>.*)order by (?P<order>.*?) (?P<limit>limit \d+(?: offset \d+)?)"
)
_asked: ContextVar[str] = ContextVar("asked", default="")


def begins(table: str) -> None:
    """Note that the next query for a page is that of this table. Call it while Datasette prepares the page."""
    _asked.set(table)


def changed(sql: str) -> str:
    """Return Datasette's query for the rows of the page that has begun, changed. Return any other query as it is."""
    table = _asked.get()
    if not table or not (found := re.fullmatch(_QUERY.format(table=table), sql, re.DOTALL)):
        return sql
    _asked.set("")
    columns, where, order, limit = found["columns"], found["where"], found["order"], found["limit"]
    keys = _KEYS.get(table) or _KEYS_OF_VIEWS.get(table, [])
    sorted_by = {column.removesuffix(" desc") for column in order.split(", ")}
    order = ", ".join([order, *(key for key in keys if key not in sorted_by)])
    if table not in _KEYS:
        return f"{columns} from {table} {where}order by {order} {limit}"
    rows = f"select rowid from {table} {where}order by {order} {limit}"
    return f"{columns} from {table} where rowid in ({rows}) order by {order}"
