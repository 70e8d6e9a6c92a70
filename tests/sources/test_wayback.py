"""A web archive as a source: a loopback server that speaks web.archive.org's dialect, and a real pywb."""

from __future__ import annotations

import json
import re
import signal
from pathlib import Path
from typing import Any

import pytest

from sample.warc import Warc
from tests.support.commands import QUICK, EndedCrawl, crawl, query_database, scrapy, started
from tests.support.crawls import TOLERANCE, check_recording, wayback
from tests.support.loopback.answers import Answer, Mishap
from tests.support.loopback.archive import CDX, Archive
from tests.support.loopback.faults import Fault
from tests.support.loopback.refusals import overload_page, too_many_requests
from tests.support.pywb import pywb
from tests.support.waiting import wait_until
from tests.support.warcs import address, page

IN_FLIGHT = 8  # largest number of requests under way
OLD, NEW = "20230102030405", "20240102030405"
EMPTY = b"<html><head><title></title></head><body></body></html>"


def held(run: EndedCrawl) -> list[tuple]:
    return run.rows("SELECT id, captured_at FROM articles ORDER BY id")


# The requests


def test_a_range_is_one_small_query_for_each_form_of_address(tmp_path: Path, archive: Archive) -> None:
    for article_id in (96700, 96742, 96799, 96800, 9670, 967001):
        archive.add(address(article_id), NEW, page(article_id))
    run = wayback(tmp_path, archive.url, ids="96700-96799")
    assert [article_id for article_id, _ in held(run)] == [96700, 96742, 96799]
    asked = [re.search(r"contents%2F(\w+%2F\d*)&matchType=(\w+)", query.path).groups() for query in archive.asked(CDX)]
    assert asked == [("details%2F967", "prefix"), ("ministry_details%2F967", "prefix")]
    assert "Plan: 3 visits from wayback" in run.log
    assert "97 of those asked for were never captured" in run.log
    assert run.status == 0


def test_the_default_is_the_whole_archive(tmp_path: Path, archive: Archive) -> None:
    for article_id in (1, 34462, 96700):
        archive.add(address(article_id), NEW, page(article_id))
    done = scrapy("crawl", "thaigov", *settings(tmp_path, archive.url))
    assert done.returncode == 0
    assert "Plan: 3 visits from wayback" in done.stderr
    assert len(archive.asked(CDX)) == 2


def settings(tmp_path: Path, base: str) -> list[str]:
    values = {**QUICK, "THAIGOV_DIR": tmp_path / "data", "THAIGOV_ARCHIVE": base}
    return [f"-s{name}={value}" for name, value in values.items()]


@pytest.mark.parametrize("eager", [False, True])
def test_answers_in_parts_are_read_to_the_end(tmp_path: Path, archive: Archive, eager: bool) -> None:
    archive.max_rows, archive.eager_key = 4, eager
    for article_id in range(1, 13):
        archive.add(address(article_id), NEW, page(article_id))
    run = wayback(tmp_path, archive.url)
    assert run.outcomes == {"stored": 12}
    assert len(archive.asked("resumeKey=")) == (3 if eager else 2)


def test_all_addresses_of_an_article_are_one_article_and_junk_is_none(tmp_path: Path, archive: Archive) -> None:
    archive.add("http://www.thaigov.go.th:80/news/contents/details/5", OLD, page(5, headline="เดิม"))
    archive.add("https://thaigov.go.th/news/contents/ministry_details/5", NEW, page(5, headline="แก้ไข"))
    archive.add(f"{address(5)}/undefined", "20250101000000", page(6))
    archive.add(f"{address(5)}x", "20250101000000", page(6))
    archive.add(address(7), NEW, b"%PDF", content_type="application/pdf")
    archive.add(address(8), NEW, b"", 404)
    run = wayback(tmp_path, archive.url)
    assert run.rows("SELECT id, title, url FROM articles") == [(5, "แก้ไข", address(5))]
    assert run.outcomes == {"stored": 1}


