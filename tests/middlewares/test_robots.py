"""robots.txt is obeyed. If it cannot be read, that means no."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.crawls import TOLERANCE, filled, live, wayback
from tests.support.loopback.answers import TEXT, Answer, Mishap, redirect
from tests.support.loopback.archive import Archive
from tests.support.loopback.faults import Fault
from tests.support.loopback.site import ALLOWING, ROBOTS, Site


@pytest.mark.parametrize("state", ["allowing", "404"])
def test_allowed(tmp_path: Path, site: Site, state: str) -> None:
    site.robots = ROBOTS[state]
    run = live(tmp_path, site, ids="1-3")
    assert (run.status, run.outcomes) == (0, {"stored": 3})
    assert len(site.asked("/robots.txt")) == 1


@pytest.mark.parametrize(
    ("state", "status", "outcomes"),
    [
        ("disallowing", 3, {"refused": 1}),
        ("401", 3, {"refused": 1}),
        ("403", 3, {"refused": 1}),
        ("500", 3, {"refused": 1}),
        ("unreachable", 4, {}),
    ],
)
def test_not_allowed(tmp_path: Path, site: Site, state: str, status: int, outcomes: dict[str, int]) -> None:
    site.robots = ROBOTS[state]
    run = live(tmp_path, site)
    assert (run.status, run.outcomes) == (status, outcomes)
    assert not site.asked("/news/")
    (message,) = re.findall("ERROR: (.*)", run.log)
    assert "/robots.txt" in message
    assert "-a source=wayback" in message
    assert "Traceback" not in run.log


@pytest.mark.parametrize(
    ("rules", "status"),
    [
        ("User-agent: *\nDisallow: /news/contents/details/\n", 3),
        ("User-agent: thaigov-crawler\nDisallow: /news\n\nUser-agent: *\nAllow: /\n", 3),
        ("User-agent: *\nDisallow: /\n\nUser-agent: thaigov-crawler\nAllow: /\n", 0),
        ("\ufeffUser-agent: *\nDisallow: /\n", 3),
        ("User-agent: *\nDisallow: /search\n", 0),
    ],
)
def test_the_rules_are_those_for_this_crawler(tmp_path: Path, site: Site, rules: str, status: int) -> None:
    site.robots = Answer(rules.encode(), content_type=TEXT)
    assert live(tmp_path, site, ids="1").status == status


def test_a_moved_robots_txt_is_followed_on_its_host(tmp_path: Path, site: Site) -> None:
    site.robots = ROBOTS["moved"]
    assert live(tmp_path, site, ids="1").status == 3
    site.moved_robots = ALLOWING
    assert live(tmp_path, site, ids="1").status == 0


@pytest.mark.parametrize(
    "target",
    [
        "http://localhost:{port}/moved/robots.txt",
        "/robots.txt",
        "http://[",
        "mailto:x",
        "file://127.0.0.1/etc/robots.txt",
    ],
)
def test_one_that_leads_elsewhere_cannot_be_read(tmp_path: Path, site: Site, target: str) -> None:
    site.robots, site.moved_robots = redirect(target.format(port=site.port)), ALLOWING
    run = live(tmp_path, site, ids="1")
    assert run.status == 3
    assert "robots.txt cannot be read (HTTP status 307), and that means no" in run.log


def test_a_robots_txt_that_was_only_busy_is_asked_for_again(tmp_path: Path, site: Site) -> None:
    site.faults += [Fault("/robots", mishap=Mishap.RESET), Fault("/robots", Answer(b"", 503))]
    assert live(tmp_path, site, ids="1").outcomes == {"stored": 1}


def test_a_crawl_delay_is_kept(tmp_path: Path, site: Site) -> None:
    site.robots = Answer(b"User-agent: *\nCrawl-delay: 0.4\n", content_type=TEXT)
    assert live(tmp_path, site, ids="1-4").status == 0
    first, *_, last = [logged.at for logged in site.asked("/details/")]
    assert last - first >= 3 * 0.4 - TOLERANCE


def test_a_crawl_delay_that_is_no_crawl_any_more(tmp_path: Path, site: Site) -> None:
    site.robots = Answer(b"User-agent: *\nCrawl-delay: 86400\n", content_type=TEXT)
    assert live(tmp_path, site, ids="1-4").status == 3
    assert not site.asked("/details/")


def test_those_it_does_not_concern_may_turn_it_off(tmp_path: Path, site: Site) -> None:
    site.robots = ROBOTS["disallowing"]
    assert live(tmp_path, site, ids="1", settings={"ROBOTSTXT_OBEY": False}).status == 0
    assert not site.asked("/robots.txt")


def test_an_archive_is_not_asked_for_one(archive: Archive, tmp_path: Path) -> None:
    assert wayback(tmp_path, filled(archive, 3).url).outcomes == {"stored": 3}
    assert not archive.asked("robots")
