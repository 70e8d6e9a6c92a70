"""Leases, so that only one run at a time works on a host. A run renews its lease; without that it soon ends. The lease
of a process that died on this machine is free at once. The times are those of the database's clock.

A run on files has a lease of its own, which keeps nobody off. It tells others that the run is at work.

Every function works in the caller's transaction, which must have the write lock from its beginning.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, or_, select, update

from thaigov_crawler.store.clock import moment
from thaigov_crawler.store.processes import Process, is_gone
from thaigov_crawler.store.tables import leases

LIFETIME = 45  # seconds from the last renewal to the end of a lease
RENEWAL = 10  # seconds between two renewals
_OF_FILES = "files of run "  # what stands in the place of a host for a run on files


class Holder(NamedTuple):
    """The run that has a lease."""

    run_id: int
    holder: str  # process and machine
    since: str  # ISO datetime, UTC


def acquire(connection: Connection, host: str, run_id: int, holder: str, process: Process) -> Holder | None:
    """Take the lease of a host for a run of a process, which `holder` names for people.

    Return None, or the other run if that has the lease now.
    """
    row = connection.execute(select(leases).where(leases.c.host == host)).first()
    now = moment(connection)
    # A lease that ends later than a new one would was taken while the clock was wrong: it counts for nothing.
    if row and row.run_id != run_id and now.isoformat() < row.expires_at <= _end(now) and not _has_died(row):
        return Holder(row.run_id, row.holder, row.since)
    left = leases.c.host.startswith(_OF_FILES, autoescape=True) & (leases.c.expires_at < now.isoformat())
    connection.execute(delete(leases).where(or_(leases.c.host == host, left)))
    values = {"host": host, "run_id": run_id, "holder": holder, "since": now.isoformat(), "expires_at": _end(now)}
    connection.execute(insert(leases), {**values, **process._asdict()})
    return None


def name_of(host: str) -> str:
    """Return what a run takes a lease of: a host, which the settings of two machines may write in different ways."""
    parts = urlsplit(f"//{host.lower()}")
    name = (parts.hostname or "").rstrip(".").removeprefix("www.")
    name = f"[{name}]" if ":" in name else name  # an address of IPv6
    try:
        return name if parts.port in (None, 80, 443) else f"{name}:{parts.port}"
    except ValueError:  # no request will leave for such a host
        return host


def name_for_files(run_id: int) -> str:
    """Return what a run on files takes a lease of, in the place of a host."""
    return f"{_OF_FILES}{run_id}"


def _has_died(lease: Row[Any]) -> bool:
    """Return whether the process that took a lease has ended. Leases of earlier versions do not name their process."""
    return bool(lease.machine) and is_gone(Process(lease.machine, lease.number, lease.started))


def renew(connection: Connection, run_id: int) -> bool:
    """Renew the lease of a run. Return false if the run has none."""
    mine = leases.c.run_id == run_id
    return bool(connection.execute(update(leases).where(mine).values(expires_at=_end(moment(connection)))).rowcount)


def release(connection: Connection, run_id: int) -> None:
    """Give back the lease of a run, if it has one."""
    connection.execute(delete(leases).where(leases.c.run_id == run_id))


def is_held_by(run_id: ColumnElement[int], now: datetime) -> ColumnElement[bool]:
    """Return the condition that the run with this number (a column of a query) has a lease at the moment `now`."""
    return select(leases).where(leases.c.run_id == run_id, leases.c.expires_at > now.isoformat()).exists()


def _end(now: datetime) -> str:
    return (now + timedelta(seconds=LIFETIME)).isoformat()
