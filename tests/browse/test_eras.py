"""Days and months of either era, as people type them and as they are shown."""

from __future__ import annotations

import pytest

from thaigov_crawler.browse.asked import day_of, month_of, year_of
from thaigov_crawler.browse.formats import in_thai


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2477-03-02", "1935-03-02"),
        ("2/3/2477", "1935-03-02"),
        ("2 มี.ค. 2477", "1935-03-02"),
        ("2484-1-1", "1941-01-01"),
    ],
)
def test_the_year_began_in_april_until_2483(typed: str, day: str) -> None:
    assert day_of(typed) == day


@pytest.mark.parametrize(
    ("typed", "month"), [("2477-03", "1935-03"), ("2477-04", "1934-04"), ("2477-02-28", "1935-02-28"), ("2477", "1934")]
)
def test_a_month(typed: str, month: str) -> None:
    assert month_of(typed) == month


def test_a_year_alone_is_the_one_in_which_it_began() -> None:
    assert year_of("พ.ศ. 2477") == 1934


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("1935-03-02", "2 มีนาคม 2477"),
        ("1935-03", "มีนาคม 2477"),
        ("1935-04-01", "1 เมษายน 2478"),
        ("1940-03-31", "31 มีนาคม 2482"),
        ("1940-12-31", "31 ธันวาคม 2483"),
        ("1941-01-01", "1 มกราคม 2484"),
        ("1935", "2478"),
        ("2025-01-24", "24 มกราคม 2568"),
    ],
)
def test_as_it_is_shown(day: str, shown: str) -> None:
    assert in_thai(day) == shown
