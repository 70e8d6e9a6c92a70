"""The form of a date, and what its Thai, English and numeric forms have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from thaigov_crawler.thai.calendar import from_buddhist, is_buddhist
from thaigov_crawler.thai.dates.weekdays import WEEKDAY
from thaigov_crawler.thai.words import pattern

FIRST_YEAR, LAST_YEAR = 1900, 2100  # C.E.
_SHORT_YEARS = range(40, 90)  # two digits are B.E.: 2540 to 2589

# Regular expressions that are parts of others.
DASH = "[-–—‐‑−~]"
ON = rf"(?:(?:ที่\s*)?(?:วัน{WEEKDAY}?|{WEEKDAY})\s*ที่\s*|ที่\s*(?:ที่\s*)?)"  # what stands before it takes spaces
BETWEEN = re.compile(r"(?:ระหว่าง|between|from)[^\n]{0,12}$", re.IGNORECASE)
# Before a number that is no day: `ครั้งที่ 2 เดือนมกราคม`.
COUNTED = re.compile(rf"{pattern('dates_counted')}ที่\s*$")


@dataclass(slots=True)
class Form:
    """The days of a month, or a whole month (no days), that stand in a text. The year (C.E.) may be missing."""

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

    def first_date(self) -> date | None:
        """The day that the form begins with; None where the year is missing or there is no such day."""
        return day_or_none(self.year, *self.first_day())


def day_or_none(year: int | None, month: int, day: int) -> date | None:
    """The day (C.E.), or None where there is none, the year is missing, or it lies outside FIRST_YEAR to LAST_YEAR."""
    try:
        return date(year, month, day) if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def year_meant(digits: str, month: int, era: str | None = None) -> int | None:
    """Return the year (C.E.) that two or four digits mean behind a month (1 to 12), with the era that is written before
    them (`พ.ศ.`, `ค.ศ.`) or without; None where they mean none."""
    if len(digits) not in (2, 4):  # a number of thousands of digits is none for int()
        return None
    number = int(digits)
    if len(digits) == 2:
        number += 2500 if number in _SHORT_YEARS else 10_000
    buddhist = era[0] == "พ" if era else is_buddhist(number)
    number = from_buddhist(number, month) if buddhist else number
    return number if FIRST_YEAR <= number <= LAST_YEAR else None
