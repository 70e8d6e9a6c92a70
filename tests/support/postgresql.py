"""A PostgreSQL server for tests, and databases on it.

The environment variable TEST_POSTGRESQL_URL may hold the URL of a server on which databases can be made. Without
it, the first test that needs a server starts one on loopback, from Debian's packages. All processes of pytest share it.
"""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, timezone
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from tests.support.programs import free_port
from thaigov_crawler.store import Store
from thaigov_crawler.store.postgresql import has_ended
from thaigov_crawler.store.tables import metadata, schema_version

VARIABLE = "TEST_POSTGRESQL_URL"
USER = "thaigov"
_OLDEST = 15
# Quick rather than safe: what is lost when the machine fails is lost with the tests.
_CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
full_page_writes = off
autovacuum = off
shared_buffers = 32MB
max_connections = 60
"""


class Server:
    """A server in a folder of its own, which several processes may ask for. It starts when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    @property
    def url(self) -> str:
        """The URL of the server, with the password. Skip the test if there is no server."""
        told = self.folder / "url"
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not told.exists():
                told.write_text(self._made())
        return told.read_text()

    def control(self, *arguments: str) -> None:
        """Run pg_ctl, as in `control("stop", "-m", "fast")`, and wait until it is done."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.data / "log"), *arguments)

    def _made(self) -> str:
        programs = binaries()
        password, port = secrets.token_hex(8), free_port()
        secret = self.folder / "password"
        secret.write_text(password)
        for path in (self.folder, secret):
            shutil.chown(path, _user())
        how = ("-U", USER, "--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8", "--locale=C.UTF-8")
        self._run("initdb", "-D", str(self.data), *how, "--no-sync", "--no-instructions")
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(f"{_CONFIGURATION}port = {port}\n")
        self.control("start")
        # Not a child of this process, because the server lives until all processes of pytest have ended.
        ends = (
            f'(cat alive; "{programs}/pg_ctl" -D data -m immediate stop; rm -r "$PWD") < /dev/null > /dev/null 2>&1 &'
        )
        subprocess.run(["sh", "-c", ends], cwd=self.folder, start_new_session=True, check=True, **_as())
        return f"postgresql://{USER}:{password}@127.0.0.1:{port}/postgres"

    def _run(self, program: str, *arguments: str) -> None:
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                [binaries() / program, *arguments],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env={"LC_ALL": "C", "PATH": os.defpath},
                check=False,
                **_as(),
            )
            said.seek(0)
            assert done.returncode == 0, said.read().decode()


_folder: list[Path] = []  # of the server that all processes of pytest share


@contextmanager
def folder_of_a_server() -> Iterator[Path]:
    """Give a folder for a server. At the end, or if this process is killed, the server ends and the folder goes."""
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    os.mkfifo(folder / "alive")
    alive = os.open(folder / "alive", os.O_RDWR)  # what waits to read from it goes on when this is closed
    try:
        yield folder
    finally:
        os.close(alive)
        if not (folder / "url").exists():
            shutil.rmtree(folder)


def share(folder: Path) -> None:
    """Use the server in a folder that another process has made."""
    _folder[:] = [folder]


@contextmanager
def own_server() -> Iterator[Server]:
    """Give a server that a test may stop and start. Skip the test if none can be started."""
    with folder_of_a_server() as folder:
        yield Server(folder)
        if (folder / "url").exists():
            _let_go(Server(folder).url.removesuffix("postgres"))


@contextmanager
def database() -> Iterator[str]:
    """Give the URL of a new database with the tables of an empty store. Skip the test if there is no server."""
    server = os.environ.get(VARIABLE) or Server(_folder[0]).url
    name = f"thaigov_test_{os.getpid()}_{secrets.token_hex(4)}"
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    _command(server, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        Store.open(url).close()
        yield url
    finally:
        _let_go(url)
        _command(server, f"DROP DATABASE {name} WITH (FORCE)")


def empty(url: str) -> None:
    """Delete everything from the tables of a store, and count from 1 again."""
    change(url, _EMPTY)


def change(url: str, statement: str) -> None:
    """Change a database with a statement, without the program."""
    connection = _connected(url)
    with connection.transaction():
        connection.execute(statement)


def query(url: str, statement: str, *parameters: Any, **named: Any) -> list[tuple]:
    """Return the rows that a query gives, with the values that SQLite has. The parameters are those of SQLite."""
    given: Any = named or parameters or None
    if given:
        statement = re.sub(r"(?<!:):(\w+)", r"%(\1)s", statement.replace("%", "%%").replace("?", "%s"))
    connection = _connected(url)
    with connection.transaction(force_rollback=True):
        return [tuple(map(_as_in_sqlite, row)) for row in connection.execute(statement, given).fetchall()]


_connections: dict[str, psycopg.Connection] = {}  # by URL: a new one for each query would take longer than the query


def _let_go(begin: str) -> None:
    """Close the connections whose URL begins so."""
    for url in [url for url in _connections if url.startswith(begin)]:
        _connections.pop(url).close()


def _connected(url: str) -> psycopg.Connection:
    held = _connections.get(url)
    if held is None or has_ended(held):  # the server may have restarted
        if held:
            held.close()
        held = _connections[url] = psycopg.connect(url, autocommit=True)
    return held


_EMPTY = ";".join(
    [
        *(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables) if table is not schema_version),
        *(f"ALTER SEQUENCE {name}_id_seq RESTART" for name in ("runs", "changes", "crawls", "crawl_captures")),
    ]
)


def _as_in_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _command(url: str, statement: str) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(statement)


@cache
def binaries() -> Path:
    found = {int(path.parent.name): path for path in Path("/usr/lib/postgresql").glob("[0-9]*/bin")}
    if found and max(found) >= _OLDEST:
        return found[max(found)]
    if there := shutil.which("initdb"):
        return Path(there).parent
    pytest.skip(f"no PostgreSQL server; to install: apt-get install postgresql, or name one in {VARIABLE}")


@cache
def _user() -> str:
    """Return the user as whom the server runs. It refuses to run as root."""
    me = pwd.getpwuid(os.geteuid()).pw_name
    names = {entry.pw_name for entry in pwd.getpwall()}
    return me if os.geteuid() else "postgres" if "postgres" in names else "nobody"


def _as() -> dict[str, Any]:
    return {} if os.geteuid() else {"user": _user(), "group": pwd.getpwnam(_user()).pw_gid, "extra_groups": []}
