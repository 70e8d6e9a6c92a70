"""The day that a page's header says, or its structured data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from thaigov_crawler.thai.calendar import BANGKOK, common_era, is_buddhist
from thaigov_crawler.thai.dates.forms import day_or_none
from thaigov_crawler.thai.dates.reading import read_dates

# The date that the site shows where it has no article: the epoch of Unix time.
EPOCH = date(1970, 1, 1)

# Characters of a text that are read: a date has a tenth of them. dateparser takes a millisecond for each date.
LONGEST = 200

# What of ISO 8601 structured data writes.
_ISO = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:[T ](?P<time>[0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r" ?(?P<zone>Z|(?P<hours>[+-][0-9]{2})(?::?(?P<minutes>[0-9]{2}))?)?)?",
    re.IGNORECASE,
)
_IS_ENGLISH = re.compile("[A-Za-z]{3}")
_YEAR = re.compile("[0-9]{4}")
# With a time zone named, dateparser does not ask for the machine's, which may have no name (TZ=UTC0).
_WHOLE_DAYS = {"REQUIRE_PARTS": ["day", "month", "year"], "TIMEZONE": "Asia/Bangkok"}


def read_day(text: str) -> str | None:
    """Return the day that `text` says, a date of a page's header or of its structured data: an ISO day (C.E.), or None.

    ISO 8601 is read as structured data writes it, as a day or with a time of day; the day is Bangkok's, so that
    `2026-04-09T18:30:00Z` is the 10th, and a time without offset is Bangkok's, too. Years of 2400 and more are B.E.,
    there as everywhere. Of any other text it is the first single day (B.E. or C.E., Thai or English).
    The epoch, 1 มกราคม 2513, is what the site shows on pages without an article, and is none. Of a long text the first
    LONGEST characters are read.
    """
    text = text.strip()[:LONGEST]
    if iso := _ISO.fullmatch(text):
        day = _iso_day(iso)
        return None if day == EPOCH.isoformat() else day
    return next((day for day in _single_days(text) if day != EPOCH.isoformat()), None)


def _single_days(text: str) -> Iterator[str]:
    """Return the single days that a text mentions (ISO, C.E.)."""
    for each in read_dates(text):
        if each.precision != "day" or each.start != each.end:
            continue
        year = _YEAR.search(each.raw)
        # dateparser knows English dates well, but the Common Era only. It takes long to import, and for each date, so
        # that prose is not for it.
        if _IS_ENGLISH.search(each.raw) and year and not is_buddhist(int(year[0])):
            if day := _english_day(each.raw):
                yield day
        else:
            yield each.start


def _english_day(text: str) -> str | None:
    """Return the day (ISO, C.E.) that an English date says, as dateparser reads it, or None."""
    import dateparser

    found = dateparser.parse(text, languages=["en"], settings=_WHOLE_DAYS)
    return found.date().isoformat() if found else None


def _iso_day(iso: re.Match[str]) -> str | None:
    """Return the day in Bangkok of a match of _ISO, or None where there is no such day or time."""
    year = common_era(int(iso["year"]), int(iso["month"]))
    offset = f"{iso['hours']}:{iso['minutes'] or '00'}" if iso["hours"] else "+00:00" if iso["zone"] else "+07:00"
    try:
        moment = datetime.fromisoformat(f"{year:04}-{iso['month']}-{iso['day']}T{iso['time'] or '00:00'}{offset}")
        local = moment.astimezone(BANGKOK)
    except (ValueError, OverflowError):
        return None
    day = day_or_none(local.year, local.month, local.day)
    return day.isoformat() if day else None
