"""Saving an article: compare it with its stored versions, and store it as the article or as a revision.

Every function works in the caller's transaction. An article is a mapping of its fields as exported. A reading is what
one extractor has read from one capture of the page.
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
from thaigov_crawler.store.changes import note, row_of_saved
from thaigov_crawler.store.forgetting import forgotten_of
from thaigov_crawler.store.merging import Change, Version, change_between, merge, rank
from thaigov_crawler.store.tables import articles, revisions

# These fields tell one reading of an article from another.
_READING = ("digest", "captured_at", "capture_url", "extractor")
# Built once: building a statement takes longer than running it.
_HEADS = select(*(articles.c[name] for name in ("id", *_READING, "layout"))).where(
    articles.c.id.in_(bindparam("ids", expanding=True))
)
_HEAD = select(*(articles.c[name] for name in (*_READING, "layout"))).where(articles.c.id == bindparam("id"))
_REVISIONS = select(*(revisions.c[name] for name in _READING)).where(revisions.c.article_id == bindparam("id"))
_READ_BY = select(articles.c.read_by).where(articles.c.id == bindparam("id"))

Reading = tuple[Any, ...]


@dataclass(frozen=True)
class Comparison:
    """What saving an article would change, and what was stored when that was found out."""

    change: Change
    head: Reading | None  # reading and layout of the stored article; None if it is not stored
    before: Sequence[Version] = ()  # the stored versions, newest first; empty if `head` was enough to compare
    after: Sequence[Version] = ()  # the versions after saving; empty in the same case


@dataclass(frozen=True)
class Saving:
    """An article that is to be saved (its fields as exported), with what `compare` found out about it."""

    article: Mapping[str, Any]
    comparison: Comparison | None  # None if nobody has compared it
    at: str  # the moment that the table `changes` notes (ISO datetime, UTC)


def reading_of(article: Mapping[str, Any]) -> Reading:
    """Return the values that tell one reading of an article from another."""
    return tuple(article[name] for name in _READING)


def compare(connection: Connection, article: Mapping[str, Any]) -> Comparison:
    """Find out what saving an article would change."""
    head = _head(connection, article["id"])
    if quick := _compare_with(head, article):
        return quick
    before = _versions(connection, article["id"])
    after = merge(before, article)
    return Comparison(change_between(before, after), head, before, after)


def compare_quickly(connection: Connection, article: Mapping[str, Any]) -> Comparison | None:
    """Find out with one query what saving an article would change. Return None if that takes more queries."""
    return _compare_with(_head(connection, article["id"]), article)


def _compare_with(head: Reading | None, article: Mapping[str, Any]) -> Comparison | None:
    """Return what saving an article would change, or None if the head alone does not tell."""
    if head is None:
        return Comparison(Change.NEW, None)
    *reading, layout = head
    # The ordinary case comes first, because it is quick: the same capture, read in the same way.
    if tuple(reading) == reading_of(article):
        return Comparison(Change.SAME, head)
    # If the article was read from a page, a text of a corpus adds nothing to it or to its history.
    if is_text(article["layout"]) and not is_text(layout):
        return Comparison(Change.SAME, head)
    return None


def save(connection: Connection, savings: Sequence[Saving], *, run_id: int) -> list[Change]:
    """Save articles of different IDs with their people and dates. Return for each what that changed.

    The newest capture of an article ID is the article, and the others are revisions, in whatever order they come. Each
    version is kept once, with its newest capture. A forgotten article is not saved. New and edited articles are noted
    in the table `changes`.

    The comparisons may be from this transaction or an earlier one. If a stored article has changed since, it is
    compared again.
    """
    if not savings:
        return []
    ids = [saving.article["id"] for saving in savings]
    forgotten = forgotten_of(connection, ids)
    heads = {article_id: tuple(head) for article_id, *head in connection.execute(_HEADS, {"ids": ids})}
    done, new, rows = [], [], []
    for saving in savings:
        article, comparison = saving.article, saving.comparison
        if article["id"] in forgotten:
            done.append(Change.FORGOTTEN)
            continue
        head = heads.get(article["id"])
        if comparison is None or not _is_current(connection, article["id"], head, comparison):
            comparison = _compare_with(head, article) or compare(connection, article)
        if comparison.change is Change.NEW:
            new.append(article)
            rows.append(row_of_saved(None, article, saving.at, run_id))
        elif comparison.change is not Change.SAME:
            _write(connection, comparison.before, comparison.after)
        if comparison.change is Change.EDITED:
            rows.append(row_of_saved(comparison.before[0], article, saving.at, run_id))
        done.append(comparison.change)
    add(connection, new)
    note(connection, rows)
    return done


def _is_current(connection: Connection, article_id: int, head: Reading | None, comparison: Comparison) -> bool:
    """Tell whether the stored versions of an article, `head` first, are still those of the comparison."""
    if head != comparison.head:
        return False
    if not comparison.before:
        return True
    held = {tuple(row) for row in connection.execute(_REVISIONS, {"id": article_id})}
    return held == set(map(reading_of, comparison.before[1:]))


def _head(connection: Connection, article_id: int) -> Reading | None:
    row = connection.execute(_HEAD, {"id": article_id}).first()
    return None if row is None else tuple(row)


def _versions(connection: Connection, article_id: int) -> list[Version]:
    """Return the article and its revisions, newest first."""
    (current,) = load(connection, select(articles).where(articles.c.id == article_id))
    # Versions are compared by the extractor that read the page, not by one that has derived the fields again since.
    current["extractor"] = connection.scalar(_READ_BY, {"id": article_id}) or current["extractor"]
    kept = connection.scalars(select(revisions.c.article).where(revisions.c.article_id == article_id))
    return [current, *sorted(kept, key=rank, reverse=True)]


def _write(connection: Connection, before: Sequence[Version], after: Sequence[Version]) -> None:
    """Change the stored versions of an article from `before` to `after`."""
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
