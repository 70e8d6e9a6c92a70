"""The clock of the database. All programs that use one database agree on it, whatever the clocks of their machines say.

SQLite has no clock of its own, and only one machine uses a SQLite database.
"""

from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy import Connection, func, select


def moment(connection: Connection) -> datetime:
    """Return the present moment, UTC, to the second."""
    if connection.dialect.name == "postgresql":  # not now(): that is the beginning of the transaction
        told: datetime = connection.scalars(select(func.clock_timestamp())).one()
        return told.astimezone(timezone.utc).replace(microsecond=0)
    return datetime.now(timezone.utc).replace(microsecond=0)
