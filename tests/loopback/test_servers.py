"""The loopback servers do what their descriptions say: the common base, the site, and the faults."""

from __future__ import annotations

import gzip
import http.client
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

import pytest
from parsel import Selector

from sample.anatomy import absent_page
from tests.support.loopback.answers import Answer, Mishap, redirect
from tests.support.loopback.client import get
from tests.support.loopback.faults import Fault, RandomFaults
from tests.support.loopback.refusals import challenge, login_page, too_many_requests
from tests.support.loopback.server import Asked, LoopbackServer
from tests.support.loopback.site import MOVED_ROBOTS, ROBOTS, Site
from tests.support.waiting import wait_until
from tests.support.warcs import page

FOR_EVER = 3600.0  # seconds


class TestServer:
    def test_several_requests_on_one_connection(self, site: Site) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=FOR_EVER)
        for number in (1, 2, 99):
            connection.request("GET", f"/news/contents/details/{number}")
            socket = connection.sock
            assert connection.getresponse().read() == (page(number) if number < 99 else absent_page("title").encode())
            assert connection.sock is socket is not None
        connection.close()

    def test_the_log_tells_when_what_and_how(self, site: Site) -> None:
        get(site, "/news/contents/details/1?x=y", User_Agent="somebody")
        get(site, "/nowhere", method="HEAD")
        first, second = site.log
        assert first.at < second.at
        assert (first.method, first.path, first.status, first.fault) == ("GET", "/news/contents/details/1?x=y", 200, "")
        assert (second.method, second.path, second.status) == ("HEAD", "/nowhere", 404)
        assert first.headers["user-agent"] == "somebody"
        assert site.asked(r"/details/") == [first]

    def test_a_head_request_has_no_body(self, site: Site) -> None:
        status, headers, body = get(site, "/news/contents/details/1", method="HEAD")
        assert (status, int(headers["Content-Length"]), body) == (200, len(page(1)), b"")

    def test_stops_while_clients_wait(self) -> None:
        with Site() as site:
            idle = http.client.HTTPConnection("127.0.0.1", site.port, timeout=FOR_EVER)
            idle.request("GET", "/robots.txt")
            idle.getresponse().read()
            site.faults.append(Fault("/details/", delay=FOR_EVER))
            waiting = http.client.HTTPConnection("127.0.0.1", site.port, timeout=FOR_EVER)
            waiting.request("GET", "/news/contents/details/1")
            wait_until(lambda: site.asked("/details/"))
        idle.close()
        waiting.close()

    def test_its_own_errors_are_raised_at_the_end(self) -> None:
        class Broken(LoopbackServer):
            def answer(self, asked: Asked) -> Answer:
                raise ArithmeticError(asked.path)

        with pytest.raises(ArithmeticError, match="/x"), Broken() as server:
            assert get(server, "/x")[0] == 500


