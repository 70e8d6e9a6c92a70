"""The calendar of Thailand: its time, its era, and days as people type them.

The Buddhist Era (B.E.) is 543 years ahead of the Common Era (C.E.), and 542 years in some months of the past. The
package works in C.E.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from thaigov_crawler.thai.words import spellings

# The time of Thailand since 1920. It has no summer time, so no database of time zones is needed. Some systems have
# none.
BANGKOK = timezone(timedelta(hours=7))
BUDDHIST_OFFSET = 543  # years that B.E. is ahead of C.E.
FIRST_BUDDHIST_YEAR = 2400  # a year of 2400 or more can only be one of B.E.
# The year began on 1 April until B.E. 2483. That year had nine months, and the next one began on 1 January 1941. So
# January to March of such a year lie in the following year of C.E.
LAST_YEAR_FROM_APRIL = 2483
MONTHS_AT_THE_END = range(1, 4)
MONTHS = tuple(name for name, *_ in spellings("months"))  # in Thai, from January to December


def is_buddhist(year: int) -> bool:
    """Return whether a year written without its era is one of B.E."""
    return year >= FIRST_BUDDHIST_YEAR


def from_buddhist(year: int, month: int | None = None) -> int:
    """Return the year (C.E.) of a month (1 to 12) of a year of B.E.

    Without a month, return the year in which the year of B.E. began.
    """
    follows = year <= LAST_YEAR_FROM_APRIL and month in MONTHS_AT_THE_END
    return year - BUDDHIST_OFFSET + follows


def to_buddhist(year: int, month: int | None = None) -> int:
    """Return the year of B.E. of a month (1 to 12) of a year (C.E.).

    Without a month, return the year of B.E. that began in it.
    """
    precedes = year + BUDDHIST_OFFSET <= LAST_YEAR_FROM_APRIL and month in MONTHS_AT_THE_END
    return year + BUDDHIST_OFFSET - precedes


def common_era(year: int, month: int | None = None) -> int:
    """Return the year (C.E.) of a month (1 to 12) of a year that is written without its era. See `from_buddhist`."""
    return from_buddhist(year, month) if is_buddhist(year) else year


def typed_day(text: str) -> str:
    """Return the ISO day (C.E.) that a person typed, such as `2026-11-23`.

    Raise ValueError for anything else, and for a year that can only be one of B.E. Its text says what is allowed.
    """
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise ValueError("must be a day, as in 2026-11-23") from None
    if is_buddhist(day.year):
        raise ValueError(f"days are those of the Common Era, {common_era(day.year, day.month)} for {day.year}")
    return day.isoformat()


def beginning_of(day: str) -> datetime:
    """Return the moment (UTC) at which an ISO day (C.E.) begins in Bangkok.

    For 0001-01-01, return the first moment that a datetime can hold. In Bangkok that day begins earlier.
    """
    try:
        return datetime.fromisoformat(day).replace(tzinfo=BANGKOK).astimezone(timezone.utc)
    except OverflowError:
        return datetime.min.replace(tzinfo=timezone.utc)
