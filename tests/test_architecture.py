"""Who may import whom: the table of the design, held for every module of the package."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.runs import ROOT

PACKAGE = ROOT / "thaigov_crawler"
MODULES = sorted(PACKAGE.rglob("*.py"))

EVERYTHING = None
MAY_IMPORT = {
    "pages": set(),
    "thai": set(),
    "items": set(),
    "outcomes": set(),
    "settings": set(),
    "loaders": {"items", "thai"},
    "store": {"items", "outcomes", "thai"},
    "sources": {"outcomes"},
    "spiders": {"items", "loaders", "outcomes", "pages", "sources", "store", "thai"},
    "middlewares": {"outcomes", "sources"},
    "pipelines": {"outcomes", "store"},
    "extensions": {"outcomes", "store", "thai"},
    "browse": {"store", "thai"},
    "exports": {"items", "outcomes", "thai"},
    "coverage": {"outcomes", "store", "thai"},
    "commands": EVERYTHING,
}
PURE = {"pages", "thai", "items", "outcomes", "loaders"}  # nothing of Scrapy


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


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(path)
    if room == "__init__" or MAY_IMPORT[room] is EVERYTHING:
        return
    ours = {name.split(".")[1] for name in imports_of(path) if name.startswith("thaigov_crawler.")}
    assert ours - {room, "__version__"} <= MAY_IMPORT[room]


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path) in PURE], ids=lambda path: path.name)
def test_pure_modules_know_nothing_of_scrapy(path: Path) -> None:
    assert not {name for name in imports_of(path) if name.split(".")[0] == "scrapy"}
