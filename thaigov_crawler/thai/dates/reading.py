"""Dates in Thai government prose: Thai and English, days, months, ranges and lists.

The Buddhist Era (B.E.) is 543 years ahead of the Common Era (C.E.). Everything returned is C.E.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from thaigov_crawler.thai.calendar import BANGKOK, common_era
from thaigov_crawler.thai.date_forms import BETWEEN, DASH, FIRST_YEAR, LAST_YEAR, ON, Form, find_forms

# The date that the site shows where it has no article: the epoch of Unix time.
EPOCH = date(1970, 1, 1)
# Days between a jubilee and the news, at most: what is farther off is the name of a building.
JUBILEE = 400

_WEEKDAYS = "จันทร์ อังคาร พุธ พฤหัส ศุกร์ เสาร์ อาทิตย์".split()  # as date.weekday() counts
# Between the two ends of a range, and between the members of a list, that each name their month.
_TO = re.compile(rf"\s*(?:{DASH}|(?:ไป)?(?:จน)?ถึง|to|until|through)\s*{ON}?(?:งวด|ช่วง|ต้น|ปลาย|สิ้น)?(?:เดือน)?\s*", re.I)
_AND_TO = re.compile(rf"\s*(?:และ|กับ|and)\s*{ON}?\s*", re.I)
_LIST = re.compile(rf"\s*(?:,|และ|หรือ|กับ|and|&|\s)\s*(?:และ|and)?\s*{ON}?(?:เดือน)?\s*", re.I)
# A bullet on a line of its own is no dash.
_BULLET = re.compile(r"\s*\n\s*[-–—]")
# What of ISO 8601 structured data writes.
_ISO = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:[T ](?P<time>[0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r" ?(?P<zone>Z|(?P<hours>[+-][0-9]{2})(?::?(?P<minutes>[0-9]{2}))?)?)?",
    re.IGNORECASE,
)
_WEEKDAY_BEFORE = re.compile(r"วัน(จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์)(?:บดี)?\s*ที่\s*$")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or a range of dates that a text mentions.

    `start` and `end` are ISO days (C.E.), equal for a single day; `precision` is `day`, `month` or `year`;
    `raw` is the text as written, `span` where it stands in the text.
    """

    start: str
    end: str
    precision: str
    raw: str
    span: tuple[int, int]


def read_dates(text: str, reference: date | None = None) -> list[DateMention]:
    """Every date that a cleaned text mentions, in order. Never raises.

    Read are days, ranges and lists of days, months with a year (or นี้, ที่ผ่านมา), Thai and English, Thai and
    Arabic digits; B.E. and C.E. years are told apart by พ.ศ. and ค.ศ., else by value (2400 and more is B.E.),
    two digits are B.E. A missing year is that of the date it is joined to (`28 เมษายน – 3 พฤษภาคม 2568`), else
    the one that puts the date nearest to `reference` (the day of the news) and, if a weekday is written, on
    that weekday; without a reference that of the nearest date with a year.
    Refused are impossible days, years outside 1900 to 2100, years without a month, days of every year
    (`13 ตุลาคมของทุกปี`), days in names of buildings.
    """
    forms = _join(text, find_forms(text, reference.year if reference else None))
    _fill_years(text, forms, reference)
    return [mention for form in forms for mention in _mentions(text, form, reference)]


def _join(text: str, forms: list[Form]) -> list[Form]:
    """Ranges that name two months become one; members of lists share a year. From the end, as years stand there."""
    joined: list[Form] = []
    for this in reversed(forms):
        following = joined[-1] if joined else None
        gap = text[this.end : following.start] if following else ""
        if following and following.last is None and len(gap) <= 40 and not _BULLET.match(gap):
            if _is_range(text, this, following, gap):
                _share_year(this, following)
                this.last, this.end = following, following.end
                joined.pop()
            elif this.year is None and bool(this.days) == bool(following.days) and _LIST.fullmatch(gap):
                _share_year(this, following)
        joined.append(this)
    # A month is a date with its year only.
    return [form for form in reversed(joined) if form.days or form.year is not None or form.this_year]


def _is_range(text: str, this: Form, following: Form, gap: str) -> bool:
    if any(len(form.days) > 1 or any(first != last for first, last in form.days) for form in (this, following)):
        return False
    if not _TO.fullmatch(gap):
        and_to = bool(this.days) == bool(following.days) and _AND_TO.fullmatch(gap)
        if not (and_to and BETWEEN.search(text, max(0, this.start - 40), this.start)):
            return False
    # Two ends that cannot be those of one range (a slip in a year) each stand alone.
    ends = [_first(form) for form in (this, following) if form.year is not None]
    return None not in ends and ends == sorted(ends)


