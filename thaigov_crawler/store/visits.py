"""The table `visits`: how the last visit of each article ID from each source ended."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, and_, bindparam, insert, select, update

from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.store.changes import note_visit
from thaigov_crawler.store.forgetting import is_forgotten
from thaigov_crawler.store.tables import visits

# Built once: building a statement takes longer than running it.
_LAST = select(visits.c.run_id, visits.c.outcome).where(
    visits.c.source == bindparam("source"), visits.c.article_id == bindparam("article_id")
)
_INSERT = insert(visits)
# If a run visits several captures of an article ID, the outcome with the highest weight is recorded. An article has
# more weight than an error (1), because an error may hide an article. Absent and moved have the least weight.
_WEIGHT = {Outcome.STORED: 3, Outcome.UNCHANGED: 2, Outcome.ABSENT: 0, Outcome.MOVED: 0}


def record(connection: Connection, visit: Visit, run_id: int, *, is_the_site: bool) -> None:
    """Record how a visit ended, in the place of earlier visits of this article ID from this source.

    Within one run, an outcome does not replace one that has more weight (_WEIGHT). A visit to a forgotten article is
    not recorded. A visit that is not final is not recorded either: if the run is cut off here, the next one visits the
    ID again. Only the site itself (`is_the_site`) can withdraw an article: see changes.note_visit.
    """
    if not visit.final or is_forgotten(connection, visit.article_id):
        return
    values = {**vars(visit), "outcome": visit.outcome.value, "run_id": run_id}
    del values["final"]
    last = connection.execute(_LAST, {name: values[name] for name in ("source", "article_id")}).first()
    if last is None:
        connection.execute(_INSERT, values)
    elif last.run_id != run_id or _WEIGHT.get(visit.outcome, 1) >= _WEIGHT.get(Outcome(last.outcome), 1):
        key = and_(visits.c.source == visit.source, visits.c.article_id == visit.article_id)
        connection.execute(update(visits).where(key), values)
    if is_the_site:
        note_visit(connection, visit, run_id)


def reopen(connection: Connection, source: str, article_ids: Iterable[int], reason: str) -> None:
    """Record that the last visits of some article IDs from a source failed, for this reason."""
    failed = update(visits).where(visits.c.source == source, visits.c.article_id == bindparam("of"))
    rows = [{"of": article_id} for article_id in article_ids]
    if rows:
        connection.execute(failed.values(outcome=Outcome.FAILED.value, url=None, reason=reason), rows)
