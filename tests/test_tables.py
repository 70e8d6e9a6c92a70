"""A test of a table fails if a row fails, and tells each that does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.tables import every_row


def test_every_row_is_checked_and_all_that_fail_are_told(tmp_path: object) -> None:
    seen = []

    @every_row(("number", "word"), [(1, "บัว"), (2, "ป่า"), pytest.param(3, "น้ำ", id="the third")])
    def odd(number: int, word: str, tmp_path: object) -> None:
        seen.append((number, word, tmp_path))
        assert number == 1

    with pytest.raises(ExceptionGroup, match=r"^2 of 3 rows fail:\n  \(2, 'ป่า'\)\n  the third\n") as failure:
        odd(tmp_path=tmp_path)
    assert seen == [(1, "บัว", tmp_path), (2, "ป่า", tmp_path), (3, "น้ำ", tmp_path)]
    assert [error.__notes__ for error in failure.value.exceptions] == [
        ["in the row (2, 'ป่า')"],
        ["in the row the third"],
    ]


def test_two_tables_are_crossed() -> None:
    pairs = []

    @every_row("left", [1, 2])
    @every_row("right", [3, 4])
    def note(left: int, right: int) -> None:
        pairs.append((left, right))

    note()
    assert pairs == [(1, 3), (1, 4), (2, 3), (2, 4)]


@every_row("number", [1, 2])
def test_fixtures_come_beside_a_row(number: int, tmp_path: Path) -> None:
    assert number in (1, 2)
    assert tmp_path.is_dir()


def test_a_row_has_a_value_for_each_column() -> None:
    with pytest.raises(AssertionError, match="3 values for 2 columns"):
        every_row(("number", "word"), [(1, 2, 3)])
    with pytest.raises(AssertionError, match="shows nothing"):
        every_row("number", [])
