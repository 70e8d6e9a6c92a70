"""Store: it opens the database and gives connections to it. The other modules read and write over them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy import URL, Connection, Engine, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from thaigov_crawler.errors import LostStoreError, StoreError
from thaigov_crawler.store import postgresql
from thaigov_crawler.store.engine import LOCK_TIMEOUT, connected, explain, shown, transactions, url_of
from thaigov_crawler.store.tables import SCHEMA_VERSION, schema_version
from thaigov_crawler.store.upgrades import OLDEST, OLDEST_ON_SERVER, begin_tables, make_derived, upgrade


class Store:
    """The database of one folder, or of one URL. Use `Store.open`.

    Within the `with` of a connection, every error of the database becomes a StoreError. So does every TypeError and
    ValueError: put nothing there but calls to the store.

    If the database is on a server that has gone, a connection waits LOCK_TIMEOUT seconds until it is back. If the
    server goes within the `with`, the error is a LostStoreError. What is written there is then not stored.
    """

    def __init__(self, engine: Engine, name: str):
        self._engine = engine
        self._reader, self._writer, self._maintainer = transactions(engine)
        self._glance: Connection | None = None
        self._patience = 0  # seconds to wait for a server that has gone
        self.name = name  # the URL without its password

    @classmethod
    def open(cls, url: URL | str, *, create: bool = True) -> Store:
        """Open the database at an SQLAlchemy URL. With `create`, make the database and its tables if there are none.

        Tables of an earlier version are upgraded. Raise StoreError if the database cannot be opened or written, or if
        this program does not know its schema version.
        """
        store = cls.at(url, create=create)
        try:
            store._check_schema(create)
        except BaseException:
            store.close()
            raise
        store._patience = LOCK_TIMEOUT  # not before, because a URL may be wrong
        return store

    @classmethod
    def at(cls, url: URL | str, *, create: bool = True) -> Store:
        """Return the store at an SQLAlchemy URL, whose tables are neither made nor upgraded nor looked at.

        With `create`, the file of an SQLite database need not exist. Raise StoreError if the URL is unusable.
        """
        parsed = url_of(url)
        return cls(connected(parsed, create=create), shown(parsed))

    def close(self) -> None:
        """Close all connections."""
        self._end_glance()
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
        if self._glance is not None and not postgresql.is_alive(self._glance):
            self._end_glance()
        if self._glance is None:
            with self.explaining():
                connection = postgresql.retried(self._engine.connect, self._patience)
            self._glance = connection.execution_options(isolation_level="AUTOCOMMIT")
        try:
            with self.explaining(LostStoreError):
                yield self._glance
        except StoreError:
            self._end_glance()
            raise

    @contextlib.contextmanager
    def without_transaction(self) -> Iterator[Connection]:
        """Give a connection without a transaction, as VACUUM needs. Raise StoreError for any error."""
        with self._transaction(self._maintainer) as connection:
            yield connection

    @contextlib.contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        with self.explaining(), postgresql.retried(lambda: _begun(engine), self._patience) as connection:
            with self.explaining(LostStoreError):
                yield connection
            self._commit(connection)

    def _commit(self, connection: Connection) -> None:
        """Commit. If the server went away at that moment, ask it whether it has committed, when it is back."""
        transaction = connection.info.get(postgresql.TRANSACTION)
        try:
            connection.commit()
        except SQLAlchemyError as error:
            if not postgresql.is_lost(error):
                raise
            was_committed = transaction and postgresql.retried(
                lambda: postgresql.was_committed(self._engine, transaction), self._patience
            )
            if not was_committed:
                raise self._explained(error, LostStoreError) from error

    @contextlib.contextmanager
    def explaining(self, if_lost: type[StoreError] = StoreError) -> Iterator[None]:
        """Raise StoreError for any error of the database, `if_lost` if the server has gone."""
        try:
            yield
        except (SQLAlchemyError, TypeError, ValueError) as error:  # such as ?timeout=abc
            raise self._explained(error, if_lost) from error

    def _explained(self, error: Exception, if_lost: type[StoreError]) -> StoreError:
        kind = if_lost if postgresql.is_lost(error) else StoreError
        return kind(f"The database {self.name} cannot be used: {explain(error)}.")

    def _end_glance(self) -> None:
        if self._glance is not None:
            self._glance.close()
            self._glance = None

    def _check_schema(self, create: bool) -> None:
        with self.reading() as connection:
            version = _version(connection)
            oldest = OLDEST_ON_SERVER if connection.dialect.name == "postgresql" else OLDEST
        if version is None and not create:
            raise StoreError(f"The database {self.name} does not have the tables of thaigov-crawler.")
        if version == SCHEMA_VERSION:
            return
        if version is not None and not oldest <= version < SCHEMA_VERSION:
            raise StoreError(
                f"The database {self.name} has schema version {version}, but this program knows {SCHEMA_VERSION}: "
                "use the version of thaigov-crawler that made it, or set another THAIGOV_DIR."
            )
        with self.writing() as connection:
            version = _version(connection)  # asked again, because another run may have been faster
            if version is None:
                begin_tables(connection)
                make_derived(connection)
            elif version != SCHEMA_VERSION:
                upgrade(connection, version)


def _begun(engine: Engine) -> Connection:
    connection = engine.connect()
    try:
        connection.begin()
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: Connection) -> int | None:
    """Return the schema version of the database, or None if it has no tables."""
    if not inspect(connection).has_table(schema_version.name):
        return None
    return connection.scalar(select(schema_version.c.version))
