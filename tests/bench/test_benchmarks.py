"""Each benchmark runs, on a few pages. What it measures means nothing here. In new processes: tests/soak."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import ModuleType

import pytest

from tests.bench import browsing, crawl, dates, large, stages
from tests.support.commands import scrapy

FEW = ["--pages", "2", "--rounds", "1"]
SCRIPT = "import runpy; runpy.run_path('{}', run_name='__main__')"


def in_a_fork(job: crawl.Job, source: Path, pages: int) -> crawl.Took:
    """Do what `crawl.run` does, without a new process for each run; nothing is measured."""
    folder = Path(tempfile.mkdtemp(dir=source.parent))
    _, *line = job(source, folder)
    done = scrapy(*line[1:], code=SCRIPT.format(line[0])) if line[0].endswith(".py") else scrapy(*line[2:])
    assert done.returncode == 0, done.stderr
    assert sum(len(path.read_bytes().splitlines()) for path in folder.glob("*.jsonl")) == pages
    return crawl.Took(1.0 + pages, 1.0 + pages, 1.0)


def test_of_the_main_job(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawl, "run", in_a_fork)
    monkeypatch.setattr(crawl, "written", crawl.write)  # which starts a process for it
    crawl.main(FEW)
    assert "\nratio " in capsys.readouterr().out


@pytest.mark.parametrize("benchmark", [dates, stages])
def test_of_reading_and_storing(benchmark: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    benchmark.main(FEW)
    assert "\nratio " in capsys.readouterr().out


def test_of_the_pages_of_browse(capsys: pytest.CaptureFixture[str]) -> None:
    browsing.main(["30"])
    assert "\nratio " in capsys.readouterr().out


def test_of_many_article_ids(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.support.commands.TIMEOUT", 600)  # which it raises
    large.main(["40"])
    assert "\nratio " in capsys.readouterr().out
