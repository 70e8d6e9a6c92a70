"""Databases of earlier versions are brought to this one, with all that they hold."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.runs import crawl, query_database, scrapy
from thaigov_crawler.store.tables import SCHEMA_VERSION


def made_by_version_1(path: Path) -> None:
    """Take back from a database what version 2 brought."""
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "DROP TABLE changes; DROP TABLE validators; DROP TABLE leases; "
            "ALTER TABLE articles DROP COLUMN withdrawn_at; ALTER TABLE articles DROP COLUMN read_by; UPDATE schema_version SET version = 1;"
        )
    connection.close()


def test_version_1(tmp_path: Path) -> None:
    run = crawl(tmp_path, source="sample")
    database, rows = run.folder / "thaigov.db", run.rows("SELECT id, digest FROM articles")
    exported = scrapy("export", f"-sTHAIGOV_DIR={run.folder}").stdout
    for again in (
        lambda: crawl(tmp_path, source="sample"),
        lambda: scrapy("export", f"-sTHAIGOV_DIR={run.folder}"),
    ):
        made_by_version_1(database)
        again()
        assert query_database(database, "SELECT version FROM schema_version") == [(SCHEMA_VERSION,)]
        assert query_database(database, "SELECT id, digest FROM articles") == rows
    assert scrapy("export", f"-sTHAIGOV_DIR={run.folder}").stdout == exported
    layout = "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY name"
    fresh = crawl(tmp_path / "fresh", source="sample")
    assert query_database(database, layout) == fresh.rows(layout)


def test_a_later_version_is_refused(tmp_path: Path) -> None:
    run = crawl(tmp_path, source="sample")
    with sqlite3.connect(run.folder / "thaigov.db") as connection:
        connection.execute("UPDATE schema_version SET version = 99")
    connection.close()
    again = crawl(tmp_path, source="sample")
    assert again.status == 1
    assert "has schema version 99" in again.log
