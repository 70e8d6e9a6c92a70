"""The versions of an article: the stored one and its revisions, compared with another reading of its page and saved.

Every function works within the caller's transaction; an article is a mapping of its fields as exported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from thaigov_crawler.items import FIELDS
from thaigov_crawler.outcomes import now
from thaigov_crawler.pages.registry import is_text
from thaigov_crawler.store.articles import add, load, replace
from thaigov_crawler.store.changes import note_saved
from thaigov_crawler.store.forgetting import is_forgotten
from thaigov_crawler.store.merging import Change, Version, change_between, merge, rank
from thaigov_crawler.store.tables import articles, revisions

# What tells one reading of a capture of an article from another.
_READING = ("digest", "captured_at", "capture_url", "extractor")
# Built once: building a statement takes longer than running it.
_HEAD = select(*(articles.c[name] for name in (*_READING, "layout"))).where(articles.c.id == bindparam("id"))
_REVISIONS = select(*(revisions.c[name] for name in _READING)).where(revisions.c.article_id == bindparam("id"))
_READ_BY = select(articles.c.read_by).where(articles.c.id == bindparam("id"))

Reading = tuple[Any, ...]


@dataclass(frozen=True)
class Comparison:
    """What saving an article would change, and what the store held of it when that was found out."""

    change: Change
    head: Reading | None  # of the stored article, with its layout; None where none was stored
    before: Sequence[Version] = ()  # its versions, newest first …
    after: Sequence[Version] = ()  # … and what they would be; both empty where the head told enough


def reading_of(article: Mapping[str, Any]) -> Reading:
    """What tells one reading of a capture of an article from another."""
    return tuple(article[name] for name in _READING)


def compare(connection: Connection, article: Mapping[str, Any]) -> Comparison:
    """What saving an article would change."""
    head = _head(connection, article["id"])
    if head is None:
        return Comparison(Change.NEW, None)
    *reading, layout = head
    # The ordinary case, told quickly: the same capture, read alike.
    if tuple(reading) == reading_of(article):
        return Comparison(Change.SAME, head)
    # What a text has of an article that was read from a page says nothing new, nor anything of its history.
    if is_text(article["layout"]) and not is_text(layout):
        return Comparison(Change.SAME, head)
    before = _versions(connection, article["id"])
    after = merge(before, article)
    return Comparison(change_between(before, after), head, before, after)


def save(connection: Connection, article: Mapping[str, Any], comparison: Comparison, *, at: str, run_id: int) -> Change:
    """Save an article with its people and dates, as the article or as a revision, and note in `changes` that it is new
    or edited (`at` an ISO datetime, UTC); what that changed.

    Of all captures of an article ID the newest is the article and the others are revisions, in whichever order they
    come; each version is kept once, at its newest capture. Of a forgotten article nothing is saved.

    `comparison` is what `compare` said of it, in this transaction or an earlier one: where something else was written
    meanwhile, it is made anew.
    """
    if is_forgotten(connection, article["id"]):
        return Change.FORGOTTEN
    if not _is_current(connection, article["id"], comparison):
        comparison = compare(connection, article)
    if comparison.change is Change.NEW:
        add(connection, article)
        note_saved(connection, None, article, at, run_id)
    elif comparison.change is not Change.SAME:
        _write(connection, comparison.before, comparison.after)
    if comparison.change is Change.EDITED:
        note_saved(connection, comparison.before[0], article, at, run_id)
    return comparison.change


def _is_current(connection: Connection, article_id: int, comparison: Comparison) -> bool:
    """Whether the store holds of an article what it held when it was compared."""
    if _head(connection, article_id) != comparison.head:
        return False
    if not comparison.before:
        return True
    held = {tuple(row) for row in connection.execute(_REVISIONS, {"id": article_id})}
    return held == set(map(reading_of, comparison.before[1:]))


def _head(connection: Connection, article_id: int) -> Reading | None:
    row = connection.execute(_HEAD, {"id": article_id}).first()
    return None if row is None else tuple(row)


def _versions(connection: Connection, article_id: int) -> list[Version]:
    """The article and its revisions, newest first."""
    (current,) = load(connection, select(articles).where(articles.c.id == article_id))
    # Among the readings of a capture counts who read the page, not who derived the fields anew since.
    current["extractor"] = connection.scalar(_READ_BY, {"id": article_id}) or current["extractor"]
    kept = connection.scalars(select(revisions.c.article).where(revisions.c.article_id == article_id))
    return [current, *sorted(kept, key=rank, reverse=True)]


def _write(connection: Connection, before: Sequence[Version], after: Sequence[Version]) -> None:
    """Make `after` the versions of an article, of which `before` are stored."""
    if after[0] != before[0]:
        replace(connection, after[0])
    gone = {version["digest"]: version for version in before[1:]}
    for version in after[1:]:
        if gone.get(version["digest"]) != version:
            _keep_revision(connection, version)
        gone.pop(version["digest"], None)
    for digest in gone:
        _drop_revision(connection, after[0]["id"], digest)


def _keep_revision(connection: Connection, version: Version) -> None:
    _drop_revision(connection, version["id"], version["digest"])
    columns = {name: version[name] for name in _READING}
    whole = {name: version[name] for name in FIELDS}
    connection.execute(insert(revisions), {"article_id": version["id"], "kept_at": now(), "article": whole, **columns})


def _drop_revision(connection: Connection, article_id: int, digest: str) -> None:
    connection.execute(delete(revisions).where(revisions.c.article_id == article_id, revisions.c.digest == digest))
