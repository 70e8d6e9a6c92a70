"""Dates in prose, read right.

In the tables a date is set in braces where it must be found, and its value is written in ISO 8601:
`2025-05-24` a day, `2025-05-24/2025-05-26` days, `2025-05` a month, `2025-05/2025-07` months.
"""

from __future__ import annotations

import calendar
import re
import sys
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.costly import DATES
from tests.support.tables import every_row
from thaigov_crawler.thai.dates import EPOCH, DateInText, read_dates, read_day, weekday_mismatches

MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
SHORT = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
MISSPELT = {"กรกฏาคม": 7, "กรฎาคม": 7, "กุมภาพันธุ์": 2, "พฤจิกายน": 11, "พฤสจิกายน": 11, "กันายน": 9, "พฤาภาคม": 5}
WEEKDAYS = "จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์".split()
TO_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
NEWS = date(2025, 6, 1)

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def value_of(mention: DateInText) -> str:
    """Return the value of a mention, as the tables write it."""
    start, end = date.fromisoformat(mention.start), date.fromisoformat(mention.end)
    assert start <= end
    if mention.precision == "month":
        assert (start.day, end.day) == (1, calendar.monthrange(end.year, end.month)[1])
    first, last = (day[: {"day": 10, "month": 7}[mention.precision]] for day in (mention.start, mention.end))
    return first if first == last else f"{first}/{last}"


def values(text: str, reference: date | None = None) -> list[str]:
    return [value_of(mention) for mention in read_dates(text, reference)]


def unmarked(marked: str) -> tuple[str, list[str]]:
    """Return the text without its braces, and what stood in them."""
    return re.sub("[{}]", "", marked), re.findall("{(.*?)}", marked, re.S)


def check(marked: str, expected: str, reference: date | None) -> None:
    text, raws = unmarked(marked)
    mentions = read_dates(text, reference)
    assert [value_of(mention) for mention in mentions] == expected.split()
    spans = dict.fromkeys(mention.span for mention in mentions)  # the members of a list share theirs
    assert [text[slice(*span)] for span in spans] == raws
    places = [brace.start() - 2 * nth for nth, brace in enumerate(re.finditer("{", marked))]
    assert [start for start, _ in spans] == places
    assert all(mention.raw == text[slice(*mention.span)] for mention in mentions)


