"""What a page of any layout says of itself: schema.org's JSON-LD, Open Graph, headings, `<time datetime>`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from html import unescape
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree
from parsel import Selector

MAX_HEADINGS = 100_000  # characters of all together
MAX_TITLE = 1000  # characters of a title in which the name of the site is sought
# Characters. A line with the date of publication has little else. A longer line is prose.
MAX_DATE_LINE = 100
# Two statements of one moment may differ by so much: some leave out the time of day, or its zone.
_SAME_DAY = timedelta(days=1)
_BANGKOK = timezone(timedelta(hours=7))

# Structured data has dates in ISO 8601, C.E. Any other form (10/04/2026) is ambiguous.
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_JSON_LD = "//script[starts-with(normalize-space(@type), 'application/ld+json')]"
# What stands between a headline and the name of the site in a title.
_SEPARATOR = re.compile(r"\s+[|–—:»›·•-]+(?:\s|\Z)|\s*\|\s*")
# What the markup or the words around a time say of it.
_CHANGED = re.compile("modif|updat|revis|แก้ไข|ปรับปรุง|อัปเดต|อัพเดต|อัพเดท", re.IGNORECASE)
_OF_EVENT = re.compile("expir|deadline|event|จัดงาน|กำหนดการ|หมดเขต|สิ้นสุด", re.IGNORECASE)
_PUBLISHED = re.compile("publi|posted|pubdate|created|เผยแพร่|ประกาศเมื่อ|ลงข่าว|โพสต์", re.IGNORECASE)


def one_line(text: str) -> str:
    return " ".join(text.split())


def text_of(element: etree._Element) -> str:
    return one_line(str(element.xpath("string()")))


def texts_of(found: Iterable[Selector]) -> list[str]:
    """Return the texts of headings or dates.

    Return none if together they have more than MAX_HEADINGS characters. Hostile pages have headings within headings.
    """
    texts: list[str] = []
    length = 0
    for each in found:
        texts.append(text_of(each.root))
        length += len(texts[-1])
        if length > MAX_HEADINGS:
            return []
    return texts


def only(texts: Iterable[str]) -> str:
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
                # JSON may hold lone surrogates and NUL characters, which no page shows.
                yield text.encode("utf-8", "replace").decode().replace("\0", "")


def texts_in(nodes: Iterable[dict[str, Any]], name: str) -> Iterator[str]:
    """Return the texts of a property. Many systems escape them as in HTML, so unescape them."""
    return (one_line(unescape(text)) for node in nodes for text in _strings(node.get(name), "@value"))


def addresses_in(node: dict[str, Any], name: str) -> list[str]:
    return list(_strings(node.get(name), "url", "contentUrl", "@id"))


def json_ld(page: Selector, base_url: str, headings: list[str]) -> list[dict[str, Any]]:
    """Return the JSON-LD objects of the article that the page is about, or none if that is not certain.

    There may be several articles, because related news are articles, too. Take the one with the address of the page, or
    else the one whose headline is a heading of the page. A single article is the page's, unless it has another address.
    """
    articles = [node for node in _nodes(page) if any(name.endswith("Article") for name in _strings(node.get("@type")))]
    stated = [[one for key in ("mainEntityOfPage", "url", "@id") for one in addresses_in(a, key)] for a in articles]
    here = _place(base_url, "")
    chosen = [a for a, where in zip(articles, stated, strict=True) if here in {_place(base_url, one) for one in where}]
    if not chosen:
        known = set(headings)
        chosen = [a for a in articles if not known.isdisjoint(texts_in([a], "headline"))]
    if not chosen and len(articles) == 1 and not any(stated):
        chosen = articles
    return chosen if len(set(texts_in(chosen, "headline"))) <= 1 else []


def _place(base_url: str, address: str) -> tuple[str, str, str] | None:
    """Return the part of an address that names the page: without scheme, `www.`, last slash and fragment."""
    try:
        parts = urlsplit(urljoin(base_url, address))
    except ValueError:
        return None
    return (parts.hostname or "").removeprefix("www."), unquote(parts.path).rstrip("/"), parts.query


def open_graph(page: Selector) -> dict[str, list[str]]:
    """Return the Open Graph properties of an article. Return none for other pages, whose title is that of the site."""
    properties: dict[str, list[str]] = {}
    for tag in page.xpath("//meta[@content]"):
        meta = tag.root  # `tag.attrib` raises an error if it has an attribute with a name that XML does not allow
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        if text := one_line(meta.get("content")):
            properties.setdefault(name, []).append(text)
    is_article = "article" in properties.get("og:type", []) or "article:published_time" in properties
    return properties if is_article else {}


def article_element(page: Selector) -> Selector | None:
    """Return the element of the article: the only `article` with an `h1`, or else the only such `main`, or None."""
    for tag in ("article", "main"):
        if found := page.xpath(f"//{tag}[.//h1]"):
            return found[0] if len(found) == 1 else None
    return None


def title_of(schema: list[dict[str, Any]], graph: dict[str, list[str]], headings: list[str], lower: list[str]) -> str:
    """Return the headline of an article, or "" if it is not certain.

    It is what JSON-LD says, else Open Graph, else the only heading. If the page has headings, one of them, or of the
    `lower` ones, must say the same. Many systems add the name of the site to the title of Open Graph: then the heading
    counts.
    """
    shown = dict.fromkeys(filter(None, [*headings, *lower] if headings else []))
    stated = only(texts_in(schema, "headline")) or only(graph.get("og:title", []))
    if not (stated and shown):
        return _without_site(stated, graph) or only(headings)
    letters = _letters(stated)
    for heading in shown:
        if letters == _letters(heading):
            return heading
        if letters in _letters(heading):  # JSON-LD often has a shorter headline
            return stated
        if len(stated) <= MAX_TITLE and _is_with_site(stated, heading):
            return heading
    return ""


def _without_site(title: str, graph: dict[str, list[str]]) -> str:
    """Return a title without the name of the site behind it, if Open Graph says the name."""
    for site in graph.get("og:site_name", []) if len(title) <= MAX_TITLE else []:
        before = [each for each in _SEPARATOR.finditer(title) if title[each.end() :] == site]
        if before:
            return title[: before[-1].start()]
    return title


def _is_with_site(stated: str, heading: str) -> bool:
    """Return whether a title is a heading with the name of the site behind it, or before it."""
    parts = ((stated[: each.start()], stated[each.end() :]) for each in _SEPARATOR.finditer(stated))
    return any(_letters(heading) in map(_letters, pair) for pair in parts)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def day_of(schema: list[dict[str, Any]], graph: dict[str, list[str]], article: Selector | None) -> str:
    """Return the day or moment of publication in ISO 8601, as the page writes it, or "" if it is not certain.

    It is what JSON-LD says, else Open Graph, else the only `<time datetime>` of the article. If the first two differ by
    more than _SAME_DAY, it is not certain.
    """
    sources = (texts_in(schema, "datePublished"), graph.get("article:published_time", []))
    stated = [day for each in sources if (day := only(filter(_ISO_DAY.match, each)))]
    moments = list(filter(None, map(_moment, stated)))
    if moments and max(moments) - min(moments) > _SAME_DAY:
        return ""
    return stated[0] if stated else only(filter(_ISO_DAY.match, _days_in(article)))


def _moment(day: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(day)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=_BANGKOK)


def _days_in(article: Selector | None) -> list[str]:
    """Return the `<time datetime>` above the text of the article that may be the day of publication.

    Those that the page calls the day of publication are enough. Others count, too, unless they are those of a change.
    If the page has the day of an event or a deadline, they may be of that as well, and do not count.
    """
    if article is None:
        return []
    published: list[str] = []
    others: list[str] = []
    has_event = False
    for time in _times_above_text(article.root):
        said = _said_of(time)
        day = (time.get("datetime") or "").strip()
        if _OF_EVENT.search(said):
            has_event = True
        elif day and not _CHANGED.search(said):
            (published if _PUBLISHED.search(said) else others).append(day)
    return published or ([] if has_event else others)


def _times_above_text(root: etree._Element) -> Iterator[etree._Element]:
    """Yield each `time` above the first paragraph of prose."""
    for element in root.iter("p", "time"):
        if element.tag == "time":
            yield element
        elif len(text_of(element)) > MAX_DATE_LINE:
            return


def _said_of(time: etree._Element) -> str:
    """Return the words by which markup and text may call a time: names of classes, and the label before it."""
    parent, before = time.getparent(), time.getprevious()
    names = [each.get(name, "") for each in (time, parent) for name in ("class", "itemprop", "property", "id")]
    names += ["pubdate"] if "pubdate" in time.attrib else []
    label = ((parent.text if before is None else before.tail) or "").strip()
    if before is not None and not label and before.tag != "time":
        label = text_of(before)
    return " ".join([*names, label[-MAX_DATE_LINE:]])
