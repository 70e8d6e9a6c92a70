"""The page of `scrapy coverage --html`, in a real browser: drawn, alone, safe, readable on a telephone and in the dark."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.commands import ROOT, EndedCrawl, command, environment, scrapy
from tests.support.stored import begin, end, save_each, visited
from thaigov_crawler.store import Store

# What would be markup, a script, an end of the page's own scripts, or a template of plotly's, were it not text.
NASTY = [
    "<script>alert(1)</script>",
    "<b>หนา</b> <a href='https://example.org/'>ที่นี่</a>",
    "</script><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "%{y} %{customdata} &lt;i&gt; {{ 7 * 7 }}",
    "<!--<script>",
]
TELEPHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
NAMES = [f"กอบชัย {text}" for text in NASTY]  # a given name and a surname: else it might be anybody


def write(folder: Path, target: Path) -> Path:
    done = scrapy("coverage", f"-sTHAIGOV_DIR={folder}", "--html", str(target))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return target


class Windows:
    """Windows of a browser, and what was asked for or complained of in them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.trouble: list[str] = []

    def open_file(self, file: Path, **options: Any) -> Page:
        """Open a file in a new window, and wait until it is drawn."""
        context = self._browser.new_context(**options)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.trouble.append(message.text))
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("dialog", lambda dialog: (self.trouble.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: None if request.url == file.as_uri() else self.trouble.append(request.url))
        page.goto(file.as_uri())
        page.wait_for_selector(".plot svg.main-svg")
        return page

    def close(self) -> None:
        """Close all windows."""
        for context in self._contexts:
            context.close()


@pytest.fixture(scope="module")
def drawn(browser: Browser, sample: Path) -> Iterator[tuple[Page, Windows]]:
    """The page of the sample on a telephone. Drawing takes long, so some tests share it."""
    windows = Windows(browser)
    yield windows.open_file(sample, color_scheme="light", **TELEPHONE), windows
    windows.close()


@pytest.fixture(scope="module")
def drawn_nasty(browser: Browser, nasty: Path) -> Iterator[tuple[Page, Windows]]:
    """The page of nasty texts on a telephone."""
    windows = Windows(browser)
    yield windows.open_file(nasty, **TELEPHONE), windows
    windows.close()


@pytest.fixture
def nasty_page(drawn_nasty: tuple[Page, Windows]) -> Iterator[Page]:
    """The page of nasty texts, drawn; after the test nothing may have been asked for or complained of."""
    shown, windows = drawn_nasty
    yield shown
    assert windows.trouble == []


@pytest.fixture
def page(drawn: tuple[Page, Windows]) -> Iterator[Page]:
    """The page of the sample, drawn; after the test nothing may have been asked for or complained of."""
    shown, windows = drawn
    yield shown
    assert windows.trouble == []


@pytest.fixture(scope="module")
def sample(sample_run: EndedCrawl, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(sample_run.folder, tmp_path_factory.mktemp("page") / "page.html")


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nasty")
    store = Store.open(f"sqlite:///{folder / 'thaigov.db'}")
    run = begin(store, f"warc:{NASTY[0]}")
    for article_id, (text, name) in enumerate(zip(NASTY, NAMES, strict=True), 1):
        person = {"title": "นาย", "name": name, "position": text}
        save_each(store, run, article_id, section=text, attendees=[person], mentions=[])
    end(store, run, planned=6, outcomes={"stored": 6}, reason=NASTY[2])
    store.close()
    return write(folder, folder / "page.html")


def test_the_figures_are_drawn(page: Page) -> None:
    drawn = {plot.get_attribute("id"): plot.locator(".point").count() for plot in page.locator(".plot").all()}
    # A bar a state and block of ten IDs; the months of the sections and the triangles of the empty months; a run's
    # outcomes; people.
    assert list(drawn) == ["figure-ids", "figure-months", "figure-runs", "figure-attendees"]
    assert drawn["figure-ids"] >= 4
    assert drawn["figure-months"] >= 28
    assert drawn["figure-attendees"] == 20
    assert page.locator("#figure-runs .xtick").all_text_contents() == ["1"]
    assert page.locator("html").get_attribute("lang") == "th"


def test_the_numbers_are_those_of_the_store(page: Page) -> None:
    tiles = [" ".join(text.split()) for text in page.locator(".tiles li").all_inner_texts()]
    assert tiles == [
        "33 เก็บแล้ว stored, 82.5%",
        "4 ไม่มีข่าว absent, 10.0%",
        "1 อ่านไม่สำเร็จ failed, 2.5%",
        "2 ยังไม่เคยเปิดดู never visited, 5.0%",
    ]
    # What is absent and what is just not stored are two things.
    gaps = page.locator("details[open] summary").inner_text()
    assert gaps == "ช่วงรหัสที่ยาวที่สุดซึ่งยังไม่มีข่าวในฐานข้อมูล The longest runs without a stored article"
    assert "ช่วงรหัสที่ยังไม่มีข่าวในฐานข้อมูลมี 5 ช่วง" in page.locator("main > p").first.inner_text()
    rows = page.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    assert ["990001-990010", "8", "2", "0", "0", "80.0%"] in rows
    assert ["990023-990024", "2", "0", "1", "1"] in rows
    assert ["2025", "1", "1", "0", "1", "0", "1", "0", "1", "1", "", "", "", "6"] in rows


def test_it_is_light_or_dark_as_the_system_is_and_changes_with_it(page: Page) -> None:
    def colours() -> list[str]:
        return page.evaluate(
            """() => ["body", "#figure-attendees .point path", "#figure-attendees .xtick text"].map(name => {
                const style = getComputedStyle(document.querySelector(name));
                return name === "body" ? style.backgroundColor : style.fill;
            })"""
        )

    light = colours()
    assert light == ["rgb(255, 255, 255)", "rgb(63, 111, 209)", "rgb(29, 36, 48)"]
    page.emulate_media(color_scheme="dark")
    expect(page.locator("#figure-attendees .xtick text").first).to_have_css("fill", "rgb(230, 233, 238)")
    assert colours() == ["rgb(20, 24, 31)", "rgb(109, 151, 238)", "rgb(230, 233, 238)"]
    page.emulate_media(color_scheme="light")


def scrolls_sideways(page: Page) -> bool:
    """Whether an opened page, or a figure in it, is wider than the telephone."""
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    width = page.evaluate("document.documentElement.scrollWidth")
    widths = page.locator(".plot svg.main-svg").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().width)"
    )
    return max(width, *widths) > 360