WITH_YEAR = [
    # a day
    ("{24 พฤษภาคม 2568}", "2025-05-24"),
    ("วัน {24 พฤษภาคม 2568}", "2025-05-24"),
    ("วันที่ {24 พฤษภาคม 2568} ชาวสวนปลูกป่า", "2025-05-24"),
    ("วันที่{24 พฤษภาคม 2568}ชาวสวนปลูกป่า", "2025-05-24"),
    ("เมื่อวันที่ {24 พฤษภาคม 2568}", "2025-05-24"),
    ("เมื่อ {24 พฤษภาคม 2568}", "2025-05-24"),
    ("วันเสาร์ที่ {24 พฤษภาคม 2568}", "2025-05-24"),
    ("เมื่อวันเสาร์ ที่ {24 พฤษภาคม 2568}", "2025-05-24"),
    ("วันพฤหัสที่ {22 พฤษภาคม 2568}", "2025-05-22"),
    ("ในวันที่ {4 พฤษภาคม 2568} และพบกันใหม่", "2025-05-04"),
    ("({24 พฤษภาคม 2568})", "2025-05-24"),
    ("[{24 พฤษภาคม 2568}]", "2025-05-24"),
    ("{04 พฤษภาคม 2568}", "2025-05-04"),
    ("{24 พฤษภาคม พ.ศ. 2568}", "2025-05-24"),
    ("{24 พฤษภาคม พ.ศ.2568}", "2025-05-24"),
    ("{24 พฤษภาคม พศ. 2568}", "2025-05-24"),
    ("{24 พฤษภาคม พุทธศักราช 2568}", "2025-05-24"),
    ("{24 พฤษภาคม ปี 2568}", "2025-05-24"),
    ("{24 พฤษภาคม ปี พ.ศ. 2568}", "2025-05-24"),
    ("{24 พฤษภาคม ค.ศ. 2025}", "2025-05-24"),
    ("{24 พฤษภาคม คริสต์ศักราช 2025}", "2025-05-24"),
    ("{24 พฤษภาคม 2025}", "2025-05-24"),
    ("{24 เดือนพฤษภาคม 2568}", "2025-05-24"),
    ("วันที่ {24 เดือนพฤษภาคม พ.ศ. 2568}", "2025-05-24"),
    ("วันที่ {24 เดือน พฤษภาคม ปี 2568}", "2025-05-24"),
    ("วันที่ {24 ของเดือนพฤษภาคม 2568}", "2025-05-24"),
    ("{24พฤษภาคม2568}", "2025-05-24"),
    ("{๒๔ พฤษภาคม ๒๕๖๘}", "2025-05-24"),
    ("{24 พฤษภาคม 68}", "2025-05-24"),
    ("{24 พฤษภาคม พ.ศ. 68}", "2025-05-24"),
    ("{29 กุมภาพันธ์ 2567}", "2024-02-29"),
    ("{1 มกราคม 2513}", "1970-01-01"),
    ("{1 มกราคม 2442}", "1900-01-01"),
    ("{31 ธันวาคม 2643}", "2100-12-31"),
    # until B.E. 2483 the year began in April
    ("{24 มิถุนายน 2475}", "1932-06-24"),
    ("{31 ธันวาคม 2475}", "1932-12-31"),
    ("{1 มกราคม 2475}", "1933-01-01"),
    ("{29 กุมภาพันธ์ 2478}", "1936-02-29"),
    ("{31 มีนาคม 2475}", "1933-03-31"),
    ("{1 เมษายน 2476}", "1933-04-01"),
    ("{2 มี.ค. พ.ศ. 2477}", "1935-03-02"),
    ("{๒ มีนาคม ๒๔๗๗}", "1935-03-02"),
    ("{2 March 2477}", "1935-03-02"),
    ("{March 2, 2477}", "1935-03-02"),
    ("{02/03/2477}", "1935-03-02"),
    ("{2-3-2477}", "1935-03-02"),
    ("{มีนาคม 2477}", "1935-03"),
    ("{กุมภาพันธ์ 2478}", "1936-02"),
    ("{2 มีนาคม ค.ศ. 1935}", "1935-03-02"),
    ("{2 มีนาคม 1935}", "1935-03-02"),
    ("{31 มีนาคม 2482}", "1940-03-31"),
    ("{1 เมษายน 2483}", "1940-04-01"),
    ("{31 ธันวาคม 2483}", "1940-12-31"),
    ("{15 มกราคม 2483}", "1941-01-15"),
    ("{1 มกราคม 2484}", "1941-01-01"),
    ("{31 มีนาคม 2484}", "1941-03-31"),
    ("{10 ธันวาคม 2475 - 31 มีนาคม 2475}", "1932-12-10/1933-03-31"),
    ("{28 ธันวาคม – 3 มกราคม 2475}", "1932-12-28/1933-01-03"),
    ("{28 มีนาคม – 3 เมษายน 2475}", "1932-03-28/1932-04-03"),
    ("{5-7 มีนาคม 2477}", "1935-03-05/1935-03-07"),
    ("{1 มกราคม 1900}", "1900-01-01"),
    ("{31 ธันวาคม 2100}", "2100-12-31"),
    # abbreviated months
    ("{24 พ.ค. 2568}", "2025-05-24"),
    ("{24 พ.ค.2568}", "2025-05-24"),
    ("{24 พ.ค. 68}", "2025-05-24"),
    ("{2 พ.ย.63}", "2020-11-02"),
    ("{5 ก.ย. 65}", "2022-09-05"),
    ("{25ส.ค.63}", "2020-08-25"),
    ("{1 เม.ย 68}", "2025-04-01"),
    ("{1 เม. ย. 68}", "2025-04-01"),
    ("{1 เมย. 68}", "2025-04-01"),
    ("{1 เมย 2568}", "2025-04-01"),
    ("{1มค68}", "2025-01-01"),
    ("{๒ พ.ย. ๖๓}", "2020-11-02"),
    ("วันที่ {2 ม.ค. พ.ศ. 2568}", "2025-01-02"),
    ("{2 ม.ค. ค.ศ. 2025}", "2025-01-02"),
    ("วันศุกร์ที่ {2 พ.ค.68}", "2025-05-02"),
    ("{2 ม.ค. 40}", "1997-01-02"),
    ("{2 ม.ค. 89}", "2046-01-02"),
    # numbers around
    ("ชาวสวน {24 พฤษภาคม 2568}", "2025-05-24"),
    ("เวลา 09.30 น. วันที่ {24 พฤษภาคม 2568}", "2025-05-24"),
    ("เวลา 09.30 น. {24 พฤษภาคม 2568}", "2025-05-24"),
    ("ริมคลองสาม, {24 พฤษภาคม 2568}", "2025-05-24"),
    ("ปลูกครบแล้ว.\n{24 พฤษภาคม 2568} ชาวสวน", "2025-05-24"),
    ("1. {24 พฤษภาคม 2568} ปลูกป่า", "2025-05-24"),
    ("รวม 12\n{24 พฤษภาคม 2568} ปลูกป่า", "2025-05-24"),
    ("รุ่นที่ 3 และ 4 วันที่ {24 พฤษภาคม 2568}", "2025-05-24"),
    ("ครั้งที่ 2/2568 เมื่อวันที่ {24 พฤษภาคม 2568} เวลา 09.30 น.", "2025-05-24"),
    ("{24 พฤษภาคม 2568} 09.30 น. มีผู้มา 1,200 คน", "2025-05-24"),
    ("{24 พฤษภาคม 2568}, 300 ไร่", "2025-05-24"),
    ("โทร. 0 2000 1234 วันที่ {24 พฤษภาคม 2568}", "2025-05-24"),
    # numeric
    ("{24/05/2568}", "2025-05-24"),
    ("{4/5/2568}", "2025-05-04"),
    ("{24/5/68}", "2025-05-24"),
    ("{24-05-2568}", "2025-05-24"),
    ("{24/05/2025}", "2025-05-24"),
    ("{๒๔/๐๕/๒๕๖๘}", "2025-05-24"),
    ("({29/02/2567})", "2024-02-29"),
    ("วันที่ {24/05/2568} พิมพ์", "2025-05-24"),
    ("{24/05/2568 - 26/05/2568}", "2025-05-24/2025-05-26"),
    ("{24/5/68 ถึง 26/5/68}", "2025-05-24/2025-05-26"),
    ("{24/05/2568}, {26/05/2568}", "2025-05-24 2025-05-26"),
    # days within a month
    ("{24-26 พฤษภาคม 2568}", "2025-05-24/2025-05-26"),
    ("{24 - 26 พฤษภาคม 2568}", "2025-05-24/2025-05-26"),
    ("{24–26 พฤษภาคม 2568}", "2025-05-24/2025-05-26"),
    ("{24 — 26 พฤษภาคม 2568}", "2025-05-24/2025-05-26"),
    ("{24 ถึง 26 พฤษภาคม 2568}", "2025-05-24/2025-05-26"),
    ("วันที่ {24 ถึงวันที่ 26 พฤษภาคม 2568}", "2025-05-24/2025-05-26"),
    ("ระหว่างวันที่ {24-26 พฤษภาคม 2568}", "2025-05-24/2025-05-26"),
    ("ระหว่างวันที่ {24 ถึง 26 พฤษภาคม 2568}", "2025-05-24/2025-05-26"),
    ("ระหว่างวันที่ {24 และ 26 พฤษภาคม 2568}", "2025-05-24/2025-05-26"),
    ("ตั้งแต่วันที่ {24 ถึงวันที่ 26 พฤษภาคม 2568}", "2025-05-24/2025-05-26"),
    ("ตั้งแต่วันที่ {24 จนถึงวันที่ 26 พฤษภาคม 2568}", "2025-05-24/2025-05-26"),
    ("วันเสาร์ที่ {24 – วันจันทร์ที่ 26 พฤษภาคม 2568}", "2025-05-24/2025-05-26"),
    ("วันที่ {24-26 พ.ค.68}", "2025-05-24/2025-05-26"),
    ("{24-26พ.ค.68}", "2025-05-24/2025-05-26"),
    ("{๒๔ - ๒๖ พฤษภาคม ๒๕๖๘}", "2025-05-24/2025-05-26"),
    ("{24 พฤษภาคม 2568 - 26 พฤษภาคม 2568}", "2025-05-24/2025-05-26"),
    # days across months and years
    ("{28 เมษายน - 3 พฤษภาคม 2568}", "2025-04-28/2025-05-03"),
    ("{28 เมษายน–3 พฤษภาคม 2568}", "2025-04-28/2025-05-03"),
    ("{28 เมษายน ถึง 3 พฤษภาคม 2568}", "2025-04-28/2025-05-03"),
    ("{28 เมษายน 2568 ถึงวันที่ 3 พฤษภาคม 2568}", "2025-04-28/2025-05-03"),
    ("ระหว่างวันที่ {28 เมษายน ถึง 3 พฤษภาคม 2568}", "2025-04-28/2025-05-03"),
    ("ระหว่างวันที่ {28 เมษายน และ 3 พฤษภาคม 2568}", "2025-04-28/2025-05-03"),
    ("ระหว่างวันที่ {28 เมษายน 2568 และวันที่ 3 พฤษภาคม 2568}", "2025-04-28/2025-05-03"),
    ("ตั้งแต่วันที่ {28 เมษายน 2568 จนถึงวันที่ 3 พฤษภาคม 2568}", "2025-04-28/2025-05-03"),
    ("ตั้งแต่วันที่ {28 เมษายน จนถึงวันที่ 3 พฤษภาคม 2568}", "2025-04-28/2025-05-03"),
    ("ตั้งแต่วันที่ {28 เมษายน ไปจนถึง 3 พฤษภาคม 2568}", "2025-04-28/2025-05-03"),
    ("{28 เม.ย. - 3 พ.ค. 68}", "2025-04-28/2025-05-03"),
    ("{28เม.ย.-3พ.ค.68}", "2025-04-28/2025-05-03"),
    ("{28 เมษายน 2568 – 3 พฤษภาคม}", "2025-04-28/2025-05-03"),
    ("{28 ธันวาคม 2567 - 3 มกราคม 2568}", "2024-12-28/2025-01-03"),
    ("{28 ธันวาคม - 3 มกราคม 2568}", "2024-12-28/2025-01-03"),
    ("{28 ธันวาคม 2567 - 3 มกราคม}", "2024-12-28/2025-01-03"),
    ("{28 ธ.ค.67 – 3 ม.ค.68}", "2024-12-28/2025-01-03"),
    ("ตั้งแต่บัดนี้จนถึงวันที่ {31 พฤษภาคม 2568}", "2025-05-31"),
    # lists
    ("วันที่ {1, 3 และ 5 มิถุนายน 2568}", "2025-06-01 2025-06-03 2025-06-05"),
    ("วันที่ {1 และ 3 มิถุนายน 2568}", "2025-06-01 2025-06-03"),
    ("วันที่ {1 และวันที่ 3 มิถุนายน 2568}", "2025-06-01 2025-06-03"),
    ("วันที่ {1 หรือ 3 มิถุนายน 2568}", "2025-06-01 2025-06-03"),
    ("{6,13,15 มิ.ย. 68}", "2025-06-06 2025-06-13 2025-06-15"),
    ("{1-3, 5 และ 7-9 มิถุนายน 2568}", "2025-06-01/2025-06-03 2025-06-05 2025-06-07/2025-06-09"),
    ("วันที่ {28 เมษายน} และ {3 พฤษภาคม 2568}", "2025-04-28 2025-05-03"),
    ("วันที่ {28 เมษายน}, {3 พฤษภาคม} และ {2 มิถุนายน 2568}", "2025-04-28 2025-05-03 2025-06-02"),
    ("วันที่ {30 ธันวาคม} และ {2 มกราคม 2568}", "2024-12-30 2025-01-02"),
    ("{24 พฤษภาคม 2568} กับ {26 พฤษภาคม 2568}", "2025-05-24 2025-05-26"),
    ("- {24 พฤษภาคม 2568}\n- {26 พฤษภาคม 2568}", "2025-05-24 2025-05-26"),
    # months
    ("{พฤษภาคม 2568}", "2025-05"),
    ("เดือน{พฤษภาคม 2568}", "2025-05"),
    ("ในเดือน {พฤษภาคม พ.ศ. 2568} นี้", "2025-05"),
    ("ประจำเดือน{พฤษภาคม ปี 2568}", "2025-05"),
    ("ปลายเดือน{พฤษภาคม 2025}", "2025-05"),
    ("เดือน {พ.ย.66}", "2023-11"),
    ("เดือน{พ.ย. 2566}", "2023-11"),
    ("ช่วง{กุมภาพันธ์ 2567}", "2024-02"),
    ("{พฤษภาคม - กรกฎาคม 2568}", "2025-05/2025-07"),
    ("เดือน{พฤษภาคม ถึงเดือนกรกฎาคม 2568}", "2025-05/2025-07"),
    ("{พ.ค.-ก.ค. 68}", "2025-05/2025-07"),
    ("ตั้งแต่เดือน{ธันวาคม 2567 จนถึงเดือนกุมภาพันธ์ 2568}", "2024-12/2025-02"),
    ("{พฤศจิกายน – กุมภาพันธ์ 2568}", "2024-11/2025-02"),
    ("ช่วง 3 เดือน {มกราคม - มีนาคม 2568}", "2025-01/2025-03"),
    ("ครั้งที่ 2 เดือน{มกราคม 2568}", "2025-01"),
    # relative words with a date beside them
    ("วันนี้ ({1 เมษายน 2568})", "2025-04-01"),
    ("วันนี้ ({1 เม.ย. 68}) เวลา 10.00 น.", "2025-04-01"),
    ("วันนี้ (วันอังคารที่ {1 เมษายน 2568})", "2025-04-01"),
    ("วันนี้ {1 เมษายน 2568}", "2025-04-01"),
    ("เมื่อวานนี้ ({31 มีนาคม 2568})", "2025-03-31"),
    ("วานนี้ ({31 มี.ค. 68})", "2025-03-31"),
    ("พรุ่งนี้ ({2 เมษายน 2568})", "2025-04-02"),
    # what is no date beside a date
    ("สำนักงาน ก.พ. วันที่ {24 พฤษภาคม 2568}", "2025-05-24"),
    ("ปีงบประมาณ พ.ศ. 2568 เริ่มวันที่ {1 ตุลาคม 2567}", "2024-10-01"),
    ("คำสั่งที่ 12/2568 ลงวันที่ {24 พฤษภาคม พ.ศ. 2568}", "2025-05-24"),
    ("แผน (พ.ศ. 2566 - 2570) เดือน{พฤษภาคม 2568}", "2025-05"),
]

