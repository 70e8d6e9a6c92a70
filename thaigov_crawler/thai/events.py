"""The event: on which day, or days, what an article reports took place."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from thaigov_crawler.thai.dates import DateInText, read_dates
from thaigov_crawler.thai.dates.weekdays import WEEKDAY
from thaigov_crawler.thai.words import pattern

# Where the opening of an article ends: what it reports is dated by then, what comes later is background.
OPENING = 1500
# Days between the event and the day of the news, at most: what is farther off is background. Fewer the less
# a date's place in the text says: at the beginning, in the middle of a sentence, without a preposition.
NEAR, NEAR_CUE, NEAR_MEETING = 45, 21, 7
# Days that today is from the news, at most, where its year is a slip.
SLIP = 7
# Days that an event lasts, at most: longer ranges are campaigns, seasons and periods of statistics.
LONGEST = 31
# How much of the text is looked at before a date …
BEFORE = 60
# … before a range that stands in another paragraph …
BEFORE_RANGE = 90
# … and for a word that makes the date another than the event's.
JUST_BEFORE = 30
# Characters of asterisks and the like beside a date that is a paragraph of its own.
LONGEST_ORNAMENT = 120
# Characters of a lead that is only a date, at most.
LONGEST_BROADCAST = 60

_THE_DAY = r"วัน\s?\S{0,10}?\s?ที่"  # วันที่, วันพุธที่, วันพุธ ที่
_TIME_OF_DAY = "(?:ช่วง)?(?:เช้า|สาย|บ่าย|เย็น|ค่ำ)(?:ของ)?"
_TODAY = re.compile(
    rf"(?:วันนี้|วันเดียวกันนี้)\s*(?:เวลา[^()\n]{{0,20}})?[(\[,]?\s*(?:ตรงกับ)?(?:{_THE_DAY}|ที่)?\s*$"
    r"|\b[Tt]oday,?(?: \w+day,?)?\s*[(\[]?\s*$"
)
_YESTERDAY = re.compile(rf"(?:วานนี้|เมื่อวาน|\b[Yy]esterday,?)\s*[(\[,]?\s*(?:{_THE_DAY})?\s*$")
_OPENS_PARAGRAPH = re.compile(
    r"(?:^|\n)[\s(\[*“\"•–—-]*"
    r"(?:กรุงเทพ(?:ฯ|มหานคร)?\s*[-–—(]*\s*|\(?ครม\.?\)?\s*)?"
    rf"(?:{_TIME_OF_DAY})?(?:เมื่อ|ใน|ระหว่าง)?\s*(?:{_TIME_OF_DAY})?\s*(?:{_THE_DAY}|วัน\S{{0,10}})?\s*[(\[]?\s*"
    r"(?:[Oo]n\s+)?(?:\w+day,?\s+)?$"
)
_CUE = re.compile(
    rf"(?:(?:เมื่อ|ใน|ระหว่าง|ประจำ)(?:{_TIME_OF_DAY})?\s*{_THE_DAY}|เมื่อ|ระหว่าง|[(\[]\s*(?:{_THE_DAY})?"
    r"|\bon(?: \w+day,?)?|\bfrom|\bbetween|\bheld)\s*$"
)
_NO_CUE = re.compile(pattern("events_other_dates", "events_other_dates_cued"))
# A meeting, or a statement, and the day without a preposition: `ที่ประชุมคณะรัฐมนตรี (ครม.) วันที่ 5 …`.
_MEETING = re.compile(
    rf"(?:{pattern('events_meetings')}[^\n]{{0,45}}|ครม\.?\)?|{pattern('events_statements')})\s*{_THE_DAY}\s*$"
)
_NO_MEETING = re.compile(pattern("events_other_dates", "events_other_dates_met"))
_ON_THE_DAY = re.compile(rf"(?<!ณ)\s{_THE_DAY}\s*$")
_PLACE_FOLLOWS = re.compile(r"\s*(?:เวลา\s?\d|ณ\s)")
# What follows a range that statistics are counted over.
_COUNTED = re.compile(rf"[\s)\]]*(?:ที่ผ่านมา)?[\s,]*(?:โดย)?\s?(?:ศูนย์\S{{0,25}}?)?\s?{pattern('events_counted')}")
_PERIOD = re.compile(pattern("events_periods"))
_HOLDS = re.compile(rf"{pattern('events_held_for_days')}|\bheld\b")
_HELD = re.compile(rf"ระหว่าง\s*(?:{_THE_DAY})?\s*$|\b(?:from|between|on)\s*$")

_DAY_AND_HOUR = re.compile(rf"(?:วัน\s?{WEEKDAY}?\s?ที่)?\s*(?:เวลา\s?[\d.:]{{4,5}}\s?(?:น\.?)?)?")


def is_day_of_broadcast(lead: str, reference: date | None) -> bool:
    """Tell whether a cleaned lead is nothing but one day, as of radio programmes: the day of the broadcast."""
    if len(lead) > LONGEST_BROADCAST:
        return False
    days = read_dates(lead, reference)
    if len(days) != 1 or days[0].start != days[0].end:
        return False
    start, end = days[0].span
    return bool(_DAY_AND_HOUR.fullmatch(lead[:start] + lead[end:]))


def find_event(text: str, mentions: list[DateInText], reference: date | None) -> DateInText | None:
    """Return the mention that dates what a cleaned text reports, or None where it dates nothing.

    The rule, in words: the event is in the opening of the text (its first 1,500 characters), on the first
    of these that there is:

    1. a date behind วันนี้ (today),
    2. a date behind วานนี้ (yesterday),
    3. a date that opens a paragraph: `วันที่ 5 …`, `(5 …)`, `กรุงเทพฯ – 5 …`, `August 2, 2021, at …`,
    4. a date behind เมื่อ, ในวันที่ or ระหว่าง, or in brackets, of the last 21 days before the news, unless words
       before it make it a deadline, a beginning, a resolution, a report of others or the date of a document
       (ภายใน, ตั้งแต่, มติ, เป็นข่าว, ลงวันที่ …), or it is a range that something is counted over,
    5. a date of the last 7 days behind a meeting or a statement (`ที่ประชุม… วันที่ 5`, `ครม. วันที่ 5`), or
       with its hour or place behind it (`วันที่ 5 … เวลา 9.00`, `วันที่ 5 … ณ …`);

    else, anywhere, on the date that is a paragraph of its own (a dateline at the end). Where the opening says
    that something is held on a range of days around that day (จัด … ระหว่างวันที่ …), the event is the range.

    Always days, not a month, 31 at most, and none farther than 45 days from `reference`, the day of the news
    (no such limits without one); but a slip in the year behind วันนี้ is mended. A bare วันนี้ without a date
    dates nothing.
    """
    opening = [mention for mention in mentions if mention.span[0] < OPENING]
    opening = [near for mention in opening if (near := _near(text, mention, reference))]
    for is_the_event, days in _RULES:
        for mention in opening:
            if (days is None or _is_past(mention, reference, days)) and is_the_event(text, mention):
                return _whole_event(text, mention, opening)
    lines = (mention for mention in mentions if _is_dateline(text, mention))
    return next((mention for mention in lines if _near(text, mention, reference)), None)


def _near(text: str, mention: DateInText, reference: date | None) -> DateInText | None:
    """The mention, if it can be the event's: days, not many, near the news; mended where its year is a slip."""
    start = date.fromisoformat(mention.start)
    short = mention.start == mention.end or (date.fromisoformat(mention.end) - start).days < LONGEST
    if mention.precision != "day" or not short:
        return None
    if reference is None or abs((start - reference).days) <= NEAR:
        return mention
    return _year_mended(text, mention, reference)


