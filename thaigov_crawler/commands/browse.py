"""`scrapy browse`: read the store in a browser."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.commands._files import nothing_beside, written_whole
from thaigov_crawler.commands._store import opened_store
from thaigov_crawler.errors import extra
from thaigov_crawler.run.output import SNAPSHOT, database_file, made, output_folder
from thaigov_crawler.store import Store, snapshot
from thaigov_crawler.store.sqlite_file import is_snapshot

PORT = 8001


class Command(ProjectCommand, ScrapyCommand):
    """Serve the stored articles to this machine's browser until Ctrl-C. The store is only read.

    The pages need an SQLite file. If the store is on a server, they show a snapshot of it in the output folder.
    """

    about = "Search and read the stored articles in a browser"
    usage = "[--port N]"

    def declare(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--port", metavar="N", type=int, help=f"listen on this port; default: {PORT}, or the next free one"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve until Ctrl-C. Raise UsageError for bad options, StoreError if the database cannot be used.

        Raise OSError if a snapshot is needed and cannot be written. The exit status is 1 if the port cannot be used.
        """
        if opts.port is not None and not 1 <= opts.port <= 65535:
            raise UsageError(f"--port {opts.port}: must be from 1 to 65535")
        database = database_file(self.settings)
        with opened_store(self) as store:  # it raises the error if there is no database, and upgrades old tables
            if database is None:
                database = self._snapshot(store)
        self._serve(database, opts.port)

    def _snapshot(self, store: Store) -> Path:
        """Make a snapshot of a store, unless the one that is there shows the store as it is now. Return its file.

        Raise UsageError if the file is a database of another kind.
        """
        file = made(output_folder(self.settings)) / SNAPSHOT
        if snapshot.renew(store, file):
            self.say(f"{file} is a snapshot of {store.name}, which has not changed since")
            return file
        nothing_beside(str(file))
        self.spare("THAIGOV_DIR", str(file), "snapshot", backups=not is_snapshot(file))
        self.say(f"making a snapshot of {store.name} in {file}, which takes a while")
        with written_whole(str(file)) as path:
            number = snapshot.write(store, path, phrases=False)
        self.say(f"{file} is a snapshot with {number:,} articles; the next start of this command brings it up to date")
        return file

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
