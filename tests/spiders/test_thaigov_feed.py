"""The spider thaigov_feed: what it asks of a loopback copy of the site."""

from __future__ import annotations

import gzip
import re
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from scrapy.settings import Settings

from tests.support.commands import TIMEOUT, EndedCrawl, Started, scrapy, started
from tests.support.crawls import TOLERANCE
from tests.support.feeds import feed, options, visited
from tests.support.loopback.answers import Answer, Mishap, html, redirect
from tests.support.loopback.faults import Fault
from tests.support.loopback.refusals import challenge
from tests.support.loopback.site import DISALLOWING, Site
from tests.support.waiting import wait_until
from tests.support.warcs import page
from thaigov_crawler.errors import ArgumentError
from thaigov_crawler.spiders.thaigov_feed import ThaigovFeedSpider

FIRST, SECOND, THIRD = (f"/news/contents/index/8{query}" for query in ("", "?per_page=10", "?per_page=20"))


def listings(site: Site) -> list[str]:
    """The pages of listings that were asked for, in order."""
    return [logged.path for logged in site.asked("/index/")]


def stored(run: EndedCrawl) -> list[int]:
    return [article_id for (article_id,) in run.rows("SELECT id FROM articles ORDER BY id")]


def warnings(run: EndedCrawl) -> list[str]:
    return re.findall("WARNING: (?!Summary of the run)(.*)", run.log)


def add(site: Site, *article_ids: int) -> None:
    site.pages.update({article_id: page(article_id) for article_id in article_ids})


# Where a walk ends


def test_listings_are_read_newest_first_then_what_they_show_is_visited(tmp_path: Path, site: Site) -> None:
    run = feed(tmp_path, site)
    assert (run.status, run.outcomes, warnings(run)) == (0, {"stored": 30}, [])
    assert [logged.path for logged in site.log[:4]] == ["/robots.txt", FIRST, SECOND, THIRD]
    # The oldest first, so that a run that is killed leaves the newest.
    assert visited(site) == list(range(1, 31))
    assert run.rows("SELECT spider, source, arguments, planned FROM runs") == [
        ("thaigov_feed", "live", '{"sections": "8"}', 30)
    ]
    assert run.rows("SELECT count(*) FROM visits WHERE outcome != 'stored'") == [(0,)]
    assert len(run.journal) == 30
    assert "Section 8: 30 missing on 3 page(s) of its listing; it has no further page" in run.log


def test_a_second_run_asks_for_the_first_page_of_each_listing(tmp_path: Path, site: Site) -> None:
    site.categories = {8: range(1, 16), 5: range(10, 31)}
    feed(tmp_path, site, "8,5")
    run = feed(tmp_path, site, " 8, 5,08")
    assert (run.status, run.outcomes) == (0, {})
    assert [logged.path for logged in site.log] == ["/robots.txt", FIRST, FIRST.replace("8", "5")]


def test_it_stops_at_what_is_known(tmp_path: Path, site: Site) -> None:
    feed(tmp_path, site)
    add(site, *range(31, 43))
    run = feed(tmp_path, site)
    assert (run.status, listings(site), visited(site)) == (0, [FIRST, SECOND, THIRD], list(range(31, 43)))
    assert "Section 8: 12 missing on 3 page(s) of its listing; all on the last one are known" in run.log


def test_absent_and_moved_articles_are_known(tmp_path: Path, site: Site) -> None:
    site.faults += [
        Fault("/details/30$", redirect("/th/news/169001"), times=None),
        Fault("/details/29$", html("404", "", status=404), times=None),
    ]
    assert feed(tmp_path, site).outcomes == {"stored": 28, "moved": 1, "absent": 1}
    feed(tmp_path, site)
    assert (listings(site), visited(site)) == ([FIRST], [])


