"""The README's promises: everything that a user can name is in it, and what it shows is what comes out."""

from __future__ import annotations

import argparse
import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.cmdline import _get_commands_from_module
from scrapy.settings import Settings

from tests.support.commands import ROOT, EndedCrawl, environment, query_database, scrapy
from thaigov_crawler import settings
from thaigov_crawler.commands.export import Command
from thaigov_crawler.coverage.axis import State
from thaigov_crawler.exports import FORMATS, PRESETS
from thaigov_crawler.items import FIELDS, DateMention, Person
from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.run.ends import ExitStatus
from thaigov_crawler.spiders.thaigov import ThaigovSpider
from thaigov_crawler.spiders.thaigov_feed import ThaigovFeedSpider
from thaigov_crawler.store.tables import metadata
from thaigov_crawler.store.views import VIEWS

README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = _get_commands_from_module(settings.COMMANDS_MODULE, inproject=True)


def section(title: str) -> str:
    """The text below a heading, up to the next one."""
    return re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", README, re.MULTILINE | re.DOTALL)[1]


def first_column(title: str) -> set[str]:
    """The code in the first column of the table below a heading."""
    rows = re.findall(r"^\| (`.*?) \|", section(title), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def test_every_spider_argument() -> None:
    assert first_column("Spider arguments") == set(ThaigovSpider.arguments)


def test_every_argument_of_the_feed_spider() -> None:
    assert first_column("The spider `thaigov_feed`") == set(ThaigovFeedSpider.arguments)


def test_every_setting_with_its_default() -> None:
    own = {name for name in dir(settings) if name.startswith("THAIGOV_")}
    assert first_column("Settings") == own
    for name in own:
        default = getattr(settings, name)
        shown = "none" if default is None else f"`{default}`"
        assert f"| `{name}` | {shown} |" in README


def test_every_command() -> None:
    assert {line.split()[1] for line in first_column("Commands")} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command(name: str) -> None:
    parser = argparse.ArgumentParser(add_help=False)
    COMMANDS[name].declare(parser)
    written = " ".join(line for line in first_column("Commands") if line.split()[1] == name)
    options = [action.option_strings[0] for action in parser._actions]
    assert [option for option in options if not re.search(rf"(?<![\w-]){option}(?![\w-])", written)] == []


def test_every_option_of_the_export_with_every_format_and_preset() -> None:
    (export, options) = Command(), argparse.ArgumentParser(add_help=False)
    export.settings = Settings()
    export.add_options(options)
    own = [group for group in options._action_groups if group.title.startswith(("What", "Of which"))]
    assert first_column("Exports") == {
        name for group in own for each in group._group_actions for name in each.option_strings
    }
    assert first_column("Formats and presets") == {*FORMATS, *PRESETS}


def test_every_field_in_order() -> None:
    rows = re.findall(r"^\| (`.*?) \|", section("The article"), re.MULTILINE)
    names = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    order = sorted(names, key=FIELDS.index)
    assert set(names) == set(FIELDS)
    # Fields that a row names together stand apart in the export (the dates and their raw forms).
    assert [name for name in names if "raw" not in name] == [name for name in order if "raw" not in name]


@pytest.mark.parametrize("part", [Person, DateMention])
def test_every_field_of_a_part(part: type) -> None:
    assert ", ".join(f"`{name}`" for name in part.__dataclass_fields__) in section("The article")


def test_every_outcome_and_exit_status() -> None:
    assert first_column("What a visit ends in") == {str(outcome) for outcome in Outcome}
    assert first_column("Exit status") == {str(int(status)) for status in ExitStatus}


def test_every_table() -> None:
    assert first_column("The database") == {*metadata.tables, *VIEWS, "articles_fts"}


def test_the_summary_shown_is_the_summary(sample_run: EndedCrawl) -> None:
    shown = re.search(r"<!-- summary of the sample -->\n```\n(.*?)```", README, re.DOTALL)[1]
    said = sample_run.log[sample_run.log.index("Summary of the run") :]
    said = said.replace(str(sample_run.folder), "data/sample")
    assert timeless(said).strip() == timeless(shown).strip()


def timeless(text: str) -> str:
    return re.sub(r"in \d+\.\d s", "in … s", text)


def test_the_query_shown_gives_what_is_shown(sample_run: EndedCrawl) -> None:
    shown = re.search(r'<!-- query of the sample -->\n```\n\$ sqlite3 (\S+) "(.*?)"\n(.*?)```', README, re.DOTALL)
    rows = query_database(sample_run.folder / Path(shown[1]).name, shown[2])
    assert ["|".join(map(str, row)) for row in rows] == shown[3].splitlines()


def test_the_export_shown_gives_what_is_shown(sample_run: EndedCrawl) -> None:
    shown = re.search(r"<!-- export of the sample -->\n```\n\$ scrapy (.*?)\n(.*?)```", README, re.DOTALL)
    done = scrapy(*shown[1].replace("data/sample", str(sample_run.folder)).split())
    assert done.stdout == shown[2]


def test_the_reading_of_parquet_shown_gives_what_is_shown(
    sample_run: EndedCrawl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = re.search(r"`scrapy (export .*? -o news.parquet)`", README)[1]
    done = scrapy(*said.replace("data/sample", str(sample_run.folder)).replace("news", str(tmp_path / "news")).split())
    assert done.returncode == 0, done.stderr
    monkeypatch.chdir(tmp_path)
    shown = re.search(r"```pycon\n(.*?)```", README, re.DOTALL)[1]
    report = io.StringIO()
    doctest.DocTestRunner().run(doctest.DocTestParser().get_doctest(shown, {}, "README", None, 0), out=report.write)
    assert not report.getvalue()


def test_the_coverage_shown_is_the_coverage(sample_run: EndedCrawl) -> None:
    shown = re.search(r"<!-- coverage of the sample -->\n```\n\$ scrapy coverage .*?\n(.*?)```", README, re.DOTALL)[1]
    done = scrapy("coverage", f"-sTHAIGOV_DIR={sample_run.folder}")
    said = done.stdout.replace(str(sample_run.folder), "data/sample") if done.returncode == 0 else done.stderr
    assert [line.rstrip() for line in said.splitlines()] == shown.splitlines()


def test_every_state_of_an_article_id() -> None:
    assert first_column("Coverage") == {str(state) for state in State}


def test_the_sql_shown_runs(sample_run: EndedCrawl) -> None:
    for query in re.search(r"```sql\n(.*?)```", README, re.DOTALL)[1].strip().split(";\n"):
        query_database(sample_run.folder / "thaigov.db", query)


@pytest.mark.parametrize(
    "asked", ["WHERE section", "articles_fts", "WHERE name =", "JOIN people", "FROM person_positions"]
)
def test_the_common_questions_are_answered_from_an_index(sample_run: EndedCrawl, asked: str) -> None:
    queries = re.search(r"```sql\n(.*?)```", README, re.DOTALL)[1].strip().split(";\n")
    query = next(query for query in queries if asked in query)
    steps = [step[-1] for step in query_database(sample_run.folder / "thaigov.db", f"EXPLAIN QUERY PLAN {query}")]
    assert any("INDEX" in step for step in steps)
    assert not any(re.match(r"SCAN (articles|people)\b", step) for step in steps)
    assert not any(step.endswith("VIRTUAL TABLE INDEX 0:") for step in steps)  # that would read every article


def test_every_column_of_the_other_tables() -> None:
    for name in ("people", "dates", "revisions", "changes", "visits", "validators", "leases", "forgotten", "runs"):
        (row,) = re.findall(rf"^\| `{name}` \|.*$", section("The database"), re.MULTILINE)
        assert {column.name for column in metadata.tables[name].columns} <= set(re.findall(r"`(\w+)`", row))


@pytest.mark.parametrize("title", ["Watching it", "Backups and moving to another machine"])
def test_the_commands_shown_run(sample_run: EndedCrawl, tmp_path: Path, title: str) -> None:
    shutil.copytree(sample_run.folder, tmp_path / "data")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    here = environment(PATH=path, PYTHONPATH=str(ROOT), SCRAPY_SETTINGS_MODULE="thaigov_crawler.settings")
    for block in re.findall(r"```sh\n(.*?)```", section(title), re.DOTALL):
        done = subprocess.run(
            ["bash", "-ec", block], cwd=tmp_path, env=here, capture_output=True, encoding="utf-8", check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
    rows = query_database(tmp_path / "data" / "thaigov.db", "SELECT count(*) FROM articles")
    assert rows == sample_run.rows("SELECT count(*) FROM articles")


def recipes() -> list[tuple[str, str]]:
    """The commands of the section Recipes and what it shows of each."""
    text = re.search(r"^## Recipes\n(.*?)^## ", README, re.MULTILINE | re.DOTALL)[1]
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    return [found for block in blocks for found in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)]


@pytest.mark.parametrize(("command", "shown"), recipes(), ids=lambda text: text[:60])
def test_the_recipes_give_what_is_shown(sample_run: EndedCrawl, tmp_path: Path, command: str, shown: str) -> None:
    folder = shutil.copytree(sample_run.folder, tmp_path / "data" / "sample")
    if command.startswith("sqlite3"):  # the client is a package of its own
        _, path, query = shlex.split(command)
        said = "".join("|".join(map(str, row)) + "\n" for row in query_database(tmp_path / path, query))
    else:
        command = command.replace("data/sample", str(folder)).replace(
            "source=sample", f"source=sample -s THAIGOV_DIR={tmp_path / 'data'}"
        )
        shell = {**environment(), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        done = subprocess.run(
            command, shell=True, cwd=ROOT, env=shell, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        said = done.stdout.replace(str(folder), "data/sample")
    assert without_moments(said) == without_moments(shown)


def without_moments(text: str) -> str:
    """Text without what differs from run to run: times, and the sizes of databases."""
    text = re.sub(r"2\d{3}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d\+07:00)?", "…", text)
    return re.sub(r"0:00:\d\d|[\d,]+ bytes", "…", text)
