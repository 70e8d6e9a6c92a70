"""Pages of the relaunched site, whose anatomy is unknown: what any page of news says of itself, and what is no news.

The pages are made up: their text, and their markup.
"""

from __future__ import annotations

import json
import logging
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample.anatomy import classic_page
from tests.support.pages import kind_of
from tests.support.tables import every_row
from thaigov_crawler.loaders import load_article
from thaigov_crawler.pages.generic import MAX_DEPTH, MAX_ELEMENTS, parse
from thaigov_crawler.pages.raw import RawArticle

ORIGIN = "https://www.thaigov.go.th"
BASE = f"{ORIGIN}/th/news/990101"
HEADLINE = "ชาวสวนปลูกป่าริมน้ำ & คลองสามร้อยไร่"
MOMENT = "2026-04-09T18:30:00.000Z"  # the 10th in Bangkok
LINES = [
    "วันนี้ (10 เมษายน 2569) ชาวสวนปลูกป่าริมน้ำและขุดลอกคลองรวมสามร้อยไร่ เพื่อกันน้ำหลากในฤดูฝนและให้ร่มเงาแก่เรือกสวนสองฝั่ง",
    "กล้าไม้มาจากเรือนเพาะชำของชุมชน ทุกบ้านดูแลคนละสิบต้นตลอดสามปีแรก",
    "ปีหน้าจะปลูกเพิ่มอีกสองร้อยไร่",
]
OTHER_NEWS = ["ร้านหนังสือลอยน้ำเปิดวันแรก", "นักเรียนต่อเรือจากไม้ไผ่ได้ที่หนึ่ง"]
COOKIES = "เว็บไซต์นี้ใช้คุกกี้เพื่อให้ท่านใช้งานได้สะดวก เมื่อกดยอมรับถือว่าท่านตกลงให้เก็บสถิติการเข้าชม และเปลี่ยนใจได้ทุกเมื่อที่หน้าตั้งค่าความเป็นส่วนตัว"
SCHEMA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "datePublished": MOMENT,
    "articleSection": "ด้านสังคม",
    "image": ["/media/lead.jpg"],
}
GRAPH = {"og:type": "article", "og:title": HEADLINE, "article:published_time": MOMENT, "article:section": "ด้านสังคม"}


def script(schema: Any) -> str:
    """JSON-LD, of a value or of text as it is."""
    text = schema if isinstance(schema, str) else json.dumps(schema, ensure_ascii=False)
    return f'<script type="application/ld+json">{text}</script>'


def metas(properties: dict[str, str]) -> str:
    return "".join(f'<meta property="{name}" content="{escape(text)}">' for name, text in properties.items())


def page(
    head: str = "", *, h1: str = HEADLINE, time: str = "", body: str | None = None, foot: str = "", beside: str = ""
) -> str:
    """A rendered page: `body` and `foot` (HTML) in the article's element, `beside` (HTML) outside of it."""
    text = "".join(f"<p>{line}</p>" for line in LINES) if body is None else body
    heading = f"<h1>{escape(h1)}</h1>" if h1 else ""
    related = "".join(f'<li><a href="/th/news/{n}">{title}</a></li>' for n, title in enumerate(OTHER_NEWS))
    return (
        f"<!DOCTYPE html><html lang=th><head><title>รัฐบาลไทย</title>{head}</head><body><div id=app>"
        f"<header><nav><a href=/th>หน้าแรก</a> <a href=/th/news>ข่าว</a></nav></header>"
        f"<main><article>{heading}{time}<div class=x1>{text}</div>{foot}</article>"
        f"<section><h2>ข่าวที่เกี่ยวข้อง</h2><ul>{related}</ul></section></main>{beside}"
        f"<div class=banner><p>{COOKIES}</p><button>ยอมรับ</button></div><footer><p>ทำเนียบรัฐบาล</p></footer></div></body></html>"
    )


def without(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}


def read(html: str, base_url: str = BASE) -> RawArticle:
    return parse(html, base_url)


