"""`scrapy export --format sqlite`: a file for Datasette, and for our own commands."""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from datasette.utils import detect_fts, escape_fts

from tests.support import stored
from tests.support.commands import TIMEOUT, EndedCrawl, query_database, scrapy
from tests.support.stores import change, store_of
from thaigov_crawler.items import Person
from thaigov_crawler.store import Store, snapshot

ANNA, BORIS = Person("นาง", "อรุณี แสงทอง", "ปลัด"), Person("นาย", "บุญมี ดีใจ", None)


def export(store: Path, *options: str, **how: Any):
    return scrapy("export", f"-sTHAIGOV_DATABASE=sqlite:///{store}", *options, **how)


@pytest.fixture(scope="module")
def sample(sample_run: EndedCrawl) -> Path:
    return sample_run.folder / "thaigov.db"


@pytest.fixture(scope="module")
def shared(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as a file to share."""
    file = tmp_path_factory.mktemp("shared") / "news.db"
    done = export(sample, "--format", "sqlite", "-o", str(file))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return file


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_its_export_is_that_of_the_store_and_leaves_it_one_file(sample: Path, shared: Path) -> None:
    before = contents(shared.parent)
    assert list(before) == ["news.db"]
    assert export(shared).stdout == export(sample).stdout
    for command in ("coverage", "changes", "runs"):
        assert scrapy(command, f"-sTHAIGOV_DATABASE=sqlite:///{shared}").returncode == 0
    assert contents(shared.parent) == before


def test_what_plain_datasette_needs(shared: Path) -> None:
    """Its search of a table, as its pages ask it; the views; a file that can be read where nothing may be written."""
    with closing(sqlite3.connect(f"file:{shared}?immutable=1", uri=True)) as database:
        index = detect_fts(database, "articles")
        found = f"SELECT count(*) FROM articles WHERE rowid IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)"
        for asked in ("กระทรวงมหาดไทย", "ห้องสมุด", "มหาดไทย สงกรานต์", '"river cities"', "ไม่มีคำนี้"):
            words = [word.strip('"') for word in asked.split(" ")] if '"' not in asked else [asked.strip('"')]
            has = " AND ".join("lower(title || char(10) || ifnull(lead, '') || char(10) || body) LIKE ?" for _ in words)
            expected = database.execute(f"SELECT count(*) FROM articles WHERE {has}", [f"%{word}%" for word in words])
            assert database.execute(found, [escape_fts(asked)]).fetchone() == expected.fetchone()
        for name in ("persons", "person_positions", "dates"):
            assert database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] > 10
        for check in ("integrity_check", "foreign_key_check"):
            assert database.execute(f"PRAGMA {check}").fetchall() in ([("ok",)], [])


def test_plain_datasette_searches_it(shared: Path) -> None:
    asked = urlencode({"_search": "ห้องสมุด", "_col": "title", "_shape": "array", "_size": "max"})
    line = [sys.executable, "-m", "datasette", str(shared), "--get", f"/news/articles.json?{asked}"]
    done = subprocess.run(line, capture_output=True, check=True, encoding="utf-8", timeout=TIMEOUT)
    held = [json.loads(line) for line in export(shared).stdout.splitlines()]
    assert sorted(row["title"] for row in json.loads(done.stdout)) == sorted(
        article["title"]
        for article in held
        if any("ห้องสมุด" in (article[name] or "") for name in ("title", "lead", "body"))
    )


@pytest.mark.parametrize(
    "options",
    [
        ("--since", "2023-01-01", "--until", "2023-12-31"),
        ("--section", "ด้านสังคม"),
        ("--person", "ธนวัชร์ ศรีพิทักษ์ไพศาล"),
        ("--ids", "990001-990003,990040-"),
        ("--unique",),
    ],
)
def test_the_articles_are_those_asked_for(sample: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    assert export(sample, *options, "-o", str(tmp_path / "some.db")).returncode == 0
    assert export(tmp_path / "some.db").stdout == export(sample, *options).stdout


def test_of_others_and_of_the_crawl_nothing_is_in_it(tmp_path: Path) -> None:
    folder = store_of(tmp_path / "data", {"attendees": [ANNA]}, {"attendees": [BORIS], "body": "ความลับ"})
    with closing(Store.open(f"sqlite:///{folder / 'thaigov.db'}")) as store:
        run = stored.begin(store, "warc:/home/anna/x.warc", arguments={"source": "warc:/home/anna/x.warc"})
        for number in (1, 2):
            edited = stored.article(number, day=3, text=f"ฉบับใหม่ {number}", source="sample", attendees=[], mentions=[])
            stored.save(store, edited, run)
        stored.end(store, run, reason="no file /home/anna/y.warc")
    change(folder / "thaigov.db", "INSERT INTO forgotten VALUES (3, '2026-01-01T00:00:00+00:00')")
    change(folder / "thaigov.db", "INSERT INTO same_persons VALUES ('boris|d', 'บุนมิ|ดิใจ', '[]', '2026', NULL)")
    file = tmp_path / "one.db"
    assert export(folder / "thaigov.db", "--ids", "1", "-o", str(file)).returncode == 0
    assert query_database(file, "SELECT article_id FROM revisions") == [(1,)]
    assert query_database(file, "SELECT kind FROM changes ORDER BY id") == [("new",), ("edited",)]
    assert query_database(file, "SELECT source, arguments FROM runs") == [("warc", "{}"), ("warc", "{}")]
    for table in ("visits", "forgotten", "leases", "same_persons", "validators", "listed", "crawl_captures"):
        assert query_database(file, f"SELECT count(*) FROM {table}") == [(0,)]
    for trace in ("บุญมี", "ความลับ", "/home/anna", "boris"):
        assert trace.encode() not in file.read_bytes()


def test_the_same_store_gives_the_same_bytes_but_for_the_time(shared: Path, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "again.SQLITE"
    assert export(sample, "-o", str(file)).returncode == 0
    times = [query_database(each, "SELECT taken_at FROM snapshot")[0][0].encode() for each in (file, shared)]
    assert file.read_bytes().replace(times[0], times[1]) == shared.read_bytes()


def test_it_replaces_an_earlier_one_and_no_other_database(shared: Path, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    file.write_bytes(shared.read_bytes())
    file.chmod(0o600)
    assert export(sample, "--ids", "990001", "-o", str(file)).returncode == 0
    assert len(export(file).stdout.splitlines()) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for name in ("store.db", "other.db"):
        change(tmp_path / name, "CREATE TABLE mine (a)")
    (tmp_path / "left.db-wal").write_bytes(b"left")
    before = contents(tmp_path)
    for name, said in (
        ("store.db", "is a crawl's own file"),
        ("other.db", "is a crawl's own file"),
        ("left.db", "is in use, or was left by a program that was killed"),
    ):
        done = export(sample, "-o", str(tmp_path / name))
        assert (done.returncode, said in done.stderr) == (2, True)
    done = export(sample, "--format", "jsonl", "-o", str(file))
    assert (done.returncode, contents(tmp_path)) == (2, before)


def test_a_write_that_fails_leaves_the_file_there_was(shared: Path, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    file.write_bytes(shared.read_bytes())
    done = export(sample, "-o", str(file), limit=100_000)
    said = "it cannot be written: disk I/O error (free some space, or name a file on another disk)"
    assert (done.returncode, done.stderr) == (1, f"export: {file}: {said}\n")
    assert contents(tmp_path) == {"news.db": shared.read_bytes()}


def test_no_crawl_goes_on_from_it(shared: Path, tmp_path: Path) -> None:
    """It does not know what was forgotten."""
    database = f"-sTHAIGOV_DATABASE=sqlite:///{shared}"
    done = scrapy("crawl", "thaigov", "-asource=sample", database, f"-sTHAIGOV_DIR={tmp_path}")
    assert done.returncode != 0
    assert f"{shared} is a snapshot, which lacks what a crawl needs to know: use the database that" in done.stderr


def test_it_needs_a_file(sample: Path) -> None:
    done = export(sample, "--format", "sqlite")
    assert done.returncode == 2
    assert "--format sqlite writes a file: name it, as in -o news.db" in done.stderr


def test_of_an_empty_selection_the_file_is_empty(sample: Path, tmp_path: Path) -> None:
    done = export(sample, "--ids", "7", "-o", str(tmp_path / "none.db"))
    assert (done.returncode, done.stderr) == (0, "export: no stored article matches\n")
    assert export(tmp_path / "none.db").stdout == ""


def test_what_a_crawl_writes_meanwhile_is_not_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = store_of(tmp_path / "data", {"attendees": [ANNA]}, {})
    write = snapshot.write_rows

    def written(*arguments: Any) -> int:
        number = write(*arguments)
        change(folder / "thaigov.db", "DELETE FROM people")
        return number

    monkeypatch.setattr(snapshot, "write_rows", written)
    with closing(Store.open(f"sqlite:///{folder / 'thaigov.db'}")) as store:
        assert snapshot.write(store, tmp_path / "news.db") == 2
    assert query_database(folder / "thaigov.db", "SELECT count(*) FROM people") == [(0,)]
    assert query_database(tmp_path / "news.db", "SELECT name FROM people") == [(ANNA.name,)]
