"""Each benchmark runs, on a few pages."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.bench import large
from tests.support.commands import ROOT, environment


@pytest.mark.parametrize("name", ["crawl", "dates", "stages"])
def test_of_pages(name: str) -> None:
    line = [sys.executable, f"tests/bench/{name}.py", "--pages", "2", "--rounds", "1"]
    done = subprocess.run(line, cwd=ROOT, env=environment(), capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\nratio " in done.stdout


def test_of_many_article_ids(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.support.commands.TIMEOUT", 600)  # which it raises
    large.main(["40"])
    assert "\nratio " in capsys.readouterr().out
