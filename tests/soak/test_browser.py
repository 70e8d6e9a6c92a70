"""Further runs whose pages a real Chromium opens."""

from __future__ import annotations

from pathlib import Path

from tests.support.crawls import live, rendered_pages
from tests.support.loopback.answers import Mishap
from tests.support.loopback.faults import Fault
from tests.support.loopback.refusals import challenge
from tests.support.loopback.site import Site
from tests.support.programs import chromium
from thaigov_crawler import __version__


def test_a_host_that_a_browser_cannot_reach_is_given_up(tmp_path: Path, site: Site) -> None:
    chromium()
    site.faults.append(Fault("/details/", mishap=Mishap.RESET, after=1, times=None))
    run = live(tmp_path, site, ids="1-30", render="true", settings={"THAIGOV_PAUSE": 0.1})
    assert run.status == 4
    assert "unreachable" in run.log
    assert "Traceback" not in run.log


def test_a_classic_page_that_javascript_draws(tmp_path: Path, site: Site) -> None:
    chromium()
    site.drawn = {5}
    run = live(tmp_path, site, ids="5-6", render="true")
    assert run.outcomes == {"stored": 2}
    assert run.rows("SELECT title, layout FROM articles") == [
        ("เปิดห้องสมุดชุมชนแห่งที่ 5", "classic"),
        ("เปิดห้องสมุดชุมชนแห่งที่ 6", "classic"),
    ]
    assert rendered_pages(run.log) == (2, 2)
    assert {logged.headers["User-Agent"] for logged in site.asked("details")} == {
        f"thaigov-crawler/{__version__} (+crawler@example.org)"
    }


def test_a_refusal_to_a_browser_ends_the_run(tmp_path: Path, site: Site) -> None:
    chromium()
    site.faults.append(Fault("/details/", challenge(403), after=1, times=None))
    run = live(tmp_path, site, ids="1-9", render="true")
    assert (run.status, run.outcomes) == (3, {"stored": 1, "refused": 1})