class TestSite:
    def test_articles_and_soft_404(self, site: Site) -> None:
        for kind in ("details", "ministry_details"):
            status, headers, body = get(site, f"/news/contents/{kind}/7")
            assert (status, body) == (200, page(7))
            assert headers["Content-Type"] == "text/html; charset=utf-8"
        site.absent_form = "epoch"
        assert get(site, "/news/contents/details/31")[::2] == (200, absent_page("epoch").encode())
        assert get(site, "/news/contents/details/x")[0] == 404

    def test_an_edit(self, site: Site) -> None:
        site.pages[7] = page(7, headline="แก้ไขแล้ว")
        assert "แก้ไขแล้ว" in get(site, "/news/contents/details/7")[2].decode()

    def test_the_listing_newest_first(self) -> None:
        with Site([*range(1, 24), 40]) as site:
            site.ministry = {23}
            listing = "/news/contents/index/8"
            selector = Selector(get(site, listing)[2].decode())
            links = selector.css("div.panel-body h3 a::attr(href)").getall()
            ids = [40, *range(23, 14, -1)]
            assert links == [
                f"{site.url}/news/contents/{'ministry_details' if number == 23 else 'details'}/{number}"
                for number in ids
            ]
            assert selector.css("div.panel-body h3 a::text").get() == "เปิดห้องสมุดชุมชนแห่งที่ 40"
            assert selector.css("div.panel-body p.color7::text").get() == "วันพุธที่ 1 มกราคม 2568"
            pager = selector.css('ul[class^="pagination"] a[data-ci-pagination-page]')
            assert pager.css("::attr(data-ci-pagination-page)").getall() == ["2", "3", "2", "3"]
            assert pager.css("::attr(href)").get() == f"{site.url}{listing}?per_page=10"
            last = Selector(get(site, f"{listing}?per_page=20")[2].decode())
            assert len(last.css('div.panel-body h3 a[href*="/details/"]')) == 4
            beyond = Selector(get(site, f"{listing}?per_page=30")[2].decode())
            assert not beyond.css('div.panel-body a[href*="details/"]')

    def test_categories(self, site: Site) -> None:
        site.categories = {8: {3, 5, 99}}
        assert get(site, "/news/contents/index/8")[2].count(b'<h3 class="news-1 Circular color2">') == 2
        assert b"/details/5" not in get(site, "/news/contents/index/9")[2]

    @pytest.mark.parametrize("name", ROBOTS)
    def test_robots(self, site: Site, name: str) -> None:
        site.robots = ROBOTS[name]
        if name == "unreachable":
            with pytest.raises(ConnectionResetError):
                get(site, "/robots.txt")
            assert site.log[0].status == 0
            return
        status, headers, body = get(site, "/robots.txt")
        assert status == {"allowing": 200, "disallowing": 200, "moved": 301}.get(name) or int(name)
        assert (name != "disallowing") or b"Disallow: /\n" in body
        if name == "moved":
            assert headers["Location"] == MOVED_ROBOTS
            assert b"Disallow: /\n" in get(site, MOVED_ROBOTS)[2]

    def test_validators_if_switched_on(self, site: Site) -> None:
        path = "/news/contents/details/7"
        assert get(site, path)[1]["ETag"] is None
        site.conditional = True
        status, headers, _ = get(site, path)
        assert status == 200
        assert headers["Last-Modified"]
        assert get(site, path, If_None_Match=f"W/{headers['ETag']}")[::2] == (304, b"")
        site.pages[7] = page(8)
        assert get(site, path, If_None_Match=headers["ETag"])[::2] == (200, page(8))


