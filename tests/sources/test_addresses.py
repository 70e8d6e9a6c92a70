"""Addresses: which ones are of the same article, and which ones are of no article."""

from __future__ import annotations

from tests.support.tables import every_row
from thaigov_crawler.sources.addresses import article_id_below, article_id_of, path_of

SITE = "https://www.thaigov.go.th"


@every_row("scheme", ["http", "https"])
@every_row("host", ["www.thaigov.go.th", "thaigov.go.th", "WWW.ThaiGov.go.th"])
@every_row("port", ["", ":80", ":443"])
@every_row("path", ["details", "ministry_details"])
@every_row("rest", ["", "/", "?print=1", "#top", "/?a=b#c"])
def test_all_addresses_of_an_article(scheme, host, port, path, rest):
    assert article_id_of(f"{scheme}://{host}{port}/news/contents/{path}/96700{rest}") == 96700


@every_row(("number", "article_id"), [("1", 1), ("0096700", 96700), ("999999999", 999_999_999)])
def test_numbers(number, article_id):
    assert article_id_of(f"{SITE}/news/contents/details/{number}") == article_id


@every_row(
    "address",
    [
        "",
        "96700",
        "/news/contents/details/96700",
        "www.thaigov.go.th/news/contents/details/96700",
        "ftp://www.thaigov.go.th/news/contents/details/96700",
        "https://www.thaigov.go.th:8080/news/contents/details/96700",
        "https://media.thaigov.go.th/news/contents/details/96700",
        "https://www.thaigov.go.th.example.com/news/contents/details/96700",
        "https://www.thaigovxgo.th/news/contents/details/96700",
        "https://notthaigov.go.th/news/contents/details/96700",
        "https://user@www.thaigov.go.th/news/contents/details/96700",
        f"https://example.com/?{SITE}/news/contents/details/96700",
        f"{SITE}/news/contents/details/",
        f"{SITE}/news/contents/details/0",
        f"{SITE}/news/contents/details/-1",
        f"{SITE}/news/contents/details/1/undefined",
        f"{SITE}/news/contents/details/1undefined",
        f"{SITE}/news/contents/details/undefined",
        f"{SITE}/news/contents/details/1.5",
        f"{SITE}/news/contents/details/1%20",
        f"{SITE}/news/contents/details/1//",
        f"{SITE}/news/contents/details/1 ",
        f"{SITE}/news/contents/details/1\n",
        f"{SITE}/news/contents/details/๑๒",
        f"{SITE}/news/contents/details/1234567890",
        f"{SITE}/news/contents/index/8",
        f"{SITE}/news/contents/other_details/1",
        f"{SITE}/th/news/162975",
        f"{SITE}/archive/news/contents/details/1",
        SITE,
    ],
)
def test_other_addresses(address):
    assert article_id_of(address) is None


def test_the_path_of_an_article():
    assert article_id_of(SITE + path_of(96700)) == 96700
    assert article_id_below(SITE, SITE + path_of(96700, relaunch=True), relaunch=True) == 96700


@every_row(
    ("base", "address", "article_id"),
    [
        (SITE, f"{SITE}/news/contents/details/7", 7),
        (SITE, "http://thaigov.go.th:80/news/contents/ministry_details/7", 7),
        ("http://www.thaigov.go.th", f"{SITE}/news/contents/details/7", 7),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/news/contents/details/7", 7),
        ("http://127.0.0.1:8000", "https://127.0.0.1:8001/news/contents/details/7", None),
        ("http://127.0.0.1:8000", "http://localhost:8000/news/contents/details/7", None),
        (SITE, "https://www.thaigov.go.th.example.com/news/contents/details/7", None),
        (SITE, "file://www.thaigov.go.th/news/contents/details/7", None),
        (SITE, "http://www.thaigov.go.th:x/news/contents/details/7", None),
        (SITE, f"{SITE}/th/news/7", None),
        (SITE, "", None),
    ],
)
def test_below_a_base(base, address, article_id):
    assert article_id_below(base, address) == article_id
