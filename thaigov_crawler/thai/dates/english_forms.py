"""English forms of dates: `5 March 2025`, `March 5-7, 2025`, `between 5 and 7 March`."""

from __future__ import annotations

import re

from thaigov_crawler.thai.dates.forms import BETWEEN, DASH, Form, day_or_none, year_meant
from thaigov_crawler.thai.dates.months import month_number

_ORDINAL = r"(?:st|nd|rd|th)?"
_TO = rf"\s*(?:{DASH}|to|and|&)\s*"
_DAYS_BEFORE = re.compile(
    rf"(?<![\d.,:/])(\d{{1,2}}){_ORDINAL}(?:{_TO}(\d{{1,2}}){_ORDINAL})?\s+(?:of\s+)?$", re.IGNORECASE
)
_DAYS_BEHIND = re.compile(
    rf"(?:\s*,)?\s+(?:the\s+)?(\d{{1,2}})(?!\d){_ORDINAL}(?:{_TO}(\d{{1,2}})(?!\d){_ORDINAL})?(?![.:,/]\d|-\d)",
    re.IGNORECASE,
)
_YEAR_BEHIND = re.compile(r"(?:\)?\s+of)?[\s,]*\b(\d{4})(?!\d)")
_AND = re.compile("and|&")


def english_form(text: str, name: re.Match[str], after: int) -> Form | None:
    """Return the form of the month `name`, a match of MONTH, or None.

    Its days, if there are any, stand behind `after`.
    """
    start, end = name.span()
    month = month_number(name[0])
    if text[start - 1 : start].isalpha():
        return None
    days = _DAYS_BEFORE.search(text, max(after, start - 30), start) or _DAYS_BEHIND.match(text, end)
    if days:
        start, end = min(start, days.start(1)), max(end, days.end())
    year = None
    if behind := _YEAR_BEHIND.match(text, end):
        year, end = year_meant(behind[1], month), behind.end()
        if year is None:
            return None
    if days and not days[2] and year is not None and day_or_none(year, month, int(days[1])) is None:
        return None
    return Form(start, end, month, _items(text, days) if days else [], year)


def _items(text: str, days: re.Match[str]) -> list[tuple[int, int]]:
    """Return the first and the last day of each member: `5 and 7` are two members, `between 5 and 7` is a range."""
    first, last = int(days[1]), int(days[2] or days[1])
    two = days[2] and _AND.search(days[0]) and not BETWEEN.search(text, max(0, days.start(1) - 40), days.start(1))
    return [(first, first), (last, last)] if two else [(first, last)]
