"""The classic layout: what is read of a page, what is left alone, and what kind of page it is."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample.anatomy import EPOCH, ORIGIN, TITLE_PREFIX, absent_page, album, classic_page
from sample.articles import CAPTURES
from sample.oddities import ABSENT, MAINTENANCE
from tests.support.hostile import PLACES, TAGS, nested
from tests.support.pages import kind_of
from tests.support.tables import every_row
from thaigov_crawler.pages.classic import parse
from thaigov_crawler.pages.encoding import decode
from thaigov_crawler.pages.raw import RawArticle

BASE = f"{ORIGIN}/news/contents/details/990101"
HEADLINE = "ชาวสวนปลูกป่าริมน้ำ & คลองสามร้อยไร่"
DAY = "วันเสาร์ที่ 24 พฤษภาคม 2568"
PARAGRAPH = "ชาวสวนร่วมกันปลูกป่าริมน้ำ"
MARKUP = {  # parts of a page, as anatomy writes them
    "h3": '<h3 class="news-1 Circular color2">ชาวสวนปลูกป่าริมน้ำ &amp; คลองสามร้อยไร่</h3>',
    "section": '<div class="panel-heading clearfix Circular"><span class="Circular headtitle-2 font_level6 color2 col-xs-9 remove-xs">ด้านสังคม </span></div>',
    "date": f'<span class="glyphicon glyphicon-calendar"></span> <span>{DAY}</span>',
    "lead": '<p class="font_level2 Circular color2">สามร้อยไร่ในวันเดียว</p>',
    "box": '<div class="border-normal clearfix">',
}


def page(body: str = f"<p>{PARAGRAPH}</p>", **parts) -> str:
    """A page of press releases, whole unless `parts` say otherwise."""
    whole = {"headline": HEADLINE, "section": "ด้านสังคม", "long_date": DAY, "lead": "สามร้อยไร่ในวันเดียว"}
    return classic_page(body=body, **whole | parts)


def page_without(part: str, instead: str = "", **parts) -> str:
    """A page with other markup in the place of one of its parts."""
    html = page(**parts)
    assert html.count(MARKUP[part]) == 1
    return html.replace(MARKUP[part], instead)


def read(html: str, base_url: str = BASE) -> RawArticle:
    return parse(html, base_url)


def whole(**changed) -> RawArticle:
    """What there is to read of `page()`."""
    fields = {
        "recognised": True,
        "layout": "classic",
        "title": HEADLINE,
        "section": "ด้านสังคม",
        "date_published": DAY,
        "lead": "สามร้อยไร่ในวันเดียว",
        "body": [PARAGRAPH],
    }
    return RawArticle(**fields | changed)


# The header


def test_press_release():
    html = page(news_date="23/05/2568", picture="/uploads/1.jpg")
    assert read(html) == whole(news_date="23/05/2568", images=[f"{ORIGIN}/uploads/1.jpg"])


def test_release_of_a_ministry():
    assert read(page(press=False)) == whole()


def test_press_release_without_numeric_date():
    assert read(page(news_date=None)) == whole()


@every_row(
    ("html", "changed"),
    [
        pytest.param(page_without("h3"), {}, id="no headline in the box"),
        pytest.param(page_without("h3", '<h3 class="news-1"> &nbsp; </h3>'), {}, id="an empty headline"),
        pytest.param(page_without("h3", title_tag=f"รัฐบาลไทย-{HEADLINE}"), {}, id="short prefix of the title tag"),
        pytest.param(page_without("h3", title_tag=f" \n{TITLE_PREFIX} {HEADLINE}\n"), {}, id="spaces in the title tag"),
        pytest.param(page_without("h3", title_tag=HEADLINE), {}, id="no prefix of the title tag"),
        pytest.param(page(title_tag="รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-อื่น"), {}, id="the box before the title tag"),
        pytest.param(page(title_tag=""), {}, id="no title tag"),
        pytest.param(page_without("h3", title_tag=""), {"title": ""}, id="no headline at all"),
        pytest.param(page_without("section"), {"section": ""}, id="no heading"),
        pytest.param(page(section=""), {"section": ""}, id="empty heading"),
        pytest.param(page(lead=None), {"lead": ""}, id="no lead"),
        pytest.param(page(lead=""), {"lead": ""}, id="empty lead"),
        pytest.param(page_without("date", DAY), {}, id="date without spans"),
        pytest.param(page_without("date", f"<span>{DAY}</span>"), {}, id="date in the first span"),
        pytest.param(page_without("date", ""), {"date_published": ""}, id="no date"),
        pytest.param(page(views="4,023"), {}, id="view counter of its own"),
        pytest.param(page_without("date", f"{MARKUP['date']} <span>4,023</span>"), {}, id="view counter in a span"),
        pytest.param(page_without("date", f"{DAY} 4,023"), {}, id="view counter behind a date without spans"),
        pytest.param(
            page_without("date", f"<span>{DAY} เข้าชม 4,023 ครั้ง</span>"), {}, id="view counter in the span of the date"
        ),
        pytest.param(
            page(long_date="วันเสาร์ที่ ๒๔ พฤษภาคม ๒๕๖๘"), {"date_published": "วันเสาร์ที่ ๒๔ พฤษภาคม ๒๕๖๘"}, id="Thai digits"
        ),
        pytest.param(page(long_date="เร็ว ๆ นี้"), {"date_published": "เร็ว ๆ นี้"}, id="another text for a date"),
        pytest.param(page(long_date=f" {DAY}\n "), {}, id="spaces around the date"),
    ],
)
def test_fallbacks_of_the_header(html, changed):
    assert read(html) == whole(**changed)


def test_a_box_without_date_is_a_box():
    html = re.sub(r'<p class="col-xs-8.*?</p>', "", page())
    assert read(html) == whole(date_published="")


def test_a_headline_of_related_news_is_not_the_articles():
    """Where the headline is missing, the title tag is nearer than a heading of the album."""
    related = '<div class="relate"><h3 class="news-1 Circular">ข่าวอื่นของวันนี้</h3></div>'
    assert read(page_without("h3", after_body=related)).title == HEADLINE


@every_row("press", [True, False])
def test_the_page_around_the_article_is_left_alone(press):
    html = page(press=press, picture="/uploads/1.jpg", after_body=album(["/uploads/2.jpg"], [(990911, "ข่าวอื่น")]))
    assert read(html) == whole(images=[f"{ORIGIN}/uploads/1.jpg"])


@every_row("colour", ["color1", "color5", "colour-of-2023 bold"])
@every_row(
    ("old", "new"),
    [
        ("border-normal clearfix", "clearfix shadow border-normal"),
        ("border-normal clearfix", "\n  border-normal\t clearfix "),
        ("col-xs-8 remove-xs color7", "remove-xs color9 col-xs-8"),
        ("col-xs-8 remove-xs color7", "col-xs-8"),
        ("news-1 Circular", "Kanit news-1"),
        ("font_level2 Circular", "Kanit font_level2 text-left"),
        ("col-xs-12 padding-sm1 news-2 Circular", "col-md-12 news-2 Kanit padding-sm1"),
        ("panel-heading clearfix Circular", "Kanit panel-heading"),
        ("Circular headtitle-2 font_level6", "headtitle-2"),
        ("col-xs-12 col-sm-6 col-md-5 news-2 font_level3 text-right", "col-sm-6 text-right font_level4"),
    ],
)
def test_class_lists_may_vary(old, new, colour):
    html = page(news_date="23/05/2568", colour=colour)
    assert old in html
    assert read(html.replace(old, new)) == whole(news_date="23/05/2568")


def test_class_names_are_matched_whole():
    html = page().replace("border-normal clearfix", "border-normal-2 clearfix")
    assert kind_of("classic", html) == "malformed"


# The body


@every_row(
    ("body", "lines"),
    [
        pytest.param("<p>หนึ่ง</p><p>สอง</p>", ["หนึ่ง", "สอง"], id="paragraphs"),
        pytest.param("<div>หนึ่ง<div>สอง<p>สาม</p>สี่</div>ห้า</div>", ["หนึ่ง", "สอง", "สาม", "สี่", "ห้า"], id="nested divs"),
        pytest.param("หนึ่ง<br>สอง<br/><br />\n&#13;สาม", ["หนึ่ง", "สอง", "สาม"], id="br"),
        pytest.param("<p>หนึ่ง<br>สอง</p>สาม", ["หนึ่ง", "สอง", "สาม"], id="br and bare text"),
        pytest.param("<p>หนึ่ง\n\t  สอง </p>", ["หนึ่ง สอง"], id="line breaks of the source"),
        pytest.param(
            "<table><tr><th>สวน</th><th>ไร่</th></tr><tr><td>ก</td><td>12</td></tr><tr><td><p>ข</p></td><td></td></tr></table>",
            ["สวน", "ไร่", "ก", "12", "ข"],
            id="a cell a line",
        ),
        pytest.param(
            "<ul><li>หนึ่ง<ol><li>สอง</li><li>สาม</li></ol></li><li>สี่</li></ul>", ["หนึ่ง", "สอง", "สาม", "สี่"], id="lists"
        ),
        pytest.param("<dl><dt>สวน</dt><dd>ป่า</dd></dl><h2>หัว</h2>ท้าย", ["สวน", "ป่า", "หัว", "ท้าย"], id="other blocks"),
        pytest.param(
            "<p><span>ปลูก<b>ป่า<i>ริม</i></b></span><font>น้ำ</font> <a href='/x'>ที่นี่</a></p>",
            ["ปลูกป่าริมน้ำ ที่นี่"],
            id="inline markup",
        ),
        pytest.param("<b>หนึ่ง<p>สอง</p></b>สาม", ["หนึ่ง", "สอง", "สาม"], id="blocks in inline markup"),
        pytest.param("<p>ปลูก&nbsp;ป่า\u200b &amp; &lt;น้ำ&gt;</p>", ["ปลูก\u00a0ป่า\u200b & <น้ำ>"], id="nbsp is kept raw"),
        pytest.param("<p>&nbsp;</p><p> </p><p></p><div><br></div>สอง", ["สอง"], id="empty paragraphs"),
        pytest.param("<p>ปลูก<!-- ไม่ -->ป่า<?x ไม่ ?>ริมน้ำ</p>", ["ปลูกป่าริมน้ำ"], id="comments"),
        pytest.param(
            "<script>var a = '<p>ไม่</p>';</script><style>p {}</style>หนึ่ง<noscript>ไม่</noscript>สอง",
            ["หนึ่งสอง"],
            id="script and style",
        ),
        pytest.param(
            "<audio controls><source src='a.mp3'>Your browser does not support the audio element.</audio> หนึ่ง"
            "<video>ไม่</video><iframe src='https://example.com'>ไม่</iframe><select><option>ไม่</select> สอง",
            ["หนึ่ง สอง"],
            id="players",
        ),
        pytest.param("<p>หนึ่ง<p>สอง</b></div>", ["หนึ่ง", "สอง"], id="broken HTML"),
        pytest.param("<p>12</p><p>12</p>", ["12", "12"], id="repeated lines"),
        pytest.param(
            "<p>ดูข่าวที่เกี่ยวข้อง และอัลบั้มภาพ ได้ที่นี่</p>หนึ่ง", ["ดูข่าวที่เกี่ยวข้อง และอัลบั้มภาพ ได้ที่นี่", "หนึ่ง"], id="prose about albums"
        ),
    ],
)
def test_lines_of_the_body(body, lines):
    assert read(page(body)).body == lines


@every_row("place", ["inside", "after"])
@every_row(
    "heading",
    ["อัลบั้มภาพ", "<b>อัลบั้มภาพ</b> :", "&nbsp;ข่าวที่เกี่ยวข้อง", "อัลบั้มภาพ <a>prev</a> <a>Next</a>"],
)
def test_album_and_related_news_end_the_article(place, heading):
    block = (
        f'<div class="padding-sm1"><h4>{heading}</h4><img src="/uploads/2.jpg"></div>'
        '<div class="padding-sm1"><p>ข่าวอื่น</p><a href="/uploads/2.pdf">เอกสาร</a></div>'
    )
    body = f'<p>{PARAGRAPH}</p><img src="/uploads/1.jpg">'
    html = page(body + block) if place == "inside" else page(body, after_body=block)
    assert read(html) == whole(images=[f"{ORIGIN}/uploads/1.jpg"])


def test_the_album_of_the_site():
    block = album(["/uploads/2.jpg", "/uploads/3.jpg"], [(990911, "ข่าวอื่น"), (990912, "อีกข่าว")])
    assert read(page(f"<p>{PARAGRAPH}</p>{block}")) == read(page(after_body=block)) == whole()


# Pictures and documents


@every_row(
    ("body", "images"),
    [
        pytest.param('<img src="/uploads/1.jpg">', [f"{ORIGIN}/uploads/1.jpg"], id="absolute path"),
        pytest.param('<img src="1.jpg">', [f"{ORIGIN}/news/contents/details/1.jpg"], id="relative path"),
        pytest.param('<img src="//media.example/1.jpg">', ["https://media.example/1.jpg"], id="no scheme"),
        pytest.param('<img src=" http://media.example/1.jpg\n">', ["http://media.example/1.jpg"], id="spaces around"),
        pytest.param('<img src="/1.jpg?a=1&amp;b=2">', [f"{ORIGIN}/1.jpg?a=1&b=2"], id="query"),
        pytest.param('<img src="/2.jpg"><img src="/1.jpg">', [f"{ORIGIN}/2.jpg", f"{ORIGIN}/1.jpg"], id="in order"),
        pytest.param('<img src="/1.jpg"><a><img src="/1.jpg"></a>', [f"{ORIGIN}/1.jpg"], id="no repeats"),
        pytest.param(
            f'<img src="/1.jpg"><img src="{ORIGIN}/1.jpg">', [f"{ORIGIN}/1.jpg"], id="no repeats once absolute"
        ),
        pytest.param('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', [], id="data"),
        pytest.param('<img><img src=""><img src=" ">', [], id="no address"),
        pytest.param('<img src="http://[broken"><img src="file:///c:/1.jpg"><img src="javascript:x">', [], id="broken"),
        pytest.param('<noscript><img src="/1.jpg"></noscript>', [], id="in a silent element"),
    ],
)
def test_images(body, images):
    assert read(page(f"<p>{PARAGRAPH}</p>{body}")) == whole(images=images)


def test_the_lead_picture_comes_first_and_once():
    html = page('<img src="/2.jpg"><img src="/1.jpg">', picture="/1.jpg")
    assert read(html).images == [f"{ORIGIN}/1.jpg", f"{ORIGIN}/2.jpg"]


@every_row(
    "address",
    [
        *(
            "/uploads/document/1/2567/05/pdf/a.pdf",
            "/uploads/document/1/2567/05/a.jpg",
            "/a.PDF",
            "/a.pdf?v=2",
            "/a.pdf#p=2",
        ),
        *("/a.doc", "/a.docx", "/a.xlsx", "/a.pptx", "/a.zip", "/a.csv", "https://media.example/a.pdf"),
    ],
)
def test_attachments(address):
    absolute = address if address.startswith("https") else ORIGIN + address
    link = f'<a href="{address}"></a>'
    assert read(page(f"<p>{PARAGRAPH}</p>{link}{link}")) == whole(attachments=[absolute])


@every_row(
    "link",
    [
        *('<a href="/news/contents/details/1">x</a>', '<a href="/a.html">x</a>', '<a href="/pdf">x</a>', "<a>x</a>"),
        *('<a href="http://[broken.pdf">x</a>', '<a href="file:///c:/a.pdf">x</a>', '<a href="?file=a.pdf">x</a>'),
        *('<a href="mailto:a@example.com">x</a>', "<a href=\"javascript:open('a.pdf')\">x</a>"),
    ],
)
def test_no_attachments(link):
    assert read(page(link)).attachments == []


@every_row(
    "player",
    ['<iframe src="/a.pdf"></iframe>', '<embed src="/a.pdf">', '<object data="/a.pdf"><p>ไม่</p></object>'],
)
def test_embedded_documents(player):
    assert read(page(f"<p>{PARAGRAPH}</p>{player}")) == whole(attachments=[f"{ORIGIN}/a.pdf"])


# Kinds

NOTICE = "<html><head><title>ปิดปรับปรุง</title></head><body><h1>ปิดปรับปรุง</h1><p>24 พฤษภาคม 2568</p></body></html>"


@every_row(
    ("html", "kind"),
    [
        pytest.param(page(), "article", id="press release"),
        pytest.param(page(press=False), "article", id="release of a ministry"),
        pytest.param(page_without("h3"), "article", id="headline in the title tag only"),
        pytest.param(page(long_date="วันเสาร์ที่ 1 มกราคม 2514"), "article", id="nearly the epoch"),
        pytest.param(absent_page("title"), "absent", id="absent: title"),
        pytest.param(absent_page("epoch"), "absent", id="absent: epoch"),
        pytest.param(absent_page("title").replace("remove-xs color7", "color9"), "absent", id="absent: other colours"),
        pytest.param(f"<title>{TITLE_PREFIX}</title>", "absent", id="absent: title tag only"),
        pytest.param("<title>รัฐบาลไทย-</title>", "absent", id="absent: short title tag only"),
        pytest.param(page(""), "malformed", id="headline without body"),
        pytest.param(page(headline=""), "malformed", id="body without headline"),
        pytest.param(page(long_date=""), "malformed", id="article without date"),
        pytest.param(page(long_date=EPOCH), "malformed", id="article of the epoch"),
        pytest.param(page("", headline=""), "malformed", id="date only"),
        pytest.param(page("", long_date=""), "malformed", id="headline only"),
        pytest.param(page(long_date="", headline=""), "malformed", id="body only"),
        pytest.param(page("<!-- -->&nbsp;<br>"), "malformed", id="body without text"),
        pytest.param(f"<title>{TITLE_PREFIX}{HEADLINE}</title><p>{PARAGRAPH}</p>", "malformed", id="no box"),
        pytest.param(NOTICE, "malformed", id="foreign page"),
        pytest.param(MARKUP["box"] + PARAGRAPH, "malformed", id="box of nothing"),
        pytest.param("", "malformed", id="empty"),
        pytest.param(" \n", "malformed", id="blank"),
        pytest.param("\x00", "malformed", id="NUL"),
        pytest.param("<!-- -->", "malformed", id="comment"),
        pytest.param('{"error": 404}', "malformed", id="JSON"),
        pytest.param("<?xml version='1.0'?><a/>", "malformed", id="XML"),
        pytest.param("%PDF-1.7", "malformed", id="PDF"),
    ],
)
def test_kinds(html, kind):
    assert kind_of("classic", html) == kind


PAGE = page(picture="/1.jpg", after_body=album(["/2.jpg"], [(990911, "ข่าวอื่น")]))


@given(st.binary())
def test_random_bytes_never_raise(body):
    assert kind_of("classic", decode(body)) == "malformed"


@given(st.integers(0, len(PAGE)), st.integers(0, 200), st.text())
def test_damaged_pages_never_raise(at, length, rubbish):
    kind_of("classic", PAGE[:at] + rubbish + PAGE[at + length :])


@given(st.text(), st.text())
def test_odd_addresses_never_raise(address, base_url):
    link = re.sub('["<>&\x00-\x1f]', "", address)
    read(page(f'<img src="{link}"><a href="{link}.pdf">'), base_url)


@every_row("where", PLACES)
@every_row("tag", TAGS)
def test_deep_nesting_never_raises(where, tag):
    """Ten times as deep: tests/soak/test_hostile.py."""
    html = nested(where, tag, 300_000)
    assert kind_of("classic", html) in ("article", "absent", "malformed")
    if where == "in the body":
        assert read(html).body[0] == "ปลูกป่า"


@every_row("piece", ["/uploads/document/", "a.", ".pdf", "../"])
def test_long_addresses_are_read_in_one_pass(piece):
    """Quadratic reading would not end before the run of CI does."""
    address = piece * (1_000_000 // len(piece))
    raw = read(page(f'<img src="{address}"><a href="{address}">x</a>'))
    assert not raw.attachments


# The sample


@every_row("capture", CAPTURES)
def test_sample(capture):
    html = decode(capture.html.encode(capture.encoding), capture.content_type)
    kind = "absent" if capture in ABSENT else "malformed" if capture == MAINTENANCE else "article"
    assert kind_of("classic", html) == kind
    raw = read(html)
    if kind == "article":
        in_head = re.search(r"<title>(.*?)</title>", capture.html)[1]
        assert TITLE_PREFIX + raw.title == unescape(in_head)
        assert raw.section
        assert bool(raw.news_date) == bool(re.search(r"text-right\">\d", capture.html))
        assert raw.images == [address for address in raw.images if f"{capture.article_id}" in address]
        assert not any(other in "\n".join(raw.body) for other in ("อัลบั้มภาพ", "ข่าวที่เกี่ยวข้อง", "พิมพ์\n", "browser"))
    else:
        assert not raw.body


def test_many_pictures_in_one_line_take_no_long_time() -> None:
    html = classic_page(headline="ภาพ", section="x", long_date="วันพุธที่ 1 มกราคม 2568", body="ก<img src=a.jpg>" * 100_000)
    assert parse(html, ORIGIN).images == [f"{ORIGIN}/a.jpg"]
