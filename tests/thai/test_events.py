"""The day that an article reports: each rule of find_event, and its limits."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.support.tables import every_row
from thaigov_crawler.thai.dates import read_dates
from thaigov_crawler.thai.events import find_event

NEWS = date(2025, 5, 24)
FILLER = "ริมน้ำ"
MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()


def thai(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + 543}"


def event(text: str, reference: date | None = NEWS) -> str | None:
    """Return the event as ISO 8601 writes it: `2025-05-24`, `2025-05-24/2025-05-26`."""
    found = find_event(text, read_dates(text, reference), reference)
    if found is None:
        return None
    return found.start if found.start == found.end else f"{found.start}/{found.end}"


TODAY = [
    "ชาวบ้านเผยว่า วันนี้ (24 พฤษภาคม 2568) ปลูกป่า",
    "ชาวบ้านเผยว่า วันนี้ ( 24 พฤษภาคม 2568 ) ปลูกป่า",
    "ชาวบ้านเผยว่า วันนี้(24 พ.ค. 68)ปลูกป่า",
    "ชาวบ้านเผยว่า วันนี้ [24 พฤษภาคม 2568] ปลูกป่า",
    "ชาวบ้านเผยว่า วันนี้ 24 พฤษภาคม 2568 ปลูกป่า",
    "ชาวบ้านเผยว่า วันนี้ (วันที่ 24 พฤษภาคม 2568) ปลูกป่า",
    "ชาวบ้านเผยว่า วันนี้ วันเสาร์ที่ 24 พฤษภาคม 2568 ปลูกป่า",
    "ชาวบ้านเผยว่า วันนี้ (วันเสาร์ ที่ 24 พฤษภาคม) ปลูกป่า",
    "ชาวบ้านเผยว่า วันนี้ เวลา 09.30 น. (24 พฤษภาคม 2568) ปลูกป่า",
    "ชาวบ้านเผยว่า วันนี้ ตรงกับวันที่ 24 พฤษภาคม 2568 ปลูกป่า",
    "ชาวบ้านเผยว่า วันนี้ (เสาร์ 24 พ.ค. 68) ปลูกป่า",
    "ชาวบ้านเผยว่า วันนี้ (ส 24 พ.ค. 68) ปลูกป่า",
    "ชาวบ้านเผยว่า วันนี้ (24 พ.ค. 25568) ปลูกป่า",
    "ชาวบ้านเผยว่า วันเดียวกันนี้ (24 พฤษภาคม 2568) ปลูกป่า",
    "Gardeners said today (24 May 2025) that trees grow",
    "Gardeners said today, May 24, 2025, that trees grow",
    "Gardeners said today, Saturday, 24 May 2025 that trees grow",
    "Today (May 24, 2025) gardeners planted trees",
]
YESTERDAY = [
    "ชาวบ้านเผยว่า วานนี้ (24 พฤษภาคม 2568) ปลูกป่า",
    "ชาวบ้านเผยว่า เมื่อวานนี้ (24 พ.ค. 68) ปลูกป่า",
    "ชาวบ้านเผยว่า เมื่อวาน (วันที่ 24 พฤษภาคม) ปลูกป่า",
    "ชาวบ้านเผยว่า เมื่อวานนี้ วันเสาร์ที่ 24 พฤษภาคม 2568 ปลูกป่า",
    "Gardeners said yesterday (24 May 2025) that trees grow",
    "Gardeners said yesterday, May 24, 2025, that trees grow",
]
OPENS = [
    "24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
    "(24 พฤษภาคม 2568) ชาวบ้านปลูกป่า",
    "วันที่ 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
    "วันเสาร์ที่ 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
    "เมื่อวันที่ 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
    "ในวันเสาร์ที่ 24 พฤษภาคม ชาวบ้านปลูกป่า",
    "ช่วงเช้าวันที่ 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
    "เช้าวันที่ 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
    "กรุงเทพฯ – 24 พฤษภาคม 2568 – ชาวบ้านปลูกป่า",
    "กรุงเทพฯ - วันที่ 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
    "กรุงเทพมหานคร (24 พฤษภาคม 2568) ชาวบ้านปลูกป่า",
    "กรุงเทพฯ, 24 พฤษภาคม 2568 — ชาวบ้านปลูกป่า",
    "จังหวัดน่าน : วันที่ 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
    "น่าน, 24 พฤษภาคม 2568 – ชาวบ้านปลูกป่า",
    "จ.น่าน 24 พ.ค. 68 - ชาวบ้านปลูกป่า",
    "จ.น่าน วันที่ 24 พฤษภาคม 2568 นายมั่น ใจดี ปลูกป่า",
    "กรุงริมน้ำ สาธารณรัฐสวนบัว/ วันที่ 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
    "เมื่อเวลา 09.30 น. ของวันที่ 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
    "เมื่อเวลา 09.30 น. วันที่ 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
    "(ครม.) วันที่ 24 พฤษภาคม 2568 รับทราบ",
    "* วันที่ 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
    "“วันที่ 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า”",
    "24/05/2568 ชาวบ้านปลูกป่า",
    "May 24, 2025, at the river: gardeners planted trees",
    "On May 24, 2025, gardeners planted trees",
    "On Saturday, 24 May 2025, gardeners planted trees",
]
CUES = [
    "ชาวบ้านปลูกป่า เมื่อวันที่ 24 พฤษภาคม 2568",
    "ชาวบ้านปลูกป่าเมื่อ 24 พ.ค. 68",
    "ชาวบ้านปลูกป่าเมื่อเช้าวันที่ 24 พฤษภาคม 2568",
    "ชาวบ้านปลูกป่า เมื่อวันเสาร์ที่ 24 พฤษภาคม ริมน้ำ",
    "ชาวบ้านปลูกป่าในวันที่ 24 พฤษภาคม 2568",
    "ชาวบ้านปลูกป่า ประจำวันที่ 24 พฤษภาคม 2568",
    "ชาวบ้านปลูกป่า (24 พฤษภาคม 2568) ริมน้ำ",
    "ชาวบ้านปลูกป่า [24 พฤษภาคม 2568] ริมน้ำ",
    "Gardeners planted trees on 24 May 2025",
    "Gardeners planted trees on Saturday, May 24, 2025",
    "The fair was held 24 May 2025",
    "Gardeners planted trees during 24 May 2025",
]
MEETINGS = [
    "ที่ประชุมสวนริมน้ำ วันที่ 24 พฤษภาคม 2568 รับทราบ",
    "ชาวบ้านร่วมพิธีปลูกป่า วันเสาร์ที่ 24 พฤษภาคม 2568",
    "ชาวบ้านสัมมนาริมน้ำ วันที่ 24 พ.ค. 68",
    "ที่ประชุมคณะรัฐมนตรี (ครม.) วันที่ 24 พฤษภาคม 2568 รับทราบ",
    "ชาวบ้านเผยว่า วันที่ 24 พฤษภาคม 2568 ปลูกครบ",
    "ชาวบ้านปลูกป่า วันที่ 24 พฤษภาคม 2568 เวลา 09.30 น.",
    "ชาวบ้านปลูกป่า วันเสาร์ที่ 24 พฤษภาคม 2568 ณ ลานริมน้ำ",
]


@every_row("text", TODAY + YESTERDAY + OPENS + CUES + MEETINGS)
def test_a_date_that_the_article_reports(text):
    assert event(text) == "2025-05-24"
    assert event(f"ปลูกป่า\n{text}\n{FILLER}") == "2025-05-24"


@every_row(
    "text",
    [
        "ชาวบ้านปลูกป่าระหว่างวันที่ 22-24 พฤษภาคม 2568",
        "ชาวบ้านปลูกป่า ระหว่าง 22 ถึง 24 พฤษภาคม 2568",
        "ระหว่างวันที่ 22 - 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
        "ระหว่างวันที่ 22 พฤษภาคม 2568 – 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
        "วันที่ 22-24 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
        "วันนี้ (22-24 พ.ค. 68) ชาวบ้านปลูกป่า",
        "Gardeners planted trees from 22 to 24 May 2025",
        "Gardeners planted trees between May 22 and 24, 2025",
    ],
)
def test_days_that_the_article_reports(text):
    assert event(text) == "2025-05-22/2025-05-24"


@every_row(
    "text",
    [
        "",
        "ชาวบ้านปลูกป่า",
        "วันนี้ ชาวบ้านปลูกป่า",
        "เมื่อวานนี้ ชาวบ้านปลูกป่า พรุ่งนี้จะรดน้ำ",
        "ชาวบ้านปลูกป่า 24 พฤษภาคม 2568 ริมน้ำ",  # without a cue
        "ชาวบ้านเรียกวันที่ 24 พฤษภาคม 2568 ว่าวันปลูกป่า",
        "วันนี้ (พฤษภาคม 2568) ชาวบ้านปลูกป่า",
        "เดือนพฤษภาคม 2568 ชาวบ้านปลูกป่า",
        "ในเดือนพฤษภาคม 2568 ชาวบ้านปลูกป่า",
    ],
)
def test_no_event(text):
    assert event(text) is None
    assert event(text, None) is None


NO_CUES = """
    ภายใน ลงวันที่ ถึง จนถึง ตั้งแต่ มีผล มีผลใช้บังคับ มติ ประกาศ ข้อมูล พรรษา กำหนด เริ่ม สิ้นสุด หมดเขต ก่อน หลัง เกิด
    เป็นข่าว เสนอข่าว until since before after
