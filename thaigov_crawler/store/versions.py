"""The versions of an article: which of its captures is the article, and which are revisions.

Every function works within the caller's transaction; an article is a mapping of its fields as exported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, select, update

from thaigov_crawler.items import FIELDS
from thaigov_crawler.outcomes import Outcome, now
from thaigov_crawler.store.tables import articles, dates, people, revisions

COLUMNS = tuple(column.name for column in articles.columns)
PROVENANCE = ("source", "captured_at", "capture_url")
# Built once: building a statement takes longer than running it.
_HELD = select(articles.c["digest", "captured_at", "capture_url", "extractor"]).where(articles.c.id == bindparam("id"))
_INSERT = insert(articles)


class Change(Enum):
    """What saving an article does to the store."""

    NEW = "new"  # the article ID was not there
    EDITED = "edited"  # it says something else now; the version held before becomes a revision
    OLDER = "older"  # an earlier version, which the store did not hold; it becomes a revision
    REFRESHED = "refreshed"  # a version that the store holds, at a newer capture or by a newer extractor
    SAME = "same"  # nothing

    @property
    def outcome(self) -> Outcome:
        """The outcome of the visit that brought the article."""
        return Outcome.UNCHANGED if self in (Change.REFRESHED, Change.SAME) else Outcome.STORED


def save(connection: Connection, article: Mapping[str, Any]) -> Change:
    """Save an article with its people and dates, as the article or as a revision; what that changed."""
    change = compare(connection, article)
    if change is Change.NEW:
        _insert(connection, article)
    elif change is Change.EDITED:
        _keep_revision(connection, _whole(connection, article["id"]))
        _drop_revision(connection, article["id"], article["digest"])
        _replace(connection, article)
    elif change is Change.OLDER:
        _keep_revision(connection, article)
    elif change is Change.REFRESHED:
        _refresh(connection, article)
    return change


def compare(connection: Connection, article: Mapping[str, Any]) -> Change:
    """What saving the article would change."""
    current = connection.execute(_HELD, {"id": article["id"]}).first()
    if current is None:
        return Change.NEW
    if _is_version(current, article):
        return _refreshing(current, article)
    # Of two captures of one second the digest decides, so that the order of arrival does not.
    if (article["captured_at"], article["digest"]) > (current.captured_at, current.digest):
        return Change.EDITED
    kept = _kept_revision(connection, article)
    return Change.OLDER if kept is None else _refreshing(kept, article)


def _is_version(held: Row, article: Mapping[str, Any]) -> bool:
    """Whether a version that is held is this one: the same digest, or the same capture, read by an older extractor."""
    same_capture = (held.captured_at, held.capture_url) == (article["captured_at"], article["capture_url"])
    return held.digest == article["digest"] or (same_capture and held.extractor < article["extractor"])


def _refreshing(held: Row, article: Mapping[str, Any]) -> Change:
    newer = article["captured_at"] > held.captured_at or article["extractor"] > held.extractor
    return Change.REFRESHED if newer else Change.SAME


def _kept_revision(connection: Connection, article: Mapping[str, Any]) -> Row | None:
    kept = connection.execute(select(revisions).where(revisions.c.article_id == article["id"]))
    return next((row for row in kept if _is_version(row, article)), None)


def _insert(connection: Connection, article: Mapping[str, Any]) -> None:
    connection.execute(_INSERT, {name: article[name] for name in COLUMNS})
    _insert_parts(connection, article)


def _insert_parts(connection: Connection, article: Mapping[str, Any]) -> None:
    persons = [(person, True) for person in article["attendees"]] + [(person, False) for person in article["mentions"]]
    for table, rows in (
        (people, [{**person, "attended": attended} for person, attended in persons]),
        (dates, list(article["dates"])),
    ):
        if rows:
            numbered = [{**row, "article_id": article["id"], "ordinal": n} for n, row in enumerate(rows)]
            connection.execute(insert(table), numbered)


def _replace(connection: Connection, article: Mapping[str, Any]) -> None:
    connection.execute(
        update(articles).where(articles.c.id == article["id"]),
        {name: article[name] for name in COLUMNS if name != "id"},
    )
    for table in (people, dates):
        connection.execute(delete(table).where(table.c.article_id == article["id"]))
    _insert_parts(connection, article)


def _refresh(connection: Connection, article: Mapping[str, Any]) -> None:
    held = _whole(connection, article["id"])
    kept = None if _is_version(SimpleNamespace(**held), article) else _kept_revision(connection, article)
    if kept is not None:
        held = kept.article
    derived = article if article["extractor"] >= held["extractor"] else held
    newest = article if article["captured_at"] >= held["captured_at"] else held
    merged = {**derived, **{name: newest[name] for name in PROVENANCE}}
    if kept is None:
        _replace(connection, merged)
    else:
        _drop_revision(connection, article["id"], kept.digest)
        _keep_revision(connection, merged)


def _keep_revision(connection: Connection, article: Mapping[str, Any]) -> None:
    columns = {name: article[name] for name in ("digest", "captured_at", "capture_url", "extractor")}
    whole = {name: article[name] for name in FIELDS}
    connection.execute(insert(revisions), {"article_id": article["id"], "kept_at": now(), "article": whole, **columns})


def _drop_revision(connection: Connection, article_id: int, digest: str) -> None:
    connection.execute(delete(revisions).where(revisions.c.article_id == article_id, revisions.c.digest == digest))


def _whole(connection: Connection, article_id: int) -> dict[str, Any]:
    return next(load(connection, select(articles).where(articles.c.id == article_id)))


def load(connection: Connection, query: Select) -> Iterator[dict[str, Any]]:
    """The rows of a query on `articles`, ordered by it, with people and dates, as exported."""
    rows = connection.execute(query).mappings().all()
    parts: dict[str, dict[int, list]] = {"attendees": {}, "mentions": {}, "dates": {}}
    ids = [row["id"] for row in rows]
    for table, names in ((people, ("title", "name", "position")), (dates, ("start", "end", "precision", "raw"))):
        found = connection.execute(
            select(table).where(table.c.article_id.in_(ids)).order_by(table.c.article_id, table.c.ordinal)
        )
        for part in found.mappings():
            kind = "dates" if table is dates else "attendees" if part["attended"] else "mentions"
            parts[kind].setdefault(part["article_id"], []).append({name: part[name] for name in names})
    for row in rows:
        yield {name: parts[name].get(row["id"], []) if name in parts else row[name] for name in FIELDS}
