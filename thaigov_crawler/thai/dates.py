"""Thai dates: the two dates in the header of a page. The Buddhist Era is 543 years ahead of the Common Era."""

from __future__ import annotations

import re
from datetime import date

MONTHS = {
    "มกราคม": 1,
    "กุมภาพันธ์": 2,
    "มีนาคม": 3,
    "เมษายน": 4,
    "พฤษภาคม": 5,
    "มิถุนายน": 6,
    "กรกฎาคม": 7,
    "สิงหาคม": 8,
    "กันยายน": 9,
    "ตุลาคม": 10,
    "พฤศจิกายน": 11,
    "ธันวาคม": 12,
}
BUDDHIST_ERA = 543
# The long date that the site shows where it has no article (1970-01-01, the epoch of Unix time).
EPOCH = date(1970, 1, 1)

# Python's \d and int() take Thai digits (๐-๙) for what they are.
_LONG = re.compile(rf"(?<!\d)(\d{{1,2}})\s*({'|'.join(MONTHS)})\s*(?:พ\.ศ\.)?\s*(\d{{4}})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")


def _iso(year: str, month: int, day: str) -> str | None:
    number = int(year)
    if number > 2400:
        number -= BUDDHIST_ERA
    try:
        found = date(number, month, int(day))
    except ValueError:
        return None
    return found.isoformat() if 1900 <= found.year <= 2100 and found != EPOCH else None


def read_long_date(text: str) -> str | None:
    """The date in `วันเสาร์ที่ 24 พฤษภาคม 2568` (Buddhist Era; years below 2400 are Common Era) as an ISO
    day of the Common Era; None where there is none, where it is impossible, or where it is the epoch
    (1 มกราคม 2513) that the site shows on pages without an article."""
    found = _LONG.search(text)
    return _iso(found[3], MONTHS[found[2]], found[1]) if found else None


def read_numeric_date(text: str) -> str | None:
    """The date in `24/05/2568` (day, month, year; Buddhist Era as above) as an ISO day of the Common Era,
    or None."""
    found = _NUMERIC.search(text)
    return _iso(found[3], int(found[2]), found[1]) if found else None
