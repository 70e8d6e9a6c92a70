"""What a run visits: the argument `visit` against the loopback site and the loopback archive."""

from __future__ import annotations

import re
import socket
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.support.commands import QUICK, crawl, query_database, started
from tests.support.crawls import SETTINGS, live, wayback
from tests.support.loopback.answers import Answer, redirect
from tests.support.loopback.archive import Archive
from tests.support.loopback.faults import Fault
from tests.support.loopback.site import Site
from tests.support.stores import execute
from tests.support.waiting import wait_until
from tests.support.warcs import address, page, warc_of

OLD, NEW = "20230102030405", "20240102030405"


def asked(site: Site) -> list[int]:
    """The article IDs that were asked for since the last call."""
    found = [int(logged.path.rpartition("/")[2]) for logged in site.asked("/details/")]
    site.log.clear()
    return found


# missing


def test_a_second_run_over_a_finished_range_asks_for_nothing(tmp_path: Path, site: Site) -> None:
    del site.pages[3]
    site.faults.append(Fault("/details/4$", redirect("/th/news/169001"), times=None))
    live(tmp_path, site, ids="1-6")
    asked(site)
    run = live(tmp_path, site, ids="1-6")
    assert (run.status, asked(site), run.outcomes) == (0, [], {})
    assert "Plan: 0 visits from live, visit=missing" in run.log
    assert "6 article IDs are known" in run.log


@pytest.mark.parametrize(("days", "again"), [(30, []), (0, [3])])
def test_absent_ones_are_asked_for_again_after_days(tmp_path: Path, site: Site, days: int, again: list[int]) -> None:
    del site.pages[3]
    live(tmp_path, site, ids="1-4")
    asked(site)
    time.sleep(1.1)  # visits are known to the second
    live(tmp_path, site, ids="1-4", settings={"THAIGOV_ABSENT_AGAIN_DAYS": days})
    assert asked(site) == again


# new


def test_new_goes_on_from_the_highest_until_a_gap(tmp_path: Path, site: Site) -> None:
    live(tmp_path, site, ids="1-30")
    asked(site)
    site.pages |= {article_id: page(article_id) for article_id in range(31, 81) if article_id != 40}
    settings = {**SETTINGS, "THAIGOV_BASE_URL": site.url}
    run = crawl(tmp_path / "data", source="live", settings=settings, stop_after="20")
    assert sorted(asked(site)) == list(range(31, 101))
    assert run.outcomes == {"stored": 49, "absent": 21}
    assert "The 20 article IDs before 101 are absent: the run stops here" in run.log
    assert run.status == 0
    assert crawl(tmp_path / "data", source="live", settings=settings, stop_after="5").outcomes == {"absent": 5}
    assert sorted(asked(site)) == list(range(81, 86))


def test_new_on_an_empty_store_asks_where_to_begin(tmp_path: Path, site: Site) -> None:
    settings = {**SETTINGS, "THAIGOV_BASE_URL": site.url}
    run = crawl(tmp_path / "data", source="live", settings=settings)
    assert run.status == 2
    assert "argument ids: nothing is stored yet: say where to begin, as in ids=96700-" in run.log
    assert not site.log
    run = crawl(tmp_path / "data", source="live", settings=settings, visit="new", ids="28-", stop_after="3")
    assert sorted(asked(site)) == [28, 29, 30, 31, 32, 33]


