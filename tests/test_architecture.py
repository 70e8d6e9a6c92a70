"""Who may import whom: the table of the design, held for every module of the package."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.support.commands import ROOT
from tests.support.tables import every_row
from thaigov_crawler.sources.registry import SOURCES

PACKAGE = ROOT / "thaigov_crawler"
MODULES = sorted(PACKAGE.rglob("*.py"))

# From the ground up. A room may import itself, what lies on a floor below it, and beside it what ALSO says.
FLOORS = (
    {"items", "outcomes", "errors", "pages", "thai"},
    {"loaders", "exports", "store", "sources", "checked", "workers"},
    {"reading", "run", "browse", "coverage"},
    {"spiders", "pipelines", "middlewares", "extensions", "preloaded"},
    {"commands"},
    {"__main__"},
)
ALSO = {"sources": {"checked"}}
APART = {"settings"}  # Scrapy reads it, by its name in scrapy.cfg; it imports nothing of ours
PURE = {"pages", "thai", "items", "outcomes", "loaders", "reading", "workers", "preloaded"}  # nothing of Scrapy


def imports_of(path: Path) -> set[str]:
    """Full names of what a module imports, whatever the form."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def may_import(room: str) -> set[str]:
    """The rooms that a room may import from, beside itself. Raises KeyError for one that stands on no floor."""
    if room in APART:
        return set()
    for number, floor in enumerate(FLOORS):
        if room in floor:
            return set().union(*FLOORS[:number], ALSO.get(room, set()))
    raise KeyError(room)


@every_row("path", MODULES)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    ours = {name.split(".")[1] for name in imports_of(path) if name.startswith("thaigov_crawler.")}
    assert ours - {room, "__version__"} <= may_import(room)


# Formats and layouts that have the name of a source, and the folder of the recordings.
ALSO_NAMED_SO = {"exports/__init__.py", "pages/corpus.py", "run/output.py"}


@every_row("path", [path for path in MODULES if room_of(path) != "sources"])
def test_no_other_room_names_a_source(path: Path) -> None:
    if str(path.relative_to(PACKAGE)) in ALSO_NAMED_SO:
        return
    texts = [node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)]
    assert not [text for text in texts if isinstance(text, str) and text.partition(":")[0] in SOURCES]


@every_row("path", [path for path in MODULES if room_of(path) in PURE])
def test_pure_modules_know_nothing_of_scrapy(path: Path) -> None:
    assert not {name for name in imports_of(path) if name.split(".")[0] == "scrapy"}
