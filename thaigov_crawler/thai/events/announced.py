"""The rules that tell what is to come: announcements, days on which something is held, periods of measures."""

from __future__ import annotations

import re

from thaigov_crawler.thai.dates import DateInText
from thaigov_crawler.thai.events.around import (
    BEFORE,
    BEFORE_HELD,
    BEFORE_TO_COME,
    JUST_BEFORE,
    NO_APPOINTMENT,
    PERIOD,
    PLACE_FOLLOWS,
    THE_DAY,
    before,
    is_counted,
    same_paragraph,
)
from thaigov_crawler.thai.events.to_come import is_forecast, is_told_in_passing
from thaigov_crawler.thai.words import pattern

# Characters behind a day in which a word of what is to come is looked for.
BEHIND_TO_COME = 120

# ตั้งแต่วันพรุ่งนี้ only says when something begins.
_TOMORROW = re.compile(rf"(?<!ตั้งแต่)(?<!ตั้งแต่วัน)พรุ่งนี้\s*[(\[,]?\s*(?:{THE_DAY})?\s*$|\b[Tt]omorrow,?\s*[(\[]?\s*$")
_TO_COME_ON = re.compile(rf"(?:(?:ใน|ระหว่าง|ช่วง)?{THE_DAY}|ระหว่าง|[(\[]|\bon(?: \w+day,?)?|\bfrom|\bduring)\s*$")
_TO_COME = re.compile(pattern("events_to_come"))
# A day without a preposition, and นี้ behind it: `จัดงาน “บัวบาน” 5 มีนาคมนี้`.
_BARE = re.compile(r"[^\s–-]\s$|[”\"]$")
_THIS = re.compile(r"\s?นี้(?![ก-๎])")
# Somebody will do something on the day before it: `ในวันที่ 5 มีนาคม … มีกำหนดเดินทาง`.
_WILL = re.compile(rf"(?:ใน|ว่า\s?|^){THE_DAY}\s*$")
_WAS = re.compile(r"\s*(?:ที่ผ่านมา|เป็นต้นมา)")
_HELD_ON = re.compile(
    rf"{pattern('events_held_on')}(?:[^\n]{{0,20}}?|[^\n]{{0,80}}(?:ขึ้น|[”\"])\s?)(?:ใน)?(?:ระหว่าง|ตั้งแต่)\s*(?:{THE_DAY})?\s*$"
)
# Something was done over the range before it: `ตั้งแต่วันที่ 3-9 … เจ้าหน้าที่ได้ปิดกั้น …`.
_DONE_SINCE = re.compile(r"[^\n]{0,45}?(?<!ราย)(?<!ผู้)ได้(?:ดำเนินการ|รับ|ทำ|ตรวจ|จับ|ปิดกั้น)")
_SINCE = re.compile(rf"(?:ตั้งแต่|มีผล)(?:บังคับใช้)?\s*(?:{THE_DAY})?\s*$")
# The days of a festival, on which a service is given: `ช่วงเทศกาลปีใหม่ ระหว่างวันที่ 3-9 …`.
_FESTIVAL = re.compile(
    rf"เทศกาล(?:ปีใหม่|สงกรานต์|ตรุษจีน|ลอยกระทง|กินเจ)(?:[^\n]{{0,25}}?(?:ระหว่าง|\()\s*(?:{THE_DAY})?\s*|\s?(?:25\d\d)?\s?)$"
)
_SERVES = re.compile("อำนวยความสะดวก|รองรับ|ความปลอดภัย|ให้บริการ")


def is_tomorrow(text: str, mention: DateInText) -> bool:
    return bool(_TOMORROW.search(before(text, mention)))


def is_announced(text: str, mention: DateInText) -> bool:
    """Tell whether the text announces something for a date."""
    words = same_paragraph(before(text, mention, BEFORE_TO_COME))
    bare = _THIS.match(text, mention.span[1]) and _BARE.search(words)
    if not (bare or _TO_COME_ON.search(words)) or not _may_be_appointed(text, mention, words):
        return False
    return bool((not bare and PLACE_FOLLOWS.match(text, mention.span[1])) or _TO_COME.search(words))


def is_announced_behind(text: str, mention: DateInText) -> bool:
    """Tell whether the line behind a day tells what will take place on it: `ในวันที่ 5 … จะเดินทางไป`."""
    words = same_paragraph(before(text, mention, BEFORE_TO_COME))
    if mention.start != mention.end or not _WILL.search(words) or not _may_be_appointed(text, mention, words):
        return False
    start = mention.span[1]
    behind = text[start : start + BEHIND_TO_COME].partition("\n")[0]
    return bool(_TO_COME.search(behind)) and not NO_APPOINTMENT.search(behind)


def _may_be_appointed(text: str, mention: DateInText, words: str) -> bool:
    """Tell whether something may take place on a date with `words` before it.

    It must be no deadline, no payout, no period, no forecast and no date that is told in passing or in the past.
    """
    near = words[-JUST_BEFORE:]
    if NO_APPOINTMENT.search(near) or _WAS.match(text, mention.span[1]):
        return False
    if mention.start != mention.end and PERIOD.search(near):
        return False
    return not (is_forecast(words) or is_told_in_passing(text, mention, words))


def is_held_for_days(text: str, mention: DateInText) -> bool:
    """Tell whether something is held on a range of days."""
    words = same_paragraph(before(text, mention, BEFORE_HELD))
    held = mention.start != mention.end and _HELD_ON.search(words)
    return bool(held) and not is_told_in_passing(text, mention, words)


def is_period(text: str, mention: DateInText) -> bool:
    """Tell whether a range is the period of a measure or service: `ตั้งแต่วันที่ 5 … ถึง …`."""
    words = same_paragraph(before(text, mention, BEFORE_TO_COME))
    if mention.start == mention.end or not _SINCE.search(words) or is_counted(text, mention):
        return False
    if _DONE_SINCE.match(text, mention.span[1]) or is_forecast(words):
        return False
    words = words[-BEFORE:]
    return not (NO_APPOINTMENT.search(words[-JUST_BEFORE:]) or PERIOD.search(words))


def is_festival(text: str, mention: DateInText) -> bool:
    """Tell whether a range is the days of a festival on which a service is announced, and not referred to (ตามที่)."""
    words = same_paragraph(before(text, mention))
    if mention.start == mention.end or not _FESTIVAL.search(words) or is_counted(text, mention):
        return False
    return "ตามที่" not in text[: mention.span[0]] and bool(_SERVES.search(text, 0, mention.span[0]))
