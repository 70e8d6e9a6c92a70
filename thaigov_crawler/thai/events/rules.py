"""The rules that tell the event's date. The first rule that fits a date decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from thaigov_crawler.thai.dates import DateInText
from thaigov_crawler.thai.dates.weekdays import WEEKDAY
from thaigov_crawler.thai.events.deeds import is_day_of_deed
from thaigov_crawler.thai.events.to_come import is_forecast, is_told_in_passing
from thaigov_crawler.thai.words import pattern

# Numbers of characters. An article dates what it reports in its opening, and later dates are background. A date behind
# วันนี้ (today) may stand somewhat later. A date to come must stand earlier, because later ones are told in passing. So
# must a date some days before the news, and even more so a date some weeks before it.
OPENING, OPENING_TODAY, OPENING_TO_COME, OPENING_SOON, OPENING_HEAD = 1500, 2500, 800, 600, 300
# The most days between the event and the day of the news. What is farther off is background. A date whose place says
# less, in the middle of a sentence or without a preposition, must be nearer.
NEAR, NEAR_CUE, NEAR_MEETING = 45, 21, 7
# A date behind วันนี้ may be so many days old, because some articles are posted months late.
LATE = 100
# The most days until what is to come.
AHEAD = 200
# The most days that an event lasts. Longer ranges are campaigns, seasons and periods of statistics, unless the text
# says that something is held on them.
LONGEST, LONGEST_HELD = 31, 100
# Characters that are looked at before a date.
BEFORE = 60
# Characters before a range that stands in another paragraph than the day.
BEFORE_RANGE = 90
# Characters before a range in which a word of what is held on it is looked for.
BEFORE_HELD = 120
# Characters before a date in which a word makes it the date of something else than the event.
JUST_BEFORE = 30
# Characters before a date in which a word of what is to come is looked for.
BEFORE_TO_COME = 150
# Characters before a date in which a paragraph of background begins.
BEFORE_BACKGROUND = 150
# The most characters of a place before a date, and characters before a date in which that place begins.
LONGEST_PLACE, BEFORE_PLACED = 110, 150
# Characters behind a day in which a word of an opening is looked for.
BEHIND_OPENING = 200

# วันที่, วันพุธที่, วันพุธ ที่, พุธ, พ.
_THE_DAY = rf"(?:วัน\s?\S{{0,10}}?\s?ที่|(?:วัน)?{WEEKDAY}\s?(?:ที่)?|(?<=[(\s])(?:จ|อ|พ|พฤ|ศ|ส|อา)\.?(?=\s))"
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
# A paragraph that goes on to tell what happened: `โดยเมื่อวันที่ 5 … ได้ลงพื้นที่`.
_GOES_ON = re.compile(rf"\n(?:โดย|ล่าสุด)\s?เมื่อ(?:{_TIME_OF_DAY})?\s*(?:{_THE_DAY})?\s*$")
_CUE = re.compile(
    rf"(?:(?:เมื่อ|ใน|ระหว่าง|ประจำ)(?:{_TIME_OF_DAY})?\s*{_THE_DAY}|เมื่อ|ระหว่าง|[(\[]\s*(?:{_THE_DAY})?"
    r"|\bon(?: \w+day,?)?|\bfrom|\bbetween|\bduring|\bheld)\s*$"
)
_NO_DATE = re.compile(pattern("events_other_dates"))
_NO_CUE = re.compile(pattern("events_other_dates", "events_other_dates_cued"))
# A meeting or a statement, and then the day without a preposition: `ที่ประชุมคณะรัฐมนตรี (ครม.) วันที่ 5 …`.
_MEETING = re.compile(
    rf"(?:{pattern('events_meetings')}[^\n]{{0,45}}|ครม\.?\)?|{pattern('events_statements')})\s*{_THE_DAY}\s*$"
)
_NO_MEETING = re.compile(pattern("events_other_dates", "events_other_dates_met"))
_ON_THE_DAY = re.compile(rf"(?<!ณ)\s{_THE_DAY}\s*$")
_PLACE = r"(?:ตั้งแต่)?(?:เวลา\s?(?:ประมาณ\s?)?\d|ณ\s|ที่\s?(?:ห้อง|โรงแรม|ศูนย์|อาคาร|ตึก))"
_PLACE_FOLLOWS = re.compile(rf"\s*(?:ที่ผ่านมา|นี้)?\)?\s*{_PLACE}")
_SENTENCE_ENDS = re.compile(rf"\s*(?:ที่ผ่านมา|นี้)?\)?\s*(?:{_PLACE}|ว่า|\n|$)")
_PLACE_BEFORE = re.compile(rf"(?<![ก-๎])ณ\s[^\n]{{3,{LONGEST_PLACE}}}\sเมื่อ(?:{_TIME_OF_DAY})?\s*(?:{_THE_DAY})?\s*$")
# Something is counted over the range before it.
_COUNTED = re.compile(rf"[\s)\]]*(?:ที่ผ่านมา)?[\s,]*(?:โดย)?\s?(?:ศูนย์\S{{0,25}}?)?\s?{pattern('events_counted')}")
_RAIDS = re.compile("ผลการ(?:ปราบปราม|จับกุม|ตรวจค้น)")
_PERIOD = re.compile(pattern("events_periods"))
_BARE = re.compile(rf"(?:[^\s–-]\s|[”\"]|{_THE_DAY})\s*$")
_HEADLINE_ENDS = re.compile(r"\s*(?:นี้)?\s*[”\")]?\s*(?:\n|ณ\s|ที่\s?จังหวัด)")
_BACKGROUND = re.compile(rf"[\s“\"]*{pattern('events_background')}")
_BACKGROUND_BEHIND = re.compile(r"\s*(?:ที่ผ่านมา)?\s*นั้น")
# ตั้งแต่วันพรุ่งนี้ only says when something begins.
_TOMORROW = re.compile(rf"(?<!ตั้งแต่)(?<!ตั้งแต่วัน)พรุ่งนี้\s*[(\[,]?\s*(?:{_THE_DAY})?\s*$|\b[Tt]omorrow,?\s*[(\[]?\s*$")
_TO_COME_ON = re.compile(rf"(?:(?:ใน|ระหว่าง|ช่วง)?{_THE_DAY}|ระหว่าง|[(\[]|\bon(?: \w+day,?)?|\bfrom|\bduring)\s*$")
_TO_COME = re.compile(pattern("events_to_come"))
_WAS = re.compile(r"\s*(?:ที่ผ่านมา|เป็นต้นมา)")
_NO_APPOINTMENT = re.compile(pattern("events_no_appointments"))
_HELD_ON = re.compile(
    rf"{pattern('events_held_on')}(?:[^\n]{{0,20}}?|[^\n]{{0,80}}(?:ขึ้น|[”\"])\s?)(?:ใน)?(?:ระหว่าง|ตั้งแต่)\s*(?:{_THE_DAY})?\s*$"
)
# Something was done over the range before it: `ตั้งแต่วันที่ 3-9 … เจ้าหน้าที่ได้ปิดกั้น …`.
_DONE_SINCE = re.compile(r"[^\n]{0,45}?(?<!ราย)(?<!ผู้)ได้(?:ดำเนินการ|รับ|ทำ|ตรวจ|จับ|ปิดกั้น)")
_SINCE = re.compile(rf"(?:ตั้งแต่|มีผล)(?:บังคับใช้)?\s*(?:{_THE_DAY})?\s*$")
# The days of a festival, on which a service is given: `ช่วงเทศกาลปีใหม่ ระหว่างวันที่ 3-9 …`.
_FESTIVAL = re.compile(
    rf"เทศกาล(?:ปีใหม่|สงกรานต์|ตรุษจีน|ลอยกระทง|กินเจ)(?:[^\n]{{0,25}}?(?:ระหว่าง|\()\s*(?:{_THE_DAY})?\s*|\s?(?:25\d\d)?\s?)$"
)
_SERVES = re.compile("อำนวยความสะดวก|รองรับ|ความปลอดภัย|ให้บริการ")
_OPENED = re.compile(pattern("events_openings"))
_HOLDS = re.compile(rf"{pattern('events_held_for_days')}|\bheld\b")
_HELD = re.compile(rf"ระหว่าง\s*(?:{_THE_DAY})?\s*$|\b(?:from|between|during|on)\s*$")


def _before(text: str, mention: DateInText, length: int = BEFORE) -> str:
    return text[max(0, mention.span[0] - length) : mention.span[0]]


def _same_paragraph(before: str) -> str:
    return before.rpartition("\n")[2]


def _just_before(before: str) -> str:
    return _same_paragraph(before)[-JUST_BEFORE:]


def is_today(text: str, mention: DateInText) -> bool:
    return bool(_TODAY.search(_before(text, mention)))


def _is_yesterday(text: str, mention: DateInText) -> bool:
    return bool(_YESTERDAY.search(_before(text, mention)))


def _opens_paragraph(text: str, mention: DateInText) -> bool:
    before = _before(text, mention)
    begins = len(before) < BEFORE or "\n" in before  # the text or a paragraph begins
    return begins and bool(_OPENS_PARAGRAPH.search(before))


def opens_text(text: str, mention: DateInText) -> bool:
    """Tell whether a day begins the text: `วันที่ 5 …`, `August 2, 2021, …`."""
    return mention.span[0] < BEFORE and _opens_paragraph(text, mention) and "\n" not in text[: mention.span[0]]


def _is_cued(text: str, mention: DateInText) -> bool:
    before = _before(text, mention)
    placed = _PLACE_FOLLOWS.match(text, mention.span[1])
    if not _CUE.search(before) or (_NO_DATE if placed else _NO_CUE).search(_just_before(before)):
        return False
    return not (_is_counted(text, mention) or _is_background(text, mention))


def _is_met(text: str, mention: DateInText) -> bool:
    before = _before(text, mention)
    placed = _ON_THE_DAY.search(before) and _PLACE_FOLLOWS.match(text, mention.span[1])
    if not (placed or _MEETING.search(before)):
        return False
    return not (_NO_MEETING.search(_just_before(before)) or _is_counted(text, mention))


def _is_background(text: str, mention: DateInText) -> bool:
    """Tell whether a date is background of the news: `กรณี … เมื่อวันที่ 5 …`, `เมื่อวันที่ 5 … นั้น`."""
    if _BACKGROUND_BEHIND.match(text, mention.span[1]):
        return True
    before = _before(text, mention, BEFORE_BACKGROUND)
    if len(before) == BEFORE_BACKGROUND and "\n" not in before:
        return False
    return bool(_BACKGROUND.match(_same_paragraph(before)))


def _is_cued_and_placed(text: str, mention: DateInText) -> bool:
    """Tell whether a preposition stands before a date, and its hour or place behind it, or its place before it."""
    placed = _PLACE_FOLLOWS.match(text, mention.span[1]) or _PLACE_BEFORE.search(_before(text, mention, BEFORE_PLACED))
    return bool(placed) and _is_cued(text, mention)


def _is_cued_and_ends(text: str, mention: DateInText) -> bool:
    """Tell whether a preposition stands before a date, and the end of the line, a place or ว่า (that) behind it."""
    return bool(_SENTENCE_ENDS.match(text, mention.span[1])) and _is_cued(text, mention)


def _is_cued_deed(text: str, mention: DateInText) -> bool:
    """Tell whether a preposition stands before a day, and a meeting or a visit behind it: `เมื่อวันที่ 5 ก ได้ลงพื้นที่`."""
    return mention.start == mention.end and is_day_of_deed(text, mention) and _is_cued(text, mention)


def _goes_on(text: str, mention: DateInText) -> bool:
    """Tell whether a paragraph that goes on from the one before begins with a day in the past."""
    before = _before(text, mention)
    return mention.start == mention.end and bool(_GOES_ON.search(before)) and not _NO_CUE.search(_just_before(before))


def _ends_headline(text: str, mention: DateInText) -> bool:
    """Tell whether a date without a preposition ends the first paragraph, or has its place behind it there."""
    before = _before(text, mention)
    if "\n" in text[: mention.span[0]] or not _BARE.search(before):
        return False
    if any(no.search(_just_before(before)) for no in (_NO_CUE, _NO_APPOINTMENT, _PERIOD)):
        return False
    if is_forecast(_same_paragraph(_before(text, mention, BEFORE_TO_COME))):
        return False
    return bool(_HEADLINE_ENDS.match(text, mention.span[1]))


def _is_counted(text: str, mention: DateInText) -> bool:
    """Tell whether something is counted over a range of days: `ระหว่างวันที่ 3-9 … พบ 20 ราย`. Raids are no count."""
    if mention.start == mention.end or _RAIDS.search(_before(text, mention, BEFORE_HELD)):
        return False
    return bool(_COUNTED.match(text, mention.span[1]))


def _is_tomorrow(text: str, mention: DateInText) -> bool:
    return bool(_TOMORROW.search(_before(text, mention)))


def _is_announced(text: str, mention: DateInText) -> bool:
    """Tell whether the text announces something for a date."""
    before = _same_paragraph(_before(text, mention, BEFORE_TO_COME))
    near = before[-JUST_BEFORE:]
    if not _TO_COME_ON.search(before) or _NO_APPOINTMENT.search(near) or _WAS.match(text, mention.span[1]):
        return False
    if mention.start != mention.end and _PERIOD.search(near):
        return False
    if is_forecast(before) or is_told_in_passing(text, mention, before):
        return False
    return bool(_PLACE_FOLLOWS.match(text, mention.span[1]) or _TO_COME.search(before))


def _is_held_for_days(text: str, mention: DateInText) -> bool:
    """Tell whether something is held on a range of days."""
    before = _same_paragraph(_before(text, mention, BEFORE_HELD))
    held = mention.start != mention.end and _HELD_ON.search(before)
    return bool(held) and not is_told_in_passing(text, mention, before)


def _is_period(text: str, mention: DateInText) -> bool:
    """Tell whether a range is the period of a measure or service: `ตั้งแต่วันที่ 5 … ถึง …`."""
    before = _same_paragraph(_before(text, mention, BEFORE_TO_COME))
    if mention.start == mention.end or not _SINCE.search(before) or _is_counted(text, mention):
        return False
    if _DONE_SINCE.match(text, mention.span[1]) or is_forecast(before):
        return False
    before = before[-BEFORE:]
    return not (_NO_APPOINTMENT.search(before[-JUST_BEFORE:]) or _PERIOD.search(before))


def _is_festival(text: str, mention: DateInText) -> bool:
    """Tell whether a range is the days of a festival on which a service is announced, and not referred to (ตามที่)."""
    before = _same_paragraph(_before(text, mention))
    if mention.start == mention.end or not _FESTIVAL.search(before) or _is_counted(text, mention):
        return False
    return "ตามที่" not in text[: mention.span[0]] and bool(_SERVES.search(text, 0, mention.span[0]))


def lasts(text: str, day: DateInText, days: DateInText) -> bool:
    """Tell whether the event of a day is held on a range of days, and the text is not about its opening."""
    before = _before(text, days)
    if not _HELD.search(before) or _PERIOD.search(_same_paragraph(before)) or _is_counted(text, days):
        return False
    if day.start == day.end and _OPENED.search(text, day.span[1], day.span[1] + BEHIND_OPENING):
        return False
    between = text[min(day.span[1], days.span[1]) : max(day.span[0], days.span[0])]
    return "\n" not in between or bool(_HOLDS.search(_same_paragraph(_before(text, days, BEFORE_RANGE))))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, and the limits of the dates that it may be asked of.

    `past` and `ahead` are the most days before and after the news. `opening` is the number of characters in which the
    date must begin, and `longest` the most days that it may last.
    """

    fits: Callable[[str, DateInText], bool]
    past: int
    ahead: int
    opening: int = OPENING
    longest: int = LONGEST