ENGLISH = [
    ("{March 22, 2023}", "2023-03-22"),
    ("on {March 22 2023}, gardeners", "2023-03-22"),
    ("{22 March 2023}", "2023-03-22"),
    ("{22nd March 2023}", "2023-03-22"),
    ("the {22nd of March 2023}", "2023-03-22"),
    ("{March 22nd, 2023}", "2023-03-22"),
    ("on Wednesday, {22 March 2023} at 9.30", "2023-03-22"),
    ("{Mar 22, 2023}", "2023-03-22"),
    ("{Sept. 5, 2024}", "2024-09-05"),
    ("{5 Sep 2024}", "2024-09-05"),
    ("{22 March 2566}", "2023-03-22"),
    ("today ({March 22, 2023})", "2023-03-22"),
    ("{February 17-18, 2022}", "2022-02-17/2022-02-18"),
    ("{February 17 – 18, 2022}", "2022-02-17/2022-02-18"),
    ("{17th - 19th May 2024}", "2024-05-17/2024-05-19"),
    ("{17-19 May 2024}", "2024-05-17/2024-05-19"),
    ("from {17 to 19 May 2024}", "2024-05-17/2024-05-19"),
    ("between {17 and 19 May 2024}", "2024-05-17/2024-05-19"),
    ("on {17 and 19 May 2024}", "2024-05-17 2024-05-19"),
    ("{28 April - 3 May 2024}", "2024-04-28/2024-05-03"),
    ("from {28 April to 3 May 2024}", "2024-04-28/2024-05-03"),
    ("{April 28 – May 3, 2024}", "2024-04-28/2024-05-03"),
    ("{December 28, 2023 - January 3, 2024}", "2023-12-28/2024-01-03"),
    ("{December 28 to January 3, 2024}", "2023-12-28/2024-01-03"),
    ("in {March 2023}", "2023-03"),
    ("{May - July 2024}", "2024-05/2024-07"),
]

