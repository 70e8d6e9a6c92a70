"""`scrapy export`."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import TIMEOUT, EndedCrawl, piped, scrapy, started
from tests.support.stores import store_of
from tests.support.terminals import on_a_terminal
from thaigov_crawler.exports import FORMATS
from thaigov_crawler.items import Person


def export(run: EndedCrawl, *options: str, **how: Any):
    return scrapy("export", f"-sTHAIGOV_DIR={run.folder}", *options, **how)


def test_the_table_is_what_the_journal_of_a_fresh_run_holds(sample_run: EndedCrawl) -> None:
    done = export(sample_run)
    assert done.returncode == 0
    journal = (sample_run.folder / "thaigov.jsonl").read_text("utf-8").splitlines()
    assert done.stdout.splitlines() == sorted(journal, key=lambda line: json.loads(line)["id"])


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_store_gives_the_same_bytes(sample_run: EndedCrawl, tmp_path: Path, form: str) -> None:
    one, two = tmp_path / f"one.{form.upper()}", tmp_path / "two"
    for options in (("-o", str(one)), ("--format", form, "-o", str(two))):
        assert export(sample_run, *options).returncode == 0
    assert one.read_bytes() == two.read_bytes()
    assert stat.S_IMODE(one.stat().st_mode) == 0o666 & ~current_umask()


def test_a_file_of_another_ending_holds_json_lines(sample_run: EndedCrawl, tmp_path: Path) -> None:
    assert export(sample_run, "-o", str(tmp_path / "news.json")).returncode == 0
    assert (tmp_path / "news.json").read_text("utf-8") == export(sample_run).stdout


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_ids_limit_it(sample_run: EndedCrawl) -> None:
    done = export(sample_run, "--ids", "990001-990003,990040-")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [990001, 990002, 990003, 990040]


def test_a_file_that_cannot_be_written_leaves_nothing(sample_run: EndedCrawl, tmp_path: Path) -> None:
    done = export(sample_run, "-o", str(tmp_path / "no" / "folder"))
    assert done.returncode == 1
    assert done.stderr == f"export: {tmp_path / 'no' / 'folder'}: No such file or directory\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", ["jsonl", "csv", "txt"])
def test_a_write_that_fails_leaves_the_file_there_was(sample_run: EndedCrawl, tmp_path: Path, form: str) -> None:
    (tmp_path / "news").write_text("before")
    done = export(
        sample_run,
        *("--format", form, "-o", str(tmp_path / "news")),
        limit=40_000,
    )
    assert done.returncode == 1
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["news"]
    assert (tmp_path / "news").read_text() == "before"


def test_a_kill_leaves_the_file_there_was_or_the_new_one_whole(sample_run: EndedCrawl, tmp_path: Path) -> None:
    target = tmp_path / "news.jsonl"
    target.write_text("before")
    whole = export(sample_run).stdout
    with started("export", f"-sTHAIGOV_DIR={sample_run.folder}", "-o", str(target)) as process:
        while process.poll() is None and not list(tmp_path.glob(".news.jsonl.*")):
            time.sleep(0.001)
        process.kill()
    assert target.read_text("utf-8") in ("before", whole)


def test_a_link_is_followed_and_a_pipe_written_to(sample_run: EndedCrawl, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    assert export(sample_run, "-o", str(tmp_path / "link")).returncode == 0
    assert (tmp_path / "link").is_symlink()
    os.mkfifo(tmp_path / "pipe")
    with (
        (tmp_path / "read").open("wb") as read,
        subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=read) as reader,
    ):
        assert export(sample_run, "-o", str(tmp_path / "pipe")).returncode == 0
        assert reader.wait(TIMEOUT) == 0
    assert (tmp_path / "read").read_bytes() == (tmp_path / "target").read_bytes()


ARTICLES = (
    {
        "date_published": "2024-12-31",
        "section": "ด้านสังคม",
        "attendees": [Person("นาย", "ณรงค์ศักดิ์ ใจงาม", "ปลัด")],
        "mentions": [Person("นาง", "ณรงค์ ใจงาม", None)],
    },
    {
        "date_published": "2025-01-01",
        "section": "ด้านสังคม",
        "attendees": [Person("ดร.", "ณรงค์ ใจงาม", None)],
        "mentions": [Person("พลเอก", "นรงค์ศักดิ ใจงาม", None)],
    },
    {"date_published": "2025-01-02", "section": "ด้านเศรษฐกิจ"},
    {"date_published": "2025-01-03", "section": None},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of ARTICLES."""
    return store_of(tmp_path_factory.mktemp("chosen"), *ARTICLES)


