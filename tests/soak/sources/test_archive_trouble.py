"""A web archive in trouble is paused, and then given up. Its answers settle nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import EndedCrawl
from tests.support.crawls import filled, wayback
from tests.support.loopback.answers import Answer, html, redirect
from tests.support.loopback.archive import Archive
from tests.support.loopback.faults import Fault
from tests.support.warcs import address, page
from thaigov_crawler.sources.wayback import REPLAYS_AT_ONCE

OLD, NEW = "20230102030405", "20240102030405"


# An archive in trouble


def pauses(run: EndedCrawl) -> int:
    """Return how often a run in trouble has paused its archive. One request follows each pause.

    At least four pauses come before a run is given up. A try of a capture that met trouble before makes one more.
    """
    number = run.log.count("Nothing is sent to it for")
    assert 4 <= number <= 4 + 2 * REPLAYS_AT_ONCE
    return number


OFFLINE = html("Temporarily Offline", "<h1>Our services are temporarily offline.</h1>")


@pytest.mark.parametrize(
    "answer",
    [OFFLINE, redirect("https://status.example/", 302), redirect("/offline.html", 302), Answer(b"", 202)],
    ids=["200", "elsewhere", "here", "202"],
)
def test_a_page_in_place_of_all_captures_is_an_outage(tmp_path: Path, archive: Archive, answer: Answer) -> None:
    for article_id in range(1, 21):
        for timestamp in (OLD, NEW):
            archive.add(address(article_id), timestamp, page(article_id, headline=timestamp))
    archive.faults.append(Fault("/web/", answer, times=None))
    run = wayback(tmp_path, archive.url, {"THAIGOV_PAUSE": 0.1})
    assert run.status == 4
    assert "is in trouble: it sends a page of its own instead of a capture" in run.log
    assert len(archive.asked("/web/")) <= REPLAYS_AT_ONCE + pauses(run)
    assert not archive.asked(f"/web/{OLD}")
    archive.faults.clear()
    assert wayback(tmp_path, archive.url).outcomes == {"stored": 20}


@pytest.mark.parametrize("status", [500, 503, 404])
def test_an_archive_that_plays_back_nothing_is_given_up(tmp_path: Path, archive: Archive, status: int) -> None:
    for article_id in range(1, 61):
        archive.add(address(article_id), NEW, page(article_id))
    archive.faults.append(Fault("/web/", html("Error", "", status=status), times=None))
    run = wayback(tmp_path, archive.url, {"THAIGOV_PAUSE": 0.1})
    assert run.status == 4
    assert f"is in trouble: it plays back nothing (HTTP status {status}), 5 times in a row" in run.log
    assert len(archive.asked("/web/")) <= 5 + REPLAYS_AT_ONCE + pauses(run)
    archive.faults.clear()
    assert wayback(tmp_path, archive.url).rows("SELECT count(*) FROM articles") == [(60,)]


MEMENTO = {"Memento-Datetime": "Tue, 02 Jan 2024 03:04:05 GMT"}


@pytest.mark.parametrize(
    "answer",
    [
        html("x", "x", headers={**MEMENTO, "Link": '<https://blog.example/offline>; rel="original"'}),
        html("x", "x", headers={**MEMENTO, "Link": f'<{address(999)}>; rel="original"'}),
        redirect("/web/20240101000000id_/https://blog.example/offline", 302),
        redirect(f"/web/20240101000000id_/{address(999)}", 302),
        html("x", "x", headers={"Memento-Datetime": "never"}),
        html("x", "x", headers={"Memento-Datetime": ""}),
    ],
    ids=["other site", "other article", "to other site", "to other article", "no date", "empty date"],
)
def test_a_capture_of_another_page_in_place_of_all_is_an_outage(
    tmp_path: Path, archive: Archive, answer: Answer
) -> None:
    for article_id in range(1, 31):
        archive.add(address(article_id), NEW, page(article_id))
    archive.faults.append(Fault("/web/", answer, times=None))
    run = wayback(tmp_path, archive.url, {"THAIGOV_PAUSE": 0.1})
    assert run.status == 4
    assert len(archive.asked("/web/")) <= 5 + REPLAYS_AT_ONCE + pauses(run)
    archive.faults.clear()
    assert wayback(tmp_path, archive.url).rows("SELECT count(*) FROM articles") == [(30,)]


def test_an_outage_that_passes_costs_a_pause(tmp_path: Path, archive: Archive) -> None:
    filled(archive, 20).faults.append(Fault("/web/", OFFLINE, after=5, times=2))
    run = wayback(tmp_path, archive.url)
    assert (run.status, run.outcomes) == (0, {"stored": 20})
    assert "Nothing is sent to it for" in run.log


@pytest.mark.parametrize("answer", [OFFLINE, html("Error", "", status=503)], ids=["200", "503"])
def test_one_capture_that_is_never_played_ends_no_run(tmp_path: Path, archive: Archive, answer: Answer) -> None:
    filled(archive, 20).faults.append(Fault("/details/3$", answer, times=None))
    run = wayback(tmp_path, archive.url, {"THAIGOV_TOLERATED_FAILURES": 1, "THAIGOV_PAUSE": 0.1})
    assert (run.status, run.outcomes) == (0, {"stored": 19, "failed": 1})
    assert len(archive.asked("/details/3$")) == 3
    archive.log.clear()
    for article_id in range(21, 41):
        archive.add(address(article_id), NEW, page(article_id))
    again = wayback(tmp_path, archive.url, {"THAIGOV_TOLERATED_FAILURES": 1, "THAIGOV_PAUSE": 0.1})
    assert again.outcomes == {"stored": 20, "failed": 1}  # it is asked for again, after the others
    asked = [replay.path.rpartition("/")[2] for replay in archive.asked("/web/")]
    assert asked.count("3") == 3
    assert asked.index("3") > 20 - REPLAYS_AT_ONCE  # they are under way at the same time
