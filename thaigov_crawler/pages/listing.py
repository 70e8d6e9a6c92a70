"""Reads a page of a section's listing, `/news/contents/index/<section>?per_page=<offset>`: ten articles, newest first.

Its structure is known from the selectors of OpenThaiGPT's `nuch_crawl_thaigov_all.py` (2023):

    div.panel-body a[href*="/details/"]                              an article, linked once or more
    ul[class^="pagination"] a[data-ci-pagination-page]               the pager (CodeIgniter's)

The page of an article has the same panel. It differs by its date, as in classic.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import etree

from thaigov_crawler.pages.markup import has_class, outermost, tree_of
from thaigov_crawler.pages.raw import absolute_address

_ARTICLE = re.compile(r"/news/contents/(?:ministry_)?details/0*([1-9]\d{0,8})/?", re.IGNORECASE | re.ASCII)
_OFFSET = re.compile(r"(?:^|&)per_page=(\d{1,9})(?:&|$)", re.ASCII)
# A mirror may link to the real site.
_SITE = "thaigov.go.th"


@dataclass
class Listing:
    """What a page of a listing says."""

    recognised: bool = False  # it is a page of a listing
    article_ids: list[int] = field(default_factory=list)  # in the order of the page, each once
    next_offset: int | None = None  # offset of the next page; None on the last page


def parse(html: str, base_url: str) -> Listing:
    """Return what a page of a listing says. `base_url` is its address, with its offset.

    The articles are those that its panel links to. Menus and side boxes have none. The next page is the one with the
    lowest offset after this one that the pager links to. Never raise on bad HTML: the listing is then not recognised,
    or empty.
    """
    root = tree_of(html)
    panels = list(outermost(div for div in root.xpath("//div") if has_class(div, "panel-body")))
    if not panels or any(map(_is_article, panels)):
        return Listing()
    hosts = {_SITE, _host(base_url)}
    addresses = dict.fromkeys(link.get("href", "") for panel in panels for link in panel.iterdescendants("a"))
    articles = (_article_id(base_url, address, hosts) for address in addresses)
    return Listing(
        recognised=True,
        article_ids=list(dict.fromkeys(article_id for article_id in articles if article_id is not None)),
        next_offset=_next_offset(root, base_url),
    )


def _is_article(panel: etree._Element) -> bool:
    """Return whether a panel is that of an article. Its box has the date."""
    boxes = (div for div in panel.iterdescendants("div") if has_class(div, "border-normal"))
    return any(has_class(paragraph, "col-xs-8") for box in boxes for paragraph in box.iterchildren("p"))


def _article_id(base_url: str, address: str, hosts: set[str]) -> int | None:
    absolute = absolute_address(base_url, address)
    if not absolute or _host(absolute) not in hosts:
        return None
    found = _ARTICLE.fullmatch(urlsplit(absolute).path)
    return int(found[1]) if found else None


def _next_offset(root: etree._Element, base_url: str) -> int | None:
    here = _offset(base_url)
    pagers = outermost(ul for ul in root.xpath("//ul") if (ul.get("class") or "").startswith("pagination"))
    links = (
        link for pager in pagers for link in pager.iterdescendants("a") if "data-ci-pagination-page" in link.attrib
    )
    linked = (absolute_address(base_url, address) for address in dict.fromkeys(link.get("href") for link in links))
    return min((offset for address in linked if address and (offset := _offset(address)) > here), default=None)


def _offset(address: str) -> int:
    found = _OFFSET.search(urlsplit(address).query)
    return int(found[1]) if found else 0


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
