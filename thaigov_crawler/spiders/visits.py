"""Selects what a run visits, by the argument `visit` and what the store knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import Connection

from thaigov_crawler.errors import ArgumentError, SourceError
from thaigov_crawler.loaders import EXTRACTOR
from thaigov_crawler.run import Run
from thaigov_crawler.sources.base import Source
from thaigov_crawler.sources.shares import BLOCK, Share
from thaigov_crawler.spiders.arguments import ALL_IDS, ArticleIds, number, yes_or_no
from thaigov_crawler.store import forgetting, known
from thaigov_crawler.thai.calendar import BANGKOK

MISSING, NEW, FAILED, RECHECK, ALL = VISITS = ("missing", "new", "failed", "recheck", "all")
# The longest run of absent IDs since 2018 is 137, but for one of 2,210 in 2019 (PyThaiNLP's corpora).
STOP_AFTER = "300"
RECHECK_DAYS = "30"


def below(source: Source) -> str:
    """Return how the addresses of a source begin, with a slash, so that http://host:80 is not one of http://host:8080."""
    return f"{source.base.rstrip('/')}/" if source.base else ""


@dataclass(frozen=True)
class Wanted:
    """What the arguments ask a run to visit."""

    ids: ArticleIds
    visit: str
    stop_after: int  # absent IDs in a row
    recheck_days: int
    plan_only: bool

    @classmethod
    def of(cls, arguments: Mapping[str, str], source: Source) -> Wanted:
        """Read the arguments `ids`, `visit`, `stop_after`, `recheck_days` and `plan_only`. Raise ArgumentError."""
        has_ids = "ids" in arguments
        visit = arguments.get("visit", source.visit if has_ids or source.knows_its_ids else NEW)
        if visit not in VISITS:
            raise ArgumentError("visit", visit, f"must be one of {', '.join(VISITS)}")
        return cls(
            ids=ArticleIds.parse(arguments["ids"]) if has_ids else ALL_IDS,
            visit=visit,
            stop_after=number("stop_after", arguments.get("stop_after", STOP_AFTER)),
            recheck_days=number("recheck_days", arguments.get("recheck_days", RECHECK_DAYS)),
            plan_only=yes_or_no("plan_only", arguments.get("plan_only", "false")),
        )

    @property
    def only_failures(self) -> bool:
        """Return whether the run visits only article IDs that ended failed, refused or malformed before."""
        return self.visit == FAILED

    def selected(self, run: Run, absent_again: float) -> ArticleIds:
        """Return the article IDs to visit, after a look into the store. Forgotten articles are not among them.

        `absent_again` is the number of days after which an absent article ID is visited again. Raise SourceError or
        StoreError.
        """
        source = run.source

        def look(connection: Connection) -> ArticleIds:
            ids = self._selected(source, connection, absent_again).but(forgetting.all_forgotten(connection))
            return ids.with_last(known.failed_last_time(connection, source.name))

        ids = run.read(look)
        if not source.shares_files:
            ids = ids.shared(source.part)
        if ids.are_endless and not source.knows_its_ids and self.visit != NEW:
            raise SourceError(f"say which with source={source.name}, first and last, as in ids=96700-96800", "ids")
        return ids

    def _selected(self, source: Source, connection: Connection, absent_again: float) -> ArticleIds:
        if self.visit == MISSING:
            since = datetime.now(timezone.utc) - timedelta(days=absent_again)
            moment = since.isoformat(timespec="seconds")
            return self.ids.but(known.settled(connection, source.name, below(source), moment))
        if self.visit == FAILED:
            return self.ids.only(known.to_try_again(connection, source.name))
        if self.visit == RECHECK:
            return self._to_recheck(source, connection)
        if self.visit == NEW:
            highest = known.highest(connection)
            if highest is None and self.ids is ALL_IDS and not source.knows_its_ids:
                raise SourceError("nothing is stored yet: say where to begin, as in ids=96700-", "ids")
            if source.part and not source.shares_files:
                return self.ids.beginning_at(_first_new(source.part, connection))
            return self.ids.beginning_at((highest or 0) + 1)
        return self.ids

    def _to_recheck(self, source: Source, connection: Connection) -> ArticleIds:
        """Return the argument `ids`, or without it the stored articles of the last `recheck_days` days."""
        ids = self.ids
        if ids is ALL_IDS:
            oldest = datetime.now(BANGKOK).date() - timedelta(days=self.recheck_days)
            ids = ids.only(known.published_since(connection, oldest.isoformat()))
        return ids.holding(known.last_seen(connection, source.name, below(source), EXTRACTOR))


def _first_new(part: Share, connection: Connection) -> int:
    """Return the article ID behind the highest stored one of a part.

    If none of it is stored, the other parts have begun before it: begin where the store begins.
    """
    highest = known.highest(connection, block=BLOCK, parts=part.of, part=part.number - 1)
    return highest + 1 if highest is not None else known.lowest(connection) or 1
