"""`scrapy backup`: a copy of a database that may be in use."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.commands.test_crawl import start, wait_for_articles
from tests.runs import Run, crawl, query_database, scrapy
from tests.store.test_upgrades import make_as_of_version
from tests.warcs import warc_of


def backup(folder: Path, file: Path | str):
    return scrapy("backup", f"-sTHAIGOV_DIR={folder}", str(file))


def export(file: Path) -> str:
    done = scrapy("export", f"-sTHAIGOV_DATABASE=sqlite:///{file}")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_copy_is_one_file_that_holds_all(sample_run: Run, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    done = backup(sample_run.folder, file)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{file}: 33 articles, {file.stat().st_size:,} bytes, checked\n"
    assert list(tmp_path.iterdir()) == [file]
    assert query_database(file, "PRAGMA journal_mode") == [("delete",)]
    read_only = sqlite3.connect(f"file:{file}?immutable=1", uri=True)  # what a -wal held would be missing
    assert read_only.execute("SELECT count(*) FROM articles").fetchone() == (33,)
    read_only.close()
    assert export(file) == scrapy("export", f"-sTHAIGOV_DIR={sample_run.folder}").stdout


def test_while_a_crawl_writes(tmp_path: Path) -> None:
    path = warc_of(range(1, 1500)).write(tmp_path / "pages.warc.gz")
    folder, file = tmp_path / "data", tmp_path / "copy.db"
    process = start(folder, path)
    try:
        wait_for_articles(folder / "thaigov.db", 50)
        assert backup(folder, file).returncode == 0
        assert process.wait(120) == 0
    finally:
        process.kill()
    held = [json.loads(line)["id"] for line in export(file).splitlines()]
    assert held == list(range(1, len(held) + 1))
    assert len(held) >= 50
    assert query_database(folder / "thaigov.db", "SELECT count(*) FROM articles") == [(1499,)]
    # Restored elsewhere, as the README says, a run goes on from there.
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(file, restored / "thaigov.db")
    run = crawl(restored, source=f"warc:{path}")
    assert (run.status, run.outcomes["unchanged"]) == (0, len(held))
    assert run.rows("SELECT count(*) FROM articles") == [(1499,)]
    assert backup(restored, file).returncode == 0  # in the place of the earlier one
    assert len(export(file).splitlines()) == 1499


def test_a_database_of_an_earlier_version_is_copied_as_it_is(sample_run: Run, tmp_path: Path) -> None:
    old = tmp_path / "thaigov.db"
    assert backup(sample_run.folder, old).returncode == 0
    make_as_of_version(old, 1)
    assert backup(tmp_path, tmp_path / "copy.db").returncode == 0
    for file in (old, tmp_path / "copy.db"):
        assert query_database(file, "SELECT version FROM schema_version") == [(1,)]
    assert len(export(tmp_path / "copy.db").splitlines()) == 33


@pytest.mark.parametrize("name", ["thaigov.db", "thaigov.db-wal", "thaigov.db-shm", "link.db", "same.db"])
def test_the_database_itself_is_refused(sample_run: Run, tmp_path: Path, name: str) -> None:
    shutil.copytree(sample_run.folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "link.db").symlink_to("thaigov.db")
    os.link(tmp_path / "thaigov.db", tmp_path / "same.db")
    before = (tmp_path / "thaigov.db").read_bytes()
    done = backup(tmp_path, tmp_path / name)
    assert done.returncode == 2
    assert "is the database itself, or belongs to it: name another file" in done.stderr
    assert (tmp_path / "thaigov.db").read_bytes() == before


def test_what_is_no_backup_is_not_replaced(sample_run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("something of mine, and no database")
    done = backup(sample_run.folder, tmp_path / "notes")
    assert done.returncode == 2
    assert "is there and is no backup: name another file" in done.stderr
    assert (tmp_path / "notes").read_text() == "something of mine, and no database"
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path, tmp_path / "pipe"):
        done = backup(sample_run.folder, place)
        assert (done.returncode, done.stderr) == (1, f"backup: {place}: is there and is no file\n")


def test_a_damaged_database_leaves_the_earlier_backup(sample_run: Run, tmp_path: Path) -> None:
    folder, file = tmp_path / "data", tmp_path / "copy.db"
    folder.mkdir()
    assert backup(sample_run.folder, file).returncode == 0
    before = file.read_bytes()
    pages = bytearray(before)
    for page in range(4, len(pages) // 4096 - 1, 2):
        pages[page * 4096 : page * 4096 + 900] = b"rubbish.." * 100
    (folder / "thaigov.db").write_bytes(pages)
    done = backup(folder, file)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "its copy was not kept" in line or "cannot be copied" in line
    assert file.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"data", "copy.db"}


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("THAIGOV_DATABASE=postgresql://me:secret@localhost/news", "use its own tool (PostgreSQL: pg_dump)"),
        ("THAIGOV_DATABASE=sqlite://", "The database is in memory"),
        ("THAIGOV_DATABASE=no url", "THAIGOV_DATABASE is no database URL"),
        ("THAIGOV_DIR=none", "There is no database none/thaigov.db: run `scrapy crawl thaigov` first"),
        ("THAIGOV_DATABASE=sqlite:///README.md", "file is not a database"),
    ],
)
def test_what_cannot_be_copied(tmp_path: Path, setting: str, said: str) -> None:
    done = scrapy("backup", f"-s{setting}", str(tmp_path / "copy.db"))
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert said in line
    assert "secret" not in line
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there(sample_run: Run, tmp_path: Path) -> None:
    file = tmp_path / "none" / "copy.db"
    done = backup(sample_run.folder, file)
    assert (done.returncode, done.stderr) == (1, f"backup: {file}: No such file or directory\n")


@pytest.mark.parametrize("arguments", [[], ["one", "two"]])
def test_one_file_is_named(arguments: list[str]) -> None:
    done = scrapy("backup", *arguments)
    assert done.returncode == 2
    assert "name one file, as in: scrapy backup thaigov-backup.db" in done.stderr