def whole(**changed: Any) -> RawArticle:
    """What there is to read of `page(script(SCHEMA))`."""
    fields = {"title": HEADLINE, "date_published": MOMENT, "section": "ด้านสังคม", "body": LINES}
    images = [f"{ORIGIN}/media/lead.jpg"]
    return RawArticle("generic", **{"recognised": True, "images": images} | fields | changed)


# What the page says of itself


def test_json_ld():
    assert read(page(script(SCHEMA))) == whole()


@every_row(
    "schema",
    [
        pytest.param([{"@type": "Organization", "name": "รัฐบาลไทย"}, SCHEMA], id="list"),
        pytest.param({"@graph": [{"@type": "WebSite", "name": "รัฐบาลไทย"}, SCHEMA]}, id="graph"),
        pytest.param({"@type": "WebPage", "mainEntity": {"deep": [[SCHEMA]]}}, id="nested"),
        pytest.param(SCHEMA | {"@type": ["Thing", "https://schema.org/Article"]}, id="types"),
        pytest.param(SCHEMA | {"headline": {"@value": HEADLINE, "@language": "th"}}, id="value object"),
        pytest.param(SCHEMA | {"headline": [HEADLINE, HEADLINE]}, id="said twice"),
        pytest.param(SCHEMA | {"headline": f" {escape(HEADLINE)}\n"}, id="escaped"),
        pytest.param(
            json.dumps(SCHEMA).replace("{", "{\n", 1).replace("https:", "ht\ntps:"), id="line break in a string"
        ),
        pytest.param(SCHEMA | {"image": {"@type": "ImageObject", "url": "/media/lead.jpg"}}, id="image object"),
        pytest.param(SCHEMA | {"url": BASE.replace("https://www.", "http://") + "/#top"}, id="own address"),
        pytest.param(SCHEMA | {"mainEntityOfPage": {"@id": "#page"}}, id="relative address"),
    ],
)
def test_forms_of_json_ld(schema):
    assert read(page(script(schema))) == whole()


def test_a_broken_script_hides_no_other():
    assert read(page(script('{"@type": "NewsArticle", ') + script(SCHEMA) + script(""))) == whole()


def test_open_graph():
    pictured = GRAPH | {"og:image": "/media/lead.jpg"}
    assert read(page(metas(pictured))) == whole()
    assert read(page(metas(pictured).replace("property", "name"))) == whole()


def test_open_graph_of_a_page_that_is_no_article_is_not_read():
    website = {"og:type": "website", "og:title": "รัฐบาลไทย", "og:image": "/logo.png"}
    time = f"<time datetime={MOMENT}>10 เม.ย. 2569</time>"
    assert read(page(metas(website), time=time)) == whole(section="", images=[])


def test_open_graph_that_contradicts_itself_is_not_believed():
    twice = metas({"og:type": "website", "og:title": "รัฐบาลไทย"}) + metas(GRAPH)
    assert read(page(twice)).title == HEADLINE  # of the h1
    assert read(page(twice, h1="")).title == ""


@every_row(
    ("time", "day"),
    [
        (f"<time datetime='{MOMENT}'>10 เม.ย. 2569</time>", MOMENT),
        ("<div><time datetime=2569-04-10>10 เม.ย. 2569</time> <time datetime=2569-04-10></time></div>", "2569-04-10"),
        ("<time datetime=2026-04-10></time><time itemprop=dateModified datetime=2026-04-12></time>", "2026-04-10"),
        ("<time datetime=2026-04-10></time><time datetime=2026-04-12></time>", ""),
        ("<time itemprop=dateModified datetime=2026-04-10></time>", ""),
        ("<time datetime=10/04/2569></time>", ""),
        ("<time datetime>10 เม.ย. 2569</time>", ""),
        ("<time>10 เม.ย. 2569</time><p>10 เมษายน 2569</p>", ""),
        (f"<p>{LINES[0]} <time datetime=2026-05-01>1 พ.ค.</time></p>", ""),
    ],
)
def test_time(time, day):
    html = page(script(without(SCHEMA, "datePublished")), time=time)
    assert read(html).date_published == day
    assert kind_of("generic", html, BASE) == ("article" if day else "malformed")