""".split()


@every_row("cue", ["(", "เมื่อวันที่ ", "ในวันที่ ", "ระหว่างวันที่ ", "on "])
@every_row("word", NO_CUES)
def test_words_that_make_a_date_no_event(word, cue):
    text = "ชาวบ้านปลูกป่า {} {}24 พฤษภาคม 2568) ริมน้ำ"
    assert event(text.format(word, cue)) is None
    assert event(text.format("แล้ว", cue)) == "2025-05-24"
    # These words belong to the date behind them, and to no later one.
    assert event(text.format(word + FILLER * 6, cue)) == "2025-05-24"


@every_row(
    "text",
    [
        "ส่งใบสมัครภายในวันที่ 24 พฤษภาคม 2568",
        "หนังสือลงวันที่ 24 พฤษภาคม 2568",
        "ปลูกได้ถึงวันที่ 24 พฤษภาคม 2568",
        "ปลูกได้ตั้งแต่วันที่ 24 พฤษภาคม 2568 เป็นต้นไป",
        "ระเบียบมีผลในวันที่ 24 พฤษภาคม 2568",
        "ตามมติชาวบ้าน เมื่อวันที่ 24 พฤษภาคม 2568",
        "ตามประกาศ ณ วันที่ 24 พฤษภาคม 2568",
        "ต้นไม้ 300 ต้น (ข้อมูล ณ วันที่ 24 พฤษภาคม 2568)",
        "ตั้งแต่วันที่ 24 พฤษภาคม 2568 ปลูกได้ทุกวัน",
        "ภายในวันที่ 24 พฤษภาคม 2568 ปลูกให้ครบ",
    ],
)
def test_deadlines_beginnings_resolutions_and_documents_are_no_event(text):
    assert event(text) is None


@every_row(
    ("text", "days"),
    [(rule[0], 1) for rule in (TODAY, YESTERDAY, OPENS)] + [(text, 0) for text in (*CUES, *MEETINGS[:-2])],
)
def test_cues_and_meetings_must_not_be_later_than_the_news(text, days):
    for day in range(-3, 4):
        expected = "2025-05-24" if days or day >= 0 else None
        assert event(text, NEWS + timedelta(days=day)) == expected


@every_row(
    ("text", "past", "ahead"),
    [
        (TODAY[0], 100, 45),
        (YESTERDAY[0], 45, 45),
        (OPENS[0], 45, 45),
        (f"{CUES[0]} ริมน้ำ", 21, 0),
        (MEETINGS[0], 7, 0),
        (f"{FILLER * 60} {CUES[0]} ณ ลานริมน้ำ", 45, 200),
        ("ชาวบ้านเล่าว่า พรุ่งนี้ (24 พฤษภาคม 2568) จะปลูกป่า", 21, 45),
    ],
)
def test_days_from_the_news_at_most(text, past, ahead):
    assert event(text, NEWS + timedelta(days=past)) == "2025-05-24"
    assert event(text, NEWS + timedelta(days=past + 1)) is None
    if ahead:
        assert event(text, NEWS - timedelta(days=ahead)) == "2025-05-24"
        assert event(text, NEWS - timedelta(days=ahead + 1)) is None
    assert event(text.replace("2568", "2540"), None) == "1997-05-24"


@every_row("cue", ["วันนี้ (", "วานนี้ (", "", "ปลูกป่า ระหว่างวันที่ "])
def test_thirty_one_days_at_most(cue):
    begin = NEWS - timedelta(days=20)
    for length, found in ((31, True), (32, False)):
        end = begin + timedelta(days=length - 1)
        assert event(f"{cue}{thai(begin)} - {thai(end)})") == (f"{begin}/{end}" if found else None)


@every_row("count", ["พบผู้ป่วย 30 คน", "มีผู้ป่วย 30 คน", "มียอดปลูก 300 ต้น", "ได้รับแจ้ง 30 เรื่อง"])
def test_days_that_something_is_counted_over_are_no_event(count):
    assert event(f"ชาวบ้านเล่าว่า ระหว่างวันที่ 20-22 พฤษภาคม 2568 {count}") is None
    assert event("ชาวบ้านเล่าว่า ระหว่างวันที่ 20-22 พฤษภาคม 2568 ปลูกป่า") == "2025-05-20/2025-05-22"


@every_row(
    ("before", "behind", "most"),
    [
        ("วันนี้ (", ") ปลูกป่า", 2500),
        ("วานนี้ (", ") ปลูกป่า", 1500),
        ("\n(", ") ปลูกป่า", 1500),
        ("เมื่อวันที่ ", f" ณ ลานริมน้ำ {FILLER * 50}", 1500),
        ("เมื่อวันที่ ", "", 1500),
        ("เมื่อวันที่ ", " ปลูกป่า", 600),
        ("ที่ประชุมสวน วันที่ ", " รับทราบ", 600),
    ],
)
def test_the_first_characters(before, behind, most):
    """A date counts if it begins at the character `most` at the latest."""
    last = (FILLER * 500)[: most - 1 - len(before)] + before
    assert event(f"{last}24 พฤษภาคม 2568{behind}") == "2025-05-24"
    assert event(f"น{last}24 พฤษภาคม 2568{behind}") is None


def test_the_rules_in_their_order():
    """The strongest rule gives the event, in whatever order the sentences stand."""
    sentences = [
        "ชาวบ้านเผยว่า วันนี้ (14 พฤษภาคม 2568) ปลูกป่า",
        "ชาวบ้านเผยว่า วานนี้ (15 พฤษภาคม 2568) ปลูกป่า",
        "วันที่ 16 พฤษภาคม 2568 ชาวบ้านปลูกป่า",
        "ชาวบ้านปลูกป่า เมื่อวันที่ 17 พฤษภาคม 2568",
        "ที่ประชุมสวนริมน้ำ วันที่ 18 พฤษภาคม 2568 รับทราบ",
    ]
    for strongest in range(5):
        there = sentences[strongest:]
        assert event("\n".join(there)) == event("\n".join(reversed(there))) == f"2025-05-{14 + strongest}"


@every_row("rule", [TODAY, YESTERDAY, OPENS, CUES, MEETINGS])
def test_the_first_date_of_a_rule(rule):
    later = rule[0].replace("24 พฤษภาคม", "23 พฤษภาคม")
    assert event(f"{rule[0]}\n{later}") == "2025-05-24"
    assert event(f"{later}\n{rule[0]}") == "2025-05-23"


@every_row("far", ["วันนี้ (24 มกราคม 2560) ปลูกป่า", "วันที่ 24 พฤษภาคม 2560 ปลูกป่า"])
def test_a_date_too_far_off_leaves_the_next_rule_its_turn(far):
    assert event(f"{far}\nชาวบ้านรดน้ำ เมื่อวันที่ 22 พฤษภาคม 2568") == "2025-05-22"


HELD = [
    "ระหว่างวันที่ 22-26 พฤษภาคม 2568",
    "ระหว่าง 22-26 พฤษภาคม 2568",
    "ระหว่าง วันที่ 22-26 พฤษภาคม 2568",
    "ระหว่างวันพฤหัสบดีที่ 22 - วันจันทร์ที่ 26 พฤษภาคม 2568",
    "ระหว่างวันที่ 22 ถึง 26 พ.ค. 68",
    "from 22 to 26 May 2025",
]


@every_row("held", HELD)
@every_row("day", [TODAY[0], YESTERDAY[0], OPENS[2], CUES[0]])
def test_the_days_around_the_day(day, held):
    assert event(f"{day}\nงานจัดขึ้น {held} ริมน้ำ") == "2025-05-22/2025-05-26"


@every_row(
    "other",
    [
        "งานจัดขึ้นระหว่างวันที่ 25-26 พฤษภาคม 2568",  # not around the day
        "งานจัดขึ้นระหว่างวันที่ 22-23 พฤษภาคม 2568",
        "งานรับสมัคร 22-26 พฤษภาคม 2568",  # not said to be held
        "งานจัดขึ้นระหว่างวันที่ 1 พฤษภาคม - 30 มิถุนายน 2568",  # too long
        f"{FILLER * 300}งานจัดขึ้นระหว่างวันที่ 22-26 พฤษภาคม 2568",  # not in the opening
    ],
)
def test_other_days_do_not_change_the_day(other):
    assert event(f"{TODAY[0]}\n{other}") == "2025-05-24"


@every_row("line", ["24 พฤษภาคม 2568", "(24 พฤษภาคม 2568)", "* 24/05/2568 *", "May 24, 2025"])
def test_a_day_alone_at_the_end_is_no_event(line):
    long = f"ชาวบ้านปลูกป่า{FILLER * 40}"
    assert event(f"{long}\n{line}") is event(f"{long}\n{line}\nสำนักสวน") is None
    assert event(f"ชาวบ้านรดน้ำ เมื่อวันที่ 22 พฤษภาคม 2568 {long}\n{line}") == "2025-05-22"
    # One at the beginning is.
    assert event(f"ชาวบ้านปลูกป่า\n{line}\n{long}") == "2025-05-24"


@every_row(
    "text",
    [
        "ชาวบ้านเล่าว่า พรุ่งนี้ (24 พฤษภาคม 2568) จะปลูกป่า",
        "ชาวบ้านเล่าว่า พรุ่งนี้ วันเสาร์ที่ 24 พฤษภาคม 2568 จะปลูกป่า",
        "ชาวบ้านจะปลูกป่า ในวันเสาร์ที่ 24 พฤษภาคม 2568 เวลา 09.00 น.",
        "ชาวบ้านจะปลูกป่า ในวันเสาร์ที่ 24 พฤษภาคมนี้ ณ ลานริมน้ำ",
        "ผู้ใหญ่บ้านมีกำหนดการไปปลูกป่า ในวันเสาร์ที่ 24 พฤษภาคมนี้",
        "ขอเชิญร่วมปลูกป่า วันที่ 24 พฤษภาคม 2568 กับชาวบ้าน",
        "ชาวบ้านเตรียมจัดงานปลูกป่า ในวันที่ 24 พฤษภาคม 2568 กับเพื่อนบ้าน",
        "ชวนเดินป่า ย่านริมน้ำ 24 พฤษภาคม 2568\nชาวบ้านเล่าว่าป่าโตแล้ว",
        "ชวนเดินป่า ย่านริมน้ำ 24 พ.ค. นี้ ณ ลานริมน้ำ\nชาวบ้านเล่าว่าป่าโตแล้ว",
    ],
)
def test_what_is_to_come(text):
    assert event(text, date(2025, 5, 20)) == "2025-05-24"


def test_what_was_to_come_when_it_was_written_may_be_posted_late():
    text = "ผู้ใหญ่บ้านมีกำหนดการไปปลูกป่า ในวันเสาร์ที่ 24 พฤษภาคม 2568 นี้"
    assert event(text, NEWS + timedelta(days=100)) == "2025-05-24"
    assert event(text, NEWS + timedelta(days=101)) is None
    assert event("ต้นไม้ 300 ต้น ณ วันเสาร์ที่ 24 พฤษภาคม 2568 เวลา 09.00 น.", NEWS + timedelta(days=50)) is None


@every_row(
    "text",
    [
        "ขอเชิญสมัครปลูกป่า ปิดรับสมัครในวันที่ 24 พฤษภาคม 2568 เวลา 09.00 น.",
        "ขอเชิญลงทะเบียนในวันที่ 24 พฤษภาคม 2568 ณ ลานริมน้ำ",
        "ชาวบ้านจะจ่ายเงินในวันที่ 24 พฤษภาคม 2568 ณ ลานริมน้ำ",
        "ปลูกได้ถึงวันที่ 24 พฤษภาคม 2568 ณ ลานริมน้ำ",
        "ชาวบ้านจะเดินทางกลับในช่วงวันที่ 24-26 พฤษภาคม 2568",
        "ชาวบ้านว่าป่าโตทันในวันที่ 24 พฤษภาคม 2568 ปลูกอีก",
        f"ชาวบ้านปลูกป่า{FILLER * 150} จะปลูกอีกในวันที่ 24 พฤษภาคม 2568 ณ ลานริมน้ำ",
    ],
)
def test_deadlines_and_payouts_to_come_are_no_event(text):
    assert event(text, date(2025, 5, 20)) is None


@every_row(
    "text",
    [
        "กรณีชาวบ้านพบต้นไม้ล้ม เมื่อวันที่ 24 พฤษภาคม 2568 ริมน้ำ",
        "จากเหตุต้นไม้ล้ม เมื่อวันที่ 24 พฤษภาคม 2568 ริมน้ำ",
        "ชาวบ้านพบต้นไม้ล้ม เมื่อวันที่ 24 พฤษภาคม 2568 นั้น",
        "ชาวบ้านพบต้นไม้ล้ม เมื่อวันที่ 24 พฤษภาคม 2568 ที่ผ่านมา นั้น",
        "ระเบียบสวนลงในราชกิจจานุเบกษาแล้ว เมื่อวันที่ 24 พฤษภาคม 2568 ริมน้ำ",
        "สลากสวนงวดประจำวันที่ 24 พฤษภาคม 2568 ออกแล้ว",
        "ป่าปัจจุบัน (24 พฤษภาคม 2568) โตแล้ว",
    ],
)
def test_what_the_news_comes_from_is_no_event(text):
    assert event(text) is None
    assert event(f"ปลูกป่า\n{text}") is None


def test_the_place_behind_a_date_outweighs_a_word_before_it():
    assert event("ชาวบ้านร่วมกันลดอุบัติเหตุ เมื่อวันที่ 24 พฤษภาคม 2568 ณ ลานริมน้ำ") == "2025-05-24"
    assert event("ชาวบ้านร่วมกันลดอุบัติเหตุ เมื่อวันที่ 24 พฤษภาคม 2568 ริมน้ำ") is None
    assert event("ตามประกาศ เมื่อวันที่ 24 พฤษภาคม 2568 ณ ลานริมน้ำ") is None


def test_the_place_may_stand_before_the_date():
    behind = FILLER * 110 + " ณ โรงแรมริมน้ำ จังหวัดน่าน เมื่อวันที่ 10 พฤษภาคม 2568 โดยมีชาวบ้านร่วมงาน"
    assert event(behind) == "2025-05-10"
    assert event(behind.replace(" ณ โรงแรมริมน้ำ", " งานริมน้ำ")) is None


def test_a_meeting_or_a_visit_behind_a_day_is_the_event_far_on():
    far = FILLER * 110 + " เมื่อวันที่ 21 พฤษภาคม 2568 นายมั่น ใจดี"
    assert event(f"{far} ได้เดินทางไปตรวจเยี่ยมสวนบัว") == "2025-05-21"
    assert event(f"{far} ปลูกบัว") is None
    assert event(f"{far.replace('21 พ', '11 พ')} ได้เดินทางไปตรวจเยี่ยมสวนบัว") is None


def test_the_days_of_raids_are_the_event_although_their_results_are_counted():
    days = "ระหว่างวันที่ 20 - 22 พฤษภาคม 2568 พบเรือเถื่อน 30 ลำ"
    assert event(f"ผลการปราบปรามเรือเถื่อนของสวนน้ำ {days}") == "2025-05-20/2025-05-22"
    assert event(f"ชาวบ้านริมน้ำเล่าว่า {days}") is None


def test_the_place_before_the_day_may_be_long():
    place = "ณ ศาลาริมน้ำของสวนบัวขาวและชาวสวนแห่งเมืองใหม่ เลขที่ 12 ถนนริมคลอง ตำบลบัวขาว อำเภอริมคลอง จังหวัดน่าน"
    assert 80 < len(place) < 110
    assert event(f"{FILLER * 110} ชาวสวนพบกัน {place} เมื่อวันที่ 10 พฤษภาคม 2568 แล้วปลูกบัว") == "2025-05-10"


def test_what_is_held_for_long():
    assert event("ชาวบ้านเล่าว่า งานจัดขึ้นระหว่างวันที่ 1 พฤษภาคม - 30 มิถุนายน 2568 ริมน้ำ") == "2025-05-01/2025-06-30"
    assert event("ชาวบ้านเล่าว่า งานปลูกป่า ระหว่างวันที่ 1 พฤษภาคม - 30 มิถุนายน 2568 ริมน้ำ") is None


@every_row(
    "text", ["ชาวบ้านเปิดสวนทั้งวัน ตั้งแต่วันที่ 1 พฤษภาคม - 30 มิถุนายน 2568", "ชาวบ้านเข้าสวนฟรี ตั้งแต่ 1 พ.ค. ถึง 30 มิ.ย. 68 ทุกวัน"]
)
def test_the_period_of_a_measure(text):
    assert event(text) == "2025-05-01/2025-06-30"
    assert event(f"รับสมัครคนสวน {text}") is None


def test_what_is_weeks_old_is_told_early():
    text = "{}ชาวบ้านปลูกป่า เมื่อวันที่ 12 พฤษภาคม 2568{}"
    assert event(text.format("", " ริมน้ำ")) == "2025-05-12"
    assert event(text.format(FILLER * 60, " ริมน้ำ")) is None
    # Unless what was said there follows.
    assert event(text.format(FILLER * 60, " ที่ผ่านมา ว่าป่าโตแล้ว")) == "2025-05-12"


def test_the_opening_of_what_lasts_is_one_day():
    held = "งานจัดขึ้นระหว่างวันที่ 24-26 พฤษภาคม 2568"
    assert event(f"วันนี้ (24 พ.ค. 68) ชาวบ้านชมสวน {held}") == "2025-05-24/2025-05-26"
    assert event(f"วันนี้ (24 พ.ค. 68) ชาวบ้านเป็นประธานเปิดงานชมสวน {held}") == "2025-05-24"


def test_the_end_of_what_lasts_is_one_day():
    held = "งานจัดขึ้นระหว่างวันที่ 22-24 พฤษภาคม 2568"
    assert event(f"วันนี้ (24 พ.ค. 68) ชาวบ้านร่วมพิธีปิดงานชมสวน {held}") == "2025-05-24"


@every_row(
    "text", ["จังหวัดน่าน 24 พฤษภาคม 2568 ปลูกอีก", "ดูจังหวัดน่าน : 24 พฤษภาคม 2568 ปลูกอีก", "อำเภอน่าน : 24 พฤษภาคม 2568"]
)
def test_a_day_behind_a_province_alone_is_no_dateline(text):
    assert event(f"ชาวบ้านปลูกป่าริมน้ำ\n{text} {FILLER}") is None


@every_row(
    "text",
    [
        "ครูสวน แถลงมติคณะรัฐมนตรี (24 พฤษภาคม 2568) เห็นชอบแผนปลูกป่า",
        "ครม. มีมติ (24 พ.ค. 68) เห็นชอบแผนปลูกป่า",
        "คณะรัฐมนตรีได้มีมติ เมื่อวันที่ 24 พฤษภาคม 2568 เห็นชอบแผนปลูกป่า",
        "ราชกิจจานุเบกษา เมื่อวันที่ 24 พฤษภาคม 2568 เผยแพร่ระเบียบสวน",
        "ครูสวนเล่าเรื่องป่า\nเว็บไซต์ราชกิจจานุเบกษา เมื่อวันที่ 24 พฤษภาคม 2568 ได้เผยแพร่ระเบียบสวน",
    ],
)
def test_what_was_resolved_or_published_on_the_last_days_is_the_news(text):
    assert event(text) == event(text, NEWS + timedelta(days=2)) == "2025-05-24"
    assert event(text, NEWS + timedelta(days=30)) is None
    assert event(FILLER * 60 + " ตาม" + text.replace("แถลง", "")) is None


def test_a_jubilee_in_the_name_of_a_house_dates_nothing():
    text = "ชาวบ้านปลูกป่า ณ ศูนย์ราชการเฉลิมพระเกียรติ {}ฯ กรุงเทพฯ เมื่อวันที่ 24 พฤษภาคม 2568 ริมน้ำ"
    assert event(text.format("80 พรรษา")) == event(text.format("๘๐ พรรษา")) == "2025-05-24"
    assert event("ชาวบ้านถวายพระพรชัยมงคล เนื่องในวันเฉลิมพระชนมพรรษา (24 พฤษภาคม 2568) ริมน้ำ") is None


@every_row(
    "text",
    [
        "ณ ศาลาสวนบัว จังหวัดน่าน เมื่อวันที่ 22 พฤษภาคม 2568",
        "เข้าร่วม เมื่อวันที่ 22 พฤษภาคม 2568 ณ ศาลาสวนบัว จังหวัดน่าน",
        "ซึ่งจัดขึ้น เมื่อวันที่ 22 พฤษภาคม 2568 ที่ผ่านมา ณ ศาลาสวนบัว จังหวัดน่าน",
    ],
)
def test_the_day_and_its_place_may_close_a_long_text(text):
    far = f"ชาวบ้านเล่าเรื่องป่า{FILLER * 500} ชาวสวนหลายคน "
    assert event(far + text) == "2025-05-22"
    assert event(far + text, NEWS + timedelta(days=8)) is None
    assert event(f"{far}{text}\n{FILLER * 50}") is None
    # An earlier date that the news is about comes first.
    assert event(f"วันที่ 20 พฤษภาคม 2568 {far}{text}") == "2025-05-20"
    assert event(far + text.replace("เข้าร่วม", "จะพบ").replace("จัดขึ้น", "จะจัดขึ้น").replace("ณ ", "จะจัด ณ ", 1)) is None


@every_row(
    ("text", "expected"),
    [
        ("ครูสวนเล่าว่า ในวันเสาร์ที่ 24 พฤษภาคม 2568 นายมั่น ใจดี จะเดินทางไปริมน้ำ", "2025-05-24"),
        ("ครูสวนเล่าว่า วันเสาร์ที่ 24 พฤษภาคมนี้ นายมั่น ใจดี มีกำหนดเดินทางไปริมน้ำ", "2025-05-24"),
        ("ครูสวนเล่าว่า ในวันเสาร์ที่ 24 พฤษภาคมนี้ ขอเชิญร่วมลงทะเบียนคนปลูกป่า", None),
        ("ครูสวนชวนร่วมงาน “บัวบานริมน้ำ” 24 พฤษภาคมนี้ ทั้งวัน", "2025-05-24"),
        ("ครูสวนเล่าเรื่อง “บัวบานริมน้ำ” 24 พฤษภาคมนี้ ทั้งวัน", None),
    ],
)
def test_what_is_to_come_may_be_said_behind_its_day(text, expected):
    assert event(text, date(2025, 5, 20)) == expected


def test_a_list_gives_its_first_day():
    assert event("เมื่อวันที่ 20, 22 และ 24 พฤษภาคม 2568 ชาวบ้านปลูกป่า") == "2025-05-20"


def test_a_missing_year_is_that_of_the_news():
    assert event("วันนี้ (30 ธันวาคม) ชาวบ้านปลูกป่า", date(2025, 1, 2)) == "2024-12-30"
    assert event("วันนี้ (2 มกราคม) ชาวบ้านปลูกป่า", date(2024, 12, 30)) == "2025-01-02"


PIECES = st.sampled_from(
    [*TODAY, *YESTERDAY, *OPENS, *CUES, *HELD, *NO_CUES, "\n", " ", "(", "-", "วันที่", "เดือน", " " * 60, "\n" * 60]
)


@given(st.lists(PIECES).map("".join) | st.text(), st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_any_text_has_an_event_of_its_own_or_none(text, reference):
    mentions = read_dates(text, reference)
    found = find_event(text, mentions, reference)
    assert found is None or found.span in {mention.span for mention in mentions}  # its year may be that of the news
    assert find_event(text, [], reference) is None


@every_row("filler", [" ", "\n", "-", "(", "วัน", "เมื่อ", "ระหว่าง", "วันนี้ ", "กรุงเทพ-", "a", "on "])
def test_hostile_input_is_read(filler):
    """A pattern that tries every way to divide the text before a date hangs on these."""
    long = filler * 60 + "24 พฤษภาคม 2568"
    for text in (long * 100, f"ปลูกป่า{long} " * 100):
        find_event(text, read_dates(text, NEWS), NEWS)


def test_many_dates_in_one_paragraph_are_read():
    """A search for the ends of the paragraph at each date hangs on this."""
    text = "ริมน้ำ 24 พฤษภาคม 2568 " * 50_000
    assert event(text) is None


@every_row(
    ("text", "reference", "expected"),
    [
        ("วันนี้ (18 ม.ค. 63) มีพิธีเปิดศูนย์", date(2021, 1, 19), "2021-01-18"),
        ("วันนี้ (31 ธ.ค. 66) มีพิธีเปิดศูนย์", date(2025, 1, 1), "2024-12-31"),
        ("วันนี้ (29 ก.พ. 67) มีพิธีเปิดศูนย์", date(2025, 6, 1), None),
        ("วันนี้ (18 ม.ค. 60) มีพิธีเปิดศูนย์", date(2021, 1, 19), "2021-01-18"),
        ("วันนี้ (18 มิ.ย. 63) มีพิธีเปิดศูนย์", date(2021, 1, 19), None),
        ("วันที่ 18 ม.ค. 63 มีพิธีเปิดศูนย์", date(2021, 1, 19), "2021-01-18"),
        ("January 18, 2020, the center was opened", date(2021, 1, 19), "2021-01-18"),
        ("ศูนย์ริมน้ำ\nวันที่ 18 ม.ค. 63 มีพิธีเปิดศูนย์", date(2021, 1, 19), None),
        ("ศูนย์ริมน้ำเปิดเมื่อวันที่ 18 ม.ค. 63", date(2021, 1, 19), None),
    ],
)
def test_a_slip_in_the_year_of_today_is_mended(text: str, reference: date, expected: str | None) -> None:
    found = find_event(text, read_dates(text, reference), reference)
    assert (found.start if found else None) == expected


TO_COME = "งานกำหนดจัดขึ้น ระหว่างวันที่ 24-26 พฤษภาคม 2568 ณ ลานริมน้ำ"


@every_row(
    ("text", "expected"),
    [
        # What a meeting was told of another event.
        (f"ครูสวน เข้าร่วมประชุมเรื่องน้ำ {FILLER * 50} {TO_COME}", None),
        (f"ครูสวน ต้อนรับเพื่อนบ้าน {FILLER * 50} {TO_COME}", None),
        (f"ครูสวน จะเข้าร่วมประชุมเรื่องน้ำ {FILLER * 50} {TO_COME}", "2025-05-24/2025-05-26"),
        (f"ครูสวน เข้าร่วมประชุมเรื่องป่า {TO_COME}", "2025-05-24/2025-05-26"),
        (f"ครูสวน เล่าเรื่องป่า {FILLER * 50} {TO_COME}", "2025-05-24/2025-05-26"),
        # The beginning of a service, and a payout.
        (f"{FILLER * 70} ปลูกได้ ตั้งแต่วันเสาร์ที่ 24 พฤษภาคม 2568 เวลา 09.00 น. เป็นต้นไป", None),
        ("ชาวบ้านปลูกได้ ตั้งแต่วันเสาร์ที่ 24 พฤษภาคม 2568 เวลา 09.00 น. เป็นต้นไป", "2025-05-24"),
        (f"{FILLER * 70} จะมีการประกาศผลผู้ปลูกป่าชายเลนทางตอนเหนือของริมน้ำ ในวันที่ 24 พฤษภาคม 2568", None),
        ("จะมีการประกาศผลผู้ปลูกป่าชายเลนทางตอนเหนือของริมน้ำ ในวันที่ 24 พฤษภาคม 2568", "2025-05-24"),
        ("ครูเล่าว่า เปิดให้จองต้นไม้ตั้งแต่วันพรุ่งนี้ (24 พฤษภาคม 2568) ที่ตลาด", None),
        # A forecast.
        ("ครูเล่าว่า คาดว่าพายุจะเคลื่อนเข้าริมน้ำและป่าชายเลนทางตอนเหนือในวันที่ 24 พฤษภาคม 2568\nระวังน้ำ", None),
        ("ครูเล่าว่า คาดว่าคนจะเดินทางออกจากริมน้ำ ตั้งแต่วันที่ 24-26 พฤษภาคม 2568\nระวังน้ำ", None),
    ],
)
def test_dates_to_come_that_are_told_in_passing(text: str, expected: str | None) -> None:
    assert event(text, date(2025, 5, 20)) == expected


def test_days_over_which_something_was_done_are_no_period() -> None:
    days = "ตั้งแต่วันที่ 20-22 พฤษภาคม 2568"
    assert event(f"ชาวบ้านเล่าว่า {days} ครูสวน ได้ดำเนินการรดน้ำ 30 แปลง") is None
    assert event(f"ชาวบ้านเล่าว่า ตลาดเปิด {days} ที่ริมน้ำ") == "2025-05-20/2025-05-22"


@every_row("word", ["โดย", "ล่าสุด", "ล่าสุด "])
def test_a_paragraph_that_goes_on_with_a_day(word: str) -> None:
    text = f"ชาวบ้านปลูกป่า{FILLER * 120}\n{word}เมื่อวันเสาร์ที่ 24 พฤษภาคม 2568 ครูสวน ได้ลงพื้นที่ริมน้ำ"
    assert event(text, NEWS + timedelta(days=30)) == "2025-05-24"
    assert event(text, NEWS - timedelta(days=1)) is None
    # An earlier date that the news is about comes first.
    assert event(f"ชาวบ้านรดน้ำ เมื่อวันที่ 22 พฤษภาคม 2568\n{text}") == "2025-05-22"


@every_row("held", ["จัดฝึกอบรมชาวสวนรุ่นใหม่จากป่าชายเลนขึ้น ", "จัดโครงการ “ปลูกป่าริมน้ำด้วยกันทุกคน ครบรอบ 9 ปี” "])
def test_what_is_held_has_a_name_before_its_days(held: str) -> None:
    text = f"ชาวบ้านเล่าเรื่องป่า{FILLER * 130} จึง{held}ระหว่างวันที่ 20-22 พฤษภาคม 2568 ริมน้ำ"
    assert event(text) == "2025-05-20/2025-05-22"


@every_row(
    ("text", "expected"),
    [
        ("ตลาดอำนวยความสะดวกชาวบ้าน ช่วงเทศกาลปีใหม่ ระหว่างวันที่ 26-28 พฤษภาคม 2568 ทุกวัน", "2025-05-26/2025-05-28"),
        ("ตลาดรองรับชาวบ้าน ช่วงเทศกาลสงกรานต์ 26-28 พฤษภาคม 2568 ทุกวัน", "2025-05-26/2025-05-28"),
        ("ตามที่ตลาดรองรับชาวบ้าน ช่วงเทศกาลปีใหม่ ระหว่างวันที่ 26-28 พฤษภาคม 2568 ทุกวัน", None),
        ("ตลาดเล่าเรื่องช่วงเทศกาลปีใหม่ ระหว่างวันที่ 26-28 พฤษภาคม 2568 ทุกวัน", None),
    ],
)
def test_days_of_a_festival_with_a_service(text: str, expected: str | None) -> None:
    assert event(text) == expected


@every_row("was", ["เมื่อวันที่ 24 พฤษภาคม 2568 ที่ผ่านมา", "ตั้งแต่วันที่ 24 พฤษภาคม 2568 เป็นต้นมา"])
def test_what_is_past_was_not_to_come(was: str) -> None:
    news = NEWS + timedelta(days=60)
    assert event(f"ตลาดริมน้ำจัดงานปลูกป่า {was} ชาวบ้านเล่าว่าป่าโตแล้ว", news) is None
    assert event("ตลาดริมน้ำจัดงานปลูกป่า วันที่ 24 พฤษภาคม 2568 ชาวบ้านเล่าว่าป่าโตแล้ว", news) == "2025-05-24"
