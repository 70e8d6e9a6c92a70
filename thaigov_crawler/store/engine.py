"""Connections to the database: the settings that SQLite needs, and what errors of the database mean."""

from __future__ import annotations

import contextlib
import json
import logging
import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from thaigov_crawler.errors import MissingExtra, StoreError, extra, typed
from thaigov_crawler.store import postgresql
from thaigov_crawler.store.sqlite_file import SNAPSHOT, is_snapshot

# Seconds that a write waits for another process to finish its own.
LOCK_TIMEOUT = 30
# Errors of SQLite that only writing can cause.
WRITING_ERRORS = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_DIR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_CLOSE,
}
# It logs what goes wrong when it closes connections after an error, which is told without that.
logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
_TOO_OLD = f"full-text search needs SQLite 3.34 or newer, and this Python has {sqlite3.sqlite_version}: use a newer one"


def url_of(given: URL | str) -> URL:
    """Return the URL of a database, which may be a text. Raise StoreError, which shows nothing of it, if it is none."""
    try:
        url = make_url(given)
    except (SQLAlchemyError, ValueError):  # the latter for a port that is no number
        raise StoreError("THAIGOV_DATABASE is not a database URL, such as sqlite:////srv/news.db.") from None
    if "@" in (url.host or ""):  # what stands before it belongs to the password, which no message may show
        raise StoreError("The URL of the database has an @ in its user or password: write it as %40.")
    return url


def connected(url: URL, *, create: bool) -> Engine:
    """Return the engine for a database. Raise StoreError if the URL is unusable, or if there is no such file to open.

    With `create`, the file of a SQLite database need not exist.
    """
    options: dict[str, Any] = {"json_serializer": partial(json.dumps, ensure_ascii=False)}
    if postgresql.asked_for(url):
        return _connected_to_server(url, options)
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite and "timeout" not in url.query:
        options["connect_args"] = {"timeout": LOCK_TIMEOUT}
    file = url.database if sqlite and url.database and not url.database.startswith("file:") else None
    if file and not create and not Path(file).exists():
        raise StoreError(f"There is no database {file}: run `{typed('crawl thaigov')}` first, or set THAIGOV_DIR.")
    if file and create and is_snapshot(Path(file)):
        why = "is a snapshot, which lacks what a crawl needs to know: use the database that it was made of"
        raise StoreError(f"The database {file} {why}.")
    engine = _made(url, options)
    if sqlite:
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin)
    return engine


def _connected_to_server(url: URL, options: dict[str, Any]) -> Engine:
    try:
        with extra("postgresql", f"The database {postgresql.shown(url)}"):
            import psycopg  # noqa: F401
    except MissingExtra as error:
        raise StoreError(str(error)) from None
    engine = _made(postgresql.driven(url), {**options, **postgresql.options(url.query)})
    postgresql.prepare(engine, LOCK_TIMEOUT)
    return engine


def _made(url: URL, options: dict[str, Any]) -> Engine:
    try:
        return create_engine(url, **options)
    except (SQLAlchemyError, ImportError, TypeError, ValueError) as error:
        raise StoreError(f"The database {shown(url)} cannot be used: {error}.") from error


def shown(url: URL) -> str:
    """Return a URL without its passwords, as messages show it."""
    return postgresql.shown(url) if postgresql.asked_for(url) else url.render_as_string(hide_password=True)


def transactions(engine: Engine) -> tuple[Engine, Engine, Engine]:
    """Return three engines that use the connections of `engine`, but begin their transactions in different ways.

    The transactions of the first one read one snapshot. Those of the second one write, and have the write lock from
    their beginning. The third one has no transactions.
    """
    if engine.dialect.name == "postgresql":
        return postgresql.transactions(engine)
    return engine.execution_options(begin="BEGIN"), engine.execution_options(begin="BEGIN IMMEDIATE"), engine


def explain(error: Exception) -> str:
    """Return in words what an error of the database means, and what to do about it."""
    raised = getattr(error, "orig", None) or error
    said = next(iter(str(raised).splitlines()), type(raised).__name__)  # some have no text
    if postgresql.is_ours(raised):
        return postgresql.explain(raised)
    advice = {
        "locked": "another process is writing to it; wait for that, or stop it",
        "readonly": "allow writing to it and to its folder",
        "read-only": "allow writing to it and to its folder",
        "full": "free some space; stored articles are safe",
        "disk I/O": "check the disk and the space left on it; stored articles are safe",
        "unable to open": "check that the folder exists and may be written to",
        "not a database": "it is not an SQLite file; move it away or set another THAIGOV_DIR",
        "no such tokenizer": _TOO_OLD,
        "fts5": _TOO_OLD,
        "malformed": "the file is damaged; restore it from a backup",
    }
    return next((f"{said} ({hint})" for word, hint in advice.items() if word in said), said)


def _configure_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    # SQLAlchemy begins the transactions (see _begin). Without this line the driver would do so, at the first write.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # An unusable database fails here. The error of its first statement has a clearer message, so this one is dropped.
    with contextlib.suppress(sqlite3.Error):
        # With these, readers do not wait for the writer, and a commit does not wait for the disk. A snapshot stays one
        # file, as others have it: in this mode, reading it would need files beside it.
        if connection.execute("PRAGMA application_id").fetchone() != (SNAPSHOT,):
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: Connection) -> None:
    if how := connection.get_execution_options().get("begin"):
        connection.exec_driver_sql(how)
