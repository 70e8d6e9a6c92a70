"""Common Crawl as a source: a loopback server of indexes, and one of WARC files that warcio has written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import EndedCrawl, crawl, query_database, scrapy
from tests.support.crawls import SETTINGS, check_recording, commoncrawl, wayback
from tests.support.loopback.archive import Archive
from tests.support.loopback.crawls import LIST, CommonCrawl
from tests.support.loopback.relaunch import relaunch_article, relaunch_page
from tests.support.pywb import pywb_of_crawls
from tests.support.warcs import address, page

OLD, NEW = "20230302030405", "20240302030405"
EMPTY = b"<html><head><title></title></head><body></body></html>"
RELAUNCHED = relaunch_page(relaunch_article(1)).encode()


def held(run: EndedCrawl) -> list[tuple]:
    return run.rows("SELECT id, captured_at FROM articles ORDER BY id")


def questions(commons: CommonCrawl) -> list[str]:
    """The crawls that were asked, once for each question, in order."""
    return [logged.path[9:16] for logged in commons.index.asked("-index")]


def test_every_crawl_since_the_site_began_is_asked(tmp_path: Path, commons: CommonCrawl) -> None:
    for year in (2013, 2015, 2017, 2023, 2024):
        commons.crawl(year)
    commons.crawls[3].add(address(7), OLD, page(7, headline="เดิม"))
    commons.crawls[4].add(address(7), NEW, page(7))
    commons.crawls[2].add("http://thaigov.go.th/news/contents/ministry_details/5", "20170302030405", page(5))
    commons.crawls[1].add(address(1), "20150302030405", page(1))
    run = commoncrawl(tmp_path, commons)
    assert (run.status, run.outcomes) == (0, {"stored": 2})
    assert held(run) == [(5, "2017-03-02T03:04:05+00:00"), (7, "2024-03-02T03:04:05+00:00")]
    assert "Plan: 2 visits from commoncrawl, visit=missing; article IDs 5 to 7; at least 0:00:00" in run.log
    assert questions(commons) == ["2024-10", "2024-10", "2023-10", "2023-10", "2017-10", "2017-10"]
    assert len(commons.index.asked(LIST)) == 1
    assert run.rows("SELECT source, capture_url FROM articles WHERE id = 7") == [
        ("commoncrawl", f"{commons.data.url}/{commons.crawls[4].file}#bytes=0-{len(commons.crawls[4].content) - 1}")
    ]


def test_an_index_is_read_page_by_page(tmp_path: Path, commons: CommonCrawl) -> None:
    one = commons.crawl(2024)
    for article_id in range(1, 26):
        one.add(address(article_id), NEW, page(article_id))
    assert commoncrawl(tmp_path, commons).outcomes == {"stored": 25}
    asked = [re.search(r"(showNumPages|page)=(\w+)", logged.path).groups() for logged in commons.index.asked("-index")]
    assert asked == [("showNumPages", "true"), ("page", "0"), ("page", "1"), ("page", "2")]


def test_the_next_night_asks_only_new_crawls(tmp_path: Path, commons: CommonCrawl) -> None:
    commons.crawl(2023).add(address(1), OLD, page(1))
    commons.crawl(2022)  # it has none
    commons.crawl(2023, 50, end="2099-01-01T00:00:00").add(address(2), NEW, page(2))  # it is not finished
    assert commoncrawl(tmp_path, commons).outcomes == {"stored": 2}
    commons.index.log.clear()
    commons.data.log.clear()
    commons.crawl(2024).add(address(3), NEW, page(3))
    second = commoncrawl(tmp_path, commons)
    assert second.outcomes == {"stored": 1}
    assert questions(commons) == ["2024-10", "2024-10", "2023-50", "2023-50"]
    assert (
        "Common Crawl lists 4 crawls: 0 ended before the site had such pages, 2 are known, 2 are asked now"
        in second.log
    )
    assert "2 article IDs are known" in second.log
    assert len(commons.data.log) == 1
    commons.index.log.clear()
    assert commoncrawl(tmp_path, commons, visit="all").outcomes == {"unchanged": 3}
    assert questions(commons) == ["2023-50", "2023-50"]
    assert second.rows("SELECT article_id, newest FROM listed ORDER BY 1 LIMIT 2") == [
        (1, "2023-03-02T03:04:05+00:00"),
        (2, "2024-03-02T03:04:05+00:00"),
    ]


def test_what_is_asked_for_is_what_is_visited(tmp_path: Path, commons: CommonCrawl) -> None:
    one = commons.crawl(2024)
    for article_id in (96700, 96742, 96800, 9670):
        one.add(address(article_id), NEW, page(article_id))
    one.add(f"{address(96701)}/undefined", NEW, page(1))
    one.add(address(96702), NEW, b"%PDF", content_type="application/pdf")
    one.add(address(96703), NEW, b"", status=404)
    run = commoncrawl(tmp_path, commons, ids="96700-96799")
    assert [article_id for article_id, _ in held(run)] == [96700, 96742]
    assert "98 of those asked for were never captured" in run.log
    commons.index.log.clear()
    again = commoncrawl(tmp_path, commons)
    assert [article_id for article_id, _ in held(again)] == [9670, 96700, 96742, 96800]
    assert questions(commons) == []


def test_only_newer_captures_are_fetched_to_find_edits(tmp_path: Path, commons: CommonCrawl) -> None:
    commons.crawl(2023).add(address(1), OLD, page(1))
    commons.crawls[0].add(address(2), OLD, page(2))
    commoncrawl(tmp_path, commons)
    commons.crawl(2024).add(address(1), NEW, page(1, headline="แก้ไข"))
    commons.crawls[1].add(address(2), NEW, page(2))
    commons.data.log.clear()
    run = commoncrawl(tmp_path, commons, ids="1-2", visit="recheck")
    assert run.outcomes == {"stored": 1}
    assert run.rows("SELECT title FROM articles WHERE id = 1") == [("แก้ไข",)]
    assert len(commons.data.log) == 1


def test_every_capture_is_read_as_history(tmp_path: Path, commons: CommonCrawl) -> None:
    for year, headline in ((2021, "หนึ่ง"), (2022, "สอง"), (2023, "สอง"), (2024, "สาม")):
        commons.crawl(year).add(address(1), f"{year}0302030405", page(1, headline=headline))
    run = commoncrawl(tmp_path, commons, captures="all")
    assert run.outcomes == {"stored": 3}
    assert run.rows("SELECT title, captured_at FROM articles") == [("สาม", "2024-03-02T03:04:05+00:00")]
    assert run.rows("SELECT substr(captured_at, 1, 4) FROM revisions ORDER BY 1") == [("2021",), ("2023",)]


def test_between_archives_the_newest_capture_is_the_article(tmp_path: Path, commons: CommonCrawl) -> None:
    with Archive() as other:
        for article_id, headline in ((1, "เก่า"), (2, "ใหม่")):
            other.add(address(article_id), "20230601000000", page(article_id, headline=headline))
        wayback(tmp_path, other.url)
    commons.crawl(2023).add(address(2), OLD, page(2, headline="เก่า"))
    commons.crawl(2024).add(address(1), NEW, page(1, headline="ใหม่"))
    commons.crawls[1].add(address(3), NEW, page(3))
    assert commoncrawl(tmp_path, commons).outcomes == {"stored": 1}  # what is stored is not missing
    run = commoncrawl(tmp_path, commons, visit="all")
    assert run.rows("SELECT id, title, source FROM articles WHERE id < 3 ORDER BY id") == [
        (1, "ใหม่", "commoncrawl"),
        (2, "ใหม่", "wayback"),
    ]
    assert run.rows("SELECT article_id FROM revisions ORDER BY 1") == [(1,), (2,)]
    shown = scrapy("coverage", f"-sTHAIGOV_DIR={run.folder}").stdout
    assert [line.split() for line in shown.splitlines() if line.split()[:1] in (["wayback"], ["commoncrawl"])] == [
        ["commoncrawl", "2", "3", "0", "0"],
        ["wayback", "1", "2", "0", "0"],
    ]


def test_addresses_of_the_relaunched_site(tmp_path: Path, commons: CommonCrawl) -> None:
    for year in (2024, 2026):
        commons.crawl(year).add("https://www.thaigov.go.th/th/news/170000", f"{year}0302030405", RELAUNCHED)
    commons.crawls[1].add("https://www.thaigov.go.th/en/news/170001", "20260302030405", RELAUNCHED)
    commons.crawls[1].add(address(1), "20260302030405", page(1))
    run = commoncrawl(tmp_path, commons, address="relaunch")
    assert run.status == 0
    assert questions(commons) == ["2026-10"] * 4
    stored = query_database(run.folder / "relaunch" / "thaigov.db", "SELECT id, url FROM articles ORDER BY id")
    assert stored == [(number, f"https://www.thaigov.go.th/th/news/{number}") for number in (170000, 170001)]


# Records that are not what the index says


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"offset": "10"}, "no record begins where the index says"),
        ({"offset": "0"}, f"where the index says, there is another page: {address(1)}"),
        ({"length": "300"}, "the record does not end where the index says"),
        ({"offset": "0", "length": "3000"}, "the record does not end where the index says"),
        ({"offset": "900000"}, "the archive does not have the record (HTTP status 416)"),
        ({"length": "900000"}, "the archive sends another part of the file than was asked for"),
        ({"filename": "crawl-data/gone.warc.gz"}, "the archive does not have the record (HTTP status 404)"),
    ],
)
def test_a_wrong_place_is_said_and_nothing_wrong_is_stored(
    tmp_path: Path, commons: CommonCrawl, row: dict[str, str], reason: str
) -> None:
    one = commons.crawl(2024)
    one.add(address(1), NEW, page(1))
    if row == {"offset": "0"}:
        row = row | {"length": str(len(one.warc.records[0]))}
    if row == {"offset": "0", "length": "3000"}:
        one.add("https://www.thaigov.go.th/x", NEW, page(9))
        row = row | {"length": str(len(one.content))}
    one.add(address(2), NEW, page(2), row=row)
    one.add(address(3), NEW, page(3))
    commons.crawl(2023).add(address(3), OLD, page(3))
    commons.crawls[1].add(address(2), OLD, page(2, headline="เดิม"))
    run = commoncrawl(tmp_path, commons, settings={"THAIGOV_TOLERATED_FAILURES": 1})
    assert run.outcomes == {"stored": 3, "failed": 1}
    assert f"Article 2 was not read (failed): the record cannot be read: {reason}" in run.log or reason in run.log
    assert run.rows("SELECT id, title FROM articles WHERE id = 2") == [(2, "เดิม")]
    assert run.rows("SELECT captured_at FROM articles WHERE id = 2") == [("2023-03-02T03:04:05+00:00",)]


def truncated(body: bytes, length: int, **headers: str) -> dict[str, Any]:
    return {"body": body, "length": length, "record_headers": {"WARC-Truncated": "length"}, **headers}


def test_a_truncated_record_fails_unless_it_is_whole(tmp_path: Path, commons: CommonCrawl) -> None:
    one, older = commons.crawl(2024), commons.crawl(2023)
    whole, half = page(1), page(2)[: len(page(2)) // 2]
    one.add(address(1), NEW, **truncated(whole, len(whole), X_Crawler_Content_Length=str(len(whole))))
    one.add(address(2), NEW, **truncated(half, len(half), X_Crawler_Content_Length="99999"))
    one.add(address(3), NEW, **truncated(half, len(half), X_Crawler_Transfer_Encoding="chunked"))
    one.add(address(4), NEW, **truncated(half, len(page(2))))
    one.add(address(5), NEW, page(5), X_Crawler_Content_Encoding="gzip", X_Crawler_Content_Length="900")
    one.add(address(6), NEW, **truncated(half, len(half)))
    older.add(address(2), OLD, page(2, headline="เดิม"))
    run = commoncrawl(tmp_path, commons, settings={"THAIGOV_TOLERATED_FAILURES": 1})
    assert run.outcomes == {"stored": 3, "failed": 4}
    assert [article_id for article_id, _ in held(run)] == [1, 2, 5]
    assert "it was cut short when it was recorded (WARC-Truncated: length)" in run.log
    again = crawl(tmp_path / "again", source=f"warc:{run.folder / 'warc'}", settings={"THAIGOV_TOLERATED_FAILURES": 1})
    assert again.outcomes == run.outcomes
    assert held(again) == held(run)


def test_older_captures_are_tried(tmp_path: Path, commons: CommonCrawl) -> None:
    commons.crawl(2024).add(address(1), NEW, EMPTY)
    commons.crawl(2023).add(address(1), OLD, page(1))
    run = commoncrawl(tmp_path, commons)
    assert run.outcomes == {"stored": 1, "malformed": 1}
    assert held(run) == [(1, "2023-03-02T03:04:05+00:00")]


def test_a_recording_reads_like_the_archive(tmp_path: Path, commons: CommonCrawl) -> None:
    for year in (2023, 2024):
        one = commons.crawl(year)
        for article_id in range(1, 8):
            one.add(address(article_id), f"{year}0302030405", page(article_id, headline=f"ปี {year} {article_id}"))
    first = commoncrawl(tmp_path, commons, captures="all")
    assert first.outcomes == {"stored": 14}
    again = crawl(tmp_path / "again", source=f"warc:{first.folder / 'warc'}")
    check_recording(first, again)


def test_probe_shows_a_capture_and_asks_no_crawl_that_is_known(tmp_path: Path, commons: CommonCrawl) -> None:
    commons.crawl(2023).add(address(7), OLD, page(7))
    settings = {**SETTINGS, **commons.settings, "THAIGOV_DIR": tmp_path / "data"}
    line = ("probe", "-asource=commoncrawl", "7", *(f"-s{name}={value}" for name, value in settings.items()))
    for asked in (2, 0):
        shown = scrapy(*line)
        assert (shown.returncode, "เปิดห้องสมุดชุมชนแห่งที่ 7" in shown.stdout) == (0, True)
        assert len(questions(commons)) == asked
        commoncrawl(tmp_path, commons, plan_only="true")
        commons.index.log.clear()


def test_what_is_forgotten_is_not_remembered(tmp_path: Path, commons: CommonCrawl) -> None:
    for year in (2023, 2024):
        commons.crawl(year).add(address(7), f"{year}0302030405", page(7))
        commons.crawls[-1].add(address(8), f"{year}0302030405", page(8))
    commons.crawls.pop()
    run = commoncrawl(tmp_path, commons)
    done = scrapy("forget", f"-sTHAIGOV_DIR={run.folder}", "7", "--yes")
    assert "crawl_captures 1" in done.stdout
    commons.crawl(2025).add(address(7), "20250302030405", page(7))
    assert commoncrawl(tmp_path, commons).outcomes == {}
    for table in ("crawl_captures", "listed", "visits"):
        assert run.rows(f"SELECT DISTINCT article_id FROM {table} WHERE article_id > 6") == [(8,)]
    again = crawl(tmp_path / "again", source=f"warc:{run.folder / 'warc'}")
    assert [article_id for article_id, _ in held(again)] == [8]


# A real pywb


def test_the_indexes_of_a_real_pywb_with_pages(tmp_path: Path, commons: CommonCrawl) -> None:
    one = commons.crawl(2024)
    for article_id in range(1, 31):
        one.add(address(article_id), NEW, page(article_id))
    one.add(address(40), NEW, b"", status=404)
    one.add("https://www.thaigov.go.th/main", NEW, page(1))
    commons.crawl(2023).add("https://www.thaigov.go.th/main", OLD, page(1))
    (tmp_path / "pywb").mkdir()
    with pywb_of_crawls(commons.crawls, tmp_path / "pywb") as commons.index.pywb:
        run = commoncrawl(tmp_path, commons)
    assert (run.status, run.outcomes) == (0, {"stored": 30})
    assert questions(commons) == ["2023-10"] + ["2024-10"] * 5
