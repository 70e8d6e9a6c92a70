"""Reading and writing the database. One article with everything that belongs to it is one transaction."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    and_,
    bindparam,
    create_engine,
    event,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from thaigov_crawler.outcomes import Outcome, Visit, now
from thaigov_crawler.store.tables import (
    SCHEMA_VERSION,
    articles,
    metadata,
    runs,
    schema_version,
    visits,
)
from thaigov_crawler.store.versions import Change, compare, load, save

# Articles that `articles()` reads at a time: their people and dates are fetched by one query each.
BATCH = 500
# Seconds that a write waits for another process to finish its own.
LOCK_TIMEOUT = 30
# Built once: building a statement takes longer than running it.
_LAST_VISIT = select(visits.c["run_id", "outcome"]).where(
    visits.c.source == bindparam("source"), visits.c.article_id == bindparam("article_id")
)
_INSERT_VISIT = insert(visits)
# Of several captures in one run an article outweighs what holds none, and what may hold one what surely does not.
_WEIGHT = {Outcome.STORED: 3, Outcome.UNCHANGED: 2, Outcome.ABSENT: 0, Outcome.MOVED: 0}


class StoreError(Exception):
    """The database cannot be used. The text says which, why and what to do."""


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
        store = cls(_engine(parsed, create), parsed.render_as_string(hide_password=True))
        store._check_schema(create)
        return store

    @contextlib.contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, TypeError, ValueError) as error:  # such as ?timeout=abc
            raise StoreError(f"The database {self.name} cannot be used: {_explain(error)}.") from error

    def _check_schema(self, create: bool) -> None:
        with self._transaction(self._writer if create else self._snapshot) as connection:
            if inspect(connection).has_table(schema_version.name):
                version = connection.scalar(select(schema_version.c.version))
                if version != SCHEMA_VERSION:
                    raise StoreError(
                        f"The database {self.name} has schema version {version}, this program knows {SCHEMA_VERSION}: "
                        "use the version of thaigov-crawler that made it, or another THAIGOV_DIR."
                    )
            elif create:
                metadata.create_all(connection)
                connection.execute(insert(schema_version).values(version=SCHEMA_VERSION))
            else:
                raise StoreError(f"The database {self.name} holds no articles of thaigov-crawler.")

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
                spider=spider, source=source, arguments=dict(arguments), version=version, started_at=now()
            )
            return connection.execute(begun).inserted_primary_key[0]

    def end_run(self, run_id: int, **values: Any) -> None:
        """Note how a run ended: `planned`, `outcomes`, `reason`, `exit_status`."""
        with self._transaction(self._writer) as connection:
            connection.execute(update(runs).where(runs.c.id == run_id).values(finished_at=now(), **values))

    # Visits

    def record(self, visit: Visit, run_id: int) -> None:
        """Note how a visit ended."""
        with self._transaction(self._writer) as connection:
            _record(connection, visit, run_id)

    def known(self, source: str, base: str) -> set[int]:
        """The article IDs that a source need not be asked for again: stored ones, from whichever source, and those
        that it answered as absent or moved, at addresses that begin with `base`: another archive, or a mirror,
        may know better."""
        settled = select(visits.c.article_id).where(
            visits.c.source == source,
            visits.c.outcome.in_((Outcome.ABSENT.value, Outcome.MOVED.value)),
            visits.c.url.startswith(base, autoescape=True),
        )
        with self._transaction(self._snapshot) as connection:
            return {*connection.scalars(select(articles.c.id)), *connection.scalars(settled)}

    # Articles

    def compare(self, article: Mapping[str, Any]) -> Change:
        """What saving this article (fields as exported) would do."""
        with self._transaction(self._engine) as connection:
            return compare(connection, article)

    def save(self, article: Mapping[str, Any], visit: Visit, run_id: int) -> Change:
        """Save an article (fields as exported) with its people and dates, and its visit with the outcome that
        follows: `unchanged` where the store held this version already, else `stored`.

        Of all captures of an article ID the newest is the article and the others are revisions, in
        whichever order they come; each version is kept once, at its newest capture.
        """
        with self._transaction(self._writer) as connection:
            change = save(connection, article)
            _record(connection, replace(visit, outcome=change.outcome), run_id)
        return change

    def articles(self, within: Iterable[tuple[int, int | None]] = ((0, None),)) -> Iterator[dict[str, Any]]:
        """The articles as exported, by article ID; `within` limits them to ranges of IDs (first, last or None)
        that must be in order.

        Reads one snapshot of the database, a few hundred articles at a time.
        """
        query = select(articles).order_by(articles.c.id).limit(BATCH)
        with self._transaction(self._snapshot) as connection:
            for first, last in within:
                limited = query if last is None else query.where(articles.c.id <= last)
                start = first
                while batch := list(load(connection, limited.where(articles.c.id >= start))):
                    yield from batch
                    start = batch[-1]["id"] + 1


def _kind(source: str, arguments: Mapping[str, str]) -> str:
    """What a run with these arguments stores, in words."""
    if source == "sample":
        return "invented articles"
    return "articles of the relaunch" if arguments.get("address") == "relaunch" else "articles of the classic site"


def _engine(url: URL, create: bool) -> Engine:
    sqlite = url.get_backend_name() == "sqlite"
    options: dict[str, Any] = {"json_serializer": partial(json.dumps, ensure_ascii=False)}
    if sqlite and "timeout" not in url.query:
        options["connect_args"] = {"timeout": LOCK_TIMEOUT}
    is_file = sqlite and url.database and not url.database.startswith("file:")
    if is_file and not create and not Path(url.database).exists():
        raise StoreError(f"There is no database {url.database}: run `scrapy crawl thaigov` first, or set THAIGOV_DIR.")
    try:
        engine = create_engine(url, **options)
    except (SQLAlchemyError, ImportError, TypeError, ValueError) as error:
        raise StoreError(f"The database {url.render_as_string()} cannot be used: {error}.") from error
    if sqlite:
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin)
    return engine


def _explain(error: Exception) -> str:
    """What a database's error means and what to do about it, in words."""
    said = str(getattr(error, "orig", None) or error).splitlines()[0]
    advice = {
        "locked": "another process is writing to it; wait for that, or stop it",
        "readonly": "allow writing to it and to its folder",
        "read-only": "allow writing to it and to its folder",
        "full": "free some space; what was stored is safe",
        "disk I/O": "check the disk and the space left on it; what was stored is safe",
        "unable to open": "check that the folder exists and may be written to",
        "not a database": "it is no SQLite file; move it away or set another THAIGOV_DIR",
        "malformed": "the file is damaged; restore it from a backup",
    }
    return next((f"{said} ({hint})" for word, hint in advice.items() if word in said), said)


def _configure_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    # SQLAlchemy begins the transactions, see _begin; without this the driver would, and only at the first write.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # A database that cannot be used fails here already, but with a clearer message at the first statement.
    with contextlib.suppress(sqlite3.Error):
        # Readers do not wait for the writer, and a commit does not wait for the disk.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: Connection) -> None:
    if how := connection.get_execution_options().get("begin"):
        connection.exec_driver_sql(how)


def _record(connection: Connection, visit: Visit, run_id: int) -> None:
    """The last visit counts; but of several captures in one run the weightiest does."""
    values = {**vars(visit), "outcome": visit.outcome.value, "run_id": run_id}
    last = connection.execute(_LAST_VISIT, {name: values[name] for name in ("source", "article_id")}).first()
    if last is None:
        connection.execute(_INSERT_VISIT, values)
    elif last.run_id != run_id or _WEIGHT.get(visit.outcome, 1) >= _WEIGHT.get(Outcome(last.outcome), 1):
        key = and_(visits.c.source == visit.source, visits.c.article_id == visit.article_id)
        connection.execute(update(visits).where(key), values)
