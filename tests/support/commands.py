"""Running the project's commands as a user does: in a process of their own, in the checkout."""

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

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 600.0  # seconds: what takes longer hangs, however busy the machine is
File = int | IO[Any]
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


class How(TypedDict, total=False):
    """How a command is started, where not as a user at the checkout would with `environment()`."""

    env: Mapping[str, str]
    cwd: Path
    limit: int  # the most bytes that it may write to a file, standard output and error among them
    code: str  # Python to run in the place of `scrapy`, which finds the arguments in sys.argv[1:]
    stdin: File  # a null device by default


def scrapy(*arguments: str, **how: Unpack[How]) -> subprocess.CompletedProcess[str]:
    """Run `scrapy …` to its end; its output as text. Raises subprocess.TimeoutExpired."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        with started(*arguments, stdout=output, stderr=errors, **how) as process:
            status = process.wait()
        return subprocess.CompletedProcess(command(*arguments), status, _text(output), _text(errors))


def piped(*arguments: str, most: int | None = None) -> tuple[int, bytes, str]:
    """Run `scrapy …` into a pipe and close that after so many bytes: status, bytes, standard error."""
    ours, its = os.pipe()
    with tempfile.TemporaryFile() as errors:
        with os.fdopen(ours, "rb") as output, started(*arguments, stdout=its, stderr=errors) as process:
            os.close(its)
            content = output.read(most)
            output.close()
            status = process.wait()
        return status, content, _text(errors)


def started(*arguments: str, stdout: File | None = None, stderr: File | None = None, **how: Unpack[How]) -> Started:
    """Start `scrapy …`, in a fork of a process that has imported what it needs. Its files are null devices by default."""
    env = how.get("env", environment())
    of_interpreter = frozenset((name, value) for name, value in env.items() if name.startswith("PYTHON"))
    request = {
        "arguments": arguments,
        "environment": dict(env),
        "folder": str(how.get("cwd", ROOT)),
        "limit": how.get("limit"),
        "code": how.get("code"),
    }
    return _starter(of_interpreter).start(request, (how.get("stdin"), stdout, stderr))


class Started:
    """A command at work, as subprocess.Popen has them: killed at the end of a `with` if it still runs then."""

    def __init__(self, request: Mapping[str, Any], told: int) -> None:
        """`told` is a pipe over which the process ID comes at once and the exit status in the end."""
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
        """The exit status, negative for a signal; None while it runs."""
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; the exit status. Raises subprocess.TimeoutExpired after so many seconds, or TIMEOUT."""
        if self.returncode is None:
            timeout = TIMEOUT if timeout is None else timeout
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(str(self._request), timeout)
            self.returncode = int(self._told.readline())
            self._told.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it wherever it is."""
        self.send_signal(signal.SIGKILL)


class Starter:
    """A process that tests/support/starter.py is, for one process of pytest."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        line = [sys.executable, "-m", "tests.support.starter", str(theirs.fileno())]
        self._process = subprocess.Popen(line, cwd=ROOT, env=env, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()
        atexit.register(self._end)

    def start(self, request: Mapping[str, Any], standard: Sequence[File | None]) -> Started:
        """Start a command with its standard files."""
        ours, its = os.pipe()
        with open(os.devnull, "r+b") as null:
            files = [null if file is None else file for file in standard]
            numbers = [file if isinstance(file, int) else file.fileno() for file in files]
            socket.send_fds(self._socket, [json.dumps(request).encode()], [*numbers, its])
        os.close(its)
        return Started(request, ours)

    def _end(self) -> None:
        self._socket.close()
        self._process.wait()


@cache
def _starter(of_interpreter: frozenset[tuple[str, str]]) -> Starter:
    """One for each set of the variables that an interpreter reads when it starts."""
    others = {name: value for name, value in environment().items() if not name.startswith("PYTHON")}
    return Starter({**others, **dict(of_interpreter)})


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
