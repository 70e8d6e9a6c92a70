"""The registry of layouts: one door to all of them."""

from __future__ import annotations

import pytest

from sample.anatomy import absent_page
from tests.support.corpora import corpus_text
from tests.support.tables import every_row
from tests.support.warcs import address, page
from thaigov_crawler.pages.registry import LAYOUTS, is_text, read_page


def test_a_page_is_read_by_the_layout_that_is_named() -> None:
    html = page(7).decode()
    raw = read_page("classic", html, address(7))
    assert raw is not None
    assert (raw.layout, raw.title) == ("classic", "เปิดห้องสมุดชุมชนแห่งที่ 7")
    raw = read_page("corpus", corpus_text(7), address(7))
    assert raw is not None
    assert (raw.layout, raw.title) == ("corpus", "เปิดห้องสมุดชุมชนแห่งที่ 7")


@every_row("form", ["title", "epoch"])
def test_a_page_without_an_article_is_none_to_its_own_layout_alone(form: str) -> None:
    html = absent_page(form)
    assert {name for name in LAYOUTS if read_page(name, html, address(7)) is None} == {"classic"}


def test_every_layout_says_its_own_name() -> None:
    for name in LAYOUTS:
        raw = read_page(name, "<p>maintenance</p>", address(7))
        assert raw is not None
        assert (raw.layout, raw.title, raw.date_published) == (name, "", "")


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(KeyError):
        read_page("none", "", "")


def test_which_layouts_are_texts() -> None:
    assert [name for name in (*LAYOUTS, "of another version") if is_text(name)] == ["corpus"]
