"""The coverage of the store: article IDs, sources, months, runs, and the people who took part in most articles.

Every function works in the caller's transaction. No function reads the bodies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, case, func, literal, select, union_all

from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.store import indexes, runs
from thaigov_crawler.store.columns import month_of
from thaigov_crawler.store.indexes import Holding
from thaigov_crawler.store.runs import PastRun
from thaigov_crawler.store.tables import articles, forgotten, people, visits

# Two kinds of a stretch that are no outcome: forgotten article IDs, and IDs of which nothing is known.
FORGOTTEN = "forgotten"
NEVER = "never"

_HAS_NONE = (Outcome.ABSENT.value, Outcome.MOVED.value)
_HELD = (Outcome.STORED.value, Outcome.UNCHANGED.value)


class Stretch(NamedTuple):
    """Consecutive article IDs, first to last, that are of the same kind."""

    first: int
    last: int
    kind: str  # `stored`, `absent`, `moved`, `failed`, `refused`, `malformed`, FORGOTTEN or NEVER

    @property
    def length(self) -> int:
        """Return the number of article IDs in the stretch."""
        return self.last - self.first + 1


class MonthOfSection(NamedTuple):
    """The number of stored articles of one section that were published in one month."""

    month: str  # ISO month, C.E., as in 2025-05
    section: str | None
    articles: int


class Attendee(NamedTuple):
    """A person, and the number of stored articles that say that the person took part."""

    name: str  # in its most frequent spelling
    articles: int


@dataclass(frozen=True)
class Coverage:
    """The coverage of a store, read in one snapshot."""

    known: list[Stretch]  # by article ID; IDs between two stretches were never visited
    months: list[MonthOfSection]  # by month, without the months that have no articles
    attendees: list[Attendee]  # the most frequent first
    runs: list[PastRun]  # the newest runs, by number
    runs_in_all: int  # number of all runs
    holdings: list[Holding]  # by name of the source


def read(connection: Connection, *, attendees: int, latest: int) -> Coverage:
    """Return the coverage of the store, with this number of the most frequent attendees and of the latest runs."""
    return Coverage(
        known=[Stretch(*row) for row in connection.execute(_stretches())],
        months=[MonthOfSection(*row) for row in connection.execute(_months())],
        attendees=[Attendee(*row) for row in connection.execute(_attendees(attendees))],
        runs=runs.latest(connection, latest),
        runs_in_all=runs.number(connection),
        holdings=indexes.holdings(connection),
    )


def _stretches() -> Select[Any]:
    """Select the known article IDs as stretches: consecutive IDs of one kind are one row."""
    stored = select(articles.c.id, literal(Outcome.STORED.value).label("kind"))
    dropped = select(forgotten.c.article_id, literal(FORGOTTEN)).where(_unheld(forgotten.c.article_id))
    known = union_all(stored, dropped, _visited()).subquery("known")
    place = func.row_number().over(partition_by=known.c.kind, order_by=known.c.id)
    # From one ID of a stretch to the next, the ID and its place among the IDs of its kind both grow by one. So their
    # difference is the same in the whole stretch.
    placed = select(known.c.id, known.c.kind, (known.c.id - place).label("stretch")).subquery("placed")
    first = func.min(placed.c.id)
    return select(first, func.max(placed.c.id), placed.c.kind).group_by(placed.c.kind, placed.c.stretch).order_by(first)


def _visited() -> Select[Any]:
    """Select one outcome for each visited article ID that has no stored article, over all sources.

    It is the newest outcome after which an article may still be found (failed, refused, malformed). If there is none,
    it is the newest outcome of the visits that found no article.
    """
    hopeless = visits.c.outcome.in_(_HAS_NONE)
    order = (hopeless, visits.c.visited_at.desc(), visits.c.source)
    # An article that was stored and is no longer there can still be found, as one whose visit failed.
    kind = case((visits.c.outcome.in_(_HELD), Outcome.FAILED.value), else_=visits.c.outcome).label("kind")
    place = func.row_number().over(partition_by=visits.c.article_id, order_by=order).label("place")
    wanted = _unheld(visits.c.article_id) & visits.c.article_id.not_in(select(forgotten.c.article_id))
    ranked = select(visits.c.article_id.label("id"), kind, place).where(wanted).subquery("ranked")
    return select(ranked.c.id, ranked.c.kind).where(ranked.c.place == 1)


def _unheld(article_id: ColumnElement[int]) -> ColumnElement[bool]:
    return article_id.not_in(select(articles.c.id))


def _months() -> Select[Any]:
    month = month_of(articles.c.date_published)
    columns = (month, articles.c.section)
    return select(*columns, func.count()).group_by(*columns).order_by(month, articles.c.section.nulls_first())


def _attendees(number: int) -> Select[Any]:
    """Select the persons who took part in most articles. A name without `name_key` may be anybody's: it is left out."""
    count = func.count(people.c.article_id.distinct()).label("articles")
    by_key = select(people.c.name_key, count).where(people.c.attended, people.c.name_key != "")
    most = by_key.group_by(people.c.name_key).order_by(count.desc(), people.c.name_key).limit(number).subquery("most")
    spelt = select(people.c.name).where(people.c.name_key == most.c.name_key).group_by(people.c.name)
    name = spelt.order_by(func.count().desc(), people.c.name).limit(1).scalar_subquery()
    return select(name, most.c.articles).order_by(most.c.articles.desc(), most.c.name_key)
