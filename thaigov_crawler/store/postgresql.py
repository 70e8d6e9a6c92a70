"""A PostgreSQL server as the database: connections to it, how transactions begin there, and what its errors mean."""

from __future__ import annotations

import logging
import select
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, event, text
from sqlalchemy.exc import DBAPIError, DisconnectionError

from thaigov_crawler.errors import StoreError

logger = logging.getLogger(__name__)

T = TypeVar("T")

OLDEST_SERVER = 15  # major version
TRANSACTION = "transaction"  # the key under which Connection.info has the number of the transaction that writes
# Names under which a URL may ask for PostgreSQL. SQLAlchemy's own driver for the second is another one, psycopg2.
_NAMES = ("postgres", "postgresql", "postgresql+psycopg")
_DRIVER = "postgresql+psycopg"
_SECRET = ("password", "sslpassword")  # parameters of libpq that no message may show
# What libpq is told unless the URL says otherwise. Times are seconds, but for tcp_user_timeout (milliseconds). Without
# the last four, a run would wait for minutes for a server whose machine or network has gone without a word.
_CONNECTING = {
    "client_encoding": "utf8",
    "connect_timeout": "10",
    "tcp_user_timeout": "30000",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "4",
}
# Every writer takes this lock first, so one transaction writes at a time, as in SQLite. Each schema has its own.
_LOCK = "SELECT pg_advisory_xact_lock(1952539495, hashtext(current_schema())), pg_current_xact_id()::text"
# With the last four, the server notices within 20 seconds that a machine has gone without a word. Others wait longer
# for the lock of that machine, so they get it. By its own settings the server would keep it for two hours.
_SESSION = (
    "SELECT set_config('lock_timeout', '{timeout}s', false), set_config('TimeZone', 'UTC', false), "
    "set_config('DateStyle', 'ISO', false), set_config('tcp_user_timeout', '20s', false), "
    "set_config('tcp_keepalives_idle', '5', false), set_config('tcp_keepalives_interval', '5', false), "
    "set_config('tcp_keepalives_count', '3', false)"
)
_NOT_YET = "22023"  # SQLSTATE of the question for a transaction that a server has not given a number yet
# The errors that say that the server has gone or does not take connections now, by the first letters of SQLSTATE.
_AWAY = ("08", "57P")
_WENT_AWAY = "the server has gone: look whether it runs, then run this again; what is stored is safe"
_ADVICE = {
    "28": "look at the user in the URL, and at the password in the file of PGPASSFILE",
    "3D000": "create it: docs/guides/postgresql.md says how",
    "42501": "allow it to this user: docs/guides/postgresql.md says how",
    "53100": "free some space on the server; stored articles are safe",
    "53300": "raise max_connections of the server, or run fewer programs",
    "55P03": "another process is writing to it; wait for that, or stop it",
    "25006": "the server is a copy that is only read; name the one that is written to",
    "58P01": "pg_trgm is part of PostgreSQL's contrib modules; install them on the server",
    "08": _WENT_AWAY,
    "57P": _WENT_AWAY,
}
# The same for errors without SQLSTATE: those of the connection. libpq tells them in English unless it is translated.
_ADVICE_IN_WORDS = {
    "Connection refused": "look whether the server runs, and at the host and port of the URL",
    "timeout expired": "look whether the server runs, and at the host and port of the URL",
    "could not translate": "look at the host of the URL",
    "failed to resolve": "look at the host of the URL",
    "no password supplied": "put the password into a file, and name it in PGPASSFILE",
    "password authentication": _ADVICE["28"],
    "no pg_hba.conf entry": "allow this machine in the server's pg_hba.conf",
    "does not exist": _ADVICE["3D000"],
    "permission denied": _ADVICE["42501"],
    "too many": _ADVICE["53300"],
    "remaining connection slots": _ADVICE["53300"],
    "starting up": _WENT_AWAY,
    "shutting down": _WENT_AWAY,
    "closed": _WENT_AWAY,
    "terminat": _WENT_AWAY,
    "lost": _WENT_AWAY,
}


def asked_for(url: URL) -> bool:
    """Tell whether a URL is that of a PostgreSQL database."""
    return url.drivername.partition("+")[0] in ("postgres", "postgresql")


def driven(url: URL) -> URL:
    """Return the URL with the driver that this program uses, psycopg 3. Raise StoreError if it names another one."""
    if url.drivername not in _NAMES:
        raise StoreError(f"The database {shown(url)} cannot be used with that driver: write postgresql://…")
    return url.set(drivername=_DRIVER)


def shown(url: URL) -> str:
    """Return a URL without its passwords, as messages show it."""
    return url.difference_update_query(_SECRET).render_as_string(hide_password=True)


def for_other_programs(url: URL) -> str:
    """Return a URL as PostgreSQL's own programs take it, without its passwords."""
    # URL.set would keep the password if it is given None.
    return url.difference_update_query(_SECRET)._replace(drivername="postgresql", password=None).render_as_string()


