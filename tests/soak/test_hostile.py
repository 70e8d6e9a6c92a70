"""Dates and people are read in texts of a million characters, and pages of millions. None takes hours."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.hostile import DATES, PEOPLE, PLACES, TAGS, dates, nested, text_for_people
from tests.support.pages import kind_of
from tests.support.tables import every_row
from thaigov_crawler.thai.dates import read_dates, weekday_mismatches
from thaigov_crawler.thai.people import read_people


@pytest.mark.parametrize("name", DATES)
@pytest.mark.parametrize("reference", [date(2025, 6, 1), None], ids=["reference", "no reference"])
def test_dates_are_read(name: str, reference: date | None) -> None:
    text = dates(name, 1_000_000)
    assert weekday_mismatches(text, read_dates(text, reference)) == 0


@every_row("name", PEOPLE)
def test_people_are_read(name: str) -> None:
    assert len(read_people(text_for_people(name, 1_000_000))) <= 1


@every_row("where", PLACES)
@every_row("tag", TAGS)
def test_three_megabytes_of_nesting_never_raise(where: str, tag: str) -> None:
    assert kind_of("classic", nested(where, tag, 3_000_000)) in ("article", "absent", "malformed")