def _year_mended(text: str, mention: DateInText, reference: date) -> DateInText | None:
    """A date behind วันนี้ whose year is off by one (about 20 of 12,615 articles): today is in the year of the news."""
    if mention.start != mention.end or not _is_today(text, mention):
        return None
    first, last = reference - timedelta(days=SLIP), reference + timedelta(days=SLIP)
    for year in (first.year, last.year):
        with contextlib.suppress(ValueError):  # 29 February
            day = date.fromisoformat(mention.start).replace(year=year)
            if first <= day <= last and abs(year - int(mention.start[:4])) == 1:
                return replace(mention, start=day.isoformat(), end=day.isoformat())
    return None


def _is_past(mention: DateInText, reference: date | None, days: int) -> bool:
    return reference is None or 0 <= (reference - date.fromisoformat(mention.start)).days <= days


def _before(text: str, mention: DateInText, length: int = BEFORE) -> str:
    return text[max(0, mention.span[0] - length) : mention.span[0]]


def _same_paragraph(before: str) -> str:
    return before.rpartition("\n")[2]


def _just_before(before: str) -> str:
    return _same_paragraph(before)[-JUST_BEFORE:]


def _is_today(text: str, mention: DateInText) -> bool:
    return bool(_TODAY.search(_before(text, mention)))