def test_a_clock_beside_the_article_is_no_date():
    clock = "<aside><time datetime=2026-10-01>วันนี้ 1 ตุลาคม</time></aside>"
    assert read(page(beside=clock)).date_published == ""
    assert read(page(beside=clock).replace("<article>", "<div>").replace("</article>", "</div>")).date_published == ""


def test_a_headline_and_date_above_the_text_are_no_lines_of_it():
    time = f"<div><time datetime={MOMENT}>10 เม.ย. 2569</time></div>"
    assert read(page(time=time)) == whole(section="", images=[])


# Which article


def related(number: int, **changed: Any) -> dict[str, Any]:
    return SCHEMA | {"headline": OTHER_NEWS[number], "datePublished": "2026-01-01", "image": "/other.jpg"} | changed


@every_row(
    ("schemas", "title"),
    [
        pytest.param([related(0), related(1), SCHEMA], HEADLINE, id="by heading"),
        pytest.param([related(0), SCHEMA | {"headline": "ปลูกป่าริมน้ำ", "url": BASE}], "ปลูกป่าริมน้ำ", id="by address"),
        pytest.param(
            [related(0, url=f"{ORIGIN}/th/news/1"), SCHEMA | {"mainEntityOfPage": BASE}], HEADLINE, id="by main entity"
        ),
        pytest.param([{"itemListElement": [{"item": related(0)}, {"item": SCHEMA}]}], HEADLINE, id="in a list"),
    ],
)
def test_related_news_in_json_ld(schemas, title):
    raw = read(page("".join(map(script, schemas))))
    assert (raw.title, raw.date_published, raw.images) == (title, MOMENT, [f"{ORIGIN}/media/lead.jpg"])


@every_row(
    "schemas",
    [
        pytest.param([related(0), related(1)], id="none has the heading"),
        pytest.param([related(0, url=f"{ORIGIN}/th/news/1")], id="of another page"),
        pytest.param([related(0, url=BASE), related(1, url=BASE)], id="both claim the address"),
    ],
)
def test_json_ld_that_cannot_be_told_is_not_read(schemas):
    html = page("".join(map(script, schemas)))
    raw = read(html)
    assert (raw.title, raw.date_published, kind_of("generic", html, BASE)) == (HEADLINE, "", "malformed")
    assert read(page("".join(map(script, schemas)) + metas(GRAPH))) == whole(images=[])


# What is doubtful


