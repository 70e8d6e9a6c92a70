"""The server: Datasette with the store, read-only, for this machine only. It sends no request to another host."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted
from datasette.plugins import pm
from datasette.utils import parse_metadata

from thaigov_crawler.browse import listing, plugin
from thaigov_crawler.browse.bounds import BoundedConnection
from thaigov_crawler.browse.guard import ADDRESS, guarded
from thaigov_crawler.store.sqlite_file import is_snapshot

HERE = Path(__file__).parent
# Seconds that questions have to end when the server ends.
GRACE = 5
# Number of ports to try, from the first one on.
PORTS_TRIED = 20
SETTINGS = {
    "allow_download": False,
    "default_page_size": 50,
    "max_returned_rows": 2000,
    # Milliseconds. With 91,000 articles, the slowest pages take less than a second. The limits leave room for slower
    # machines, and for SQL that people type.
    "sql_time_limit_ms": 10_000,
    "facet_time_limit_ms": 3000,
    "default_facet_size": 15,
    "suggest_facets": False,  # it would try every column, even the bodies
    "truncate_cells_html": 300,
    "default_cache_ttl": 0,  # a crawl may change the store at any moment
}


class ReadOnly(Database):
    """A database that is only read, even while a crawl writes to it."""

    _ending = False
    at_work = 0  # questions that are being answered

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.is_snapshot = is_snapshot(Path(self.path))
        self._counting = threading.Lock()

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """Return a new connection. Raise PermissionError if it is to write."""
        if write:
            raise PermissionError(errno.EROFS, "The store is read-only here")
        # pathlib makes a correct URI. In the URI that Datasette makes, `?`, `#` and `%` of a path have a meaning.
        address = f"{Path(self.path).resolve().as_uri()}?mode=ro"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False, factory=BoundedConnection)
        connection.execute("PRAGMA query_only = ON")
        self._all_file_connections.append(connection)
        return connection

    async def execute(self, sql: str, *args: Any, **kwargs: Any) -> Any:
        """Do as Datasette does, but do not print errors of SQL on the terminal. The page shows them.

        The query for the rows of a page is changed: see `listing`.
        """
        return await super().execute(listing.changed(sql), *args, **{**kwargs, "log_sql_errors": False})

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """Do as Datasette does. If one of our functions in SQL refuses its argument, raise its message as an error."""

        def run(connection: sqlite3.Connection) -> Any:
            if self._ending:
                raise QueryInterrupted("the server ends", "", {})
            with self._counting:
                self.at_work += 1
            try:
                answer = fn(connection)
            except MemoryError:
                raise sqlite3.OperationalError("the question needs too much memory") from None
            finally:
                with self._counting:
                    self.at_work -= 1
                why = plugin.complaint()
            if why:
                raise sqlite3.OperationalError(why)
            return answer

        return await super().execute_fn(run)

    def interrupt(self) -> None:
        """Break off the running queries, and refuse new ones."""
        self._ending = True
        for connection in self._all_file_connections:
            connection.interrupt()

    async def fts_table(self, table: str) -> None:
        """Return None, so that Datasette does not search: it cannot use our index without positions. The plugin can."""


def free_socket(port: int, tries: int = 1) -> socket.socket:
    """Return a socket on this machine's loopback address, with the first free one of `tries` ports from `port` on.

    Raise OSError if none of them is free.
    """
    last = min(port + tries - 1, 65535)
    for number in range(port, last + 1):
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((ADDRESS, number))
            listening.listen()
        except OSError as error:
            listening.close()
            if error.errno != errno.EADDRINUSE or number == last:
                raise
        else:
            return listening
    raise ValueError(f"{port} is not a port")


def application(database: Path) -> Datasette:
    """Return Datasette with our pages. `database` is an SQLite file of the present schema, with the name `thaigov`."""
    if not pm.is_registered(plugin):
        pm.register(plugin)
        pm.unregister(name="datasette.handle_exception")  # ours prints no traceback for a wrong address
    datasette = Datasette(
        metadata=parse_metadata((HERE / "metadata.yaml").read_text("utf-8")),
        settings=SETTINGS,
        template_dir=str(HERE / "templates"),
        static_mounts=[("static", str(HERE / "static"))],
    )
    datasette.remove_database("_memory")
    datasette.add_database(ReadOnly(datasette, str(database)), name="thaigov")
    return datasette


class Server(uvicorn.Server):
    """Uvicorn that does not wait for running queries when it ends."""

    def __init__(self, config: uvicorn.Config, database: ReadOnly):
        super().__init__(config)
        self._database = database

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Break off running queries, then end as Uvicorn does."""
        breaking_off = asyncio.create_task(self._break_off())
        try:
            await super().shutdown(sockets)
        finally:
            breaking_off.cancel()

    async def _break_off(self) -> None:
        while True:  # repeatedly, because a query may just be about to begin
            self._database.interrupt()
            await asyncio.sleep(0.05)


def serve(database: Path, listening: socket.socket) -> None:
    """Answer requests on a bound socket until Ctrl-C or SIGTERM."""
    datasette = application(database)
    config = uvicorn.Config(
        guarded(datasette.app()),
        ws="none",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=GRACE,
        server_header=False,
    )
    try:
        with contextlib.suppress(KeyboardInterrupt):  # Uvicorn raises it again after its orderly end
            Server(config, datasette.get_database("thaigov")).run(sockets=[listening])
    finally:
        # What SQLite cannot break off would keep the process alive, and closing its connection would wait for it.
        if datasette.get_database("thaigov").at_work:
            os._exit(0)
        for held in datasette.databases.values():
            held.close()
