"""Databases of earlier versions are brought to this one, with all that they hold."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.commands import EndedCrawl, crawl, query_database, scrapy
from tests.support.earlier import make_as_of_version
from thaigov_crawler.errors import StoreError
from thaigov_crawler.store import Store
from thaigov_crawler.store.tables import SCHEMA_VERSION

LAYOUT = (
    'SELECT tables.name, columns.name, columns.type, columns."notnull" FROM sqlite_master AS tables '
    "JOIN pragma_table_info(tables.name) AS columns WHERE tables.name NOT LIKE 'sqlite%' ORDER BY 1, columns.cid"
)
NAMES = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY name"


def copy_of(run: EndedCrawl, folder: Path) -> EndedCrawl:
    return replace(run, folder=shutil.copytree(run.folder, folder / "sample"))


def content(folder: Path) -> tuple[str, list[tuple]]:
    """What is exported, what the views say, and what a search finds, in a database that is sound."""
    database = folder / "thaigov.db"
    query_database(database, "INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")
    persons = query_database(database, "SELECT * FROM persons ORDER BY name_key")
    found = query_database(database, "SELECT rowid FROM articles_fts WHERE body LIKE '%นายกรัฐมนตรี%'")
    assert persons
    assert found
    return scrapy("export", f"-sTHAIGOV_DIR={folder}").stdout, [*persons, *found]


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_an_earlier_version_is_upgraded_in_place(tmp_path: Path, sample_run: EndedCrawl, version: int) -> None:
    run = copy_of(sample_run, tmp_path)
    before = content(run.folder)
    for again in (
        lambda: crawl(tmp_path, source="sample"),
        lambda: scrapy("export", f"-sTHAIGOV_DIR={run.folder}"),
    ):
        make_as_of_version(run.folder / "thaigov.db", version)
        again()
        assert run.rows("SELECT version FROM schema_version") == [(SCHEMA_VERSION,)]
        assert content(run.folder) == before
    for layout in (LAYOUT, NAMES):
        assert run.rows(layout) == sample_run.rows(layout)
    assert len(scrapy("runs", f"-sTHAIGOV_DIR={run.folder}").stdout.splitlines()) == 1 + 2


def test_an_upgrade_that_is_cut_off_leaves_the_earlier_version(
    tmp_path: Path, sample_run: EndedCrawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = copy_of(sample_run, tmp_path)
    make_as_of_version(run.folder / "thaigov.db", 1)
    layout = "SELECT sql FROM sqlite_master ORDER BY name"
    before = run.rows(layout)
    monkeypatch.setattr("thaigov_crawler.store.views.make", lambda connection: connection.exec_driver_sql("cut off"))
    with pytest.raises(StoreError):
        Store.open(f"sqlite:///{run.folder / 'thaigov.db'}")
    assert run.rows(layout) == before
    assert run.rows("SELECT version FROM schema_version") == [(1,)]


def test_a_later_version_is_refused(tmp_path: Path) -> None:
    run = crawl(tmp_path, source="sample")
    with sqlite3.connect(run.folder / "thaigov.db") as connection:
        connection.execute("UPDATE schema_version SET version = 99")
    connection.close()
    again = crawl(tmp_path, source="sample")
    assert again.status == 1
    assert "has schema version 99" in again.log