@pytest.mark.parametrize(
    ("title", "site"),
    [
        (f"{HEADLINE} - กรมสวนป่า", ""),
        (f"{HEADLINE} | กรมสวนป่า - กระทรวงตัวอย่าง", ""),
        (f"กรมสวนป่า » {HEADLINE}", ""),
        (f"{HEADLINE} –", ""),
        (f"{HEADLINE} - กรมสวนป่า", "กรมสวนป่า"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(title, site):
    graph = GRAPH | {"og:title": title, "og:site_name": site}
    assert read(page(metas(graph))).title == HEADLINE


def test_the_name_of_the_site_that_open_graph_says_is_taken_away_without_a_heading():
    graph = GRAPH | {"og:title": f"{HEADLINE} - ป่า | กรมสวนป่า", "og:site_name": "กรมสวนป่า"}
    assert read(page(metas(graph), h1="")).title == f"{HEADLINE} - ป่า"
    assert read(page(metas(graph | {"og:site_name": "ทำเนียบ"}), h1="")).title == f"{HEADLINE} - ป่า | กรมสวนป่า"


@pytest.mark.parametrize(
    "head", [script(SCHEMA | {"headline": "วิธีปลูกป่า"}), metas(GRAPH | {"og:title": "news-2569-04"})]
)
def test_a_title_that_no_heading_says_is_not_believed(head):
    assert read(page(head)).title == ""


def test_a_headline_in_a_lower_heading_is_believed():
    html = page(script(SCHEMA | {"url": BASE}), h1="กรมสวนป่า", time=f"<h2>{escape(HEADLINE)}</h2>")
    assert read(html).title == HEADLINE


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2026-04-10", MOMENT),
        ("2026-04-10T09:00:00+07:00", MOMENT),
        ("2026-04-12T09:00:00+07:00", ""),
        ("2025-04-10", ""),
    ],
)
def test_dates_that_contradict_each_other_are_not_believed(published, day):
    assert read(page(script(SCHEMA) + metas(GRAPH | {"article:published_time": published}))).date_published == day


@pytest.mark.parametrize(
    "time",
    [
        pytest.param("<time class=updated datetime=2026-04-12>12 เมษายน</time>", id="changed"),
        pytest.param("<p>แก้ไขล่าสุด <time datetime=2026-04-12>12 เมษายน</time></p>", id="called changed"),
        pytest.param("<p><b>ปรับปรุงเมื่อ</b> <time datetime=2026-04-12>12 เมษายน</time></p>", id="labelled changed"),
        pytest.param("<div class=event-date><time datetime=2026-05-01>1 พฤษภาคม</time></div>", id="event"),
        pytest.param("<p>วันที่จัดงาน: <time datetime=2026-05-01>1 พฤษภาคม</time></p>", id="called an event"),
    ],
)
def test_another_date_is_not_the_day_of_publication(time):
    assert read(page(time=time)).date_published == ""
    published = "<p>เผยแพร่ <time datetime=2026-04-10>10 เมษายน</time></p>"
    assert read(page(time=published + time)).date_published == "2026-04-10"
    assert read(page(time=time + published)).date_published == "2026-04-10"


def test_a_date_below_the_text_is_that_of_something_else():
    related = "<section><h3>ข่าวอื่น</h3><time datetime=2026-03-01>1 มีนาคม</time></section>"
    assert read(page(foot=related)).date_published == ""
    assert read(page(time="<time datetime=2026-04-10>10 เมษายน</time>", foot=related)).date_published == "2026-04-10"


# What is missing


@every_row(
    "html",
    [
        pytest.param(page(script(without(SCHEMA, "headline")), h1=""), id="no title"),
        pytest.param(
            page(script(without(SCHEMA, "headline")), h1="", time="<h1>ข่าว</h1><h1>วันนี้</h1>"), id="two titles"
        ),
        pytest.param(page(script(without(SCHEMA, "datePublished"))), id="no date"),
        pytest.param(page(script(SCHEMA | {"datePublished": ["2026-04-10", "2026-04-11"]})), id="two dates"),
        pytest.param(page(script(SCHEMA | {"datePublished": "04/10/2026"})), id="ambiguous date"),
        pytest.param(page(script(SCHEMA), body=""), id="no body"),
        pytest.param(
            page(script(SCHEMA), body=f"<p>{HEADLINE.replace('&', '&amp;')}</p>"), id="body of the headline only"
        ),
        pytest.param(page(script(SCHEMA), body="<p>กำลังโหลด…</p>"), id="loading"),
        pytest.param(page(script(SCHEMA), body="<div class=spinner></div>"), id="spinner"),
        pytest.param(
            page(script(SCHEMA), body="<noscript>You need to enable JavaScript to run this app.</noscript>"),
            id="no script",
        ),
        pytest.param(
            page(script(SCHEMA), body="<p>You need to enable JavaScript to run this app.</p>"), id="enable JavaScript"
        ),
        pytest.param(page(script(SCHEMA), body=f"<p>{COOKIES}</p>"), id="cookie banner"),
        pytest.param(page(script(SCHEMA), body=f"<p>{OTHER_NEWS[0]}</p><p>{OTHER_NEWS[1]}</p>"), id="other news"),
        pytest.param("", id="empty"),
        pytest.param(" \n", id="blank"),
        pytest.param("\x00", id="NUL"),
        pytest.param("<!-- -->", id="comment"),
        pytest.param('{"error": 404}', id="JSON"),
        pytest.param("<?xml version='1.0'?><a/>", id="XML"),
        pytest.param("%PDF-1.7", id="PDF"),
        pytest.param(script(SCHEMA), id="JSON-LD only"),
        pytest.param(f"<html><head>{script(SCHEMA)}{metas(GRAPH)}</head><body></body></html>", id="head only"),
    ],
)
def test_malformed(html):
    assert kind_of("generic", html, BASE) == "malformed"


def test_a_lead_instead_of_the_text_is_no_body():
    """In markup without landmarks trafilatura misses bare lines, and finds a lead that repeats the headline."""
    parts = {"headline": HEADLINE, "section": "ด้านสังคม", "long_date": "", "lead": f"{HEADLINE} ครบในวันเดียว"}
    html = classic_page(**parts, body="<br>".join(LINES)).replace("</head>", f"{script(SCHEMA)}</head>")
    assert read(html) == whole(body=[], images=[])


# The body


@every_row(
    "body",
    [
        pytest.param("".join(f"<div>{line}</div>" for line in LINES), id="divs"),
        pytest.param("<br>\n".join(LINES), id="bare lines"),
        pytest.param(f"<p>{'<br><br>'.join(LINES)}</p>", id="br in a paragraph"),
        pytest.param("".join(f"<p><span><b>{line}</b></span></p>" for line in LINES), id="inline markup"),
        pytest.param(
            "".join(f"<p>{line[:9]}<!-- x -->{line[9:]}<script>x()</script></p>" for line in LINES), id="comments"
        ),
        pytest.param(f"<p>{LINES[0]}</p><ul><li>{LINES[1]}</li><li>{LINES[2]}</li></ul>", id="list"),
        pytest.param(
            f"<p>{LINES[0]}</p><table><tr><td>{LINES[1]}</td><td>{LINES[2]}</td></tr></table>", id="a cell a line"
        ),
    ],
)
def test_lines_of_the_body(body):
    assert read(page(script(SCHEMA), body=body)) == whole()


def test_characters_are_left_to_the_loader():
    odd = f"{LINES[0]} ป\uf70a่าริมน\u0e4d\u0e49\u0e32\u200b"
    assert read(page(script(SCHEMA), body=f"<p>{odd}</p><p>12</p>")).body == [odd, "12"]


def test_an_english_page():
    lines = [
        "Gardeners planted three hundred rai of riverside forest on Friday to hold back the floods of the rainy season.",
        "The saplings come from the nursery of the village; every household looks after ten of them.",
    ]
    schema = SCHEMA | {"headline": "Gardeners plant a riverside forest", "datePublished": "2026-04-10"}
    html = page(
        script(schema), h1="Gardeners plant a riverside forest", body="".join(f"<p>{line}</p>" for line in lines)
    )
    address = BASE.replace("/th/", "/en/")
    raw = read(html, address)
    assert (raw.title, raw.body) == (schema["headline"], lines)
    assert kind_of("generic", html, address) == "article"
    article = load_article(vars(raw))
    assert (article.language, article.date_published) == ("en", "2026-04-10")


# Pictures and documents


def test_addresses_are_absolute_and_come_once():
    body = (
        f'<p>{LINES[0]} <a href="plan.pdf">แผน</a></p><figure><img src="/media/2.jpg"></figure><p>{LINES[1]}</p>'
        f'<img src="//media.example/3.jpg"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><p>{LINES[2]}</p>'
    )
    foot = (
        '<h3>เอกสารแนบ</h3><ul><li><a href="/files/ตาราง.xlsx?v=2">ตาราง</a></li><li><a href="plan.pdf">แผน</a></li></ul>'
        '<iframe src="/files/view.pdf"></iframe><a href="http://[broken.pdf">x</a><a href="/th/news">ข่าว</a>'
    )
    raw = read(page(script(SCHEMA), body=body, foot=foot, beside='<a href="/manual.pdf">คู่มือ</a>'))
    assert raw.images == [f"{ORIGIN}/media/lead.jpg", f"{ORIGIN}/media/2.jpg", "https://media.example/3.jpg"]
    names = ("th/news/plan.pdf", "files/ตาราง.xlsx?v=2", "files/view.pdf")
    assert raw.attachments == [f"{ORIGIN}/{name}" for name in names]


@every_row(
    ("base", "address"),
    [
        ("/", f"{ORIGIN}/a.pdf"),
        ("//files.example/x/", "https://files.example/x/a.pdf"),
        ("http://[", f"{ORIGIN}/th/news/a.pdf"),
    ],
)
def test_the_pages_own_base(base, address):
    html = page(f'<base href="{base}">' + script(SCHEMA), foot='<a href="a.pdf">แผน</a>')
    assert read(html).attachments == [address]


# With the loader


def test_a_whole_page_through_the_loader():
    article = load_article(vars(read(page(script(SCHEMA)))))
    assert (article.title, article.layout, article.language) == (HEADLINE, "generic", "th")
    assert (article.date_published, article.date_published_raw) == ("2026-04-10", MOMENT)
    assert article.body == "\n".join(LINES)
    assert (article.event_start, article.lead, article.news_date) == ("2026-04-10", None, None)


# Hostile input

PAGE = page(script(SCHEMA) + metas(GRAPH), time=f"<time datetime={MOMENT}>10 เม.ย. 2569</time>")
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["@id", "@value", "url", "@type"]), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["@type", "headline", "image", "url", *SCHEMA]), anything), st.text())
def test_json_ld_of_wrong_types_never_raises(schema, base_url):
    kind_of("generic", page(script(json.dumps({"@type": "Article"} | schema).replace("</", "<\\/"))), base_url)


