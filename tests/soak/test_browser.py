"""Runs whose pages a real Chromium opens."""

from __future__ import annotations

from pathlib import Path

from tests.support.commands import crawl
from tests.support.crawls import live, rendered_pages
from tests.support.loopback.answers import Answer, Mishap, redirect
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


def test_what_goes_wrong_in_a_browser(tmp_path: Path, site: Site) -> None:
    chromium()
    site.drawn = {5, 6, 7}
    site.faults.append(Fault("/contents/details/5$", redirect("/th/news/169001", 307), times=None))
    site.faults.append(Fault("/contents/details/6$", Answer(b"<h1>500</h1>", 500), times=None))
    site.faults.append(Fault("/api/page/7", Answer(status=500), times=None))
    site.faults.append(Fault("/contents/details/8$", mishap=Mishap.RESET, times=None))
    run = live(tmp_path, site, ids="5-8", render="true")
    outcomes = dict(run.rows("SELECT article_id, outcome FROM visits"))
    assert outcomes == {5: "moved", 6: "failed", 7: "malformed", 8: "failed"}
    assert not site.asked("/th/")
    opened, closed = rendered_pages(run.log)
    assert opened == closed
    assert run.rows("SELECT target FROM visits WHERE article_id = 5") == [(f"{site.url}/th/news/169001",)]


def test_a_browser_is_not_led_off_the_host(tmp_path: Path, site: Site) -> None:
    chromium()
    with Site() as other:
        elsewhere = f"http://localhost:{other.port}/news/contents/details/1"
        site.faults.append(Fault("/details/1$", redirect(elsewhere, 307), times=None))
        site.pages[2] = b"<html><script>location.href = '%s'</script></html>" % elsewhere.encode()
        run = live(tmp_path, site, ids="1-2", render="true", settings={"THAIGOV_TOLERATED_FAILURES": 1})
        assert not other.log
    assert run.rows("SELECT outcome, target FROM visits WHERE article_id = 1") == [("moved", elsewhere)]


def test_articles_of_the_relaunch(tmp_path: Path, site: Site) -> None:
    chromium()
    run = live(
        tmp_path,
        site,
        ids="169001-169004",
        address="relaunch",
        render="true",
        settings={"THAIGOV_TOLERATED_FAILURES": 1},
    )
    folder = run.folder / "relaunch"
    run.folder = folder
    assert run.outcomes == {"stored": 3, "malformed": 1}
    ((url, title, layout, day),) = run.rows("SELECT url, title, layout, date_published FROM articles WHERE id = 169001")
    assert url == "https://www.thaigov.go.th/th/news/169001"
    assert (title, layout) == (site.news[169001]["headline"], "generic")
    assert day
    assert run.journal[0]["body"]
    assert rendered_pages(run.log) == (4, 4)
    assert not site.asked("^/media/")
    assert not (folder.parent / "thaigov.db").exists()
    again = crawl(
        tmp_path / "again",
        source=f"warc:{folder / 'warc'}",
        address="relaunch",
        settings={"THAIGOV_BASE_URL": site.url, "THAIGOV_TOLERATED_FAILURES": 1},
    )
    again.folder /= "relaunch"
    assert again.outcomes == run.outcomes
    query = "SELECT id, title, body, url, digest FROM articles ORDER BY id"
    assert again.rows(query) == run.rows(query)