# The year comes from the reference (1 June 2025), or from the date beside.
WITHOUT_YEAR = [
    ("วันที่ {24 พฤษภาคม}", "2025-05-24"),
    ("วันที่ {24 พ.ค.} นี้", "2025-05-24"),
    ("วันเสาร์ที่ {24 พฤษภาคม} เวลา 09.30 น.", "2025-05-24"),
    ("{24 พฤษภาคม} 09:30", "2025-05-24"),
    ("{24-26 พฤษภาคม} นี้", "2025-05-24/2025-05-26"),
    ("{28 เมษายน - 3 พฤษภาคม}", "2025-04-28/2025-05-03"),
    ("วันที่ {1, 3 และ 5 มิถุนายน}", "2025-06-01 2025-06-03 2025-06-05"),
    ("{5 ธันวาคม}", "2024-12-05"),  # 178 days before, 187 days after
    ("{25 พฤศจิกายน}", "2025-11-25"),
    ("{29 กุมภาพันธ์}", "2024-02-29"),  # the nearest there is
    ("{28 เมษายน} และ {3 พฤษภาคม 2560}", "2017-04-28 2017-05-03"),
    ("{May 24}, gardeners", "2025-05-24"),
    ("on {24 May} at 9.30", "2025-05-24"),
    # numbers behind that are no years
    ("{24 พฤษภาคม} 2 พันคน", "2025-05-24"),
    ("{24 พฤษภาคม} 12 คน", "2025-05-24"),
    ("{24 พฤษภาคม} 500 คน", "2025-05-24"),
    ("{24 พฤษภาคม} 50,000 บาท", "2025-05-24"),
    ("{24 พฤษภาคม} 500,000 บาท", "2025-05-24"),
    ("{24 พฤษภาคม} 60%", "2025-05-24"),
    ("{24 พฤษภาคม} 60 %", "2025-05-24"),
    ("{24 พฤษภาคม} 45.5 ล้านบาท", "2025-05-24"),
    ("{24 พฤษภาคม} 455.5 ล้านบาท", "2025-05-24"),
    ("{24 พฤษภาคม} 600%", "2025-05-24"),
    ("{24 พฤษภาคม} 45/12 หมู่ 3", "2025-05-24"),
]

NO_DATES = [
    # years alone
    "ปีงบประมาณ พ.ศ. 2568",
    "ปีงบ 68",
    "งบประมาณรายจ่ายประจำปี 2568",
    "พ.ร.บ. ป่าชุมชน พ.ศ. 2537",
    "พระราชบัญญัติสวนสาธารณะ (ฉบับที่ 3) พ.ศ. 2560 มาตรา 12",
    "ร่างพระราชบัญญัติ พ.ศ. ....",
    "แผนพัฒนาสวน ฉบับที่ 13 (พ.ศ. 2566 - 2570)",
    "โครงการคลองใส ปี 2566-2568",
    "สำมะโนต้นไม้ พ.ศ. 2563",
    "ปี ค.ศ. 2030",
    # numbers
    "ครั้งที่ 2/2568",
    "ครั้งที่ 12/2568 (นัดพิเศษ 1/2568)",
    "คำสั่งที่ 12/2568",
    "หนังสือ ที่ กส 0204/1234",
    "หนังสือ ที่ กส 0405/12/2568",
    "เอกสาร 2568-05-24-001",
    "เลขที่ 10/20/2570",
    "โทร. 02-345-6789 ต่อ 12-15",
    "โทร. 081-234-5678",
    "โทรศัพท์ 0-2000-12-25",
    "สายด่วน 1111",
    "1,250,000 บาท",
    "12.5-13.0 ล้านบาท",
    "ร้อยละ 24.05 - 25.68",
    "5.25%",
    "เวลา 09.30 - 12.00 น.",
    "เวลา 13:30",
    "ตลอด 24/7",
    "เลขที่ 12/3 หมู่ 5 ตำบลริมน้ำ 10200",
    "หมู่ 5 ต.คลองใส อ.ริมน้ำ",
    "หมู่ที่ 5 ต. ควนดิน",
    "กว้าง 5 ม. ความยาว 12 ม.",
    "ข้อ 5 ก. คณะทำงานสวน",
    "อายุ 60 ปี 5 เดือน",
    "อายุ 18-25 ปี",
    "เวอร์ชัน 2.5.68",
    "รุ่น 12-5-68",
    "ชนะ 3-2 เซต 25-20",
    "ขึ้น 15 ค่ำ เดือน 6",
    "ทุกวันที่ 5 ของเดือน",
    # impossible days, years out of range, slips
    "30 กุมภาพันธ์ 2567",
    "29 กุมภาพันธ์ 2568",
    "31 มิถุนายน 2567",
    "31 มิ.ย. 67",
    "0 มิถุนายน 2567",
    "32 มกราคม 2568",
    "29-31 มิถุนายน 2567",
    "30/02/2567",
    "05/24/2568",
    "24/00/2568",
    "00/05/2568",
    "24/05/25681",
    "124/05/2568",
    "2568-05-24",
    "24 พฤษภาคม 25561",
    "24 พฤษภาคม 1564",
    "24 พฤษภาคม พ.ศ. 2025",
    "24 พฤษภาคม ค.ศ. 2568",
    "31 ธันวาคม 2442",
    "1 มกราคม 2644",
    "24 พฤษภาคม 1899",
    "24 พฤษภาคม 2101",
    "24 พฤษภาคม 9999",
    "24 พฤษภาคม 0000",
    "31/12/2442",
    "01/01/2644",
    "พฤษภาคม 2700",
    "30 February 2024",
    "February 30-31, 2024",
    "22 March 1823",
    # words
    "วันนี้ ชาวสวนปลูกป่า",
    "เมื่อวานนี้",
    "พรุ่งนี้",
    "today and tomorrow",
    "สำนักงาน ก.พ.",
    "สำนักงาน ก.พ. 45/12 ถนนริมคลอง",
    "อ.ก.พ. 60 คน",
    "อ.ก.พ.กรม 2568",
    "ก.ค.ศ.",
    "ที่ 5 ก.ค.ศ. 2568",
    "มติ ก.ค.ศ. ครั้งที่ 5",
    "เดือนพฤษภาคม",
    "อาคาร 80 พรรษา 5 ธันวาคม 2550",
    "อาคารเฉลิมพระเกียรติ 80 พรรษา 5 ธันวาคม 2550",
    "หอประชุม 72 พรรษา 28 กรกฎาคม 2567",
    "สะพาน 5 ธันวาคม 2530",
    "Gardeners may 5 march",
    "Mayor of Augusta 12, 2024",
    "in August 1,500 farmers came",
    "",
    " ",
    "-",
]


