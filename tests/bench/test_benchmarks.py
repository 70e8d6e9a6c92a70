"""Each benchmark runs, on a few pages. What it measures means nothing here. That of the main job: tests/soak."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.bench import browsing, dates, large, stages

FEW = ["--pages", "2", "--rounds", "1"]


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
