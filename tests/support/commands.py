"""Running the project's commands as a user does: in a process of their own, in the checkout."""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 120
# Settings for tests that are about something else than the rates: hardly any delay, short pauses. (Without any delay
# Scrapy sends all that waits in a slot at once.)
QUICK = {
    "DOWNLOAD_DELAY": 0.002,
    "THAIGOV_CDX_DELAY": 0.002,
    "THAIGOV_REPLAY_DELAY": 0.002,
    "THAIGOV_PAUSE": 0.5,
}


def environment(**extra: str) -> dict[str, str]:
    """This process's environment without what would change how Scrapy runs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SCRAPY", "PYTHONWARNINGS"))}
    return {**kept, "PYTHONWARNINGS": "default", "COLUMNS": "120", **extra}


def command(*arguments: str) -> list[str]:
    """The command line of `scrapy …`."""
    return [sys.executable, "-m", "scrapy", *arguments]


def scrapy(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run `scrapy …` to its end; its output as text. With `options` (of subprocess.run) in a new interpreter, else in a
    fork of one that has imported what is needed."""
    if not options and starter().fits():
        return starter().run(*arguments)
    options = {"cwd": ROOT, "env": environment(), "timeout": TIMEOUT, **options}
    return subprocess.run(command(*arguments), capture_output=True, encoding="utf-8", check=False, **options)


class Starter:
    """The process that tests/support/starter.py is, for one process of pytest."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        self._folder = tempfile.TemporaryDirectory(prefix="thaigov-")
        self.address = f"{self._folder.name}/starter"  # short: the path of a socket has 100 characters at most
        others = socket.socket(socket.AF_UNIX)
        others.bind(self.address)
        others.listen()
        numbers = [theirs.fileno(), others.fileno()]
        line = [sys.executable, "-m", "tests.support.starter", *map(str, numbers)]
        self._process = subprocess.Popen(line, cwd=ROOT, env=environment(), pass_fds=numbers, stdin=subprocess.DEVNULL)
        theirs.close()
        others.close()
        self._environment = _lasting(environment())
        atexit.register(self._end)
        self._answers = self._socket.makefile("r")
        self._free = threading.Lock()

    def fits(self) -> bool:
        """Whether the environment is the one that it was started in, which some of it must be (PYTHONPATH)."""
        return _lasting(environment()) == self._environment

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `scrapy …` to its end. Raises subprocess.TimeoutExpired."""
        request = json.dumps({"arguments": arguments, "environment": environment()}).encode()
        with self._free, tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            socket.send_fds(self._socket, [request], [output.fileno(), errors.fileno()])
            child = int(self._answers.readline())
            alarm = threading.Timer(TIMEOUT, os.kill, (child, signal.SIGKILL))
            alarm.start()
            status = int(self._answers.readline())
            alarm.cancel()
            said = [_text(file) for file in (output, errors)]
        if status == -signal.SIGKILL:
            raise subprocess.TimeoutExpired(arguments, TIMEOUT, *said)
        return subprocess.CompletedProcess(command(*arguments), status, *said)

    def _end(self) -> None:
        self._answers.close()
        self._socket.close()
        self._process.wait()
        self._folder.cleanup()


@cache
def starter() -> Starter:
    """The one of this process."""
    return Starter()


def _lasting(variables: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in variables.items() if not name.startswith("PYTEST")}


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8").replace("\r\n", "\n")


@dataclass
class EndedCrawl:
    """A crawl that has ended: its exit status and log, and the folder of its output."""

    status: int
    log: str
    folder: Path

    def rows(self, query: str, *parameters: Any) -> list[tuple]:
        """What the database answers."""
        return query_database(self.folder / "thaigov.db", query, *parameters)

    @property
    def outcomes(self) -> dict[str, int]:
        """How many visits ended how, as the last row of `runs` tells; only those that occurred."""
        (outcomes,) = self.rows("SELECT outcomes FROM runs ORDER BY id DESC LIMIT 1")[0]
        return {name: count for name, count in json.loads(outcomes).items() if count}

    @property
    def journal(self) -> list[dict[str, Any]]:
        """The objects of the journal."""
        return [json.loads(line) for line in (self.folder / "thaigov.jsonl").read_text("utf-8").splitlines()]


def query_database(path: Path, query: str, *parameters: Any, **named: Any) -> list[tuple]:
    """What a SQLite database answers."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query, named or parameters).fetchall()
    finally:
        connection.close()


def crawl(folder: Path, *, source: str, settings: dict[str, Any] | None = None, **arguments: str) -> EndedCrawl:
    """Run `scrapy crawl thaigov` with THAIGOV_DIR=folder. Warnings of Python in its log are errors."""
    options = [f"-a{name}={value}" for name, value in {"source": source, **arguments}.items()]
    options += [f"-s{name}={value}" for name, value in {"THAIGOV_DIR": folder, **(settings or {})}.items()]
    done = scrapy("crawl", "thaigov", *options)
    assert "Warning: " not in done.stderr, done.stderr
    return EndedCrawl(done.returncode, done.stderr, folder / "sample" if source == "sample" else folder)
