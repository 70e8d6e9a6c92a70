"""Each benchmark runs, on a few pages. What it measures means nothing here. In new processes: tests/soak."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import browsing, crawl, dates, large
from tests.support.commands import scrapy

FEW = ["--pages", "2", "--rounds", "1"]
BARE = "import runpy; runpy.run_path('tests/bench/bare.py', run_name='__main__')"


def in_a_fork(job: crawl.Job, source: Path, pages: int) -> tuple[float, float]:
    """Do what `crawl.run` does, without a new process for each run; nothing is measured."""
    folder = source.with_name(f"{job.__name__}-{source.name}")
    folder.mkdir()
    _, *line = job(source, folder)
    done = scrapy(*line[1:], code=BARE) if line[0].endswith("bare.py") else scrapy(*line[2:])
    assert done.returncode == 0, done.stderr
    assert sum(len(path.read_bytes().splitlines()) for path in folder.glob("*.jsonl")) == pages
    return 1.0 + pages, 1.0


def test_of_the_main_job(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawl, "run", in_a_fork)
    crawl.main(FEW)
    assert "\nratio " in capsys.readouterr().out


def test_of_dates(capsys: pytest.CaptureFixture[str]) -> None:
    dates.main(FEW)
    assert "\nratio " in capsys.readouterr().out


def test_of_the_pages_of_browse(capsys: pytest.CaptureFixture[str]) -> None:
    browsing.main(["30"])
    assert "\nratio " in capsys.readouterr().out


def test_of_many_article_ids(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.support.commands.TIMEOUT", 600)  # which it raises
    large.main(["40"])
    assert "\nratio " in capsys.readouterr().out
