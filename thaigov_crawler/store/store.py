"""The way to the database: connections to it. What is asked and written over them is in the other modules."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy import URL, Connection, Engine, insert, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from thaigov_crawler.errors import StoreError
from thaigov_crawler.store.engine import connected, explain
from thaigov_crawler.store.tables import SCHEMA_VERSION, schema_version
from thaigov_crawler.store.upgrades import OLDEST, make_tables, upgrade


class Store:
    """The database of one folder, or of one URL. Use `Store.open`.

    Its connections raise StoreError for whatever is wrong with the database. That includes TypeError and ValueError,
    so nothing but questions to the store belongs within their `with`.
    """

    def __init__(self, engine: Engine, name: str):
        self._engine = engine
        # The same connections, which begin otherwise.
        self._reader = engine.execution_options(begin="BEGIN")
        self._writer = engine.execution_options(begin="BEGIN IMMEDIATE")
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

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection whose reads are of one snapshot. Raises StoreError."""
        with self._transaction(self._reader) as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose writes are one transaction, which holds the lock from its beginning: what it reads, no
        other process changes before it has written. Raises StoreError."""
        with self._transaction(self._writer) as connection:
            yield connection

    @contextlib.contextmanager
    def without_transaction(self) -> Iterator[Connection]:
        """A connection of which each statement stands alone (SQLite), as VACUUM must. Raises StoreError."""
        with self._transaction(self._engine) as connection:
            yield connection

    @contextlib.contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, TypeError, ValueError) as error:  # such as ?timeout=abc
            raise StoreError(f"The database {self.name} cannot be used: {explain(error)}.") from error

    def _check_schema(self, create: bool) -> None:
        with self.reading() as connection:
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
        with self.writing() as connection:
            version = _version(connection)  # another run may have been first
            if version is None:
                make_tables(connection)
                connection.execute(insert(schema_version).values(version=SCHEMA_VERSION))
            elif version != SCHEMA_VERSION:
                upgrade(connection, version)


def _version(connection: Connection) -> int | None:
    """The version of the tables; None where there are none."""
    if not inspect(connection).has_table(schema_version.name):
        return None
    return connection.scalar(select(schema_version.c.version))
