"""Years that are not written. They are those of a neighbouring date, or put a date nearest to the news."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta

from thaigov_crawler.thai.dates.forms import Form, day_or_none
from thaigov_crawler.thai.dates.weekdays import weekday_before


def share_year(this: Form, following: Form) -> None:
    """Give the form without a year the year of the other. If a new year lies between them, the years differ by one."""
    wraps = this.first_day() > following.first_day()
    if this.year is None and following.year is not None:
        this.year = following.year - wraps
    elif following.year is None and this.year is not None:
        following.year = this.year + wraps


def fill_years(text: str, forms: list[Form], reference: date | None) -> None:
    """Give every form a year: the one nearest to `reference`, or that of the nearest form if there is no reference."""
    known = [form for form in forms if form.year is not None]
    starts = [form.start for form in known]
    for form in forms:
        if form.year is not None:
            continue
        if reference is not None:
            form.year = _nearest_year(text, form, reference)
        elif known:
            at = bisect_left(starts, form.start)
            form.year = min(known[max(0, at - 1) : at + 1], key=lambda other: abs(other.start - form.start)).year
        if form.last is not None and form.year is not None:
            form.last.year = None
            share_year(form, form.last)


def _nearest_year(text: str, form: Form, reference: date) -> int | None:
    """Return the year (C.E.) that puts the form nearest to `reference`, or None.

    If a weekday is written, years in which the form falls on it come first.
    """
    weekday = weekday_before(text, form.start)
    possible = []
    for year in range(reference.year - 1, reference.year + 2):
        start = day_or_none(year, *form.first_day())
        if start is None:
            continue
        final = form.last or form
        wraps = final.first_day() < form.first_day()
        end = day_or_none(year + wraps, final.month, final.days[-1][1] if final.days else 28)
        inside = end is not None and start <= reference <= end
        other_weekday = weekday not in (None, start.weekday())
        possible.append((other_weekday, timedelta(0) if inside else abs(start - reference), year))
    return min(possible)[2] if possible else None
