"""Reading and writing the stored articles, with the people and dates of each.

An article is a mapping of its fields as exported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, delete, insert, select, update

from thaigov_crawler.items import FIELDS
from thaigov_crawler.store import persons as joins
from thaigov_crawler.store.filters import EVERYTHING, Filter, once_each
from thaigov_crawler.store.store import Store
from thaigov_crawler.store.tables import articles, dates, people
from thaigov_crawler.thai.names import name_key

# Articles that `read` reads at a time. One query gets the people of them all, and one the dates.
BATCH = 500
COLUMNS = tuple(column.name for column in articles.columns if column.name in FIELDS)
_INSERT = insert(articles)  # built once: building a statement takes longer than running it

Query = TypeVar("Query", bound=Select[Any])


def read(
    store: Store, within: Iterable[tuple[int, int | None]] = ((0, None),), chosen: Filter = EVERYTHING
) -> Iterator[dict[str, Any]]:
    """Yield stored articles in the order of their IDs.

    `within` are ranges of article IDs (first, last), in order; a last of None means no end. `chosen` limits the
    articles further. All are read from one snapshot of the database, a few hundred at a time. Raise StoreError if the
    database cannot be read.
    """
    found = _read(store, within, chosen)
    return once_each(found) if chosen.unique else found


def _read(store: Store, within: Iterable[tuple[int, int | None]], chosen: Filter) -> Iterator[dict[str, Any]]:
    query = select(articles).where(*chosen.conditions()).order_by(articles.c.id).limit(BATCH)
    with store.reading() as connection:
        for first, last in within:
            start = first
            while batch := load(connection, in_range(query, start, last)):
                yield from batch
                start = batch[-1]["id"] + 1


def in_range(query: Query, first: int, last: int | None) -> Query:
    """Limit a query on `articles` to the article IDs from `first` to `last`. A `last` of None means no end."""
    query = query.where(articles.c.id >= first)
    return query if last is None else query.where(articles.c.id <= last)


def load(connection: Connection, query: Select[Any]) -> list[dict[str, Any]]:
    """Return the articles that a query on `articles` finds, in its order, with their people and dates."""
    rows = connection.execute(query).mappings().all()
    parts: dict[str, dict[int, list[dict[str, Any]]]] = {"attendees": {}, "mentions": {}, "dates": {}}
    ids = [row["id"] for row in rows]
    for table, names in ((people, ("title", "name", "position")), (dates, ("start", "end", "precision", "raw"))):
        of_these = select(table).where(table.c.article_id.in_(ids)).order_by(table.c.article_id, table.c.ordinal)
        for part in connection.execute(of_these).mappings():
            kind = "dates" if table is dates else "attendees" if part["attended"] else "mentions"
            parts[kind].setdefault(part["article_id"], []).append({name: part[name] for name in names})
    return [{name: parts[name].get(row["id"], []) if name in parts else row[name] for name in FIELDS} for row in rows]


def sections(connection: Connection) -> list[str]:
    """Return the sections of the stored articles, sorted."""
    query = select(articles.c.section).where(articles.c.section.is_not(None)).distinct().order_by(articles.c.section)
    return list(connection.scalars(query))


def add(connection: Connection, article: Mapping[str, Any]) -> None:
    """Store an article whose ID is not stored yet, with its people and dates."""
    connection.execute(_INSERT, {name: article[name] for name in COLUMNS})
    _add_parts(connection, article)


def replace(connection: Connection, article: Mapping[str, Any]) -> None:
    """Replace the stored article that has this ID by one that was just read, with its people and dates."""
    values = {name: article[name] for name in COLUMNS if name != "id"}
    connection.execute(update(articles).where(articles.c.id == article["id"]), {**values, "read_by": None})
    replace_parts(connection, article)


def replace_parts(connection: Connection, article: Mapping[str, Any]) -> None:
    """Replace the people and dates of the stored article by those of `article`."""
    for table in (people, dates):
        connection.execute(delete(table).where(table.c.article_id == article["id"]))
    _add_parts(connection, article)


def _add_parts(connection: Connection, article: Mapping[str, Any]) -> None:
    persons = [(person, True) for person in article["attendees"]] + [(person, False) for person in article["mentions"]]
    rows = [_person_row(person, attended) for person, attended in persons]
    joined = joins.joined(connection, {row["name_key"] for row in rows})
    rows = [{**row, "name_key": joined.get(row["name_key"], row["name_key"])} for row in rows]
    _add_rows(connection, people, article["id"], rows)
    _add_rows(connection, dates, article["id"], list(article["dates"]))


def _add_rows(connection: Connection, table: Table, article_id: int, rows: list[dict[str, Any]]) -> None:
    if rows:
        numbered = [{**row, "article_id": article_id, "ordinal": number} for number, row in enumerate(rows)]
        connection.execute(insert(table), numbered)


def _person_row(person: Mapping[str, Any], attended: bool) -> dict[str, Any]:
    return {**person, "attended": attended, "name_key": name_key(person["name"])}
