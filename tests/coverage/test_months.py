"""Months: all from the first to the last, and those that look thin or are empty."""

from __future__ import annotations

from thaigov_crawler.coverage.months import Month, months_of, stretches_of
from thaigov_crawler.store.coverage import MonthOfSection


def months(*numbers: int, year: int = 2024) -> list[Month]:
    """Consecutive months from January on, with so many articles."""
    names = [f"{year + place // 12}-{place % 12 + 1:02}" for place in range(len(numbers))]
    return months_of(MonthOfSection(name, None, number) for name, number in zip(names, numbers, strict=True) if number)


def names(which: list[Month]) -> list[str]:
    return [month.name for month in which]


def test_sections_add_up_and_empty_months_are_there() -> None:
    counted = [MonthOfSection("2024-11", "ก", 2), MonthOfSection("2024-11", None, 1), MonthOfSection("2025-02", "ก", 4)]
    assert [(month.name, month.articles) for month in months_of(counted)] == [
        ("2024-11", 3),
        ("2024-12", 0),
        ("2025-01", 0),
        ("2025-02", 4),
    ]
    assert months_of([]) == []


def test_a_month_with_fewer_than_half_of_those_around_it_is_thin() -> None:
    which = months(40, 42, 38, 19, 41, 40, 44, 20, 40, 39)
    assert names([month for month in which if month.is_thin]) == ["2024-04"]
    assert which[3].around == 40.5
    assert which[7].around == 40  # 20 is half of it


def test_the_first_and_the_last_month_are_not_judged() -> None:
    assert not [month for month in months(3, 40, 40, 40, 3) if month.is_thin]


def test_few_articles_say_nothing() -> None:
    assert not [month for month in months(19, 19, 1, 19, 19) if month.is_thin]


def test_a_month_without_articles_is_empty_and_not_thin() -> None:
    which = months(40, 40, 0, 40, 40)
    assert [(month.is_empty, month.is_thin) for month in which] == [
        (False, False),
        (False, False),
        (True, False),
        (False, False),
        (False, False),
    ]


def test_months_that_follow_each_other_are_told_as_one_stretch() -> None:
    which = months(1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1)
    assert stretches_of([month for month in which if month.is_empty]) == [
        "2024-02",
        "2024-04 to 2024-05",
        "2024-07 to 2024-09",
        "2024-12 to 2025-01",
    ]
