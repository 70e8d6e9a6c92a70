"""Forgetting articles: what names one is deleted, and the article ID noted so that it does not come back.

The functions work within the caller's transaction, but for `purge`.
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, insert, literal, select

from thaigov_crawler.outcomes import now
from thaigov_crawler.store.store import Store
from thaigov_crawler.store.tables import articles, changes, dates, forgotten, people, revisions, validators, visits

# What is kept of an article beside itself.
_PARTS = (people, dates, revisions, changes, validators, visits)
_IS_FORGOTTEN = select(literal(1)).where(forgotten.c.article_id == bindparam("article_id"))


def forget(connection: Connection, article_id: int) -> dict[str, int]:
    """Delete all that is kept of an article ID, and note that it must not come back; how many rows of each table there
    were (none of `articles`: it was not stored)."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")  # what is deleted is written over
    removed = {}
    for table in _PARTS:
        removed[table.name] = connection.execute(delete(table).where(table.c.article_id == article_id)).rowcount
    removed[articles.name] = connection.execute(delete(articles).where(articles.c.id == article_id)).rowcount
    if not is_forgotten(connection, article_id):
        connection.execute(insert(forgotten), {"article_id": article_id, "at": now()})
    return removed


def is_forgotten(connection: Connection, article_id: int) -> bool:
    """Whether an article ID must not come back."""
    return connection.scalar(_IS_FORGOTTEN, {"article_id": article_id}) is not None


def all_forgotten(connection: Connection) -> set[int]:
    """The article IDs that must not come back."""
    return set(connection.scalars(select(forgotten.c.article_id)))


def purge(store: Store) -> bool:
    """Write the file of the database anew, so that no free page, no index and no log holds what was deleted, now or
    when an article was edited; whether that came to its end (not while others read). Needs room for a copy. Raises
    StoreError."""
    with store.without_transaction() as connection:
        if connection.dialect.name != "sqlite":
            return True
        # Until its parts are merged, the index holds the characters of deleted articles beside a mark that they are
        # gone.
        connection.exec_driver_sql("INSERT INTO articles_fts(articles_fts) VALUES ('optimize')")
        connection.exec_driver_sql("VACUUM")
        busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        return not busy