@given(st.integers(0, len(PAGE)), st.integers(0, 200), st.text())
def test_damaged_pages_never_raise(at, length, rubbish):
    kind_of("generic", PAGE[:at] + rubbish + PAGE[at + length :], BASE)


def test_an_attribute_with_a_name_of_no_letters_does_no_harm():
    assert read(PAGE.replace("<meta ", "<meta \x1f=1 ")) == read(PAGE)


@every_row("text", ["[" * 500_000, '{"a":' * 500_000, '{"@type": "Article", "headline": "\\ud800"}', "9" * 9999])
def test_hostile_json_ld_never_raises(text):
    load_article(vars(read(page(script(text)))))


@every_row("tag", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<p>ก", "<!--", "<p class='", "<a href='/x'>ก</a>"])
def test_a_megabyte_of_markup_never_raises(tag):
    html = page(script(SCHEMA), foot=tag * (1_000_000 // len(tag)))
    assert kind_of("generic", html, BASE) in ("article", "malformed")


def test_long_texts_take_no_long_time():
    long = "ปลูกป่าริมน้ำ " * 100_000
    many = f"{HEADLINE} | " * 30_000
    assert read(page(metas(GRAPH | {"og:title": many, "og:site_name": "ป่า"}) + "<h1>ป่า</h1>" * 3000)).title == ""
    assert read(page(script(SCHEMA | {"headline": long}), h1=long, body=f"<p>วันนี้ {long}</p>")).body


@every_row("tag", ["<div>", "<table><tr><td>", "<ul><li>", "<article><h1>ก</h1>", "<blockquote>"])
def test_pages_as_deep_as_is_read_never_raise(tag):
    deep = tag * ((MAX_DEPTH - 10) // tag.count("<")) + "ก"
    assert read(page(script(SCHEMA), foot=deep)).title == HEADLINE
    assert read(page(script(SCHEMA), foot=deep * 100)).title == ""


def test_many_dates_in_one_paragraph_take_no_long_time():
    html = page(time=f"<p>{'<time datetime=2026-04-10>10 เม.ย. 2569</time>' * 25_000}</p>")
    assert read(html).date_published == ""


def test_a_page_of_too_many_elements_is_not_read():
    assert read(page(script(SCHEMA), foot="<i></i>" * MAX_ELEMENTS)) == RawArticle("generic")


def test_trafilatura_is_silent(caplog):
    with caplog.at_level(logging.DEBUG):
        read("")
        read(page(script(SCHEMA)))
    assert not [record for record in caplog.records if record.levelno > logging.DEBUG]


# The text is whole, and nothing else


BOX = '<{0} class="newsletter">{1}</{0}>'  # trafilatura passes over elements of such classes
PROSE = "โครงการนี้เริ่มเมื่อสามปีก่อน และคณะกรรมการหมู่บ้านประชุมทุกเดือนเพื่อวางแผนการปลูกในฤดูถัดไป"


@pytest.mark.parametrize(
    "lost",
    [
        BOX.format("p", PROSE),
        BOX.format("ul", f"<li>{PROSE}</li><li>{PROSE[::-1]}</li>"),
    ],
)
@pytest.mark.parametrize("at", [2, 5])
def test_a_text_of_which_a_part_is_lost_is_no_body(lost, at):
    whole_text = [f"<p>{line}</p>" for line in [*LINES, *LONGER]]
    assert read(page(script(SCHEMA), body="".join(whole_text))).body == [*LINES, *LONGER]
    whole_text.insert(at, lost)
    assert read(page(script(SCHEMA), body="".join(whole_text))).body == []


LONGER = [
    "ชาวบ้านทั้งสองฝั่งคลองช่วยกันดูแลต้นไม้ และแบ่งเวรรดน้ำกันทุกเช้าเย็นตลอดฤดูแล้งที่จะมาถึง",
    "งานปีนี้จบลงด้วยการเลี้ยงอาหารกลางวันแก่อาสาสมัครทุกคนที่มาช่วยกันตั้งแต่เช้าตรู่",
]


@pytest.mark.parametrize(
    "beside",
    [
        "<div class=widget>{}</div>",
        "<p><a href=/th/news/1>{}</a></p>",
        "<figure><figcaption>{}</figcaption></figure>",
    ],
)
def test_boxes_and_links_between_paragraphs_are_not_missed(beside):
    parts = [f"<p>{line}</p>" for line in [*LINES, *LONGER]]
    parts.insert(2, beside.format("ข่าวนี้มีภาพประกอบและเรื่องอื่นให้อ่านต่อ"))
    body = read(page(script(SCHEMA), body="".join(parts))).body
    assert [line for line in body if line in (*LINES, *LONGER)] == [*LINES, *LONGER]


def test_links_and_headings_at_the_end_are_no_lines_of_the_text():
    end = (
        f"<p>ข่าวที่ท่านอาจสนใจ:</p><ul><li><a href=/th/news/1>{OTHER_NEWS[0]}</a></li></ul>"
        "<h3>เอกสาร</h3><p><a href=/files/plan.pdf>แผนการปลูก</a></p>"
        f"<h3>อ่านต่อ</h3><p><a href=/th/news/1>{OTHER_NEWS[0]}</a> <a href=/th/news/2>{OTHER_NEWS[1]}</a></p>"
    )
    raw = read(page(script(SCHEMA), body="".join(f"<p>{line}</p>" for line in LINES) + end))
    assert (raw.body, raw.attachments) == (LINES, [f"{ORIGIN}/files/plan.pdf"])


def test_a_list_of_headings_above_the_text_is_a_menu():
    menu = "".join(f"<h3>{name}</h3>" for name in ("ค้นหา", "บทความล่าสุด", "รับข่าวทางอีเมล"))
    text = "".join(f"<p>{line}</p>" for line in LINES)
    assert read(page(script(SCHEMA), body=menu + text)).body in ([], LINES)