@every_row(("marked", "expected"), WITH_YEAR + ENGLISH)
def test_a_date_with_its_year(marked, expected):
    check(marked, expected, None)
    check(marked, expected, date(2001, 2, 3))


@every_row(("marked", "expected"), WITHOUT_YEAR)
def test_a_date_without_its_year(marked, expected):
    check(marked, expected, NEWS)


@every_row("text", NO_DATES)
def test_no_date(text):
    assert read_dates(text) == []
    assert read_dates(text, NEWS) == []
    assert read_dates(text.translate(TO_THAI_DIGITS), NEWS) == []
    # Nor does it change a date in the next paragraph, or take a year from it.
    assert values(f"{text}\nวันที่ 24 พฤษภาคม 2568", NEWS) == ["2025-05-24"]


@every_row(("marked", "expected"), WITH_YEAR + ENGLISH + WITHOUT_YEAR)
def test_spaces_do_not_matter(marked, expected):
    text = unmarked(marked)[0]
    texts = [text.replace(" ", space) for space in ("\u00a0", "  ", " \u00a0", "\u00a0 \u00a0")]
    assert [values(text, NEWS) for text in texts] == [expected.split()] * 4


@every_row(("marked", "expected"), WITH_YEAR + WITHOUT_YEAR)
def test_thai_digits_are_digits(marked, expected):
    assert values(unmarked(marked)[0].translate(TO_THAI_DIGITS), NEWS) == expected.split()


@every_row("before", ["", "วัน", "วันที่", "วันที่ ", "เมื่อวันที่ ", "ในวันเสาร์ที่ ", "วันเสาร์ ที่ ", "(", "ปลูกป่า "])
@every_row("month", ["พฤษภาคม", "พ.ค.", "พ.ค", "พ. ค.", "เดือนพฤษภาคม"])
@every_row("year", ["2568", "68", "พ.ศ. 2568", "พ.ศ.2568", "ปี 2568", "2025", "ค.ศ. 2025"])
def test_what_stands_around_a_day_month_and_year(before, month, year):
    assert values(f"{before}24 {month} {year}") == ["2025-05-24"]
    if year[0].isdigit():
        assert values(f"{before}24{month}{year}ริมน้ำ") == ["2025-05-24"]


@every_row(("name", "number"), [*((name, i % 12 + 1) for i, name in enumerate([*MONTHS, *SHORT])), *MISSPELT.items()])
def test_names_of_months(name, number):
    assert values(f"วันที่ 9 {name} 2567") == [f"2024-{number:02}-09"]
    assert values(f"เดือน{name} 2567") == [f"2024-{number:02}"]


@every_row(
    ("reference", "expected"),
    [
        (date(2025, 1, 3), ["2024-12-30", "2025-01-02", "2024-12-28/2025-01-05"]),
        (date(2024, 12, 31), ["2024-12-30", "2025-01-02", "2024-12-28/2025-01-05"]),
        (date(2025, 12, 1), ["2025-12-30", "2026-01-02", "2025-12-28/2026-01-05"]),
        (None, []),
    ],
)
def test_the_nearest_year(reference, expected):
    text = "วันที่ 30 ธันวาคม ปลูก วันที่ 2 มกราคม รดน้ำ ระหว่างวันที่ 28 ธันวาคม - 5 มกราคม ดูแล"
    assert values(text, reference) == expected


def test_without_a_reference_the_nearest_date_with_a_year_gives_it():
    text = "วันที่ 5 มีนาคม 2560 ปลูก ต่อมาวันที่ 7 มีนาคม รดน้ำ และครบสิบปีในวันที่ 5 มีนาคม 2570 เป็นต้นไป"
    assert values(text) == ["2017-03-05", "2017-03-07", "2027-03-05"]


@every_row("reference", [date(1900, 1, 1), date(2100, 12, 31), date.min, date.max])
def test_a_reference_at_the_edge(reference):
    for mention in read_dates("วันที่ 1 มกราคม รดน้ำ 31 ธันวาคม - 1 มกราคม ดูแล on 29 February", reference):
        assert "1900-01-01" <= mention.start <= mention.end <= "2100-12-31"


@every_row(
    ("text", "wrong"),
    [
        ("วันเสาร์ที่ 24 พฤษภาคม 2568", 0),
        ("วันเสาร์ ที่ 24 พฤษภาคม 2568", 0),
        ("วันพฤหัสที่ 22 พ.ค. 68 และวันพฤหัสบดีที่ 22 พ.ค. 68", 0),
        ("วันอาทิตย์ที่ 24 พฤษภาคม 2568", 1),
        ("วันอาทิตย์ที่ 24/05/2568", 1),
        ("วันจันทร์ที่ 24 พฤษภาคม 2568 ปลูก วันเสาร์ที่ 24 พฤษภาคม 2568 รดน้ำ วันพุธที่ 24 พฤษภาคม 2568", 2),
        ("วันที่ 24 พฤษภาคม 2568", 0),
        ("วันเสาร์ที่ 24 - วันจันทร์ที่ 26 พฤษภาคม 2568", 0),
        ("วันจันทร์ที่ 2 และวันพุธที่ 4 มิถุนายน 2568", 0),
        ("ทุกวันจันทร์ ชาวสวนปลูกป่า 24 พฤษภาคม 2568", 0),
        ("เดือนพฤษภาคม 2568", 0),
        ("", 0),
    ],
)
def test_weekday_mismatches(text, wrong):
    mentions = read_dates(text)
    assert weekday_mismatches(text, mentions) == wrong
    assert bool(mentions) == bool(text)  # a wrong weekday keeps its date


