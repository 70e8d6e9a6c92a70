"""Forgetting articles: delete all that is stored of one, and note its ID so that it is never stored again.

The functions work in the caller's transaction, except `purge`.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, delete, insert, select

from thaigov_crawler.outcomes import now
from thaigov_crawler.store import persons
from thaigov_crawler.store.store import Store
from thaigov_crawler.store.tables import (
    articles,
    changes,
    crawl_captures,
    dates,
    forgotten,
    listed,
    people,
    revisions,
    same_persons,
    validators,
    visits,
)

# The tables, besides `articles`, that have rows about an article.
_PARTS = (people, dates, revisions, changes, validators, visits, crawl_captures, listed)
# Built once: building a statement takes longer than running it.
_FORGOTTEN_OF = select(forgotten.c.article_id).where(forgotten.c.article_id.in_(bindparam("ids", expanding=True)))


def forget(connection: Connection, article_id: int) -> dict[str, int]:
    """Delete all rows about an article ID, and note that it must not be stored again.

    Return the number of deleted rows of each table. It is 0 for `articles` if the article was not stored.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")  # SQLite then writes zeros over what it deletes
    named = connection.scalars(select(people.c.name).where(people.c.article_id == article_id)).all()
    removed = {}
    for table in _PARTS:
        removed[table.name] = connection.execute(delete(table).where(table.c.article_id == article_id)).rowcount
    removed[articles.name] = connection.execute(delete(articles).where(articles.c.id == article_id)).rowcount
    persons.forget(connection, article_id, named)
    if not is_forgotten(connection, article_id):
        connection.execute(insert(forgotten), {"article_id": article_id, "at": now()})
    return removed


def is_forgotten(connection: Connection, article_id: int) -> bool:
    """Tell whether an article ID is forgotten, so that it must not be stored."""
    return article_id in forgotten_of(connection, [article_id])


def forgotten_of(connection: Connection, article_ids: Collection[int]) -> set[int]:
    """Return those of some article IDs that are forgotten."""
    return set(connection.scalars(_FORGOTTEN_OF, {"ids": list(article_ids)}))


def all_forgotten(connection: Connection) -> set[int]:
    """Return the forgotten article IDs, which must not be stored."""
    return set(connection.scalars(select(forgotten.c.article_id)))


def purge(store: Store) -> bool:
    """Rewrite the file of the database, so that no free page, index or log has deleted text, old edits included.

    Return false if another process is reading, because its files may then still have traces. The disk needs room for
    a copy of the file. Raise StoreError if the database cannot be written.

    A PostgreSQL server rewrites the files of the tables. It waits for those who read, for some time. Its log and its
    copies are its own matter.
    """
    with store.without_transaction() as connection:
        if connection.dialect.name == "postgresql":
            for table in (articles, same_persons, *_PARTS):
                connection.exec_driver_sql(f"VACUUM FULL {table.name}")
            return True
        # The index keeps the characters of deleted articles, marked as deleted, until its parts are merged.
        connection.exec_driver_sql("INSERT INTO articles_fts(articles_fts) VALUES ('optimize')")
        connection.exec_driver_sql("VACUUM")
        busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        return not busy
