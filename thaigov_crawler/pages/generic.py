"""Reads articles of the relaunched site, `/th/news/<id>` and `/en/news/<id>`, since 2025-09.

Nobody has seen the HTML of these pages. It is only known that JavaScript draws them. So this module reads what news
pages in general say about themselves: schema.org's JSON-LD, Open Graph, `h1`, `<time datetime>`. The body is what
trafilatura finds as the main text, but only if the page confirms it (see `main_text.body_of`).

The library extruct is not used for JSON-LD and Open Graph. It drops all scripts of a page if one is broken, it leaves
`@graph` and the choice among several articles to its caller, and it needs RDF libraries.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree
from parsel import Selector

from thaigov_crawler.pages.main_text import body_of, main_text_of
from thaigov_crawler.pages.markup import selector_of
from thaigov_crawler.pages.raw import RawArticle, absolute_address, is_document
from thaigov_crawler.pages.statements import (
    addresses_in,
    article_element,
    day_of,
    json_ld,
    only,
    open_graph,
    texts_in,
    texts_of,
    title_of,
)

LAYOUT = "generic"

# A news page has some hundred elements, nested a few dozen deep. A larger page is not read, because trafilatura looks
# at some elements many times (30,000 take two seconds) and reads nested lists by recursion.
MAX_ELEMENTS = 10_000
MAX_DEPTH = 250


def parse(html: str, base_url: str) -> RawArticle:
    """Return what a page of the relaunched site says, after a browser has drawn it. Never raise on bad HTML.

    What is not certain is empty. So is all of a page that has more than MAX_ELEMENTS elements, or more than MAX_DEPTH
    within each other. `base_url` is the address of the page. Relative addresses are relative to it (or to the page's
    `<base>`). If JSON-LD has several articles, it tells which one the page is about.

    The title is the headline of JSON-LD, or the title of Open Graph, if a heading says the same, or the only `h1`. The
    date is the day of publication in JSON-LD or in Open Graph, or the only `<time datetime>` above the text of the
    article. It is ISO 8601, as the page writes it. There is no lead, because the description of a page is not one.
    """
    page = selector_of(html)
    raw = RawArticle(LAYOUT)
    if not _is_moderate(page.root):
        return raw
    headings = list(filter(None, texts_of(page.xpath("//h1"))))
    schema = json_ld(page, base_url, headings)
    graph = open_graph(page)
    article = article_element(page)
    raw.title = title_of(schema, graph, headings, texts_of(page.xpath("//h2")))
    raw.section = only(texts_in(schema, "articleSection")) or only(graph.get("article:section", []))
    raw.date_published = day_of(schema, graph, article)
    raw.recognised = bool(raw.title and raw.date_published)
    base_url = absolute_address(base_url, page.xpath("string(//base/@href)").get()) or base_url
    main_text = main_text_of(page.root, base_url)
    if main_text is None:
        return raw
    linked = main_text.xpath(".//ref/@target")
    above = {raw.title, *texts_of(page.xpath("//h1 | //time"))}
    raw.body = body_of(main_text, page.root if article is None else article.root, raw.title, above)
    if raw.body:
        pictures = [one for node in schema for one in addresses_in(node, "image")] or graph.get("og:image", [])
        raw.images = _absolute(base_url, [*pictures, *main_text.xpath(".//graphic/@src")])
        documents = _absolute(base_url, [*linked, *_links_in(article)])
        raw.attachments = [address for address in documents if is_document(address)]
    return raw


def _is_moderate(root: etree._Element) -> bool:
    depth = 0
    for number, (event, _) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH or number > 2 * MAX_ELEMENTS:
            return False
    return True


def _links_in(article: Selector | None) -> list[str]:
    """Return the addresses that the element of the article links to.

    Some are below the text, in lists that trafilatura takes for menus.
    """
    links = ".//a/@href | .//iframe/@src | .//embed/@src | .//object/@data"
    return [] if article is None else article.xpath(links).getall()


def _absolute(base_url: str, addresses: Iterable[str]) -> list[str]:
    """Return the absolute addresses in order, each once. Leave out what is not an address."""
    found = (absolute_address(base_url, address) for address in addresses)
    return list(dict.fromkeys(address for address in found if address))