def test_only_absent_ones_make_a_gap(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/3[1-9]$", Answer(status=500), times=None))
    settings = {"THAIGOV_TOLERATED_FAILURES": 1}
    live(tmp_path, site, ids="30-", visit="new", stop_after="5", settings=settings)
    assert max(asked(site)) == 44


def test_new_in_an_archive(tmp_path: Path, archive: Archive) -> None:
    for article_id in (5, 9):
        archive.add(address(article_id), NEW, page(article_id))
    wayback(tmp_path, archive.url, ids="5-8")
    archive.add(address(4), NEW, page(4))
    assert wayback(tmp_path, archive.url, visit="new").rows("SELECT id FROM articles") == [(5,), (9,)]


# failed


def test_what_cannot_be_read_fails_one_night_and_not_every_night(tmp_path: Path, archive: Archive) -> None:
    for article_id in range(1, 61):
        archive.add(address(article_id), NEW, page(article_id))
    for article_id in (61, 62, 63):
        archive.add(address(article_id), NEW, b"<html><head><title></title></head><body></body></html>")
    archive.add(address(64), NEW, page(64), lost=404)
    first = wayback(tmp_path, archive.url, {"THAIGOV_TOLERATED_FAILURES": 0.1})
    assert (first.status, first.outcomes) == (0, {"stored": 60, "malformed": 3, "failed": 1})
    archive.add(address(65), NEW, page(65))
    second = wayback(tmp_path, archive.url)
    assert (second.status, second.outcomes) == (0, {"stored": 1})
    assert second.rows("SELECT warnings FROM runs ORDER BY id DESC LIMIT 1") == [("[]",)]
    failed = wayback(tmp_path, archive.url, visit="failed")
    assert (failed.status, failed.outcomes) == (0, {"malformed": 3, "failed": 1})
    execute(failed, "UPDATE visits SET visited_at = '2020-01-01T00:00:00+00:00'")
    later = wayback(tmp_path, archive.url, {"THAIGOV_TOLERATED_FAILURES": 1})
    assert later.outcomes == {"malformed": 3, "failed": 1}


def test_failed_ones(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/3$", Answer(status=500), times=3))
    site.faults.append(Fault("/details/4$", Answer(b"<p>what</p>"), times=1))
    del site.pages[5]
    live(tmp_path, site, ids="1-5", settings={"THAIGOV_TOLERATED_FAILURES": 1})
    asked(site)
    assert live(tmp_path, site, ids="1-", visit="failed").outcomes == {"stored": 2}
    assert sorted(asked(site)) == [3, 4]
    assert live(tmp_path, site, ids="1-", visit="failed").outcomes == {}


# recheck


def test_recheck_asks_the_site_whether_a_page_has_changed(tmp_path: Path, site: Site) -> None:
    site.conditional = True
    live(tmp_path, site, ids="1-6")
    asked(site)
    site.pages[2] = page(2, headline="แก้ไขแล้ว")
    del site.pages[3]
    run = live(tmp_path, site, ids="1-6", visit="recheck")
    assert run.outcomes == {"stored": 1, "unchanged": 4, "absent": 1}
    statuses = {logged.path[-1]: logged.status for logged in site.asked("/details/")}
    assert statuses == {"1": 304, "2": 200, "3": 200, "4": 304, "5": 304, "6": 304}
    assert run.rows("SELECT title FROM articles WHERE id = 2") == [("แก้ไขแล้ว",)]
    assert run.rows("SELECT count(*) FROM revisions WHERE article_id = 2") == [(1,)]
    asked(site)
    live(tmp_path, site, ids="1-6", visit="recheck")
    assert {logged.status for logged in site.asked("/details/[12456]$")} == {304}


def test_recheck_without_ids_visits_the_young_ones(tmp_path: Path, site: Site) -> None:
    live(tmp_path, site, ids="1-4")
    asked(site)
    today = datetime.now(timezone(timedelta(hours=7))).date()
    run = live(tmp_path, site, ids="1")
    for article_id, days in ((2, 9), (3, 11)):
        execute(run, f"UPDATE articles SET date_published = '{today - timedelta(days=days)}' WHERE id = {article_id}")
    settings = {**SETTINGS, "THAIGOV_BASE_URL": site.url}
    crawl(tmp_path / "data", source="live", settings=settings, visit="recheck", recheck_days="10")
    assert asked(site) == [2]


def test_a_page_that_was_malformed_is_no_page_to_compare_with(tmp_path: Path, site: Site) -> None:
    site.conditional = True
    live(tmp_path, site, ids="1")
    site.pages[1] = b"<p>what</p>"
    live(tmp_path, site, ids="1", visit="recheck", settings={"THAIGOV_TOLERATED_FAILURES": 1})
    run = live(tmp_path, site, ids="1", visit="recheck", settings={"THAIGOV_TOLERATED_FAILURES": 1})
    assert run.outcomes == {"malformed": 1}


def test_recheck_fetches_of_an_archive_what_is_newer_and_differs(tmp_path: Path, archive: Archive) -> None:
    for article_id in range(1, 5):
        archive.add(address(article_id), OLD, page(article_id))
    wayback(tmp_path, archive.url)
    archive.log.clear()
    archive.add(address(1), NEW, page(1))  # newer, the same bytes
    archive.add(address(2), NEW, page(2, headline="แก้ไขแล้ว"))
    archive.add(address(3), "20220101000000", page(3, headline="ก่อนหน้า"))
    run = wayback(tmp_path, archive.url, ids="1-4", visit="recheck")
    assert run.outcomes == {"stored": 1}
    assert [logged.path.rpartition("/")[2] for logged in archive.asked("/web/")] == ["2"]
    archive.log.clear()
    assert wayback(tmp_path, archive.url, ids="1-4", visit="recheck").outcomes == {}


# all, and the plan


def test_all_visits_whatever_is_known(tmp_path: Path, site: Site) -> None:
    live(tmp_path, site, ids="1-3")
    assert live(tmp_path, site, ids="1-3", visit="all").outcomes == {"unchanged": 3}


def test_plan_only_visits_nothing(tmp_path: Path, archive: Archive) -> None:
    for article_id in (3, 5):
        archive.add(address(article_id), NEW, page(article_id))
    run = wayback(tmp_path, archive.url, ids="1-9", plan_only="true")
    assert run.status == 0
    assert not archive.asked("/web/")
    (plan,) = re.findall("Plan: .*", run.log)
    assert plan == (
        "Plan: 2 visits from wayback, visit=missing; article IDs 3 to 5; at least 0:00:00 at the allowed rate; "
        "7 of those asked for were never captured"
    )
    assert "0 of 2 planned" in run.log


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"visit": "some"}, "argument visit: 'some' is not allowed: must be one of missing, new, failed, recheck, all"),
        ({"stop_after": "0"}, "argument stop_after: '0' is not allowed: a number"),
        ({"recheck_days": "x"}, "argument recheck_days: 'x' is not allowed: a number"),
        ({"plan_only": "1"}, "argument plan_only: '1' is not allowed: must be true or false"),
    ],
)
def test_bad_arguments(tmp_path: Path, arguments: dict[str, str], said: str) -> None:
    run = crawl(tmp_path, source="sample", **arguments)
    assert (run.status, said in run.log) == (2, True)


