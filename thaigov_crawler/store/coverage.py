"""What the store covers: which article IDs, which months, by which runs, and who attends most.

Every function works within the caller's transaction. Bodies are never read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, case, func, literal, select, union_all

from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.store import runs
from thaigov_crawler.store.runs import PastRun
from thaigov_crawler.store.tables import articles, forgotten, people, visits

# Besides the outcomes of visits, what is known of an article ID: that it must not come back, or nothing.
FORGOTTEN = "forgotten"
NEVER = "never"

_HAS_NONE = (Outcome.ABSENT.value, Outcome.MOVED.value)
_HELD = (Outcome.STORED.value, Outcome.UNCHANGED.value)


class Stretch(NamedTuple):
    """Consecutive article IDs, first to last, of which the same is known."""

    first: int
    last: int
    kind: str  # `stored`, `absent`, `moved`, `failed`, `refused`, `malformed`, FORGOTTEN or NEVER

    @property
    def length(self) -> int:
        """How many article IDs there are."""
        return self.last - self.first + 1


class MonthOfSection(NamedTuple):
    """How many stored articles of a section were published in a month."""

    month: str  # ISO (C.E.), as in 2025-05
    section: str | None
    articles: int


class Attendee(NamedTuple):
    """In how many stored articles a person is said to have taken part."""

    name: str  # as it is spelt most often
    articles: int


@dataclass(frozen=True)
class Coverage:
    """What a store covers, read in one snapshot."""

    known: list[Stretch]  # by article ID; what lies between them was never visited
    months: list[MonthOfSection]  # by month; those without articles are not among them
    attendees: list[Attendee]  # the most frequent first
    runs: list[PastRun]  # the newest, by number
    runs_in_all: int


def read(connection: Connection, *, attendees: int, latest: int) -> Coverage:
    """The coverage of the store with so many of the most frequent attendees and of the latest runs."""
    return Coverage(
        known=[Stretch(*row) for row in connection.execute(_stretches())],
        months=[MonthOfSection(*row) for row in connection.execute(_months())],
        attendees=[Attendee(*row) for row in connection.execute(_attendees(attendees))],
        runs=runs.latest(connection, latest),
        runs_in_all=runs.number(connection),
    )


def _stretches() -> Select[Any]:
    """Each article ID of which something is known, consecutive ones of one kind drawn together."""
    stored = select(articles.c.id, literal(Outcome.STORED.value).label("kind"))
    dropped = select(forgotten.c.article_id, literal(FORGOTTEN)).where(_unheld(forgotten.c.article_id))
    known = union_all(stored, dropped, _visited()).subquery("known")
    place = func.row_number().over(partition_by=known.c.kind, order_by=known.c.id)
    # Within a stretch the ID and its place among those of its kind grow alike.
    placed = select(known.c.id, known.c.kind, (known.c.id - place).label("stretch")).subquery("placed")
    first = func.min(placed.c.id)
    return select(first, func.max(placed.c.id), placed.c.kind).group_by(placed.c.kind, placed.c.stretch).order_by(first)


def _visited() -> Select[Any]:
    """What the last visits of an article ID without an article say, from whichever sources: the newest of those that
    leave hope for one (failed, refused, malformed), else the newest of those that found none."""
    hopeless = visits.c.outcome.in_(_HAS_NONE)
    order = (hopeless, visits.c.visited_at.desc(), visits.c.source)
    # What was stored once and is there no more is still to be had, as what failed is.
    kind = case((visits.c.outcome.in_(_HELD), Outcome.FAILED.value), else_=visits.c.outcome).label("kind")
    place = func.row_number().over(partition_by=visits.c.article_id, order_by=order).label("place")
    wanted = _unheld(visits.c.article_id) & visits.c.article_id.not_in(select(forgotten.c.article_id))
    ranked = select(visits.c.article_id.label("id"), kind, place).where(wanted).subquery("ranked")
    return select(ranked.c.id, ranked.c.kind).where(ranked.c.place == 1)


def _unheld(article_id: ColumnElement[int]) -> ColumnElement[bool]:
    return article_id.not_in(select(articles.c.id))


def _months() -> Select[Any]:
    month = func.substr(articles.c.date_published, 1, 7)
    columns = (month, articles.c.section)
    return select(*columns, func.count()).group_by(*columns).order_by(*columns)


def _attendees(number: int) -> Select[Any]:
    """The persons (equal `name_key`) with most articles; a name that may be anybody's is none."""
    count = func.count(people.c.article_id.distinct()).label("articles")
    by_key = select(people.c.name_key, count).where(people.c.attended, people.c.name_key != "")
    most = by_key.group_by(people.c.name_key).order_by(count.desc(), people.c.name_key).limit(number).subquery("most")
    spelt = select(people.c.name).where(people.c.name_key == most.c.name_key).group_by(people.c.name)
    name = spelt.order_by(func.count().desc(), people.c.name).limit(1).scalar_subquery()
    return select(name, most.c.articles).order_by(most.c.articles.desc(), most.c.name_key)