@every_row("day", [date(2025, 5, 19 + n) for n in range(7)])
def test_each_weekday_has_one_name(day):
    texts = [f"วัน{name}ที่ {day.day} พฤษภาคม 2568" for name in WEEKDAYS]
    wrong = [weekday_mismatches(text, read_dates(text)) for text in texts]
    assert wrong == [n != day.weekday() for n in range(7)]


@every_row(
    ("text", "day"),
    [
        pytest.param("วันเสาร์ที่ 24 พฤษภาคม 2568", "2025-05-24", id="long"),
        pytest.param("วันเสาร์ที่ ๒๔ พฤษภาคม ๒๕๖๘", "2025-05-24", id="Thai digits"),
        pytest.param("24\u00a0พฤษภาคม\u00a0\u00a02568", "2025-05-24", id="no-break spaces"),
        pytest.param("24 พฤษภาคม 2568 เข้าชม 4,023 ครั้ง", "2025-05-24", id="counter of views"),
        pytest.param("24 พฤษภาคม 2025", "2025-05-24", id="Common Era"),
        pytest.param(" 24/05/2568 พิมพ์", "2025-05-24", id="numeric"),
        pytest.param("๒๔/๐๕/๒๕๖๘", "2025-05-24", id="numeric, Thai digits"),
        pytest.param("29/02/2567", "2024-02-29", id="leap day"),
        pytest.param("พฤษภาคม 2568 วันที่ 3-5 มิถุนายน 2568 วันที่ 7 มิถุนายน 2568", "2025-06-07", id="first single day"),
        pytest.param("วันพฤหัสบดีที่ 1 มกราคม 2513", None, id="epoch"),
        pytest.param("1 มกราคม 1970", None, id="epoch, Common Era"),
        pytest.param("01/01/2513", None, id="epoch, numeric"),
        pytest.param("2 มกราคม 2513", "1970-01-02", id="the day after the epoch"),
        pytest.param("30 กุมภาพันธ์ 2567", None, id="30 February"),
        pytest.param("31 มิถุนายน 2567", None, id="31 June"),
        pytest.param("24 พฤษภาคม", None, id="no year"),
        pytest.param("พฤษภาคม 2568", None, id="no day"),
        pytest.param("24 พฤษภาคม 25681", None, id="year of five digits"),
        pytest.param("3/2567", None, id="number of a meeting"),
        pytest.param("พิมพ์", None, id="junk"),
        pytest.param("", None, id="empty"),
    ],
)
def test_read_day(text, day):
    assert read_day(text) == day


@every_row(
    ("text", "day"),
    [
        pytest.param("2026-04-10", "2026-04-10", id="day"),
        pytest.param(" 2026-04-10\n", "2026-04-10", id="spaces around"),
        pytest.param("2024-02-29", "2024-02-29", id="leap day"),
        pytest.param("2026-04-10T09:00:00+07:00", "2026-04-10", id="Bangkok"),
        pytest.param("2026-04-10T23:59:59+07:00", "2026-04-10", id="Bangkok, the last second"),
        pytest.param("2026-04-09T16:59:59Z", "2026-04-09", id="UTC, before midnight in Bangkok"),
        pytest.param("2026-04-09T17:00:00Z", "2026-04-10", id="UTC, midnight in Bangkok"),
        pytest.param("2026-04-09T18:30:00Z", "2026-04-10", id="UTC, after midnight in Bangkok"),
        pytest.param("2026-04-09T18:30:00.000Z", "2026-04-10", id="milliseconds, as JavaScript writes them"),
        pytest.param("2026-04-09T18:30:00,1234567+00:00", "2026-04-10", id="fraction with a comma"),
        pytest.param("2026-04-09t18:30z", "2026-04-10", id="small letters, no seconds"),
        pytest.param("2026-04-09T14:30:00-0400", "2026-04-10", id="offset without colon"),
        pytest.param("2026-04-10T01:30:00+09", "2026-04-09", id="offset of hours"),
        pytest.param("2026-04-09T23:00:00+05:30", "2026-04-10", id="offset with minutes"),
        pytest.param("2026-04-10T00:30:00", "2026-04-10", id="no offset: Bangkok"),
        pytest.param("2026-04-10T23:30", "2026-04-10", id="no offset: Bangkok, late"),
        pytest.param("2026-04-09 18:30:00 +0000", "2026-04-10", id="spaces for T and before the offset"),
        pytest.param("2569-04-10", "2026-04-10", id="B.E."),
        pytest.param("2569-04-09T18:30:00Z", "2026-04-10", id="B.E., UTC"),
        pytest.param("2567-02-29", "2024-02-29", id="B.E., leap day of the Common Era"),
        pytest.param("2568-02-29", None, id="B.E., leap day of that Gregorian year only"),
        pytest.param("2477-03-02", "1935-03-02", id="B.E., a year that began in April"),
        pytest.param("2478-02-29", "1936-02-29", id="B.E., leap day of a year that began in April"),
        pytest.param("2484-01-01", "1941-01-01", id="B.E., the first year that began in January"),
        pytest.param("2513-01-01", None, id="B.E., epoch"),
        pytest.param("1970-01-01", None, id="epoch, ISO"),
        pytest.param("1970-01-01T00:00:00Z", None, id="epoch, UTC"),
        pytest.param("1969-12-31T17:00:00Z", None, id="epoch, midnight in Bangkok"),
        pytest.param("2026-02-30", None, id="30 February, ISO"),
        pytest.param("2026-13-01", None, id="13th month"),
        pytest.param("2026-04-10T25:00:00Z", None, id="25 o'clock"),
        pytest.param("2026-04-10T09:00:00+99:00", None, id="no such offset"),
        pytest.param("2399-04-10", None, id="neither era"),
        pytest.param("0001-01-01T00:00:00+23:59", None, id="before all years"),
        pytest.param("9999-12-31T23:59:59-12:00", None, id="after all years"),
        pytest.param("2100-12-31T23:00:00Z", None, id="after the last year in Bangkok"),
        pytest.param("2026-04", None, id="month only"),
        pytest.param("2026-04-100", None, id="three digits"),
        pytest.param("20260410", None, id="no dashes"),
        pytest.param("2026-W15-5", None, id="week"),
    ],
)
def test_read_day_of_structured_data(text, day):
    assert read_day(text) == day


