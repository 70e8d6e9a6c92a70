"""Databases with the tables of earlier schema versions."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from thaigov_crawler.store.tables import SCHEMA_VERSION

# The statements that undo the changes of each schema version.
TAKE_BACK = {
    8: "DROP INDEX articles_days; DROP INDEX articles_withdrawn; DROP INDEX people_by_position; "
    "DROP INDEX people_by_name_key; "
    "CREATE INDEX people_by_name_key ON people (name_key, name, attended, article_id); "
    "DROP TABLE articles_terms; DROP TABLE articles_ends; "
    "DROP TRIGGER articles_ends_insert; DROP TRIGGER articles_ends_delete; DROP TRIGGER articles_ends_update; "
    "DROP VIEW persons; DROP VIEW person_positions; CREATE VIEW persons AS SELECT 1; "
    "CREATE VIEW person_positions AS SELECT 1; ",
    7: "DROP TABLE crawl_captures; DROP TABLE crawls; DROP TABLE listed; ",
    6: "DROP TABLE same_persons; ",
    5: "".join(f"ALTER TABLE leases DROP COLUMN {name}; " for name in ("machine", "number", "started")),
    4: "DROP VIEW persons; DROP VIEW person_positions; DROP TABLE articles_fts; DROP TABLE forgotten; "
    "DROP TRIGGER articles_fts_insert; DROP TRIGGER articles_fts_delete; DROP TRIGGER articles_fts_update; "
    "DROP INDEX people_by_name_key; ALTER TABLE people DROP COLUMN name_key; ",
    3: "".join(f"ALTER TABLE runs DROP COLUMN {name}; " for name in ("hostname", "quality", "warnings")),
    2: "DROP TABLE changes; DROP TABLE validators; DROP TABLE leases; "
    "ALTER TABLE articles DROP COLUMN withdrawn_at; ALTER TABLE articles DROP COLUMN read_by; ",
}


def make_as_of_version(path: Path, version: int) -> None:
    """Turn a database into one of an earlier schema version."""
    with sqlite3.connect(path) as connection:
        for later in range(SCHEMA_VERSION, version, -1):
            connection.executescript(TAKE_BACK[later])
        connection.execute("UPDATE schema_version SET version = ?", (version,))
    connection.close()
