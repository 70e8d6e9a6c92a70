"""`scrapy crawl thaigov`: the main job, its exit status, and what it does with bad input."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
from pathlib import Path

import brotli
import pytest

from sample.warc import Warc
from tests.support.commands import EndedCrawl, crawl, environment, query_database, scrapy
from tests.support.warcs import address, page, warc_of
from tests.support.watching import halted
from thaigov_crawler.items import FIELDS
from thaigov_crawler.store.tables import SCHEMA_VERSION


def warc_run(tmp_path: Path, warc: Warc, *, name: str = "pages.warc.gz", **options) -> EndedCrawl:
    return crawl(tmp_path / "data", source=f"warc:{warc.write(tmp_path / name)}", **options)


# The main job


def test_the_sample_is_stored_in_both_outputs(sample_run: EndedCrawl) -> None:
    assert sample_run.status == 0
    assert sample_run.outcomes == {"stored": 34, "absent": 4, "malformed": 1}
    stored = {article_id for (article_id,) in sample_run.rows("SELECT id FROM articles")}
    assert {article["id"] for article in sample_run.journal} == stored
    assert len(sample_run.journal) == len(stored) == 33


def test_no_setting_for_a_network_ends_a_crawl_of_files_early(tmp_path: Path) -> None:
    settings = {"SCRAPER_SLOT_MAX_ACTIVE_SIZE": 1, "CONCURRENT_REQUESTS": 1}
    run = warc_run(tmp_path, warc_of((1, 2)), settings=settings)
    assert (run.status, run.outcomes) == (0, {"stored": 2})


def test_the_journal_has_the_fields_in_order_and_thai_unescaped(sample_run: EndedCrawl) -> None:
    line = (sample_run.folder / "thaigov.jsonl").read_text("utf-8").splitlines()[0]
    assert list(json.loads(line)) == list(FIELDS)
    assert "นายกฯ เปิดสะพาน" in line


def test_what_is_no_article_is_counted(sample_run: EndedCrawl) -> None:
    assert "'thaigov/warc/other_address': 2" in sample_run.log
    assert "'thaigov/warc/other_record': 5" in sample_run.log


def test_each_visit_is_kept_with_its_outcome_and_reason(sample_run: EndedCrawl) -> None:
    visits = dict(sample_run.rows("SELECT outcome, reason FROM visits WHERE article_id IN (990015, 990024)"))
    assert visits == {"absent": "HTTP status 404", "malformed": "no title, no date_published, no body"}
    assert sample_run.rows("SELECT outcome FROM visits WHERE article_id = 990030") == [("stored",)]


def test_a_warning_names_the_malformed_article_and_what_to_do(sample_run: EndedCrawl) -> None:
    assert "WARNING: Article 990024 is malformed" in sample_run.log
    assert "`scrapy probe -a source=sample 990024`" in sample_run.log


def test_the_summary_is_the_last_thing_logged(sample_run: EndedCrawl) -> None:
    summary = sample_run.log[sample_run.log.index("Summary of the run") :]
    assert "39 of 39 planned from sample" in summary
    assert "34 stored, 4 absent, 1 malformed" in summary
    assert "33 new, 0 changed, 0 unchanged, 1 earlier versions kept" in summary
    assert str(sample_run.folder / "thaigov.jsonl") in summary
    assert summary.rstrip().endswith("Status:    0, finished")


def test_a_second_run_stores_nothing(tmp_path: Path) -> None:
    first = warc_run(tmp_path, warc_of(range(1, 6)))
    journal, articles = first.journal, first.rows("SELECT * FROM articles")
    second = crawl(first.folder, source=f"warc:{tmp_path / 'pages.warc.gz'}")
    assert (second.status, second.outcomes) == (0, {"unchanged": 5})
    assert (second.journal, second.rows("SELECT * FROM articles")) == (journal, articles)


def test_runs_hold_the_verdict(sample_run: EndedCrawl) -> None:
    ((source, arguments, planned, reason, status, finished),) = sample_run.rows(
        "SELECT source, arguments, planned, reason, exit_status, finished_at FROM runs"
    )
    assert (source, json.loads(arguments), planned) == ("sample", {"source": "sample"}, 39)
    assert (reason, status) == ("finished", 0)
    assert finished


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_a_folder_of_files_is_read_whole(tmp_path: Path, name: str) -> None:
    gzip = name.endswith(".gz")
    warc_of(range(1, 4), gzip=gzip).write(tmp_path / "in" / name)
    warc_of(range(4, 6), gzip=gzip).write(tmp_path / "in" / "deeper" / name)
    (tmp_path / "in" / "notes.txt").write_text("no WARC file")
    run = crawl(tmp_path / "data", source=f"warc:{tmp_path / 'in'}")
    assert (run.status, run.outcomes) == (0, {"stored": 5})


def test_ids_select_from_any_source(tmp_path: Path) -> None:
    run = warc_run(tmp_path, warc_of(range(1, 11)), ids="2-3,5,9-")
    assert [row[0] for row in run.rows("SELECT id FROM articles ORDER BY id")] == [2, 3, 5, 9, 10]
    assert "'thaigov/warc/not_selected': 5" in run.log


def test_the_other_outcomes(tmp_path: Path) -> None:
    warc = Warc()
    warc.response(address(1), status=410)
    warc.response(address(2), status=307, Location="https://www.thaigov.go.th/th/news/2")
    warc.response(address(3), status=403)
    warc.response(address(4), status=503)
    warc.response(address(5), body=b"%PDF", content_type="application/pdf")
    warc.response(address(6), body=page(6))
    run = warc_run(tmp_path, warc, settings={"THAIGOV_TOLERATED_FAILURES": "0.5"})
    outcomes = dict(run.rows("SELECT article_id, outcome FROM visits"))
    assert outcomes == {1: "absent", 2: "moved", 3: "refused", 4: "failed", 6: "stored"}
    assert run.rows("SELECT target FROM visits WHERE article_id = 2") == [("https://www.thaigov.go.th/th/news/2",)]
    assert "'thaigov/warc/not_html': 1" in run.log
    assert run.status == 0


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1), (1, 3, 0, 2)])
def test_the_newest_capture_with_an_article_is_the_article_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    captures = [
        ("2024-01-01T00:00:00Z", page(7)),
        ("2024-02-01T00:00:00Z", page(7, headline="แก้ไขครั้งที่หนึ่ง")),
        ("2024-03-01T00:00:00Z", page(7, headline="แก้ไขครั้งที่สอง")),
        ("2024-04-01T00:00:00Z", page(7, headline="", body="", long_date="")),
    ]
    warc = Warc()
    for number in order:
        date, body = captures[number]
        warc.response(address(7), date, body)
    run = warc_run(tmp_path, warc)
    assert run.rows("SELECT title, captured_at FROM articles") == [("แก้ไขครั้งที่สอง", "2024-03-01T00:00:00+00:00")]
    revisions = run.rows("SELECT captured_at, article FROM revisions ORDER BY captured_at")
    assert [(date, json.loads(article)["title"]) for date, article in revisions] == [
        ("2024-01-01T00:00:00+00:00", "เปิดห้องสมุดชุมชนแห่งที่ 7"),
        ("2024-02-01T00:00:00+00:00", "แก้ไขครั้งที่หนึ่ง"),
    ]
    assert run.rows("SELECT outcome FROM visits") == [("stored",)]
    assert run.journal[-1]["title"] == "แก้ไขครั้งที่สอง"


def test_feeds_of_the_command_line_do_not_replace_the_journal(tmp_path: Path) -> None:
    done = scrapy("crawl", "thaigov", "-asource=sample", f"-sTHAIGOV_DIR={tmp_path}", "-O", str(tmp_path / "x.csv"))
    assert done.returncode == 0
    assert (tmp_path / "x.csv").exists()
    assert (tmp_path / "sample" / "thaigov.jsonl").exists()


# Arguments


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["-asource=warc:"], "argument source: 'warc:' is not allowed: must be wayback (a web archive), commoncrawl "),
        (
            ["-asource=nowhere"],
            "argument source: 'nowhere' is not allowed: must be wayback (a web archive), commoncrawl ",
        ),
        (["-asource=warc:no/such/file"], "there is no file or folder no/such/file"),
        (["-asource=warc:" + "x" * 300], "cannot be read: "),
        (["-asource=warc:tests/loopback"], "the folder tests/loopback holds no WARC or WACZ file"),
        (["-asource=sample", "-aids=abc"], "argument ids: 'abc' is not allowed"),
        (["-asource=sample", "-aids=9-5"], "argument ids: '9-5' is not allowed: '9-5' ends before it begins"),
        (["-asource=sample", "-aidz=1"], "argument idz: '1' is not allowed: this spider knows source, ids"),
    ],
)
def test_bad_arguments_end_the_run_before_it_begins(tmp_path: Path, arguments: list[str], named: str) -> None:
    done = scrapy("crawl", "thaigov", *arguments, f"-sTHAIGOV_DIR={tmp_path / 'data'}")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if "ERROR" in line]
    assert named in line
    assert not (tmp_path / "data").exists()


def test_scrapys_own_commands_work_in_the_project(tmp_path: Path) -> None:
    done = scrapy("shell", f"-sTHAIGOV_DIR={tmp_path}", "-c", "print('it works')")
    assert (done.returncode, "it works" in done.stdout) == (0, True)
    assert not list(tmp_path.iterdir())


def test_bad_arguments_are_told_on_standard_error_and_in_the_log_file(tmp_path: Path) -> None:
    log = tmp_path / "log"
    done = scrapy("crawl", "thaigov", "-asource=nowhere", f"--logfile={log}")
    assert done.returncode == 2
    assert done.stderr.startswith("argument source: 'nowhere'")
    assert "argument source: 'nowhere'" in log.read_text("utf-8")


@pytest.mark.parametrize("value", ["abc", "5", "-0.1", ""])
def test_a_bad_setting_ends_the_run_before_it_begins(tmp_path: Path, value: str) -> None:
    done = scrapy(
        *("crawl", "thaigov", "-asource=sample", f"-sTHAIGOV_DIR={tmp_path / 'data'}"),
        f"-sTHAIGOV_TOLERATED_FAILURES={value}",
    )
    assert done.returncode == 2
    assert f"setting THAIGOV_TOLERATED_FAILURES: {value!r} is not allowed" in done.stderr
    assert not (tmp_path / "data").exists()


def test_the_folder_of_a_named_database_must_be_there(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'none' / 'x.db'}"
    run = crawl(tmp_path, source="sample", settings={"THAIGOV_DATABASE": database})
    assert run.status == 1
    assert "unable to open database file (check that the folder exists and may be written to)" in run.log
    assert not (tmp_path / "none").exists()


def test_an_unknown_spider_is_named() -> None:
    done = scrapy("crawl", "thaigof", "-asource=sample")
    assert done.returncode == 2
    assert "There is no spider thaigof" in done.stderr


def test_arguments_of_a_scheduler_are_accepted(tmp_path: Path) -> None:
    assert crawl(tmp_path, source="sample", ids="990001", _job="26f5").status == 0


# Bad input: a clear message, the right status, nothing stored lost or half written


def damaged_run(tmp_path: Path, data: bytes, name: str = "pages.warc.gz") -> EndedCrawl:
    path = tmp_path / name
    path.write_bytes(data)
    return crawl(tmp_path / "data", source=f"warc:{path}")


@pytest.mark.parametrize("gzip", [True, False])
def test_a_file_cut_short_is_read_up_to_there(tmp_path: Path, gzip: bool) -> None:
    records = warc_of(range(1, 6), gzip=gzip).records
    name = "pages.warc.gz" if gzip else "pages.warc"
    run = damaged_run(tmp_path, b"".join(records[:4]) + records[4][:-300], name)
    assert (run.status, run.outcomes) == (4, {"stored": 4, "failed": 1})
    assert f"{name} is damaged at byte {sum(map(len, records[:4]))}" in run.log
    assert run.rows("SELECT exit_status FROM runs") == [(4,)]


def test_a_file_cut_within_a_record_header_is_told(tmp_path: Path) -> None:
    records = warc_of(range(1, 4)).records
    run = damaged_run(tmp_path, b"".join(records[:2]) + records[2][:7])
    assert (run.status, run.outcomes) == (4, {"stored": 2})
    assert "is damaged at byte" in run.log


@pytest.mark.parametrize("gzip", [True, False])
def test_behind_a_broken_record_reading_goes_on(tmp_path: Path, gzip: bool) -> None:
    records = warc_of(range(1, 6), gzip=gzip).records
    middle = len(records[2]) // 2
    records[2] = records[2][:middle] + b"broken" + records[2][middle + 40 :]
    run = damaged_run(tmp_path, b"".join(records), "pages.warc.gz" if gzip else "pages.warc")
    assert run.status == 4
    assert run.rows("SELECT id FROM articles ORDER BY id") == [(1,), (2,), (4,), (5,)]
    # Of the broken record of a compressed file not even the address can be read.
    assert run.rows("SELECT outcome FROM visits WHERE article_id = 3") == ([] if gzip else [("failed",)])
    assert "reading goes on at byte" in run.log


def test_rubbish_between_records_is_passed_over(tmp_path: Path) -> None:
    records = warc_of(range(1, 4)).records
    run = damaged_run(tmp_path, records[0] + b"rubbish" * 9 + records[1] + records[2])
    assert (run.status, run.outcomes) == (4, {"stored": 3})


@pytest.mark.parametrize("data", [b"no WARC file\n" * 9, os.urandom(5000)], ids=["text", "random"])
def test_a_file_that_is_no_warc_is_told(tmp_path: Path, data: bytes) -> None:
    run = damaged_run(tmp_path, data)
    assert (run.status, run.outcomes) == (4, {})
    assert "is damaged at byte 0" in run.log
    assert "nothing readable follows" in run.log


def test_a_file_that_is_one_gzip_stream_is_told_once(tmp_path: Path) -> None:
    run = damaged_run(tmp_path, gzip.compress(b"".join(warc_of(range(1, 30), gzip=False).records)))
    assert (run.status, run.outcomes) == (0, {"stored": 29})
    assert "is damaged" not in run.log
    assert run.log.count("warcio recompress") == 1


def test_blank_lines_behind_the_last_record_are_harmless(tmp_path: Path) -> None:
    run = damaged_run(tmp_path, b"".join(warc_of(range(1, 3)).records) + b"\r\n\r\n")
    assert (run.status, run.outcomes) == (0, {"stored": 2})


def test_a_file_that_cannot_be_opened_does_not_hide_the_others(tmp_path: Path) -> None:
    warc_of(range(1, 3)).write(tmp_path / "in" / "b.warc.gz")
    (tmp_path / "in" / "a.warc.gz").symlink_to("gone")
    run = crawl(tmp_path / "data", source=f"warc:{tmp_path / 'in'}")
    assert (run.status, run.outcomes) == (4, {"stored": 2})
    assert "a.warc.gz is damaged at byte 0 (No such file or directory)" in run.log


def encoded(body: bytes, encoding: str) -> bytes:
    return {"gzip": gzip.compress, "br": brotli.compress, "identity": bytes}[encoding](body)


@pytest.mark.parametrize("encoding", ["gzip", "br", "identity"])
def test_encoded_pages_are_decoded(tmp_path: Path, encoding: str) -> None:
    warc = Warc()
    warc.response(address(1), body=encoded(page(1), encoding), Content_Encoding=encoding)
    warc.response(address(2), body=page(2), Content_Encoding=encoding)  # decoded when it was recorded
    run = warc_run(tmp_path, warc)
    assert (run.status, run.outcomes) == (0, {"stored": 2})


def test_a_page_cut_short_does_not_become_the_article(tmp_path: Path) -> None:
    warc = Warc()
    warc.response(address(1), "2024-01-01T00:00:00Z", page(1))
    cut = gzip.compress(page(1, body="<p>แก้ไข</p>" * 900))[:-40]
    warc.response(address(1), "2024-02-01T00:00:00Z", cut, Content_Encoding="gzip")
    warc.response(address(1), "2024-03-01T00:00:00Z", page(1)[:-600], length=len(page(1)))
    warc.response(address(1), "2024-04-01T00:00:00Z", page(1)[:-600], record_headers={"WARC-Truncated": "length"})
    run = warc_run(tmp_path, warc)
    assert (run.status, run.outcomes) == (4, {"stored": 1, "failed": 3})
    assert run.rows("SELECT captured_at FROM articles") == [("2024-01-01T00:00:00+00:00",)]
    for reason in ("its compressed page ends too early", "bytes", "WARC-Truncated: length"):
        assert reason in run.log


@pytest.mark.parametrize(
    ("date", "captured_at"),
    [
        ("2024-01-02T03:04:05.678901Z", "2024-01-02T03:04:05+00:00"),
        ("2024-01-02T03:04:05Z", "2024-01-02T03:04:05+00:00"),
        ("2024-01-02", "2024-01-02T00:00:00+00:00"),
        ("2024-01", "2024-01-01T00:00:00+00:00"),
        ("20240102030405", "2024-01-02T03:04:05+00:00"),
    ],
)
def test_dates_of_any_precision_are_utc_wherever_the_machine_is(tmp_path: Path, date: str, captured_at: str) -> None:
    warc = Warc()
    warc.response(address(1), date, page(1))
    path = warc.write(tmp_path / "pages.warc.gz")
    done = scrapy(
        *("crawl", "thaigov", f"-asource=warc:{path}", f"-sTHAIGOV_DIR={tmp_path}"), env=environment(TZ="Asia/Bangkok")
    )
    assert done.returncode == 0
    assert query_database(tmp_path / "thaigov.db", "SELECT captured_at FROM articles") == [(captured_at,)]


def test_redirects_within_an_article_are_no_visits(tmp_path: Path) -> None:
    warc = Warc()
    warc.response("http://thaigov.go.th:80/news/contents/details/1", status=301, Location=address(1))
    warc.response(address(1), status=304)
    warc.response(address(1), body=page(1))
    run = warc_run(tmp_path, warc)
    assert (run.status, run.outcomes) == (0, {"stored": 1})
    assert "'thaigov/warc/redirect': 1" in run.log
    assert "'thaigov/warc/not_modified': 1" in run.log


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    run = damaged_run(tmp_path, b"")
    assert (run.status, run.outcomes) == (4, {})
    assert (
        "pages.warc.gz is damaged at byte 0 (it is empty): nothing readable follows. Fetch the file again." in run.log
    )


def test_a_source_without_what_is_asked_for_is_told(tmp_path: Path) -> None:
    run = warc_run(tmp_path, warc_of(range(1, 3)), ids="7")
    assert (run.status, run.outcomes) == (0, {})
    assert "holds no page of the article IDs asked for" in run.log


def test_a_huge_page_is_refused_and_the_others_are_stored(tmp_path: Path) -> None:
    warc = warc_of(range(1, 40))
    warc.response(address(99), body=b"<p>" + b"x" * 30_000_000)
    run = warc_run(tmp_path, warc)
    assert (run.status, run.outcomes) == (0, {"stored": 39, "failed": 1})
    assert "Article 99 was not read (failed): the page is larger than 10,485,760 bytes (DOWNLOAD_MAXSIZE)" in run.log


def test_a_page_of_random_bytes_is_malformed(tmp_path: Path) -> None:
    warc = warc_of(range(1, 40))
    warc.response(address(99), body=os.urandom(20_000))
    run = warc_run(tmp_path, warc)
    assert (run.status, run.outcomes) == (0, {"stored": 39, "malformed": 1})


def test_more_bad_pages_than_tolerated_make_the_run_incomplete(tmp_path: Path) -> None:
    warc = warc_of(range(1, 10))
    warc.response(address(99), body=b"<p>maintenance</p>")
    run = warc_run(tmp_path, warc)
    assert (run.status, run.outcomes) == (4, {"stored": 9, "malformed": 1})
    assert "1 of 10 visits ended malformed or failed (at most 5% may)" in run.log


def test_a_database_that_cannot_be_written_ends_the_run(tmp_path: Path) -> None:
    first = warc_run(tmp_path, warc_of(range(1, 3)))
    database = f"sqlite:///file:{first.folder / 'thaigov.db'}?mode=ro&uri=true"
    run = warc_run(tmp_path, warc_of(range(1, 5)), settings={"THAIGOV_DATABASE": database})
    assert run.status == 1
    assert "attempt to write a readonly database (allow writing to it and to its folder)" in run.log
    assert "Traceback" not in run.log
    assert len(first.rows("SELECT id FROM articles")) == 2


def test_a_database_locked_by_another_process_ends_the_run(tmp_path: Path) -> None:
    first = warc_run(tmp_path, warc_of(range(1, 3)))
    other = sqlite3.connect(first.folder / "thaigov.db", isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        database = f"sqlite:///{first.folder / 'thaigov.db'}?timeout=0.1"
        run = warc_run(tmp_path, warc_of(range(1, 5)), settings={"THAIGOV_DATABASE": database})
    finally:
        other.close()
    assert run.status == 1
    assert "database is locked (another process is writing to it; wait for that, or stop it)" in run.log
    assert len(first.rows("SELECT id FROM articles")) == 2


def test_a_bad_parameter_of_the_database_is_told(tmp_path: Path) -> None:
    run = crawl(tmp_path, source="sample", settings={"THAIGOV_DATABASE": "sqlite:///x.db?timeout=abc"})
    assert run.status == 1
    assert "The database sqlite:///x.db?timeout=abc cannot be used" in run.log
    assert "Traceback" not in run.log


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    first = warc_run(tmp_path, warc_of(range(1, 3)))
    connection = sqlite3.connect(first.folder / "thaigov.db")
    connection.execute("UPDATE schema_version SET version = 99")
    connection.commit()
    connection.close()
    run = warc_run(tmp_path, warc_of(range(1, 5)))
    assert run.status == 1
    assert f"has schema version 99, but this program knows {SCHEMA_VERSION}" in run.log


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "thaigov.db").write_bytes(b"something else" * 500)
    run = warc_run(tmp_path, warc_of(range(1, 3)))
    assert run.status == 1
    assert "file is not a database" in run.log
    assert (tmp_path / "data" / "thaigov.db").read_bytes() == b"something else" * 500


def test_invented_articles_never_mix_with_real_ones(tmp_path: Path) -> None:
    first = warc_run(tmp_path, warc_of(range(1, 3)))
    database = f"sqlite:///{first.folder / 'thaigov.db'}"
    run = crawl(tmp_path, source="sample", settings={"THAIGOV_DATABASE": database})
    assert run.status == 1
    assert "The run would mix invented articles with articles of the classic site in the database" in run.log
    assert len(first.rows("SELECT id FROM articles")) == 2


def test_a_full_disk_ends_the_run_and_the_next_one_goes_on(tmp_path: Path) -> None:
    path = warc_of(range(1, 290)).write(tmp_path / "pages.warc.gz")
    limit = 300_000  # bytes a file may have: SQLite's write-ahead log comes to that first

    done = scrapy(
        *("crawl", "thaigov", f"-asource=warc:{path}", f"-sTHAIGOV_DIR={tmp_path / 'data'}"),
        limit=limit,
    )
    assert done.returncode == 1
    assert "The run ends here; the next one goes on." in done.stderr
    stored = len(query_database(tmp_path / "data" / "thaigov.db", "SELECT id FROM articles"))
    assert 0 < stored < 289
    run = crawl(tmp_path / "data", source=f"warc:{path}")
    assert (run.status, run.outcomes) == (0, {"stored": 289 - stored, "unchanged": stored})


def test_a_full_disk_under_the_journal_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "thaigov.jsonl").symlink_to("/dev/full")
    run = warc_run(tmp_path, warc_of(range(1, 290)))
    assert run.status == 1
    assert "thaigov.jsonl cannot be written: No space left on device" in run.log
    assert run.rows("SELECT count(*) FROM articles")[0][0] >= 1


# Interrupted


def test_after_sigkill_the_next_run_goes_on(tmp_path: Path) -> None:
    path = warc_of(range(1, 150)).write(tmp_path / "pages.warc.gz")
    folder = tmp_path / "data"
    with halted(50, folder, f"warc:{path}"):
        pass  # killed there
    with (folder / "thaigov.jsonl").open("ab") as journal:
        journal.write(b'{"id": 7, "title": "cut')
    run = crawl(folder, source=f"warc:{path}")
    assert run.status == 0
    assert run.outcomes["stored"] + run.outcomes["unchanged"] == 149
    assert run.rows("SELECT count(*) FROM articles") == [(149,)]
    lines = (folder / "thaigov.jsonl").read_bytes().split(b"\n")
    assert lines[-1] == b""
    broken = [line for line in lines[:-1] if not line.endswith(b"}")]
    assert broken == [b'{"id": 7, "title": "cut']
    assert run.rows("SELECT finished_at IS NULL, exit_status FROM runs ORDER BY id") == [(1, None), (0, 0)]


def test_sigint_ends_the_run_in_order(tmp_path: Path) -> None:
    path = warc_of(range(1, 150)).write(tmp_path / "pages.warc.gz")
    folder = tmp_path / "data"
    with halted(20, folder, f"warc:{path}") as process:
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        assert process.wait() == 1
    ((reason, status, outcomes),) = query_database(
        folder / "thaigov.db", "SELECT reason, exit_status, outcomes FROM runs"
    )
    assert (reason, status) == ("interrupted", 1)
    stored = query_database(folder / "thaigov.db", "SELECT count(*) FROM articles")[0][0]
    assert json.loads(outcomes)["stored"] == stored == len((folder / "thaigov.jsonl").read_bytes().splitlines())
    assert 20 <= stored < 149
