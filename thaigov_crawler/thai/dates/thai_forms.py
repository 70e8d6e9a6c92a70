"""The forms of dates in a text, one month each: which days, which month, which year, if it is written.

Which forms occur, and which month names are misspelt how, is counted in a study of 91,580 articles of the
site. `thaigov_crawler.thai.dates` makes dates of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import dateparser

from thaigov_crawler.thai.calendar import BUDDHIST_OFFSET, is_buddhist

FIRST_YEAR, LAST_YEAR = 1900, 2100

# Full names with the misspellings worth accepting.
_FULL_NAMES = {
    1: "มกราคม มการาคม มกรามกราคม",
    2: "กุมภาพันธ์ กุมภาพันธุ์ กุมภาพันธ",
    3: "มีนาคม",
    4: "เมษายน เมษยน เมยายน เมษายาน",
    5: "พฤษภาคม พฤษภคม พฤาภาคม พฤกษภาคม พฤษภาคน พฤษาคม พฤศภาคม",
    6: "มิถุนายน มิถุยายน มิถุนานยน มิุนายน",
    7: "กรกฎาคม กรกฏาคม กรฎาคม กรกฎคม กรกาคม กรฎกาคม",
    8: "สิงหาคม สิงคาคม สิงหาคา",
    9: "กันยายน กันายน กันยานยน",
    10: "ตุลาคม ตุลคม คุลาคม",
    11: "พฤศจิกายน พฤจิกายน พฤสจิกายน พฤษจิกายน พฤศิจกายน พฤศจิการยน",
    12: "ธันวาคม ธันวามคม ธันวคม ธันนวคม ธันนวาคม ธันวาม",
}
_SHORT_NAMES = "ม ค|ก พ|มี ค|เม ย|พ ค|มิ ย|ก ค|ส ค|ก ย|ต ค|พ ย|ธ ค".split("|")
_ENGLISH_NAMES = "January February March April May June July August September October November December".split()

_FULL = {name: number for number, names in _FULL_NAMES.items() for name in names.split()}
_MONTHS = _FULL | {name.replace(" ", ""): number for number, name in enumerate(_SHORT_NAMES, 1)}
_MONTHS |= {name[:length].lower(): number for number, name in enumerate(_ENGLISH_NAMES, 1) for length in (3, len(name))}
_MONTHS["sept"] = 9


def _alternatives(patterns: list[str]) -> str:
    """One pattern for many, grouped by their first letters. Where each alternative begins with a letter of its
    own, without a group or a lookaround before it, the search skips to those letters: ten times as fast."""
    groups: dict[str, list[str]] = {}
    for pattern in patterns:
        groups.setdefault(pattern[0], []).append(pattern[1:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in groups.items())


_THAI_MONTH = re.compile(
    _alternatives(
        [
            *sorted(_FULL, key=len, reverse=True),
            # ม.ค., ม.ค, ม. ค.; มค. and มค only before a number (a day before it makes it certain); ก.ค.ศ. is none.
            *(rf"{first}\.\s*{last}(?:\.(?!ศ)|(?![.ก-๎]))" for first, last in map(str.split, _SHORT_NAMES)),
            *(rf"{first}{last}(?=\.?\s*\d)\.?" for first, last in map(str.split, _SHORT_NAMES)),
        ]
    )
)
_ENGLISH_MONTH = re.compile("|".join(rf"{name[:3]}(?:{name[3:]})?\b\.?" for name in _ENGLISH_NAMES) + r"|Sept\b\.?")

DASH = "[-–—‐‑−~]"
ON = r"(?:(?:ที่\s*)?(?:วัน)?(?:จันทร์|อังคาร|พุธ|พฤหัส(?:บดี)?|ศุกร์|เสาร์|อาทิตย์)?\s*ที่\s*)"
_DAY = r"\d{1,2}(?!\d)"
_ITEM = rf"{_DAY}(?:\s*(?:{DASH}|(?:จน)?ถึง)\s*{ON}?{_DAY})?"
_AND = rf"\s*(?:,\s*(?:และ|หรือ)?|และ|หรือ|กับ)\s*{ON}?"
_DAYS_BEFORE = re.compile(rf"(?<![\d.,:/])({_ITEM}(?:{_AND}{_ITEM})*)\s*\)?\s*(?:ของ)?(?:เดือน)?\s*$")
# The ordinary case, `วันที่ 5 ` or `(5 `, is told quickly where no other number can belong to it.
_ONE_DAY_BEFORE = re.compile(r"(?:ที่|\()\s*(\d{1,2})\s*$")
_MORE_DAYS = re.compile(rf"\d\s*(?:,|และ|หรือ|กับ|(?:จน)?ถึง|{DASH})\D{{0,24}}\d{{1,2}}\s*$")
_CERTAINLY_A_DAY = ("วันที่", "วันที่ ", "(")
_ITEMS = re.compile(rf"({_DAY})(?:\s*(?:{DASH}|(?:จน)?ถึง)\s*{ON}?({_DAY}))?")

_ERA = r"(?P<era>พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|พุทธศักราช|คริสต์ศักราช)"
_YEAR_BEHIND = re.compile(rf"\s*(?:ปี\s*)?(?:{_ERA}\s*)?(?P<year>\d{{2,}})(?!\d|[.,:/]\d|\s*%)")
# What follows a number that is no year of two digits.
_UNIT = re.compile(r"\s*(?:คน|ราย(?!ละ|งาน)|บาท|ล้าน|ไร่|ตัน|ชั่วโมง|นาที)")
_EVERY_YEAR = re.compile(r"\s*(?:ใน|ของ)?(?:ทุก|แต่ละ)\s*ปี")
# A month without a year is a date where one of these follows: `เดือนมิถุนายนนี้`.
_THIS_YEAR = re.compile(r"\s*(?:ปี)?(?:นี้|ที่ผ่านมา|ที่จะถึง)")
_SHORT_YEARS = range(40, 90)  # two digits are B.E.: 2540 to 2589

_ORDINAL = r"(?:st|nd|rd|th)?"
_ENGLISH_BEFORE = re.compile(
    rf"(?<![\d.,:/])(\d{{1,2}}){_ORDINAL}(?:\s*(?:{DASH}|to|and|&)\s*(\d{{1,2}}){_ORDINAL})?\s+(?:of\s+)?$", re.I
)
_ENGLISH_BEHIND = re.compile(
    rf"\s*,?\s+(?:the\s+)?(\d{{1,2}})(?!\d){_ORDINAL}(?:\s*(?:{DASH}|to|and|&)\s*(\d{{1,2}})(?!\d){_ORDINAL})?"
    r"(?![.:,/]\d|-\d)",
    re.I,
)
_ENGLISH_YEAR = re.compile(r"(?:\)?\s+of)?[\s,]*\b(\d{4})(?!\d)")

# From the first separator on: a literal is found faster than a digit.
_NUMERIC = (re.compile(r"/\d{1,2}/(?:\d{4}|\d{2})(?![\d/]|-\d)"), re.compile(r"-\d{1,2}-\d{4}(?![\d/]|-\d)"))
_NUMERIC_WHOLE = re.compile(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-](\d{2,4})")

BETWEEN = re.compile(r"(?:ระหว่าง|between|from)[^\n]{0,12}$", re.I)
# A day in the name of a building: `อาคาร 5 ธันวาคม 2550`.
_IN_A_NAME = re.compile(r"(?:ถนน|สะพาน|อนุสรณ์สถาน|โรงเรียน|โรงพยาบาล|อาคาร|เขื่อน|มูลนิธิ|(?<!ชาว)สวน)\s*$")
# A day behind this is one to celebrate, or the name of a building from then: `80 พรรษา 5 ธันวาคม 2550`.
_JUBILEE = re.compile(r"พรรษา\s*$")
_BUILDING = re.compile(r"(?:อาคาร|หอประชุม|ศูนย์|ศาลา|สวน|สะพาน|โรงเรียน|โรงพยาบาล)[^\n]{0,40}พรรษา\s*$")
_BETWEEN_DAYS = re.compile(rf"ระหว่าง\s*{ON}?\s*$")
# Numbers that are no days: `ครั้งที่ 2 เดือนมกราคม`, `ช่วง 3 เดือน มกราคม - มีนาคม`.
_COUNTED = re.compile(r"(?:ครั้ง|รุ่น|งวด|ไตรมาส|สัปดาห์|ระยะ|หมู่)ที่\s*$")
_MONTHS_LONG = re.compile(r"(?:ช่วง|รอบ|ระยะ|เวลา)\s*$")
_IN_A_WORD = re.compile(r"[ก-๎.]$")
_CIVIL_SERVICE = re.compile(r"(?:กฎ|สำนักงาน|เลขาธิการ|คณะกรรมการ|มติ)\s*$")  # whose short name is ก.พ.
_MONTH_MAY_FOLLOW = re.compile(r"(?:เดือน|ถึง|และ|ใน|ต้น|ปลาย|กลาง|ช่วง|แต่|ประจำ|ของ|เมื่อ|หรือ)$")


@dataclass(slots=True)
class Form:
    """The days of a month, or a whole month (no days). The year (C.E.) may be missing."""

    start: int
    end: int
    month: int
    days: list[tuple[int, int]]  # first and last day of each member
    year: int | None
    jubilee: bool = False  # behind พรรษา
    this_year: bool = False  # a month with นี้ or ที่ผ่านมา behind it
    last: Form | None = None  # the other end of a range that names two months

    def first_day(self) -> tuple[int, int]:
        """Month and day, to compare two forms within a year."""
        return self.month, self.days[0][0] if self.days else 1


def find_forms(text: str, near: int | None = None) -> list[Form]:
    """Every form of a date in `text`, in order. `near` (a year, C.E.) tells what a slip like 25693 means."""
    return sorted([*_with_months(text, near), *_numeric(text)], key=lambda form: form.start)


def _with_months(text: str, near: int | None) -> Iterator[Form]:
    last_end = 0
    names = [(name.start(), name, _thai) for name in _THAI_MONTH.finditer(text)]
    names += [(name.start(), name, _english) for name in _ENGLISH_MONTH.finditer(text)]
    for start, name, reader in sorted(names, key=lambda each: each[0]):
        read = reader(text, name, last_end, near) if start >= last_end else None
        if read:
            last_end = read.end
            yield read


def _thai(text: str, name: re.Match, after: int, near: int | None) -> Form | None:
    number = _MONTHS[re.sub(r"[.\s]", "", name[0])]
    year, end = _year_behind(text, name.end(), near)
    if year is None and (end > name.end() or _EVERY_YEAR.match(text, end)):
        return None
    before = text[max(after, name.start() - 60) : name.start()]
    days = _ONE_DAY_BEFORE.search(before) if not _MORE_DAYS.search(before) else None
    days = days or _DAYS_BEFORE.search(before)
    start = name.start() - (len(before) - days.start(1)) if days else name.start()
    lead = text[max(0, start - 60) : start]
    certain = lead.endswith(_CERTAINLY_A_DAY)
    if not days or (not certain and _is_counted(lead, before[days.end(1) :])):
        return _bare_month(text, name, number, year, end)
    items = [(int(item[1]), int(item[2] or item[1])) for item in _ITEMS.finditer(days[1])]
    if certain and len(items) == 1:
        return Form(start, end, number, items, year)
    if _IN_A_NAME.search(lead) or _BUILDING.search(lead):
        return None
    if len(items) == 2 and "และ" in days[1] and _BETWEEN_DAYS.search(lead) and all(a == b for a, b in items):
        items = [(items[0][0], items[1][1])]
    # Members of a list come in their order; what does not is a number before the date.
    while len(items) > 1 and items[0][1] >= items[1][0]:
        del items[0]
    return Form(start, end, number, items, year, jubilee=bool(_JUBILEE.search(lead)))


def _is_counted(lead: str, behind: str) -> bool:
    """Whether the number between `lead` and `behind` counts something else than days of the month."""
    return bool(_COUNTED.search(lead) or ("เดือน" in behind and _MONTHS_LONG.search(lead)))


def _year_behind(text: str, end: int, near: int | None) -> tuple[int | None, int]:
    """The year (C.E.) behind a month's name that ends at `end`, and where it ends; None and an end farther on
    for a year that is a slip (25561, 1564): which one is meant cannot be known, unless its first four digits
    are one within three years of `near` (25693 is 2569 and the number of a footnote)."""
    behind = _YEAR_BEHIND.match(text, end)
    if not behind:
        return None, end
    digits = behind["year"]
    if len(digits) == 2 and _UNIT.match(text, behind.end()):
        return None, end
    year = _year(digits, behind["era"])
    if year is None and len(digits) == 5 and near is not None:
        cut = _year(digits[:4], behind["era"])
        year = cut if cut is not None and abs(cut - near) <= 3 else None
    return year, behind.end() if year is not None or len(digits) >= 4 else end


def _bare_month(text: str, name: re.Match, number: int, year: int | None, end: int) -> Form | None:
    """A month without a day. An abbreviation within a word is none (`อ.ก.พ.`)."""
    if name[0] not in _FULL:
        before = text[max(0, name.start() - 8) : name.start()]
        if "." not in name[0] or (_IN_A_WORD.search(before) and not _MONTH_MAY_FOLLOW.search(before)):
            return None
        if _CIVIL_SERVICE.search(text, max(0, name.start() - 14), name.start()):
            return None
    return Form(name.start(), end, number, [], year, this_year=bool(_THIS_YEAR.match(text, end)))


def _english(text: str, name: re.Match, after: int, near: int | None) -> Form | None:
    number = _MONTHS[name[0].rstrip(".").lower()]
    start, end = name.span()
    if text[start - 1 : start].isalpha():
        return None
    before = _ENGLISH_BEFORE.search(text, max(after, start - 30), start)
    days = before or _ENGLISH_BEHIND.match(text, end)
    items = []
    if days:
        items = [(int(days[1]), int(days[2] or days[1]))]
        if days[2] and re.search("and|&", days[0]) and not BETWEEN.search(text, max(0, start - 40), days.start(1)):
            items = [(int(day), int(day)) for day in days.groups()]
        start, end = min(start, days.start(1)), max(end, days.end())
    year = None
    if behind := _ENGLISH_YEAR.match(text, end):
        year = _year(behind[1], None)
        if year is None:
            return None
        end = behind.end()
    if year is not None and items and not (days[2] or _english_day(text[start:end])):
        return None
    return Form(start, end, number, items, year)


# With a time zone named, dateparser does not ask for the machine's, which may have no name (TZ=UTC0).
_WHOLE_DAYS = {"REQUIRE_PARTS": ["day", "month", "year"], "TIMEZONE": "Asia/Bangkok"}


@lru_cache(maxsize=1024)
def _english_day(text: str) -> date | None:
    """A single English date, read by dateparser (which knows the Common Era only, and no ranges)."""
    found = dateparser.parse(text, languages=["en"], settings=_WHOLE_DAYS)
    return found.date() if found else None


def _numeric(text: str) -> Iterator[Form]:
    """`24/05/2568`, `24/5/68`, `24-05-2568`: day, month, year."""
    for middle in (each for pattern in _NUMERIC for each in pattern.finditer(text)):
        whole = _NUMERIC_WHOLE.match(text, max(0, middle.start() - 2)) or _NUMERIC_WHOLE.match(text, middle.start() - 1)
        if whole and whole.end() == middle.end() and 1 <= int(whole[2]) <= 12:
            year = _year(whole[3], None)
            if year is not None and not _COUNTED.search(text, max(0, whole.start() - 20), whole.start()):
                day = int(whole[1])
                yield Form(whole.start(), whole.end(), int(whole[2]), [(day, day)], year)


def _year(digits: str, era: str | None) -> int | None:
    """The year (C.E.) that two or four digits mean; None where they mean none."""
    number = int(digits)
    if len(digits) == 2:
        number += 2500 if number in _SHORT_YEARS else 10_000
    elif len(digits) != 4:
        return None
    buddhist = era[0] == "พ" if era else is_buddhist(number)
    number -= BUDDHIST_OFFSET if buddhist else 0
    return number if FIRST_YEAR <= number <= LAST_YEAR else None
