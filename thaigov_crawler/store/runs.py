"""The table `runs`: each run is noted when it begins and when it ends, and read to show and compare runs.

The times are those of the database's clock, because runs of several machines are in the table.

Every function works in the caller's transaction.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Select, func, insert, or_, select, update

from thaigov_crawler.outcomes import storable
from thaigov_crawler.store.clock import moment
from thaigov_crawler.store.leases import is_held_by, release
from thaigov_crawler.store.tables import runs

# `ended` returns this number of runs at most. As one run a night, that is more than two years.
_MOST_ENDED = 1000


@dataclass(frozen=True)
class PastRun:
    """One run. Times are ISO datetimes, UTC. What the run has not noted yet, or never noted, is None."""

    id: int
    spider: str
    source: str
    arguments: dict[str, str]
    started_at: str
    finished_at: str | None
    planned: int | None
    outcomes: dict[str, int] | None  # visits by outcome
    reason: str | None
    exit_status: int | None
    quality: dict[str, Any] | None
    warnings: list[str] | None
    hostname: str | None  # machine on which it ran
    is_running: bool  # whether it has a lease now

    @property
    def source_kind(self) -> str:
        """Return the source without its path, as in `warc` for `warc:news.warc.gz`."""
        return self.source.partition(":")[0]

    @property
    def part(self) -> str | None:
        """Return the argument `part`, such as `2/8`, or None if the run did not do a part only."""
        return self.arguments.get("part")

    @property
    def is_plan_only(self) -> bool:
        """Tell whether the run only said what it would visit."""
        return self.arguments.get("plan_only") == "true"


class Begun(NamedTuple):
    """The source and the arguments of a run."""

    source: str
    arguments: dict[str, str]


_COLUMNS = [runs.c[field.name] for field in fields(PastRun) if field.name in runs.c]


def begin(connection: Connection, *, spider: str, source: str, arguments: Mapping[str, str], version: str) -> int:
    """Note that a run has begun, and return its number."""
    values = {"spider": spider, "source": source, "arguments": dict(arguments), "version": version}
    begun = insert(runs).values(**values, started_at=moment(connection).isoformat(), hostname=socket.gethostname())
    (run_id,) = cast("tuple[int]", connection.execute(begun).inserted_primary_key)
    return run_id


def note(connection: Connection, run_id: int, **values: Any) -> None:
    """Write columns of a run before it ends, such as `quality` and `warnings`."""
    if values.get("warnings"):
        values["warnings"] = [storable(warning) for warning in values["warnings"]]
    if values.get("reason"):
        values["reason"] = storable(values["reason"])
    connection.execute(update(runs).where(runs.c.id == run_id).values(**values))


def end(connection: Connection, run_id: int, **values: Any) -> None:
    """Write how a run ended (`planned`, `outcomes`, `reason`, `exit_status`), and give back its lease."""
    note(connection, run_id, finished_at=moment(connection).isoformat(), **values)
    release(connection, run_id)


def first(connection: Connection) -> Begun | None:
    """Return source and arguments of the first run, or None if there was no run."""
    row = connection.execute(select(runs.c.source, runs.c.arguments).order_by(runs.c.id).limit(1)).first()
    return Begun(*row) if row else None


def number(connection: Connection) -> int:
    """Return the number of runs."""
    return connection.scalar(select(func.count()).select_from(runs)) or 0


def machines(connection: Connection) -> list[str]:
    """Return the hostnames of all machines on which there was a run, sorted."""
    known = select(runs.c.hostname).where(runs.c.hostname.is_not(None)).distinct().order_by(runs.c.hostname)
    return list(connection.scalars(known))


def latest(connection: Connection, most: int) -> list[PastRun]:
    """Return the latest runs, `most` at most, the newest last."""
    return _read(connection, _query(moment(connection)).order_by(runs.c.id.desc()).limit(most))[::-1]


def since(connection: Connection, period: timedelta) -> list[PastRun]:
    """Return the runs of the last `period`, in the order in which they began.

    A run counts if it ended in this time, or is at work now. A killed run has no end: it counts if it began
    then or later. The order is that of the numbers, because clocks may be wrong.
    """
    now = moment(connection)
    at = func.coalesce(runs.c.finished_at, runs.c.started_at)
    counts = or_(at >= (now - period).isoformat(), is_held_by(runs.c.id, now))
    return _read(connection, _query(now).where(counts).order_by(runs.c.id))


def at_work(connection: Connection) -> list[int]:
    """Return the numbers of the runs that have a lease now, on hosts or on files."""
    return list(
        connection.scalars(select(runs.c.id).where(is_held_by(runs.c.id, moment(connection))).order_by(runs.c.id))
    )


def ended(connection: Connection, spider: str, source_kind: str) -> list[PastRun]:
    """Return the last runs of a spider and a kind of source (see PastRun) that have ended, the newest first."""
    of_kind = or_(runs.c.source == source_kind, runs.c.source.startswith(f"{source_kind}:", autoescape=True))
    query = _query(moment(connection)).where(runs.c.spider == spider, of_kind, runs.c.finished_at.is_not(None))
    return _read(connection, query.order_by(runs.c.id.desc()).limit(_MOST_ENDED))


def _query(now: datetime) -> Select[Any]:
    return select(*_COLUMNS, is_held_by(runs.c.id, now).label("is_running"))


def _read(connection: Connection, query: Select[Any]) -> list[PastRun]:
    return [PastRun(**row) for row in connection.execute(query).mappings()]
