"""The day that a page's header says, or its structured data."""

from __future__ import annotations

import re
from datetime import date, datetime

from thaigov_crawler.thai.calendar import BANGKOK, common_era
from thaigov_crawler.thai.dates.forms import day_or_none
from thaigov_crawler.thai.dates.reading import read_dates

# The date that the site shows where it has no article: the epoch of Unix time.
EPOCH = date(1970, 1, 1)

# What of ISO 8601 structured data writes.
_ISO = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:[T ](?P<time>[0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r" ?(?P<zone>Z|(?P<hours>[+-][0-9]{2})(?::?(?P<minutes>[0-9]{2}))?)?)?",
    re.IGNORECASE,
)


def read_day(text: str) -> str | None:
    """The day that `text` says, a date of a page's header or of its structured data, as an ISO day (C.E.), or None.

    ISO 8601 is read as structured data writes it, as a day or with a time of day; the day is Bangkok's, so that
    `2026-04-09T18:30:00Z` is the 10th, and a time without offset is Bangkok's, too. Years of 2400 and more are B.E.,
    there as everywhere. Of any other text it is the first single day (B.E. or C.E., Thai or English).
    The epoch, 1 มกราคม 2513, is what the site shows on pages without an article, and is none.
    """
    if iso := _ISO.fullmatch(text.strip()):
        days = [_iso_day(iso)]
    else:
        days = [each.start for each in read_dates(text) if each.precision == "day" and each.start == each.end]
    return next((day for day in days if day != EPOCH.isoformat()), None)


def _iso_day(iso: re.Match[str]) -> str | None:
    """The day in Bangkok of a match of _ISO, or None where there is no such day or time."""
    year = common_era(int(iso["year"]), int(iso["month"]))
    offset = f"{iso['hours']}:{iso['minutes'] or '00'}" if iso["hours"] else "+00:00" if iso["zone"] else "+07:00"
    try:
        moment = datetime.fromisoformat(f"{year:04}-{iso['month']}-{iso['day']}T{iso['time'] or '00:00'}{offset}")
        local = moment.astimezone(BANGKOK)
    except (ValueError, OverflowError):
        return None
    day = day_or_none(local.year, local.month, local.day)
    return day.isoformat() if day else None