@given(days, st.times(), st.integers(-14 * 60, 14 * 60), st.booleans())
def test_an_iso_moment_is_read_as_its_day_in_bangkok(day, time, offset, is_buddhist):
    zone = timezone(timedelta(minutes=offset))
    moment = datetime.combine(day, time, zone)
    local = (moment.replace(tzinfo=None) + timedelta(hours=7, minutes=-offset)).date()
    written = f"{buddhist(day) if is_buddhist else day.year}{moment.isoformat()[4:]}"
    assert read_day(written) == (str(local) if local.year in range(1900, 2101) and local != EPOCH else None)


def buddhist(day: date) -> int:
    """Return the year of B.E. of a day (C.E.)."""
    return day.year + 543 - (day < date(1940, 4, 1) and day.month < 4)


def forms(day: date) -> list[str]:
    """Return the ways to write a day."""
    d, m, be, ce = day.day, day.month - 1, buddhist(day), day.year
    undotted = SHORT[m].replace(".", "")
    thai = [
        f"วันที่ {d} {MONTHS[m]} {be}",
        f"เมื่อวัน{WEEKDAYS[day.weekday()]}ที่ {d} {MONTHS[m]} พ.ศ. {be}",
        f"{d} {MONTHS[m]} {ce}",
        f"{d}{MONTHS[m]} ค.ศ.{ce}",
        f"{d} เดือน{MONTHS[m]} ปี {be}",
        f"({d} {SHORT[m]} {be})",
        f"{d}{SHORT[m]}{be}",
        f"{d} {undotted} {be}",
        f"{d} {SHORT[m]} {ce}",
        f"{d}/{m + 1}/{be}",
        f"{day:%d/%m}/{be}",
        f"{day:%d-%m}-{be}",
        f"{day:%d/%m}/{ce}",
        f"{d}\u00a0{MONTHS[m]}  {be}",
    ]
    thai += [f"{d} {name} {be}" for name, number in MISSPELT.items() if number == m + 1]
    if 1997 <= day.year <= 2046:
        thai += [f"{d} {SHORT[m]} {be % 100}", f"{d}{SHORT[m]}{be % 100}", f"{d}/{m + 1}/{be % 100}"]
    thai += [text.translate(TO_THAI_DIGITS) for text in thai]
    month = calendar.month_name[day.month]
    return [*thai, f"on {month} {d}, {ce}", f"{d} {month} {ce}", f"{d} {month[:3]} {ce}", f"{month[:3]}. {d}, {ce}"]


@given(days, st.none() | days)
def test_a_date_written_is_read_back(day, reference):
    assert {text: values(text, reference) for text in forms(day)} == {text: [str(day)] for text in forms(day)}
    for text in forms(day):
        assert read_day(text) == (None if day == EPOCH else str(day))


@given(days, days, st.sampled_from([" - ", "–", " ถึง ", " จนถึงวันที่ "]), st.sampled_from([MONTHS, SHORT]))
def test_a_range_written_is_read_back(one, other, to, names):
    first, last = sorted((one, other))
    texts = [
        f"{first.day} {names[first.month - 1]} {buddhist(first)}{to}{last.day} {names[last.month - 1]} {buddhist(last)}"
    ]
    if first.year == last.year or (first.month > last.month and first.year + 1 == last.year):
        texts.append(f"{first.day} {names[first.month - 1]}{to}{last.day} {names[last.month - 1]} {buddhist(last)}")
    if (first.year, first.month) == (last.year, last.month) and first != last and "จน" not in to:
        texts.append(f"{first.day}{to}{last.day} {names[last.month - 1]} {buddhist(last)}")
    if first != last:
        assert {text: values(text) for text in texts} == {text: [f"{first}/{last}"] for text in texts}


@given(
    days.filter(lambda day: day.year > 1900 and day.year < 2100),
    st.integers(-180, 180),
    st.sampled_from([MONTHS, SHORT]),
)
def test_a_day_of_the_last_or_next_half_year_needs_no_year(day, distance, names):
    reference = date.fromordinal(day.toordinal() + distance)
    expected = [str(day)] if (day.month, day.day) != (2, 29) else values(f"29 กุมภาพันธ์ {day.year}")
    assert values(f"วันที่ {day.day} {names[day.month - 1]}", reference) == expected


WORDS = """
    วัน วันที่ ที่ เมื่อ ระหว่าง ระหว่างวันที่ ตั้งแต่ ถึง จนถึง และ หรือ กับ เดือน ปี พ.ศ. ค.ศ. พรรษา ก.ค.ศ. to and of the st
    th ก a - – / . , : % ( ) 0 1 2 3 5 24 26 30 31 32 68 99 2568 2025 25681 9999 ๒๔ ๒๕๖๘ ٣ ² ๐
"""
NAMES = [*MONTHS, *SHORT, *MISSPELT, *calendar.month_name[1:], *calendar.month_abbr[1:], *WEEKDAYS]
PIECES = st.sampled_from([*NAMES, *WORDS.split(), "\n", " ", "  ", "\u00a0", "\u200b"])


@given(
    st.text() | st.lists(PIECES, max_size=30).map("".join) | st.lists(PIECES, max_size=20).map(" ".join),
    st.none() | days,
)
@example("March 5-2-2568", None)
@example("March 5/2/2568", None)
def test_any_text(text, reference):
    mentions = read_dates(text, reference)
    for mention in mentions:
        value_of(mention)
        assert "1900-01-01" <= mention.start <= mention.end <= "2100-12-31"
        assert 0 <= mention.span[0] < mention.span[1] <= len(text)
        assert mention.raw == text[slice(*mention.span)]
    spans = list(dict.fromkeys(mention.span for mention in mentions))
    assert spans == sorted(spans)
    assert all(this[1] <= following[0] for this, following in pairwise(spans))
    assert 0 <= weekday_mismatches(text, mentions) <= len(mentions)
    day = read_day(text)
    assert day is None or day != EPOCH.isoformat()


