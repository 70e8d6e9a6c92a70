"""Reading and writing the database. One article with everything that belongs to it is one transaction."""

from __future__ import annotations

import contextlib
import socket
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    and_,
    bindparam,
    delete,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from thaigov_crawler.errors import StoreError
from thaigov_crawler.outcomes import Outcome, Visit, now
from thaigov_crawler.store import changes as happened
from thaigov_crawler.store import coverage, derived, forgetting, known, leases
from thaigov_crawler.store import runs as past
from thaigov_crawler.store.engine import connected, explain
from thaigov_crawler.store.filters import EVERYTHING, Filter, once_each, sections
from thaigov_crawler.store.tables import (
    SCHEMA_VERSION,
    articles,
    runs,
    schema_version,
    validators,
    visits,
)
from thaigov_crawler.store.upgrades import OLDEST, make_tables, upgrade
from thaigov_crawler.store.versions import Change, compare, load, save

# Articles that `articles()` reads at a time: their people and dates are fetched by one query each.
BATCH = 500
# Built once: building a statement takes longer than running it.
_LAST_VISIT = select(visits.c["run_id", "outcome"]).where(
    visits.c.source == bindparam("source"), visits.c.article_id == bindparam("article_id")
)
_INSERT_VISIT = insert(visits)
# Of several captures in one run an article outweighs what holds none, and what may hold one what surely does not.
_WEIGHT = {Outcome.STORED: 3, Outcome.UNCHANGED: 2, Outcome.ABSENT: 0, Outcome.MOVED: 0}


