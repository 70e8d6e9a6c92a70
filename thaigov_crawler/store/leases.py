"""One run on a host at a time: a lease, renewed while the run lives, free soon after it dies.

Every function works within the caller's transaction, which must hold the lock from its beginning.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from thaigov_crawler.outcomes import now
from thaigov_crawler.store.tables import leases

LIFETIME = 45  # seconds from its last renewal
RENEWAL = 10  # seconds between renewals


class Holder(NamedTuple):
    """Who holds a lease."""

    run_id: int
    holder: str  # process and machine
    since: str  # ISO datetime (UTC)


def acquire(connection: Connection, host: str, run_id: int, holder: str) -> Holder | None:
    """Take the lease of a host. The other run that holds it, where one does."""
    row = connection.execute(select(leases).where(leases.c.host == host)).first()
    # One that ends later than any can was taken by a clock that was wrong.
    if row and row.run_id != run_id and now() < row.expires_at <= _end():
        return Holder(row.run_id, row.holder, row.since)
    connection.execute(delete(leases).where(leases.c.host == host))
    values = {"host": host, "run_id": run_id, "holder": holder, "since": now(), "expires_at": _end()}
    connection.execute(insert(leases), values)
    return None


def renew(connection: Connection, run_id: int) -> bool:
    """Renew the lease of a run; whether it still had one."""
    mine = leases.c.run_id == run_id
    return bool(connection.execute(update(leases).where(mine).values(expires_at=_end())).rowcount)


def release(connection: Connection, run_id: int) -> None:
    """Give back what a run holds."""
    connection.execute(delete(leases).where(leases.c.run_id == run_id))


def is_held_by(run_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether the run with a number (a column of a query) holds a lease now."""
    return select(leases).where(leases.c.run_id == run_id, leases.c.expires_at > now()).exists()


def _end() -> str:
    return (datetime.now(timezone.utc) + timedelta(seconds=LIFETIME)).isoformat(timespec="seconds")
