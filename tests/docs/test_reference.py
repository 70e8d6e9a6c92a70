"""The reference has everything that a user can name, and nothing that there is not: both are asked from the code."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from scrapy.settings import default_settings
from sqlalchemy import JSON, Boolean, Column, Integer, String

from tests.support.commands import ROOT, EndedCrawl
from tests.support.docs import plain, reference, tables_of
from tests.support.tables import every_row
from thaigov_crawler import settings
from thaigov_crawler.coverage.axis import State
from thaigov_crawler.exports import FORMATS, PRESETS, SQLITE, parquet, thaigov_v2
from thaigov_crawler.items import FIELDS, REQUIRED_FIELDS, DateMention, Person
from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.pages.registry import LAYOUTS
from thaigov_crawler.run.counters import BODY, SHARES, Measured
from thaigov_crawler.run.ends import FINISHED, ExitStatus, FinishReason
from thaigov_crawler.run.output import RECORDINGS
from thaigov_crawler.sources import kinds
from thaigov_crawler.sources.registry import OPTIONS, SOURCES
from thaigov_crawler.spiders.arguments import ArticleIds
from thaigov_crawler.spiders.thaigov import ThaigovSpider
from thaigov_crawler.spiders.thaigov_feed import ThaigovFeedSpider
from thaigov_crawler.spiders.visits import RECHECK_DAYS, STOP_AFTER, VISITS
from thaigov_crawler.store.merging import Change
from thaigov_crawler.store.tables import metadata
from thaigov_crawler.store.views import VIEWS

ARGUMENTS = reference("spider-arguments")
SETTINGS = reference("settings")
ENDS = reference("outcomes-and-exit-status")
ARTICLE = reference("article")
DATABASE = reference("database")
EXPORTS = reference("exports")
COMMANDS = reference("commands")

# Spider arguments


def test_every_spider_argument() -> None:
    assert ARGUMENTS.names("The spider thaigov") == list(ThaigovSpider.arguments)
    assert ARGUMENTS.names("The spider thaigov_feed") == list(ThaigovFeedSpider.arguments)


def test_every_default_of_a_spider_argument() -> None:
    shown = {plain(name): plain(default) for name, default, _ in ARGUMENTS.table("The spider thaigov")}
    options = {name: values[0] for name, values in OPTIONS.items()}
    assert {name: shown[name] for name in options} == options
    assert (shown["stop_after"], shown["recheck_days"], shown["plan_only"]) == (STOP_AFTER, RECHECK_DAYS, "false")
    assert shown["source"] == next(iter(SOURCES))


def test_every_value_of_a_spider_argument() -> None:
    sources = [f"{kind}:PATH" if source.takes_path else kind for kind, source in SOURCES.items()]
    assert ARGUMENTS.names("source") == sources
    assert ARGUMENTS.names("visit") == list(VISITS)
    for name, values in OPTIONS.items():
        if values != ("false", "true"):
            assert ARGUMENTS.names(name) == list(values)


def test_every_example_of_ids_is_one() -> None:
    examples = [ArticleIds.parse(text) for text in ARGUMENTS.names("ids")]
    assert len(examples) == len({each.ranges for each in examples}) == 4


def test_what_each_source_visits_and_which_sources_know_an_argument() -> None:
    shown = {plain(value).partition(":")[0]: plain(visit) for value, _, visit in ARGUMENTS.table("source")}
    assert {kind: shown[kind] for kind in SOURCES if kind != "live"} == {
        kind: source.visit for kind, source in SOURCES.items() if kind != "live"
    }
    assert shown["live"] == f"new, with ids: {SOURCES['live'].visit}"
    for name in OPTIONS:
        knowing = [kind for kind, source in SOURCES.items() if name in source.options]
        first_line = ARGUMENTS.section(name).strip().splitlines()[0]
        assert [kind for kind in SOURCES if re.search(rf"`{kind}\b", first_line)] == knowing


# Settings

OURS = [name for name in dir(settings) if name.startswith("THAIGOV_")]
SCRAPYS = ("What you may want to change", "What keeps a run polite and whole", "What the project is made of")


def test_every_setting_with_its_default() -> None:
    shown = {plain(name): default for name, default, _ in SETTINGS.table("The settings of the project")}
    defaults = {name: getattr(settings, name) for name in OURS}
    assert shown == {name: "none" if value is None else f"`{value}`" for name, value in defaults.items()}


@every_row("name", OURS)
def test_every_setting_has_a_section(name: str) -> None:
    assert SETTINGS.section(name).strip()


def test_every_file_of_the_output(sample_run: EndedCrawl) -> None:
    files = {path.name for path in sample_run.folder.iterdir()} | {f"{RECORDINGS}/"}
    assert set(SETTINGS.names("THAIGOV_DIR")) == {name for name in files if not name.endswith(("-wal", "-shm"))}


def test_every_setting_of_scrapy_that_is_set() -> None:
    own = {name for name in dir(settings) if name.isupper() and name not in OURS}
    assert {name for title in SCRAPYS for name in SETTINGS.names(title)} == own
    assert own <= set(dir(default_settings)) | {"FEED_STORAGES"}


@every_row("title", SCRAPYS[:2])
def test_every_value_of_a_setting_of_scrapy(title: str) -> None:
    for name, value, _ in SETTINGS.table(title):
        if value.startswith("`"):
            assert plain(value) == str(getattr(settings, plain(name)))


# Outcomes, ends, stats


def test_every_outcome() -> None:
    assert ENDS.names("Outcomes") == [outcome.value for outcome in Outcome]


def test_every_exit_status() -> None:
    assert ENDS.names("Exit status") == [str(int(status)) for status in ExitStatus]


def test_every_finish_reason_with_its_exit_status() -> None:
    shown = {plain(word): plain(status) for word, status, _ in ENDS.table("Finish reasons")}
    assert shown.pop(FINISHED) == "0, 1 or 4"
    assert shown == {reason.word: str(int(reason.exit_status)) for reason in FinishReason}


def test_every_stat() -> None:
    shown = {re.sub(r"<\w+>", "*", name) for name in ENDS.names("Stats")}
    assert shown == {name for path in (ROOT / "thaigov_crawler").rglob("*.py") for name in stats_in(path)}


def test_every_stat_of_a_run_is_one_of_these(sample_run: EndedCrawl) -> None:
    shown = [re.sub(r"<\w+>", r"[^/]+", name) for name in ENDS.names("Stats")]
    found = set(re.findall(r"'(thaigov/[\w/]+)': ", sample_run.log))
    assert len(found) > 10
    assert [name for name in found if not any(re.fullmatch(each, name) for each in shown)] == []


def stats_in(path: Path) -> Iterator[str]:
    """Yield the stats that a module counts. `*` stands for what it puts in; the counts of sources lack `thaigov/`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        counted = None
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Attribute, ast.Name)) and node.args:
            if re.search(r"\b(inc_value|set_value|_mirror|run\.count|count)$", ast.unparse(node.func)):
                counted = node.args[0]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) in ("self.counts", "self._counts"):
            counted = node.slice
        said = "" if counted is None else _said(counted)
        if said and ("/" in said or "run.count(" in ast.unparse(node)):
            yield re.sub("(warc/).*", r"\1*", "thaigov/" + said.removeprefix("thaigov/"))


