"""The rules that tell the event's date. The first rule that fits a date decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from thaigov_crawler.thai.dates import DateInText
from thaigov_crawler.thai.events.announced import (
    is_announced,
    is_announced_behind,
    is_festival,
    is_held_for_days,
    is_period,
    is_tomorrow,
)
from thaigov_crawler.thai.events.around import (
    BEFORE,
    BEFORE_TO_COME,
    HOUR,
    NO_APPOINTMENT,
    PERIOD,
    PLACE,
    PLACE_FOLLOWS,
    THE_DAY,
    TIME_OF_DAY,
    before,
    is_counted,
    just_before,
    same_paragraph,
)
from thaigov_crawler.thai.events.deeds import is_day_of_deed
from thaigov_crawler.thai.events.to_come import is_forecast
from thaigov_crawler.thai.words import pattern

# Numbers of characters. An article dates what it reports in its opening, and later dates are background. A date behind
# วันนี้ (today) may stand somewhat later. A date to come must stand earlier, because later ones are told in passing. So
# must a date some days before the news, and even more so a date some weeks before it.
OPENING, OPENING_TODAY, OPENING_TO_COME, OPENING_SOON, OPENING_HEAD = 1500, 2500, 800, 600, 300
# Wherever in the text a date stands, of those that are read: in OPENING_TODAY, or so many characters before the end.
WHOLE, CLOSING = 1_000_000_000, 250
# The most days between the event and the day of the news. What is farther off is background. A date whose place says
# less, in the middle of a sentence or without a preposition, must be nearer.
NEAR, NEAR_CUE, NEAR_MEETING, NEAR_RESOLVED = 45, 21, 7, 2
# A date behind วันนี้ may be so many days old, because some articles are posted months late.
LATE = 100
# The most days until what is to come.
AHEAD = 200
# The most days that an event lasts. Longer ranges are campaigns, seasons and periods of statistics, unless the text
# says that something is held on them.
LONGEST, LONGEST_HELD = 31, 100
# Characters before a range that stands in another paragraph than the day.
BEFORE_RANGE = 90
# Characters before a date in which a paragraph of background begins.
BEFORE_BACKGROUND = 150
# The most characters of a place before a date, and characters before a date in which that place begins.
LONGEST_PLACE, BEFORE_PLACED = 110, 150
# Characters behind a day in which a word of an opening is looked for.
BEHIND_OPENING = 200
# Characters behind the date of a report that stands at the end of a paragraph, with its place.
BEHIND_CLOSING = 160

_TODAY = re.compile(
    rf"(?:วันนี้|วันเดียวกันนี้)\s*(?:เวลา[^()\n]{{0,20}})?[(\[,]?\s*(?:ตรงกับ)?(?:{THE_DAY}|ที่)?\s*$"
    r"|\b[Tt]oday,?(?: \w+day,?)?\s*[(\[]?\s*$"
)
_YESTERDAY = re.compile(rf"(?:วานนี้|เมื่อวาน|\b[Yy]esterday,?)\s*[(\[,]?\s*(?:{THE_DAY})?\s*$")
_OPENS_PARAGRAPH = re.compile(
    r"(?:^|\n)[\s(\[*“\"•–—-]*"
    r"(?:กรุงเทพ(?:ฯ|มหานคร)?\s*[-–—(]*\s*|\(?ครม\.?\)?\s*)?"
    rf"(?:{TIME_OF_DAY})?(?:เมื่อ(?:{HOUR})?|ใน|ระหว่าง)?\s*(?:{TIME_OF_DAY})?\s*(?:{THE_DAY}|วัน\S{{0,10}})?\s*[(\[]?\s*"
    r"(?:[Oo]n\s+)?(?:\w+day,?\s+)?$"
)
# Where the news is from, and the day: `จังหวัดแพร่ : 5 …`, `น่าน, 5 …`, `จ.แพร่ 5 … – นายมั่น`.
_FROM = (
    r"(?:(?:จังหวัด|จ\.|เมือง|กรุง|นคร|ประเทศ)\s?[ก-๎]{2,24}(?:\s[ก-๎]{5,30})?"
    rf"|{pattern('venues_provinces')}|ทำเนียบรัฐบาล)"
)
_DATELINE = re.compile(rf"(?:^|\n)[\s“\"]*{_FROM}(?P<sign>\s*[-–—,:/(]+)?\s*(?:เมื่อ)?\s*(?:{THE_DAY})?\s*$")
_DATELINE_ENDS = re.compile(r"\s*[-–—:]+\s|\s*(?:นาย|นาง|ดร\.)")
# A resolution of the cabinet, or the Royal Gazette, and the day: `มติคณะรัฐมนตรี (5 …`, `ราชกิจจานุเบกษา เมื่อวันที่ 5 …`.
_RESOLVED = re.compile(
    r"(?:(?:คณะรัฐมนตรี|ครม\.?)\s?(?:ได้)?\s?มีมติ|(?<!ตาม)(?<!จาก)มติ\s?(?:คณะรัฐมนตรี|ครม\.?))"
    rf"\s*(?:\(ครม\.?\)\s*)?(?:เมื่อ|ใน|[(\[])\s*(?:{THE_DAY})?\s*$"
)
_GAZETTED = re.compile(rf"(?:^|\n)(?:เว็บไซต์)?\s?ราชกิจจานุเบกษา\s?(?:ได้)?(?:เผยแพร่|ประกาศ)?\s?เมื่อ(?:{THE_DAY})?\s*$")
# A paragraph that goes on to tell what happened: `โดยเมื่อวันที่ 5 … ได้ลงพื้นที่`.
_GOES_ON = re.compile(rf"\n(?:โดย|ล่าสุด)\s?เมื่อ(?:{TIME_OF_DAY})?\s*(?:{THE_DAY})?\s*$")
_CUE = re.compile(
    rf"(?:(?:เมื่อ|ใน|ระหว่าง|ประจำ)(?:{TIME_OF_DAY})?\s*{THE_DAY}|เมื่อ|ระหว่าง|[(\[]\s*(?:{THE_DAY})?"
    r"|\bon(?: \w+day,?)?|\bfrom|\bbetween|\bduring|\bheld)\s*$"
)
_NO_DATE = re.compile(pattern("events_other_dates"))
_NO_CUE = re.compile(pattern("events_other_dates", "events_other_dates_cued"))
# A meeting or a statement, and then the day without a preposition: `ที่ประชุมคณะรัฐมนตรี (ครม.) วันที่ 5 …`.
_MEETING = re.compile(
    rf"(?:{pattern('events_meetings')}[^\n]{{0,45}}|ครม\.?\)?|{pattern('events_statements')})\s*{THE_DAY}\s*$"
)
_NO_MEETING = re.compile(pattern("events_other_dates", "events_other_dates_met"))
_ON_THE_DAY = re.compile(rf"(?<!ณ)\s{THE_DAY}\s*$")
_SENTENCE_ENDS = re.compile(rf"\s*(?:ที่ผ่านมา|นี้)?\)?\s*(?:{PLACE}|ว่า|\n|$)")
_PLACE_BEFORE = re.compile(rf"(?<![ก-๎])ณ\s[^\n]{{3,{LONGEST_PLACE}}}\sเมื่อ(?:{TIME_OF_DAY})?\s*(?:{THE_DAY})?\s*$")
_HELD_THEN = re.compile(rf"จัดขึ้น\s?(?:ใน)?(?:ระหว่าง|เมื่อ)?\s*(?:{THE_DAY})?\s*$")
_BARE = re.compile(rf"(?:[^\s–-]\s|[”\"]|{THE_DAY})\s*$")
_HEADLINE_ENDS = re.compile(r"\s*(?:นี้)?\s*[”\")]?\s*(?:\n|ณ\s|ที่\s?จังหวัด)")
_BACKGROUND = re.compile(rf"[\s“\"]*{pattern('events_background')}")
_BACKGROUND_BEHIND = re.compile(r"\s*(?:ที่ผ่านมา)?\s*นั้น")
_OPENED = re.compile(pattern("events_openings"))
_HOLDS = re.compile(rf"{pattern('events_held_for_days')}|\bheld\b")
_HELD = re.compile(rf"ระหว่าง\s*(?:{THE_DAY})?\s*$|\b(?:from|between|during|on)\s*$")


def is_today(text: str, mention: DateInText) -> bool:
    return bool(_TODAY.search(before(text, mention)))


def _is_yesterday(text: str, mention: DateInText) -> bool:
    return bool(_YESTERDAY.search(before(text, mention)))


def _opens_paragraph(text: str, mention: DateInText) -> bool:
    words = before(text, mention)
    begins = len(words) < BEFORE or "\n" in words  # the text or a paragraph begins
    return begins and bool(_OPENS_PARAGRAPH.search(words))


def _is_dateline(text: str, mention: DateInText) -> bool:
    """Tell whether a paragraph begins with where it is from and a day: `จังหวัดแพร่ : 5 …`."""
    found = _DATELINE.search(before(text, mention))
    if not found or not (mention.span[0] <= BEFORE or found[0].startswith("\n")):
        return False
    return bool(found["sign"] or _DATELINE_ENDS.match(text, mention.span[1]))


def opens_text(text: str, mention: DateInText) -> bool:
    """Tell whether a day begins the text: `วันที่ 5 …`, `August 2, 2021, …`."""
    return mention.span[0] < BEFORE and _opens_paragraph(text, mention) and "\n" not in text[: mention.span[0]]


def _is_cued(text: str, mention: DateInText) -> bool:
    words = before(text, mention)
    placed = PLACE_FOLLOWS.match(text, mention.span[1])
    if not _CUE.search(words) or (_NO_DATE if placed else _NO_CUE).search(just_before(words)):
        return False
    return not (is_counted(text, mention) or _is_background(text, mention))


def _is_met(text: str, mention: DateInText) -> bool:
    words = before(text, mention)
    placed = _ON_THE_DAY.search(words) and PLACE_FOLLOWS.match(text, mention.span[1])
    if not (placed or _MEETING.search(words)):
        return False
    return not (_NO_MEETING.search(just_before(words)) or is_counted(text, mention))


def _is_resolved(text: str, mention: DateInText) -> bool:
    """Tell whether the cabinet resolved on a day, or the Royal Gazette published on it, what the text reports."""
    words = before(text, mention)
    return bool(_RESOLVED.search(words) or _GAZETTED.search(words)) and not _is_background(text, mention)


def _is_background(text: str, mention: DateInText) -> bool:
    """Tell whether a date is background of the news: `กรณี … เมื่อวันที่ 5 …`, `เมื่อวันที่ 5 … นั้น`."""
    if _BACKGROUND_BEHIND.match(text, mention.span[1]):
        return True
    words = before(text, mention, BEFORE_BACKGROUND)
    if len(words) == BEFORE_BACKGROUND and "\n" not in words:
        return False
    return bool(_BACKGROUND.match(same_paragraph(words)))


def _is_cued_and_placed(text: str, mention: DateInText) -> bool:
    """Tell whether a preposition stands before a date, and its hour or place behind it, or its place before it."""
    placed = PLACE_FOLLOWS.match(text, mention.span[1]) or _PLACE_BEFORE.search(before(text, mention, BEFORE_PLACED))
    return bool(placed) and _is_cued(text, mention)


def _is_cued_and_ends(text: str, mention: DateInText) -> bool:
    """Tell whether a preposition stands before a date, and the end of the line, a place or ว่า (that) behind it."""
    return bool(_SENTENCE_ENDS.match(text, mention.span[1])) and _is_cued(text, mention)


def _is_cued_deed(text: str, mention: DateInText) -> bool:
    """Tell whether a preposition stands before a day, and a meeting or a visit behind it: `เมื่อวันที่ 5 ก ได้ลงพื้นที่`."""
    return mention.start == mention.end and is_day_of_deed(text, mention) and _is_cued(text, mention)


def _goes_on(text: str, mention: DateInText) -> bool:
    """Tell whether a paragraph that goes on from the one before begins with a day in the past."""
    words = before(text, mention)
    return mention.start == mention.end and bool(_GOES_ON.search(words)) and not _NO_CUE.search(just_before(words))


def _closes_report(text: str, mention: DateInText) -> bool:
    """Tell whether a date far on in a text closes its report, with its place beside it: `ณ ลานริมน้ำ เมื่อวันที่ 5 …`.

    It stands in the end of its paragraph, or behind what is held on it.
    """
    words = same_paragraph(before(text, mention))
    if not _is_cued_and_placed(text, mention) or NO_APPOINTMENT.search(just_before(words)):
        return False
    end = text.find("\n", mention.span[1], mention.span[1] + BEHIND_CLOSING)
    ends = end >= 0 or len(text) - mention.span[1] <= BEHIND_CLOSING
    return "จะ" not in words and (ends or bool(_HELD_THEN.search(words)))


def _ends_headline(text: str, mention: DateInText) -> bool:
    """Tell whether a date without a preposition ends the first paragraph, or has its place behind it there."""
    words = before(text, mention)
    if "\n" in text[: mention.span[0]] or not _BARE.search(words):
        return False
    if any(no.search(just_before(words)) for no in (_NO_CUE, NO_APPOINTMENT, PERIOD)):
        return False
    if is_forecast(same_paragraph(before(text, mention, BEFORE_TO_COME))):
        return False
    return bool(_HEADLINE_ENDS.match(text, mention.span[1]))


def lasts(text: str, day: DateInText, days: DateInText) -> bool:
    """Tell whether the event of a day is held on a range of days, and the text is not about its opening."""
    words = before(text, days)
    if not _HELD.search(words) or PERIOD.search(same_paragraph(words)) or is_counted(text, days):
        return False
    if day.start == day.end and _OPENED.search(text, day.span[1], day.span[1] + BEHIND_OPENING):
        return False
    between = text[min(day.span[1], days.span[1]) : max(day.span[0], days.span[0])]
    return "\n" not in between or bool(_HOLDS.search(same_paragraph(before(text, days, BEFORE_RANGE))))


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
    Rule(_is_dateline, NEAR_CUE, 0, opening=OPENING_SOON),
    Rule(_is_cued, NEAR_CUE, 0, opening=OPENING_HEAD),
    Rule(_is_cued, NEAR_MEETING, 0, opening=OPENING_SOON),
    Rule(_is_cued_and_ends, NEAR_CUE, 0),
    Rule(_is_met, NEAR_MEETING, 0, opening=OPENING_SOON),
    Rule(_is_cued_and_placed, NEAR, 0, opening=OPENING_SOON),
    Rule(_is_cued_and_placed, NEAR_CUE, 0),
    Rule(_goes_on, NEAR, 0),
    Rule(_is_resolved, NEAR_RESOLVED, 0, opening=OPENING_HEAD),
    Rule(is_tomorrow, NEAR_MEETING, NEAR, opening=OPENING_TO_COME),
    Rule(is_announced, 0, AHEAD, opening=OPENING_TO_COME),
    Rule(is_announced, LATE, 0, opening=OPENING_HEAD),
    Rule(is_announced_behind, 0, AHEAD, opening=OPENING_HEAD),
    Rule(_ends_headline, NEAR, NEAR, opening=OPENING_TO_COME),
    Rule(is_held_for_days, NEAR, NEAR, longest=LONGEST_HELD),
    Rule(is_period, NEAR, NEAR, opening=OPENING_SOON, longest=LONGEST_HELD),
    Rule(is_festival, 1, NEAR, opening=OPENING_TO_COME),
    Rule(_is_cued_deed, NEAR_MEETING, 0),
    Rule(_closes_report, NEAR_MEETING, 0, opening=WHOLE),
)