def options(query: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the driver is told when it connects. `query` has the parameters of the URL."""
    return {"connect_args": {name: value for name, value in _CONNECTING.items() if name not in query}}


def prepare(engine: Engine, lock_timeout: int) -> None:
    """Have an engine make connections as this program needs them. A write waits `lock_timeout` seconds for another."""

    def configure(connection: Any, _: Any) -> None:
        connection.autocommit = True
        connection.execute(_SESSION.format(timeout=lock_timeout))
        connection.autocommit = False

    logging.getLogger("psycopg").setLevel(logging.ERROR)  # it warns of a lost connection, which its error says, too
    event.listen(engine, "connect", configure)
    event.listen(engine, "checkout", _check_alive)
    event.listen(engine, "begin", _begin)


def transactions(engine: Engine) -> tuple[Engine, Engine, Engine]:
    """Return engines whose transactions read one snapshot, and write, and one that has no transactions."""
    return (
        engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True),
        engine.execution_options(isolation_level="READ COMMITTED", begin=_LOCK),
        engine.execution_options(isolation_level="AUTOCOMMIT"),
    )


def is_alive(connection: Connection) -> bool:
    """Tell whether an idle connection can still be used, as far as this machine knows. A server is not asked."""
    return connection.dialect.name != "postgresql" or not has_ended(connection.connection.driver_connection)


def is_lost(error: Exception) -> bool:
    """Tell whether an error means that the server has gone, or does not take connections now."""
    raised = getattr(error, "orig", None)
    if not is_ours(raised):
        return False
    state = _state(raised)
    return state.startswith(_AWAY) if state else type(raised).__name__ == "OperationalError"


def retried(work: Callable[[], T], patience: float) -> T:
    """Return what `work` returns. If it fails because the server has gone, try again for `patience` seconds."""
    end: float | None = None
    while True:
        try:
            return work()
        except DBAPIError as error:
            if not is_lost(error) or not patience or (end and time.monotonic() > end):
                raise
            if end is None:
                why = explain(error.orig or error)
                logger.warning(
                    "The server of the database is away: %s. Waiting for it, %d seconds at most.", why, patience
                )
                end = time.monotonic() + patience
        time.sleep(0.5)


def was_committed(engine: Engine, transaction: str) -> bool:
    """Return whether a transaction was committed. Wait while the server is still busy with it."""
    asked = text("SELECT pg_xact_status(cast(:transaction AS xid8))")
    while True:
        try:
            with engine.connect() as connection:
                status = connection.scalar(asked, {"transaction": transaction})
        except DBAPIError as error:
            if _state(error.orig) != _NOT_YET:
                raise
            return False  # the server has lost it in a crash, or is another one that never got it
        if status != "in progress":
            return bool(status == "committed")
        time.sleep(0.1)


def check_server(connection: Connection) -> None:
    """Raise StoreError if the server or the database cannot hold a store."""
    version, encoding = connection.execute(
        text("SELECT current_setting('server_version_num')::integer / 10000, current_setting('server_encoding')")
    ).one()
    if version < OLDEST_SERVER:
        raise StoreError(f"The server is PostgreSQL {version}: this program needs {OLDEST_SERVER} or newer.")
    if encoding != "UTF8":
        raise StoreError(f"The database has the encoding {encoding}: create one with the encoding UTF8.")


def is_ours(error: BaseException | None) -> bool:
    """Tell whether an error is one of the driver."""
    return type(error).__module__.startswith("psycopg")


def explain(error: BaseException) -> str:
    """Return in words what an error of the driver means, and what to do about it."""
    state, text_ = _state(error), str(error).strip() or type(error).__name__
    # libpq may try several addresses of a host. It tells the error of each in a line of its own, below a headline.
    said = text_.splitlines()[-1 if text_.startswith("Multiple") else 0].removeprefix("- ")
    hints, matches = (_ADVICE, state.startswith) if state else (_ADVICE_IN_WORDS, text_.__contains__)
    return next((f"{said} ({hint})" for key, hint in hints.items() if matches(key)), said)


def _state(error: BaseException | None) -> str:
    return getattr(error, "sqlstate", None) or ""


def _check_alive(connection: Any, *_: Any) -> None:
    """Have the pool make a new connection in the place of one that the server has ended."""
    if has_ended(connection):
        raise DisconnectionError


def has_ended(connection: Any) -> bool:
    """Tell whether an idle connection of the driver has ended, as far as this machine knows."""
    if connection.closed:
        return True
    # Nothing comes over an idle connection but the end of it, with the server's reason before.
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))


def _begin(connection: Connection) -> None:
    if how := connection.get_execution_options().get("begin"):
        _, connection.info[TRANSACTION] = connection.exec_driver_sql(how).one()
