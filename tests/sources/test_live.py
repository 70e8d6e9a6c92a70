"""The live site as a source, with a loopback copy of the site. A real Chromium draws some pages."""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

import pytest

from tests.support.commands import ROOT, crawl, environment, scrapy
from tests.support.crawls import SETTINGS, live
from tests.support.loopback.answers import Answer, Mishap, html, redirect
from tests.support.loopback.faults import Fault
from tests.support.loopback.site import Site
from tests.support.stores import execute
from tests.support.warcs import address, page
from thaigov_crawler import __version__


def test_articles_are_stored_with_where_and_when(tmp_path: Path, site: Site) -> None:
    del site.pages[3]
    run = live(tmp_path, site, ids="1-3")
    assert (run.status, run.outcomes) == (0, {"stored": 2, "absent": 1})
    ((url, capture_url, source, captured_at),) = run.rows(
        "SELECT url, capture_url, source, captured_at FROM articles WHERE id = 1"
    )
    assert (url, capture_url, source) == (address(1), f"{site.url}/news/contents/details/1", "live")
    assert captured_at.endswith("+00:00")
    assert (run.folder / "warc").exists()


def test_it_says_who_it_is(tmp_path: Path, site: Site) -> None:
    live(tmp_path, site, ids="1")
    agents = {logged.headers["User-Agent"] for logged in site.log}
    assert agents == {f"thaigov-crawler/{__version__} (+crawler@example.org)"}


def test_without_a_contact_nothing_is_asked(tmp_path: Path, site: Site) -> None:
    done = scrapy(
        "crawl", "thaigov", "-asource=live", "-aids=1", f"-sTHAIGOV_DIR={tmp_path}", f"-sTHAIGOV_BASE_URL={site.url}"
    )
    assert done.returncode == 2
    assert not site.log
    for part in (
        "THAIGOV_CONTACT",
        "https://www.thaigov.go.th/en/policy",
        "authorised",
        "source=wayback",
        "source=warc:",
        "source=sample",
    ):
        assert part in done.stderr


@pytest.mark.parametrize("contact", ["me", "a@b", "a b@example.org", "x (y)", "ftp://example.org", "ก@example.org"])
def test_a_contact_must_be_one(tmp_path: Path, site: Site, contact: str) -> None:
    run_with = scrapy(
        "crawl", "thaigov", "-asource=live", "-aids=1", f"-sTHAIGOV_DIR={tmp_path}", f"-sTHAIGOV_CONTACT={contact}"
    )
    assert run_with.returncode == 2
    assert "setting THAIGOV_CONTACT: " in run_with.stderr


@pytest.mark.parametrize("url", ["www.thaigov.go.th", "http://x/news", "https://"])
def test_a_base_must_be_an_origin(tmp_path: Path, url: str) -> None:
    settings = [
        f"-s{name}={value}" for name, value in {**SETTINGS, "THAIGOV_DIR": tmp_path, "THAIGOV_BASE_URL": url}.items()
    ]
    done = scrapy("crawl", "thaigov", "-asource=live", "-aids=1", *settings)
    assert (done.returncode, "setting THAIGOV_BASE_URL: " in done.stderr) == (2, True)


@pytest.mark.parametrize("visit", ["missing", "all"])
def test_the_range_must_have_an_end(tmp_path: Path, site: Site, visit: str) -> None:
    run = live(tmp_path, site, ids="5-", visit=visit)
    assert run.status == 2
    assert "argument ids: " in run.log
    assert not site.log


def test_what_is_known_is_not_visited_again(tmp_path: Path, site: Site) -> None:
    del site.pages[3]
    site.faults.append(Fault("/details/5$", Answer(status=500), times=3))
    live(tmp_path, site, ids="1-5", settings={"THAIGOV_TOLERATED_FAILURES": 1})
    site.log.clear()
    run = live(tmp_path, site, ids="2-7")
    assert run.outcomes == {"stored": 3}
    assert [logged.path.rpartition("/")[2] for logged in site.asked("/details/")] == ["5", "6", "7"]


