"""Reads the classic article page: `/news/contents/details/<id>` and `…/ministry_details/<id>`, 2016 to 2025-09.

Its structure is known from the selectors of PyThaiNLP's `run.py` (2018-2025), OpenThaiGPT's
`nuch_crawl_thaigov_all.py` (2023) and a public Scrapy spider (about 2019):

    div.panel-body
      div.panel-heading span.headtitle-2        the category
      div.border-normal                         the article box
        p.col-xs-8 span[2]                      long date
        div.text-right                          press releases only: numeric date, print link
        div.col-sm-6.padding-sm1 figure img     lead picture
        div.col-sm-6.padding-sm1 h3.news-1      headline
        p.font_level2                           lead
        div.padding-sm1.news-2                  body, an editor's free HTML

Classes for colour and width differed from year to year. So each part is found by the one class that never changed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from thaigov_crawler.pages.markup import has_class, single_spaced, text_of, tree_of
from thaigov_crawler.pages.raw import RawArticle, absolute_address, is_document

LAYOUT = "classic"

# The prefix of the title tag, the same in every category. 76 real pages have only its first word.
TITLE_PREFIX = re.compile(r"^\s*รัฐบาลไทย-(?:ข่าวทำเนียบรัฐบาล-)?")
# On a page without an article the long date is empty, or this: the epoch of Unix time, 1 January 2513 B.E. (1970 C.E.).
EPOCH = re.compile(r"(?<!\d)[1๑]\s+มกราคม\s+(?:2513|๒๕๑๓)(?!\d)")
LONG_DATE = re.compile(r"(?<!\d)(?:วัน\S*?ที่\s*)?\d{1,2}\s*\S+?\s*(?:พ\.ศ\.\s*)?\d{4}(?!\d)")
NUMERIC_DATE = re.compile(r"(?<!\d)\d{1,2}[/-]\d{1,2}[/-]\d{4}(?!\d)")

# In characters. A longer text is not a date.
MAX_DATE_LENGTH = 200

# The heading of the album or of the related news in the article box. What follows is not the article's.
END_OF_ARTICLE = re.compile(r"\W*(?:อัลบั้มภาพ|ข่าวที่เกี่ยวข้อง)(?:\W|prev|next)*", re.IGNORECASE)
MAX_HEADING_LENGTH = 100  # characters
# Elements whose text is not the article's: code, and what browsers show instead of a player.
_SILENT = frozenset("audio button iframe noscript object script select style svg template textarea video".split())
_BLOCKS = frozenset(
    "address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
# libxml2's time is linear for the name of a tag (see `test_work`).
_HEAD_TITLE, _TITLE = etree.XPath("string(//head/title)"), etree.XPath("string(//title)")
_H3, _DIV = etree.XPath("//h3"), etree.XPath("//div")


def without_prefix(title_tag: str) -> str:
    """Return the headline in the text of a title tag, on one line."""
    return single_spaced(TITLE_PREFIX.sub("", title_tag))


class _Reader:
    """Reads the parts of the article box in document order, up to the album or the related news.

    `in_figure` is true if the box itself stands in a figure.
    """

    def __init__(self, base_url: str, *, in_figure: bool = False) -> None:
        self._base_url = base_url
        self._figures = int(in_figure)  # number of figures around the element that is being read
        self.lines: list[str] = []
        self.images: dict[str, None] = {}
        self.attachments: dict[str, None] = {}
        self._ended = False
        self._in_body = False
        self._open: list[str] = []  # text of the line that is being read
        self._length = 0  # characters of that text

    def read(self, part: etree._Element, *, is_body: bool) -> None:
        """Read a part of the box.

        Of the body, take text, pictures and documents. Of others, take figures and documents.
        """
        self._in_body = is_body
        # This is no recursion, because hostile pages nest deeper than Python's stack.
        walk = etree.iterwalk(part, events=("start", "end"))
        for event, element in walk:
            if self._ended:
                return
            if event == "start":
                if element.tag in _BLOCKS or element.tag == "img":
                    self._end_line(breaks=element.tag != "img")
                self._figures += element.tag == "figure"
                self._links(element)
                if element.tag in _SILENT:
                    walk.skip_subtree()
                elif element.text:
                    self._say(element.text)
                continue
            if element.tag in _BLOCKS:
                self._end_line()
            self._figures -= element.tag == "figure"
            if element is not part and element.tail:
                self._say(element.tail)
        self._end_line()

    def _say(self, text: str) -> None:
        self._open.append(text)
        self._length += len(text)

    def _end_line(self, *, breaks: bool = True) -> None:
        """Look whether the line that was read so far is the heading that ends the article. If it `breaks`, keep it."""
        if not self._open or (not breaks and self._length > MAX_HEADING_LENGTH):
            return
        line = single_spaced("".join(self._open))
        # A headline may have these words. A line behind the beginning of the body is the heading.
        if (self._in_body or self.lines) and END_OF_ARTICLE.fullmatch(line):
            self._ended = True
        if breaks or self._ended:
            self._open.clear()
            self._length = 0
            if line and self._in_body and not self._ended:
                self.lines.append(line)

    def _links(self, element: etree._Element) -> None:
        if self._ended:
            return
        if element.tag == "img":
            # Outside the body, only pictures in a figure count. The others are icons.
            if self._in_body or self._figures:
                self._add(self.images, element.get("src"))
        elif element.tag in ("a", "iframe", "embed", "object"):
            self._add(self.attachments, element.get("href") or element.get("src") or element.get("data"), is_document)

    def _add(
        self, addresses: dict[str, None], address: str | None, wanted: Callable[[str], bool] | None = None
    ) -> None:
        absolute = absolute_address(self._base_url, address)
        if absolute and (wanted is None or wanted(absolute)):
            addresses[absolute] = None


def parse(html: str, base_url: str) -> RawArticle:
    """Return what a classic article page says, of a press release or of a ministry's release.

    `base_url` is the address of the page, to which the addresses of pictures and documents are relative. Parts that are
    missing are empty. If the box has no headline, take that of the title tag. Never raise on bad HTML.
    """
    root = tree_of(html)
    title_tag = _HEAD_TITLE(root) or _TITLE(root)
    raw = RawArticle(LAYOUT, recognised=bool(TITLE_PREFIX.match(title_tag)))
    raw.title = without_prefix(title_tag) if raw.recognised else ""
    box = _article_box(root)
    if box is None:
        return raw
    raw.recognised = True
    parts = list(box.iterchildren(etree.Element))
    before_body = itertools.takewhile(lambda part: not _is_body(part), parts)
    headings = itertools.chain.from_iterable(part.iterdescendants("h3") for part in before_body)
    headline = next(_headlines(headings), None)
    raw.title = ("" if headline is None else text_of(headline)) or raw.title or without_prefix(title_tag)
    raw.section = _section(box)
    _read_dates(parts, raw)
    lead = _first(parts, "p", "font_level2")
    raw.lead = "" if lead is None else text_of(lead)
    _read_body(box, parts, raw, base_url)
    return raw


def _article_box(root: etree._Element) -> etree._Element | None:
    """Return the first article box that has the long date or a headline, or None."""
    with_headline: set[etree._Element] = set()
    for headline in _headlines(_H3(root)):  # in a broken page, some elements stand beside the root
        # Stop at an element that an earlier headline has reached, so that no element is taken twice.
        with_headline.update(itertools.takewhile(lambda one: one not in with_headline, headline.iterancestors()))
    for box in _DIV(root):
        if has_class(box, "border-normal") and (
            box in with_headline or _first(box.iterchildren("p"), "p", "col-xs-8") is not None
        ):
            return box
    return None


def _headlines(headings: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Return the headings that are headlines."""
    return (heading for heading in headings if has_class(heading, "news-1"))


