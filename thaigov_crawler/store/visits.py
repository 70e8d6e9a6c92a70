"""The table `visits`: how the last visit of each article ID from each source ended."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, insert, select, update

from thaigov_crawler.outcomes import Outcome, Visit, storable
from thaigov_crawler.store.changes import note_visit
from thaigov_crawler.store.forgetting import forgotten_of
from thaigov_crawler.store.tables import articles, visits

# Built once: building a statement takes longer than running it.
_LAST = select(visits.c.article_id, visits.c.run_id, visits.c.outcome).where(
    visits.c.source == bindparam("source"), visits.c.article_id.in_(bindparam("ids", expanding=True))
)
_INSERT = insert(visits)
_UPDATE = (
    update(visits)
    .where(visits.c.source == bindparam("of_source"), visits.c.article_id == bindparam("of_id"))
    .values({column.name: bindparam(column.name) for column in visits.columns if not column.primary_key})
)
# If a run visits several captures of an article ID, the outcome with the highest weight is recorded. An article has
# more weight than an error (1), because an error may hide an article. Absent and moved have the least weight.
_WEIGHT = {Outcome.STORED: 3, Outcome.UNCHANGED: 2, Outcome.ABSENT: 0, Outcome.MOVED: 0}


def record(connection: Connection, ended: Iterable[Visit], run_id: int, *, is_the_site: bool) -> None:
    """Record how visits ended, in the place of earlier visits of their article IDs from their source.

    The visits are of one source, and of different article IDs. Within one run, an outcome does not replace one that has
    more weight (_WEIGHT). A visit to a forgotten article is not recorded. A visit that is not final is not recorded
    either: if the run is cut off here, the next one visits the ID again. Only the site itself (`is_the_site`) can
    withdraw an article: see changes.note_visit.
    """
    final = [visit for visit in ended if visit.final]
    forgotten = forgotten_of(connection, [visit.article_id for visit in final]) if final else set()
    final = [visit for visit in final if visit.article_id not in forgotten]
    if not final:
        return
    ids = [visit.article_id for visit in final]
    last = {row.article_id: row for row in connection.execute(_LAST, {"source": final[0].source, "ids": ids})}
    new, again = [], []
    for visit in final:
        values = {**vars(visit), "outcome": visit.outcome.value, "run_id": run_id}
        values |= {name: storable(values[name]) for name in ("url", "reason", "target") if values[name]}
        source, article_id, _ = (values.pop(name) for name in ("source", "article_id", "final"))
        before = last.get(visit.article_id)
        if before is None:
            new.append({**values, "source": source, "article_id": article_id})
        elif before.run_id != run_id or _WEIGHT.get(visit.outcome, 1) >= _WEIGHT.get(Outcome(before.outcome), 1):
            again.append({**values, "of_source": source, "of_id": article_id})
    if new:
        connection.execute(_INSERT, new)
    if again:
        connection.execute(_UPDATE, again)
    if is_the_site:
        for visit in final:
            note_visit(connection, visit, run_id)


def reopen(connection: Connection, source: str, article_ids: Iterable[int], reason: str) -> None:
    """Record that the last visits of some article IDs from a source failed, for this reason."""
    failed = update(visits).where(visits.c.source == source, visits.c.article_id == bindparam("of"))
    rows = [{"of": article_id} for article_id in article_ids]
    if rows:
        connection.execute(failed.values(outcome=Outcome.FAILED.value, url=None, reason=reason), rows)


def stored_by(connection: Connection, run_id: int, most: int) -> list[int]:
    """Return the articles that visits of a run have made what they are: the last `most`, in order of time."""
    # A visit may also have stored an earlier version of an article, which is no news.
    is_news = (articles.c.captured_at == visits.c.captured_at) & (articles.c.capture_url == visits.c.url)
    query = (
        select(visits.c.article_id)
        .join_from(visits, articles, (articles.c.id == visits.c.article_id) & is_news)
        .where(visits.c.run_id == run_id, visits.c.outcome == Outcome.STORED.value)
        .order_by(visits.c.visited_at.desc(), visits.c.article_id.desc())
        .limit(most)
    )
    return list(dict.fromkeys(connection.scalars(query)))[::-1]
