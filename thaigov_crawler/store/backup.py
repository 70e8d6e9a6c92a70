"""Copies of a SQLite database that may be in use: whole, in one file, and checked."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from thaigov_crawler.store.engine import StoreError, connected, explain

# What SQLite keeps beside a database that is in use.
_BESIDE = ("", "-wal", "-shm", "-journal")


def files_of(url: URL | str) -> list[Path]:
    """The file of a database, and those that SQLite keeps beside it. Raises StoreError where it is no SQLite file."""
    with _opened(url) as database:
        file = next(file for _, name, file in database.execute("PRAGMA database_list") if name == "main")
    if not file:
        raise StoreError("The database is in memory: there is no file to copy.")
    return [Path(f"{file}{suffix}") for suffix in _BESIDE]


def copy(url: URL | str, target: Path) -> int:
    """Copy a database as it is at this moment to a new file, whoever writes to it meanwhile; how many articles there
    are in the copy.

    The copy needs no other file to be read, and has passed SQLite's own check. It has the schema version of the
    database: nothing is upgraded. Raises StoreError, also where the database turns out damaged.
    """
    with _opened(url) as database, contextlib.closing(sqlite3.connect(target, isolation_level=None)) as made:
        database.backup(made)  # in one step: in several, each write of a crawl would make it begin anew
        made.execute("PRAGMA journal_mode = DELETE")
        said = [text for (text,) in made.execute("PRAGMA integrity_check")]
        if said != ["ok"]:
            raise StoreError(
                f"The database is damaged, its copy was not kept: {said[0].splitlines()[0]}. Restore an earlier backup."
            )
        return made.execute("SELECT count(*) FROM articles").fetchone()[0]


@contextlib.contextmanager
def _opened(url: URL | str) -> Iterator[sqlite3.Connection]:
    try:
        parsed = make_url(url)
    except SQLAlchemyError:
        raise StoreError("THAIGOV_DATABASE is no database URL: see the README for examples.") from None
    name = parsed.render_as_string(hide_password=True)
    if parsed.get_backend_name() != "sqlite":
        raise StoreError(f"The database {name} is no SQLite file: use its own tool (PostgreSQL: pg_dump).")
    engine = connected(parsed, create=False)
    try:
        with contextlib.closing(engine.raw_connection()) as connection:
            yield connection.driver_connection
    except (SQLAlchemyError, sqlite3.Error, TypeError, ValueError) as error:  # such as ?timeout=abc
        raise StoreError(f"The database {name} cannot be copied: {explain(error)}.") from error
    finally:
        engine.dispose()
