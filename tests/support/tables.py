"""Tests that check each row of a table, as one test: thousands of small tests cost more than what they check."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

_NAMED = type(pytest.param())
_LONGEST = 200  # characters of a row that are told


def every_row(
    names: str | tuple[str, ...], rows: Iterable[Any]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Call a test with each row, and fail with all rows that fail.

    It is written as `pytest.mark.parametrize` is, but makes one test. So the rows share their fixtures: it is for tests
    without any, or with some that they do not change.
    """
    columns = (names,) if isinstance(names, str) else names
    table = [_read(row, len(columns)) for row in rows]
    assert table, "a table without rows shows nothing"

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def with_every_row(**fixtures: Any) -> None:
            failed = []
            for told, values in table:
                try:
                    test(**dict(zip(columns, values, strict=True)), **fixtures)
                except Exception as error:
                    error.add_note(f"in the row {told}")
                    failed.append((told, error))
            if failed:
                told = "".join(f"\n  {told}" for told, _ in failed)
                raise ExceptionGroup(
                    f"{len(failed)} of {len(table)} rows fail:{told}\n", [error for _, error in failed]
                )

        signature = inspect.signature(test)
        others = [each for name, each in signature.parameters.items() if name not in columns]
        with_every_row.__signature__ = signature.replace(parameters=others)  # what pytest takes for fixtures
        return with_every_row

    return decorate


def _read(row: Any, columns: int) -> tuple[str, tuple[Any, ...]]:
    """Return how a row is told, and its values. A row of one column is its value; `pytest.param` names a row."""
    if isinstance(row, _NAMED):
        told, values = row.id, row.values
    else:
        told, values = repr(row), (row,) if columns == 1 else tuple(row)
    assert len(values) == columns, f"{len(values)} values for {columns} columns: {told}"
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…", values
