"""Bounds the memory and time of the SQL that a user of browse types.

The time limit stops a question between two steps of SQLite. It cannot stop a question within one step. SQLite's `instr`
of two long texts takes hours, for example, because it compares them at every place. So such functions are replaced here
by functions of linear time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

from thaigov_crawler.browse import patterns

# Bytes of a text, a BLOB or a row. A page has 10 MB at most.
LONGEST = 20_000_000
# Bytes of all rows of an answer, as sent: a thousand long articles.
LARGEST_ANSWER = 50_000_000
# Bytes that SQLite may hold for all questions together, such as rows that it sorts.
MEMORY = 500_000_000
# Bytes of a pattern of LIKE or GLOB. Search terms are shorter.
_PATTERN = 1_000
# Different characters to trim. Each character of the text is compared with each of them.
_TRIMMED = 100


class BoundedConnection(sqlite3.Connection):
    """A connection to SQLite with bounded answers.

    `unbounded` is one with SQLite's own functions. They are quicker for the texts of articles. Only our queries use it.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.unbounded = sqlite3.connect(*args, **{**kwargs, "factory": sqlite3.Connection})
        sqlite3.enable_callback_tracebacks(False)  # Datasette has each refusal of our functions on the terminal
        self.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
        self.execute(f"PRAGMA hard_heap_limit = {MEMORY}")
        for name, count, function in _FUNCTIONS:
            self.create_function(name, count, function, deterministic=True)

    def cursor(self, factory: Any = None) -> Any:
        """Return a cursor that counts what it fetches."""
        return super().cursor(factory or _BoundedCursor)

    def interrupt(self) -> None:
        """Break off the queries of both connections."""
        super().interrupt()
        self.unbounded.interrupt()

    def close(self) -> None:
        """Close both connections."""
        self.unbounded.close()
        super().close()


class _BoundedCursor(sqlite3.Cursor):
    """A cursor that raises sqlite3.OperationalError if an answer is too large."""

    _fetched = 0

    def __next__(self) -> Any:
        row = super().__next__()
        self._fetched += sum(len(value) for value in row if isinstance(value, (str, bytes)))
        if self._fetched > LARGEST_ANSWER:
            self.close()
            raise sqlite3.OperationalError("the answer is too large: ask for fewer rows or shorter texts")
        return row

    def fetchall(self) -> list[Any]:
        return list(self)

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        return [row for _, row in zip(range(size or 1), self, strict=False)]


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _instr(text: Any, part: Any) -> int | None:
    if text is None or part is None:
        return None
    if isinstance(text, bytes) and isinstance(part, bytes):
        return text.find(part) + 1
    return _text(text).find(_text(part)) + 1


def _replace(text: Any, old: Any, new: Any) -> str | None:
    if text is None or old is None or new is None:
        return None
    text, old, new = _text(text), _text(old), _text(new)
    if not old:
        return str(text)
    if len(text) + text.count(old) * (len(new) - len(old)) > LONGEST:
        raise OverflowError("string or blob too big")  # which SQLite says so
    return str(text.replace(old, new))


def _stripping(strip: Callable[..., str]) -> Callable[..., str | None]:
    def stripped(text: Any, characters: Any = " ") -> str | None:
        if text is None or characters is None:
            return None
        distinct = set(_text(characters))
        if len(distinct) > _TRIMMED:
            raise ValueError("too many characters to trim")
        return strip(_text(text), "".join(distinct))

    return stripped


def _limited(match: Callable[..., int | None]) -> Callable[..., int | None]:
    def matched(pattern: Any, *values: Any) -> int | None:
        if pattern is not None and len(_text(pattern).encode()) > _PATTERN:
            raise ValueError("LIKE or GLOB pattern too complex")
        return match(pattern, *values)

    return matched


_FUNCTIONS: list[tuple[str, int, Callable[..., Any]]] = [
    ("instr", 2, _instr),
    ("replace", 3, _replace),
    ("like", 2, _limited(patterns.like)),
    ("like", 3, _limited(patterns.like)),
    ("glob", 2, _limited(patterns.glob)),
    ("printf", -1, partial(patterns.printf, LONGEST)),
    ("format", -1, partial(patterns.printf, LONGEST)),
    *(
        (name, count, _stripping(strip))
        for count in (1, 2)
        for name, strip in (("trim", str.strip), ("ltrim", str.lstrip), ("rtrim", str.rstrip))
    ),
]