def test_articles_that_could_not_be_read_are_visited_again(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/25$", Answer(status=500), times=3))
    feed(tmp_path, site)
    feed(tmp_path, site)
    assert (listings(site), visited(site)) == ([FIRST, SECOND], [25])


def test_edits_are_no_business_of_it(tmp_path: Path, site: Site) -> None:
    feed(tmp_path, site)
    site.pages[30] = page(30, headline="หัวข้อใหม่ของชาวสวน")
    assert feed(tmp_path, site).outcomes == {}


def test_an_article_of_two_sections_is_visited_once(tmp_path: Path, site: Site) -> None:
    site.categories = {8: range(1, 13), 5: range(8, 31), 7: range(40, 50)}
    run = feed(tmp_path, site, "8,5")
    assert (run.status, visited(site)) == (0, list(range(1, 31)))


def test_articles_shared_with_an_earlier_section_do_not_end_a_walk(tmp_path: Path, site: Site) -> None:
    site.categories = {8: range(11, 31), 5: range(1, 31)}
    feed(tmp_path, site, "8,5")
    assert visited(site) == list(range(1, 31))


def test_releases_of_ministries_are_articles(tmp_path: Path, site: Site) -> None:
    site.ministry = set(range(1, 31, 2))
    assert stored(feed(tmp_path, site)) == list(range(1, 31))
    feed(tmp_path, site)
    assert (listings(site), visited(site)) == ([FIRST], [])


# Listings that are none


@pytest.mark.parametrize("sections", ["8,5", "5,8"])
def test_an_empty_listing_ends_its_walk(tmp_path: Path, site: Site, sections: str) -> None:
    site.categories = {8: (), 5: range(1, 4)}
    run = feed(tmp_path, site, sections)
    assert (run.status, run.outcomes) == (0, {"stored": 3})
    assert warnings(run) == ["Section 8: 0 missing on 1 page(s) of its listing; the last one is empty, or not there"]


def test_nothing_stored_and_nothing_listed(tmp_path: Path, site: Site) -> None:
    site.pages.clear()
    run = feed(tmp_path, site)
    assert (run.status, run.outcomes, listings(site)) == (0, {}, [FIRST])


def test_a_listing_that_is_reset_shows_what_it_shows(tmp_path: Path, site: Site) -> None:
    site.categories = {8: range(1, 26)}
    feed(tmp_path, site)
    site.categories = {8: range(26, 30)}
    run = feed(tmp_path, site)
    assert (run.status, listings(site), visited(site)) == (0, [FIRST], [26, 27, 28, 29])


def test_a_listing_whose_pages_are_all_the_same_ends_its_walk(tmp_path: Path, site: Site) -> None:
    first = site.answer(type("Asked", (), {"path": FIRST, "query": "", "headers": {}}))
    site.faults.append(Fault("/index/8", first, times=None))
    run = feed(tmp_path, site)
    assert (run.status, listings(site), visited(site)) == (0, [FIRST, SECOND], list(range(21, 31)))
    assert warnings(run) == [
        "Section 8: 10 missing on 2 page(s) of its listing; the last one repeats what was shown before"
    ]


def test_a_page_that_is_not_there_ends_the_walk(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault(r"per_page=10$", html("404", "", status=404)))
    run = feed(tmp_path, site)
    assert (run.status, listings(site), visited(site)) == (0, [FIRST, SECOND], list(range(21, 31)))
    assert len(warnings(run)) == 1


BROKEN = {
    "no listing": html("ปิดปรับปรุง", "<h1>ปิดปรับปรุง</h1>"),
    "an article": Answer(page(99)),
    "nothing": Answer(),
    "a redirect": redirect("/th/news"),
    "a redirect away": redirect("https://elsewhere.example/"),
    "an error": html("500", "", status=500),
    "no connection": Answer(mishap=Mishap.RESET),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_what_a_broken_listing_shows_is_left_for_the_next_run(tmp_path: Path, site: Site, answer: Answer) -> None:
    site.categories = {8: range(11, 31), 5: range(1, 11)}
    fault = Fault(r"/8\?per_page=10$", answer, times=None)
    site.faults.append(fault)
    run = feed(tmp_path, site, "8,5")
    assert (run.status, visited(site)) == (4, list(range(1, 11)))
    (warning,) = [line for line in warnings(run) if "Section" in line]
    assert warning.startswith("Section 8: its listing cannot be read")
    assert SECOND in warning
    assert "1 listing(s) could not be read" in run.rows("SELECT reason FROM runs")[0][0]
    site.faults.remove(fault)
    run = feed(tmp_path, site, "8,5")
    assert (run.status, visited(site)) == (0, list(range(11, 31)))


def test_an_error_that_passes_is_no_matter(tmp_path: Path, site: Site) -> None:
    site.faults += [Fault("/index/8", html("500", "", status=500)), Fault("/index/8", mishap=Mishap.RESET)]
    assert feed(tmp_path, site).outcomes == {"stored": 30}


# Refusals and kills


@pytest.mark.parametrize(
    ("refused", "answer"),
    [(r"/index/8$", Answer(b"no", 403)), (r"/index/8\?", challenge(200))],
    ids=["403", "challenge"],
)
def test_a_refusal_ends_the_run(tmp_path: Path, site: Site, refused: str, answer: Answer) -> None:
    site.faults.append(Fault(refused, answer, times=None))
    run = feed(tmp_path, site, "8,5")
    assert (run.status, run.outcomes, visited(site)) == (3, {}, [])
    assert not re.search(refused, "".join(listings(site)[:-1]))
    assert "/index/5" not in "".join(listings(site))
    assert len(re.findall("ERROR: ", run.log)) == 1


def test_robots_txt_is_obeyed(tmp_path: Path, site: Site) -> None:
    site.robots = DISALLOWING
    run = feed(tmp_path, site)
    assert (run.status, [logged.path for logged in site.log]) == (3, ["/robots.txt"])


def test_a_refusal_among_the_articles_loses_none(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/", Answer(b"no", 403), after=12))
    run = feed(tmp_path, site)
    assert (run.status, stored(run)) == (3, list(range(1, 13)))
    run = feed(tmp_path, site)
    assert (run.status, stored(run), visited(site)) == (0, list(range(1, 31)), list(range(13, 31)))


@contextmanager
def held_up(tmp_path: Path, site: Site, where: str) -> Iterator[Started]:
    """A run that waits for an answer, its log in the file `log`; killed in the end."""
    site.faults.append(Fault(where, delay=TIMEOUT))
    arguments = options(tmp_path / "data", site, "8,5")
    with (tmp_path / "log").open("wb") as log, started("crawl", "thaigov_feed", *arguments, stderr=log) as process:
        wait_until(lambda: site.asked(where))
        yield process


@pytest.mark.parametrize("where", [r"per_page=10$", "/details/14$"])
def test_a_kill_loses_no_article(tmp_path: Path, site: Site, where: str) -> None:
    site.categories = {8: range(1, 31), 5: range(1, 21)}
    with held_up(tmp_path, site, where):
        pass
    with closing(sqlite3.connect(tmp_path / "data" / "thaigov.db")) as connection:
        connection.execute("DELETE FROM leases")  # rather than wait until it has expired
        connection.commit()
    run = feed(tmp_path, site, "8,5")
    assert (run.status, stored(run)) == (0, list(range(1, 31)))


def test_an_interruption_among_the_listings_ends_the_run(tmp_path: Path, site: Site) -> None:
    with held_up(tmp_path, site, r"per_page=10$") as process:
        process.send_signal(signal.SIGINT)
        wait_until(lambda: "Closing spider (shutdown)" in (tmp_path / "log").read_text("utf-8"))
        process.send_signal(signal.SIGINT)
        assert process.wait() == 1
    assert "Section" not in (tmp_path / "log").read_text("utf-8")


def test_a_second_run_on_the_host_asks_for_no_listing(tmp_path: Path, site: Site) -> None:
    with held_up(tmp_path, site, r"per_page=10$"):
        run = feed(tmp_path, site)
        assert (run.status, site.log) == (5, [])


def test_one_request_a_second(tmp_path: Path, site: Site) -> None:
    site.categories = {8: range(1, 13)}
    feed(tmp_path, site, DOWNLOAD_DELAY=0.2)
    moments = [logged.at for logged in site.log]
    assert len(moments) == 15
    assert moments[-1] - moments[0] >= 14 * 0.2 - TOLERANCE


def test_listings_are_recorded(tmp_path: Path, site: Site) -> None:
    site.categories = {8: range(1, 13)}
    run = feed(tmp_path, site)
    done = scrapy(
        "crawl",
        "thaigov",
        f"-asource=warc:{run.folder / 'warc'}",
        f"-sTHAIGOV_DIR={tmp_path / 'again'}",
        f"-sTHAIGOV_BASE_URL={site.url}",
    )
    assert done.returncode == 0
    assert "12 stored" in done.stderr


# Arguments


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "argument sections: is missing: numbers of sections, as in 8,5"),
        ({"sections": ""}, "argument sections: '' is not allowed: numbers of sections"),
        ({"sections": "0"}, "argument sections: '0' is not allowed"),
        ({"sections": "8,"}, "argument sections: '8,' is not allowed"),
        ({"sections": "8-10"}, "argument sections: '8-10' is not allowed"),
        ({"sections": "๘"}, "argument sections: '๘' is not allowed"),
        ({"sections": "8", "source": "live"}, "argument source: 'live' is not allowed: this spider knows sections"),
        ({"sections": "8", "ids": "1-9"}, "argument ids: '1-9' is not allowed"),
    ],
)
def test_bad_arguments_are_told_by_name(arguments: dict[str, str], said: str) -> None:
    settings = Settings({"THAIGOV_CONTACT": "crawler@example.org"}, priority="cmdline")
    settings.setmodule("thaigov_crawler.settings")
    with pytest.raises(ArgumentError, match=f"^{re.escape(said)}"):
        ThaigovFeedSpider.read_arguments(arguments, settings)


