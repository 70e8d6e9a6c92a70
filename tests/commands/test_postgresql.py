"""Commands on a PostgreSQL server do what they do on a SQLite file."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.commands import EndedCrawl, crawl, scrapy

TABLES = ("articles", "people", "dates", "persons", "person_positions")
OF_THE_STORE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00|\w+://\S+")  # times, and its URL


def said_by(command: str, run: EndedCrawl) -> str:
    """What a command prints about the store of a run, without times and its URL."""
    database = [f"-sTHAIGOV_DATABASE={run.server}"] if run.server else []
    done = scrapy(command, f"-sTHAIGOV_DIR={run.folder}", *database)
    assert (done.returncode, done.stderr) == (0, "")
    return OF_THE_STORE.sub("", done.stdout)


def test_the_same_crawl_gives_the_same_bytes(sample_run: EndedCrawl, on_server: str, tmp_path: Path) -> None:
    run = crawl(tmp_path, source="sample", settings={"THAIGOV_DATABASE": on_server})
    assert run.status == 0
    assert run.outcomes == sample_run.outcomes
    assert run.journal == sample_run.journal
    for query in (f"SELECT * FROM {table} ORDER BY 1, 2" for table in TABLES):
        assert run.rows(query) == sample_run.rows(query)
    for command in ("export", "changes", "coverage"):
        assert said_by(command, run) == said_by(command, sample_run)
