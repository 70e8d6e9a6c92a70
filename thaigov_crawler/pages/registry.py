"""The layouts that articles come in: each is declared once, and all are read through one door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from thaigov_crawler.pages import classic, corpus, generic
from thaigov_crawler.pages.raw import RawArticle


@dataclass(frozen=True)
class Layout:
    """One form of an article's page, and how it is read."""

    name: str  # as in the exported field `layout`
    parse: Callable[[str, str], RawArticle]  # text and address of a page to what it says; never raises
    # Of what was read: whether the page says that there is no article. Never, where it is not known how it would.
    is_absent: Callable[[RawArticle], bool] = lambda raw: False
    is_text: bool = False  # what others kept of a page without its markup: any page outranks it


_ALL = (
    Layout(classic.LAYOUT, classic.parse, classic.is_absent),
    Layout(generic.LAYOUT, generic.parse),
    Layout(corpus.LAYOUT, corpus.parse, corpus.is_absent, is_text=True),
)
LAYOUTS: Mapping[str, Layout] = MappingProxyType({layout.name: layout for layout in _ALL})


def read_page(layout: str, html: str, address: str) -> RawArticle | None:
    """What a page says, or None where it says that there is no article.

    `layout` is one of LAYOUTS; relative addresses are relative to `address`. A page of another layout is no such page,
    and next to nothing is read of it. Whether what was read makes an article shows once it is normalised: see
    `items.missing_fields`.
    """
    how = LAYOUTS[layout]
    raw = how.parse(html, address)
    return None if how.is_absent(raw) else raw


def is_text(layout: str) -> bool:
    """Whether articles of this layout were read from a text without markup, which any page outranks. (Of a layout that
    this version does not know it is no matter: False.)"""
    return layout in LAYOUTS and LAYOUTS[layout].is_text