class TestFaults:
    PATH = "/news/contents/details/1"

    def test_happen_after_so_many_requests_so_many_times(self, site: Site) -> None:
        site.faults.append(Fault("/details/", answer=Answer(status=503), after=1, times=2))
        assert [get(site, self.PATH)[0] for _ in range(5)] == [200, 503, 503, 200, 200]
        assert get(site, "/robots.txt")[0] == 200
        assert [request.fault for request in site.asked("/details/")] == ["", "503", "503", "", ""]

    def test_the_first_that_matches_decides_and_none_means_always(self, site: Site) -> None:
        site.faults += [
            Fault("/details/1$", answer=redirect("/elsewhere")),
            Fault("/details/", answer=login_page(), times=None),
        ]
        status, headers, _ = get(site, self.PATH)
        assert (status, headers["Location"]) == (307, "/elsewhere")
        for _ in range(3):
            assert "เข้าสู่ระบบ" in get(site, self.PATH)[2].decode()

    @pytest.mark.parametrize("status", [200, 403, 503])
    def test_challenges(self, site: Site, status: int) -> None:
        site.faults.append(Fault("", answer=challenge(status)))
        found, headers, body = get(site, self.PATH)
        assert found == status
        assert (headers.get_all("Server"), headers["cf-mitigated"]) == (["cloudflare"], "challenge")
        assert b"<title>Just a moment...</title>" in body
        assert b"window._cf_chl_opt = {" in body

    @pytest.mark.parametrize(
        ("retry_after", "header"),
        [
            (None, None),
            (3, "3"),
            (datetime(2026, 11, 1, tzinfo=timezone.utc), "Sun, 01 Nov 2026 00:00:00 GMT"),
            ("x", "x"),
        ],
    )
    def test_too_many_requests(self, site: Site, retry_after: int | str | datetime | None, header: str | None) -> None:
        site.faults.append(Fault("", answer=too_many_requests(retry_after)))
        status, headers, _ = get(site, self.PATH)
        assert (status, headers["Retry-After"]) == (429, header)

    @pytest.mark.parametrize("mishap", [Mishap.TRUNCATED, Mishap.TRUNCATED_CHUNKED])
    def test_truncated(self, site: Site, mishap: Mishap) -> None:
        site.faults.append(Fault("", mishap=mishap))
        with pytest.raises(http.client.IncompleteRead) as error:
            get(site, self.PATH)
        half = page(1)[: len(page(1)) // 2]
        assert error.value.partial in (half, b"")
        assert get(site, self.PATH)[2] == page(1)

    def test_truncated_gzip(self, site: Site) -> None:
        site.faults.append(Fault("", mishap=Mishap.TRUNCATED_GZIP))
        status, headers, body = get(site, self.PATH)
        assert (status, headers["Content-Encoding"]) == (200, "gzip")
        with pytest.raises(EOFError):
            gzip.decompress(body)

    def test_reset(self, site: Site) -> None:
        site.faults.append(Fault("", mishap=Mishap.RESET))
        with pytest.raises(ConnectionResetError):
            get(site, self.PATH)
        assert (site.log[0].status, site.log[0].fault) == (0, "reset")

    def test_delay(self, site: Site) -> None:
        site.faults.append(Fault("/details/", delay=FOR_EVER))
        with ThreadPoolExecutor() as pool:
            answer = pool.submit(get, site, self.PATH)
            wait_until(lambda: site.asked("/details/"))
            assert get(site, "/robots.txt")[0] == 200  # which nothing holds back
            assert not answer.done()
            site.let_go()
            assert answer.result()[2] == page(1)

    def test_random_ones_follow_from_the_seed(self) -> None:
        shares = {"503": 0.1, "429": 0.05, "reset": 0.05, "truncated": 0.05}
        paths = [f"/news/contents/details/{number}" for number in range(3000)]

        def outcomes(seed: int, order: list[str]) -> dict[str, list[str]]:
            faults = RandomFaults(seed, shares, tries=2, match="/details/")
            return {path: [str(faults.fault_for(path)) for _ in range(4)] for path in order}

        one = outcomes(1, paths)
        assert one == outcomes(1, paths[::-1]) != outcomes(2, paths)
        firsts = [kinds[0] for kinds in one.values()]
        for kind, share in shares.items():
            assert firsts.count(kind) / len(paths) == pytest.approx(share, abs=0.02)
        assert all(kinds[2:] == ["None", "None"] for kinds in one.values())
        assert {str(RandomFaults(1, {"503": 1.0}, match="/details/").fault_for("/robots.txt"))} == {"None"}

    def test_random_ones_on_a_server(self, site: Site) -> None:
        site.random_faults(1, {"503": 1.0}, tries=1)
        assert [get(site, self.PATH)[0] for _ in range(2)] == [503, 200]

    def test_many_clients_at_once(self, site: Site) -> None:
        site.random_faults(1, {"429": 0.5}, tries=1)
        with ThreadPoolExecutor(8) as pool:
            statuses = list(
                pool.map(lambda number: get(site, f"/news/contents/details/{number % 30 + 1}")[0], range(120))
            )
        assert statuses.count(429) == sum(request.fault == "429" for request in site.log) > 0
        assert len(site.log) == 120
