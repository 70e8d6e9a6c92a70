"""Runs the commands that pages show in consoles, and compares what they print with what the page shows.

A block of the language `console` has `$ ` before each command and its output below. The rules:

- The blocks of a page are one session of bash, in one folder that looks like the checkout. If no command of the page
  crawls the sample, the sample is in data/sample from the beginning.
- A command must end with status 0, unless the next command is `echo $?`.
- Standard output and standard error are compared together, without colours. If a page shows nothing below a command,
  nothing is compared.
- A line `…` stands for any number of lines. `…` within a line stands for any text.
- Text that differs from run to run is masked in both (see MASKS).
- `scrapy browse` gets Ctrl-C as soon as it answers.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tests.support.commands import ROOT, TIMEOUT, environment, starter_for
from tests.support.docs import Page

# Files and folders of the checkout that the commands need.
_CHECKOUT = ("README.md", "deploy", "sample", "scrapy.cfg", "thaigov_crawler")
# The latest capture of the sample is from 2025, so a later moment is the time of a run.
MASKS = (
    (r"\b20(?:2[6-9]|[3-9]\d)-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d|Z)?", "MOMENT"),
    (r"\b\d+:\d\d:\d\d\b", "H:MM:SS"),  # how long something took
    (r"\b\d+\.\d+ s\b", "N s"),
    (r"\b[\d,]+ bytes\b", "N bytes"),  # of a database
    (r"\b127\.0\.0\.1:\d+", "127.0.0.1:PORT"),
    (r"\bprocess \d+ on [\w.-]+", "process N on HOST"),
    (r"\bthaigov-\d{14}-\d{5}-\d+\.warc", "thaigov-N.warc"),
)
_CRAWLS_THE_SAMPLE = re.compile(r"\b(?:scrapy|thaigov) crawl thaigov -a source=sample(?! .*plan_only)")
_COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_END = "\x1e"  # printed after each command: this, its exit status, and this again


class Shown(NamedTuple):
    """A command and what a page shows of its output."""

    command: str
    output: str


def shown_in(block: str) -> list[Shown]:
    """Return the commands of a block, in order."""
    return [Shown(*found) for found in _COMMAND.findall(block)]


def play(commands: Iterable[str], folder: Path) -> list[tuple[str, int]]:
    """Run commands one after the other in one shell. Return what each prints, and its exit status."""
    script = "".join(f"{line}\n_status=$?; printf '{_END}%d{_END}' $_status; (exit $_status)\n" for line in commands)
    variables = _environment(folder.parent / "bin")
    starter = starter_for(variables).number
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**variables, "STARTER": str(starter)},
        pass_fds=[starter],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )
    parts = done.stdout.split(_END)
    return [(output, int(status)) for output, status in zip(parts[:-1:2], parts[1::2], strict=True)]


def checkout(folder: Path, sample: Path | None) -> Path:
    """Make a folder that looks like the checkout, with a copy of `sample` in data/sample. Return the folder."""
    folder.mkdir()
    for name in _CHECKOUT:
        (folder / name).symlink_to(ROOT / name)
    if sample:
        shutil.copytree(sample, folder / "data" / "sample")
    return folder


def differs(said: str, shown: str) -> bool:
    """Return whether a command printed something else than a page shows."""
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == "…" else re.escape(line).replace("…", ".*") + r"\n"
        for line in masked(shown).splitlines()
    )
    return re.fullmatch(pattern, masked(said)) is None


def masked(text: str) -> str:
    """Return a text in which MASKS replace what differs from run to run.

    White space at the ends of lines is removed.
    """
    for pattern, name in MASKS:
        text = re.sub(pattern, name, text)
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _environment(programs: Path) -> dict[str, str]:
    """Return the variables of the shell, with our programs first on its PATH."""
    if not programs.exists():
        programs.mkdir()
        for name in ("scrapy", "thaigov"):
            _put(programs / name, _STARTED)
        if not shutil.which("sqlite3"):
            _put(programs / "sqlite3", _SQLITE3)
    path = os.pathsep.join((str(programs), str(Path(sys.executable).parent), os.environ["PATH"]))
    variables = environment(PATH=path, LC_ALL="C.UTF-8")
    del variables["COLUMNS"]  # shells do not export it
    return variables


def _put(path: Path, program: str) -> None:
    path.write_text(f"#!{sys.executable} -IS\n{program}")
    path.chmod(0o755)


# The programs `scrapy` and `thaigov`. They let tests/support/starter.py run the command, because it has imported
# everything.
_STARTED = """
import json, os, signal, socket, sys

starter = socket.socket(fileno=int(os.environ["STARTER"]))
variables = {name: value for name, value in os.environ.items() if name != "STARTER"}
if sys.argv[0].endswith("/thaigov"):
    variables["SCRAPY_SETTINGS_MODULE"] = "thaigov_crawler.settings"
request = {"arguments": sys.argv[1:], "environment": variables, "folder": os.getcwd(), "limit": None}
output, theirs = 1, 1
if sys.argv[1:2] == ["browse"]:
    output, theirs = os.pipe()
told, tells = os.pipe()
socket.send_fds(starter, [json.dumps(request).encode()], [0, theirs, 2, tells])
os.close(tells)
answers = os.fdopen(told)
child = int(answers.readline())
signal.signal(signal.SIGINT, lambda *_: os.kill(child, signal.SIGINT))
if theirs != 1:
    os.close(theirs)
    said = b""
    while b"\\n" not in said and (more := os.read(output, 4096)):
        said += more
    os.write(1, said)
    with socket.create_connection(("127.0.0.1", int(said.split(b"/", 3)[2].partition(b":")[2]))) as asking:
        asking.sendall(b"GET / HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n")
        asking.recv(1)  # now it serves
    os.kill(child, signal.SIGINT)
sys.exit(int(answers.readline()) & 0xff)
"""

# The program `sqlite3`, if SQLite's client is not installed. It does what the pages need.
_SQLITE3 = """
import sqlite3, sys

_, path, query = sys.argv
for row in sqlite3.connect(path).execute(query):
    print("|".join("" if value is None else str(value) for value in row))
"""


def play_page(page: Page, folder: Path, sample: Path) -> None:
    """Assert that the consoles and sessions of Python of a page print what it shows.

    They are played in a new folder within `folder`. `sample` is the output of a crawl of the sample.
    """
    shown = [one for block in page.blocks if block.language == "console" for one in shown_in(block.text)]
    crawls = any(_CRAWLS_THE_SAMPLE.search(one.command) for one in shown)
    here = checkout(folder / "thaigov-crawler", None if crawls else sample)
    played = play([one.command for one in shown], here)
    for number, (one, (said, status)) in enumerate(zip(shown, played, strict=True)):
        asks_for_status = number + 1 < len(shown) and shown[number + 1].command == "echo $?"
        assert status == 0 or asks_for_status, f"$ {one.command}\n{said}"
        if one.output.strip() and differs(said, one.output):
            assert masked(said) == masked(one.output), f"$ {one.command}"
            raise AssertionError(one.command)
    report = io.StringIO()
    with contextlib.chdir(here):
        for block in page.blocks:
            if block.language == "pycon":
                test = doctest.DocTestParser().get_doctest(block.text, {}, page.name, None, 0)
                doctest.DocTestRunner().run(test, out=report.write)
    assert not report.getvalue()
