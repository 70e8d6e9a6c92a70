"""One run on a host at a time: a lease, renewed while the run lives, free soon after it dies: at once where it died on
this machine, else when it expires.

Every function works within the caller's transaction, which must hold the lock from its beginning.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from thaigov_crawler.outcomes import now
from thaigov_crawler.store.processes import Process, is_gone
from thaigov_crawler.store.tables import leases

LIFETIME = 45  # seconds from its last renewal
RENEWAL = 10  # seconds between renewals


class Holder(NamedTuple):
    """Who holds a lease."""

    run_id: int
    holder: str  # process and machine
    since: str  # ISO datetime (UTC)


def acquire(connection: Connection, host: str, run_id: int, holder: str, process: Process) -> Holder | None:
    """Take the lease of a host for a run of a process, which `holder` names for people.

    Return the other run that holds it, where one does.
    """
    row = connection.execute(select(leases).where(leases.c.host == host)).first()
    # One that ends later than any can was taken by a clock that was wrong.
    if row and row.run_id != run_id and now() < row.expires_at <= _end() and not _has_died(row):
        return Holder(row.run_id, row.holder, row.since)
    connection.execute(delete(leases).where(leases.c.host == host))
    values = {"host": host, "run_id": run_id, "holder": holder, "since": now(), "expires_at": _end()}
    connection.execute(insert(leases), {**values, **process._asdict()})
    return None


def _has_died(lease: Row[Any]) -> bool:
    """Return whether the process that took a lease is gone; earlier versions of this program did not note which."""
    return bool(lease.machine) and is_gone(Process(lease.machine, lease.number, lease.started))


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
