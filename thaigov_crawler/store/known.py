"""What the store knows already, for the choice of what to visit. Every function works in the caller's transaction."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, and_, func, or_, select

from thaigov_crawler.outcomes import HTTP_STATUS, Outcome, lies_ahead
from thaigov_crawler.store.tables import articles, validators, visits

# After these outcomes a source would give the same answer again for some time.
_ANSWERS = (Outcome.ABSENT.value, Outcome.MOVED.value, Outcome.MALFORMED.value)
_AGAIN = (Outcome.FAILED.value, Outcome.REFUSED.value, Outcome.MALFORMED.value)


class LastSeen(NamedTuple):
    """What is known of an article that may have changed since it was read."""

    captured_at: str  # ISO datetime, UTC: time of its newest capture that was read; "" if it is unknown
    etag: str | None = None
    last_modified: str | None = None


def settled(connection: Connection, source: str, base: str, absent_since: str) -> set[int]:
    """Return the article IDs that a run need not visit again: the stored ones, and those that the source has answered.

    Stored articles count whatever source they came from. An answer counts if it came since `absent_since` (ISO
    datetime, UTC), and from an address that begins with `base`: another archive or a mirror may have the article.
    Absent, moved and malformed are answers. An archive that cannot play its capture back has answered, too. Its answer
    would be the same every night, and each time it would count as a failure.
    """
    no_capture = and_(visits.c.outcome == Outcome.FAILED.value, ~visits.c.reason.startswith(HTTP_STATUS))
    answered = select(visits.c.article_id).where(
        visits.c.source == source,
        or_(visits.c.outcome.in_(_ANSWERS), no_capture),
        visits.c.visited_at >= absent_since,
        visits.c.url.startswith(base, autoescape=True),
    )
    return {*connection.scalars(select(articles.c.id)), *connection.scalars(answered)}


def to_try_again(connection: Connection, source: str) -> set[int]:
    """Return the article IDs whose last visit from a source ended failed, refused or malformed."""
    query = select(visits.c.article_id).where(visits.c.source == source, visits.c.outcome.in_(_AGAIN))
    return set(connection.scalars(query))


def failed_last_time(connection: Connection, source: str) -> list[int]:
    """Return the article IDs whose last visit from a source failed without an HTTP status, the oldest visit first.

    A connection broke, for example, or the host was in trouble.
    """
    failed = visits.c.outcome == Outcome.FAILED.value
    unanswered = ~visits.c.reason.startswith(HTTP_STATUS)
    query = (
        select(visits.c.article_id)
        .where(visits.c.source == source, failed, unanswered)
        .order_by(visits.c.visited_at, visits.c.article_id)
    )
    return list(connection.scalars(query))


def stored_from(connection: Connection, source: str, base: str) -> set[int]:
    """Return the article IDs of stored articles that came from a source, at addresses that begin with `base`."""
    came = (articles.c.source == source, articles.c.capture_url.startswith(base, autoescape=True))
    return set(connection.scalars(select(articles.c.id).where(*came)))


def published_since(connection: Connection, day: str) -> set[int]:
    """Return the IDs of the stored articles that were published on a day (ISO, C.E., Bangkok) or later."""
    return set(connection.scalars(select(articles.c.id).where(articles.c.date_published >= day)))


def highest(connection: Connection, *, block: int = 1, parts: int = 1, part: int = 0) -> int | None:
    """Return the highest stored article ID, or None if nothing is stored.

    With `parts`, only the IDs of one part count. Blocks of `block` IDs belong to the parts 0, 1, 2 … in turn.
    """
    query = select(func.max(articles.c.id))
    if parts > 1:
        query = query.where((articles.c.id // block) % parts == part)
    found: int | None = connection.scalar(query)
    return found


def lowest(connection: Connection) -> int | None:
    """Return the lowest stored article ID, or None if nothing is stored."""
    found: int | None = connection.scalar(select(func.min(articles.c.id)))
    return found


def last_seen(connection: Connection, source: str, base: str, extractor: int) -> dict[int, LastSeen]:
    """Return by article ID what is needed to ask a source whether a stored article has changed.

    The addresses of the source begin with `base`. ETag and Last-Modified are None if the stored article came from
    another source, or if an extractor older than `extractor` read its page. The page is then fetched, changed or not.
    """
    stored = connection.execute(select(articles.c.id, articles.c.captured_at))
    seen = {article_id: "" if lies_ahead(captured_at) else captured_at for article_id, captured_at in stored}
    last = select(visits.c.article_id, visits.c.captured_at).where(
        visits.c.source == source, visits.c.captured_at.is_not(None), visits.c.url.startswith(base, autoescape=True)
    )
    for article_id, captured_at in connection.execute(last):
        if article_id in seen and not lies_ahead(captured_at):
            seen[article_id] = max(seen[article_id], captured_at)
    given = (
        select(validators)
        .join(articles, articles.c.id == validators.c.article_id)
        .where(
            validators.c.source == source,
            articles.c.source == source,
            validators.c.url.startswith(base, autoescape=True),
            func.coalesce(articles.c.read_by, articles.c.extractor) >= extractor,
        )
    )
    tags = {row.article_id: (row.etag, row.last_modified) for row in connection.execute(given)}
    return {article_id: LastSeen(captured_at, *tags.get(article_id, ())) for article_id, captured_at in seen.items()}
