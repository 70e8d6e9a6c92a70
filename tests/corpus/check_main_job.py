"""The main job on the real articles beside the checkout (`../shared`, not part of the project).

Not collected by `pytest`; `.ci/run` runs it where the articles are: `pytest tests/corpus/check_main_job.py`.
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import ROOT, EndedCrawl, crawl
from thaigov_crawler.thai.text import clean_line, clean_paragraphs, squeeze

CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(scope="module")
def wanted() -> dict[int, dict[str, Any]]:
    with lzma.open(CORPUS / "dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        return {row["id"]: row for row in map(json.loads, lines)}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> EndedCrawl:
    return crawl(tmp_path_factory.mktemp("corpus"), source=f"warc:{CORPUS / 'dev.warc.gz'}")


def test_every_article_is_stored_and_none_malformed(run: EndedCrawl) -> None:
    assert (run.status, run.outcomes) == (0, {"stored": 2000, "absent": 19})


def test_title_section_and_date_are_those_of_the_corpus(run: EndedCrawl, wanted: dict[int, dict]) -> None:
    for article in run.journal:
        row = wanted[article["id"]]
        assert article["title"] == clean_line(row["title"])
        assert article["section"] == (clean_line(row["category"]) or None)
        assert article["date_published"] == row["date"]


def test_the_body_is_that_of_the_corpus(run: EndedCrawl, wanted: dict[int, dict]) -> None:
    differing = [
        article["id"]
        for article in run.journal
        if squeeze(article["body"]) != squeeze("".join(clean_paragraphs(wanted[article["id"]]["lines"])))
    ]
    assert len(differing) <= 0.01 * len(run.journal), differing


def test_a_second_run_stores_nothing(run: EndedCrawl) -> None:
    size = Path(run.folder / "thaigov.jsonl").stat().st_size
    again = crawl(run.folder, source=f"warc:{CORPUS / 'dev.warc.gz'}")
    assert (again.status, again.outcomes) == (0, {"unchanged": 2000, "absent": 19})
    assert Path(run.folder / "thaigov.jsonl").stat().st_size == size
