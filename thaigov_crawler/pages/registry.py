"""The list of all layouts, and `read_page`, which reads a page with one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from thaigov_crawler.pages import classic, corpus, generic
from thaigov_crawler.pages.raw import RawArticle


@dataclass(frozen=True)
class Layout:
    """One form of an article's page, and how to read it."""

    name: str  # as in the exported field `layout`
    parse: Callable[[str, str], RawArticle]  # takes text and address of a page; never raises
    # Takes what was read, and returns whether the page says that there is no article. Always false if nobody knows how
    # such a page looks.
    is_absent: Callable[[RawArticle], bool] = lambda raw: False
    is_text: bool = False  # it is the text of a page without its markup; any page is better


_ALL = (
    Layout(classic.LAYOUT, classic.parse, classic.is_absent),
    Layout(generic.LAYOUT, generic.parse),
    Layout(corpus.LAYOUT, corpus.parse, corpus.is_absent, is_text=True),
)
LAYOUTS: Mapping[str, Layout] = MappingProxyType({layout.name: layout for layout in _ALL})


def read_page(layout: str, html: str, address: str) -> RawArticle | None:
    """Return what a page says, or None if it says that there is no article.

    `layout` is a key of LAYOUTS. Relative addresses on the page are relative to `address`. If the page has another
    layout, hardly anything is read. `items.missing_fields` tells later whether what was read makes an article.
    """
    how = LAYOUTS[layout]
    raw = how.parse(html, address)
    return None if how.is_absent(raw) else raw


def is_text(layout: str) -> bool:
    """Return whether articles of a layout were read from texts without markup. Any page is better than such a text.

    Return false for a layout that this version does not know.
    """
    return layout in LAYOUTS and LAYOUTS[layout].is_text
