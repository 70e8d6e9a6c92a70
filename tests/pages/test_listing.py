"""Pages of listings: which articles they show, where the next page is, and what is no listing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sample.anatomy import ORIGIN, absent_page, classic_page, listing_page
from tests.support.tables import every_row
from thaigov_crawler.pages.listing import Listing, parse

PATH = "/news/contents/index/8"
BASE = ORIGIN + PATH
DAY = "วันเสาร์ที่ 24 พฤษภาคม 2568"


def made(*paths: str, offset: int = 0, total: int = 0) -> str:
    rows = [(path, "ชาวสวนปลูกป่าริมน้ำ", DAY) for path in paths]
    return listing_page("ข่าวทำเนียบรัฐบาล", rows, path=PATH, offset=offset, total=total)


def panel(inside: str) -> str:
    return f'<html><body><div class="x panel-body">{inside}</div></body></html>'


def links(*addresses: str) -> str:
    return panel("".join(f'<a href="{address}">ข่าว</a>' for address in addresses))


def pager(*addresses: str) -> str:
    shown = "".join(f'<li><a href="{address}" data-ci-pagination-page="2">2</a></li>' for address in addresses)
    return panel(f'<ul class="pagination pagination-sm">{shown}</ul>')


def test_articles_in_the_order_of_the_page_each_once() -> None:
    page = made("/news/contents/details/30", "/news/contents/ministry_details/31", "/news/contents/details/2")
    assert parse(page, BASE) == Listing(True, [30, 31, 2], None)


def test_menus_and_side_boxes_have_no_articles() -> None:
    page = made()
    assert "/details/990901" in page
    assert "/details/990902" in page
    assert parse(page, BASE) == Listing(True, [], None)


@every_row(
    "address",
    [
        "/news/contents/details/5",
        "../details/5",
        "//www.thaigov.go.th/news/contents/details/5",
        "http://thaigov.go.th:80/news/contents/details/5?page=2#top",
        "https://WWW.THAIGOV.GO.TH/News/Contents/Details/005/",
        " https://www.thaigov.go.th/news/contents/ministry_details/5\n",
    ],
)
@every_row("base", [BASE, f"http://mirror.example:8000{PATH}?per_page=10"])
def test_forms_of_addresses(address: str, base: str) -> None:
    assert parse(links(address), base).article_ids == [5]


@every_row(
    "address",
    [
        "",
        "#",
        "javascript:void(0)",
        "http://[x/news/contents/details/5",
        "https://elsewhere.example/news/contents/details/5",
        "/news/contents/details/",
        "/news/contents/details/0",
        "/news/contents/details/undefined",
        "/news/contents/details/1234567890",
        "/news/contents/details/๕",
        "/news/contents/index/5",
        "/th/news/5",
    ],
)
def test_what_is_no_address_of_an_article(address: str) -> None:
    assert parse(links(address), BASE) == Listing(True, [], None)


@every_row(("offset", "total", "expected"), [(0, 10, None), (0, 11, 10), (10, 60, 20), (50, 60, None), (0, 0, None)])
def test_the_next_page_of_the_pager(offset: int, total: int, expected: int | None) -> None:
    page = made(offset=offset, total=total)
    assert parse(page, f"{BASE}?per_page={offset}" if offset else BASE).next_offset == expected


@every_row(
    ("addresses", "expected"),
    [
        ([], None),
        ([f"{BASE}?per_page=40", f"{BASE}?per_page=30"], 30),
        (["?lang=th&amp;per_page=30"], 30),
        ([f"{BASE}?per_page=20", f"{BASE}?per_page=10", BASE], None),  # does not move on
        (
            ["?per_page=", "?per_page=x", "?per_page=-30", "?per_page=99999999999999", "#", "http://[x?per_page=30"],
            None,
        ),
    ],
)
def test_the_next_page_lies_behind_this_one(addresses: list[str], expected: int | None) -> None:
    assert parse(pager(*addresses), f"{BASE}?per_page=20").next_offset == expected


def test_other_links_are_no_pager() -> None:
    assert parse(links("?per_page=30"), BASE).next_offset is None


ARTICLE = classic_page(headline="ชาวสวนปลูกป่า", section="ข่าว", long_date=DAY, body="<a href='details/4'>ข่าว</a>")


@every_row(
    "page",
    [
        "",
        " ",
        "\0",
        "<!-- -->",
        "<?xml version='1.0'?>",
        "ปิดปรับปรุง",
        '{"error": 1}',
        "<html><body><h1>ปิดปรับปรุง</h1><a href='/news/contents/details/5'>ข่าว</a></body></html>",
        ARTICLE,
        absent_page("title"),
        absent_page("epoch"),
    ],
)
def test_what_is_no_listing(page: str) -> None:
    assert parse(page, BASE) == Listing(False, [], None)


@given(st.integers(0, len(made("/news/contents/details/30", total=60))))
def test_a_page_that_is_cut(at: int) -> None:
    page = parse(made("/news/contents/details/30", total=60)[:at], BASE)
    assert page.article_ids in ([], [30])
    # The end of an address may be cut off, that of its number too.
    assert page.next_offset is None or page.next_offset > 0


@given(st.text(st.sampled_from("<>/\"'=& adivpnel-boyhrf1\0"), max_size=60))
def test_it_never_raises(text: str) -> None:
    parse(text, BASE)
    parse(panel(text), BASE)
