"""Complete, checked copies of a SQLite database in one file. The database may be in use meanwhile."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from sqlalchemy import URL

from thaigov_crawler.errors import StoreError
from thaigov_crawler.store import postgresql
from thaigov_crawler.store.engine import LOCK_TIMEOUT, WRITING_ERRORS, connected, explain, shown, url_of
from thaigov_crawler.store.sqlite_file import beside, header_of

# These two bytes of the header say which journal mode the database has.
_JOURNAL_MODE = slice(18, 20)
_DELETE, _WAL = b"\1\1", b"\2\2"


@dataclass(frozen=True)
class _Database:
    """The database to copy."""

    name: str  # its URL, without a password
    file: Path
    query: dict[str, str]  # of SQLite's URI
    options: dict[str, Any]  # of sqlite3.connect

    def connect(self, mode: str) -> sqlite3.Connection:
        uri = f"{self.file.as_uri()}?{urlencode({**self.query, 'mode': mode})}"
        options = {"timeout": LOCK_TIMEOUT, **self.options, "uri": True}
        connection: sqlite3.Connection = sqlite3.connect(uri, **options)
        return connection


def files_of(url: URL | str) -> list[Path]:
    """Return the file of a database and the files that SQLite keeps beside it. Raise StoreError if it has no file."""
    file = _database(url).file
    return [file, *beside(file)]


def is_copy(file: Path) -> bool:
    """Tell whether a file is a database as `copy` makes it. It is only read. Raise OSError if it cannot be read."""
    # The header says whether the database is in WAL mode. Opening it would make files beside it.
    if header_of(file)[_JOURNAL_MODE] != _DELETE:
        return False
    try:
        with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
            return _is_store(database)
    except sqlite3.Error:
        return False


def copy(url: URL | str, target: Path) -> int:
    """Copy a database to a new file, and return the number of articles in the copy.

    The copy shows the database at one moment, even if a crawl writes meanwhile. The database is only read. The copy
    needs no other file beside it, and it has passed SQLite's own check. It keeps the schema version of the database.
    Raise StoreError if the database cannot be read or is damaged. Raise OSError if the copy cannot be written.
    """
    source = _database(url)
    with _read(source) as database, _written(target) as made:
        if not _is_store(database):
            why = "is another program's, or empty: set another THAIGOV_DIR or THAIGOV_DATABASE"
            raise StoreError(f"The database {source.name} {why}.")
        database.backup(made)  # in one step: with several steps, each write of a crawl would make it start again
        made.execute("PRAGMA journal_mode = DELETE")
        said = [text for (text,) in made.execute("PRAGMA integrity_check")]
        if said != ["ok"]:
            raise StoreError(
                f"The database is damaged: {said[0].splitlines()[0]}. The copy was not kept. Restore an earlier backup."
            )
        number: int = made.execute("SELECT count(*) FROM articles").fetchone()[0]
        return number


def _database(url: URL | str) -> _Database:
    parsed = url_of(url)
    name = shown(parsed)
    if postgresql.asked_for(parsed):
        command = f"pg_dump --format=custom --file=news.dump '{postgresql.for_other_programs(parsed)}'"
        raise StoreError(f"The database {name} is on a server, which has a command for that: {command}")
    if parsed.get_backend_name() != "sqlite":
        raise StoreError(f"The database {name} is not an SQLite file: use its own tool.")
    engine = connected(parsed, create=False)  # the engine never connects, as that would change the journal mode
    (path,), options = engine.dialect.create_connect_args(parsed)
    query = {}
    if options.get("uri"):
        parts = urlsplit(path)
        path, query = unquote(parts.path), dict(parse_qsl(parts.query))
    if path == ":memory:":
        raise StoreError("The database is in memory: there is no file to copy.")
    return _Database(name, Path(os.path.realpath(path)), query, dict(options))


@contextlib.contextmanager
def _read(source: _Database) -> Iterator[sqlite3.Connection]:
    was_in_use = any(file.exists() for file in beside(source.file))
    try:
        with contextlib.ExitStack() as at_the_end:
            if not was_in_use:
                at_the_end.callback(_tidy, source)
            yield at_the_end.enter_context(contextlib.closing(source.connect("ro")))
    except sqlite3.Error as error:
        raise StoreError(f"The database {source.name} cannot be copied: {_explain(error, source)}.") from error


def _tidy(source: _Database) -> None:
    """Let SQLite remove the files beside a database in WAL mode, which a reader makes but cannot remove.

    SQLite keeps them if another process uses the database.
    """
    with contextlib.suppress(sqlite3.Error), contextlib.closing(source.connect("rw")) as database:
        database.execute("SELECT 1 FROM sqlite_master")


def _explain(error: Exception, source: _Database) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the higher bits only name the error more exactly
    with contextlib.suppress(OSError):
        if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) and header_of(source.file)[_JOURNAL_MODE] == _WAL:
            why = "is in WAL mode, and SQLite reads such a file only in a folder that it may write to"
            return f"it {why}; copy it, and its -wal file if there is one, to another folder, and back up that copy"
    return explain(error)


@contextlib.contextmanager
def _written(target: Path) -> Iterator[sqlite3.Connection]:
    try:
        with contextlib.closing(sqlite3.connect(target, isolation_level=None)) as made:
            yield made
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) not in WRITING_ERRORS:
            raise
        advice = "free some space, or name a file on another disk"
        raise OSError(errno.ENOSPC, f"the copy cannot be written: {error} ({advice})") from error


def _is_store(database: sqlite3.Connection) -> bool:
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {"schema_version", "articles"} <= tables
