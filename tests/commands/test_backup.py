"""`scrapy backup`: a copy of a database that may be in use."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.support.commands import EndedCrawl, crawl, query_database, scrapy, started
from tests.support.earlier import make_as_of_version
from tests.support.waiting import wait_until
from tests.support.warcs import warc_of
from tests.support.watching import halted


def backup(folder: Path, file: Path | str):
    return scrapy("backup", f"-sTHAIGOV_DIR={folder}", str(file))


def export(file: Path) -> str:
    done = scrapy("export", f"-sTHAIGOV_DATABASE=sqlite:///{file}")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_copy_is_one_file_that_holds_all(sample_run: EndedCrawl, tmp_path: Path) -> None:
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
    path = warc_of(range(1, 150)).write(tmp_path / "pages.warc.gz")
    folder, file = tmp_path / "data", tmp_path / "copy.db"
    with halted(50, folder, f"warc:{path}") as process:
        process.send_signal(signal.SIGCONT)
        assert backup(folder, file).returncode == 0
        assert process.wait() == 0
    held = [json.loads(line)["id"] for line in export(file).splitlines()]
    assert held == list(range(1, len(held) + 1))
    assert len(held) >= 50
    assert query_database(folder / "thaigov.db", "SELECT count(*) FROM articles") == [(149,)]
    # Restored elsewhere, as the README says, a run goes on from there.
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(file, restored / "thaigov.db")
    run = crawl(restored, source=f"warc:{path}")
    assert (run.status, run.outcomes["unchanged"]) == (0, len(held))
    assert run.rows("SELECT count(*) FROM articles") == [(149,)]
    file = tmp_path / "fresh.db"
    for _ in range(2):  # the second in the place of the first
        assert backup(restored, file).returncode == 0
    assert len(export(file).splitlines()) == 149


def test_a_database_of_an_earlier_version_is_copied_as_it_is(sample_run: EndedCrawl, tmp_path: Path) -> None:
    old = tmp_path / "thaigov.db"
    assert backup(sample_run.folder, old).returncode == 0
    make_as_of_version(old, 1)
    assert backup(tmp_path, tmp_path / "copy.db").returncode == 0
    for file in (old, tmp_path / "copy.db"):
        assert query_database(file, "SELECT version FROM schema_version") == [(1,)]
    assert len(export(tmp_path / "copy.db").splitlines()) == 33


@pytest.mark.parametrize("name", ["thaigov.db", "thaigov.db-wal", "thaigov.db-shm", "link.db", "same.db"])
def test_the_database_itself_is_refused(sample_run: EndedCrawl, tmp_path: Path, name: str) -> None:
    shutil.copytree(sample_run.folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "link.db").symlink_to("thaigov.db")
    os.link(tmp_path / "thaigov.db", tmp_path / "same.db")
    before = (tmp_path / "thaigov.db").read_bytes()
    done = backup(tmp_path, tmp_path / name)
    assert done.returncode == 2
    assert "is the database itself, or belongs to it: name another file" in done.stderr
    assert (tmp_path / "thaigov.db").read_bytes() == before


def test_what_is_no_backup_is_not_replaced(sample_run: EndedCrawl, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("something of mine, and no database")
    done = backup(sample_run.folder, tmp_path / "notes")
    assert done.returncode == 2
    assert "exists, but is not a backup, or a command has opened it since: name another file" in done.stderr
    assert (tmp_path / "notes").read_text() == "something of mine, and no database"
    os.mkfifo(tmp_path / "pipe")
    for place, what in (
        (tmp_path, "a folder: name a file in it"),
        (tmp_path / "pipe", "a device or a pipe: name a file"),
    ):
        done = backup(sample_run.folder, place)
        assert (done.returncode, done.stderr) == (1, f"backup: {place}: is {what}\n")


def test_another_database_is_not_replaced(sample_run: EndedCrawl, tmp_path: Path) -> None:
    """One of another program, whatever its journal mode, and a store, which may be where somebody works."""
    names = ("delete", "wal", "store", "odd #1?%41")
    for name in names:
        with sqlite3.connect(tmp_path / name) as connection:
            connection.execute("CREATE TABLE mine (a)")
        connection.close()
    query_database(tmp_path / "wal", "PRAGMA journal_mode = WAL")
    shutil.copy(sample_run.folder / "thaigov.db", tmp_path / "store")
    before = contents(tmp_path)
    for name in names:
        done = backup(sample_run.folder, tmp_path / name)
        assert done.returncode == 2
        assert "exists, but is not a backup, or a command has opened it since: name another file" in done.stderr
    assert contents(tmp_path) == before


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_name_with_signs_that_mean_something_in_an_address(sample_run: EndedCrawl, tmp_path: Path) -> None:
    folder, file = tmp_path / "data #1?%41 ข่าว", tmp_path / "copy #1?%41 ข่าว.db"
    shutil.copytree(sample_run.folder, folder)
    for _ in range(2):
        assert backup(folder, file).returncode == 0


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_where_another_database_left_something_nothing_is_written(
    sample_run: EndedCrawl, tmp_path: Path, suffix: str
) -> None:
    """SQLite would take it for changes to the copy."""
    file, left = tmp_path / "copy.db", tmp_path / f"copy.db{suffix}"
    assert backup(sample_run.folder, file).returncode == 0
    left.write_bytes(b"left")
    (tmp_path / "link.db").symlink_to(file)
    before = contents(tmp_path)
    for name in (file, tmp_path / "link.db"):
        done = backup(sample_run.folder, name)
        assert done.returncode == 2
        said = f"{name} is in use, or was left by a program that was killed: name another file, or remove {left}\n"
        assert done.stderr.endswith(said)
    assert contents(tmp_path) == before
    file.unlink()
    assert backup(sample_run.folder, file).returncode == 2
    assert not file.exists()


def test_a_backup_keeps_its_permissions(sample_run: EndedCrawl, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    assert backup(sample_run.folder, file).returncode == 0
    file.chmod(0o600)
    assert backup(sample_run.folder, file).returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_copy_that_cannot_be_written_names_its_file(sample_run: EndedCrawl, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    done = scrapy("backup", f"-sTHAIGOV_DIR={sample_run.folder}", str(file), limit=100_000)
    said = "the copy cannot be written: disk I/O error (free some space, or name a file on another disk)"
    assert (done.returncode, done.stderr) == (1, f"backup: {file}: {said}\n")
    assert not list(tmp_path.iterdir())


def test_sigterm_leaves_nothing_behind(sample_run: EndedCrawl, tmp_path: Path) -> None:
    folder, target = shutil.copytree(sample_run.folder, tmp_path / "data"), tmp_path / "copies"
    target.mkdir()
    with sqlite3.connect(folder / "thaigov.db") as connection:  # so large that copying it takes a while
        many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
        connection.execute(f"CREATE TABLE padding AS {many} SELECT i, randomblob(2000) AS bytes FROM n")
    connection.close()
    said = tmp_path / "said"
    with (
        said.open("wb") as file,
        started("backup", f"-sTHAIGOV_DIR={folder}", str(target / "copy.db"), stderr=file) as process,
    ):
        wait_until(lambda: list(target.glob(".*/copy.db")))
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 1
    assert said.read_text("utf-8") == "backup: interrupted; run it again\n"
    assert not list(target.iterdir())


def test_the_database_is_only_read(sample_run: EndedCrawl, tmp_path: Path) -> None:
    """Also one of another program, which is told from ours."""
    ours, others, other = tmp_path / "ours", tmp_path / "others", tmp_path / "others" / "thaigov.db"
    shutil.copytree(sample_run.folder, ours)
    others.mkdir()
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (a)")
    connection.close()
    for mode in ("DELETE", "WAL"):
        for folder in (ours, others):
            query_database(folder / "thaigov.db", f"PRAGMA journal_mode = {mode}")
        before = contents(ours), contents(others)
        assert backup(ours, tmp_path / "copy.db").returncode == 0
        done = backup(others, tmp_path / "none.db")
        said = "is another program's, or empty: set another THAIGOV_DIR or THAIGOV_DATABASE."
        assert (done.returncode, done.stderr) == (1, f"backup: The database sqlite:///{other} {said}\n")
        assert (contents(ours), contents(others)) == before


def test_a_damaged_database_leaves_the_earlier_backup(sample_run: EndedCrawl, tmp_path: Path) -> None:
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
    assert "The copy was not kept" in line or "cannot be copied" in line
    assert file.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"data", "copy.db"}


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        (
            "THAIGOV_DATABASE=postgresql://me:secret@localhost/news",
            "pg_dump --format=custom --file=news.dump 'postgresql://me@localhost/news'",
        ),
        ("THAIGOV_DATABASE=sqlite://", "The database is in memory"),
        ("THAIGOV_DATABASE=sqlite:///file:none/thaigov.db?uri=true", "unable to open database file"),
        ("THAIGOV_DATABASE=sqlite:///x.db?timeout=abc", "There is no database x.db"),
        ("THAIGOV_DATABASE=sqlite:///README.md?timeout=abc", "cannot be used: could not convert string"),
        ("THAIGOV_DATABASE=no url", "THAIGOV_DATABASE is not a database URL"),
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


def test_a_folder_that_is_not_there(sample_run: EndedCrawl, tmp_path: Path) -> None:
    file = tmp_path / "none" / "copy.db"
    done = backup(sample_run.folder, file)
    assert (done.returncode, done.stderr) == (1, f"backup: {file}: No such file or directory\n")


@pytest.mark.parametrize("arguments", [[], ["one", "two"], [""]])
def test_one_file_is_named(arguments: list[str]) -> None:
    done = scrapy("backup", *arguments)
    assert done.returncode == 2
    assert "name one file, as in: scrapy backup thaigov-backup.db" in done.stderr