@every_row("digits", ["1", "๑", "2568"])
def test_a_number_of_thousands_of_digits_is_no_year(digits):
    assert read_dates(f"5 มกราคม {digits * 5000} ปลูกป่า") == []
    assert read_dates(f"5/5/{digits * 5000}") == []
    assert read_day(f"5 มกราคม {digits * 5000}") is None


def test_english_dates_of_prose_are_read_without_dateparser(monkeypatch):
    monkeypatch.setitem(sys.modules, "dateparser", None)  # so that importing it fails
    months = calendar.month_name[1:]
    days = [date(2000 + number, number % 12 + 1, number % 28 + 1) for number in range(60)]
    text = " ".join(f"{months[day.month - 1]} {day.day}, {day.year}" for day in days)
    assert [mention.start for mention in read_dates(text)] == [str(day) for day in days]
    assert read_dates("April 31, 2024 and February 29, 2023") == []


def test_a_header_s_english_date_is_read_with_dateparser(monkeypatch):
    monkeypatch.setattr("thaigov_crawler.thai.dates.header._english_day", lambda text: f"<{text}>")
    assert read_day("Saturday, May 24, 2025") == "<May 24, 2025>"
    assert read_day("24 May 2568") == "2025-05-24"  # it does not know the Buddhist Era
    assert read_day("24 พฤษภาคม 2025") == "2025-05-24"


def test_of_a_long_header_the_beginning_is_read(monkeypatch):
    asked = []
    monkeypatch.setattr("thaigov_crawler.thai.dates.header._english_day", asked.append)  # and is None
    assert read_day("January 1, 1970, " * 60_000 + "24 May 2025") is None
    assert len(asked) <= 200 / len("May 5, 25")
    assert read_day("24 พฤษภาคม 2568 " + "ปลูกป่า " * 100_000) == "2025-05-24"


@every_row(
    ("text", "expected"),
    [
        ("วันที่ {5, 7 และ 9} มกราคม 2568", "2025-01-05 2025-01-07 2025-01-09"),
        ("วันที่ {5,7, และ 9} มกราคม 2568", "2025-01-05 2025-01-07 2025-01-09"),
        ("วันที่ {5 , วันที่ 7 และวันพฤหัสบดีที่ 9} มกราคม 2568", "2025-01-05 2025-01-07 2025-01-09"),
        ("วันที่ {5 หรือที่ 7 กับวันที่  9} มกราคม 2568", "2025-01-05 2025-01-07 2025-01-09"),
        ("วันที่ {5 ถึงวันพุธที่ 8} มกราคม 2568", "2025-01-05/2025-01-08"),
    ],
)
def test_what_may_stand_between_the_days_of_a_list(text, expected):
    mentions = read_dates(text.replace("{", "").replace("}", ""))
    assert " ".join(map(value_of, mentions)) == expected


# The texts at their full length are read in tests/soak, and tests/test_work.py counts the work.
@every_row("make", DATES.values())
@every_row("reference", [NEWS, None])
def test_hostile_input_is_read(make, reference):
    text = make(20_000)
    mentions = read_dates(text, reference)
    assert weekday_mismatches(text, mentions) == 0


@every_row(
    ("text", "expected"),
    [
        # A month with นี้ or ที่ผ่านมา has its year.
        ("ต้นเดือน {ก.ย.} นี้", [("2025-09-01", "2025-09-30", "month")]),
        ("เมื่อเดือน{กุมภาพันธ์}ที่ผ่านมา", [("2025-02-01", "2025-02-28", "month")]),
        # A day of every year is no date of this one.
        ("วันที่ 13 ตุลาคมของทุกปี", []),
        ("วันที่ 13 ตุลาคม ของแต่ละปี", []),
        # A jubilee is celebrated on its day; a building only bears its name.
        ("วันเฉลิมพระชนมพรรษา {3 มิถุนายน 2568}", [("2025-06-03", "2025-06-03", "day")]),
        ("เฉลิมพระเกียรติ 80 พรรษา 5 ธันวาคม 2550", []),
        # Numbers of something else are no days.
        ("ไตรมาสที่ 1 {มกราคม - มีนาคม 2564}", [("2021-01-01", "2021-03-31", "month")]),
        ("สัปดาห์ที่ 3 ของเดือน {มิ.ย. 64}", [("2021-06-01", "2021-06-30", "month")]),
        ("ครั้งที่ 1/1/2559", []),
        # Ends that cannot be those of one range stand alone.
        (
            "{29 ธันวาคม 2566}-{1 มกราคม 2566}",
            [("2023-12-29", "2023-12-29", "day"), ("2023-01-01", "2023-01-01", "day")],
        ),
        # A range may name a day at one end and a month at the other.
        ("{ตุลาคม 2567 – 30 มิถุนายน 2568}", [("2024-10-01", "2025-06-30", "day")]),
        ("{1 กันยายน 2567 ถึงสิ้นเดือนพฤษภาคม 2568}", [("2024-09-01", "2025-05-31", "day")]),
        # The year of a range is that around the news, and a weekday tells the year.
        ("ช่วง {1 มกราคม – 30 มิถุนายน}", [("2025-01-01", "2025-06-30", "day")]),
        ("วันศุกร์ที่ {28 กรกฎาคม}", [("2023-07-28", "2023-07-28", "day")]),
        # The number of a footnote is no part of the year.
        ("{24 พฤษภาคม 25683}", [("2025-05-24", "2025-05-24", "day")]),
        # A year is not passed forward to an abbreviation behind it.
        ("{15 มีนาคม 2564} ก.พ. ได้หยิบยกเรื่องนี้", [("2021-03-15", "2021-03-15", "day")]),
        ("วันนี้ ({25) พฤศจิกายน 2563}", [("2020-11-25", "2020-11-25", "day")]),
        ("{January, 24 2025}", [("2025-01-24", "2025-01-24", "day")]),
        ("จังหวัดระนอง : {15 พฤษภาคม 2567}", [("2024-05-15", "2024-05-15", "day")]),
    ],
)
def test_what_reading_the_corpus_taught(text: str, expected: list[tuple[str, str, str]]) -> None:
    plain = text.replace("{", "").replace("}", "")
    mentions = read_dates(plain, date(2024, 2, 1) if "วันศุกร์" in text else date(2025, 5, 24))
    assert [(m.start, m.end, m.precision) for m in mentions] == expected
    assert [m.raw for m in mentions] == [part.partition("}")[0] for part in text.split("{")[1:]]


def test_english_days_with_and_are_two_days() -> None:
    mentions = read_dates("on February 24 and 26, 2025")
    assert [(m.start, m.end) for m in mentions] == [("2025-02-24", "2025-02-24"), ("2025-02-26", "2025-02-26")]
