"""Follows how-to pages as a reader does: creates and changes files, runs commands, and compares what they print.

docs/contributing/testing.md explains the form of such pages.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from tests.support.commands import ROOT, TIMEOUT, environment
from tests.support.console import differs, masked, shown_in
from tests.support.docs import Page, pages

# The how-to pages. The commands of all other pages are played by tests/docs/test_consoles.py.
HOWTOS = [page for page in pages("contributing") if page.path.name.startswith("add-")]

_BLOCK = re.compile(r"(?P<before>[^\n]*)\n\n```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"\b(?P<verb>Create|Change) `(?P<path>[^`]+)`[^`.]*:$")


@dataclass(frozen=True)
class Create:
    """A step that creates a file."""

    path: str
    text: str

    def follow(self, checkout: Path) -> None:
        """Write the file, which must not exist."""
        path = checkout / self.path
        assert not path.exists(), f"{self.path} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.text, "utf-8")


@dataclass(frozen=True)
class Change:
    """A step that replaces lines of a file. `before` and `after` are whole lines."""

    path: str
    before: str
    after: str

    @classmethod
    def read(cls, path: str, diff: str) -> Change:
        """Return the change that a diff describes. Its lines begin with a space, `-` or `+`."""
        lines = diff.splitlines(keepends=True)
        assert all(line[0] in " -+" for line in lines), f"{path}: this is no diff:\n{diff}"
        before, after = ("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
        return cls(path, before, after)

    def follow(self, checkout: Path) -> None:
        """Replace the lines, which must stand in the file exactly once."""
        path = checkout / self.path
        text = "\n" + path.read_text("utf-8")
        assert text.count("\n" + self.before) == 1, f"these lines do not stand in {self.path} once:\n{self.before}"
        path.write_text(text.replace("\n" + self.before, "\n" + self.after)[1:], "utf-8")


@dataclass(frozen=True)
class Command:
    """A step that runs a command. `output` is what the page shows of its output, standard error included."""

    line: str
    output: str

    def follow(self, checkout: Path) -> None:
        """Run the command in the checkout. It must end with status 0, and print what the page shows."""
        done = run(self.line, checkout)
        assert done.returncode == 0, f"$ {self.line}\n{done.stdout}"
        if self.output.strip() and differs(done.stdout, self.output):
            assert masked(done.stdout) == masked(self.output), f"$ {self.line}"
            raise AssertionError(self.line)


Step = Create | Change | Command


def steps_of(page: Page) -> Iterator[Step]:
    """Yield the steps of a page, in order."""
    for block in _BLOCK.finditer(page.text):
        if file := _FILE.search(block["before"]):
            is_change = file["verb"] == "Change"
            yield Change.read(file["path"], block["text"]) if is_change else Create(file["path"], block["text"])
        elif block["language"] == "console":
            yield from (Command(*shown) for shown in shown_in(block["text"]))


def copy_of_the_checkout(folder: Path) -> Path:
    """Copy the files of the checkout that git does not ignore to a new folder. Return the folder.

    Copy their byte code, too, so that a command in the copy does not compile everything. Without git, skip the test.
    """
    line = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(line, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if listed.returncode:
        pytest.skip(f"this is no checkout of git: {listed.stderr}")
    for name in filter(None, listed.stdout.split("\0")):
        _copy(ROOT / name, folder / name)
        if name.endswith(".py"):
            _copy(Path(cache_from_source(str(ROOT / name))), Path(cache_from_source(str(folder / name))))
    return folder


def run(line: str, checkout: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in a copy of the checkout, with the code of the copy. Its stdout has standard error, too."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", line],
        cwd=checkout,
        env=environment(PATH=path, PYTHONPATH=str(checkout)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )


def _copy(source: Path, target: Path) -> None:
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def extended(folder: Path) -> tuple[Path, list[str]]:
    """Return a checkout in which all pages were followed, but for their commands, and the Python files they touched."""
    checkout = copy_of_the_checkout(folder / "checkout")
    steps = [step for page in HOWTOS for step in steps_of(page) if not isinstance(step, Command)]
    for step in steps:
        step.follow(checkout)
    return checkout, sorted({step.path for step in steps if step.path.endswith(".py")})
