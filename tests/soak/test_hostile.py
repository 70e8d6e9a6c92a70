"""Dates are read in texts of a million characters. No text takes hours."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.hostile import DATES, dates
from thaigov_crawler.thai.dates import read_dates, weekday_mismatches


@pytest.mark.parametrize("name", DATES)
@pytest.mark.parametrize("reference", [date(2025, 6, 1), None], ids=["reference", "no reference"])
def test_dates_are_read(name: str, reference: date | None) -> None:
    text = dates(name, 1_000_000)
    assert weekday_mismatches(text, read_dates(text, reference)) == 0
