"""The runs that were and are: for showing them, for telling whether they failed, for comparing one with others.

Every function works within the caller's transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from thaigov_crawler.store.leases import is_held_by
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


_COLUMNS = [runs.c[name] for name in PastRun.__dataclass_fields__ if name in runs.c]


def latest(connection: Connection, number: int) -> list[PastRun]:
    """So many of the latest runs, the newest last."""
    return _read(connection, _query().order_by(runs.c.id.desc()).limit(number))[::-1]


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


def _query() -> Select:
    return select(*_COLUMNS, is_held_by(runs.c.id).label("is_running"))


def _read(connection: Connection, query: Select) -> list[PastRun]:
    return [PastRun(**row) for row in connection.execute(query).mappings()]
