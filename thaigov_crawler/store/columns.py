"""The types of the columns: what the program gives and gets is the same in every database.

SQLite has texts, whole numbers and JSON. PostgreSQL has more types. There the columns have the ones that fit, so that
other programs can calculate with days and times. For this program, days are always ISO texts (C.E.), and times are ISO
texts (UTC).
"""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

from sqlalchemy import JSON, BigInteger, ColumnElement, Date, DateTime, Dialect, Integer, String, Text, cast, func
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine


class _Day(TypeDecorator[str]):
    """A day that comes and goes as ISO text."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        return value  # PostgreSQL reads ISO texts

    def process_result_value(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()


class _Moment(TypeDecorator[str]):
    """A moment that comes and goes as ISO text, UTC. The empty text is before all moments, as it is among texts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        return "-infinity" if value == "" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else value.astimezone(timezone.utc).isoformat()


def _in_postgresql(kind: TypeEngine[Any], instead: TypeEngine[Any]) -> Any:
    return kind.with_variant(instead, "postgresql")


# Of PostgreSQL's orders of texts, "C" is that of SQLite: by the codes of the characters. Orders of a language depend on
# the versions of its libraries. In "C", capital letters outside of A to Z are no small ones, as in SQLite.
TEXT = _in_postgresql(Text(), postgresql.TEXT(collation="C"))
DAY = _in_postgresql(String(10), _Day())
MOMENT = _in_postgresql(Text(), _Moment())
# An article ID, or a place in a file. SQLite's integers have 64 bits in any case.
NUMBER: Any = BigInteger().with_variant(Integer(), "sqlite")
# A list. JSONB would change the order of the names in an object, so objects stay JSON.
LIST = _in_postgresql(JSON(), postgresql.JSONB())


def word(length: int) -> Any:
    """Return the type of texts that have this number of characters at most. No database checks that."""
    return _in_postgresql(String(length), postgresql.TEXT(collation="C"))


def month_of(day: ColumnElement[str]) -> ColumnElement[str]:
    """Return the ISO month (as in 2025-05) of a day, which is a column of the type DAY."""
    return func.substr(cast(day, Text), 1, 7)