# Edits and withdrawals


def test_a_withdrawn_article_stays_and_may_come_back(tmp_path: Path, site: Site) -> None:
    live(tmp_path, site, ids="1-3")
    gone = site.pages.pop(2)
    run = live(tmp_path, site, ids="1-3", visit="recheck")
    ((title, withdrawn_at),) = run.rows("SELECT title, withdrawn_at FROM articles WHERE id = 2")
    assert title
    assert withdrawn_at
    again = live(tmp_path, site, ids="1-3", visit="recheck")
    assert again.rows("SELECT withdrawn_at FROM articles WHERE id = 2") == [(withdrawn_at,)]
    site.pages[2] = gone
    run = live(tmp_path, site, ids="1-3", visit="recheck")
    assert run.rows("SELECT withdrawn_at FROM articles") == [(None,)] * 3
    kinds = run.rows("SELECT kind FROM changes WHERE article_id = 2 ORDER BY id")
    assert kinds == [("new",), ("withdrawn",), ("returned",)]


def test_an_empty_capture_in_an_archive_proves_nothing(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), OLD, page(1))
    wayback(tmp_path, archive.url)
    archive.add(address(1), NEW, page(1, headline="", body="", long_date=""))
    run = wayback(tmp_path, archive.url, visit="recheck", ids="1")
    assert run.outcomes == {"absent": 1}
    assert run.rows("SELECT withdrawn_at FROM articles") == [(None,)]


def test_an_edit_says_which_fields(tmp_path: Path, site: Site) -> None:
    live(tmp_path, site, ids="1")
    site.pages[1] = page(1, headline="แก้ไขแล้ว", section="ด้านเศรษฐกิจ")
    run = live(tmp_path, site, ids="1", visit="recheck")
    assert run.rows("SELECT kind, fields FROM changes ORDER BY id") == [
        ("new", "[]"),
        ("edited", '["title", "section"]'),
    ]


# One run on a host at a time


def test_a_second_run_on_the_host_ends_with_status_5(tmp_path: Path, archive: Archive) -> None:
    for article_id in range(1, 200):
        archive.add(address(article_id), NEW, page(article_id))
    settings = {**QUICK, "THAIGOV_ARCHIVE": archive.url, "THAIGOV_DIR": tmp_path / "data", "THAIGOV_REPLAY_DELAY": 0.2}
    options = [f"-s{name}={value}" for name, value in settings.items()]
    with started("crawl", "thaigov", *options) as first:
        wait_until(lambda: archive.asked("/web/"))
        before = len(archive.asked("/cdx"))
        second = wayback(tmp_path, archive.url)
        assert second.status == 5
        assert (
            f"Another run is at work on 127.0.0.1:{archive.port}: process {first.pid} on {socket.gethostname()}"
            in second.log
        )
        assert len(archive.asked("/cdx")) == before
        assert second.rows("SELECT exit_status FROM runs ORDER BY id DESC LIMIT 1") == [(5,)]
        on_files = crawl(tmp_path / "data", source=f"warc:{warc_of(range(1, 3)).write(tmp_path / 'x.warc.gz')}")
        assert on_files.status == 0
    ((expires_at,),) = query_database(tmp_path / "data" / "thaigov.db", "SELECT expires_at FROM leases")
    left = datetime.fromisoformat(expires_at) - datetime.now(timezone.utc)
    assert left < timedelta(seconds=60)
    third = wayback(tmp_path, archive.url, ids="1-20")  # at once: the process that held the lease is gone
    assert third.status == 0
    assert third.rows("SELECT count(*) FROM articles WHERE id <= 20") == [(20,)]
    assert third.rows("SELECT count(*) FROM leases") == [(0,)]


