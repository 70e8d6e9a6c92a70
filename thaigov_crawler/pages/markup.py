"""The tree of a page, and what every layout asks of it.

A hostile page must not cost more than an ordinary one of its length. So what is asked here, and by the layouts, takes
each element of a page once, or a number of times that does not grow with the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree
from parsel import Selector

# Attributes of one tag: editors make some dozens of a style with quotes in quotes. libxml2's time grows with the square
# of their number (130,000 take half a minute).
MAX_ATTRIBUTES = 500
# A tag may begin within a quoted value, or within a script, and both readings are looked at. How many times the length
# of a page is looked at so, at most: ordinary pages are below two.
MAX_READINGS = 8

_SPACE = r"[ \t\r\n\f]"
_ATTRIBUTE = (
    rf"(?:{_SPACE}|/)*[^ \t\r\n\f/>][^ \t\r\n\f/>=]*"  # a name may begin with "="
    rf"(?:{_SPACE}*={_SPACE}*(?:\"[^\"]*\"|'[^']*'|[^ \t\r\n\f>\"'][^ \t\r\n\f>]*)?)?"
)
_TAG = re.compile(rf"<[a-zA-Z][^ \t\r\n\f/>]*(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}")
# More attributes of it, up to where another tag may begin.
_MORE = re.compile(rf"(?:{_ATTRIBUTE.replace('[^', '[^<')}){{1,{MAX_ATTRIBUTES}}}")
_END_OF_COMMENT = "--"
_SPACES = re.compile(f"{_SPACE}+")
_STRING = etree.XPath("string()")


def tree_of(html: str) -> etree._Element:
    """Return the root of a page's tree, without its comments. Never raises on bad HTML."""
    return selector_of(html).root


def selector_of(html: str) -> Selector:
    """Return a page as a selector, without its comments. Never raises on bad HTML."""
    without_nul = html.replace("\0", "")  # as parsel takes it, which would make tags of what is none yet
    page = Selector(bounded(without_nul) or "<html></html>", type="html")
    # Asked for comments, lxml's iterwalk takes the square of their number.
    etree.strip_tags(page.root, etree.Comment, etree.ProcessingInstruction)
    return page


def bounded(html: str) -> str:
    """Return a page without the attributes of its tags behind the first MAX_ATTRIBUTES of each.

    A text in which tags within tags would have to be looked at more often than MAX_READINGS allows is no page: then the
    text is empty.
    """
    kept: list[str] = []
    done = at = looked_at = 0
    while tag := _TAG.search(html, at):
        at, end = tag.start() + 1, tag.end()
        looked_at += end - tag.start()
        if looked_at > MAX_READINGS * len(html):
            return ""
        while more := _MORE.match(html, end):
            end = more.end()
        if end > tag.end():
            # What looks like a tag may stand in a script or a comment, whose end must stay.
            end -= 2 * html.endswith(_END_OF_COMMENT, 0, end)
            kept += [html[done : tag.end()], "" if html.startswith(">", end) else ">"]
            done = at = end
    return "".join((*kept, html[done:])) if kept else html


def has_class(element: etree._Element, name: str) -> bool:
    """Return whether an element is of a class."""
    return name in _SPACES.split(element.get("class") or "")


def text_of(element: etree._Element) -> str:
    """Return the text of an element and of those within it, on one line, as a browser shows its white space."""
    return _SPACES.sub(" ", _STRING(element)).strip()


def outermost(elements: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Return those elements, all of one tag and in the order of the page, that are within no other of them."""
    within: set[etree._Element] = set()
    for element in elements:
        if element not in within:
            within.update(element.iterdescendants(element.tag))
            yield element
