"""`scrapy rederive`."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import EndedCrawl, query_database, scrapy, started
from tests.support.terminals import on_a_terminal
from tests.support.waiting import wait_until
from thaigov_crawler.loaders import EXTRACTOR
from thaigov_crawler.store.derived import BATCH

# What an older extractor might have got wrong, in all articles.
SPOILED = """
    UPDATE articles SET extractor = 1, venue = 'ริมน้ำ', ministry = 'กระทรวงสวน', language = 'en', news_date = '2001-01-01',
        date_published = '2001-01-01', event_start = '2001-01-01', event_end = '2001-01-02';
    UPDATE people SET name = 'ก ข', attended = NOT attended WHERE article_id % 2 = 0;
    DELETE FROM people WHERE article_id % 2 = 1;
    DELETE FROM dates WHERE article_id % 2 = 0;
    INSERT INTO dates SELECT id, 99, '2001-01-01', '2001-01-01', 'day', '1 ม.ค. 44' FROM articles WHERE id % 2 = 1;
"""

# The last article is never written: a command hangs where it tries to.
ENDLESS = """
    CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS n FROM n;
    CREATE TRIGGER endless BEFORE UPDATE ON articles WHEN OLD.id = (SELECT max(id) FROM articles)
        BEGIN SELECT n FROM endless; END;
"""


@pytest.fixture
def run(sample_run: EndedCrawl, tmp_path: Path) -> EndedCrawl:
    """A copy of the crawl of the sample, to be changed."""
    folder = tmp_path / "sample"
    shutil.copytree(sample_run.folder, folder)
    return EndedCrawl(sample_run.status, sample_run.log, folder)


def rederive(run: EndedCrawl, *options: str) -> subprocess.CompletedProcess[str]:
    return scrapy("rederive", f"-sTHAIGOV_DIR={run.folder}", *options)


def articles_of(run: EndedCrawl) -> str:
    return scrapy("export", f"-sTHAIGOV_DIR={run.folder}").stdout


def change(run: EndedCrawl, statements: str) -> None:
    connection = sqlite3.connect(run.folder / "thaigov.db")
    try:
        connection.executescript(statements)
    finally:
        connection.close()


def content(run: EndedCrawl, but: Iterable[str] = ("read_by",)) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, without the columns `but`."""
    path = run.folder / "thaigov.db"
    tables = {}
    for (table,) in query_database(path, "SELECT name FROM sqlite_master WHERE type = 'table'"):
        names = [row[1] for row in query_database(path, f"PRAGMA table_info({table})")]
        rows = query_database(
            path, f"SELECT * FROM {table} ORDER BY 1, 2" if len(names) > 1 else f"SELECT * FROM {table}"
        )
        tables[table] = [{n: v for n, v in zip(names, row, strict=True) if n not in but} for row in rows]
    return tables


