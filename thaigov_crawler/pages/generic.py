"""Reads articles of the relaunched site, `/th/news/<id>` and `/en/news/<id>`, since 2025-09.

Nobody has seen the HTML of these pages. It is only known that JavaScript draws them. So this module reads what news
pages in general say about themselves: schema.org's JSON-LD, Open Graph, `h1`, `<time datetime>`. The body is what
trafilatura finds as the main text, but only if the page confirms it (see `_is_vouched`).

The library extruct is not used for JSON-LD and Open Graph. It drops all scripts of a page if one is broken, it leaves
`@graph` and the choice among several articles to its caller, and it needs RDF libraries.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree
from parsel import Selector

from thaigov_crawler.pages.markup import outermost, selector_of
from thaigov_crawler.pages.raw import RawArticle, absolute_address, is_document

LAYOUT = "generic"

# Its messages name no article ID, and nobody could act on them.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# A news page has some hundred elements, nested a few dozen deep. A larger page is not read, because trafilatura looks
# at some elements many times (30,000 take two seconds) and reads nested lists by recursion.
MAX_ELEMENTS = 10_000
MAX_DEPTH = 250
MAX_HEADINGS = 100_000  # characters of all together
# Characters. A line with the date of publication has little else. A longer line is prose.
MAX_DATE_LINE = 100
# How much of a text is compared with another.
COMPARED_CHARACTERS = 400
# The share of a headline's pieces of four letters that its body must repeat. In 97.7 % of 12,615 articles of the
# classic site, the body does. The body of another article does in 5.8 %, a cookie banner in 0.2 %, and a footer with
# address and menu in 0.9 %. (Counted in a fifth of PyThaiNLP's corpus thaigov-v2.)
SHARE_OF_HEADLINE = 0.3
# The share of the longest paragraph that the main text must have. trafilatura may leave out a link or a sign.
SHARE_OF_LONGEST = 0.8

# Structured data has dates in ISO 8601, C.E. Any other form (10/04/2026) is ambiguous.
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_JSON_LD = "//script[starts-with(normalize-space(@type), 'application/ld+json')]"
# Elements that end a line: of HTML, and of the tree that trafilatura makes of it.
_BLOCKS = frozenset(
    "address article aside blockquote body br caption cell center dd details dialog div dl dt fieldset figcaption "
    "figure footer form graphic h1 h2 h3 h4 h5 h6 head header hr html item lb li list main nav ol p pre quote row "
    "section table tbody td tfoot th thead tr ul".split()
)
# Elements of HTML whose text is not the article's.
_BESIDE = frozenset(
    "aside audio button dialog footer iframe nav noscript object option script select style svg template textarea "
    "title video".split()
)


def parse(html: str, base_url: str) -> RawArticle:
    """Return what a page of the relaunched site says, after a browser has drawn it. Never raise on bad HTML.

    What is not certain is empty. So is all of a page that has more than MAX_ELEMENTS elements, or more than MAX_DEPTH
    within each other. `base_url` is the address of the page. Relative addresses are relative to it (or to the page's
    `<base>`). If JSON-LD has several articles, it tells which one the page is about.

    The title is the headline of JSON-LD, or the title of Open Graph, or the only `h1`. The date is the day of
    publication in JSON-LD or in Open Graph, or the only `<time datetime>` in the element of the article. It is ISO
    8601, as the page writes it. There is no lead, because the description of a page is not one.
    """
    page = selector_of(html)
    raw = RawArticle(LAYOUT)
    if not _is_moderate(page.root):
        return raw
    headings = [text for text in _texts_of(page.xpath("//h1")) if text]
    schema = _json_ld(page, base_url, headings)
    graph = _open_graph(page)
    article = _article_element(page)
    raw.title = _only(_texts(schema, "headline")) or _only(graph.get("og:title", [])) or _only(headings)
    raw.section = _only(_texts(schema, "articleSection")) or _only(graph.get("article:section", []))
    days = (_texts(schema, "datePublished"), graph.get("article:published_time", []), _days_in(article))
    raw.date_published = next((day for stated in days if (day := _only(filter(_ISO_DAY.match, stated)))), "")
    raw.recognised = bool(raw.title and raw.date_published)
    base_url = absolute_address(base_url, page.xpath("string(//base/@href)").get()) or base_url
    main_text = _main_text(page.root, base_url)
    if main_text is None:
        return raw
    _read_body(main_text, page, article, raw)
    if raw.body:
        pictures = [one for node in schema for one in _addresses(node, "image")] or graph.get("og:image", [])
        raw.images = _absolute(base_url, [*pictures, *main_text.xpath(".//graphic/@src")])
        documents = _absolute(base_url, [*main_text.xpath(".//ref/@target"), *_links_in(article)])
        raw.attachments = [address for address in documents if is_document(address)]
    return raw


def _is_moderate(root: etree._Element) -> bool:
    depth = 0
    for number, (event, _) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH or number > 2 * MAX_ELEMENTS:
            return False
    return True


# What the page says of itself


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _text(element: etree._Element) -> str:
    return _one_line(str(element.xpath("string()")))


def _texts_of(found: Iterable[Selector]) -> list[str]:
    """Return the texts of headings or dates.

    Return none if together they have more than MAX_HEADINGS characters. Hostile pages have headings within headings.
    """
    texts: list[str] = []
    length = 0
    for each in found:
        texts.append(_text(each.root))
        length += len(texts[-1])
        if length > MAX_HEADINGS:
            return []
    return texts


def _only(texts: Iterable[str]) -> str:
    """Return the text, if all texts are equal, or "" if they differ or there are none."""
    return "".join(different) if len(different := set(texts)) == 1 else ""


def _nodes(page: Selector) -> Iterator[dict[str, Any]]:
    """Yield every object of the page's JSON-LD, at any depth."""
    for script in page.xpath(_JSON_LD):
        try:
            # `strict=False` allows line breaks in strings, which are a common fault.
            waiting = [json.loads(script.xpath("string()").get(""), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            node = waiting.pop()
            if isinstance(node, dict):
                yield node
                waiting.extend(node.values())
            elif isinstance(node, list):
                waiting.extend(node)


def _strings(value: Any, *keys: str) -> Iterator[str]:
    """Yield the strings in the value of a property: a string, a list, or objects with strings under `keys`."""
    for one in value if isinstance(value, list) else [value]:
        candidates = [one.get(key) for key in keys] if isinstance(one, dict) else [one]
        for text in candidates:
            if isinstance(text, str) and text.strip():
                yield text.encode("utf-8", "replace").decode()  # JSON may hold lone surrogates


def _texts(nodes: Iterable[dict[str, Any]], name: str) -> Iterator[str]:
    """Return the texts of a property. Many systems escape them as in HTML, so unescape them."""
    return (_one_line(unescape(text)) for node in nodes for text in _strings(node.get(name), "@value"))


def _addresses(node: dict[str, Any], name: str) -> list[str]:
    return list(_strings(node.get(name), "url", "contentUrl", "@id"))


def _json_ld(page: Selector, base_url: str, headings: list[str]) -> list[dict[str, Any]]:
    """Return the JSON-LD objects of the article that the page is about, or none if that is not certain.

    There may be several articles, because related news are articles, too. Take the one with the address of the page, or
    else the one whose headline is a heading of the page. A single article is the page's, unless it has another address.
    """
    articles = [node for node in _nodes(page) if any(name.endswith("Article") for name in _strings(node.get("@type")))]
    stated = [[one for key in ("mainEntityOfPage", "url", "@id") for one in _addresses(a, key)] for a in articles]
    here = _place(base_url, "")
    chosen = [a for a, where in zip(articles, stated, strict=True) if here in {_place(base_url, one) for one in where}]
    if not chosen:
        known = set(headings)
        chosen = [a for a in articles if not known.isdisjoint(_texts([a], "headline"))]
    if not chosen and len(articles) == 1 and not any(stated):
        chosen = articles
    return chosen if len(set(_texts(chosen, "headline"))) <= 1 else []


def _place(base_url: str, address: str) -> tuple[str, str, str] | None:
    """Return the part of an address that names the page: without scheme, `www.`, last slash and fragment."""
    try:
        parts = urlsplit(urljoin(base_url, address))
    except ValueError:
        return None
    return (parts.hostname or "").removeprefix("www."), unquote(parts.path).rstrip("/"), parts.query


def _open_graph(page: Selector) -> dict[str, list[str]]:
    """Return the Open Graph properties of an article. Return none for other pages, whose title is that of the site."""
    properties: dict[str, list[str]] = {}
    for tag in page.xpath("//meta[@content]"):
        name = (tag.attrib.get("property") or tag.attrib.get("name") or "").strip().lower()
        if text := _one_line(tag.attrib["content"]):
            properties.setdefault(name, []).append(text)
    is_article = "article" in properties.get("og:type", []) or "article:published_time" in properties
    return properties if is_article else {}


def _article_element(page: Selector) -> Selector | None:
    """Return the element of the article: the only `article` with an `h1`, or else the only such `main`, or None."""
    for tag in ("article", "main"):
        if found := page.xpath(f"//{tag}[.//h1]"):
            return found[0] if len(found) == 1 else None
    return None


def _days_in(article: Selector | None) -> list[str]:
    """Return every `<time datetime>` in the element of the article, but not the dates of changes.

    Return none if one of them stands in prose.
    """
    if article is None:
        return []
    paragraphs = outermost(paragraph.root for paragraph in article.xpath(".//p[.//time]"))
    if any(len(_text(paragraph)) > MAX_DATE_LINE for paragraph in paragraphs):
        return []
    times = article.xpath(".//time[not(contains(@itemprop, 'dateModified'))]/@datetime")
    return [time.strip() for time in times.getall()]


# The main text


def _main_text(root: etree._Element, base_url: str) -> etree._Element | None:
    """Return what trafilatura finds as the main text of the page (a tree of its own elements), or None."""
    import trafilatura  # here, because every command imports this module, and this takes a tenth of a second
    from trafilatura.settings import Document

    for address in root.xpath("//img/@*[starts-with(., '//')]"):  # trafilatura would make them http
        address.getparent().set(address.attrname, absolute_address(base_url, address) or "")
    try:
        document = trafilatura.bare_extraction(
            root,
            fast=True,  # its fallbacks find words by spaces, which Thai does not have
            favor_precision=True,
            include_comments=False,
            include_links=True,
            include_images=True,
            with_metadata=False,
        )
    except Exception:  # It fails in many ways on odd pages. Such a page has no text.
        return None
    return document.body if isinstance(document, Document) else None


def _lines(element: etree._Element, beside: frozenset[str] = frozenset()) -> list[str]:
    """Return the lines of text of an element, one for each block, without the elements `beside`."""
    lines: list[str] = []
    current: list[str] = []

    def end_line() -> None:
        if line := _one_line("".join(current)):
            lines.append(line)
        current.clear()

    # This is no recursion, because hostile pages nest deeper than Python's stack.
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, part in walk:
        if part.tag in _BLOCKS:
            end_line()
        if event == "start" and part.tag in beside:
            walk.skip_subtree()
        elif event == "start":
            current.append(part.text or "")
        elif part is not element:
            current.append(part.tail or "")
    end_line()
    return lines


def _read_body(main_text: etree._Element, page: Selector, article: Selector | None, raw: RawArticle) -> None:
    """Set the body to the lines of the main text, if `_is_vouched`, without the headline and the date above them."""
    lines = _lines(main_text)
    above = {raw.title, *_texts_of(page.xpath("//h1 | //time"))}
    while lines and lines[0] in above:
        lines.pop(0)
    everything = _lines((page if article is None else article).root, _BESIDE)
    if lines and _is_vouched(lines, raw.title, everything):
        raw.body = lines


def _is_vouched(lines: list[str], title: str, everything: list[str]) -> bool:
    """Return whether a main text is the text of the article. Two things are true of articles on any site.

    It has the longest paragraph of the page. If not, it is a lead or a caption. And it repeats words of the headline.
    If not, it is a cookie banner, a footer, or "enable JavaScript".
    """
    longest = max(everything, key=len, default="")
    return _share(longest, lines) >= SHARE_OF_LONGEST and _share(title, lines) >= SHARE_OF_HEADLINE


def _share(text: str, lines: list[str]) -> float:
    """Return the share (0 to 1) of the beginning of `text` that stands in `lines`.

    It is counted in pieces of four letters, because Thai has no spaces between words.
    """
    wanted, said = ("".join(one.casefold().split()) for one in (text[:COMPARED_CHARACTERS], "".join(lines)))
    pieces = {wanted[at : at + 4] for at in range(max(1, len(wanted) - 3))}
    return sum(piece in said for piece in pieces) / len(pieces)


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
