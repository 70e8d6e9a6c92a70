"""Databases of earlier versions are brought to this one, with all that they hold."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.runs import crawl, query_database, scrapy
from thaigov_crawler.store.tables import SCHEMA_VERSION

# What takes back from a database what a version brought, by that version.
TAKE_BACK = {
    3: "".join(f"ALTER TABLE runs DROP COLUMN {name}; " for name in ("hostname", "quality", "warnings")),
    2: "DROP TABLE changes; DROP TABLE validators; DROP TABLE leases; "
    "ALTER TABLE articles DROP COLUMN withdrawn_at; ALTER TABLE articles DROP COLUMN read_by; ",
}
LAYOUT = (
    'SELECT tables.name, columns.name, columns.type, columns."notnull" FROM sqlite_master AS tables '
    "JOIN pragma_table_info(tables.name) AS columns WHERE tables.name NOT LIKE 'sqlite%' ORDER BY 1, columns.cid"
)


def make_as_of_version(path: Path, version: int) -> None:
    """Take back from a database what later versions brought."""
    with sqlite3.connect(path) as connection:
        for later in range(SCHEMA_VERSION, version, -1):
            connection.executescript(TAKE_BACK[later])
        connection.execute("UPDATE schema_version SET version = ?", (version,))
    connection.close()


@pytest.mark.parametrize("version", [1, 2])
def test_an_earlier_version(tmp_path: Path, version: int) -> None:
    run = crawl(tmp_path, source="sample")
    database, rows = run.folder / "thaigov.db", run.rows("SELECT id, digest FROM articles")
    exported = scrapy("export", f"-sTHAIGOV_DIR={run.folder}").stdout
    for again in (
        lambda: crawl(tmp_path, source="sample"),
        lambda: scrapy("export", f"-sTHAIGOV_DIR={run.folder}"),
    ):
        make_as_of_version(database, version)
        again()
        assert query_database(database, "SELECT version FROM schema_version") == [(SCHEMA_VERSION,)]
        assert query_database(database, "SELECT id, digest FROM articles") == rows
    assert scrapy("export", f"-sTHAIGOV_DIR={run.folder}").stdout == exported
    fresh = crawl(tmp_path / "fresh", source="sample")
    assert query_database(database, LAYOUT) == fresh.rows(LAYOUT)
    assert len(scrapy("runs", f"-sTHAIGOV_DIR={run.folder}").stdout.splitlines()) == 1 + 2


def test_a_later_version_is_refused(tmp_path: Path) -> None:
    run = crawl(tmp_path, source="sample")
    with sqlite3.connect(run.folder / "thaigov.db") as connection:
        connection.execute("UPDATE schema_version SET version = 99")
    connection.close()
    again = crawl(tmp_path, source="sample")
    assert again.status == 1
    assert "has schema version 99" in again.log
