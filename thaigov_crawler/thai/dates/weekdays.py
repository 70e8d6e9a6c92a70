"""Weekdays that are written before a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from thaigov_crawler.thai.words import pattern, spellings

if TYPE_CHECKING:
    from thaigov_crawler.thai.dates.reading import DateInText

WEEKDAY = pattern("weekdays")  # a regular expression
_NUMBERS = {name: number for number, same in enumerate(spellings("weekdays")) for name in same}
_BEFORE = re.compile(rf"วัน({WEEKDAY})\s*ที่\s*$")


def weekday_before(text: str, at: int) -> int | None:
    """Return the weekday that is written right before `at` (`วันจันทร์ที่ …`), or None. Monday is 0."""
    written = _BEFORE.search(text, max(0, at - 20), at)
    return _NUMBERS[written[1]] if written else None


def weekday_mismatches(text: str, dates: Sequence[DateInText]) -> int:
    """Return how many single days have a weekday before them that is not the one of the calendar."""
    wrong = 0
    for before, this in zip([None, *dates], dates, strict=False):
        if before and this.span == before.span:  # a member of a list; the weekday before it is that of another member
            continue
        written = weekday_before(text, this.span[0])
        if written is not None and this.start == this.end:
            wrong += written != date.fromisoformat(this.start).weekday()
    return wrong