def _is_yesterday(text: str, mention: DateInText) -> bool:
    return bool(_YESTERDAY.search(_before(text, mention)))


def _opens_paragraph(text: str, mention: DateInText) -> bool:
    before = _before(text, mention)
    begins = len(before) < BEFORE or "\n" in before  # of the text or of a paragraph
    return begins and bool(_OPENS_PARAGRAPH.search(before))


def _is_cued(text: str, mention: DateInText) -> bool:
    before = _before(text, mention)
    return bool(_CUE.search(before)) and not (_NO_CUE.search(_just_before(before)) or _is_counted(text, mention))


def _is_met(text: str, mention: DateInText) -> bool:
    before = _before(text, mention)
    placed = _ON_THE_DAY.search(before) and _PLACE_FOLLOWS.match(text, mention.span[1])
    if not (placed or _MEETING.search(before)):
        return False
    return not (_NO_MEETING.search(_just_before(before)) or _is_counted(text, mention))


def _is_counted(text: str, mention: DateInText) -> bool:
    """Whether a range is one that something is counted over: `ระหว่างวันที่ 3-9 … พบ 20 ราย`."""
    return mention.start != mention.end and bool(_COUNTED.match(text, mention.span[1]))


def _whole_event(text: str, day: DateInText, opening: list[DateInText]) -> DateInText:
    """The days of the event that a single day is one of: `วันนี้ (11 …) … จัดขึ้นระหว่างวันที่ 4-12 …`."""
    for mention in opening:
        if mention.start == mention.end or not mention.start <= day.start <= day.end <= mention.end:
            continue
        before = _before(text, mention)
        if not _HELD.search(before) or _PERIOD.search(_same_paragraph(before)) or _is_counted(text, mention):
            continue
        between = text[min(day.span[1], mention.span[1]) : max(day.span[0], mention.span[0])]
        if "\n" not in between or _HOLDS.search(_same_paragraph(_before(text, mention, BEFORE_RANGE))):
            return mention
    return day


def _is_dateline(text: str, mention: DateInText) -> bool:
    """Whether a paragraph is nothing but the date and its ornaments, as releases of some ministries end."""
    start, end = mention.span
    before = text[max(0, start - LONGEST_ORNAMENT) : start].rpartition("\n")
    behind = text[end : end + LONGEST_ORNAMENT].partition("\n")
    return bool(before[1]) and not re.search(r"\w", before[2] + behind[0])


# What tells the event's date, in the order in which it is asked for, and how many days of the past it may lie in then
# (None: as near as any).
_RULES: tuple[tuple[Callable[[str, DateInText], bool], int | None], ...] = (
    (_is_today, None),
    (_is_yesterday, None),
    (_opens_paragraph, None),
    (_is_cued, NEAR_CUE),
    (_is_met, NEAR_MEETING),
)
