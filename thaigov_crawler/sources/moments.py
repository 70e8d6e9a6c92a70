"""Reads the time of a capture, as a WARC record or an index writes it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from thaigov_crawler.errors import DamagedRecord

# An offset from UTC behind a time of day, as in +07:00.
_OFFSET = re.compile(r"[T\s].*([+-])(\d\d):?(\d\d)?\s*$", re.IGNORECASE | re.ASCII)
_BEGINNING = "00000101000000"  # of a year, yyyymmddhhmmss


def utc(warc_date: str) -> str:
    """Return a WARC-Date, or the timestamp of an index, as ISO datetime with offset, UTC, to the second.

    A WARC-Date is in UTC unless it has an offset. It may be less precise than a second: a year stands for its
    beginning. Raise DamagedRecord if it is not a date.
    """
    offset = _OFFSET.search(warc_date)
    digits = re.sub(r"\D", "", warc_date[: offset.start(1)] if offset else warc_date)[:14]
    if len(digits) < 4:
        raise DamagedRecord(f"it has no date (WARC-Date: {warc_date!r})")
    try:
        whole = digits + _BEGINNING[len(digits) :]
        month, day, hour, minute, second = (int(whole[at : at + 2]) for at in range(4, 14, 2))
        moment = datetime(int(whole[:4]), month, day, hour, minute, second)
        if offset:
            ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
            moment += -ahead if offset[1] == "+" else ahead
    except (ValueError, OverflowError):
        raise DamagedRecord(f"its date cannot be read (WARC-Date: {warc_date!r})") from None
    return moment.replace(tzinfo=timezone.utc).isoformat(timespec="seconds")
