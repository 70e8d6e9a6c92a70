"""Reading days, months and years that people type, in B.E. or C.E., with Thai or Arabic digits."""

from __future__ import annotations

import re

from thaigov_crawler.thai.calendar import common_era
from thaigov_crawler.thai.dates import read_day

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})", re.ASCII)
_YEAR = re.compile(r"(?:(?:ปี )?(?:พ\.ศ\.|ค\.ศ\.)|ปี)? ?(\d{4})", re.ASCII)
_MONTH = re.compile(r"(\d{4})((?:-(0[1-9]|1[0-2])(?:-\d{2})?)?)", re.ASCII)


def day_of(text: object) -> str | None:
    """Return the ISO day (C.E.) of a text such as `2568-5-24`, `24/5/2568` or `24 พ.ค. 2568`, None for an empty text.

    Raise ValueError, with a message in Thai, if it is not a day.
    """
    said = _plain(text)
    if not said:
        return None
    if found := _YEAR_FIRST.fullmatch(said) or _DAY_FIRST.fullmatch(said):
        said = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
    day = read_day(said)
    if day is None:
        raise ValueError(f"วันที่ไม่ถูกต้อง: {said} (พิมพ์ เช่น 2568-05-24 หรือ 24 พ.ค. 2568)")
    return day


def year_of(text: object) -> int | None:
    """Return the year (C.E.) of a text such as `2568`, `พ.ศ. 2568` or `2025`, None for an empty text.

    Raise ValueError, with a message in Thai, if it is not a year.
    """
    said = _plain(text)
    if not said:
        return None
    if not (found := _YEAR.fullmatch(said)):
        raise ValueError(f"ปีไม่ถูกต้อง: {said} (พิมพ์ เช่น 2568)")
    return common_era(int(found[1]))


def month_of(text: str) -> str:
    """Return the ISO month, year or day (C.E.) of a text with one in B.E. or C.E., such as `2568-05`.

    Raise ValueError, with a message in Thai, if it has none.
    """
    said = _plain(text)
    if not (found := _MONTH.fullmatch(said)):
        raise ValueError(f"เดือนไม่ถูกต้อง: {said} (พิมพ์ เช่น 2568-05)")
    return f"{common_era(int(found[1]), int(found[3]) if found[3] else None):04}{found[2]}"


def _plain(text: object) -> str:
    return " ".join(str("" if text is None else text).translate(_THAI_DIGITS).split())
