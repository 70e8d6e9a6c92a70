"""`scrapy import-corpus`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import EndedCrawl, query_database, scrapy
from tests.support.corpora import corpus_text, put, write_corpus


def run_of(tmp_path: Path, *options: str) -> EndedCrawl:
    done = scrapy("import-corpus", *options, f"-sTHAIGOV_DIR={tmp_path / 'data'}")
    assert "Warning: " not in done.stderr, done.stderr
    return EndedCrawl(done.returncode, done.stderr, tmp_path / "data")


def test_it_is_a_run_like_any_other(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "in", range(1, 6))
    run = run_of(tmp_path, str(folder))
    assert (run.status, run.outcomes) == (0, {"stored": 5})
    assert run.rows("SELECT spider, source, json_extract(arguments, '$.source'), exit_status FROM runs") == [
        ("thaigov", "corpus", f"corpus:{folder}", 0)
    ]
    assert len(run.journal) == 5
    assert "Summary of the run" in run.log
    assert run_of(tmp_path, str(folder)).rows("SELECT planned FROM runs") == [(5,), (0,)]


def test_arguments_of_the_crawl_hold(tmp_path: Path) -> None:
    run = run_of(tmp_path, "-aids=2-3", str(write_corpus(tmp_path / "in", range(1, 6))))
    assert run.rows("SELECT id FROM articles") == [(2,), (3,)]


def test_a_third_that_is_damaged_makes_the_run_incomplete(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "in", range(1, 3))
    put(folder, "x_3.txt", corpus_text(3).replace("วันพุธที่ 1 มกราคม 2568", "วันที่"))
    run = run_of(tmp_path, str(folder))
    assert (run.status, run.outcomes) == (4, {"stored": 2, "malformed": 1})


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "name one folder of text files"),
        (("a", "b"), "name one folder of text files"),
        (("-asource=live", "a"), "leave -a source"),
        (("no/such/folder",), "there is no file or folder no/such/folder"),
        (("-aids=x", "README.md"), "argument"),
        (("README.md",), "neither a folder nor a .txt file"),
    ],
)
def test_bad_arguments_are_told_in_one_line(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    run = run_of(tmp_path, *options)
    assert (run.status, "Traceback" in run.log) == (2, False)
    assert said in run.log
    assert not (tmp_path / "data").exists()


def test_a_killed_import_goes_on(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "in", range(1, 6))
    run_of(tmp_path, "-sCLOSESPIDER_ITEMCOUNT=2", str(folder))
    (some,) = query_database(tmp_path / "data" / "thaigov.db", "SELECT count(*) FROM articles")[0]
    assert 0 < some <= 5
    run = run_of(tmp_path, str(folder))
    assert run.rows("SELECT count(*) FROM articles") == [(5,)]
    assert run.outcomes.get("stored", 0) == 5 - some