# The rules that tell the event's date, in the order in which they are asked.
RULES = (
    Rule(is_today, LATE, NEAR, opening=OPENING_TODAY),
    Rule(_is_yesterday, NEAR, NEAR),
    Rule(_opens_paragraph, NEAR, NEAR),
    Rule(_is_cued, NEAR_CUE, 0, opening=OPENING_HEAD),
    Rule(_is_cued, NEAR_MEETING, 0, opening=OPENING_SOON),
    Rule(_is_cued_and_ends, NEAR_CUE, 0),
    Rule(_is_met, NEAR_MEETING, 0, opening=OPENING_SOON),
    Rule(_is_cued_and_placed, NEAR, 0, opening=OPENING_SOON),
    Rule(_is_cued_and_placed, NEAR_CUE, 0),
    Rule(_goes_on, NEAR, 0),
    Rule(_is_tomorrow, NEAR_MEETING, NEAR, opening=OPENING_TO_COME),
    Rule(_is_announced, 0, AHEAD, opening=OPENING_TO_COME),
    Rule(_is_announced, LATE, 0, opening=OPENING_HEAD),
    Rule(_ends_headline, NEAR, NEAR, opening=OPENING_TO_COME),
    Rule(_is_held_for_days, NEAR, NEAR, longest=LONGEST_HELD),
    Rule(_is_period, NEAR, NEAR, opening=OPENING_SOON, longest=LONGEST_HELD),
    Rule(_is_festival, 1, NEAR, opening=OPENING_TO_COME),
    Rule(_is_cued_deed, NEAR_MEETING, 0),
)