def test_what_is_known_is_not_asked_for_again(tmp_path: Path, archive: Archive) -> None:
    for article_id in (1, 2, 3):
        archive.add(
            address(article_id),
            NEW,
            page(article_id) if article_id < 3 else page(3, headline="", body="", long_date=""),
        )
    assert wayback(tmp_path, archive.url).outcomes == {"stored": 2, "absent": 1}
    archive.log.clear()
    archive.add(address(4), NEW, page(4))
    second = wayback(tmp_path, archive.url)
    assert second.outcomes == {"stored": 1}
    assert [replay.path[-10:] for replay in archive.asked("/web/")] == ["/details/4"]
    archive.log.clear()
    assert wayback(tmp_path, archive.url, visit="all").outcomes == {"unchanged": 3, "absent": 1}


# The capture that becomes the article


def test_the_newest_capture_with_an_article_wins(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), OLD, page(1, headline="เดิม"))
    archive.add(address(1), NEW, page(1, headline="แก้ไข"))
    archive.add(address(2), OLD, page(2))
    archive.add(address(2), NEW, EMPTY)
    run = wayback(tmp_path, archive.url)
    assert held(run) == [(1, "2024-01-02T03:04:05+00:00"), (2, "2023-01-02T03:04:05+00:00")]
    assert run.outcomes == {"stored": 2, "malformed": 1}
    assert run.rows("SELECT outcome FROM visits") == [("stored",)] * 2
    assert run.rows("SELECT count(*) FROM revisions") == [(0,)]


def absent(article_id: int) -> bytes:
    return page(article_id, headline="", body="", long_date="")


@pytest.mark.parametrize(("bad", "found"), [(3, True), (4, False)])
def test_up_to_three_older_captures_are_tried(tmp_path: Path, archive: Archive, bad: int, found: bool) -> None:
    archive.add(address(1), "20200101000000", page(1))
    for number in range(bad):
        archive.add(address(1), f"202{number + 1}0101000000", absent(1) + b"<!-- %d -->" % number)
    run = wayback(tmp_path, archive.url)
    assert run.outcomes == {"absent": min(bad, 4), **({"stored": 1} if found else {})}
    assert len(archive.asked("/web/")) == 4


def test_captures_of_equal_bytes_are_tried_once(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), "20200101000000", page(1))
    for year in range(2021, 2026):
        archive.add(address(1), f"{year}0101000000", EMPTY)
    assert wayback(tmp_path, archive.url).outcomes == {"stored": 1, "malformed": 1}


@pytest.mark.parametrize("lost", [404, 503, 302])
def test_a_capture_that_cannot_be_played_back_is_no_absent_page(tmp_path: Path, archive: Archive, lost: int) -> None:
    archive.add(address(1), OLD, page(1))
    archive.add(address(1), NEW, page(1, headline="แก้ไข"), lost=lost)
    archive.add(address(2), NEW, page(2), lost=404)
    run = wayback(tmp_path, archive.url, settings={"THAIGOV_TOLERATED_FAILURES": 1})
    assert held(run) == [(1, "2023-01-02T03:04:05+00:00")]
    failed = run.rows("SELECT article_id, reason FROM visits WHERE outcome = 'failed'")
    assert failed == [
        (2, f"the archive does not play it back (HTTP status 404) ResourceNotAvailableException: {address(2)}")
    ]


def test_a_redirect_to_another_capture_of_the_article_is_taken_with_its_own_time(
    tmp_path: Path, archive: Archive
) -> None:
    archive.add(address(1), NEW, page(1), lost=302)
    archive.add("https://thaigov.go.th/news/contents/details/1", OLD, page(1))
    run = wayback(tmp_path, archive.url)
    assert run.rows("SELECT captured_at, capture_url FROM articles") == [
        (
            "2023-01-02T03:04:05+00:00",
            f"{archive.url}/web/{OLD}id_/https://thaigov.go.th/news/contents/details/1",
        )
    ]


@pytest.mark.parametrize(
    "target",
    [
        "/web/20240101000000id_/https://www.thaigov.go.th/",
        f"/web/20240101000000id_/{address(2)}",
    ],
)
def test_a_redirect_to_another_page_is_not_taken(tmp_path: Path, archive: Archive, target: str) -> None:
    archive.add(address(1), NEW, page(1))
    archive.add(address(2), "20240101000000", page(2))
    archive.faults.append(Fault("details/1$", Answer(status=302, headers={"Location": target}), times=None))
    run = wayback(tmp_path, archive.url, ids="1", settings={"THAIGOV_TOLERATED_FAILURES": 1})
    assert held(run) == []
    assert run.outcomes == {"failed": 1}
    assert len(archive.asked("/web/")) == 1