# What a review found


def test_what_is_in_retry_when_the_run_ends_is_visited_again(tmp_path: Path, site: Site) -> None:
    live(tmp_path, site, ids="1-10")
    site.faults.append(Fault("/details/12$", Answer(status=500), times=1))
    site.faults.append(Fault("/details/15$", Answer(status=403), times=1))
    settings = {**SETTINGS, "THAIGOV_BASE_URL": site.url}
    assert crawl(tmp_path / "data", source="live", settings=settings, stop_after="5").status == 3
    run = crawl(tmp_path / "data", source="live", settings=settings, stop_after="5")
    assert run.rows("SELECT count(*) FROM articles") == [(30,)]


def test_an_article_whose_older_capture_was_not_read_yet_is_not_absent(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), OLD, page(1))
    archive.add(address(1), NEW, page(1, headline="", body="", long_date=""))
    archive.faults.append(Fault(f"/web/{OLD}", Answer(status=403), times=1))
    assert wayback(tmp_path, archive.url).status == 3
    assert wayback(tmp_path, archive.url).rows("SELECT id FROM articles") == [(1,)]


def test_moved_ones_are_asked_for_again_after_days(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/", redirect("/maintenance.html", 302), times=5))
    assert live(tmp_path, site, ids="1-5").outcomes == {"moved": 5}
    time.sleep(1.1)  # visits are known to the second
    run = live(tmp_path, site, ids="1-5", settings={"THAIGOV_ABSENT_AGAIN_DAYS": 0})
    assert run.outcomes == {"stored": 5}


@pytest.mark.parametrize(
    ("answer", "status", "visits"),
    [(redirect("/", 302), 0, 5), (Answer(status=500), 4, 15), (Answer(b"<p>what</p>"), 4, 15)],
)
def test_new_ends_whatever_the_site_answers(
    tmp_path: Path, site: Site, answer: Answer, status: int, visits: int
) -> None:
    site.faults.append(Fault("/details/", answer, times=None))
    settings = {"THAIGOV_TOLERATED_FAILURES": 1, "RETRY_TIMES": 0}
    run = live(tmp_path, site, ids="1-", visit="new", stop_after="5", settings=settings)
    assert run.status == status
    assert sum(run.outcomes.values()) == visits


def test_an_outage_is_no_withdrawal_of_everything(tmp_path: Path, site: Site) -> None:
    live(tmp_path, site, ids="1-30")
    site.faults.append(Fault("/details/", Answer(status=404), times=None))
    run = live(tmp_path, site, ids="1-30", visit="recheck")
    assert run.status == 4
    assert "20 stored articles in a row are absent" in run.log
    # How many are asked for until the last of the 20 is seen depends on the load of the machine.
    assert len(site.asked("/details/")) < 30 + 30


def test_a_mirror_withdraws_only_what_came_from_it(tmp_path: Path, site: Site) -> None:
    live(tmp_path, site, ids="1-3")
    with Site(range(2, 4)) as mirror:
        run = live(tmp_path, mirror, ids="1-3", visit="recheck")
    assert run.outcomes == {"absent": 1, "unchanged": 2}
    assert run.rows("SELECT count(*) FROM articles WHERE withdrawn_at IS NOT NULL") == [(0,)]


def test_a_page_that_an_older_extractor_read_is_fetched_changed_or_not(tmp_path: Path, site: Site) -> None:
    site.conditional = True
    run = live(tmp_path, site, ids="1")
    execute(run, "UPDATE articles SET extractor = 0, venue = 'ที่ใดที่หนึ่ง'")
    run = live(tmp_path, site, ids="1", visit="recheck")
    assert run.rows("SELECT venue, extractor > 0 FROM articles") == [(None, 1)]


def test_of_an_edit_that_was_taken_back_nothing_is_fetched(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), OLD, page(1))
    wayback(tmp_path, archive.url)
    archive.log.clear()
    archive.add(address(1), NEW, page(1, headline="แก้ไขแล้ว"))
    archive.add(address(1), "20250101000000", page(1))
    assert wayback(tmp_path, archive.url, ids="1", visit="recheck").outcomes == {}
    assert not archive.asked("/web/")
