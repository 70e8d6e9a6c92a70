"""Makes the tree of a page, and answers what every layout asks of it.

A hostile page must not cost more time than an ordinary page of the same length. So the functions here and in the
layouts look at each element once, or a fixed number of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree
from parsel import Selector
from parsel.selector import create_root_node

# Attributes of one tag. A style with quotes in quotes becomes some dozens of attributes. The time of libxml2 grows with
# the square of their number (130,000 take half a minute).
MAX_ATTRIBUTES = 500
# `bounded` looks for tags within quoted values and scripts, too, so it may look at some text again. It looks at
# MAX_READINGS times the length of the page at most. Ordinary pages need less than two.
MAX_READINGS = 8

_SPACE = r"[ \t\r\n\f]"
_ATTRIBUTE = (
    rf"(?:{_SPACE}|/)*[^ \t\r\n\f/>][^ \t\r\n\f/>=]*"  # a name may begin with "="
    rf"(?:{_SPACE}*={_SPACE}*(?:\"[^\"]*\"|'[^']*'|[^ \t\r\n\f>\"'][^ \t\r\n\f>]*)?)?"
)
_TAG = re.compile(rf"<[a-zA-Z][^ \t\r\n\f/>]*(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}")
# More attributes of the same tag, up to a place where another tag may begin.
_MORE = re.compile(rf"(?:{_ATTRIBUTE.replace('[^', '[^<')}){{1,{MAX_ATTRIBUTES}}}")
_END_OF_COMMENT = "--"
_SPACES = re.compile(f"{_SPACE}+")


def tree_of(html: str) -> etree._Element:
    """Return the root of a page's tree, without its comments. Never raise on bad HTML."""
    # lxml's plain parser. That of a Selector asks a function in Python about each element.
    return _without_comments(create_root_node(_parsable(html), etree.HTMLParser))


def selector_of(html: str) -> Selector:
    """Return a page as a selector, without its comments. Never raise on bad HTML."""
    page = Selector(_parsable(html), type="html")
    _without_comments(page.root)
    return page


def _parsable(html: str) -> str:
    without_nul = html.replace("\0", "")  # parsel would drop them later, and that could make tags
    return bounded(without_nul) or "<html></html>"


def _without_comments(root: etree._Element) -> etree._Element:
    # Asked for comments, lxml's iterwalk takes time that grows with the square of their number.
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return root


def bounded(html: str) -> str:
    """Return a page in which each tag has only its first MAX_ATTRIBUTES attributes.

    Return "" if MAX_READINGS is not enough, because tags stand within tags too often. No real page is like that.
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
            # The tag may stand in a comment. The end of the comment must stay.
            end -= 2 * html.endswith(_END_OF_COMMENT, 0, end)
            kept += [html[done : tag.end()], "" if html.startswith(">", end) else ">"]
            done = at = end
    return "".join((*kept, html[done:])) if kept else html


def has_class(element: etree._Element, name: str) -> bool:
    """Return whether an element has a class."""
    classes = element.get("class") or ""
    return name in classes and name in _SPACES.split(classes)


def text_of(element: etree._Element) -> str:
    """Return the text of an element and of its descendants, on one line, with white space as a browser shows it."""
    return single_spaced("".join(element.itertext()))


def single_spaced(text: str) -> str:
    """Return a text on one line, with white space as a browser shows it."""
    # A pattern would take five times as long, because it is tried at each space.
    for space in "\t\r\n\f":
        text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip()


def outermost(elements: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Yield the elements that stand in no other of them. All have one tag, and come in the order of the page."""
    within: set[etree._Element] = set()
    for element in elements:
        if element not in within:
            within.update(element.iterdescendants(element.tag))
            yield element
