"""Store: it opens the database and gives connections to it. The other modules read and write over them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy import URL, Connection, Engine, insert, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from thaigov_crawler.errors import StoreError
from thaigov_crawler.store.engine import connected, explain, shown, transactions
from thaigov_crawler.store.tables import SCHEMA_VERSION, schema_version
from thaigov_crawler.store.upgrades import OLDEST, make_tables, upgrade


class Store:
    """The database of one folder, or of one URL. Use `Store.open`.

    Within the `with` of a connection, every error of the database becomes a StoreError. So does every TypeError and
    ValueError: put nothing there but calls to the store.
    """

    def __init__(self, engine: Engine, name: str):
        self._engine = engine
        self._reader, self._writer = transactions(engine)
        self._glance: Connection | None = None
        self.name = name  # the URL without its password

    @classmethod
    def open(cls, url: URL | str, *, create: bool = True) -> Store:
        """Open the database at an SQLAlchemy URL. With `create`, make the database and its tables if there are none.

        Tables of an earlier version are upgraded. Raise StoreError if the database cannot be opened or written, or if
        this program does not know its schema version.
        """
        store = cls.at(url, create=create)
        store._check_schema(create)
        return store

    @classmethod
    def at(cls, url: URL | str, *, create: bool = True) -> Store:
        """Return the store at an SQLAlchemy URL, whose tables are neither made nor upgraded nor looked at.

        With `create`, the file of an SQLite database need not exist. Raise StoreError if the URL is unusable.
        """
        try:
            parsed = make_url(url)
        except SQLAlchemyError:
            raise StoreError("THAIGOV_DATABASE is not a database URL, such as sqlite:////srv/news.db.") from None
        return cls(connected(parsed, create=create), shown(parsed))

    def close(self) -> None:
        """Close all connections."""
        if self._glance:
            self._glance.close()
            self._glance = None
        self._engine.dispose()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that reads one snapshot of the database. Raise StoreError for any error of the database."""
        with self._transaction(self._reader) as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection that writes in one transaction.

        The transaction has the write lock from its beginning, so no other process changes what it has read before it
        writes. Raise StoreError for any error of the database.
        """
        with self._transaction(self._writer) as connection:
            yield connection

    @contextlib.contextmanager
    def glancing(self) -> Iterator[Connection]:
        """Give a connection for one query, which reads what is stored at that moment. Raise StoreError for any error.

        It is always the same connection, without a transaction. So it takes a third of the time of `reading`.
        """
        with self.explaining():
            if self._glance is None:
                self._glance = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            yield self._glance

    @contextlib.contextmanager
    def without_transaction(self) -> Iterator[Connection]:
        """Give a connection without a transaction (SQLite only), as VACUUM needs. Raise StoreError for any error."""
        with self._transaction(self._engine) as connection:
            yield connection

    @contextlib.contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        with self.explaining(), engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def explaining(self) -> Iterator[None]:
        """Raise StoreError for any error of the database."""
        try:
            yield
        except (SQLAlchemyError, TypeError, ValueError) as error:  # such as ?timeout=abc
            raise StoreError(f"The database {self.name} cannot be used: {explain(error)}.") from error

    def _check_schema(self, create: bool) -> None:
        with self.reading() as connection:
            version = _version(connection)
        if version is None and not create:
            raise StoreError(f"The database {self.name} does not have the tables of thaigov-crawler.")
        if version == SCHEMA_VERSION:
            return
        if version is not None and not OLDEST <= version < SCHEMA_VERSION:
            raise StoreError(
                f"The database {self.name} has schema version {version}, but this program knows {SCHEMA_VERSION}: "
                "use the version of thaigov-crawler that made it, or set another THAIGOV_DIR."
            )
        with self.writing() as connection:
            version = _version(connection)  # asked again, because another run may have been faster
            if version is None:
                make_tables(connection)
                connection.execute(insert(schema_version).values(version=SCHEMA_VERSION))
            elif version != SCHEMA_VERSION:
                upgrade(connection, version)


def _version(connection: Connection) -> int | None:
    """Return the schema version of the database, or None if it has no tables."""
    if not inspect(connection).has_table(schema_version.name):
        return None
    return connection.scalar(select(schema_version.c.version))
