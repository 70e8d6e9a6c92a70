"""The benchmarks of pages run by hand, as in docs/contributing/testing.md: each run in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.commands import ROOT, environment


@pytest.mark.parametrize("name", ["crawl", "dates", "stages"])
def test_of_pages(name: str) -> None:
    line = [sys.executable, f"tests/bench/{name}.py", "--pages", "2", "--rounds", "1"]
    done = subprocess.run(line, cwd=ROOT, env=environment(), capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\nratio " in done.stdout
