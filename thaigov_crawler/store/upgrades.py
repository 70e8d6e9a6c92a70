"""Making the tables of a database, and upgrading those of an earlier version. An upgrade keeps all data."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, select, text, update

from thaigov_crawler.store import postgresql, search, views
from thaigov_crawler.store.tables import SCHEMA_VERSION, metadata, people, schema_version
from thaigov_crawler.thai.names import name_key

# The statements that upgrade the tables, by the version before. What is completely new is made behind them: tables with
# their indexes, views, triggers and the index for full-text search.
_STATEMENTS = {
    1: ["ALTER TABLE articles ADD COLUMN withdrawn_at TEXT", "ALTER TABLE articles ADD COLUMN read_by INTEGER"],
    2: [
        "ALTER TABLE runs ADD COLUMN hostname TEXT",
        "ALTER TABLE runs ADD COLUMN quality JSON",
        "ALTER TABLE runs ADD COLUMN warnings JSON",
    ],
    3: [
        "ALTER TABLE people ADD COLUMN name_key TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX people_by_name_key ON people (name_key, name, attended, article_id)",
    ],
    4: [f"ALTER TABLE leases ADD COLUMN {column}" for column in ("machine TEXT", "number INTEGER", "started TEXT")],
    5: [],  # same_persons is new
    6: [],  # crawls, crawl_captures and listed are new
    7: [
        "CREATE INDEX articles_days ON articles (id, date_published)",
        "CREATE INDEX articles_withdrawn ON articles (withdrawn_at) WHERE withdrawn_at IS NOT NULL",
        "DROP INDEX people_by_name_key",
        "CREATE INDEX people_by_name_key ON people (name_key, position, article_id, attended, name)",
        "CREATE INDEX people_by_position ON people (position, article_id)",
    ],
}
OLDEST = min(_STATEMENTS)
# Stores on a PostgreSQL server begin with this version. So the statements from it on are run in both databases.
OLDEST_ON_SERVER = 8


def begin_tables(connection: Connection) -> None:
    """Make the tables of a database that has none. `make_derived` adds what is made of their rows.

    Raise StoreError if a server cannot hold a store.
    """
    if connection.dialect.name == "postgresql":
        postgresql.check_server(connection)
    metadata.create_all(connection)
    connection.execute(insert(schema_version).values(version=SCHEMA_VERSION))


def make_derived(connection: Connection) -> None:
    """Make what is made of the rows of the tables: the index for full-text search, unless it exists, and the views."""
    search.make(connection)
    views.make(connection)


def upgrade(connection: Connection, version: int) -> None:
    """Upgrade the tables from an earlier version (OLDEST or later) to SCHEMA_VERSION, in the caller's transaction."""
    for before in range(version, SCHEMA_VERSION):
        if before == 4 and version == 1:  # which had no leases yet: the table is made whole below
            continue
        for statement in _STATEMENTS[before]:
            connection.execute(text(statement))
    metadata.create_all(connection)
    make_derived(connection)
    if version < 4:
        _fill_name_keys(connection)
    connection.execute(update(schema_version).values(version=SCHEMA_VERSION))


def _fill_name_keys(connection: Connection) -> None:
    names = connection.scalars(select(people.c.name).distinct()).all()
    if names:
        by_name = update(people).where(people.c.name == bindparam("of")).values(name_key=bindparam("key"))
        connection.execute(by_name, [{"of": name, "key": name_key(name)} for name in names])
