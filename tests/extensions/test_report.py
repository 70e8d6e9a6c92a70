"""The run report: errors of the program end a visit, and show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import query_database, scrapy
from tests.support.warcs import warc_of

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
        ("thaigov_crawler.reading", "load_article", "kwargs['id'] == 3"),
        ("thaigov_crawler.pipelines.validate", "missing_fields", "args[0]['id'] == 3"),
    ],
    ids=["spider", "pipeline"],
)
def test_an_error_of_the_program_ends_one_visit_and_shows(
    tmp_path: Path, module: str, name: str, condition: str
) -> None:
    path = warc_of(range(1, 6)).write(tmp_path / "pages.warc.gz")
    code = SABOTAGE.format(module=module, name=name, condition=condition)
    done = scrapy(f"-asource=warc:{path}", f"-sTHAIGOV_DIR={tmp_path}", code=code)
    assert done.returncode == 1
    visits = query_database(tmp_path / "thaigov.db", "SELECT article_id, outcome FROM visits ORDER BY 1")
    assert visits == [(1, "stored"), (2, "stored"), (3, "failed"), (4, "stored"), (5, "stored")]
    assert "Article 3 was not read (failed): an error in the program: a bug." in done.stderr