def _said(node: ast.expr) -> str:
    """Return the text that an expression stands for, or "" if nothing of it is known."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        said = "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)
        return "" if said.replace("*", "") in ("", "thaigov/") else said
    return ""


def test_every_change_of_an_article() -> None:
    assert ENDS.names("Changes of an article") == [change.value for change in Change]


def test_every_quality() -> None:
    measured = Measured()
    measured.add({**dict.fromkeys(SHARES.values()), "body": ""})
    assert ENDS.names("Quality") == list(measured.numbers())
    described = DATABASE.section("runs").split("`quality` is an object.")[1]
    assert {"articles", *SHARES, BODY} == set(re.findall(r"`(\w+)`", described))


def test_every_kind_of_record() -> None:
    tree = ast.parse(inspect.getsource(kinds))
    classifying = [node for node in tree.body if getattr(node, "name", "").startswith("_classify")]
    returned = [node for each in classifying for node in ast.walk(each) if isinstance(node, ast.Return)]
    first = [node.value.elts[0] if isinstance(node.value, ast.Tuple) else node.value for node in returned]
    classified = {each.value for each in first if isinstance(each, ast.Constant) and each.value}
    classified |= {getattr(kinds, each.id) for each in first if isinstance(each, ast.Name) and each.id.isupper()}
    counted = re.findall(r'\.count\("(\w+)"[,)]', source_of("sources/findings.py") + source_of("sources/warc.py"))
    assert len(classified) > 5
    assert set(ENDS.names("Records of WARC files")) == {*classified, *counted, kinds.UNDRAWN} - {
        kinds.VISIT,
        kinds.DRAWN,
    }


def source_of(module: str) -> str:
    return (ROOT / "thaigov_crawler" / module).read_text("utf-8")


# The article


def test_every_field_in_order_with_its_type() -> None:
    assert ARTICLE.names("Fields") == list(FIELDS)
    columns = metadata.tables["articles"].columns
    for name, kind, _ in ARTICLE.table("Fields"):
        column = columns.get(plain(name))
        if column is None:  # the lists that are tables of their own
            assert kind.startswith("list of")
        else:
            assert kind.endswith(" or null") == column.nullable
            assert (kind == "number") == isinstance(column.type, Integer)


def test_what_makes_an_article() -> None:
    assert f"{', '.join(f'`{name}`' for name in REQUIRED_FIELDS[:-1])} and `{REQUIRED_FIELDS[-1]}` make an article" in (
        ARTICLE.text
    )


@every_row(("title", "part"), [("A person", Person), ("A date", DateMention)])
def test_every_field_of_a_part(title: str, part: type) -> None:
    fields = dataclasses.fields(part)
    assert ARTICLE.names(title) == [field.name for field in fields]
    assert [kind.endswith(" or null") for _, kind, _ in ARTICLE.table(title)] == ["None" in f.type for f in fields]


def test_every_layout() -> None:
    (row,) = [row for row in ARTICLE.table("Fields") if row[0] == "`layout`"]
    assert set(re.findall(r"`(\w+)`", row[2])) == set(LAYOUTS)


# The database

OF_SEARCH = ("articles_fts", "articles_terms", "articles_ends")


def test_every_table_and_view() -> None:
    tables = {*metadata.tables, *VIEWS, *OF_SEARCH}
    assert set(DATABASE.names("The database")) == tables
    for name in tables:
        assert DATABASE.section(name).strip()


@every_row("name", metadata.tables)
def test_every_column_in_order_with_its_type(name: str) -> None:
    shown = [(plain(column), kind) for column, kind, _ in DATABASE.table(name)]
    assert shown == [(column.name, kind_of(column)) for column in metadata.tables[name].columns]


def kind_of(column: Column) -> str:
    kinds = {Integer: "integer", String: "text", JSON: "JSON", Boolean: "boolean"}
    kind = next(word for known, word in kinds.items() if isinstance(column.type, known))
    return f"{kind} or null" if column.nullable else kind


@pytest.mark.parametrize("name", [*VIEWS, *OF_SEARCH])
def test_every_column_of_a_view(sample_run: EndedCrawl, name: str) -> None:
    assert DATABASE.names(name) == [row[1] for row in sample_run.rows(f"PRAGMA table_info({name})")]


def test_every_function_of_browse() -> None:
    from thaigov_crawler.browse import plugin  # which imports Datasette

    class Connection:
        made: list[str] = []

        def create_function(self, name: str, *args: object, **kwargs: object) -> None:
            self.made.append(name)

    plugin.prepare_connection(Connection())
    assert [name.partition("(")[0] for name in DATABASE.names("Functions in browse")] == Connection.made


# Exports


def test_every_format_and_preset() -> None:
    assert EXPORTS.names("Formats") == [*FORMATS, SQLITE]
    assert EXPORTS.names("Presets") == list(PRESETS)
    for name in (*FORMATS, SQLITE, *PRESETS):
        assert EXPORTS.section(name).strip()


def test_every_type_of_a_parquet_column() -> None:
    shown = {name: kind for names, kind in EXPORTS.table("parquet") for name in re.findall(r"`(\w+)`", names)}
    for field in parquet.SCHEMA:
        kind = shown.pop(field.name, "string")
        if pa.types.is_list(field.type):
            inner = field.type.value_type
            names = [part.name for part in inner] if pa.types.is_struct(inner) else []
            assert kind.startswith(f"list of {'struct' if names else inner}")
            assert re.findall(r"`(\w+)`", kind) == names
        else:
            assert kind == str(field.type)
    assert shown == {}


def test_every_column_of_the_dataset() -> None:
    (_, columns) = tables_of(EXPORTS.section("thaigov-v2"))
    assert [plain(name) for name, _ in columns] == thaigov_v2.SCHEMA.names


# The rest


def test_every_extra() -> None:
    """Each optional part of the package that a user may want. `all` is all of them, `dev` is for contributors."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    extras = re.search(r"^\[project\.optional-dependencies\]\n(.*?)^\[", project, re.MULTILINE | re.DOTALL)
    assert extras
    named = set(re.findall(r"^(\w+) = \[", extras[1], re.MULTILINE))
    assert set(COMMANDS.names("What needs an extra")) == named - {"all", "dev"}


def test_every_state_of_an_article_id() -> None:
    assert set(COMMANDS.names("States of an article ID")) == {state.value for state in State}