def test_a_redirect_away_is_moved_and_not_followed(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/1$", redirect("/th/news/169001", 307), times=None))
    site.faults.append(Fault("/details/2$", redirect("https://elsewhere.example/x", 301), times=None))
    site.faults.append(Fault("/details/3$", redirect("/news/contents/details/4", 302), times=None))
    run = live(tmp_path, site, ids="1-3")
    assert run.outcomes == {"moved": 3}
    assert run.rows("SELECT article_id, target FROM visits") == [
        (1, f"{site.url}/th/news/169001"),
        (2, "https://elsewhere.example/x"),
        (3, f"{site.url}/news/contents/details/4"),
    ]
    assert len(site.asked("/(details|th)/")) == 3


def test_a_redirect_to_another_address_of_the_article_is_followed(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/news/contents/details/1$", redirect("/news/contents/ministry_details/1"), times=None))
    run = live(tmp_path, site, ids="1")
    assert run.outcomes == {"stored": 1}
    assert run.rows("SELECT capture_url FROM articles") == [(f"{site.url}/news/contents/ministry_details/1",)]


def test_redirects_in_circles_end(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/contents/details/1$", redirect("/news/contents/ministry_details/1"), times=None))
    site.faults.append(Fault("/contents/ministry_details/1$", redirect("/news/contents/details/1"), times=None))
    run = live(tmp_path, site, ids="1-9", settings={"THAIGOV_TOLERATED_FAILURES": 1})
    assert run.outcomes == {"stored": 8, "failed": 1}
    assert "redirects that do not end" in run.log


def test_a_redirect_to_the_same_address_is_tried_again(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/1$", redirect("/news/contents/details/1", 302)))
    assert live(tmp_path, site, ids="1").outcomes == {"stored": 1}


def test_the_name_of_a_run_cannot_be_changed(tmp_path: Path, site: Site) -> None:
    live(tmp_path, site, ids="1", settings={"USER_AGENT": "Mozilla/5.0"})
    assert {logged.headers["User-Agent"].split("/")[0] for logged in site.log} == {"thaigov-crawler"}


def test_a_recording_reads_like_the_site(tmp_path: Path, site: Site) -> None:
    first = live(tmp_path, site, ids="1-5")
    settings = {"THAIGOV_BASE_URL": site.url}
    again = crawl(tmp_path / "again", source=f"warc:{first.folder / 'warc'}", settings=settings)
    assert again.outcomes == first.outcomes
    query = "SELECT id, title, body, digest, capture_url FROM articles ORDER BY id"
    assert again.rows(query) == first.rows(query)


# Answers that are not pages


@pytest.mark.parametrize(
    "answer",
    [
        html("Request Rejected", "<p>The requested URL was rejected. Your support ID is: 1</p>"),
        html("Request Rejected", "<p>The requested URL was rejected. Your support ID is: 1</p>", status=202),
        Answer(b""),
        Answer(b"", 202),
        Answer(b"<h1>503</h1>", 500),
    ],
    ids=["page", "202", "empty", "empty 202", "500"],
)
def test_a_stretch_of_pages_that_are_no_articles_ends_the_run(tmp_path: Path, site: Site, answer: Answer) -> None:
    site.pages = {article_id: page(article_id) for article_id in range(1, 61)}
    site.faults.append(Fault("/details/", answer, after=1, times=None))
    run = live(tmp_path, site, ids="1-60", settings={"RETRY_TIMES": 0})
    assert run.status == 4
    # One or more are under way when the last of the 20 is seen, but not as many again.
    assert 1 + 20 <= len(site.asked("/details/")) < 1 + 20 + 20
    assert "The last 20 pages that" in run.log


def test_the_run_after_a_stretch_visits_the_rest(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/", Answer(b""), after=1, times=None))
    assert live(tmp_path, site, ids="1-30").status == 4
    site.faults.clear()
    assert live(tmp_path, site, ids="1-30").outcomes == {"stored": 29}


def test_those_that_failed_before_may_fail_again(tmp_path: Path, site: Site) -> None:
    site.pages |= {article_id: b"<p>what</p>" for article_id in range(1, 31) if article_id != 15}
    assert live(tmp_path, site, ids="1-30", settings={"THAIGOV_TOLERATED_FAILURES": 1}).status == 0
    again = live(tmp_path, site, ids="1-30", visit="failed")
    assert (again.status, again.outcomes) == (0, {"malformed": 29})


def test_a_304_that_nobody_asked_for_is_a_failure(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/1$", Answer(status=304)))
    run = live(tmp_path, site, ids="1-30")
    assert run.outcomes == {"stored": 29, "failed": 1}
    assert run.rows("SELECT reason FROM visits WHERE article_id = 1") == [
        ("HTTP status 304, though nobody asked whether the page has changed",)
    ]
    assert live(tmp_path, site, ids="1-30").outcomes == {"stored": 1}


@pytest.mark.parametrize("kind", ["plain", "chunked", "gzip"])
@pytest.mark.parametrize("what", ["/details/1$", "/robots.txt"])
def test_an_answer_over_the_limit_fails_with_a_reason(tmp_path: Path, site: Site, kind: str, what: str) -> None:
    body = b" " * 300_000
    answers = {
        "plain": Answer(body),
        "chunked": Answer(body, mishap=Mishap.CHUNKED),
        "gzip": Answer(gzip.compress(body), headers={"Content-Encoding": "gzip"}),
    }
    site.faults.append(Fault(what, answers[kind], times=None))
    run = live(tmp_path, site, ids="1-2", settings={"DOWNLOAD_MAXSIZE": 200_000, "THAIGOV_TOLERATED_FAILURES": 1})
    if what == "/robots.txt":
        assert (run.status, run.outcomes) == (4, {})
        assert re.search(r"cannot be fetched, and that means no: .*(larger|exceeded)", run.log)
        assert not site.asked("/details/")
    else:
        assert run.outcomes == {"stored": 1, "failed": 1}
        ((reason,),) = run.rows("SELECT reason FROM visits WHERE article_id = 1")
        assert re.search("larger|exceeded", reason)


# Article IDs whose connection always breaks


def test_article_ids_whose_connection_always_breaks_go_last(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault(r"/details/([3-9]|10)$", mishap=Mishap.RESET, times=None))
    settings = {"THAIGOV_PAUSE": 0.05}
    nights = [live(tmp_path, site, ids="1-30", settings=settings) for _ in range(2)]
    assert nights[0].status == 4
    assert nights[1].rows("SELECT id FROM articles") == [(each,) for each in range(1, 31) if not 3 <= each <= 10]
    site.faults.clear()
    assert live(tmp_path, site, ids="1-30").outcomes == {"stored": 8}


def test_they_go_last_when_looking_for_new_ones_too(tmp_path: Path, site: Site) -> None:
    live(tmp_path, site, ids="1-2")
    site.faults.append(Fault(r"/details/([3-9]|10)$", mishap=Mishap.RESET, times=None))
    settings = {**SETTINGS, "THAIGOV_PAUSE": 0.05, "THAIGOV_BASE_URL": site.url}
    for _ in range(2):
        run = crawl(tmp_path / "data", source="live", stop_after="5", settings=settings)
    assert run.rows("SELECT count(*) FROM articles") == [(22,)]


def test_of_those_that_failed_the_longest_untried_come_first(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/[1-4]$", mishap=Mishap.RESET, times=None))
    settings = {"RETRY_TIMES": 0, "THAIGOV_TOLERATED_FAILURES": 1}
    run = live(tmp_path, site, ids="1-4", settings=settings)
    execute(run, "UPDATE visits SET visited_at = '2020-01-01T00:00:00+00:00' WHERE article_id = 3")
    site.log.clear()
    live(tmp_path, site, ids="1-5", visit="all", settings=settings)
    # If a connection was open before, the library tries the request once more.
    assert list(dict.fromkeys(logged.path.rpartition("/")[2] for logged in site.asked("/details/"))) == list("53124")


# Options


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"source": "wayback", "render": "true"}, "argument render: 'true' is not allowed: only with source=live"),
        ({"source": "sample", "captures": "all"}, "argument captures: 'all' is not allowed: only with source=wayback"),
        ({"source": "live", "render": "yes"}, "argument render: 'yes' is not allowed: must be false or true"),
        ({"source": "live", "address": "new"}, "argument address: 'new' is not allowed: must be classic or relaunch"),
        ({"source": "wayback", "captures": "some"}, "argument captures: 'some' is not allowed: must be newest or all"),
        ({"source": "sample", "visit": "some"}, "argument visit: 'some' is not allowed: must be one of missing"),
    ],
)
def test_bad_options(tmp_path: Path, arguments: dict[str, str], said: str) -> None:
    options = [f"-a{name}={value}" for name, value in arguments.items()]
    done = scrapy("crawl", "thaigov", *options, f"-sTHAIGOV_DIR={tmp_path}", "-sTHAIGOV_CONTACT=a@example.org")
    assert (done.returncode, said in done.stderr) == (2, True)


# Pages that JavaScript draws. In a real browser: tests/soak/test_browser.py.


def test_without_a_browser_a_drawn_page_is_malformed(tmp_path: Path, site: Site) -> None:
    site.drawn = {5}
    assert live(tmp_path, site, ids="5").outcomes == {"malformed": 1}


def test_a_missing_browser_is_named_with_what_installs_it(tmp_path: Path, site: Site) -> None:
    settings = {**SETTINGS, "THAIGOV_DIR": tmp_path / "data", "THAIGOV_BASE_URL": site.url}
    options = [f"-s{name}={value}" for name, value in settings.items()]
    nowhere = environment(PATH=str(Path(sys.executable).parent), PLAYWRIGHT_BROWSERS_PATH=str(tmp_path))
    done = scrapy("crawl", "thaigov", "-asource=live", "-aids=1", "-arender=true", *options, env=nowhere, cwd=ROOT)
    assert done.returncode == 2
    assert "argument render" in done.stderr
    assert "`playwright install --with-deps chromium`" in done.stderr
    assert not site.log
