"""Reading and writing the stored articles, with the people and dates of each.

An article is a mapping of its fields as exported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, bindparam, delete, insert, select, update

from thaigov_crawler.items import FIELDS
from thaigov_crawler.store import persons as joins
from thaigov_crawler.store.filters import EVERYTHING, Filter, once_each
from thaigov_crawler.store.store import Store
from thaigov_crawler.store.tables import articles, dates, people
from thaigov_crawler.thai.names import name_key

# Articles that `read` reads at a time. One query gets the people of them all, and one the dates.
BATCH = 500
COLUMNS = tuple(column.name for column in articles.columns if column.name in FIELDS)
# Built once: building a statement takes longer than running it.
_INSERT, _INSERT_PEOPLE, _INSERT_DATES = insert(articles), insert(people), insert(dates)
# With RETURNING, SQLAlchemy puts many rows into one statement. Then SQLite adds them to the full-text index together,
# in half the time. SQLite 3.34 does not know it.
_INSERT_TOGETHER = _INSERT.returning(articles.c.id)
_DELETE_PEOPLE, _DELETE_DATES = (
    delete(table).where(table.c.article_id.in_(bindparam("ids", expanding=True))) for table in (people, dates)
)

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


def add(connection: Connection, new: Sequence[Mapping[str, Any]]) -> None:
    """Store articles whose IDs are not stored yet, with their people and dates."""
    if new:
        # In this order, because the full-text index begins anew at each lower ID.
        rows = [{name: article[name] for name in COLUMNS} for article in sorted(new, key=itemgetter("id"))]
        connection.execute(_INSERT_TOGETHER if connection.dialect.insert_executemany_returning else _INSERT, rows)
        _add_parts(connection, new)


def replace(connection: Connection, article: Mapping[str, Any]) -> None:
    """Replace the stored article that has this ID by one that was just read, with its people and dates."""
    values = {name: article[name] for name in COLUMNS if name != "id"}
    connection.execute(update(articles).where(articles.c.id == article["id"]), {**values, "read_by": None})
    replace_parts(connection, [article])


def replace_parts(connection: Connection, anew: Sequence[Mapping[str, Any]]) -> None:
    """Replace the people and dates of stored articles by those of the articles with the same IDs in `anew`."""
    for statement in (_DELETE_PEOPLE, _DELETE_DATES):
        connection.execute(statement, {"ids": [article["id"] for article in anew]})
    _add_parts(connection, anew)


def _add_parts(connection: Connection, whole: Iterable[Mapping[str, Any]]) -> None:
    persons, days = [], []
    for article in whole:
        named = [(person, True) for person in article["attendees"]]
        named += [(person, False) for person in article["mentions"]]
        for number, (person, attended) in enumerate(named):
            persons.append(
                {**_row(article, number, person), "attended": attended, "name_key": name_key(person["name"])}
            )
        days += [_row(article, number, day) for number, day in enumerate(article["dates"])]
    joined = joins.joined(connection, {row["name_key"] for row in persons})
    for row in persons:
        row["name_key"] = joined.get(row["name_key"], row["name_key"])
    if persons:
        connection.execute(_INSERT_PEOPLE, persons)
    if days:
        connection.execute(_INSERT_DATES, days)


def _row(article: Mapping[str, Any], number: int, part: Mapping[str, Any]) -> dict[str, Any]:
    return {**part, "article_id": article["id"], "ordinal": number}
