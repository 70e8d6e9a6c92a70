"""What is tested with programs that are found on PATH: pages that Chromium draws, and a real Wayback server."""

from __future__ import annotations

import http.client
import json
import subprocess
from pathlib import Path

import pytest
from parsel import Selector

from tests.support.commands import TIMEOUT
from tests.support.loopback.client import get
from tests.support.loopback.site import Site
from tests.support.programs import chromium
from tests.support.pywb import pywb
from tests.support.warcs import address, page, warc_of


def rendered(url: str, folder: Path) -> Selector:
    """The page as Chromium draws it."""
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-proxy-server", f"--user-data-dir={folder}"]
    command = [chromium(), *options, "--virtual-time-budget=5000", "--dump-dom", url]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=TIMEOUT, check=True)
    return Selector(done.stdout)


class TestDrawnPages:
    def test_the_shell_says_nothing_and_the_interface_everything(self, site: Site) -> None:
        shell = get(site, "/th/news/169001")[2].decode()
        news = json.loads(get(site, "/api/news/169001")[2])
        assert news["headline"] not in shell
        assert shell == get(site, "/th/news/1")[2].decode().replace("/api/news/1", "/api/news/169001")
        assert get(site, "/api/news/1")[0] == 404

    def test_chromium_draws_the_relaunch(self, site: Site, tmp_path: Path) -> None:
        drawn = rendered(f"{site.url}/th/news/169002", tmp_path)
        news = site.news[169_002]
        assert drawn.css("article h1::text").get() == drawn.css("title::text").get() == news["headline"]
        assert drawn.css("article p::text").getall() == news["paragraphs"]
        assert drawn.css("time::attr(datetime)").get() == news["schema"]["datePublished"]
        assert json.loads(drawn.css('script[type="application/ld+json"]::text').get()) == news["schema"]
        assert {request.path for request in site.asked("^/media/")} == {
            "/media/picture.svg",
            "/media/thai.woff2",
            "/media/film.mp4",
        }

    def test_chromium_draws_a_classic_page(self, site: Site, tmp_path: Path) -> None:
        site.drawn = {5}
        assert "ห้องสมุด" not in get(site, "/news/contents/details/5")[2].decode()
        drawn = rendered(f"{site.url}/news/contents/details/5", tmp_path)
        assert drawn.css("div.panel-body h3.news-1::text").get() == "เปิดห้องสมุดชุมชนแห่งที่ 5"
        assert drawn.css("title::text").get().endswith("แห่งที่ 5")


def test_pywb_serves_a_warc_file(tmp_path: Path) -> None:
    path = warc_of(range(1, 4)).write(tmp_path / "pages.warc.gz")
    with pywb(path, tmp_path) as collection:
        host, _, name = collection.removeprefix("http://").partition("/")
        connection = http.client.HTTPConnection(host, timeout=TIMEOUT)
        connection.request("GET", f"/{name}/cdx?url=thaigov.go.th/news/contents/details/&matchType=prefix&output=json")
        lines = connection.getresponse().read().decode().splitlines()
        assert [json.loads(line)["url"] for line in lines] == [address(number) for number in (1, 2, 3)]
        connection.request("GET", f"/{name}/20250101000000id_/{address(2)}")
        assert connection.getresponse().read() == page(2)
        connection.close()


def test_a_program_that_is_missing_skips_the_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    reason = r"^wb-manager is not on PATH; to install: .* -r tests/servers\.txt "
    with pytest.raises(pytest.skip.Exception, match=reason), pywb(tmp_path, tmp_path):
        pass
    with pytest.raises(pytest.skip.Exception, match="chromium or chromium-browser or google-chrome"):
        chromium()