def test_on_a_telephone_the_page_does_not_scroll_sideways(nasty_page: Page) -> None:
    assert not scrolls_sideways(nasty_page)


def test_nor_does_that_of_the_sample(page: Page) -> None:
    assert not scrolls_sideways(page)


def test_text_of_the_web_stays_text(nasty_page: Page) -> None:
    page = nasty_page
    assert page.locator("#figure-months ~ .legend li").all_text_contents() == sorted(NASTY)
    names = page.locator("#figure-attendees .ytick text").evaluate_all("all => all.map(each => each.textContent)")
    assert sorted(names) == sorted(NAMES)
    assert page.locator(".plot a").count() == 0
    assert page.locator("img").count() == 0
    assert page.locator("tbody tr", has_text=NASTY[2]).count() == 2  # how the run ended, and the attendee
    for figure, place, said in (
        ("attendees", 1, f"{names[1]}: 1"),
        ("months", 1, f"2024-12{sorted(NASTY)[1]}: 1"),
    ):
        # plotly lies a sheet over the bars that takes the mouse.
        page.locator(f"#figure-{figure} .point").nth(place).hover(force=True)
        expect(page.locator(f"#figure-{figure} .hoverlayer")).to_have_text(said)


def test_without_javascript_the_tables_are_there(browser: Browser, sample: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(sample.as_uri())
    assert "JavaScript" in page.locator("noscript").inner_text()
    assert page.locator("table").count() == 6
    context.close()


def of_visits_without_articles(folder: Path) -> Path:
    """Return the page of a store of visits without articles."""
    store = Store.open(f"sqlite:///{folder / 'thaigov.db'}")
    visited(store, 7, ("live", "failed", 1))
    store.close()
    return write(folder, folder / "page.html")


def of_a_store_without_a_run(folder: Path) -> Path:
    """Return the page of a store that no run has written to."""
    Store.open(f"sqlite:///{folder / 'thaigov.db'}").close()
    assert scrapy("forget", f"-sTHAIGOV_DIR={folder}", "5", "--yes").returncode == 0
    return write(folder, folder / "page.html")


def figures_of(page: Path) -> list[str]:
    """Return the figures that a page has a place for. That they are drawn: tests/soak/coverage."""
    return re.findall(r'<div class="plot" id="(.*?)"', page.read_text("utf-8"))


def test_a_store_of_visits_without_articles(tmp_path: Path) -> None:
    assert figures_of(of_visits_without_articles(tmp_path)) == ["figure-ids", "figure-runs"]


def test_a_store_without_a_run(tmp_path: Path) -> None:
    page = of_a_store_without_a_run(tmp_path)
    assert figures_of(page) == ["figure-ids"]
    assert re.search(r'<p class="quiet">\s*ปีในหน้านี้เป็นคริสต์ศักราช \(all years are C\.E\.\)', page.read_text("utf-8"))


def test_the_same_store_gives_the_same_bytes(sample_run: EndedCrawl, sample: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.html"
    line = command("coverage", f"-sTHAIGOV_DIR={sample_run.folder}", "--html", str(again))
    subprocess.run(line, cwd=ROOT, env=environment(PYTHONHASHSEED="7", TZ="America/Lima"), check=True)
    assert again.read_bytes() == sample.read_bytes()
    assert not os.access(again, os.X_OK)


def test_it_forbids_itself_to_ask_for_anything(sample: Path) -> None:
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', sample.read_text("utf-8"))[1]
    assert policy.startswith("default-src 'none'; ")
    assert "http" not in policy
