"""The calendar of Thailand: eras, days as people type them, and when a day begins."""

from __future__ import annotations

import pytest

from tests.support.tables import every_row
from thaigov_crawler.thai.calendar import beginning_of, common_era, from_buddhist, to_buddhist, typed_day


@every_row(("year", "meant"), [(2568, 2025), (2400, 1857), (2399, 2399), (2025, 2025), (1857, 1857)])
def test_a_year_of_either_era(year: int, meant: int) -> None:
    assert common_era(year) == meant


@every_row(
    ("year", "month", "meant"),
    [
        *((2475, month, 1932) for month in range(4, 13)),
        *((2475, month, 1933) for month in (1, 2, 3)),
        (2475, None, 1932),
        (2482, 3, 1940),
        (2483, 4, 1940),
        (2483, 12, 1940),
        (2483, 1, 1941),  # there was none: the year had nine months
        (2484, 1, 1941),
        (2484, 12, 1941),
        (2568, 1, 2025),
        (2400, 3, 1858),
        (1933, 3, 1933),
    ],
)
def test_the_year_began_in_april_until_2483(year: int, month: int | None, meant: int) -> None:
    assert common_era(year, month) == meant


@every_row(
    ("year", "month", "meant"),
    [
        (1932, 12, 2475),
        (1933, 3, 2475),
        (1933, 4, 2476),
        (1940, 3, 2482),
        (1940, 4, 2483),
        (1941, 1, 2484),
        (2025, 1, 2568),
    ],
)
def test_the_year_of_a_month_of_the_common_era(year: int, month: int, meant: int) -> None:
    assert to_buddhist(year, month) == meant
    assert from_buddhist(meant, month) == year


@every_row(
    ("text", "day"),
    [
        ("2025-05-01", "2025-05-01"),
        ("2025-5-1", "2025-05-01"),
        ("2024-02-29", "2024-02-29"),
        ("2399-12-31", "2399-12-31"),
        ("0001-01-01", "0001-01-01"),
    ],
)
def test_a_day_that_somebody_typed(text: str, day: str) -> None:
    assert typed_day(text) == day


@every_row("text", ["", "yesterday", "2025-05", "2025-02-29", "2568-13-01", "01/05/2025", "20250501"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"^must be a day, as in 2026-11-23$"):
        typed_day(text)


@every_row(
    ("text", "years"),
    [("2568-05-01", "2025 for 2568"), ("2400-05-01", "1857 for 2400"), ("2480-02-01", "1938 for 2480")],
)
def test_a_day_of_the_buddhist_era_is_refused(text: str, years: str) -> None:
    with pytest.raises(ValueError, match=rf"^days are those of the Common Era, {years}$"):
        typed_day(text)


@every_row(
    ("day", "moment"),
    [
        ("2025-05-01", "2025-04-30T17:00:00+00:00"),
        ("9999-12-31", "9999-12-30T17:00:00+00:00"),
        ("0001-01-02", "0001-01-01T17:00:00+00:00"),
        ("0001-01-01", "0001-01-01T00:00:00+00:00"),
    ],
)
def test_days_begin_in_bangkok(day: str, moment: str) -> None:
    assert beginning_of(day).isoformat() == moment