def test_a_page_that_is_no_memento_of_the_article_is_not_taken(tmp_path: Path, archive: Archive) -> None:
    for article_id in (1, 2):
        archive.add(address(article_id), NEW, page(article_id))
    archive.faults.append(Fault("details/1$", Answer(page(1)), times=None))
    archive.add(address(4), NEW, page(4))
    other = {"Memento-Datetime": "Tue, 02 Jan 2024 03:04:05 GMT", "Link": f'<{address(3)}>; rel="original"'}
    archive.faults.append(Fault("details/2$", Answer(page(3), headers=other), times=None))
    run = wayback(tmp_path, archive.url, settings={"THAIGOV_TOLERATED_FAILURES": 1})
    assert run.rows("SELECT article_id, reason FROM visits WHERE outcome = 'failed' ORDER BY article_id") == [
        (1, "it sends a page of its own instead of a capture (HTTP status 200)"),
        (2, f"the archive played back another page: {address(3)}"),
    ]
    assert len(archive.asked("/details/1$")) == 3


def test_an_archived_refusal_is_not_the_archives(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), OLD, page(1))
    archive.add(address(1), NEW, b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script>")
    assert wayback(tmp_path, archive.url).outcomes == {"stored": 1, "malformed": 1}


def test_every_capture_is_read_as_history(tmp_path: Path, archive: Archive) -> None:
    for year, headline in ((2021, "หนึ่ง"), (2022, "สอง"), (2023, "สอง"), (2024, "สาม")):
        archive.add(address(1), f"{year}0101000000", page(1, headline=headline))
    run = wayback(tmp_path, archive.url, captures="all")
    assert run.outcomes == {"stored": 3}
    assert run.rows("SELECT title, captured_at FROM articles") == [("สาม", "2024-01-01T00:00:00+00:00")]
    revisions = run.rows("SELECT captured_at, article FROM revisions ORDER BY captured_at")
    assert [(when[:4], json.loads(article)["title"]) for when, article in revisions] == [
        ("2021", "หนึ่ง"),
        ("2023", "สอง"),
    ]


# Faults on the way


@pytest.mark.parametrize("mishap", [Mishap.RESET, Mishap.TRUNCATED, Mishap.TRUNCATED_CHUNKED, Mishap.TRUNCATED_GZIP])
def test_a_broken_transfer_is_tried_again(tmp_path: Path, archive: Archive, mishap: Mishap) -> None:
    archive.add(address(1), NEW, page(1))
    archive.faults.append(Fault("/web/", mishap=mishap, times=1))
    run = wayback(tmp_path, archive.url)
    assert run.outcomes == {"stored": 1}
    assert "เปิดทุกวันไม่เว้นวันหยุด" in run.journal[0]["body"]


@pytest.mark.parametrize("mishap", [Mishap.TRUNCATED, Mishap.TRUNCATED_GZIP])
def test_of_a_capture_that_is_cut_for_good_an_older_one_is_read(
    tmp_path: Path, archive: Archive, mishap: Mishap
) -> None:
    archive.add(address(1), OLD, page(1))
    archive.add(address(1), NEW, page(1, headline="แก้ไข"))
    archive.faults.append(Fault(f"/web/{NEW}", mishap=mishap, times=None))
    run = wayback(tmp_path, archive.url, settings={"THAIGOV_TOLERATED_FAILURES": 1})
    assert held(run) == [(1, "2023-01-02T03:04:05+00:00")]
    assert run.outcomes == {"stored": 1, "failed": 1}


def test_of_a_capture_that_could_not_be_fetched_no_older_one_is_read(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), OLD, page(1))
    archive.add(address(1), NEW, page(1, headline="แก้ไข"))
    archive.faults.append(Fault(f"/web/{NEW}", Answer(status=500), times=3))
    run = wayback(tmp_path, archive.url)
    assert (run.status, run.outcomes, held(run)) == (4, {"failed": 1}, [])
    assert wayback(tmp_path, archive.url).rows("SELECT title FROM articles") == [("แก้ไข",)]


