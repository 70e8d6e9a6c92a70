"""Refusals end a run. A host that asks for a pause gets one. A host that cannot be reached is given up."""

from __future__ import annotations

import asyncio
import re
import signal
import threading
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from math import inf
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy.core.downloader import Slot
from scrapy.http import HtmlResponse, Request

from tests.support.commands import TIMEOUT, EndedCrawl, Started, started
from tests.support.crawls import SETTINGS, TOLERANCE, filled, live, wayback
from tests.support.loopback.answers import Answer, Mishap, redirect
from tests.support.loopback.archive import Archive
from tests.support.loopback.faults import Fault
from tests.support.loopback.refusals import challenge, login_page, overload_page, too_many_requests
from tests.support.loopback.server import Asked, LoopbackServer
from tests.support.loopback.site import Site
from tests.support.programs import silent_port
from tests.support.waiting import wait_until
from tests.support.warcs import page
from thaigov_crawler.middlewares.downloader import SENT_AT
from thaigov_crawler.middlewares.hosts import Host
from thaigov_crawler.middlewares.signs import refusal, retry_after

IN_FLIGHT = 8  # largest number of requests to an archive that are under way

# Refusals


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(b"no", 403), "it forbids access (HTTP status 403)"),
        (Answer(b"no", 401), "it wants a login (HTTP status 401)"),
        (Answer(b"no", 451), "not available for legal reasons (HTTP status 451)"),
        (challenge(403), "Cloudflare asks for a browser (a challenge, HTTP status 403)"),
        (challenge(503), "Cloudflare asks for a browser (a challenge, HTTP status 503)"),
        (challenge(200), "Cloudflare asks for a browser (a challenge, HTTP status 200)"),
        (challenge(200, title="รอสักครู่..."), "Cloudflare asks for a browser"),
        (login_page(), "it wants a login (a page that asks for a password)"),
        (redirect("/auth/login?next=/news", 302), "it wants a login (a redirect to /auth/login?next=/news)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refusal_ends_the_run(tmp_path: Path, site: Site, answer: Answer, said: str) -> None:
    site.faults.append(Fault("/details/", answer, after=4, times=None))
    run = live(tmp_path, site)
    assert run.status == 3
    assert run.outcomes == {"stored": 4, "refused": 1}
    assert len(site.asked("/details/")) == 5
    (message,) = re.findall("ERROR: (.*)", run.log)
    assert f"127.0.0.1:{site.port} refuses: {message.split('refuses: ')[1]}" in message
    ((article_id,),) = run.rows("SELECT article_id FROM visits WHERE outcome = 'refused'")
    for part in (
        said,
        f"{site.url}/news/contents/details/{article_id}",
        "stored articles are kept",
        "/en/policy",
        "-a source=wayback",
    ):
        assert part in message
    assert run.rows("SELECT exit_status FROM runs") == [(3,)]


def test_what_waits_is_not_sent_to_an_archive_that_refuses(tmp_path: Path, archive: Archive) -> None:
    filled(archive, 100).faults.append(Fault("/web/", Answer(b"blocked", 403), after=10, times=None))
    run = wayback(tmp_path, archive.url, {"THAIGOV_REPLAY_DELAY": 0.1})
    assert (run.status, run.outcomes) == (3, {"stored": 10, "refused": 1})
    assert len(archive.asked("/web/")) == 11


def test_a_refusal_of_the_index_ends_the_run(tmp_path: Path, archive: Archive) -> None:
    filled(archive).faults.append(Fault("/cdx", Answer(b"blocked", 403), times=None))
    run = wayback(tmp_path, archive.url)
    assert (run.status, run.outcomes, len(archive.log)) == (3, {}, 1)
    assert "127.0.0.1" in run.log


def test_an_article_about_logins_is_an_article(tmp_path: Path, site: Site) -> None:
    words = "<form><input type='password'></form><p>เข้าสู่ระบบ login ด้วยรหัสผ่าน /cdn-cgi/challenge-platform/ Just a moment...</p>"
    site.pages[1] = page(1, headline="เปิดระบบ login ใหม่", body=words)
    assert live(tmp_path, site, ids="1").outcomes == {"stored": 1}


@pytest.mark.parametrize(
    ("html", "is_login"),
    [
        ("<title>Log in</title><input name=x><input\nname='y' type='password'>", True),
        ("<title>Log in</title><INPUT TYPE=PASSWORD>", True),
        ("<title>Log in</title><input name=x> type=password", False),
        ("<title>Log in</title><input <b type=password>", False),
        ("<title>Log in</title>" + "<input" * 50_000, False),
        ("<title>Log in</title>" + "<input type=" * 50_000, False),
    ],
)
def test_a_page_that_asks_for_a_password(html: str, is_login: bool) -> None:
    assert bool(refusal(HtmlResponse("https://www.thaigov.go.th/", body=html.encode()))) == is_login


# Pauses


def gaps_behind(server: LoopbackServer, status: int) -> list[float]:
    """Return the seconds from each answer with `status` to the next request. The server gets one request at a time."""
    log = sorted(server.log, key=lambda logged: logged.at)
    return [later.at - one.at for one, later in pairwise(log) if one.status == status]


def told(run: EndedCrawl) -> list[str]:
    """Return the lengths of the pauses in a run's log, in whole seconds."""
    return re.findall(r"Nothing is sent to it for (\d+) s", run.log)


@pytest.mark.parametrize(
    ("answers", "pauses"),
    [
        ([None], [0.6]),
        ([2], [2.0]),
        ([1, 1], [1.0, 2.0]),
        ([None, None, None], [0.6, 1.2, 2.4]),
        (["not a date"], [0.6]),
    ],
    ids=str,
)
def test_a_429_pauses_the_host(tmp_path: Path, site: Site, answers: list, pauses: list[float]) -> None:
    site.faults += [Fault("/details/", too_many_requests(asked), after=2) for asked in answers]
    run = live(tmp_path, site, ids="1-6", settings={"THAIGOV_PAUSE": 0.6})
    assert (run.status, run.outcomes) == (0, {"stored": 6})
    assert told(run) == [f"{pause:.0f}" for pause in pauses]
    for waited, pause in zip(gaps_behind(site, 429), pauses, strict=True):
        assert waited >= pause


class SiteWithADate(Site):
    """A site that asks once for a pause, with a date 3 seconds later."""

    def answer(self, asked: Asked) -> Answer:
        if asked.path.endswith("/3") and not any(logged.status == 429 for logged in self.log):
            return too_many_requests(datetime.now(timezone.utc) + timedelta(seconds=3))
        return super().answer(asked)


def test_a_date_to_wait_for(tmp_path: Path) -> None:
    with SiteWithADate() as site:
        assert live(tmp_path, site, ids="1-6").outcomes == {"stored": 6}
        (waited,) = gaps_behind(site, 429)
    assert waited >= 2  # a date has no fractions of a second


def test_503_with_retry_after_pauses_as_well(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/3$", Answer(b"", 503, headers={"Retry-After": "1"})))
    assert live(tmp_path, site, ids="1-6").outcomes == {"stored": 6}
    (waited,) = gaps_behind(site, 503)
    assert waited >= 1


def test_a_429_pauses_robots_txt_too(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/robots", too_many_requests(1)))
    assert live(tmp_path, site, ids="1-6").outcomes == {"stored": 6}
    (waited,) = gaps_behind(site, 429)
    assert waited >= 1


def test_during_a_pause_nothing_reaches_the_archive_but_what_was_already_sent(tmp_path: Path, archive: Archive) -> None:
    filled(archive, 60)
    archive.faults.append(Fault("/web/", too_many_requests(3), after=20))
    archive.faults.append(Fault("/web/", delay=0.3, times=None))
    run = wayback(tmp_path, archive.url, {"THAIGOV_REPLAY_DELAY": 0.02})
    assert (run.status, run.outcomes, told(run)) == (0, {"stored": 60}, ["3"])
    (refused,) = [logged.at for logged in archive.log if logged.status == 429]
    moments = [refused, *sorted(logged.at for logged in archive.log if logged.at > refused)]
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    already_sent = gaps.index(max(gaps))
    # Those under way at the refusal, and those that are sent until it is read: at most one for each that is answered.
    assert already_sent <= 2 * IN_FLIGHT
    assert gaps[already_sent] >= 3 - 0.3 - TOLERANCE


class ArchiveWithoutPatience(Archive):
    """An archive that waits for the first requests for pages, and then refuses them all."""

    def __init__(self) -> None:
        super().__init__()
        self._together = threading.Barrier(IN_FLIGHT)
        self._left = iter(range(IN_FLIGHT))

    def answer(self, asked: Asked) -> Answer:
        if asked.path.startswith("/web/") and next(self._left, None) is not None:
            self._together.wait(TIMEOUT)
            return too_many_requests(1)
        return super().answer(asked)


def test_answers_to_what_was_sent_before_count_as_one_429(tmp_path: Path) -> None:
    with ArchiveWithoutPatience() as archive:
        run = wayback(tmp_path, filled(archive, 30).url)
    assert (run.status, run.outcomes) == (0, {"stored": 30})
    assert [logged.status for logged in archive.log].count(429) == IN_FLIGHT
    assert told(run) == ["1"]


def test_a_busy_process_judges_an_answer_long_after_it_came() -> None:
    crawler = SimpleNamespace(engine=SimpleNamespace(downloader=SimpleNamespace(slots={})))
    host = Host("a", crawler)
    before = Request("http://a/", meta={SENT_AT: 0.0, "download_latency": 0.0})  # at the start of the machine
    host.pause(0)
    after = Request("http://a/", meta={SENT_AT: 1e12, "download_latency": 60.0})  # in the far future
    assert host.was_sent_before_the_pause(before)
    assert not host.was_sent_before_the_pause(after)


def test_a_429_of_the_index_pauses_it(tmp_path: Path, archive: Archive) -> None:
    filled(archive).faults.append(Fault("/cdx", too_many_requests(1)))
    assert wayback(tmp_path, archive.url).outcomes == {"stored": 20}
    (waited,) = gaps_behind(archive, 429)
    assert waited >= 1


def test_a_pause_is_one_for_all_slots_of_a_host() -> None:
    slots = {name: Slot(8, 0.1, 0) for name in ("archive-cdx", "archive-replay", "elsewhere")}
    sent = []
    downloader = SimpleNamespace(
        slots=slots, _process_queue=sent.append, get_slot_key=lambda request: request.meta["slot"]
    )
    engine = SimpleNamespace(downloader=downloader, _slot=SimpleNamespace(closing=None))

    async def pause() -> float:
        host = Host("a", SimpleNamespace(engine=engine))
        for name in ("archive-cdx", "archive-replay"):
            await host.may_send(Request("http://a/", meta={"slot": name}))
        clock = asyncio.get_running_loop().time
        began = clock()
        host.pause(0.4)
        assert slots["archive-cdx"].latercall
        assert slots["archive-replay"].latercall
        assert not slots["elsewhere"].latercall
        await host.may_send(Request("http://a/", meta={"slot": "archive-cdx"}))
        waited = clock() - began
        while len(set(map(id, sent))) < 2:
            await asyncio.sleep(0.01)
        return waited

    assert asyncio.run(pause()) >= 0.4
    assert set(map(id, sent)) == {id(slots["archive-cdx"]), id(slots["archive-replay"])}


def test_a_429_that_asks_for_no_time_gets_some(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/3$", too_many_requests(0)))
    assert live(tmp_path, site, ids="1-6").outcomes == {"stored": 6}
    (waited,) = gaps_behind(site, 429)
    assert waited >= 1


def test_the_fifth_429_in_a_row_ends_the_run(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/", too_many_requests(), after=2, times=None))
    run = live(tmp_path, site, settings={"THAIGOV_PAUSE": 0.1})
    assert (run.status, run.outcomes) == (3, {"stored": 2, "refused": 1})
    assert len(site.asked("/details/")) == 2 + 5
    assert "too many requests (HTTP status 429), 5 times in a row" in run.log


def test_429s_with_answers_between_are_not_in_a_row(tmp_path: Path, site: Site) -> None:
    site.faults += [Fault(f"/details/{article_id}$", too_many_requests()) for article_id in range(1, 20, 2)]
    run = live(tmp_path, site, settings={"THAIGOV_PAUSE": 0.1})
    assert (run.status, run.outcomes) == (0, {"stored": 20})


def test_a_host_that_asks_for_hours_is_left_for_another_day(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/3$", too_many_requests(86_400)))
    run = live(tmp_path, site)
    assert (run.status, run.outcomes) == (3, {"stored": 2, "refused": 1})
    assert "asking to be left alone for 86,400 s" in run.log


@pytest.mark.parametrize(
    "date",
    [
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "Fri, 31 Dec 99999 23:59:59 GMT",
        "Mon, 01 Jan 123456789 00:00:00 +0700",
    ],
)
def test_a_date_beyond_all_patience_is_obeyed(tmp_path: Path, site: Site, date: str) -> None:
    site.faults.append(Fault("/details/", too_many_requests(date), after=2, times=None))
    run = live(tmp_path, site)
    assert (run.status, run.outcomes, len(site.asked("/details/"))) == (3, {"stored": 2, "refused": 1}, 3)
    assert "asking to be left alone for" in run.log


@pytest.mark.parametrize("answer", [overload_page(), Answer(b"", 504)], ids=["html", "504"])
def test_an_index_that_stays_overloaded_ends_the_run(tmp_path: Path, archive: Archive, answer: Answer) -> None:
    filled(archive).faults.append(Fault("/cdx", answer, times=None))
    run = wayback(tmp_path, archive.url, {"THAIGOV_PAUSE": 0.1})
    assert (run.status, len(archive.log)) == (4, 5)
    assert f"127.0.0.1:{archive.port} is in trouble: overloaded" in run.log


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        *(("120", 120.0), ("0", 0.0), ("", None), ("soon", None), ("-5", None)),
        ("Wed, 01 Jan 2020 00:00:00 GMT", 0.0),
        *(("9" * 400, inf), ("Fri, 31 Dec 99999 23:59:59 GMT", inf), ("Mon, 32 Foo 2099 00:00:00 GMT", None)),
    ],
)
def test_retry_after(said: str, seconds: float | None) -> None:
    response = HtmlResponse("http://x/", status=429, headers={"Retry-After": said}, request=Request("http://x/"))
    assert retry_after(response) == seconds


# Hosts that cannot be reached


def test_a_site_that_is_not_there(tmp_path: Path) -> None:
    with silent_port() as port:
        run = live(tmp_path, settings={"THAIGOV_BASE_URL": f"http://127.0.0.1:{port}"})
    assert (run.status, run.outcomes) == (4, {})
    assert "cannot be fetched, and that means no" in run.log


def test_a_site_that_is_not_there_without_robots_txt(tmp_path: Path) -> None:
    with silent_port() as port:
        settings = {"THAIGOV_BASE_URL": f"http://127.0.0.1:{port}", "ROBOTSTXT_OBEY": False}
        run = live(tmp_path, settings=settings)
    assert run.status == 4
    assert f"127.0.0.1:{port} cannot be reached: 5 connections failed in a row" in run.log


def test_a_host_that_comes_back_is_visited_again(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/", mishap=Mishap.RESET, after=3, times=6))
    run = live(tmp_path, site)
    # One article has used up its tries before the pause begins.
    assert (run.status, run.outcomes) == (0, {"stored": 19, "failed": 1})
    assert run.log.count("connections failed in a row") == 1
    assert live(tmp_path, site, visit="failed").outcomes == {"stored": 1}


def test_a_host_that_does_not_come_back_is_given_up(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/", mishap=Mishap.RESET, after=3, times=None))
    run = live(tmp_path, site, ids="1-30", settings={"THAIGOV_PAUSE": 0.1})
    assert run.status == 4
    assert run.outcomes["stored"] == 3
    assert len(site.asked("/details/")) < 80


# A run that is stopped


@pytest.mark.parametrize("hangs", ["/robots.txt", "/details/"])
def test_what_is_under_way_is_dropped_when_the_site_hangs(tmp_path: Path, site: Site, hangs: str) -> None:
    site.faults.append(Fault(hangs, delay=3600, times=None))
    with at_work("live", tmp_path, THAIGOV_BASE_URL=site.url) as run:
        wait_until(lambda: site.asked(hangs))
        run.send_signal(signal.SIGTERM)
        assert run.wait(TIMEOUT) == 1
    assert EndedCrawl(1, "", tmp_path / "data").outcomes == {}


@pytest.mark.parametrize("hangs", ["/cdx", "/web/"])
def test_what_is_under_way_is_dropped_when_the_archive_hangs(tmp_path: Path, archive: Archive, hangs: str) -> None:
    filled(archive, 30).faults.append(Fault(hangs, delay=3600, times=None))
    with at_work("wayback", tmp_path, THAIGOV_ARCHIVE=archive.url) as run:
        wait_until(lambda: len(archive.asked(hangs)) == (1 if hangs == "/cdx" else 8))
        run.send_signal(signal.SIGTERM)
        assert run.wait(TIMEOUT) == 1
    assert EndedCrawl(1, "", tmp_path / "data").outcomes == {}
    archive.faults.clear()
    assert wayback(tmp_path, archive.url).outcomes == {"stored": 30}


def at_work(source: str, tmp_path: Path, **settings: str) -> Started:
    """Start a run over thirty articles."""
    options = {**SETTINGS, "THAIGOV_DIR": tmp_path / "data", **settings}
    arguments = [f"-asource={source}", "-aids=1-30", *(f"-s{name}={value}" for name, value in options.items())]
    return started("crawl", "thaigov", *arguments)
