"""Functions that run the project's commands as a user does: each in its own process, in the checkout."""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any, Self, TypedDict, Unpack

from tests.support import postgresql

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 600.0  # seconds; a command that takes longer hangs, even on a busy machine
File = int | IO[Any]
# Settings with tiny delays and short pauses, for tests that are not about rates. (Without any delay, Scrapy would send
# all waiting requests of a slot at once.)
QUICK = {
    "DOWNLOAD_DELAY": 0.002,
    "THAIGOV_CDX_DELAY": 0.002,
    "THAIGOV_REPLAY_DELAY": 0.002,
    "THAIGOV_COMMONCRAWL_INDEX_DELAY": 0.002,
    "THAIGOV_COMMONCRAWL_DATA_DELAY": 0.002,
    "THAIGOV_PAUSE": 0.5,
}


def environment(**extra: str) -> dict[str, str]:
    """Return this process's environment, with `extra`, without variables that change how Scrapy and Python run."""
    changing = ("SCRAPY", "PYTHONWARNINGS", "PYTHONUNBUFFERED", "PYTHONIOENCODING")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(changing)}
    return {**kept, "PYTHONWARNINGS": "default", "COLUMNS": "120", **extra}


def command(*arguments: str) -> list[str]:
    """Return the command line of `scrapy …`."""
    return [sys.executable, "-m", "scrapy", *arguments]


class How(TypedDict, total=False):
    """How to start a command. The defaults are those of a user in the checkout."""

    env: Mapping[str, str]  # default: environment()
    cwd: Path  # default: the checkout
    limit: int  # bytes that it may write to a file at most, also to standard output and error
    code: str  # Python code to run instead of `scrapy`; its arguments are in sys.argv[1:]
    stdin: File  # default: a null device


def scrapy(*arguments: str, **how: Unpack[How]) -> subprocess.CompletedProcess[str]:
    """Run `scrapy …` to its end, and return its output as text. Raise subprocess.TimeoutExpired after TIMEOUT."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        with started(*arguments, stdout=output, stderr=errors, **how) as process:
            status = process.wait()
        return subprocess.CompletedProcess(command(*arguments), status, _text(output), _text(errors))


def piped(*arguments: str, most: int | None = None, **how: Unpack[How]) -> tuple[int, bytes, str]:
    """Run `scrapy …` into a pipe, and close the pipe after `most` bytes. Return status, bytes and standard error."""
    ours, its = os.pipe()
    with tempfile.TemporaryFile() as errors:
        with os.fdopen(ours, "rb") as output, started(*arguments, stdout=its, stderr=errors, **how) as process:
            os.close(its)
            content = output.read(most)
            output.close()
            status = process.wait()
        return status, content, _text(errors)


def started(*arguments: str, stdout: File | None = None, stderr: File | None = None, **how: Unpack[How]) -> Started:
    """Start `scrapy …` in a fork of a process that has imported everything. By default its files are null devices."""
    env = how.get("env", environment())
    request = {
        "arguments": arguments,
        "environment": dict(env),
        "folder": str(how.get("cwd", ROOT)),
        "limit": how.get("limit"),
        "code": how.get("code"),
    }
    return starter_for(env).start(request, (how.get("stdin"), stdout, stderr))


class Started:
    """A running command, with methods as in subprocess.Popen. The end of a `with` kills it if it still runs."""

    def __init__(self, request: Mapping[str, Any], told: int) -> None:
        """`told` is a pipe that gives the process ID at once, and the exit status at the end."""
        self.returncode: int | None = None
        self._request = request
        self._told = os.fdopen(told, "rb", buffering=0)
        self.pid = int(self._told.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.wait()

    def poll(self) -> int | None:
        """Return the exit status, negative for a signal, or None while the command runs."""
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit status. `timeout` is in seconds (default: TIMEOUT).

        Raise subprocess.TimeoutExpired if it takes longer.
        """
        if self.returncode is None:
            timeout = TIMEOUT if timeout is None else timeout
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(command(*self._request["arguments"]), timeout)
            self.returncode = int(self._told.readline())
            self._told.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the command has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill the command, whatever it is doing."""
        self.send_signal(signal.SIGKILL)


class Starting:
    """A process that runs tests/support/starter.py until `end`."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="starter-")
        self.address = f"{self._folder.name}/door"
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
            door.bind(self.address)
            door.listen()
            line = [sys.executable, "-m", "tests.support.starter", str(door.fileno())]
            self._process = subprocess.Popen(line, cwd=ROOT, env=env, pass_fds=[door.fileno()], stdin=subprocess.PIPE)

    def end(self) -> None:
        """End the process. What it has started goes on."""
        self._process.communicate()
        self._folder.cleanup()


