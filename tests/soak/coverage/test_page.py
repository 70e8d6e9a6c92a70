"""The coverage pages of stores that hold next to nothing, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.coverage.test_page import Windows, of_a_store_without_a_run, of_visits_without_articles


@pytest.fixture
def opened(browser: Browser) -> Iterator[Any]:
    """Opens a file in a new window; after the test nothing may have been asked for or complained of."""
    windows = Windows(browser)
    yield windows.open_file
    windows.close()
    assert windows.trouble == []


def drawn(page: Page) -> list[str]:
    """Return the figures that an opened page shows."""
    assert page.locator(".plot svg.main-svg").count()
    return page.locator(".plot").evaluate_all("all => all.map(each => each.id)")


def test_a_store_of_visits_without_articles(opened: Any, tmp_path: Path) -> None:
    assert drawn(opened(of_visits_without_articles(tmp_path))) == ["figure-ids", "figure-runs"]


def test_a_store_without_a_run(opened: Any, tmp_path: Path) -> None:
    page = opened(of_a_store_without_a_run(tmp_path))
    assert drawn(page) == ["figure-ids"]
    assert page.locator("header .quiet").inner_text() == "ปีในหน้านี้เป็นคริสต์ศักราช (all years are C.E.)"
