"""The warning of a job on Scrapyd whose output would land in Scrapyd's own folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import environment, scrapy

JOB = {"_job": "1"}


def warnings(scrapyd: Path, arguments: dict[str, str], **settings: str) -> list[str]:
    """What a run of the sample, in another folder than the checkout, warns of."""
    done = scrapy(
        "crawl",
        "thaigov",
        *(f"-a{name}={value}" for name, value in {"source": "sample", **arguments}.items()),
        *(f"-s{name}={value}" for name, value in settings.items()),
        cwd=scrapyd,
        env=environment(SCRAPY_SETTINGS_MODULE="thaigov_crawler.settings"),
    )
    assert done.returncode == 0, done.stderr
    return [
        line.partition("] WARNING: ")[2]
        for line in done.stderr.splitlines()
        if "[thaigov_crawler.extensions.placement]" in line
    ]


@pytest.mark.parametrize("settings", [{}, {"THAIGOV_DIR": "data"}, {"THAIGOV_DATABASE": "sqlite:///{tmp}/news.db"}])
def test_a_relative_folder(tmp_path: Path, settings: dict[str, str]) -> None:
    (line,) = warnings(tmp_path, JOB, **{name: value.format(tmp=tmp_path) for name, value in settings.items()})
    assert line.startswith("THAIGOV_DIR is relative, ")
    assert f"lands in {tmp_path}/data/sample. " in line
    assert line.endswith("--arg setting=THAIGOV_DIR=/srv/thaigov")
    assert (tmp_path / "data" / "sample" / "thaigov.jsonl").exists()


def test_a_relative_database(tmp_path: Path) -> None:
    (line,) = warnings(tmp_path, JOB, THAIGOV_DIR=f"{tmp_path}/data", THAIGOV_DATABASE="sqlite:///news.db")
    assert line.startswith("THAIGOV_DATABASE is relative, ")
    assert f"lands in {tmp_path}/news.db. " in line
    assert (tmp_path / "news.db").exists()


def test_nothing_to_warn_of(tmp_path: Path) -> None:
    elsewhere = tmp_path / "data"
    assert not warnings(tmp_path, JOB, THAIGOV_DIR=str(elsewhere))
    assert not warnings(tmp_path, JOB, THAIGOV_DIR=str(elsewhere), THAIGOV_DATABASE=f"sqlite:///{elsewhere}/news.db")
    assert not warnings(tmp_path, JOB, THAIGOV_DIR=str(elsewhere), THAIGOV_DATABASE="sqlite://")
    assert not warnings(tmp_path, {})