def test_bad_arguments_end_the_run_before_it_begins(tmp_path: Path, site: Site) -> None:
    done = scrapy("crawl", "thaigov_feed", *options(tmp_path, site, "8,x"))
    assert (done.returncode, site.log) == (2, [])
    assert "argument sections: '8,x' is not allowed" in done.stderr


def test_without_a_contact_nothing_is_asked(tmp_path: Path, site: Site) -> None:
    given = [each for each in options(tmp_path, site) if "THAIGOV_CONTACT" not in each]
    done = scrapy("crawl", "thaigov_feed", *given)
    assert (done.returncode, site.log) == (2, [])
    assert "setting THAIGOV_CONTACT: is missing" in done.stderr


def test_arguments_of_schedulers_are_accepted(tmp_path: Path, site: Site) -> None:
    site.categories = {8: [1]}
    done = scrapy("crawl", "thaigov_feed", "-a_job=abc", *options(tmp_path, site))
    assert done.returncode == 0


@pytest.mark.parametrize("kind", ["plain", "chunked", "gzip"])
def test_a_listing_over_the_limit_is_broken_off(tmp_path: Path, site: Site, kind: str) -> None:
    body = b" " * 300_000
    answers = {
        "plain": Answer(body),
        "chunked": Answer(body, mishap=Mishap.CHUNKED),
        "gzip": Answer(gzip.compress(body), headers={"Content-Encoding": "gzip"}),
    }
    site.faults.append(Fault("/index/", answers[kind], times=None))
    run = feed(tmp_path, site, DOWNLOAD_MAXSIZE=200_000)
    assert run.status == 4
    assert re.search("its listing cannot be read up to the known articles: .*(larger|exceeded)", run.log)
