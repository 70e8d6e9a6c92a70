"""The changes of articles: new, edited, withdrawn from the site, returned to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import Connection, insert, or_, select, update

from thaigov_crawler.items import DIGEST_FIELDS
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.store.store import Store
from thaigov_crawler.store.tables import articles, changes

NEW, EDITED, WITHDRAWN, RETURNED = "new", "edited", "withdrawn", "returned"
_FOUND = (Outcome.STORED, Outcome.UNCHANGED)
_INSERT = insert(changes)  # built once: building a statement takes longer than running it


class Happened(NamedTuple):
    """One change of an article. `fields` names the fields that an edit changed."""

    at: str  # ISO datetime, UTC
    kind: str
    article_id: int
    fields: list[str]
    title: str


Row = dict[str, Any]


def row_of_saved(before: Mapping[str, Any] | None, after: Mapping[str, Any], at: str, run_id: int) -> Row:
    """Return the row that says that an article is new (`before` is None) or edited, and what the edit changed."""
    edited = [name for name in DIGEST_FIELDS if before and before[name] != after[name]]
    return _row(run_id, at, after["id"], EDITED if before else NEW, *edited)


def note(connection: Connection, rows: Sequence[Row]) -> None:
    """Add rows to the table, in this order."""
    if rows:
        connection.execute(_INSERT, rows)


def note_visit(connection: Connection, visit: Visit, run_id: int) -> None:
    """Mark a stored article as withdrawn if the site itself says that it is absent. Remove the mark if it comes back.

    Call it for visits to the site only: an absent page in an archive proves nothing. A site decides only about
    articles that were read from it, so a mirror does not withdraw the articles of another site.
    """
    if visit.outcome not in (*_FOUND, Outcome.ABSENT):
        return
    gone = visit.outcome is Outcome.ABSENT
    marked = articles.c.withdrawn_at.is_(None) if gone else articles.c.withdrawn_at.is_not(None)
    parts = urlsplit(visit.url or "")
    host = f"{parts.scheme}://{parts.netloc}/"
    same_site = or_(*(column.startswith(host, autoescape=True) for column in (articles.c.url, articles.c.capture_url)))
    mark = update(articles).where(articles.c.id == visit.article_id, marked, same_site)
    if connection.execute(mark.values(withdrawn_at=visit.visited_at if gone else None)).rowcount:
        note(connection, [_row(run_id, visit.visited_at, visit.article_id, WITHDRAWN if gone else RETURNED)])


def _row(run_id: int, at: str, article_id: int, kind: str, *fields: str) -> Row:
    return {"article_id": article_id, "kind": kind, "at": at, "fields": list(fields), "run_id": run_id}


def since(store: Store, moment: str) -> Iterator[Happened]:
    """Yield the changes since a moment (ISO datetime, UTC; "" for all), in the order in which they were noted.

    All are read from one snapshot. Raise StoreError if the database cannot be read.
    """
    columns = (*(changes.c[name] for name in ("at", "kind", "article_id", "fields")), articles.c.title)
    query = select(*columns).join_from(changes, articles).where(changes.c.at >= moment).order_by(changes.c.id)
    with store.reading() as connection:
        for row in connection.execute(query):
            yield Happened(*row)
