"""The versions of an article: which of its captures is the article, and which are revisions.

Every function works within the caller's transaction; an article is a mapping of its fields as exported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, insert, select, update

from thaigov_crawler.items import FIELDS
from thaigov_crawler.outcomes import Outcome, now
from thaigov_crawler.store.tables import articles, dates, people, revisions
from thaigov_crawler.thai.names import name_key

COLUMNS = tuple(column.name for column in articles.columns if column.name in FIELDS)
PROVENANCE = ("source", "captured_at", "capture_url")
# The source of texts whose pages are lost: a page of any other source says more, whenever it was captured.
_CORPUS = "corpus"
# Built once: building a statement takes longer than running it.
_HELD = select(articles.c["digest", "captured_at", "capture_url", "extractor", "source"]).where(
    articles.c.id == bindparam("id")
)
_READ_BY = select(articles.c.read_by).where(articles.c.id == bindparam("id"))
_INSERT = insert(articles)


class Change(Enum):
    """What saving an article does to the store."""

    NEW = "new"  # the article ID was not there
    EDITED = "edited"  # it says something else now; the version held before becomes a revision
    REPLACED = "replaced"  # a page takes the place of a corpus's text, which becomes a revision: nobody edited anything
    OLDER = "older"  # an earlier version, or another text of a corpus, which the store did not hold; one is a revision
    REFRESHED = "refreshed"  # a version that the store holds, at a newer capture or by a newer extractor
    SAME = "same"  # nothing
    FORGOTTEN = "forgotten"  # nothing: it must not come back

    @property
    def outcome(self) -> Outcome:
        """The outcome of the visit that brought the article."""
        says_something_new = (Change.NEW, Change.EDITED, Change.REPLACED, Change.OLDER)
        return Outcome.STORED if self in says_something_new else Outcome.UNCHANGED


def compare(connection: Connection, article: Mapping[str, Any]) -> Change:
    """What saving the article would change."""
    current = connection.execute(_HELD, {"id": article["id"]}).first()
    if current is None:
        return Change.NEW
    # The ordinary case, told quickly: the same capture, read alike.
    if all(current._mapping[name] == article[name] for name in ("digest", "captured_at", "capture_url", "extractor")):
        return Change.SAME
    # What a corpus has of an article that was read from a page says nothing new, nor anything of its history.
    if article["source"] == _CORPUS != current.source:
        return Change.SAME
    held = _held(connection, article["id"])
    return _change(held, merge(held, article))


def save(connection: Connection, article: Mapping[str, Any]) -> tuple[Change, dict[str, Any] | None]:
    """Save an article with its people and dates, as the article or as a revision; what that changed, and the article
    that was held before."""
    change = compare(connection, article)
    if change is Change.NEW:
        connection.execute(_INSERT, {name: article[name] for name in COLUMNS})
        _insert_parts(connection, article)
        return change, None
    held = _held(connection, article["id"])
    if change is not Change.SAME:
        _write(connection, held, merge(held, article))
    return change, held[0]


def merge(held: list[dict[str, Any]], article: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The versions of an article, newest first, once another reading of a capture of it is known.

    `held` are those known before, newest first. A version (one digest) is kept once: as the newest extractor
    reads it, at the newest capture that shows it. A capture read again is what the newest extractor says of it.
    """
    versions = {}
    for version in [*held, dict(article)]:
        again = next((v for v in versions.values() if _capture(v) == _capture(version)), None)
        if again is not None:
            if again["extractor"] > version["extractor"]:
                continue
            if again["extractor"] < version["extractor"]:
                del versions[again["digest"]]
        same = versions.get(version["digest"])
        versions[version["digest"]] = version if same is None else _united(same, version)
    return sorted(versions.values(), key=_rank, reverse=True)


def _rank(version: Mapping[str, Any]) -> tuple[bool, str, str]:
    """What the versions of an article are ordered by: the highest is the article."""
    # Of two captures of one second the digest decides, so that the order of arrival does not.
    return version["source"] != _CORPUS, version["captured_at"], version["digest"]


def _capture(version: Mapping[str, Any]) -> tuple[str, str]:
    return version["captured_at"], version["capture_url"]


def _united(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    derived = max(other, one, key=lambda version: version["extractor"])
    newest = max(one, other, key=_rank)
    return {**derived, **{name: newest[name] for name in PROVENANCE}}


def _change(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Change:
    if before == after:
        return Change.SAME
    if before[0]["digest"] != after[0]["digest"] and before[0]["source"] == _CORPUS != after[0]["source"]:
        return Change.REPLACED
    of_corpus = after[0]["source"] == _CORPUS  # whose texts differ because they were cut from a page differently
    if before[0]["digest"] != after[0]["digest"] and _capture(before[0]) != _capture(after[0]) and not of_corpus:
        return Change.EDITED
    return Change.OLDER if len(after) > len(before) else Change.REFRESHED


def _held(connection: Connection, article_id: int) -> list[dict[str, Any]]:
    """The article and its revisions, newest first."""
    current = next(load(connection, select(articles).where(articles.c.id == article_id)))
    # Among the readings of a capture counts who read the page, not who derived the fields anew since.
    current["extractor"] = connection.scalar(_READ_BY, {"id": article_id}) or current["extractor"]
    kept = connection.scalars(select(revisions.c.article).where(revisions.c.article_id == article_id))
    return [current, *sorted(kept, key=_rank, reverse=True)]


def _write(connection: Connection, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    """Make `after` the versions of an article, of which `before` are stored."""
    if after[0] != before[0]:
        _replace(connection, after[0])
    gone = {version["digest"]: version for version in before[1:]}
    for version in after[1:]:
        if gone.get(version["digest"]) != version:
            _keep_revision(connection, version)
        gone.pop(version["digest"], None)
    for digest in gone:
        _drop_revision(connection, after[0]["id"], digest)


def _insert_parts(connection: Connection, article: Mapping[str, Any]) -> None:
    persons = [(person, True) for person in article["attendees"]] + [(person, False) for person in article["mentions"]]
    for table, rows in (
        (people, [_person_row(person, attended) for person, attended in persons]),
        (dates, list(article["dates"])),
    ):
        if rows:
            numbered = [{**row, "article_id": article["id"], "ordinal": n} for n, row in enumerate(rows)]
            connection.execute(insert(table), numbered)


def _person_row(person: Mapping[str, Any], attended: bool) -> dict[str, Any]:
    return {**person, "attended": attended, "name_key": name_key(person["name"])}


def _replace(connection: Connection, article: Mapping[str, Any]) -> None:
    connection.execute(
        update(articles).where(articles.c.id == article["id"]),
        {**{name: article[name] for name in COLUMNS if name != "id"}, "read_by": None},
    )
    replace_parts(connection, article)


def replace_parts(connection: Connection, article: Mapping[str, Any]) -> None:
    """Make the people and dates of a stored article those of `article`."""
    for table in (people, dates):
        connection.execute(delete(table).where(table.c.article_id == article["id"]))
    _insert_parts(connection, article)


def _keep_revision(connection: Connection, version: Mapping[str, Any]) -> None:
    _drop_revision(connection, version["id"], version["digest"])
    columns = {name: version[name] for name in ("digest", "captured_at", "capture_url", "extractor")}
    whole = {name: version[name] for name in FIELDS}
    connection.execute(insert(revisions), {"article_id": version["id"], "kept_at": now(), "article": whole, **columns})


def _drop_revision(connection: Connection, article_id: int, digest: str) -> None:
    connection.execute(delete(revisions).where(revisions.c.article_id == article_id, revisions.c.digest == digest))


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
