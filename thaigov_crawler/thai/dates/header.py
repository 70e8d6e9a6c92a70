"""The day that a page's header or its structured data says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache

from thaigov_crawler.thai.calendar import BANGKOK, common_era, is_buddhist
from thaigov_crawler.thai.dates.forms import day_or_none
from thaigov_crawler.thai.dates.reading import read_dates

# The site shows this date on pages without an article. It is the epoch of Unix time.
EPOCH = date(1970, 1, 1)

# The most characters of a text that are read. A date has a tenth of them. dateparser takes a millisecond for each date.
LONGEST = 200

# The part of ISO 8601 that structured data writes.
_ISO = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:[T ](?P<time>[0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r" ?(?P<zone>Z|(?P<hours>[+-][0-9]{2})(?::?(?P<minutes>[0-9]{2}))?)?)?",
    re.IGNORECASE,
)
_IS_ENGLISH = re.compile("[A-Za-z]{3}")
_YEAR = re.compile("[0-9]{4}")
# If a time zone is named, dateparser does not ask for the machine's. That one may have no name (TZ=UTC0).
_WHOLE_DAYS = {"REQUIRE_PARTS": ["day", "month", "year"], "TIMEZONE": "Asia/Bangkok"}


def read_day(text: str) -> str | None:
    """Return the ISO day (C.E.) that the date of a page's header or of its structured data says, or None.

    A text in ISO 8601 is a day, or a day with a time of day. The day is Bangkok's, so `2026-04-09T18:30:00Z` is the
    10th. A time without an offset is Bangkok's too. In any other text, the first single day counts, in Thai or in
    English. A year of 2400 or more is one of B.E., and an earlier one of C.E.

    The epoch, 1 มกราคม 2513, gives None: the site shows it on pages without an article. Only the first LONGEST
    characters of a text are read.
    """
    return _day_of(text.strip()[:LONGEST])


# Neighbouring articles are of the same days.
@lru_cache(maxsize=256)
def _day_of(text: str) -> str | None:
    if iso := _ISO.fullmatch(text):
        day = _iso_day(iso)
        return None if day == EPOCH.isoformat() else day
    return next((day for day in _single_days(text) if day != EPOCH.isoformat()), None)


def _single_days(text: str) -> Iterator[str]:
    """Yield the single days that a text mentions (ISO, C.E.)."""
    for each in read_dates(text):
        if each.precision != "day" or each.start != each.end:
            continue
        year = _YEAR.search(each.raw)
        # dateparser knows English dates well, but only those of the Common Era. Its import takes long, and so does each
        # date, so it is not used for prose.
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
