"""All pages of `scrapy browse` in a real browser, and a question that asks for gigabytes of memory."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import Page

from tests.commands.test_browse import (
    HOSTILE,
    PAGES,
    Browsing,
    hostile,
    hostile_paths,
    is_dark_and_narrow,
    nothing_came_alive,
    page,
    sample,
    window,
)

__all__ = ["hostile", "page", "sample", "window"]


def test_all_pages_in_the_dark_and_on_a_phone(sample: Browsing, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    for path in PAGES:
        assert page.goto(sample.address + path).status == 200
        is_dark_and_narrow(page, path)


def test_text_of_the_web_stays_text(hostile: Browsing, page: Page) -> None:
    for path in (*PAGES, *hostile_paths()):
        assert page.goto(hostile.address + path).status == 200, path
        nothing_came_alive(page, path)
    for path in (f"/{HOSTILE}", "/-/person?" + urlencode({"name": f"x{HOSTILE}"}), f"/thaigov?sql={HOSTILE}"):
        page.goto(hostile.address + path)
        nothing_came_alive(page, path)


def test_memory_that_sqlite_takes_is_bounded(sample: Browsing) -> None:
    rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200)"
    sql = f"{rows} SELECT count(*) FROM (SELECT DISTINCT randomblob(15000000) AS b FROM n ORDER BY b)"
    assert sample.get(f"/thaigov.json?{urlencode({'sql': sql})}")[0] in (200, 400)
    assert sample.get("/thaigov.json?sql=SELECT+1")[0] == 200