def _first(form: Form) -> date | None:
    return _day(form.year, *form.first_day())


def _share_year(this: Form, following: Form) -> None:
    """One year for both, or the years on both sides of a new year."""
    wraps = this.first_day() > following.first_day()
    if this.year is None and following.year is not None:
        this.year = following.year - wraps
    elif following.year is None and this.year is not None:
        following.year = this.year + wraps


def _fill_years(text: str, forms: list[Form], reference: date | None) -> None:
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
            _share_year(form, form.last)


def _nearest_year(text: str, form: Form, reference: date) -> int | None:
    """The year that puts the form nearest to `reference`, among those in which it falls on the weekday written."""
    written = _WEEKDAY_BEFORE.search(text, max(0, form.start - 20), form.start)
    possible = []
    for year in range(reference.year - 1, reference.year + 2):
        start = _day(year, *form.first_day())
        if start is None:
            continue
        final = form.last or form
        end = _day(year + (final.first_day() < form.first_day()), final.month, final.days[-1][1] if final.days else 28)
        inside = end is not None and start <= reference <= end
        other_weekday = bool(written) and not written[1].startswith(_WEEKDAYS[start.weekday()])
        possible.append((other_weekday, timedelta(0) if inside else abs(start - reference), year))
    return min(possible)[2] if possible else None


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _mentions(text: str, form: Form, reference: date | None) -> Iterator[DateMention]:
    raw, span = text[form.start : form.end], (form.start, form.end)
    final = form.last or form
    precision = "day" if form.days or final.days else "month"
    for first, last in form.days or [(1, 0)]:
        until = (final.days[0][1] if form.last else last) if final.days else _length(final)
        start, end = _day(form.year, form.month, first), _day(final.year, final.month, until)
        if start is None or end is None:
            continue
        if form.last is None and first > until:  # `30 - 2 มกราคม` begins in the month before
            before = start.replace(day=1) - timedelta(days=1)
            start = _day(before.year, before.month, first)
        if start is None or start > end:
            continue
        if form.jubilee and (reference is None or abs((start - reference).days) > JUBILEE):
            continue
        yield DateMention(start.isoformat(), end.isoformat(), precision, raw, span)


def _length(month: Form) -> int:
    return calendar.monthrange(month.year, month.month)[1] if month.year else 0


def weekday_mismatches(text: str, mentions: list[DateMention]) -> int:
    """How many single days have another weekday written before them than the calendar's (`วันจันทร์ที่ …`)."""
    wrong = 0
    for before, mention in zip([None, *mentions], mentions, strict=False):
        if before and mention.span == before.span:  # a member of a list, whose own weekday stands within
            continue
        written = _WEEKDAY_BEFORE.search(text, max(0, mention.span[0] - 20), mention.span[0])
        if written and mention.start == mention.end:
            weekday = date.fromisoformat(mention.start).weekday()
            wrong += not written[1].startswith(_WEEKDAYS[weekday])
    return wrong


def read_day(text: str) -> str | None:
    """The day that `text` says, a date of a page's header or of its structured data, as an ISO day (C.E.), or None.

    ISO 8601 is read as structured data writes it, as a day or with a time of day; the day is Bangkok's, so that
    `2026-04-09T18:30:00Z` is the 10th, and a time without offset is Bangkok's, too. Years of 2400 and more are B.E.,
    there as everywhere. Of any other text it is the first single day (B.E. or C.E., Thai or English).
    The epoch, 1 มกราคม 2513, is what the site shows on pages without an article, and is none.
    """
    if iso := _ISO.fullmatch(text.strip()):
        days = iter([_iso_day(iso)])
    else:
        days = (m.start for m in read_dates(text) if m.precision == "day" and m.start == m.end)
    return next((day for day in days if day != EPOCH.isoformat()), None)


def _iso_day(iso: re.Match[str]) -> str | None:
    """The day in Bangkok of a match of _ISO, or None where there is no such day or time."""
    year = common_era(int(iso["year"]))
    offset = f"{iso['hours']}:{iso['minutes'] or '00'}" if iso["hours"] else "+00:00" if iso["zone"] else "+07:00"
    try:
        moment = datetime.fromisoformat(f"{year:04}-{iso['month']}-{iso['day']}T{iso['time'] or '00:00'}{offset}")
        local = moment.astimezone(BANGKOK)
    except (ValueError, OverflowError):
        return None
    day = _day(local.year, local.month, local.day)
    return day.isoformat() if day else None