def _first(parts: Iterable[etree._Element], tag: str, name: str) -> etree._Element | None:
    """Return the first part with this tag and this class, or None."""
    return next((part for part in parts if part.tag == tag and has_class(part, name)), None)


def _is_body(part: etree._Element) -> bool:
    """Return whether a part of the article box is a body. The column of the headline has one class more."""
    return part.tag == "div" and has_class(part, "padding-sm1") and not has_class(part, "col-sm-6")


def _section(box: etree._Element) -> str:
    """Return the category, which stands in the nearest heading above the box, or ""."""
    heading = _first(box.itersiblings("div", preceding=True), "div", "panel-heading")
    within = () if heading is None else heading.iterdescendants(etree.Element)
    section = next((part for part in within if has_class(part, "headtitle-2")), None)
    return "" if section is None else text_of(section)


def _read_dates(parts: list[etree._Element], raw: RawArticle) -> None:
    """Read the long date and the numeric date above the headline (as the page writes them, Buddhist Era).

    The long date stands in the second span of its paragraph. The first is an icon. 47 of 91,580 pages have a counter of
    views beside the date (PyThaiNLP's corpora).
    """
    paragraph = _first(parts, "p", "col-xs-8")
    if paragraph is not None:
        spans = (text for span in paragraph.iterchildren("span") if (text := text_of(span)))
        text = (next(spans, "") or text_of(paragraph))[:MAX_DATE_LENGTH]
        found = LONG_DATE.search(text)
        raw.date_published = found[0] if found else text
    column = _first(parts, "div", "text-right")
    if column is not None:
        found = NUMERIC_DATE.search(text_of(column)[:MAX_DATE_LENGTH])
        raw.news_date = found[0] if found else ""


def _read_body(box: etree._Element, parts: list[etree._Element], raw: RawArticle, base_url: str) -> None:
    in_figure = next(box.iterancestors("figure"), None) is not None
    reader = _Reader(base_url, in_figure=in_figure)
    for part in parts:
        reader.read(part, is_body=_is_body(part))
    raw.body, raw.images, raw.attachments = reader.lines, list(reader.images), list(reader.attachments)


def is_absent(raw: RawArticle) -> bool:
    """Return whether the page says that there is no article.

    The site sends such a page (a soft 404) with status 200. It has neither headline nor body, and no date or that of
    the epoch.
    """
    if not raw.recognised or raw.title or raw.body:
        return False
    return not LONG_DATE.search(raw.date_published) or bool(EPOCH.search(raw.date_published))
