"""The tests of tests/spiders/test_calendar.py in the other time zones."""

from __future__ import annotations

import pytest

from tests.spiders.test_calendar import (
    ZONES,
    clock,
    test_a_run_across_midnight,
    test_the_sample_is_the_same_at_any_time_anywhere,
    test_young_is_counted_from_today_in_bangkok,
)

__all__ = [
    "clock",
    "test_a_run_across_midnight",
    "test_the_sample_is_the_same_at_any_time_anywhere",
    "test_young_is_counted_from_today_in_bangkok",
]


@pytest.fixture(params=["UTC", "Bangkok"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The time zone of the commands."""
    monkeypatch.setenv("TZ", ZONES[request.param])
    return request.param
