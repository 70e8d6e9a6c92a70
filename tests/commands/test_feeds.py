"""The files of `-o` and `-O`: what `scrapy export` writes, and whole however often they are appended to."""

from __future__ import annotations

import csv
import json
import marshal
from pathlib import Path

import pyarrow.parquet
import pytest

from tests.support.commands import scrapy
from tests.support.warcs import Warc, address, page
from thaigov_crawler.settings import FEEDS


def warc(path: Path, *article_ids: int) -> str:
    """Write a file of articles whose headlines are formulas. Return the option that names it."""
    written = Warc()
    for number in article_ids:
        written.response(address(number), body=page(number, headline=f"=cmd|' /C calc'!A{number}"))
    return f"-asource=warc:{written.write(path)}"


@pytest.mark.parametrize("form", ["csv", "parquet", "txt", "jsonl"])
def test_a_feed_is_what_export_writes(tmp_path: Path, form: str) -> None:
    data = f"-sTHAIGOV_DIR={tmp_path / 'data'}"
    feed, export = tmp_path / f"feed.{form}", tmp_path / f"export.{form}"
    done = scrapy("crawl", "thaigov", warc(tmp_path / "a.warc.gz", 1, 2, 3), data, "-O", str(feed))
    assert done.returncode == 0, done.stderr
    assert scrapy("export", data, "-o", str(export)).returncode == 0
    if form == "parquet":
        assert pyarrow.parquet.read_table(feed).equals(pyarrow.parquet.read_table(export))
    else:
        assert feed.read_bytes() == export.read_bytes()
    if form == "csv":
        with feed.open(newline="", encoding="utf-8") as file:
            assert [row["title"][:2] for row in csv.DictReader(file)] == ["'="] * 3


@pytest.mark.parametrize("form", ["json", "csv", "txt", "jsonl"])
def test_what_is_appended_to_stays_one_file(tmp_path: Path, form: str) -> None:
    data, feed, export = f"-sTHAIGOV_DIR={tmp_path / 'data'}", tmp_path / f"feed.{form}", tmp_path / f"export.{form}"
    one, more = warc(tmp_path / "a.warc.gz", 1, 2), warc(tmp_path / "b.warc.gz", 1, 2, 3)
    assert scrapy("crawl", "thaigov", one, data, "-o", str(feed)).returncode == 0
    before = feed.read_bytes()
    assert scrapy("crawl", "thaigov", one, data, "-o", str(feed)).returncode == 0
    assert feed.read_bytes() == before
    assert scrapy("crawl", "thaigov", more, data, "-o", str(feed)).returncode == 0
    if form == "json":
        assert [article["id"] for article in json.loads(feed.read_bytes())] == [1, 2, 3]
    else:
        assert scrapy("export", data, "-o", str(export)).returncode == 0
        assert feed.read_bytes() == export.read_bytes()


def test_an_empty_array_goes_on(tmp_path: Path) -> None:
    data, feed = f"-sTHAIGOV_DIR={tmp_path / 'data'}", tmp_path / "feed.json"
    feed.write_text("[]\n")
    assert scrapy("crawl", "thaigov", warc(tmp_path / "a.warc.gz", 1), data, "-o", str(feed)).returncode == 0
    assert [article["id"] for article in json.loads(feed.read_bytes())] == [1]


@pytest.mark.parametrize("form", ["parquet", "xml"])
def test_what_is_written_whole_is_not_appended_to(tmp_path: Path, form: str) -> None:
    feed = tmp_path / f"feed.{form}"
    feed.write_bytes(b"something")
    done = scrapy("crawl", "thaigov", "-asource=sample", f"-sTHAIGOV_DIR={tmp_path / 'data'}", "-o", str(feed))
    assert done.returncode == 2
    assert f"{form} cannot be appended to: name another file, or use -O" in done.stderr
    assert feed.read_bytes() == b"something"


def test_a_run_that_finds_nothing_new_replaces_the_file_all_the_same(tmp_path: Path) -> None:
    data, feed = f"-sTHAIGOV_DIR={tmp_path / 'data'}", tmp_path / "feed.csv"
    one = warc(tmp_path / "a.warc.gz", 1)
    for lines in (2, 1):  # the names of the fields alone
        assert scrapy("crawl", "thaigov", one, data, "-O", str(feed)).returncode == 0
        with feed.open(newline="", encoding="utf-8") as file:
            assert len(list(csv.reader(file))) == lines


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "parquet", "txt", "xml"])
def test_a_feed_that_cannot_be_written_is_told_and_costs_no_other(tmp_path: Path, form: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    names = ["/dev/full", str(tmp_path / "folder"), str(tmp_path / "file" / "feed")]
    feeds = {f"{name}": {"format": form} for name in names} | {str(tmp_path / "good.csv"): {"format": "csv"}}
    data = tmp_path / "data"
    one = warc(tmp_path / "a.warc.gz", 1, 2, 3)
    done = scrapy("crawl", "thaigov", one, f"-sTHAIGOV_DIR={data}", f"-sFEEDS={json.dumps({**feeds, **FEEDS})}")
    assert done.returncode == 1
    assert done.stderr.count(" cannot be written: ") == len(names)
    assert "3 feed(s) could not be written: see the errors in the log" in done.stderr
    assert len((data / "thaigov.jsonl").read_text("utf-8").splitlines()) == 3
    with (tmp_path / "good.csv").open(newline="", encoding="utf-8") as file:
        assert len(list(csv.reader(file))) == 4


def test_marshal_has_every_article(tmp_path: Path) -> None:
    feed = tmp_path / "feed.marshal"
    one = warc(tmp_path / "a.warc.gz", 1, 2)
    done = scrapy("crawl", "thaigov", one, f"-sTHAIGOV_DIR={tmp_path / 'data'}", "-O", str(feed))
    assert done.returncode == 0
    with feed.open("rb") as file:
        assert [marshal.load(file)["id"] for _ in range(2)] == [1, 2]
