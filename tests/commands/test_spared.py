"""No command writes over what a crawl keeps: the database, the journal and the recordings."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.support.commands import EndedCrawl, query_database, scrapy

SAID = "is a crawl's own file, which the "


@pytest.fixture
def data(sample_run: EndedCrawl, tmp_path: Path) -> Path:
    """Make a store with a recording, and links to what is in it."""
    folder = tmp_path / "data"
    shutil.copytree(sample_run.folder, folder)
    (folder / "warc").mkdir()
    (folder / "warc" / "thaigov-1.warc.gz").write_bytes(b"a recording")
    (tmp_path / "link").symlink_to(folder / "thaigov.db")
    (tmp_path / "linked").symlink_to(folder)
    os.link(folder / "thaigov.db", tmp_path / "same.html")
    os.link(folder / "thaigov.jsonl", tmp_path / "journal.html")
    os.link(folder / "warc" / "thaigov-1.warc.gz", tmp_path / "recording.html")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    # What SQLite keeps beside the database comes and goes with who reads.
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


OWN = [
    "data/thaigov.db",
    "data/thaigov.db-wal",
    "data/thaigov.db-journal",
    "data/thaigov.jsonl",
    "data/warc/thaigov-1.warc.gz",
    "data/warc/page.html",
    "data/warc",
    "data/sample/thaigov.db",  # of the sample, which is not there yet
    "data/sample/thaigov.jsonl",
    "link",
    "linked/../data/./thaigov.db",
    "same.html",
    "journal.html",
    "recording.html",
]


@pytest.mark.parametrize("name", OWN)
def test_a_page_replaces_nothing_of_the_crawl(data: Path, name: str) -> None:
    before = contents(data.parent)
    done = scrapy("coverage", f"-sTHAIGOV_DIR={data}", "--html", str(data.parent / name))
    assert done.returncode == 2
    assert f"{SAID}page would replace: name another" in done.stderr
    assert contents(data.parent) == before


@pytest.mark.parametrize("name", OWN)
def test_a_feed_replaces_nothing_of_the_crawl(data: Path, name: str) -> None:
    before = contents(data.parent)
    options = ("-asource=sample", f"-sTHAIGOV_DIR={data}", "-O", f"{data.parent / name}:jsonlines")
    done = scrapy("crawl", "thaigov", *options)
    assert done.returncode == 2
    assert f"{SAID}feed would replace: name another" in done.stderr
    assert contents(data.parent) == before


@pytest.mark.parametrize("feed", ["file://{}/thaigov.db:csv", "journal:{}/thaigov.db:jsonlines"])
def test_nor_does_one_that_is_named_by_an_address(data: Path, feed: str) -> None:
    before = contents(data)
    done = scrapy("crawl", "thaigov", "-asource=sample", f"-sTHAIGOV_DIR={data}", "-o", feed.format(data))
    assert done.returncode == 2
    assert SAID in done.stderr
    assert contents(data) == before


def test_a_name_that_is_known_only_in_the_run_ends_it(data: Path) -> None:
    before = (data / "thaigov.db").read_bytes()
    options = ("-asource=sample", f"-sTHAIGOV_DIR={data}", "-O", f"{data}/%(name)s.db:jsonlines")
    done = scrapy("crawl", "thaigov", *options)
    assert done.returncode == 2, done.stderr
    assert "thaigov.db is a crawl's own file, which it would replace: name another" in done.stderr
    assert "Traceback" not in done.stderr
    assert (data / "thaigov.db").read_bytes() == before


@pytest.mark.parametrize("option", ["--logfile", "--pidfile", "--profile"])
@pytest.mark.parametrize("name", ["thaigov.db", "thaigov.jsonl"])
def test_nor_do_files_of_scrapys_own(data: Path, option: str, name: str) -> None:
    before = contents(data)
    done = scrapy("runs", f"-sTHAIGOV_DIR={data}", option, str(data / name))
    assert done.returncode == 2
    assert f"{option} {str(data / name)!r}: {SAID}" in done.stderr
    assert contents(data) == before


def test_the_process_id_is_written_elsewhere(data: Path) -> None:
    assert scrapy("runs", f"-sTHAIGOV_DIR={data}", "--pidfile", str(data / "pid")).returncode == 0
    assert int((data / "pid").read_text())


@pytest.mark.parametrize("database", ["sqlite:///file:{}?uri=true", "sqlite:///file:{}?mode=rw&uri=true"])
@pytest.mark.parametrize(
    "command", [("export", "-o"), ("coverage", "--html"), ("backup",)], ids=lambda command: command[0]
)
def test_a_database_that_an_uri_names_is_one(
    sample_run: EndedCrawl, tmp_path: Path, database: str, command: tuple[str, ...]
) -> None:
    file = tmp_path / "news file.db"
    shutil.copy(sample_run.folder / "thaigov.db", file)
    settings = f"-sTHAIGOV_DATABASE={database.format(file)}"
    for name in (str(file), f"{file}-wal"):
        done = scrapy(command[0], settings, *command[1:], name)
        assert done.returncode == 2
        assert "crawl's own file" in done.stderr or "the database itself" in done.stderr
    assert query_database(file, "SELECT count(*) FROM articles") == [(33,)]


def test_a_store_of_other_settings_is_spared_too(data: Path) -> None:
    before = contents(data.parent)
    shutil.copy(data / "thaigov.db", data.parent / "other.db")
    for command in (("coverage", "--html"), ("export", "-o")):
        done = scrapy(command[0], f"-sTHAIGOV_DIR={data}", command[1], str(data.parent / "other.db"))
        assert done.returncode == 2
        assert SAID in done.stderr
    (data.parent / "other.db").unlink()
    assert contents(data.parent) == before


def test_a_backup_takes_no_place_that_the_next_crawl_writes_to(data: Path) -> None:
    (data / "thaigov.jsonl").unlink()
    for name in ("thaigov.jsonl", "warc/copy.db", "sample/thaigov.db"):
        done = scrapy("backup", f"-sTHAIGOV_DIR={data}", str(data / name))
        assert done.returncode == 2
        assert f"{SAID}backup would replace" in done.stderr
        assert not (data / name).exists()
