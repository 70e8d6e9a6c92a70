"""The runs that were and are: noted as they begin and end, and read to show them, to tell whether they failed, to
compare one with others.

Every function works within the caller's transaction.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Select, func, insert, or_, select, update

from thaigov_crawler.outcomes import now
from thaigov_crawler.store.leases import is_held_by, release
from thaigov_crawler.store.tables import runs

# As many of the ended runs as are looked at: years of nights.
_MOST_ENDED = 1000


@dataclass(frozen=True)
class PastRun:
    """One run. Times are ISO datetimes (UTC); what it does not know yet, or never said, is None."""

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
    is_running: bool  # holds a lease; runs on files never do

    @property
    def source_kind(self) -> str:
        """The source without its path: `warc` of `warc:news.warc.gz`."""
        return self.source.partition(":")[0]

    @property
    def is_plan_only(self) -> bool:
        """Whether it only said what it would visit."""
        return self.arguments.get("plan_only") == "true"


class Begun(NamedTuple):
    """What a run was begun with."""

    source: str
    arguments: dict[str, str]


_COLUMNS = [runs.c[field.name] for field in fields(PastRun) if field.name in runs.c]


def begin(connection: Connection, *, spider: str, source: str, arguments: Mapping[str, str], version: str) -> int:
    """Note that a run has begun; its number."""
    values = {"spider": spider, "source": source, "arguments": dict(arguments), "version": version}
    begun = insert(runs).values(**values, started_at=now(), hostname=socket.gethostname())
    (run_id,) = cast("tuple[int]", connection.execute(begun).inserted_primary_key)
    return run_id


def note(connection: Connection, run_id: int, **values: Any) -> None:
    """Note what is known of a run (`quality`, `warnings`) before it ends."""
    connection.execute(update(runs).where(runs.c.id == run_id).values(**values))


def end(connection: Connection, run_id: int, **values: Any) -> None:
    """Note how a run ended (`planned`, `outcomes`, `reason`, `exit_status`), and give back its lease."""
    note(connection, run_id, finished_at=now(), **values)
    release(connection, run_id)


def first(connection: Connection) -> Begun | None:
    """What the first run was begun with; None where there was none."""
    row = connection.execute(select(runs.c.source, runs.c.arguments).order_by(runs.c.id).limit(1)).first()
    return Begun(*row) if row else None


def number(connection: Connection) -> int:
    """How many runs there were."""
    return connection.scalar(select(func.count()).select_from(runs)) or 0


def latest(connection: Connection, most: int) -> list[PastRun]:
    """So many of the latest runs, the newest last."""
    return _read(connection, _query().order_by(runs.c.id.desc()).limit(most))[::-1]


def since(connection: Connection, moment: str) -> list[PastRun]:
    """The runs that ended, or were killed and had begun, at a moment (ISO datetime, UTC) or later, and those that are
    at work, in the order in which they began: by number, as clocks may be wrong.
    """
    at = func.coalesce(runs.c.finished_at, runs.c.started_at)
    return _read(connection, _query().where(or_(at >= moment, is_held_by(runs.c.id))).order_by(runs.c.id))


def ended(connection: Connection, spider: str, source_kind: str) -> list[PastRun]:
    """The last runs of a spider over a kind of source (see PastRun) that have ended, the newest first."""
    of_kind = or_(runs.c.source == source_kind, runs.c.source.startswith(f"{source_kind}:", autoescape=True))
    query = _query().where(runs.c.spider == spider, of_kind, runs.c.finished_at.is_not(None))
    return _read(connection, query.order_by(runs.c.id.desc()).limit(_MOST_ENDED))


def _query() -> Select[Any]:
    return select(*_COLUMNS, is_held_by(runs.c.id).label("is_running"))


def _read(connection: Connection, query: Select[Any]) -> list[PastRun]:
    return [PastRun(**row) for row in connection.execute(query).mappings()]
