"""What the indexes of archives have listed: the captures of finished crawls, and which articles have a capture.

Every function works in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from sqlalchemy import Connection, case, delete, func, insert, select

from thaigov_crawler.outcomes import Outcome, now
from thaigov_crawler.store.forgetting import all_forgotten
from thaigov_crawler.store.tables import articles, crawl_captures, crawls, forgotten, listed, visits

# After these outcomes a source has nothing more to give.
_ANSWERED = (Outcome.ABSENT.value, Outcome.MOVED.value, Outcome.MALFORMED.value)


class CrawlCapture(NamedTuple):
    """A capture that the index of a crawl lists. The names are those of the columns."""

    article_id: int
    timestamp: str
    url: str
    digest: str
    file: str
    first_byte: int
    bytes: int


class Holding(NamedTuple):
    """What a source holds, as far as it is known: numbers of article IDs. None stands for a source without an index."""

    source: str
    stored: int  # the stored article came from it
    captured: int | None = None  # its index lists a capture
    addable: int | None = None  # of these: not stored, and the source has not answered that there is no article
    uncaptured: int | None = None  # its index lists none


def read_crawls(connection: Connection) -> set[str]:
    """Return the addresses of the crawls' indexes that were read to their end."""
    return set(connection.scalars(select(crawls.c.address)))


def captures_of(connection: Connection, addresses: Set[str]) -> Iterator[CrawlCapture]:
    """Yield the captures of some crawls. `addresses` are those of their indexes."""
    columns = [crawl_captures.c[name] for name in CrawlCapture._fields]
    for crawl_id, address in connection.execute(select(crawls.c.id, crawls.c.address)).all():
        if address in addresses:
            for row in connection.execute(select(*columns).where(crawl_captures.c.crawl_id == crawl_id)):
                yield CrawlCapture(*row)


def keep(connection: Connection, address: str, captures: Iterable[CrawlCapture]) -> None:
    """Keep all captures that the index of a crawl lists, in the place of what was kept of it."""
    connection.execute(delete(crawls).where(crawls.c.address == address))
    connection.execute(insert(crawls), {"address": address, "read_at": now()})
    crawl_id = connection.scalar(select(crawls.c.id).where(crawls.c.address == address))
    unwanted = all_forgotten(connection)
    rows = [{"crawl_id": crawl_id, **each._asdict()} for each in captures if each.article_id not in unwanted]
    if rows:
        connection.execute(insert(crawl_captures), rows)


def note(
    connection: Connection,
    source: str,
    ranges: Iterable[tuple[int, int]],
    newest: Mapping[int, str],
    *,
    is_whole: bool = True,
) -> None:
    """Note what the index of a source lists of all article IDs in some ranges (first, last).

    `newest` has the times of the newest captures (ISO datetime, UTC), by article ID. Unless the index could be read in
    full (`is_whole`), nothing is noted of the other article IDs.
    """
    unwanted = all_forgotten(connection)
    for first, last in ranges:
        connection.execute(delete(listed).where(listed.c.source == source, listed.c.article_id.between(first, last)))
        rows = [
            {"source": source, "article_id": article_id, "newest": newest.get(article_id)}
            for article_id in range(first, last + 1)
            if article_id not in unwanted and (is_whole or article_id in newest)
        ]
        if rows:
            connection.execute(insert(listed), rows)


def holdings(connection: Connection) -> list[Holding]:
    """Return what each source holds, in the order of their names."""
    came = connection.execute(select(articles.c.source, func.count()).group_by(articles.c.source))
    stored = {row[0]: row[1] for row in came}
    known = listed.outerjoin(articles, articles.c.id == listed.c.article_id).outerjoin(
        visits, (visits.c.source == listed.c.source) & (visits.c.article_id == listed.c.article_id)
    )
    is_captured = listed.c.newest.is_not(None)
    is_open = articles.c.id.is_(None) & (visits.c.outcome.is_(None) | visits.c.outcome.not_in(_ANSWERED))
    numbers = (func.count(listed.c.newest), func.sum(case((is_captured & is_open, 1), else_=0)), func.count())
    query = (
        select(listed.c.source, *numbers)
        .select_from(known)
        .where(listed.c.article_id.not_in(select(forgotten.c.article_id)))
        .group_by(listed.c.source)
    )
    told = {row[0]: (row[1], row[2], row[3] - row[1]) for row in connection.execute(query)}
    return [Holding(source, stored.get(source, 0), *told.get(source, ())) for source in sorted({*stored, *told})]
