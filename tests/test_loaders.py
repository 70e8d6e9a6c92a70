"""Raw fields in, an Article out."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, timedelta
from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample.articles import CAPTURES
from tests.support.tables import every_row
from thaigov_crawler import loaders
from thaigov_crawler.items import DERIVED_FIELDS, DIGEST_FIELDS, FIELDS, Article, DateMention, Person
from thaigov_crawler.loaders import Count, digest_of, load_article, rederive
from thaigov_crawler.pages import classic

TITLE = "ชาวสวนปลูกป่าริมน้ำสามร้อยไร่"
BODY = ["วันนี้ (24 พฤษภาคม 2568) ชาวสวนร่วมกันปลูกป่าริมน้ำ", "ปีหน้าจะปลูกเพิ่มอีกสองร้อยไร่"]


def load(count: Count = lambda name, number: None, **raw) -> Article:
    """What the loader makes of a page that says `raw` beside what every page says."""
    page = {
        "recognised": True,
        "layout": "classic",
        "title": TITLE,
        "section": "ด้านสังคม",
        "date_published": "วันเสาร์ที่ 24 พฤษภาคม 2568",
        "news_date": "23/05/2568",
        "lead": "สามร้อยไร่ในวันเดียว",
        "body": BODY,
        "images": ["https://example.com/1.jpg"],
        "attachments": ["https://example.com/1.pdf"],
    }
    assert set(raw) <= set(page)
    return load_article(page | raw, count)


def test_fields_are_those_of_the_design_in_its_order():
    assert (
        list(FIELDS)
        == (
            "id url title section ministry language date_published news_date date_published_raw news_date_raw lead body "
            "event_start event_end dates venue attendees mentions images attachments source captured_at capture_url "
            "layout digest extractor"
        ).split()
    )


def test_a_whole_page():
    provenance = {
        "id": 990101,
        "url": "https://www.thaigov.go.th/news/contents/details/990101",
        "source": "sample",
        "captured_at": "2025-06-01T00:00:00+00:00",
        "capture_url": "http://thaigov.go.th/news/contents/details/990101",
    }
    raw = {
        "layout": "classic",
        "title": f" {TITLE}\u200b [กระทรวงมหาดไทย] ",
        "section": "ด้านสังคม\u00a0",
        "date_published": "วันเสาร์ที่ ๒๔ พฤษภาคม ๒๕๖๘",
        "news_date": "23/05/2568",
        "lead": "ปลูกป\u0e48\u0e48า\u00a0 ในวันเดียว",
        "body": ["-----", "ปลูกป่าริมน\u0e4d\u0e49\u0e32", "\u00a0", "ครบ\u2028แล้ว"],
        "images": ["https://example.com/1.jpg"],
        "attachments": [],
    }
    article = load_article(raw, **provenance)
    derived_from_text = ("event_start", "event_end", "dates", "venue", "attendees", "mentions")
    assert {name: value for name, value in asdict(article).items() if name not in derived_from_text} == {
        **provenance,
        "title": f"{TITLE} [กระทรวงมหาดไทย]",
        "section": "ด้านสังคม",
        "ministry": "กระทรวงมหาดไทย",
        "language": "th",
        "date_published": "2025-05-24",
        "news_date": "2025-05-23",
        "date_published_raw": "วันเสาร์ที่ ๒๔ พฤษภาคม ๒๕๖๘",
        "news_date_raw": "23/05/2568",
        "lead": "ปลูกป่า ในวันเดียว",
        "body": "ปลูกป่าริมน้ำ\nครบ\nแล้ว",
        "images": ["https://example.com/1.jpg"],
        "attachments": [],
        "layout": "classic",
        "digest": digest_of(article),
        "extractor": loaders.EXTRACTOR,
    }


@every_row(
    ("raw", "absent"),
    [
        ({"title": ""}, ["title", "ministry"]),
        ({"title": "\u200b \u00a0"}, ["title", "ministry"]),
        ({"section": ""}, ["section"]),
        ({"date_published": ""}, ["date_published", "date_published_raw"]),
        ({"news_date": ""}, ["news_date", "news_date_raw"]),
        ({"lead": ""}, ["lead"]),
        ({"lead": "\ufeff"}, ["lead"]),
        ({"body": []}, ["body", "language"]),
        ({"body": ["", "\u00a0", "พิมพ์"]}, ["body", "language"]),
    ],
)
def test_missing_parts_are_none(raw, absent):
    there = [
        *("title", "section", "language", "date_published", "news_date", "date_published_raw", "news_date_raw"),
        *("lead", "body"),
    ]
    article = load(**raw)
    assert {name: getattr(article, name) for name in absent} == dict.fromkeys(absent)
    assert all(getattr(article, name) for name in there if name not in absent)


def test_a_page_that_says_nothing():
    nothing = dict.fromkeys(("title", "section", "date_published", "news_date", "lead"), "")
    article = load(**nothing, body=[], images=[], attachments=[])
    assert {name for name in FIELDS if getattr(article, name)} == {"layout", "digest", "extractor"}


@every_row(
    ("title", "ministry"),
    [
        (f"{TITLE} [กระทรวงมหาดไทย]", "กระทรวงมหาดไทย"),
        (f"{TITLE}[กระทรวงมหาดไทย]", "กระทรวงมหาดไทย"),
        (f"{TITLE} [ กระทรวง\u200bมหาดไทย\u00a0] ", "กระทรวงมหาดไทย"),
        (f"[กระทรวงคลอง] {TITLE} [กระทรวงสวน]", "กระทรวงสวน"),
        (f"[กระทรวงมหาดไทย] {TITLE}", None),
        (f"{TITLE} (กระทรวงมหาดไทย)", None),
        (f"{TITLE} [จังหวัดน่าน]", None),
        (f"{TITLE} [กระทรวงมหาดไทย", None),
        (TITLE, None),
    ],
)
def test_ministry(title, ministry):
    article = load(title=title)
    assert article.ministry == ministry
    assert article.title.startswith(title.strip()[:20])  # the title keeps it


@every_row(
    ("body", "language"),
    [
        (BODY, "th"),
        (["Gardeners planted trees along the river.", "They will plant more."], "en"),
        (["ชาวสวนปลูกป่าริมน้ำ", "Gardeners planted trees"], "th"),
        (["2568"], "th"),
    ],
)
def test_language_is_that_of_the_body(body, language):
    assert load(body=body).language == language
    assert load(body=body, title="Gardeners plant trees").language == language


LEADS_THAT_REPEAT = [
    pytest.param(TITLE, id="the headline"),
    pytest.param(f" {TITLE}\u200b", id="the headline, odd characters"),
    pytest.param("ชาวสวน ปลูกป่า", id="beginning of the headline, other spaces"),
    pytest.param("ชาวสวนปลูกป่าริม…", id="beginning of the headline, ellipsis"),
    pytest.param(BODY[0], id="the first paragraph"),
    pytest.param(BODY[0][:20], id="beginning of the body"),
    pytest.param(f"{BODY[0]} {BODY[1][:9]}", id="over the end of a paragraph"),
    pytest.param(f"{BODY[0]}{BODY[1][:9]}", id="over the end of a paragraph, no space"),
    pytest.param("วันนี้ (24 พฤษภาคม 2568) ชาวสว", id="cut in a word"),
    pytest.param("วันนี้ (24 พฤษภาคม 2568) ชาวสว...", id="cut in a word, dots"),
    pytest.param("วันนี้ (24 พฤษภาคม 2568) ชาวสว …", id="cut in a word, ellipsis"),
]
LEADS_THAT_SAY_NOTHING = ["", "...", "…", ".", "-----", "....................", "____________", " \u200b"]
LEADS_OF_THEIR_OWN = [
    pytest.param("สามร้อยไร่ในวันเดียว", id="another text"),
    pytest.param(f"{TITLE} ครบในวันเดียว", id="longer form of the headline"),
    pytest.param("ปลูกป่าริมน้ำ", id="words from the middle of both"),
    pytest.param(BODY[1], id="the second paragraph"),
    pytest.param(f"{BODY[0]} ครบทุกหมู่บ้าน", id="the first paragraph, and more"),
    pytest.param("ปลูกครบแล้ว ...", id="dots of its own"),
    pytest.param("12", id="digits"),
]


@every_row("lead", LEADS_THAT_REPEAT)
def test_a_lead_that_repeats_is_none(lead):
    assert load(lead=lead).lead is None


@every_row("lead", LEADS_THAT_SAY_NOTHING)
def test_a_lead_that_says_nothing_is_none(lead):
    assert load(lead=lead).lead is None


@every_row("lead", LEADS_OF_THEIR_OWN)
def test_a_lead_of_its_own_is_kept(lead):
    assert load(lead=lead).lead == lead


def test_a_lead_without_headline_and_body_is_kept():
    assert load(lead="ปลูกครบแล้ว", title="", body=[]).lead == "ปลูกครบแล้ว"


@every_row(
    ("raw", "day"),
    [
        ("วันเสาร์ที่ 24 พฤษภาคม 2568", "2025-05-24"),
        ("24 พฤษภาคม 2025", "2025-05-24"),
        ("24\u00a0พฤษภาคม\u200b 2568", "2025-05-24"),
        ("วันพฤหัสบดีที่ 1 มกราคม 2513", None),
        ("30 กุมภาพันธ์ 2567", None),
        ("เร็ว ๆ นี้", None),
    ],
)
def test_long_date_and_its_raw_form(raw, day):
    article = load(date_published=raw)
    assert article.date_published == day
    assert article.date_published_raw == raw.replace("\u00a0", " ").replace("\u200b", "")


@every_row(("raw", "day"), [("23/05/2568", "2025-05-23"), ("31/02/2568", None), ("พรุ่งนี้", None)])
def test_numeric_date_and_its_raw_form(raw, day):
    article = load(news_date=raw)
    assert (article.news_date, article.news_date_raw) == (day, raw)


# What a page says beside its dates; the numeric date (23 May 2025) is the day of the news.
NO_HEADER = {"date_published": "", "news_date": ""}


def values(article: Article) -> list[tuple[str, str, str, str]]:
    return [(date.start, date.end, date.precision, date.raw) for date in article.dates]


def test_dates_of_the_lead_and_then_of_the_body():
    article = load(
        lead="รับสมัครถึง 30 พ.ค. 68",
        body=["วันนี้ (๒๔ พฤษภาคม ๒๕๖๘) ปลูกป่า", "งานมีวันที่ 24-26 พฤษภาคม 2568", "ครบในเดือนกรกฎาคม 2568"],
    )
    assert values(article) == [
        ("2025-05-30", "2025-05-30", "day", "30 พ.ค. 68"),
        ("2025-05-24", "2025-05-24", "day", "๒๔ พฤษภาคม ๒๕๖๘"),
        ("2025-05-24", "2025-05-26", "day", "24-26 พฤษภาคม 2568"),
        ("2025-07-01", "2025-07-31", "month", "กรกฎาคม 2568"),
    ]
    assert all(type(mention) is DateMention for mention in article.dates)


def test_a_date_is_listed_once_as_first_written():
    article = load(
        lead="ปลูกป่า 24 พ.ค. 68", body=["วันนี้ (24 พฤษภาคม 2568) ปลูกป่า", "วันที่ 1 มิ.ย. 68 และ 24/05/2568 กับ 1 มิถุนายน"]
    )
    assert values(article) == [
        ("2025-05-24", "2025-05-24", "day", "24 พ.ค. 68"),
        ("2025-06-01", "2025-06-01", "day", "1 มิ.ย. 68"),
    ]


def test_a_lead_that_repeats_the_body_adds_no_dates():
    article = load(lead=BODY[0])
    assert values(article) == [("2025-05-24", "2025-05-24", "day", "24 พฤษภาคม 2568")]


@every_row(
    ("header", "day"),
    [
        pytest.param(
            {"date_published": "2 มกราคม 2568", "news_date": "30/12/2566"}, "2024-01-02", id="the day of the news"
        ),
        pytest.param({"date_published": "2 มกราคม 2568", "news_date": ""}, "2025-01-02", id="the day of publication"),
        pytest.param(
            {"date_published": "2 มกราคม 2568", "news_date": "31/02/2567"}, "2025-01-02", id="an impossible day"
        ),
        pytest.param({"date_published": "", "news_date": "30/12/2566"}, "2024-01-02", id="no day of publication"),
        pytest.param(NO_HEADER, None, id="none"),
        pytest.param({"date_published": "1 มกราคม 2513", "news_date": ""}, None, id="the epoch"),
    ],
)
def test_the_header_fills_a_missing_year(header, day):
    article = load(**header, lead="รดน้ำวันที่ 2 ม.ค.", body=["วันนี้ (2 มกราคม) ชาวบ้านปลูกป่า"])
    assert [mention.start for mention in article.dates] == ([day] if day else [])
    assert (article.event_start, article.event_end) == (day, day)


@every_row(
    ("body", "event"),
    [
        (BODY, ("2025-05-24", "2025-05-24")),
        (["ชาวบ้านปลูกป่า ระหว่างวันที่ 20 - 22 พฤษภาคม 2568"], ("2025-05-20", "2025-05-22")),
        (["ชาวบ้านปลูกป่า เมื่อวันที่ 23 พฤษภาคม 2568"], ("2025-05-23", "2025-05-23")),
        (["ชาวบ้านปลูกป่า เมื่อวันที่ 24 พฤษภาคม 2568"], (None, None)),  # later than the news
        (["วันนี้ ชาวบ้านปลูกป่า", "รับสมัครภายในวันที่ 30 พฤษภาคม 2568"], (None, None)),
        (["วันที่ 24 พฤษภาคม 2560 ชาวบ้านปลูกป่า"], (None, None)),
        ([], (None, None)),
    ],
)
def test_the_event(body, event):
    article = load(body=body)
    assert (article.event_start, article.event_end) == event


def test_the_lead_dates_and_places_the_event_and_the_title_does_not():
    said = "เมื่อวันที่ 23 พฤษภาคม 2568 ณ สวนริมน้ำ"
    article = load(lead=f"ชาวบ้านรดน้ำ {said}", body=["ชาวบ้านปลูกป่าริมน้ำ"])
    assert (article.event_start, article.event_end, article.venue) == ("2025-05-23", "2025-05-23", "สวนริมน้ำ")
    article = load(title=f"{TITLE} {said}", lead="ชาวบ้านรดน้ำ", body=["ชาวบ้านปลูกป่าริมน้ำ"])
    assert (article.event_start, article.event_end, article.venue) == (None, None, None)


@every_row(
    "lead", ["วันเสาร์ที่ 24 พฤษภาคม 2568", "วันเสาร์ ที่ 24 พฤษภาคม", "24 พ.ค. 68", "วันที่ 24 พฤษภาคม 2568 เวลา 20.15 น."]
)
def test_a_lead_that_is_only_a_day_dates_the_broadcast_and_no_event(lead):
    article = load(lead=lead, body=["สวัสดีครับ ชาวบ้านปลูกป่าริมน้ำ"])
    assert (article.event_start, article.event_end) == (None, None)
    assert [mention.start for mention in article.dates] == ["2025-05-24"]
    assert load(lead=lead, body=["สวัสดีครับ", "เมื่อวันที่ 20 พฤษภาคม 2568 ชาวบ้านปลูกป่า"]).event_start == "2025-05-20"


def test_the_opening_of_the_body_is_counted_from_its_beginning():
    body = ["ชาวบ้านปลูกป่า " + "ริมน้ำ" * 40 + " เมื่อวันที่ 10 พฤษภาคม 2568 จนป่างอกงามไปทั่ว"]
    assert load(lead="", body=body).event_start == "2025-05-10"
    assert load(lead="ชาวสวน" * 30, body=body).event_start == "2025-05-10"


@every_row("day", ["วันเสาร์ที่ 24 พฤษภาคม 2568", "เสาร์ที่ 24 พ.ค.68", "วันเสาาร์ที่ 24 พ.ค. 2568"])
def test_a_day_alone_at_the_head_of_a_radio_programme_dates_no_event(day):
    article = load(lead="", body=[day, "ปลูกป่าริมน้ำ", "ขอเชิญรับฟังวิทยุริมน้ำ", "ชาวบ้านปลูกป่า"])
    assert (article.event_start, article.event_end) == (None, None)
    assert [mention.start for mention in article.dates] == ["2025-05-24"]
    assert load(lead="", body=[day, "ชาวบ้านปลูกป่าริมน้ำ"]).event_start == "2025-05-24"


def test_a_mistyped_weekday_is_a_day_of_broadcast():
    assert load(lead="วันเสาาร์ที่ 24 พฤษภาคม 2568", body=["ชาวบ้านปลูกป่าริมน้ำ"]).event_start is None


def test_a_lead_of_a_day_and_more_dates_the_event():
    assert load(lead="วันที่ 24 พฤษภาคม 2568 ณ สวนริมน้ำ", body=["ชาวบ้านปลูกป่า"]).event_start == "2025-05-24"
    assert load(lead="ระหว่างวันที่ 20 - 22 พฤษภาคม 2568", body=["ชาวบ้านปลูกป่า"]).event_end == "2025-05-22"


def test_a_sentence_runs_from_the_lead_into_the_body():
    article = load(lead="ชาวบ้านปลูกป่า เมื่อวันที่ 23 พฤษภาคม 2568", body=["ณ สวนริมน้ำ", "ปีหน้าจะปลูกอีก"])
    assert (article.event_start, article.venue) == ("2025-05-23", "สวนริมน้ำ")


def test_a_lead_that_is_code_is_none():
    assert load(lead='$("#video-player3").css("background-color", "#000000");').lead is None
    assert load(lead="p.p1 {margin: 0.0px} ชาวสวนปลูกบัว").lead == "ชาวสวนปลูกบัว"


def test_broken_lines_are_read_joined_and_stay_in_the_body():
    body = [
        "ชาวสวนริมคลองร่วมกันปลูกบัวหลวงตลอดแนวคลองยาวสามกิโลเมตร ในวันที่ 23",
        "พฤษภาคม 2568 โดยนายเมฆา ทุ่งกว้าง ปลัดกระทรวงสวน ร่วมปลูกบัวด้วย ณ",
        "ลานบัวขาว ตำบลริมคลอง ซึ่งเป็นลานที่ชาวบ้านช่วยกันสร้างเมื่อปีก่อน",
        "และจะเปิดให้ประชาชนเข้าชมบัวบานได้ทุกวันโดยไม่เสียค่าใช้จ่ายใด ๆ",
        "ตลอดทั้งปี และปีหน้าจะปลูกบัวแดงเพิ่มอีกสองกิโลเมตรจนสุดแนวคลอง",
    ]
    article = load(lead="", body=body)
    assert article.body == "\n".join(body)
    assert (article.event_start, article.venue) == ("2025-05-23", "ลานบัวขาว ตำบลริมคลอง")
    assert [mention.raw for mention in article.dates] == ["23 พฤษภาคม 2568"]


def test_people_of_lead_and_body_are_named_once():
    article = load(
        lead="นางสาวต้นข้าว ริมคลอง ปลัดกระทรวงสวน เป็นประธานในพิธีปลูกป่า",
        body=["นายเมฆา ทุ่งกว้าง เปิดเผยว่า ป่าโตแล้ว", "นางสาวต้นข้าว ริมคลอง กล่าวว่า จะปลูกอีก"],
    )
    assert article.attendees == [Person("นางสาว", "ต้นข้าว ริมคลอง", "ปลัดกระทรวงสวน")]
    assert article.mentions == [Person("นาย", "เมฆา ทุ่งกว้าง", None)]


def test_without_header_dates_the_body_still_says_its_own():
    article = load(**NO_HEADER, body=["วันนี้ (24 พฤษภาคม 2540) ชาวบ้านปลูกป่า วันที่ 26 พฤษภาคม รดน้ำ"])
    assert [mention.start for mention in article.dates] == ["1997-05-24", "1997-05-26"]
    assert (article.event_start, article.event_end) == ("1997-05-24", "1997-05-24")


def test_of_too_many_dates_and_persons_the_first_are_kept_and_that_is_counted():
    days = [date(1901, 1, 1) + timedelta(number) for number in range(6000)]
    said = [" ".join(f"{day.day}/{day.month}/{day.year}" for day in days)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    said += [f"Mr. A{2 * ''.join(name)} Bcd" for name in islice(product(letters, repeat=3), 6000)]
    told = []
    article = load(body=said, count=lambda name, number: told.append((name, number)))
    assert sorted(told) == [("thaigov/date/too_many", 1), ("thaigov/person/too_many", 1)]
    assert [mention.start for mention in article.dates] == [str(day) for day in days[:5000]]
    assert [person.name for person in (*article.attendees, *article.mentions)] == [line[4:] for line in said[1:5001]]


@every_row(
    ("body", "counted"),
    [
        (["วันเสาร์ที่ 24 พฤษภาคม 2568 ปลูกป่า"], []),
        (["วันจันทร์ที่ 24 พฤษภาคม 2568 ปลูกป่า"], [("thaigov/date/weekday_mismatch", 1)]),
        (["วันจันทร์ที่ 24 พฤษภาคม 2568 ปลูกป่า", "วันพุธที่ 25 พ.ค. รดน้ำ"], [("thaigov/date/weekday_mismatch", 2)]),
        ([], []),
    ],
)
def test_wrong_weekdays_are_counted(body, counted):
    told = []
    article = load(body=body, count=lambda name, number: told.append((name, number)))
    assert told == counted
    assert bool(article.dates) == bool(body)  # the date is kept


@every_row(
    "raw",
    [
        {"title": f"{TITLE} (แก้ไข)"},
        {"section": "ด้านเศรษฐกิจ"},
        {"section": ""},
        {"date_published": "วันอาทิตย์ที่ 25 พฤษภาคม 2568"},
        {"date_published": "วันอาทิตย์ที่ 24 พฤษภาคม 2568"},  # the same day, written otherwise
        {"news_date": "24/05/2568"},
        {"news_date": ""},
        {"lead": "สี่ร้อยไร่ในวันเดียว"},
        {"lead": ""},
        {"body": BODY[:1]},
        {"body": BODY[::-1]},
        {"body": ["".join(BODY)]},
        {"images": []},
        {"images": ["https://example.com/2.jpg"]},
        {"attachments": []},
        {"attachments": ["https://example.com/1.jpg"], "images": ["https://example.com/1.pdf"]},
    ],
)
def test_digest_changes_with_what_the_page_says(raw):
    assert load(**raw).digest != load().digest


@every_row(
    "raw",
    [
        {},
        {"layout": "another"},
        {"title": f" {TITLE}\u200b"},
        {"body": ["-----", *BODY, "พิมพ์"]},
        {"body": ["\n".join(BODY)]},
    ],
)
def test_digest_does_not_change_with_markup_and_noise(raw):
    assert load(**raw).digest == load().digest


def test_digest_does_not_change_with_provenance_or_derivation(monkeypatch):
    raw = asdict(load()) | {"date_published": "24 พฤษภาคม 2568", "news_date": "", "body": BODY}
    here = load_article(
        raw, id=990101, source="sample", url="https://example.com/a", captured_at="2025-06-01T00:00:00Z"
    )
    monkeypatch.setattr(loaders, "EXTRACTOR", loaders.EXTRACTOR + 1)
    there = load_article(raw, id=990102, source="warc:a", capture_url="https://example.com/b")
    assert here.extractor != there.extractor
    assert here.digest == there.digest
    there.venue, there.event_start, there.language, there.ministry = "ริมน้ำ", "2025-05-24", "en", "กระทรวงสวน"
    assert digest_of(there) == here.digest


def test_digest_is_stable():
    """A digest that changes by accident would make every stored article a new revision."""
    assert load().digest == "dec7005582f0ed8ede8d12c18c891cbab02ae8565f042923440f9b894627016d"


def test_articles_share_no_lists():
    first, second = load(), load()
    first.dates.append(None)
    first.attendees.append(None)
    assert second == load()


def test_an_article_is_plain_data():
    assert json.loads(json.dumps(asdict(load())))["title"] == TITLE


def test_every_field_is_either_said_or_derived_or_provenance():
    provenance = ("id", "url", "source", "captured_at", "capture_url", "layout")
    assert sorted(FIELDS) == sorted([*provenance, *DIGEST_FIELDS, *DERIVED_FIELDS, "digest", "extractor"])


WORDS = [
    *("วันที่ 2 ม.ค.", "24/05/2568", "๓๐ กุมภาพันธ์ ๒๕๖๗", "นายต้นไม้ ริมน้ำ ปลัดสวน", "เป็นประธาน", "ณ สวนริมน้ำ", "ab"),
    *("\n", "\u2028", "\u00a0", "\u200b", " ", "-----", "น\u0e4d\u0e49\u0e32", "\u0e48", "เ", "พิมพ์", "[กระทรวงสวน]"),
]
LETTERS = st.characters(exclude_categories=["Cs"])
SAID = st.lists(st.sampled_from([*BODY, *WORDS]) | LETTERS, max_size=12).map("".join)


@given(SAID, SAID, SAID, SAID, SAID, st.lists(SAID, max_size=5))
def test_deriving_a_fresh_article_anew_changes_nothing(title, section, date_published, news_date, lead, body):
    article = asdict(
        load(title=title, section=section, date_published=date_published, news_date=news_date, lead=lead, body=body)
    )
    assert rederive(article) == article


@every_row("capture", CAPTURES)
def test_deriving_an_article_of_the_sample_anew_changes_nothing(capture):
    article = asdict(load_article(vars(classic.parse(capture.html, ""))))
    assert rederive(article) == article


def test_what_was_derived_otherwise_is_derived_anew_and_nothing_else(monkeypatch):
    article = asdict(load(title=f"{TITLE} [กระทรวงมหาดไทย]"))
    spoiled = article | dict.fromkeys(DERIVED_FIELDS) | {"dates": [], "attendees": [{}], "mentions": [], "extractor": 1}
    # What the page says stays, even where it would be cleaned otherwise now.
    said = {"section": " -- ", "images": ["x"], "digest": "0", "lead": f"{BODY[0]}\u200b", "captured_at": "2025-06-01"}
    monkeypatch.setattr(loaders, "EXTRACTOR", 99)
    assert rederive(spoiled | said) == article | said | {"extractor": 99}


def test_a_stored_day_of_publication_that_can_no_longer_be_read_is_kept():
    article = asdict(load(news_date="", body=["วันนี้ (2 มกราคม) ชาวบ้านปลูกป่า"]))
    unread = article | {"date_published_raw": "เร็ว ๆ นี้", "event_start": None, "dates": []}
    assert rederive(unread) == article | {"date_published_raw": "เร็ว ๆ นี้"}
    assert rederive(unread | {"date_published_raw": None})["date_published"] == "2025-05-24"


def test_a_day_of_the_news_that_can_no_longer_be_read_is_none():
    assert rederive(asdict(load()) | {"news_date_raw": "พรุ่งนี้"})["news_date"] is None
