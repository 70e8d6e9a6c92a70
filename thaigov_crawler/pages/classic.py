"""The classic article page, `/news/contents/details/<id>` and `/news/contents/ministry_details/<id>`, 2016 to 2025-09.

Its anatomy is known from the selectors of PyThaiNLP's `run.py` (2018-2025), OpenThaiGPT's
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

Classes for colour and width differed from year to year, so each part is found by the one class that stayed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree
from parsel import Selector

from thaigov_crawler.pages.raw import RawArticle, absolute_address, is_document

LAYOUT = "classic"

# The constant prefix of the title tag, whatever the category; 76 real pages have the short one.
TITLE_PREFIX = re.compile(r"^\s*รัฐบาลไทย-(?:ข่าวทำเนียบรัฐบาล-)?")
# What the long date shows on a page without an article: nothing, or the epoch of Unix time.
EPOCH = re.compile(r"(?<!\d)[1๑]\s+มกราคม\s+(?:2513|๒๕๑๓)(?!\d)")
LONG_DATE = re.compile(r"(?<!\d)(?:วัน\S*?ที่\s*)?\d{1,2}\s*\S+?\s*(?:พ\.ศ\.\s*)?\d{4}(?!\d)")
NUMERIC_DATE = re.compile(r"(?<!\d)\d{1,2}[/-]\d{1,2}[/-]\d{4}(?!\d)")

# A text longer than this is no date.
MAX_DATE_LENGTH = 200

# Where the album and the related news begin inside the article box; other articles' titles follow.
END_OF_ARTICLE = re.compile(r"\W*(?:อัลบั้มภาพ|ข่าวที่เกี่ยวข้อง)(?:\W|prev|next)*", re.IGNORECASE)
MAX_HEADING_LENGTH = 100
# Elements whose text is no text of the article: code, and what browsers show instead of a player.
_SILENT = frozenset("audio button iframe noscript object script select style svg template textarea video".split())
_BLOCKS = frozenset(
    "address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_HTML_SPACE = re.compile("[ \t\r\n\f]+")


def _has(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


_IS_BODY = f"self::div and {_has('padding-sm1')} and not({_has('col-sm-6')})"


def without_prefix(title_tag: str) -> str:
    """The headline in the text of a title tag, on one line."""
    return _HTML_SPACE.sub(" ", TITLE_PREFIX.sub("", title_tag)).strip()


def _text(selector: Selector) -> str:
    return _HTML_SPACE.sub(" ", selector.xpath("string()").get("")).strip()


class _Reader:
    """Reads the parts of the article box in document order, up to the album or the related news."""

    def __init__(self, base_url: str):
        self._base_url = base_url
        self.lines: list[str] = []
        self.images: dict[str, None] = {}
        self.attachments: dict[str, None] = {}
        self._ended = False
        self._in_body = False
        self._open: list[str] = []  # text of the line that is being read
        self._length = 0  # of that text

    def read(self, part: etree._Element, *, is_body: bool) -> None:
        """Read a part: of the body text, pictures and documents; of others the figure and documents."""
        self._in_body = is_body
        # Not by recursion: hostile pages nest deeper than Python's stack.
        walk = etree.iterwalk(part, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if self._ended:
                return
            if event == "start":
                if element.tag in _BLOCKS or element.tag == "img":
                    self._end_line(breaks=element.tag != "img")
                self._links(element)
                if element.tag in _SILENT:
                    walk.skip_subtree()
                elif element.text:
                    self._say(element.text)
                continue
            if element.tag in _BLOCKS:
                self._end_line()
            if element is not part and element.tail:
                self._say(element.tail)
        self._end_line()

    def _say(self, text: str) -> None:
        self._open.append(text)
        self._length += len(text)

    def _end_line(self, *, breaks: bool = True) -> None:
        """Look at the line read so far: it may be the end of the article. Keep it where it `breaks`."""
        if not breaks and self._length > MAX_HEADING_LENGTH:
            return
        line = _HTML_SPACE.sub(" ", "".join(self._open)).strip()
        # A headline may be called so; what comes behind the body's beginning may not.
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
            # Outside the body icons are pictures too.
            if self._in_body or next(element.iterancestors("figure"), None) is not None:
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
    """Read a classic article page, of press releases or of ministries' releases.

    `base_url` is what relative addresses of pictures and documents are relative to. Never raises on bad
    HTML: parts that are not there are empty. The headline falls back from the box to the title tag.
    """
    page = Selector(html or "<html></html>", type="html")
    title_tag = page.xpath("string(//head/title)").get("") or page.xpath("string(//title)").get("")
    raw = RawArticle(LAYOUT, recognised=bool(TITLE_PREFIX.match(title_tag)))
    raw.title = without_prefix(title_tag) if raw.recognised else ""
    boxes = page.xpath(f"//div[{_has('border-normal')}][./p[{_has('col-xs-8')}] or .//h3[{_has('news-1')}]]")
    if not boxes:
        return raw
    raw.recognised = True
    box = boxes[0]
    # In the parts before the body: related news may have headlines of the same class.
    before_body = f"./*[not({_IS_BODY}) and not(./preceding-sibling::*[{_IS_BODY}])]"
    headline = box.xpath(f"{before_body}//h3[{_has('news-1')}]")
    raw.title = (_text(headline[0]) if headline else "") or raw.title or without_prefix(title_tag)
    section = box.xpath(f"./preceding-sibling::div[{_has('panel-heading')}][1]//*[{_has('headtitle-2')}]")
    raw.section = _text(section[0]) if section else ""
    _read_dates(box, raw)
    lead = box.xpath(f"./p[{_has('font_level2')}]")
    raw.lead = _text(lead[0]) if lead else ""
    _read_body(box, raw, base_url)
    return raw


def _read_dates(box: Selector, raw: RawArticle) -> None:
    """The long date stands in the second span of its paragraph (the first is an icon); 47 pages of
    91,580 have a counter of views beside it."""
    if paragraph := box.xpath(f"./p[{_has('col-xs-8')}]"):
        spans = [text for span in paragraph[0].xpath("./span") if (text := _text(span))]
        text = (spans[0] if spans else _text(paragraph[0]))[:MAX_DATE_LENGTH]
        found = LONG_DATE.search(text)
        raw.date_published = found[0] if found else text
    if column := box.xpath(f"./div[{_has('text-right')}]"):
        found = NUMERIC_DATE.search(_text(column[0])[:MAX_DATE_LENGTH])
        raw.news_date = found[0] if found else ""


def _read_body(box: Selector, raw: RawArticle, base_url: str) -> None:
    reader = _Reader(base_url)
    bodies = [part.root for part in box.xpath(f"./*[{_IS_BODY}]")]
    for part in box.root.iterchildren(etree.Element):
        reader.read(part, is_body=part in bodies)
    raw.body, raw.images, raw.attachments = reader.lines, list(reader.images), list(reader.attachments)


def is_absent(raw: RawArticle) -> bool:
    """Whether the page says that there is no article: a page of the site that has neither headline nor body (the soft
    404, served with status 200), and no date or the epoch's."""
    dated = LONG_DATE.search(raw.date_published) and not EPOCH.search(raw.date_published)
    return raw.recognised and not (raw.title or raw.body or dated)
