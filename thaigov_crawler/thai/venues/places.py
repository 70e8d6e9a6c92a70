"""What may be a place: a phrase behind a word that introduces places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from thaigov_crawler.thai.scanning import matches, starts
from thaigov_crawler.thai.venues.ends import english_end, thai_end
from thaigov_crawler.thai.venues.shapes import CLOCK, HALL, PLACE, PROVINCE, SITE
from thaigov_crawler.thai.words import Entry, Shape, entries, pattern

# The opening of an article ends so many characters behind the event's date or the beginning. What is reported has its
# place by then. Later places are background.
OPENING = 2000
# The most and the fewest characters of a place.
LONGEST, SHORTEST = 160, 4

# A province that is visited, and no part of a longer word: ผู้ว่าราชการจังหวัด, กลุ่มจังหวัด.
_PROVINCE = (
    "(?:(?<!ต่าง)(?<!หลาย)(?<!ทุก)(?<!ว่าราชการ)(?<!กลุ่ม)(?<!ศาล)(?<!สำนักงาน)(?<!คณะกรรมการ)(?=จังหวัด)|(?=จ[.](?![ก-ฮ][.])))"
)

_HALL = rf"(?:บริเวณ(?:ด้าน)?(?:หน้า|โถง|ทางเชื่อม)?)?{HALL.pattern}"
# What stands before ณ if it is glued to a word: `เข้าร่วมประชุมณ ห้อง…`. No word ends in it and ณ, as บริเวณ and คุณ do.
_BEFORE_GLUED_NA = "[นมงยดบกต้่ๆฯ]"
_GLUED_NA = rf"(?<={_BEFORE_GLUED_NA})ณ"

# The words before what may be a place: ณ, ที่, ลงพื้นที่ ("went out to"), and words in English.
_MARK = re.compile(
    rf"(?P<na>(?<![ก-๎])ณ(?:[.:]?[ \n]|(?={PLACE}))(?=[\w“\"(])|{_GLUED_NA}[ \n](?={_HALL}))"
    rf"|(?P<visit>{pattern('venues_visits')})[ ]?(?:{pattern('venues_visit_acts')}[ ]?){{0,4}}"
    rf"(?:(?:(?:ที่|ใน|ณ)[ ]?)?(?={SITE}|{pattern('venues_visited')})|(?:(?!ณ[ ]|{SITE})[^\n]){{0,50}}{_PROVINCE})"
    rf"|ใน(?P<area>พื้นที่)[ ]?(?={SITE})"
    r"|(?<!พื้น)(?<!หน้า)(?<!ท้อง)(?<!ขณะ)(?<!ตาม)(?<!เท่า)(?<!จากการ)(?<!\sการ)(?<!ทั้ง)"
    rf"(?P<thi>ที่)[ ]?(?=[(“\"]?{PLACE})"
    r"|\b(?P<english>at|in|(?<=visit )to|(?<=visits )to|(?<=trip )to)[ ](?=(?:the[ ])?(?:[A-Z]|\d+\w\w[ ]Floor))"
)
# The beginnings of these words. _MARK is tried nowhere else, because at most letters it takes long to fail.
_MARK_BEGINS = re.compile(
    pattern(
        "venues_visits",
        [Shape("ณ", rf"(?:(?<![ก-๎]ณ)|(?<={_BEFORE_GLUED_NA}ณ)(?=[ \n]))"), Shape("ที่", ""), Shape("ใน", "(?=พื้นที่)")],
        [Shape(word, rf"(?<!\w{word})(?=\ )") for word in ("at", "in", "to")],
    )
)

# A province that somebody visits, with a verb glued to it: ลงพื้นที่จังหวัดแพร่ติดตาม….
_PROVINCES = pattern([Entry(name) for entry in entries("venues_provinces") for name in entry.all_words])
_VISITED_PROVINCE = re.compile(rf"(?:จังหวัด|จ[.]) ?{_PROVINCES}(?=[ก-๎])(?!และ)")
# A province at the end of an address, and a space that no other part of it follows: `จ.แพร่ เตรียม…`.
_PART = rf"{PLACE}|{pattern('venues_go_on_parts')}"
_GOES_ON = rf"[(\-–—/,“\"]|และ|หรือ|หน้า|หลัง|ภาค|หมายเลข|[ก-๎]{{4,15}}และ|{PROVINCE}|{_PART}|.*\ (?:{_PART})"
_ADDRESS_ENDS = re.compile(rf"(?:จังหวัด|จ[.])\ ?{PROVINCE}(?=\ (?!{_GOES_ON}))")
_PROVINCE_ENDS = re.compile(rf"{PROVINCE}(?=\ (?!{_GOES_ON}))")
_WHOLE_AREA = re.compile(rf"(?!.*(?:และ|[-–,]))(?:{pattern('venues_areas')}|{pattern('venues_provinces')}(?=\s|$))")
_AREA_FIRST = re.compile(rf"{pattern('venues_areas')}|{PROVINCE}|(?:ต่าง|หลาย)?จังหวัด|จ\.")
_BEHIND_DATE = re.compile(r", (?=[A-Z])")
# A hall without ณ or ที่ behind the event's date and its hour: `วันนี้ (5 …) เวลา 9.00 น. ห้องบัวหลวง …`.
_HALL_BEHIND_DATE = re.compile(rf"[)\]]?\s{{0,2}}(?:{CLOCK})?\s?(?:\([^()\n]{{0,70}}\)\s)?(?={_HALL})")


@dataclass(frozen=True, slots=True)
class Place:
    """A phrase that may be a place.

    `marker` is the kind of word that introduces it (`na`, `thi`, `visit`, `area`, `english`), and `at` is where that
    word begins. The place stands from `start` to `end`.
    """

    marker: str
    at: int
    start: int
    end: int


def is_whole_area(phrase: str) -> bool:
    """Tell whether a phrase is one whole province, city or country."""
    return bool(_WHOLE_AREA.match(phrase))


def begins_with_an_area(phrase: str) -> bool:
    """Tell whether a phrase is one or more provinces, cities or countries, or begins with one."""
    return bool(_AREA_FIRST.match(phrase))


def places_in(text: str, event_span: tuple[int, int] | None) -> Iterator[Place]:
    """Yield what may be a place in the opening of a cleaned text and around the event's date, in order.

    `event_span` is where the event's date stands, or None.
    """
    if event_span and (beside := _dateline(text, event_span[1]) or _unmarked_hall(text, event_span[1])):
        yield beside
    past = 0
    for mark in chain.from_iterable(_marks(text, *span) for span in _openings(event_span)):
        if mark.start() < past:  # part of the place before: สถานเอกอัครราชทูต ณ กรุง…
            continue
        marker, start = mark.lastgroup or "", mark.end()
        end = (english_end if marker == "english" else thai_end)(text, start, LONGEST)
        if marker == "visit" and (province := _VISITED_PROVINCE.match(text, start, end)):
            end = province.end()
        if last := _ADDRESS_ENDS.search(text, start, end) or _PROVINCE_ENDS.match(text, start, end):
            end = last.end()
        if SHORTEST <= end - start <= LONGEST:
            past = end
            yield Place(marker, mark.start(), start, end)


def _marks(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return matches(_MARK, text, starts(_MARK_BEGINS, text, start, end), end)


def _dateline(text: str, start: int) -> Place | None:
    """Return the place that ends the line of an English date: `1 June 2022, Government House`."""
    if not _BEHIND_DATE.match(text, start):
        return None
    end = english_end(text, start + 2, LONGEST)
    ends = text[end : end + 1] in ("\n", "") and SHORTEST <= end - start - 2 <= LONGEST
    return Place("english", start, start + 2, end) if ends else None


def _unmarked_hall(text: str, start: int) -> Place | None:
    """Return the hall that no word introduces right behind the event's date, which ends at `start`."""
    behind = _HALL_BEHIND_DATE.match(text, start)
    if not behind or behind.end() == start:
        return None
    end = thai_end(text, behind.end(), LONGEST)
    return Place("thi", behind.end(), behind.end(), end) if SHORTEST <= end - behind.end() <= LONGEST else None


def _openings(event_span: tuple[int, int] | None) -> list[tuple[int, int]]:
    """Return where places are looked for: in the beginning of the text, and around the event's date."""
    if event_span is None:
        return [(0, OPENING)]
    start, end = event_span[0] - OPENING, event_span[1] + OPENING
    return [(0, end)] if start <= OPENING else [(0, OPENING), (start, end)]
