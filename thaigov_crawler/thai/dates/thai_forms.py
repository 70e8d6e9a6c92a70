"""Thai forms of dates: `วันที่ 5 มีนาคม 2568`, `5-7 และ 9 มี.ค. 68`, `เดือนมีนาคมนี้`.

Which forms occur was counted in 91,580 articles of the site (PyThaiNLP's corpora).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from thaigov_crawler.thai.dates.forms import COUNTED, DASH, ON, Form, year_meant
from thaigov_crawler.thai.dates.months import is_abbreviated, month_number
from thaigov_crawler.thai.words import pattern

_BEFORE = 60  # letters that are looked at before a month, and before its days
_SLIP = 3  # the most years between the news and a year with a digit too many

_DAY = r"\d{1,2}(?!\d)"
_TO = rf"(?:{DASH}|(?:จน)?ถึง)"
_ITEM = rf"{_DAY}(?:\s*{_TO}\s*{ON}?{_DAY})?"
# No two parts of it may match the same space. If they could, each day of a list would double the ways to match it.
_AND = rf"\s*(?:,|(?:,\s*)?(?:และ|หรือ)|กับ)\s*{ON}?"
_DAYS_BEFORE = re.compile(rf"(?<![\d.,:/])({_ITEM}(?:{_AND}{_ITEM})*)\s*\)?\s*(?:ของ)?(?:เดือน)?\s*$")
# The usual case, `วันที่ 5 ` or `(5 `, is recognised quickly.
_CERTAINLY_A_DAY = ("วันที่", "วันที่ ", "(")
_ONE_DAY_BEFORE = re.compile(r"(?:ที่|\()\s*(\d{1,2})\s*$")
# Another number that may belong to the days.
_MORE_DAYS = re.compile(rf"\d\s*(?:,|และ|หรือ|กับ|{_TO})\D{{0,24}}\d{{1,2}}\s*$")
_ITEMS = re.compile(rf"({_DAY})(?:\s*{_TO}\s*{ON}?({_DAY}))?")
_BETWEEN_DAYS = re.compile(rf"ระหว่าง\s*{ON}?\s*$")

_ERA = r"(?P<era>พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|พุทธศักราช|คริสต์ศักราช)"
_YEAR_BEHIND = re.compile(rf"\s*(?:ปี\s*)?(?:{_ERA}\s*)?(?P<year>\d{{2,}})(?!\d|[.,:/]\d|\s*%)")
# A unit that follows a number of two digits, which then is no year.
_UNIT = re.compile(rf"\s*{pattern('dates_units')}")
_EVERY_YEAR = re.compile(r"\s*(?:ใน|ของ)?(?:ทุก|แต่ละ)\s*ปี")
# A month without a year is a date where one of these follows: `เดือนมิถุนายนนี้`.
_THIS_YEAR = re.compile(r"\s*(?:ปี)?(?:นี้|ที่ผ่านมา|ที่จะถึง)")

# A day in the name of a building: `อาคาร 5 ธันวาคม 2550`.
_IN_A_NAME = re.compile(rf"{pattern('dates_named_after_a_day')}\s*$")
# A day behind this is a jubilee, or the name of a building of that year: `80 พรรษา 5 ธันวาคม 2550`.
_JUBILEE = re.compile(r"พรรษา\s*$")
_BUILDING = re.compile(rf"{pattern('dates_named_after_a_jubilee')}[^\n]{{0,40}}พรรษา\s*$")
# Before a number of months, which is no day: `ช่วง 3 เดือน มกราคม - มีนาคม`.
_MONTHS_LONG = re.compile(r"(?:ช่วง|รอบ|ระยะ|เวลา)\s*$")
_IN_A_WORD = re.compile(r"[ก-๎.]$")
_CIVIL_SERVICE = re.compile(rf"{pattern('dates_civil_service')}\s*$")
_MONTH_MAY_FOLLOW = re.compile(rf"{pattern('dates_before_a_month')}$")


@dataclass(slots=True)
class _Days:
    """The days before a month.

    `written` is their text, and `start` is where it begins. `lead` stands before them, and `gap` between them and the
    month.
    """

    written: str
    start: int
    lead: str
    gap: str

    def are_days(self) -> bool:
        """Tell whether they are days of the month. They may also count something else."""
        return not (COUNTED.search(self.lead) or ("เดือน" in self.gap and _MONTHS_LONG.search(self.lead)))

    def are_a_name(self) -> bool:
        """Tell whether the date is part of the name of a building."""
        return bool(_IN_A_NAME.search(self.lead) or _BUILDING.search(self.lead))

    def items(self) -> list[tuple[int, int]]:
        """Return the first and the last day of each member."""
        items = [(int(item[1]), int(item[2] or item[1])) for item in _ITEMS.finditer(self.written)]
        two_days = len(items) == 2 and all(first == last for first, last in items)
        if two_days and "และ" in self.written and _BETWEEN_DAYS.search(self.lead):
            return [(items[0][0], items[1][1])]
        # Members of a list come in their order. A number that does not fit stands before the date and is none of them.
        while len(items) > 1 and items[0][1] >= items[1][0]:
            del items[0]
        return items


def thai_form(text: str, name: re.Match[str], after: int, near: int | None) -> Form | None:
    """Return the form of the month `name`, a match of MONTH, or None.

    Its days, if there are any, stand behind `after`. `near` is a year (C.E.) that tells what a slip like 25693 means,
    or None.
    """
    month = month_number(name[0])
    year, end = _year_behind(text, name.end(), month, near)
    if year is None and (end > name.end() or _EVERY_YEAR.match(text, end)):
        return None
    days = _days_before(text, name, after)
    if days is not None and days.lead.endswith(_CERTAINLY_A_DAY):  # none of the checks below applies
        return Form(days.start, end, month, days.items(), year)
    if days is None or not days.are_days():
        return _bare_month(text, name, year, end)
    if days.are_a_name():
        return None
    jubilee = bool(_JUBILEE.search(days.lead))
    return Form(days.start, end, month, days.items(), year, jubilee=jubilee)


def _year_behind(text: str, end: int, month: int, near: int | None) -> tuple[int | None, int]:
    """Return the year (C.E.) behind the name of a month that ends at `end`, and where the year ends.

    If there is no year, return None and `end`. If the year is a slip (1564), return None and where it ends, because
    nobody can tell which year is meant.

    A year of five digits has one too many. It is the year nearest to `near` that is left without one of the digits, at
    most three years off: 25561 is 2561, and 25693 is 2569 with the number of a footnote.
    """
    behind = _YEAR_BEHIND.match(text, end)
    if not behind:
        return None, end
    digits = behind["year"]
    if len(digits) == 2 and _UNIT.match(text, behind.end()):
        return None, end
    year = year_meant(digits, month, behind["era"])
    if year is None and len(digits) == 5 and near is not None:
        left = (year_meant(digits[:at] + digits[at + 1 :], month, behind["era"]) for at in range(5))
        possible = [each for each in left if each is not None and abs(each - near) <= _SLIP]
        year = min(possible, key=lambda each: abs(each - near), default=None)
    return year, behind.end() if year is not None or len(digits) >= 4 else end


def _days_before(text: str, name: re.Match[str], after: int) -> _Days | None:
    before = text[max(after, name.start() - _BEFORE) : name.start()]
    days = _ONE_DAY_BEFORE.search(before) if not _MORE_DAYS.search(before) else None
    days = days or _DAYS_BEFORE.search(before)
    if not days:
        return None
    start = name.start() - (len(before) - days.start(1))
    return _Days(days[1], start, text[max(0, start - _BEFORE) : start], before[days.end(1) :])


def _bare_month(text: str, name: re.Match[str], year: int | None, end: int) -> Form | None:
    """Return the form of a month without a day, or None. An abbreviation within a word is no month (`อ.ก.พ.`)."""
    if is_abbreviated(name[0]):
        before = text[max(0, name.start() - 8) : name.start()]
        if "." not in name[0] or (_IN_A_WORD.search(before) and not _MONTH_MAY_FOLLOW.search(before)):
            return None
        if _CIVIL_SERVICE.search(text, max(0, name.start() - 14), name.start()):
            return None
    this_year = bool(_THIS_YEAR.match(text, end))
    return Form(name.start(), end, month_number(name[0]), [], year, this_year=this_year)