def test_html_under_status_200_is_overload_not_an_index(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), NEW, page(1))
    archive.faults.append(Fault(CDX, overload_page(), times=2))
    run = wayback(tmp_path, archive.url)
    assert run.outcomes == {"stored": 1}
    first, *_, last = [logged.at for logged in archive.asked(CDX)][:3]
    assert last - first > 0.5 + 1.0
    assert run.log.count("overloaded (it sends a web page instead of data)") == 2


def test_an_index_that_ends_in_the_middle_is_asked_for_again(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), NEW, page(1))
    archive.faults.append(Fault(CDX, Answer(b'[["urlkey", "time', content_type="application/json"), times=2))
    assert wayback(tmp_path, archive.url).outcomes == {"stored": 1}


@pytest.mark.parametrize("answer", [Answer(b"[[", content_type="application/json"), Answer(b"no", 400)])
def test_an_index_that_cannot_be_read_ends_the_run(tmp_path: Path, archive: Archive, answer: Answer) -> None:
    archive.add(address(1), NEW, page(1))
    archive.faults.append(Fault(CDX, answer, times=None))
    run = wayback(tmp_path, archive.url)
    assert run.status == 4
    assert f"The index of the web archive 127.0.0.1:{archive.port} could not be read" in run.log
    assert not archive.asked("/web/")


def test_without_a_network_the_message_says_what_to_do(tmp_path: Path) -> None:
    run = wayback(tmp_path, "http://archive.invalid")
    assert run.status == 4
    (message,) = re.findall("ERROR: (.*)", run.log)
    assert "The web archive archive.invalid could not be reached" in message
    assert "-a source=sample" in message
    assert "Traceback" not in run.log


@pytest.mark.parametrize("value", ["web.archive.org", "ftp://x", "", "https://"])
def test_a_bad_archive_is_a_bad_setting(tmp_path: Path, value: str) -> None:
    done = scrapy("crawl", "thaigov", *settings(tmp_path, value))
    assert (done.returncode, "setting THAIGOV_ARCHIVE: " in done.stderr) == (2, True)


def test_an_index_in_trouble_is_asked_again_after_a_pause(tmp_path: Path, archive: Archive) -> None:
    archive.max_rows = 2
    for article_id in range(1, 7):
        archive.add(address(article_id), NEW, page(article_id))
    archive.faults += [Fault(CDX, Answer(b"", 504), after=1), Fault(CDX, mishap=Mishap.RESET, after=1, times=8)]
    run = wayback(tmp_path, archive.url)
    assert (run.status, run.outcomes) == (0, {"stored": 6})
    assert "overloaded (HTTP status 504)" in run.log
    assert "connections failed in a row" in run.log


def test_a_resume_key_that_does_not_move_ends_the_run(tmp_path: Path, archive: Archive) -> None:
    rows = [["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"], [], ["same"]]
    archive.faults.append(Fault(CDX, Answer(json.dumps(rows).encode(), content_type="application/json"), times=None))
    run = wayback(tmp_path, archive.url)
    assert (run.status, len(archive.log)) == (4, 2)
    assert "repeats a resume key" in run.log


@pytest.mark.parametrize("status", [403, 451])
def test_a_capture_that_the_archive_excludes_is_one_capture(tmp_path: Path, archive: Archive, status: int) -> None:
    for article_id in range(1, 4):
        archive.add(address(article_id), NEW, page(article_id))
    excluded = {"X-Archive-Wayback-Runtime-Error": "AdministrativeAccessControlException: Blocked"}
    archive.faults.append(Fault("details/1$", Answer(b"", status, headers=excluded), times=None))
    run = wayback(tmp_path, archive.url, settings={"THAIGOV_TOLERATED_FAILURES": 1})
    assert run.outcomes == {"stored": 2, "failed": 1}


def test_an_archived_refusal_found_by_a_redirect_is_passed_over(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), "20250101000000", page(1), lost=302)
    archive.add(address(1), "20241231000000", b"<title>Just a moment...</title>", 403)
    archive.add(address(1), OLD, page(1))
    run = wayback(tmp_path, archive.url, settings={"THAIGOV_TOLERATED_FAILURES": 1})
    assert held(run) == [(1, "2023-01-02T03:04:05+00:00")]
    assert run.outcomes == {"stored": 1, "failed": 1}


