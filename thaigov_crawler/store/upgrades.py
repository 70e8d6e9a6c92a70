"""How databases of earlier versions become such of this one: nothing that was collected in years is thrown away."""

from __future__ import annotations

from sqlalchemy import Connection, text, update

from thaigov_crawler.store.tables import SCHEMA_VERSION, metadata, schema_version

# By the version that they start from. New tables and their indexes are made without being named here.
_STATEMENTS = {
    1: ["ALTER TABLE articles ADD COLUMN withdrawn_at TEXT", "ALTER TABLE articles ADD COLUMN read_by INTEGER"],
    2: [
        "ALTER TABLE runs ADD COLUMN hostname TEXT",
        "ALTER TABLE runs ADD COLUMN quality JSON",
        "ALTER TABLE runs ADD COLUMN warnings JSON",
    ],
}
OLDEST = min(_STATEMENTS)


def upgrade(connection: Connection, version: int) -> None:
    """Bring the tables from an earlier version (OLDEST or later) to SCHEMA_VERSION, within the caller's transaction."""
    for before in range(version, SCHEMA_VERSION):
        for statement in _STATEMENTS[before]:
            connection.execute(text(statement))
    metadata.create_all(connection)
    connection.execute(update(schema_version).values(version=SCHEMA_VERSION))
