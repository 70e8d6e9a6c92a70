"""`scrapy browse`: read the store in a browser."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.commands._store import opened_store
from thaigov_crawler.errors import extra
from thaigov_crawler.run.output import database_file

PORT = 8001


class Command(ProjectCommand, ScrapyCommand):
    """Serve the stored articles to this machine's browser until Ctrl-C. The store is only read."""

    about = "Search and read the stored articles in a browser"
    usage = "[--port N]"

    def declare(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--port", metavar="N", type=int, help=f"listen on this port; default: {PORT}, or the next free one"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve until Ctrl-C. Raise UsageError for bad options, StoreError if the database cannot be used.

        The exit status is 1 if the port cannot be used, or if the database is not an SQLite file.
        """
        if opts.port is not None and not 1 <= opts.port <= 65535:
            raise UsageError(f"--port {opts.port}: must be from 1 to 65535")
        database = database_file(self.settings)
        if database is None:
            self.fail("only an SQLite file can be browsed, and THAIGOV_DATABASE names another kind of database")
            return
        with opened_store(self):  # it raises the error if there is no database, and upgrades old tables
            pass
        self._serve(database, opts.port)

    def _serve(self, database: Path, port: int | None) -> None:
        # Imported here, because Scrapy imports all commands for each one, and this import takes a third of a second.
        with extra("browse", "this command"):
            from thaigov_crawler.browse.server import PORTS_TRIED, free_socket, serve

        try:
            listening = free_socket(port or PORT, 1 if port else PORTS_TRIED)
        except OSError as error:
            asked = f"port {port}" if port else f"the ports from {PORT} on"
            self.fail(f"{asked}: {error.strerror}; choose another with --port")
            return
        with listening:
            print("http://{}:{}/  (Ctrl-C ends it)".format(*listening.getsockname()), flush=True)
            serve(database, listening)