def test_a_capture_that_a_redirect_led_to_is_not_visited_again(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), NEW, page(1), lost=302)
    archive.add(address(1), OLD, absent(1))
    assert wayback(tmp_path, archive.url).outcomes == {"absent": 1}
    assert len(archive.asked("/web/")) == 2


def test_another_archive_may_know_better(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), NEW, absent(1))
    wayback(tmp_path, archive.url)
    with Archive() as other:
        other.add(address(1), NEW, page(1))
        assert wayback(tmp_path, other.url).outcomes == {"stored": 1}


def test_a_history_is_read_whole_each_time(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), OLD, page(1, headline="เดิม"))
    archive.add(address(1), NEW, page(1))
    archive.faults.append(Fault(f"/web/{OLD}", Answer(status=500), times=3))
    assert wayback(tmp_path, archive.url, captures="all").outcomes == {"stored": 1, "failed": 1}
    assert wayback(tmp_path, archive.url, captures="all").outcomes == {"stored": 1, "unchanged": 1}


# The run as a whole


def test_rates_are_settings_of_their_own(tmp_path: Path, archive: Archive) -> None:
    for article_id in range(1, 6):
        archive.add(address(article_id), NEW, page(article_id))
    run = wayback(
        tmp_path, archive.url, settings={"THAIGOV_REPLAY_DELAY": 0.3, "DOWNLOAD_SLOTS": '{"x": {"delay": 0}}'}
    )
    assert run.outcomes == {"stored": 5}
    at = [logged.at for logged in archive.asked("/web/")]
    assert at[-1] - at[0] >= 4 * 0.3 - TOLERANCE


@pytest.mark.parametrize("name", ["THAIGOV_CDX_DELAY", "THAIGOV_REPLAY_DELAY", "THAIGOV_PAUSE"])
@pytest.mark.parametrize("value", ["soon", "-1", "inf", "nan"])
def test_bad_seconds(tmp_path: Path, name: str, value: str) -> None:
    done = scrapy("crawl", "thaigov", *settings(tmp_path, "http://archive.invalid"), f"-s{name}={value}")
    assert done.returncode == 2
    assert f"setting {name}: {value!r} is not allowed: a number, 0 or more" in done.stderr


PAUSE = 3600  # seconds: the longest pause of a host, and longer than a test waits for a run


@pytest.mark.parametrize(
    ("fault", "it_has_come"),
    [
        (Fault(CDX, delay=PAUSE), "Spider opened"),
        (Fault(CDX, too_many_requests(PAUSE)), "Nothing is sent to it for"),
        (Fault("/web/", too_many_requests(PAUSE)), "Nothing is sent to it for"),
    ],
    ids=str,
)
def test_an_interrupt_ends_planning_and_pauses(
    tmp_path: Path, archive: Archive, fault: Fault, it_has_come: str
) -> None:
    for article_id in range(1, 30):
        archive.add(address(article_id), NEW, page(article_id))
    archive.faults.append(fault)
    log = tmp_path / "log"
    with log.open("wb") as file, started("crawl", "thaigov", *settings(tmp_path, archive.url), stderr=file) as run:
        wait_until(lambda: archive.asked(fault.match) and it_has_come in log.read_text("utf-8"))
        asked = len(archive.log)
        run.send_signal(signal.SIGINT)
        wait_until(lambda: "Closing spider (shutdown)" in log.read_text("utf-8"))
        archive.let_go()  # the requests under way are answered
        assert run.wait() == 1
    assert len(archive.log) <= asked + IN_FLIGHT
    for recorded in (tmp_path / "data").glob("warc/*"):
        assert recorded.suffix == ".gz"