class Store:
    """The database of one folder, or of one URL. Use `Store.open`."""

    def __init__(self, engine: Engine, name: str):
        self._engine = engine
        # The same connections; a transaction that reads and then writes must hold the lock from its beginning.
        self._writer = engine.execution_options(begin="BEGIN IMMEDIATE")
        self._snapshot = engine.execution_options(begin="BEGIN")  # several reads that belong together
        self.name = name  # the URL without its password

    @classmethod
    def open(cls, url: URL | str, *, create: bool = True) -> Store:
        """Open the database at an SQLAlchemy URL; with `create`, make it and its tables where there are none.

        Raises StoreError where it cannot be opened or written, or has a schema of another version.
        """
        try:
            parsed = make_url(url)
        except SQLAlchemyError:
            raise StoreError("THAIGOV_DATABASE is no database URL: see the README for examples.") from None
        store = cls(connected(parsed, create=create), parsed.render_as_string(hide_password=True))
        store._check_schema(create)
        return store

    @contextlib.contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, TypeError, ValueError) as error:  # such as ?timeout=abc
            raise StoreError(f"The database {self.name} cannot be used: {explain(error)}.") from error

    def _check_schema(self, create: bool) -> None:
        with self._transaction(self._snapshot) as connection:
            version = _version(connection)
        if version is None and not create:
            raise StoreError(f"The database {self.name} holds no articles of thaigov-crawler.")
        if version == SCHEMA_VERSION:
            return
        if version is not None and not OLDEST <= version < SCHEMA_VERSION:
            raise StoreError(
                f"The database {self.name} has schema version {version}, this program knows {SCHEMA_VERSION}: "
                "use the version of thaigov-crawler that made it, or another THAIGOV_DIR."
            )
        with self._transaction(self._writer) as connection:
            version = _version(connection)  # another run may have been first
            if version is None:
                make_tables(connection)
                connection.execute(insert(schema_version).values(version=SCHEMA_VERSION))
            elif version != SCHEMA_VERSION:
                upgrade(connection, version)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    # Runs

    def begin_run(self, *, spider: str, source: str, arguments: Mapping[str, str], version: str) -> int:
        """Note that a run has begun; its number.

        Raises StoreError where the run would mix articles of one kind with those of another: invented ones, the
        classic site's, and the relaunched site's, which are numbered anew.
        """
        with self._transaction(self._writer) as connection:
            before = connection.execute(select(runs.c.source, runs.c.arguments).limit(1)).first()
            kind = _kind(source, arguments)
            if before and (held := _kind(*before)) != kind:
                raise StoreError(
                    f"The run would mix {kind} with {held} in the database {self.name}: "
                    "set another THAIGOV_DATABASE or THAIGOV_DIR."
                )
            begun = insert(runs).values(
                spider=spider,
                source=source,
                arguments=dict(arguments),
                version=version,
                started_at=now(),
                hostname=socket.gethostname(),
            )
            return connection.execute(begun).inserted_primary_key[0]

    def end_run(self, run_id: int, **values: Any) -> None:
        """Note how a run ended (`planned`, `outcomes`, `reason`, `exit_status`), and give back its lease."""
        with self._transaction(self._writer) as connection:
            connection.execute(update(runs).where(runs.c.id == run_id).values(finished_at=now(), **values))
            leases.release(connection, run_id)

    def note_run(self, run_id: int, **values: Any) -> None:
        """Note what is known of a run (`quality`, `warnings`) before it ends."""
        with self._transaction(self._writer) as connection:
            connection.execute(update(runs).where(runs.c.id == run_id).values(**values))

    def latest_runs(self, number: int) -> list[past.PastRun]:
        """See past.latest."""
        with self._transaction(self._snapshot) as connection:
            return past.latest(connection, number)

    def runs_since(self, moment: str) -> list[past.PastRun]:
        """See past.since."""
        with self._transaction(self._snapshot) as connection:
            return past.since(connection, moment)

    def ended_runs(self, spider: str, source_kind: str) -> list[past.PastRun]:
        """See past.ended."""
        with self._transaction(self._snapshot) as connection:
            return past.ended(connection, spider, source_kind)

    # Visits

    def record(self, visit: Visit, run_id: int) -> None:
        """Note how a visit ended, unless its article is forgotten; of one that is not final nothing is noted, so that a
        run cut off here comes back to it."""
        if visit.final:
            with self._transaction(self._writer) as connection:
                if not forgetting.is_forgotten(connection, visit.article_id):
                    _record(connection, visit, run_id)

    def settled(self, source: str, base: str, absent_since: str) -> set[int]:
        """See known.settled."""
        with self._transaction(self._snapshot) as connection:
            return known.settled(connection, source, base, absent_since)

    def to_try_again(self, source: str) -> set[int]:
        """See known.to_try_again."""
        with self._transaction(self._engine) as connection:
            return known.to_try_again(connection, source)

    def published_since(self, day: str) -> set[int]:
        """See known.published_since."""
        with self._transaction(self._engine) as connection:
            return known.published_since(connection, day)

    def highest(self) -> int | None:
        """See known.highest."""
        with self._transaction(self._engine) as connection:
            return known.highest(connection)

    def held(self, source: str, base: str, extractor: int) -> dict[int, known.LastSeen]:
        """See known.last_seen."""
        with self._transaction(self._snapshot) as connection:
            return known.last_seen(connection, source, base, extractor)

    def note_validators(
        self, source: str, article_id: int, url: str, etag: str | None, last_modified: str | None
    ) -> None:
        """Keep what a host gave to ask it later whether a page has changed."""
        key = {"source": source, "article_id": article_id}
        of_page = and_(validators.c.source == source, validators.c.article_id == article_id)
        with self._transaction(self._writer) as connection:
            if forgetting.is_forgotten(connection, article_id):
                return
            connection.execute(delete(validators).where(of_page))
            values = {"url": url, "etag": etag, "last_modified": last_modified}
            connection.execute(insert(validators), key | values)

    # Leases

    def acquire(self, host: str, run_id: int, holder: str) -> leases.Holder | None:
        """See leases.acquire."""
        with self._transaction(self._writer) as connection:
            return leases.acquire(connection, host, run_id, holder)

    def renew(self, run_id: int) -> bool:
        """See leases.renew."""
        with self._transaction(self._writer) as connection:
            return leases.renew(connection, run_id)

    # Articles

    def changes_since(self, moment: str) -> Iterator[happened.Happened]:
        """See happened.since."""
        with self._transaction(self._snapshot) as connection:
            yield from happened.since(connection, moment)

    def compare(self, article: Mapping[str, Any]) -> Change:
        """What saving this article (fields as exported) would do."""
        with self._transaction(self._engine) as connection:
            return compare(connection, article)

    def save(self, article: Mapping[str, Any], visit: Visit, run_id: int) -> Change:
        """Save an article (fields as exported) with its people and dates, and its visit with the outcome that
        follows: `unchanged` where the store held this version already, else `stored`.

        Of all captures of an article ID the newest is the article and the others are revisions, in
        whichever order they come; each version is kept once, at its newest capture. Of a forgotten article nothing
        is saved.
        """
        with self._transaction(self._writer) as connection:
            if forgetting.is_forgotten(connection, article["id"]):
                return Change.FORGOTTEN
            change, before = save(connection, article)
            if change in (Change.NEW, Change.EDITED):
                happened.note_saved(connection, before, article, visit.visited_at, run_id)
            _record(connection, replace(visit, outcome=change.outcome), run_id)
        return change

    def articles(
        self, within: Iterable[tuple[int, int | None]] = ((0, None),), chosen: Filter = EVERYTHING
    ) -> Iterator[dict[str, Any]]:
        """The articles as exported, by article ID; `within` limits them to ranges of IDs (first, last or None)
        that must be in order, `chosen` to those that fulfil it.

        Reads one snapshot of the database, a few hundred articles at a time.
        """
        found = self._articles(within, chosen)
        return once_each(found) if chosen.unique else found

    def _articles(self, within: Iterable[tuple[int, int | None]], chosen: Filter) -> Iterator[dict[str, Any]]:
        query = select(articles).where(*chosen.conditions()).order_by(articles.c.id).limit(BATCH)
        with self._transaction(self._snapshot) as connection:
            for first, last in within:
                limited = query if last is None else query.where(articles.c.id <= last)
                start = first
                while batch := list(load(connection, limited.where(articles.c.id >= start))):
                    yield from batch
                    start = batch[-1]["id"] + 1

    def sections(self) -> list[str]:
        """See selection.sections."""
        with self._transaction(self._snapshot) as connection:
            return sections(connection)

    def coverage(self, *, attendees: int, latest: int) -> coverage.Coverage:
        """See coverage.read. Reads one snapshot of the database."""
        with self._transaction(self._snapshot) as connection:
            return coverage.read(connection, attendees=attendees, latest=latest)

    # Forgetting

    def forget(self, article_id: int) -> dict[str, int]:
        """See forgetting.forget; `purge` is to follow."""
        with self._transaction(self._writer) as connection:
            return forgetting.forget(connection, article_id)

    def purge(self) -> bool:
        """See forgetting.purge."""
        with self._transaction(self._engine) as connection:
            return forgetting.purge(connection)

    def holds_relaunch(self) -> bool:
        """Whether the articles are those of the relaunched site, whose addresses are other ones."""
        with self._transaction(self._engine) as connection:
            arguments = connection.scalar(select(runs.c.arguments).limit(1))
        return (arguments or {}).get("address") == "relaunch"

    def forgotten(self) -> set[int]:
        """See forgetting.all_forgotten."""
        with self._transaction(self._engine) as connection:
            return forgetting.all_forgotten(connection)

    # Derived fields

    def count_by_extractor(self, within: Iterable[tuple[int, int | None]]) -> Counter[int]:
        """See derived.count_by_extractor."""
        with self._transaction(self._snapshot) as connection:
            return derived.count_by_extractor(connection, within)

    def outdated(self, extractor: int, within: Iterable[tuple[int, int | None]]) -> Iterator[list[dict[str, Any]]]:
        """The articles that an older extractor than this has read, by article ID, in batches; `within` as for
        `articles`. Between the batches no transaction is open: what was got may be written, whoever else writes."""
        for first, last in within:
            start = first
            while True:
                with self._transaction(self._snapshot) as connection:
                    batch = derived.outdated(connection, extractor, start, last)
                if not batch:
                    break
                yield batch
                start = batch[-1]["id"] + 1

    def update_derived(self, pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> list[bool]:
        """See derived.update_derived, for pairs of an article held and the same derived anew, in one transaction."""
        with self._transaction(self._writer) as connection:
            return [derived.update_derived(connection, held, anew) for held, anew in pairs]


def _version(connection: Connection) -> int | None:
    """The version of the tables; None where there are none."""
    if not inspect(connection).has_table(schema_version.name):
        return None
    return connection.scalar(select(schema_version.c.version))


def _kind(source: str, arguments: Mapping[str, str]) -> str:
    """What a run with these arguments stores, in words."""
    if source == "sample":
        return "invented articles"
    return "articles of the relaunch" if arguments.get("address") == "relaunch" else "articles of the classic site"


def _record(connection: Connection, visit: Visit, run_id: int) -> None:
    """The last visit counts; but of several captures in one run the weightiest does."""
    values = {**vars(visit), "outcome": visit.outcome.value, "run_id": run_id}
    del values["final"]
    last = connection.execute(_LAST_VISIT, {name: values[name] for name in ("source", "article_id")}).first()
    if last is None:
        connection.execute(_INSERT_VISIT, values)
    elif last.run_id != run_id or _WEIGHT.get(visit.outcome, 1) >= _WEIGHT.get(Outcome(last.outcome), 1):
        key = and_(visits.c.source == visit.source, visits.c.article_id == visit.article_id)
        connection.execute(update(visits).where(key), values)
    happened.note_visit(connection, visit, run_id)
