"""The two dates in the header of a page."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thaigov_crawler.thai.dates import EPOCH, MONTHS, read_long_date, read_numeric_date

NAMES = list(MONTHS)  # in their order
TO_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
repeatable = settings(derandomize=True, database=None, deadline=None)
dates = st.dates(date(1900, 1, 1), date(2100, 12, 31)).filter(lambda day: day != EPOCH)


def test_there_are_twelve_months_in_order():
    assert list(MONTHS.values()) == list(range(1, 13))


@pytest.mark.parametrize(
    ("number", "name"),
    list(
        enumerate(
            "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split(),
            start=1,
        )
    ),
)
def test_long_date_of_each_month(number, name):
    assert read_long_date(f"วันอังคารที่ 9 {name} 2567") == f"2024-{number:02}-09"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("วันเสาร์ที่ 24 พฤษภาคม 2568", "2025-05-24", id="as the site writes it"),
        pytest.param("24 พฤษภาคม 2568", "2025-05-24", id="no weekday"),
        pytest.param("วันที่ 24 พฤษภาคม พ.ศ. 2568", "2025-05-24", id="era named"),
        pytest.param("24พฤษภาคม2568", "2025-05-24", id="no spaces"),
        pytest.param("24\u00a0พฤษภาคม\u00a0\u00a02568", "2025-05-24", id="no-break spaces"),
        pytest.param("วันเสาร์ที่ ๒๔ พฤษภาคม ๒๕๖๘", "2025-05-24", id="Thai digits"),
        pytest.param("04 พฤษภาคม 2568", "2025-05-04", id="leading zero"),
        pytest.param("24 พฤษภาคม 2025", "2025-05-24", id="Common Era"),
        pytest.param("24 พฤษภาคม 2568 เข้าชม 4,023 ครั้ง", "2025-05-24", id="counter of views"),
        pytest.param("29 กุมภาพันธ์ 2567", "2024-02-29", id="leap day"),
        pytest.param("29 กุมภาพันธ์ 2568", None, id="no leap year"),
        pytest.param("30 กุมภาพันธ์ 2567", None, id="30 February"),
        pytest.param("31 มิถุนายน 2567", None, id="31 June"),
        pytest.param("0 มิถุนายน 2567", None, id="day 0"),
        pytest.param("วันพฤหัสบดีที่ 1 มกราคม 2513", None, id="epoch"),
        pytest.param("1 มกราคม 1970", None, id="epoch of the Common Era"),
        pytest.param("2 มกราคม 2513", "1970-01-02", id="the day after the epoch"),
        pytest.param("1 มกราคม 2443", "1900-01-01", id="first"),
        pytest.param("31 ธันวาคม 2442", None, id="before the first"),
        pytest.param("31 ธันวาคม 2643", "2100-12-31", id="last"),
        pytest.param("1 มกราคม 2644", None, id="after the last"),
        pytest.param("24 พฤษภาคม 1899", None, id="Common Era too early"),
        pytest.param("24 พฤษภาคม 2101", None, id="Common Era too late"),
        pytest.param("24 พฤษภาคม 9999", None, id="far too late"),
        pytest.param("24 พฤษภาคม 0000", None, id="year 0"),
        pytest.param("24 พฤษภาคม 25681", None, id="year of five digits"),
        pytest.param("124 พฤษภาคม 2568", None, id="day of three digits"),
        pytest.param("24 พฤษภาคม 68", None, id="year of two digits"),
        pytest.param("24 พ.ค. 2568", None, id="abbreviated"),
        pytest.param("24/05/2568", None, id="numeric"),
        pytest.param("พฤษภาคม 2568", None, id="no day"),
        pytest.param("24 May 2025", None, id="English"),
        pytest.param("ยังไม่กำหนด", None, id="junk"),
        pytest.param("", None, id="empty"),
    ],
)
def test_long_date(text, day):
    assert read_long_date(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("24/05/2568", "2025-05-24", id="as the site writes it"),
        pytest.param("4/5/2568", "2025-05-04", id="no zeros"),
        pytest.param("24-05-2568", "2025-05-24", id="hyphens"),
        pytest.param("๒๔/๐๕/๒๕๖๘", "2025-05-24", id="Thai digits"),
        pytest.param(" 24/05/2568 พิมพ์", "2025-05-24", id="print link"),
        pytest.param("24/05/2025", "2025-05-24", id="Common Era"),
        pytest.param("29/02/2567", "2024-02-29", id="leap day"),
        pytest.param("30/02/2567", None, id="30 February"),
        pytest.param("05/24/2568", None, id="month first"),
        pytest.param("00/05/2568", None, id="day 0"),
        pytest.param("24/00/2568", None, id="month 0"),
        pytest.param("01/01/2513", None, id="epoch"),
        pytest.param("31/12/2442", None, id="too early"),
        pytest.param("01/01/2644", None, id="too late"),
        pytest.param("124/05/2568", None, id="day of three digits"),
        pytest.param("24/05/25681", None, id="year of five digits"),
        pytest.param("24/05/68", None, id="year of two digits"),
        pytest.param("2568-05-24", None, id="year first"),
        pytest.param("24.05.2568", None, id="dots"),
        pytest.param("3/2567", None, id="number of a meeting"),
        pytest.param("พิมพ์", None, id="junk"),
        pytest.param("", None, id="empty"),
    ],
)
def test_numeric_date(text, day):
    assert read_numeric_date(text) == day


@repeatable
@given(dates, st.sampled_from([0, 543]), st.booleans())
def test_a_date_written_is_read_back(day, era, thai_digits):
    year = day.year + era
    long, numeric = f"วันที่ {day.day} {NAMES[day.month - 1]} {year}", f"{day:%d/%m}/{year}"
    if thai_digits:
        long, numeric = long.translate(TO_THAI_DIGITS), numeric.translate(TO_THAI_DIGITS)
    assert read_long_date(long) == read_numeric_date(numeric) == day.isoformat()


PIECES = st.sampled_from([*NAMES, "พ.ศ.", "/", "-", " ", "2568", "31", "๐", "٣", "²", "00", "9999"])


@repeatable
@given(st.text() | st.lists(PIECES).map("".join))
def test_any_text_is_a_date_in_range_or_none(text):
    for read in (read_long_date, read_numeric_date):
        day = read(text)
        assert day is None or date(1900, 1, 1) <= date.fromisoformat(day) <= date(2100, 12, 31)