def tally(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """What the summary says, by its labels."""
    assert (done.returncode, done.stderr) == (0, "")
    return {
        label.strip(): said.strip() for label, _, said in (line.partition(":") for line in done.stdout.splitlines()[1:])
    }


def test_everything_becomes_what_it_was(run: EndedCrawl) -> None:
    before, exported, journal = content(run), articles_of(run), run.journal
    assert before["revisions"]
    change(run, SPOILED)
    assert articles_of(run) != exported
    said = tally(rederive(run))
    number = len(before["articles"])
    assert said["Looked at"] == f"{number} that an extractor older than {EXTRACTOR} has read"
    assert said["Changed"].startswith(f"{number} (ministry {number}, language ")
    assert said["Up to date"] == "0 already"
    assert content(run) == before
    assert articles_of(run) == exported
    assert run.journal == journal


def test_a_second_run_changes_nothing(run: EndedCrawl) -> None:
    change(run, SPOILED)
    rederive(run)
    before = content(run, but=())
    said = tally(rederive(run))
    assert said["Looked at"].startswith("0 ")
    assert (said["Changed"], said["Up to date"]) == ("0", f"{len(before['articles'])} already")
    assert content(run, but=()) == before


def test_the_fields_that_changed_are_counted(run: EndedCrawl) -> None:
    change(run, "UPDATE articles SET extractor = 1; UPDATE articles SET venue = 'ริมน้ำ' WHERE id <= 990003;")
    change(run, "UPDATE dates SET raw = 'เมื่อวาน' WHERE article_id = (SELECT min(article_id) FROM dates);")
    assert tally(rederive(run))["Changed"] in ("3 (dates 1, venue 3)", "4 (dates 1, venue 3)")


def test_keys_of_names_are_made_anew_and_are_no_change(run: EndedCrawl) -> None:
    before = content(run)
    change(run, "UPDATE articles SET extractor = 1; UPDATE people SET name_key = 'old' || name_key;")
    said = tally(rederive(run))
    assert said["Looked at"].startswith(f"{len(before['articles'])} ")
    assert said["Changed"] == "0"
    assert content(run) == before


def test_ids_limit_it(run: EndedCrawl) -> None:
    change(run, SPOILED)
    said = tally(rederive(run, "--ids", "990001-990003,990040-"))
    assert said["Looked at"].startswith("4 ")
    assert run.rows("SELECT id FROM articles WHERE extractor = ?", EXTRACTOR) == [
        (990001,),
        (990002,),
        (990003,),
        (990040,),
    ]
    assert run.rows(
        "SELECT count(*) FROM articles WHERE venue = 'ริมน้ำ' AND id IN (990001, 990002, 990003, 990040)"
    ) == [(0,)]


def test_what_a_newer_extractor_has_read_is_left_alone(run: EndedCrawl) -> None:
    change(run, SPOILED)
    change(run, f"UPDATE articles SET extractor = {EXTRACTOR + 1}")
    before = content(run, but=())
    said = tally(rederive(run))
    assert said["Looked at"].startswith("0 ")
    assert said["Newer"].startswith(f"{len(before['articles'])} ")
    assert content(run, but=()) == before


def test_a_date_that_can_no_longer_be_read_is_kept(run: EndedCrawl) -> None:
    change(
        run, "UPDATE articles SET extractor = 1, date_published_raw = 'เร็ว ๆ นี้', news_date_raw = NULL WHERE id = 990001"
    )
    ((day,),) = run.rows("SELECT date_published FROM articles WHERE id = 990001")
    rederive(run)
    assert run.rows("SELECT date_published, extractor FROM articles WHERE id = 990001") == [(day, EXTRACTOR)]


def test_a_page_read_again_later_counts_more_than_its_old_reading_derived_anew(run: EndedCrawl) -> None:
    """An older extractor had left something in the text that this one cleans away."""
    before = content(run)
    change(run, "UPDATE articles SET extractor = 1, body = body || char(10) || 'พิมพ์', digest = 'f' || digest")
    rederive(run)
    assert run.rows("SELECT DISTINCT extractor FROM articles") == [(EXTRACTOR,)]
    done = scrapy("crawl", "thaigov", "-asource=sample", f"-sTHAIGOV_DIR={run.folder.parent}")
    assert done.returncode == 0
    after = content(run, but=())
    assert {name: after[name] for name in ("people", "dates", "revisions")} == {
        name: before[name] for name in ("people", "dates", "revisions")
    }
    assert [row | {"read_by": None} for row in before["articles"]] == after["articles"]


def test_it_goes_on_where_it_was_killed_and_writes_whole_articles(run: EndedCrawl) -> None:
    many(run, 2 * BATCH)
    before = content(run)
    change(run, SPOILED)
    change(run, ENDLESS)
    with started("rederive", f"-sTHAIGOV_DIR={run.folder}"):
        wait_until(lambda: run.rows("SELECT count(*) FROM articles WHERE extractor > 1") != [(0,)])
    change(run, "DROP TRIGGER endless; DROP VIEW endless;")
    ((done,),) = run.rows("SELECT count(*) FROM articles WHERE extractor > 1")
    assert 0 < done < len(before["articles"])
    assert tally(rederive(run))["Up to date"] == f"{done} already"
    assert content(run) == before


def many(run: EndedCrawl, number: int) -> None:
    """Make many articles of the first one of the sample."""
    connection = sqlite3.connect(run.folder / "thaigov.db")
    for table, key in (("articles", "id"), ("people", "article_id"), ("dates", "article_id")):
        others = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != key]
        names = ", ".join(f'"{name}"' for name in others)
        connection.execute(
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {number}) "
            f"INSERT INTO {table} ({key}, {names}) SELECT n.i, {names} FROM {table}, n WHERE {key} = 990001"
        )
    connection.commit()
    connection.close()


def test_a_terminal_shows_a_bar(run: EndedCrawl) -> None:
    change(run, SPOILED)
    status, said = on_a_terminal("rederive", f"-sTHAIGOV_DIR={run.folder}", streams=("stderr",))
    number = len(content(run)["articles"])
    assert (status, f"{number}/{number}" in said) == (0, True)


def test_nothing_asked_for_is_told(run: EndedCrawl) -> None:
    done = rederive(run, "--ids", "1-3")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "rederive: no stored article is asked for\n")


@pytest.mark.parametrize("options", [("--ids", "x"), ("x",), ("--ids", "3-1")])
def test_bad_options_are_named(options: tuple[str, ...], run: EndedCrawl) -> None:
    done = rederive(run, *options)
    assert done.returncode == 2
    assert repr(options[-1]) in done.stderr


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    done = scrapy("rederive", f"-sTHAIGOV_DIR={tmp_path}")
    assert done.returncode == 1
    assert "run `scrapy crawl thaigov` first" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_database_of_another_version_is_refused(run: EndedCrawl) -> None:
    change(run, SPOILED)
    change(run, "UPDATE schema_version SET version = 99")
    before = content(run, but=())
    done = rederive(run)
    assert done.returncode == 1
    assert done.stderr.startswith("rederive: ")
    assert "schema version 99" in done.stderr
    assert content(run, but=()) == before
