"""A page of a section's listing, `/news/contents/index/<section>?per_page=<offset>`: ten articles, newest first.

Its anatomy is known from the selectors of OpenThaiGPT's `nuch_crawl_thaigov_all.py` (2023):

    div.panel-body a[href*="/details/"]                              an article, linked once or more
    ul[class^="pagination"] a[data-ci-pagination-page]               the pager (CodeIgniter's)

An article's own page has the same panel; it is told by its date, as in classic.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from parsel import Selector

from thaigov_crawler.pages.raw import absolute_address

_ARTICLE = re.compile(r"/news/contents/(?:ministry_)?details/0*([1-9]\d{0,8})/?", re.IGNORECASE | re.ASCII)
_OFFSET = re.compile(r"(?:^|&)per_page=(\d{1,9})(?:&|$)", re.ASCII)
# Mirrors may link to the site itself.
_SITE = "thaigov.go.th"


def _has(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


_PANEL = f"//div[{_has('panel-body')}]"
_DATE_OF_ARTICLE = f".//div[{_has('border-normal')}]/p[{_has('col-xs-8')}]"
_PAGER = "//ul[starts-with(@class, 'pagination')]//a[@data-ci-pagination-page]"


@dataclass
class Listing:
    """What a page of a listing says."""

    recognised: bool = False  # whether it is one
    article_ids: list[int] = field(default_factory=list)  # in the order of the page, each once
    next_offset: int | None = None  # where the next page begins; None on the last one


def parse(html: str, base_url: str) -> Listing:
    """Read a page of a listing; `base_url` is its address, with the offset that it was asked for.

    Articles are those linked from its panel: menus and side boxes have none. The next page is the nearest one behind
    this one that the pager links to. Never raises on bad HTML: then the listing is not recognised, or empty.
    """
    page = Selector(html or "<html></html>", type="html")
    panels = page.xpath(_PANEL)
    if not panels or panels.xpath(_DATE_OF_ARTICLE):
        return Listing()
    hosts = {_SITE, _host(base_url)}
    links = (_article_id(base_url, address, hosts) for address in panels.xpath(".//a/@href").getall())
    return Listing(
        recognised=True,
        article_ids=list(dict.fromkeys(article_id for article_id in links if article_id is not None)),
        next_offset=_next_offset(page, base_url),
    )


def _article_id(base_url: str, address: str, hosts: set[str]) -> int | None:
    absolute = absolute_address(base_url, address)
    if not absolute or _host(absolute) not in hosts:
        return None
    found = _ARTICLE.fullmatch(urlsplit(absolute).path)
    return int(found[1]) if found else None


def _next_offset(page: Selector, base_url: str) -> int | None:
    here = _offset(base_url)
    linked = (absolute_address(base_url, address) for address in page.xpath(f"{_PAGER}/@href").getall())
    return min((offset for address in linked if address and (offset := _offset(address)) > here), default=None)


def _offset(address: str) -> int:
    found = _OFFSET.search(urlsplit(address).query)
    return int(found[1]) if found else 0


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
