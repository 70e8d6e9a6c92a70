"""The main text of a page of any layout: what trafilatura finds, if the page confirms it."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator, Set

from lxml import etree

from thaigov_crawler.pages.raw import absolute_address
from thaigov_crawler.pages.statements import one_line, text_of

# Its messages name no article ID, and nobody could act on them.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# How much of a text is compared with another.
COMPARED_CHARACTERS = 400
# The share of a headline's pieces of four letters that its body must repeat. In 97.7 % of 12,615 articles of the
# classic site, the body does. The body of another article does in 5.8 %, a cookie banner in 0.2 %, and a footer with
# address and menu in 0.9 %. (Counted in a fifth of PyThaiNLP's corpus thaigov-v2.)
SHARE_OF_HEADLINE = 0.3
# The share of the longest paragraph that the main text must have. trafilatura may leave out a link or a sign.
SHARE_OF_LONGEST = 0.8

# A paragraph of prose has so many characters, and links are at most this share of them.
MIN_PROSE = 60
MAX_LINKED = 0.5
MAX_ANNOUNCEMENT = 100  # characters of a line that announces what follows, such as links to other pages
LINKS_ONLY = 0.9  # the share of links in what is nothing else; there are signs between them
# The share of each line from the first paragraph of prose on that the main text must have, if it is that long.
SHARE_OF_LINE = 0.8
MIN_LINE = 20
# Elements beside paragraphs that belong to the text. Others may be boxes: advertisements, related news.
_OF_TEXT = frozenset("p h2 h3 h4 h5 h6 ul ol dl blockquote pre table".split())
# Headings in a row that no article begins with. A list of what is beside it does.
MOST_HEADINGS = 2

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


def main_text_of(root: etree._Element, base_url: str) -> etree._Element | None:
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
        if line := one_line("".join(current)):
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


def body_of(main_text: etree._Element, article: etree._Element, title: str, above: Set[str]) -> list[str]:
    """Return the lines of the main text, if it is the text of the article, else none.

    `article` is the element of the article, or the root of the page, and `above` are texts that stand above an article:
    its headline and its date. Lists of links and headings without text at the end of the main text are taken out of it.
    """
    _drop_what_is_behind(main_text)
    lines = _lines(main_text)
    while lines and lines[0] in above:
        lines.pop(0)
    is_vouched = lines and not _begins_as_list(main_text, lines) and _is_vouched(lines, title, article)
    return lines if is_vouched else []


def _drop_what_is_behind(main_text: etree._Element) -> None:
    """Remove from the end of a main text what leads elsewhere: links only, and headings without text behind them."""
    while len(main_text) and not (main_text[-1].tail or "").strip():
        last = main_text[-1]
        leads_away = last.tag in ("graphic", "head") or _announces(text_of(last)) or _is_linked(last, LINKS_ONLY)
        if not leads_away:
            return
        main_text.remove(last)


def _announces(line: str) -> bool:
    """Return whether a line announces what follows it, such as links to other pages. It says nothing itself."""
    return line.endswith(":") and len(line) <= MAX_ANNOUNCEMENT


def _begins_as_list(main_text: etree._Element, lines: list[str]) -> bool:
    """Return whether a main text begins with headings in a row. They are those of a menu beside the article."""
    headings = {text_of(head) for head in main_text.iter("head")}
    return len(lines) > MOST_HEADINGS and all(line in headings for line in lines[: MOST_HEADINGS + 1])


def _is_linked(element: etree._Element, share: float) -> bool:
    """Return whether at least this share of the text of an element is that of links, or there is no text."""
    linked = sum(len(text_of(link)) for link in element.iter("ref", "a"))
    return linked >= share * len(text_of(element))


def _is_vouched(lines: list[str], title: str, article: etree._Element) -> bool:
    """Return whether a main text is the text of the article. Three things are true of articles on any site.

    It has the longest paragraph of the page. If not, it is a lead or a caption. It has all that stands from the first
    paragraph of prose on. If not, a part of it is lost. And it repeats words of the headline. If not, it is a cookie
    banner, a footer, or "enable JavaScript".
    """
    longest = max(_lines(article, _BESIDE), key=len, default="")
    said = _pieces("".join(lines))
    return (
        _share(longest, said) >= SHARE_OF_LONGEST
        and _share(title, said) >= SHARE_OF_HEADLINE
        and all(_share(line, said) >= SHARE_OF_LINE for line in _prose(article))
    )


def _prose(article: etree._Element) -> Iterator[str]:
    """Yield the lines from the first paragraph of prose on, in the element that has most of them.

    Leave out links, short lines, and those that only announce what follows.
    """
    groups: dict[etree._Element, list[etree._Element]] = defaultdict(list)
    sizes: Counter[etree._Element] = Counter()
    walk = etree.iterwalk(article, events=("start",))
    for _, element in walk:
        if element.tag in _BESIDE or element.tag == "p":
            walk.skip_subtree()
        if element.tag == "p" and len(text := text_of(element)) >= MIN_PROSE and not _is_linked(element, MAX_LINKED):
            groups[element.getparent()].append(element)
            sizes[element.getparent()] += len(text)
    if not sizes:
        return
    parent = sizes.most_common(1)[0][0]
    for element in parent[parent.index(groups[parent][0]) :]:
        if element.tag in _OF_TEXT and not _is_linked(element, MAX_LINKED):
            yield from (line for line in _lines(element, _BESIDE) if len(line) >= MIN_LINE and not _announces(line))


def _pieces(text: str) -> set[str]:
    """Return the pieces of four letters of a text. They are compared, because Thai has no spaces between words."""
    letters = "".join(text.casefold().split())
    return {letters[at : at + 4] for at in range(len(letters) - 3)}


def _share(text: str, said: Set[str]) -> float:
    """Return the share (0 to 1) of the pieces of the beginning of `text` that are in `said`. It is 1 if it has none."""
    pieces = _pieces(text[:COMPARED_CHARACTERS])
    return len(pieces & said) / len(pieces) if pieces else 1.0
