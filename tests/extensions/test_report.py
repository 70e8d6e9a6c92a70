"""The run report: the verdict, and errors of the program that end a visit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.commands import ROOT, environment, query_database
from tests.support.warcs import warc_of
from thaigov_crawler.extensions.report import verdict
from thaigov_crawler.outcomes import ExitStatus


@pytest.mark.parametrize(
    ("reason", "stats", "status"),
    [
        ("finished", {}, ExitStatus.FINISHED),
        ("finished", {"thaigov/outcome/stored": 95, "thaigov/outcome/failed": 5}, ExitStatus.FINISHED),
        ("finished", {"thaigov/outcome/stored": 94, "thaigov/outcome/failed": 6}, ExitStatus.INCOMPLETE),
        ("finished", {"thaigov/outcome/absent": 94, "thaigov/outcome/malformed": 6}, ExitStatus.INCOMPLETE),
        ("finished", {"thaigov/outcome/failed": 1}, ExitStatus.INCOMPLETE),
        ("finished", {"thaigov/outcome/stored": 9, "thaigov/warc/damaged": 1}, ExitStatus.INCOMPLETE),
        ("finished", {"spider_exceptions/count": 1}, ExitStatus.UNEXPECTED),
        ("finished", {"thaigov/item_error": 1}, ExitStatus.UNEXPECTED),
        ("shutdown", {"thaigov/outcome/stored": 9}, ExitStatus.UNEXPECTED),
        ("store_failed", {}, ExitStatus.UNEXPECTED),
        ("start_error", {}, ExitStatus.UNEXPECTED),
    ],
)
def test_the_verdict(reason: str, stats: dict[str, int], status: ExitStatus) -> None:
    assert verdict(reason, stats, tolerated=0.05)[0] is status


# A bug in the program, put in by hand: one page ends as `failed`, the others are stored, the status tells.
SABOTAGE = """
import sys
from scrapy import cmdline
import {module} as module
original = module.{name}
def broken(*args, **kwargs):
    if {condition}:
        raise RuntimeError("a bug")
    return original(*args, **kwargs)
module.{name} = broken
cmdline.execute(["scrapy", "crawl", "thaigov", *sys.argv[1:]])
"""


@pytest.mark.parametrize(
    ("module", "name", "condition"),
    [
        ("thaigov_crawler.spiders.thaigov", "load_article", "kwargs['id'] == 3"),
        ("thaigov_crawler.pipelines.validate", "missing", "args[0].id == 3"),
    ],
    ids=["spider", "pipeline"],
)
def test_an_error_of_the_program_ends_one_visit_and_shows(
    tmp_path: Path, module: str, name: str, condition: str
) -> None:
    path = warc_of(range(1, 6)).write(tmp_path / "pages.warc.gz")
    code = SABOTAGE.format(module=module, name=name, condition=condition)
    done = subprocess.run(
        [sys.executable, "-c", code, f"-asource=warc:{path}", f"-sTHAIGOV_DIR={tmp_path}"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    visits = query_database(tmp_path / "thaigov.db", "SELECT article_id, outcome FROM visits ORDER BY 1")
    assert visits == [(1, "stored"), (2, "stored"), (3, "failed"), (4, "stored"), (5, "stored")]
    assert "Article 3 was not read (failed): an error in the program: a bug." in done.stderr