def test_a_run_can_be_stopped_and_goes_on(tmp_path: Path, archive: Archive) -> None:
    for article_id in range(1, 61):
        archive.add(address(article_id), NEW, page(article_id))
    slow = [*settings(tmp_path, archive.url), "-sTHAIGOV_REPLAY_DELAY=0.05"]
    archive.faults.append(Fault("/web/", delay=PAUSE, after=20, times=None))
    log = tmp_path / "log"
    with log.open("wb") as file, started("crawl", "thaigov", *slow, stderr=file) as run:
        wait_until(lambda: len(archive.asked("/web/")) > 20)
        run.send_signal(signal.SIGINT)
        wait_until(lambda: "Closing spider (shutdown)" in log.read_text("utf-8"))
        archive.let_go()
        assert run.wait() == 1
    assert 20 < len(archive.asked("/web/")) <= 20 + IN_FLIGHT
    # What was under way is stored, or was dropped: the answers came before the run looked whether it was stopped, or not.
    (stored,) = query_database(tmp_path / "data" / "thaigov.db", "SELECT count(*) FROM articles")[0]
    assert stored >= 20
    archive.faults.clear()
    archive.log.clear()
    second = wayback(tmp_path, archive.url)
    assert second.rows("SELECT count(*) FROM articles") == [(60,)]
    assert len(archive.asked("/web/")) == 60 - stored


def test_a_recording_reads_like_the_archive(tmp_path: Path, archive: Archive) -> None:
    for article_id in range(1, 8):
        archive.add(address(article_id), OLD, page(article_id, headline=f"เดิม {article_id}"))
        archive.add(address(article_id), NEW, page(article_id))
    archive.add(address(8), NEW, EMPTY)
    archive.add(address(8), OLD, page(8))
    first = wayback(tmp_path, archive.url, captures="all")
    assert first.outcomes == {"stored": 15, "malformed": 1}
    again = crawl(tmp_path / "again", source=f"warc:{first.folder / 'warc'}")
    check_recording(first, again)


def test_recording_can_be_turned_off(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), NEW, page(1))
    assert not (wayback(tmp_path, archive.url, settings={"THAIGOV_RECORD": False}).folder / "warc").exists()


def test_probe_shows_the_captures_of_an_article(archive: Archive, tmp_path: Path) -> None:
    archive.add(address(7), NEW, page(7))
    done = scrapy("probe", "-asource=wayback", "7", *settings(tmp_path, archive.url))
    assert done.returncode == 0
    assert "เปิดห้องสมุดชุมชนแห่งที่ 7" in done.stdout
    assert not (tmp_path / "data").exists()


# A real pywb


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Any:
    warc = Warc()
    for article_id in range(96700, 96710):
        warc.response(address(article_id), "2023-01-02T03:04:05Z", page(article_id, headline=f"เดิม {article_id}"))
        warc.response(address(article_id), "2024-01-02T03:04:05Z", page(article_id))
    warc.response(address(96708), "2024-02-02T03:04:05Z", EMPTY)
    warc.response(address(96711), "2024-02-02T03:04:05Z", b"", status=404)
    warc.response(address(96712), "2024-02-02T03:04:05Z", b"", status=302, Location="https://www.thaigov.go.th/")
    warc.response("http://thaigov.go.th/news/contents/ministry_details/96713", "2024-02-02T03:04:05Z", page(96713))
    folder = tmp_path_factory.mktemp("pywb")
    with pywb(warc.write(folder / "pages.warc.gz"), folder) as base:
        yield base


def test_pywb_serves_as_well(tmp_path: Path, collection: str) -> None:
    run = wayback(tmp_path, collection, ids="96700-96799")
    assert run.status == 4  # one of 12 visits is malformed
    assert run.outcomes == {"stored": 11, "malformed": 1}
    assert [article_id for article_id, _ in held(run)] == [*range(96700, 96710), 96713]
    assert run.rows("SELECT captured_at, capture_url FROM articles WHERE id = 96700") == [
        ("2024-01-02T03:04:05+00:00", f"{collection}/20240102030405id_/{address(96700)}")
    ]
    again = crawl(tmp_path / "again", source=f"warc:{run.folder / 'warc'}")
    assert held(again) == held(run)


def test_the_history_from_pywb(tmp_path: Path, collection: str) -> None:
    run = wayback(tmp_path, collection, ids="96700-96704", captures="all")
    assert run.outcomes == {"stored": 10}
    assert run.rows("SELECT count(*) FROM revisions") == [(5,)]
