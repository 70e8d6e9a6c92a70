"""What stands around a date: the words before it, its hour or place, and what is counted over a range of days."""

from __future__ import annotations

import re

from thaigov_crawler.thai.dates import DateInText
from thaigov_crawler.thai.dates.weekdays import WEEKDAY
from thaigov_crawler.thai.words import pattern

# Characters that are looked at before a date.
BEFORE = 60
# Characters before a range in which a word of what is held on it is looked for.
BEFORE_HELD = 120
# Characters before a date in which a word makes it the date of something else than the event.
JUST_BEFORE = 30
# Characters before a date in which a word of what is to come is looked for.
BEFORE_TO_COME = 150

# วันที่, วันพุธที่, วันพุธ ที่, พุธ, พ.
THE_DAY = rf"(?:วัน\s?\S{{0,10}}?\s?ที่|(?:วัน)?{WEEKDAY}\s?(?:ที่)?|(?<=[(\s])(?:จ|อ|พ|พฤ|ศ|ส|อา)\.?(?=\s))"
TIME_OF_DAY = "(?:ช่วง)?(?:เช้า|สาย|บ่าย|เย็น|ค่ำ)(?:ของ)?"
HOUR = r"เวลา\s?(?:ประมาณ\s?)?[\d.:]{4,5}\s?(?:น\.?|นาฬิกา)?\s*(?:ของ)?"
PLACE = r"(?:ตั้งแต่)?(?:เวลา\s?(?:ประมาณ\s?)?\d|ณ\s|ที่\s?(?:ห้อง|โรงแรม|ศูนย์|อาคาร|ตึก))"
PLACE_FOLLOWS = re.compile(rf"\s*(?:ที่ผ่านมา|นี้)?\)?\s*{PLACE}")
NO_APPOINTMENT = re.compile(pattern("events_no_appointments"))
PERIOD = re.compile(pattern("events_periods"))
# Something is counted over the range before it.
_COUNTED = re.compile(rf"[\s)\]]*(?:ที่ผ่านมา)?[\s,]*(?:โดย)?\s?(?:ศูนย์\S{{0,25}}?)?\s?{pattern('events_counted')}")
_RAIDS = re.compile("ผลการ(?:ปราบปราม|จับกุม|ตรวจค้น)")


def before(text: str, mention: DateInText, length: int = BEFORE) -> str:
    """Return the characters before a date, at most `length`."""
    return text[max(0, mention.span[0] - length) : mention.span[0]]


def same_paragraph(words: str) -> str:
    """Return the part of the words before a date that stands in the paragraph of the date."""
    return words.rpartition("\n")[2]


def just_before(words: str) -> str:
    """Return the last of the words before a date, of those in its paragraph."""
    return same_paragraph(words)[-JUST_BEFORE:]


def is_counted(text: str, mention: DateInText) -> bool:
    """Tell whether something is counted over a range of days: `ระหว่างวันที่ 3-9 … พบ 20 ราย`. Raids are no count."""
    if mention.start == mention.end or _RAIDS.search(before(text, mention, BEFORE_HELD)):
        return False
    return bool(_COUNTED.match(text, mention.span[1]))
