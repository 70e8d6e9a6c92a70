"""What the pages show is what comes out of consoles, sessions of Python and SQL. tests/support/console.py has the rules."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from tests.support.commands import EndedCrawl, query_database
from tests.support.console import differs, masked, play_page
from tests.support.docs import Block, Page, page, pages

PAGES = pages()


def having(*languages: str) -> list[Page]:
    """Return the pages with blocks of one of these languages."""
    return [each for each in PAGES if any(block.language in languages for block in each.blocks)]


# The other pages are played by tests/soak/docs/test_consoles.py.
FIRST_READ = [each for each in PAGES if each.name in ("README.md", "docs/tutorial.md")]


@pytest.mark.parametrize("each", FIRST_READ, ids=lambda each: each.name)
def test_what_is_shown_is_what_comes_out(sample_run: EndedCrawl, tmp_path: Path, each: Page) -> None:
    play_page(each, tmp_path, sample_run.folder)


ON_SERVER = page("docs/guides/postgresql.md")  # its questions are in the SQL of a server


@pytest.mark.parametrize("each", [each for each in having("sql") if each != ON_SERVER], ids=lambda each: each.name)
def test_the_sql_shown_runs(sample_run: EndedCrawl, each: Page) -> None:
    for query in queries(each):
        query_database(sample_run.folder / "thaigov.db", query)


def test_the_sql_for_a_server_runs(on_server: str) -> None:
    for query in queries(ON_SERVER):
        query_database(on_server, query)


def queries(each: Page) -> list[str]:
    """Return the questions in the blocks of SQL."""
    blocks = [block.text for block in each.blocks if block.language == "sql"]
    return [query for block in blocks for query in block.strip().rstrip(";").split(";\n")]


@pytest.mark.parametrize(
    "asked", ["WHERE section", "articles_fts", "WHERE name =", "JOIN people", "FROM person_positions"]
)
def test_the_common_questions_are_answered_from_an_index(sample_run: EndedCrawl, asked: str) -> None:
    query = next(query for query in queries(page("docs/reference/database.md")) if asked in query)
    steps = [step[-1] for step in query_database(sample_run.folder / "thaigov.db", f"EXPLAIN QUERY PLAN {query}")]
    assert any("INDEX" in step for step in steps)
    assert not any(re.match(r"SCAN (articles|people)\b", step) for step in steps)
    assert not any(step.endswith("VIRTUAL TABLE INDEX 0:") for step in steps)  # that would read every article


# What tests do with a block depends on its language. Of SHOWN_ONLY they run nothing.
SHOWN_ONLY = {"text", "ini", "toml", "yaml", "xml", "html", "diff", "csv", "mermaid", "markdown"}
CHECKED = {"console", "pycon", "sql", "python", "json"}
RUN_ELSEWHERE = {f"docs/guides/{name}.md": "sh" for name in ("nightly", "many-machines")}  # deploy, soak/deploy


@pytest.mark.parametrize("each", PAGES, ids=lambda each: each.name)
def test_every_block_says_what_it_is(each: Page) -> None:
    allowed = {*SHOWN_ONLY, *CHECKED, RUN_ELSEWHERE.get(each.name)}
    assert {block.language for block in each.blocks} <= allowed
    for block in each.blocks:
        if block.language != "console":
            assert "\n$ " not in f"\n{block.text}", "commands with output are of the language `console`, which is run"
        else:
            assert block.text.startswith("$ ")
        parsed(block)


def parsed(block: Block) -> None:
    """Raise SyntaxError or ValueError where a block is not what it says it is."""
    if block.language == "python":
        ast.parse(block.text)
    elif block.language == "json":
        json.loads(block.text)


def test_the_rules_of_masking() -> None:
    """Each has its effect, and what is no moment of a run stays."""
    assert masked("2026-11-23 19:33  2026-11-23T19:33:25+07:00  2025-09-10T03:04:05+00:00 \n0:00:03, 1.4 s") == (
        "MOMENT  MOMENT  2025-09-10T03:04:05+00:00\nH:MM:SS, N s\n"
    )
    assert masked("http://127.0.0.1:8001/ 385,024 bytes") == "http://127.0.0.1:PORT/ N bytes\n"
    assert not differs("a\nb\nc\nd 1 e\n", "a\n…\nd … e\n")
    assert differs("a\nb\n", "a\n")