def chosen(folder: Path, *options: str) -> list[int]:
    """The IDs of the articles that the options choose."""
    done = scrapy("export", f"-sTHAIGOV_DIR={folder}", *options)
    assert done.returncode == 0, done.stderr
    return [json.loads(line)["id"] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (("--since", "2025-01-01"), [2, 3, 4]),
        (("--until", "2025-01-01"), [1, 2]),
        (("--since", "2025-01-01", "--until", "2025-01-01"), [2]),
        (("--section", "ด้านสังคม"), [1, 2]),
        (("--section", "ด้านสังคม", "--since", "2025-01-01", "--ids", "2-"), [2]),
        (("--ids", "1,3", "--until", "2025-01-02"), [1, 3]),
        (("--person", "ณรงค์ศักดิ์ ใจงาม"), [1, 2]),
        (("--person", "นายณรงค์ศักดิ์  ใจงาม", "--since", "2025-01-01"), [2]),
        (("--person", "ณรงค์ศักดิ์ ใจกว้าง"), []),
    ],
)
def test_what_is_chosen_fulfils_all_that_is_asked(folder: Path, options: tuple[str, ...], ids: list[int]) -> None:
    assert chosen(folder, *options) == ids


def test_one_of_several_with_the_same_body(tmp_path: Path) -> None:
    news, picture = "ข่าวเดียวกัน" * 20, "..."
    folder = store_of(
        tmp_path,
        {"body": news, "title": "ก"},
        {"body": "อีกข่าวหนึ่ง" * 20},
        {"body": news, "title": "ข"},
        {"body": picture, "title": "ก"},
        {"body": picture, "title": "ข"},
        {"body": picture, "title": "ก"},
        {"body": news},
    )
    assert chosen(folder, "--unique") == [1, 2, 4, 5]
    assert chosen(folder, "--unique", "--ids", "2-") == [2, 3, 4, 5]


def test_a_section_that_is_not_there_is_told(folder: Path) -> None:
    done = scrapy("export", f"-sTHAIGOV_DIR={folder}", "--section", "ด้านสังค")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "export: no stored article matches",
        "export: no stored article is in the section 'ด้านสังค'; the nearest are: ด้านสังคม, ด้านเศรษฐกิจ",
    ]


def test_many_ids_are_no_trouble(sample_run: EndedCrawl) -> None:
    done = export(sample_run, "--ids", ",".join(str(number) for number in range(987_041, 990_041, 2)))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()][:2] == [990001, 990003]


def test_nothing_to_export_is_told(sample_run: EndedCrawl) -> None:
    done = export(sample_run, "--ids", "1-3")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "export: no stored article matches\n"


@pytest.mark.parametrize("form", FORMATS)
def test_a_reader_may_stop_early(tmp_path: Path, form: str) -> None:
    folder = store_of(tmp_path, *({"body": os.urandom(50_000).hex()} for _ in range(10)))
    status, content, said = piped("export", f"-sTHAIGOV_DIR={folder}", "--format", form, most=3)
    assert (status, len(content), said) == (0, 3, "")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--ids", "x"), "argument ids: 'x' is not allowed"),
        (("--since", "yesterday"), "--since 'yesterday': must be a day, as in 2026-11-23"),
        (("--until", "2568-01-01"), "--until '2568-01-01': days are those of the Common Era, 2025 for 2568"),
        (("--since", "2025-01-02", "--until", "2025-01-01"), "--since 2025-01-02 is later than --until 2025-01-01"),
        (("--person", "ณรงค์"), "--person 'ณรงค์': must be a given name and a surname, both in full"),
        (("--format", "xlsx"), "--format 'xlsx': must be one of jsonl, csv, parquet, txt"),
        (("--preset", "x", "-o", "y"), "--preset 'x': must be one of "),
    ],
)
def test_bad_options_are_named(sample_run: EndedCrawl, options: tuple[str, ...], said: str) -> None:
    done = export(sample_run, *options)
    assert done.returncode == 2
    assert said in done.stderr


def test_parquet_is_not_for_a_terminal(sample_run: EndedCrawl) -> None:
    status, said = on_a_terminal("export", f"-sTHAIGOV_DIR={sample_run.folder}", "--format", "parquet")
    assert status == 2
    assert "is not for a terminal: name a file, as in -o news.parquet" in said


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    done = scrapy("export", f"-sTHAIGOV_DIR={tmp_path}")
    assert done.returncode == 1
    assert re.fullmatch("export: There is no database .*: run `scrapy crawl thaigov` first.*\n", done.stderr)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["thaigov.db", "thaigov.db-wal", "thaigov.db-shm", "thaigov.jsonl", "link.csv"])
def test_the_files_of_the_crawl_are_not_replaced(sample_run: EndedCrawl, tmp_path: Path, name: str) -> None:
    run = replace(sample_run, folder=shutil.copytree(sample_run.folder, tmp_path / "data"))
    (run.folder / "link.csv").symlink_to("thaigov.db")
    before = {path: path.read_bytes() for path in run.folder.glob("thaigov.*")}
    done = export(run, "-o", str(run.folder / "." / name))
    assert done.returncode == 2
    assert "is a crawl's own file, which the export would replace: name another" in done.stderr
    assert {path: path.read_bytes() for path in run.folder.glob("thaigov.*")} == before


def test_no_name_is_no_file(sample_run: EndedCrawl) -> None:
    done = export(sample_run, "-o", "")
    assert (done.returncode, done.stdout) == (2, "")
    assert "-o '': name a file" in done.stderr
