"""Every date that a text mentions."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import Literal

from thaigov_crawler.thai.dates.english_forms import english_form
from thaigov_crawler.thai.dates.forms import Form, day_or_none
from thaigov_crawler.thai.dates.joining import join
from thaigov_crawler.thai.dates.months import ENGLISH_MONTH, THAI_MONTH
from thaigov_crawler.thai.dates.numeric_forms import numeric_forms
from thaigov_crawler.thai.dates.thai_forms import thai_form
from thaigov_crawler.thai.dates.years import fill_years

# Days between a jubilee and the news, at most: what is farther off is the name of a building.
JUBILEE = 400
# Dates of a text that are read, at most, of either way to write them: of 18,288 articles one mentions 113. What has
# more is made to cost time.
MOST_DATES = 20_000

# What makes a form of a text, of the name of a month in it, and of where the form before it ends.
Reader = Callable[[str, re.Match[str], int], Form | None]


@dataclass(frozen=True, slots=True)
class DateInText:
    """A date or a range of dates, and where it stands in a text."""

    start: str  # ISO day (C.E.)
    end: str  # ISO day (C.E.); equal to `start` for a single day
    precision: Literal["day", "month"]
    raw: str  # as written
    span: tuple[int, int]


def read_dates(text: str, reference: date | None = None) -> list[DateInText]:
    """Return every date that a cleaned text mentions, in order, of the first MOST_DATES. Never raises.

    Read are days, ranges and lists of days, months with a year (or นี้, ที่ผ่านมา), Thai and English, Thai and
    Arabic digits; B.E. and C.E. years are told apart by พ.ศ. and ค.ศ., else by value (2400 and more is B.E.),
    two digits are B.E. A missing year is that of the date it is joined to (`28 เมษายน – 3 พฤษภาคม 2568`), else
    the one that puts the date nearest to `reference` (the day of the news) and, if a weekday is written, on
    that weekday; without a reference that of the nearest date with a year.
    Refused are impossible days, years outside 1900 to 2100, years without a month, days of every year
    (`13 ตุลาคมของทุกปี`), days in names of buildings.
    """
    near = reference.year if reference else None
    named, numeric = (islice(found, MOST_DATES) for found in (_forms_with_months(text, near), numeric_forms(text)))
    forms = sorted([*named, *numeric], key=lambda form: form.start)
    forms = join(text, forms)
    fill_years(text, forms, reference)
    return [each for form in forms for each in _dates_of(text, form, reference)]


def _forms_with_months(text: str, near: int | None) -> Iterator[Form]:
    readers: list[tuple[re.Pattern[str], Reader]] = [
        (THAI_MONTH, partial(thai_form, near=near)),
        (ENGLISH_MONTH, english_form),
    ]
    names = [(name, read) for month, read in readers for name in month.finditer(text)]
    last_end = 0
    for name, read in sorted(names, key=lambda each: each[0].start()):
        form = read(text, name, last_end) if name.start() >= last_end else None
        if form:
            last_end = form.end
            yield form


def _dates_of(text: str, form: Form, reference: date | None) -> Iterator[DateInText]:
    precision: Literal["day", "month"] = "day" if form.days or (form.last or form).days else "month"
    for first, last in form.days or [(1, 0)]:
        start, end = _ends_of(form, first, last)
        if start is None or end is None or start > end:
            continue
        if form.jubilee and (reference is None or abs((start - reference).days) > JUBILEE):
            continue
        raw, span = text[form.start : form.end], (form.start, form.end)
        yield DateInText(start.isoformat(), end.isoformat(), precision, raw, span)


def _ends_of(form: Form, first: int, last: int) -> tuple[date | None, date | None]:
    """First and last date of the member of `form` from its day `first` to its day `last`; None for one there is not."""
    final = form.last or form
    if not final.days:
        last = _length(final)
    elif form.last:
        last = final.days[0][1]
    start, end = day_or_none(form.year, form.month, first), day_or_none(final.year, final.month, last)
    if form.last is None and first > last and start is not None and end is not None:
        before = start.replace(day=1) - timedelta(days=1)  # `30 - 2 มกราคม` begins in the month before
        start = day_or_none(before.year, before.month, first)
    return start, end


def _length(month: Form) -> int:
    return monthrange(month.year, month.month)[1] if month.year else 0