class Starter:
    """A connection to such a process."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._socket.connect(address)
        atexit.register(self._socket.close)

    @property
    def number(self) -> int:
        """Return the file descriptor of the socket, for a process that sends requests itself."""
        return self._socket.fileno()

    def start(self, request: Mapping[str, Any], standard: Sequence[File | None]) -> Started:
        """Start a command with these standard files: input, output, error."""
        ours, its = os.pipe()
        with open(os.devnull, "r+b") as null:
            files = [null if file is None else file for file in standard]
            numbers = [file if isinstance(file, int) else file.fileno() for file in files]
            socket.send_fds(self._socket, [json.dumps(request).encode()], [*numbers, its])
        os.close(its)
        return Started(request, ours)


_shared: dict[frozenset[tuple[str, str]], str] = {}  # the addresses of processes that several processes of pytest use


def share(address: str) -> None:
    """Use the process with this address for commands that have the environment that this process has now."""
    _shared[_of_interpreter(environment())] = address


def starter_for(env: Mapping[str, str]) -> Starter:
    """Return the starter for commands with these environment variables."""
    return _starter(_of_interpreter(env))


@cache
def _starter(variables: frozenset[tuple[str, str]]) -> Starter:
    """Return the starter for a set of the variables that Python reads at its start. Each set has one starter."""
    if variables in _shared:
        return Starter(_shared[variables])
    others = {name: value for name, value in environment().items() if not name.startswith("PYTHON")}
    process = Starting({**others, **dict(variables)})
    atexit.register(process.end)
    return Starter(process.address)


def _of_interpreter(env: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Return the variables that Python reads at its start, but for PYTHONIOENCODING, which the starter obeys later."""
    names = [name for name in env if name.startswith("PYTHON") and name != "PYTHONIOENCODING"]
    return frozenset((name, env[name]) for name in names)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8").replace("\r\n", "\n")


@dataclass
class EndedCrawl:
    """A crawl that has ended: its exit status and log, and the folder of its output."""

    status: int
    log: str
    folder: Path
    server: str | None = None  # URL of its database on a PostgreSQL server; None if the database is in the folder

    def rows(self, query: str, *parameters: Any) -> list[tuple]:
        """Return the rows that a query of the database gives."""
        return query_database(self.server or self.folder / "thaigov.db", query, *parameters)

    @property
    def outcomes(self) -> dict[str, int]:
        """Return the number of visits for each outcome in the last row of `runs`, without zeros."""
        (outcomes,) = self.rows("SELECT outcomes FROM runs ORDER BY id DESC LIMIT 1")[0]
        return {name: count for name, count in json.loads(outcomes).items() if count}

    @property
    def journal(self) -> list[dict[str, Any]]:
        """Return the objects in the journal."""
        return [json.loads(line) for line in (self.folder / "thaigov.jsonl").read_text("utf-8").splitlines()]


def query_database(place: Path | str, query: str, *parameters: Any, **named: Any) -> list[tuple]:
    """Return the rows that a query of a database gives: of a SQLite file, or of a PostgreSQL database with this URL."""
    if isinstance(place, str):
        return postgresql.query(place, query, *parameters, **named)
    connection = sqlite3.connect(place)
    try:
        return connection.execute(query, named or parameters).fetchall()
    finally:
        connection.close()


def crawl(folder: Path, *, source: str, settings: dict[str, Any] | None = None, **arguments: str) -> EndedCrawl:
    """Run `scrapy crawl thaigov` with THAIGOV_DIR=folder. Fail if Python has written warnings to its log."""
    options = [f"-a{name}={value}" for name, value in {"source": source, **arguments}.items()]
    options += [f"-s{name}={value}" for name, value in {"THAIGOV_DIR": folder, **(settings or {})}.items()]
    done = scrapy("crawl", "thaigov", *options)
    assert "Warning: " not in done.stderr, done.stderr
    output = folder / "sample" if source == "sample" else folder
    database = (settings or {}).get("THAIGOV_DATABASE", "")
    return EndedCrawl(done.returncode, done.stderr, output, database if database.startswith("postgresql:") else None)
