"""Every date that a text mentions."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from thaigov_crawler.thai.dates.english_forms import english_form
from thaigov_crawler.thai.dates.forms import Form, day_or_none
from thaigov_crawler.thai.dates.joining import join
from thaigov_crawler.thai.dates.months import MONTH
from thaigov_crawler.thai.dates.numeric_forms import numeric_forms
from thaigov_crawler.thai.dates.thai_forms import thai_form
from thaigov_crawler.thai.dates.years import fill_years

# The most days between a jubilee and the news. A date farther off is the name of a building.
JUBILEE = 400
# The most dates of a text that are read, of those with a month's name and of those in digits. Of 18,288 articles of the
# corpora one mentions 113. A text with more is made to cost time.
MOST_DATES = 20_000


@dataclass(frozen=True, slots=True)
class DateInText:
    """A date or a range of dates, and where it stands in a text."""

    start: str  # ISO day (C.E.)
    end: str  # ISO day (C.E.); equal to `start` for a single day
    precision: Literal["day", "month"]
    raw: str  # as written
    span: tuple[int, int]


def read_dates(text: str, reference: date | None = None) -> list[DateInText]:
    """Return the dates that a cleaned text mentions, in order, as days of the Common Era. Raise nothing.

    - **Read:** days, ranges and lists of days, and months with a year or with นี้ or ที่ผ่านมา. They may be Thai or
      English, with Thai or Arabic digits.
    - **Era:** พ.ศ. and ค.ศ. tell it. Without them, a year of 2400 or more is one of B.E., and so are two digits.
    - **Missing year:** it is that of the date that it is joined to (`28 เมษายน – 3 พฤษภาคม 2568`). Otherwise it is the
      year that puts the date nearest to `reference`, the day of the news. If a weekday is written, the date must fall
      on it. Without a reference, it is the year of the nearest date that has one.
    - **Refused:** impossible days, years outside 1900 to 2100, months without a year, days of every year
      (`13 ตุลาคมของทุกปี`), and days in names of buildings.

    At most MOST_DATES forms with a month's name and as many in digits are read.
    """
    near = reference.year if reference else None
    named, numeric = (islice(found, MOST_DATES) for found in (_forms_with_months(text, near), numeric_forms(text)))
    forms = sorted([*named, *numeric], key=lambda form: form.start)
    forms = join(text, forms)
    fill_years(text, forms, reference)
    return [each for form in forms for each in _dates_of(text, form, reference)]


def _forms_with_months(text: str, near: int | None) -> Iterator[Form]:
    last_end = 0
    for name in MONTH.finditer(text):
        if name.start() < last_end:
            continue
        form = english_form(text, name, last_end) if name[0].isascii() else thai_form(text, name, last_end, near)
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
    """Return the first and the last date of a member of a form; None for a date that does not exist.

    `first` and `last` are the days of the member.
    """
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
