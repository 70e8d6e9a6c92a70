"""Takes the pages of the documentation apart: headings, links, tables, blocks of code."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from tests.support.commands import ROOT

DOCS = ROOT / "docs"
# The pages beside those in docs/.
AT_THE_TOP = ("README.md", "README.th.md", "CONTRIBUTING.md", "CHANGELOG.md")

_FENCE = re.compile(r"^( *)```(\S*)[^\n]*\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) +(.+?) *#*$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_CELL_ENDS = re.compile(r"(?<!\\)\|")


class Block(NamedTuple):
    """A fenced block of code."""

    language: str  # the word behind the fence; "" if there is none
    text: str


@dataclass(frozen=True)
class Page:
    """One page, a file of Markdown."""

    path: Path

    @property
    def name(self) -> str:
        """Return the path from the root of the checkout, as in `docs/index.md`."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        """Return the page as it is written."""
        return self.path.read_text("utf-8")

    @cached_property
    def prose(self) -> str:
        """Return the page without its fenced blocks."""
        return _FENCE.sub("", self.text)

    @cached_property
    def blocks(self) -> list[Block]:
        """Return the fenced blocks, in order."""
        return [Block(language, text) for _, language, text in _FENCE.findall(self.text)]

    @cached_property
    def code(self) -> list[str]:
        """Return the texts between backticks in the prose, each on one line."""
        return [" ".join(code.split()) for _, code in _CODE.findall(self.prose)]

    @cached_property
    def links(self) -> list[str]:
        """Return the targets of links and pictures in the prose."""
        return _LINK.findall(_CODE.sub("", self.prose))

    @cached_property
    def headings(self) -> list[str]:
        """Return the headings, in order, as they are written."""
        return [title for _, title in _HEADING.findall(self.prose)]

    @cached_property
    def anchors(self) -> set[str]:
        """Return the names that a link may have behind `#`. A forge makes one from each heading."""
        seen: Counter[str] = Counter()
        found = set()
        for title in self.headings:
            name = _anchor(title)
            found.add(f"{name}-{seen[name]}" if seen[name] else name)
            seen[name] += 1
        return found

    def section(self, title: str) -> str:
        """Return the text below a heading, up to the next heading of any level."""
        found = re.search(rf"^#+ +{re.escape(title)}\n(.*?)(?=^#+ |\Z)", self._outline, re.MULTILINE | re.DOTALL)
        assert found, f"{self.name} has no heading {title!r}"
        return found[1]

    @cached_property
    def _outline(self) -> str:
        # A comment in a block of shell commands is not a heading.
        return _FENCE.sub(lambda block: block[0].replace("\n#", "\n #"), self.text)

    def table(self, title: str) -> list[list[str]]:
        """Return the cells of the first table below a heading, row by row, without its head."""
        tables = tables_of(self.section(title))
        assert tables, f"{self.name} has no table below {title!r}"
        return tables[0]

    def names(self, title: str, column: int = 0) -> list[str]:
        """Return the texts between backticks in one column of the first table below a heading, in order."""
        return [code for row in self.table(title) for _, code in _CODE.findall(row[column])]


def tables_of(text: str) -> list[list[list[str]]]:
    """Return the tables of a text: the cells of each, row by row, without its head."""
    tables: list[list[list[str]]] = []
    rows: list[list[str]] = []
    for line in [*_FENCE.sub("", text).splitlines(), ""]:
        if line.lstrip().startswith("|"):
            rows.append([cell.strip().replace(r"\|", "|") for cell in _CELL_ENDS.split(line.strip())[1:-1]])
        elif rows:
            tables.append(rows[2:])
            rows = []
    return tables


def plain(text: str) -> str:
    """Return a text as a reader sees it: links without their targets, no backticks, no emphasis."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"[`*]", "", text).strip()


def pages(under: str = "") -> list[Page]:
    """Return the pages below the folder `under` of docs/. Without a folder, return all pages."""
    found = sorted((DOCS / under).rglob("*.md"))
    if not under:
        found = [*(ROOT / name for name in AT_THE_TOP if (ROOT / name).exists()), *found]
    return [Page(path) for path in found]


def page(name: str) -> Page:
    """Return the page at a path from the root of the checkout."""
    return Page(ROOT / name)


def reference(name: str) -> Page:
    """Return a page of the reference by its name alone."""
    return Page(DOCS / "reference" / f"{name}.md")


def _anchor(title: str) -> str:
    """Return the anchor of a heading, as GitHub and most other forges make it."""
    kept = (sign for sign in plain(title).lower() if sign in " -_" or unicodedata.category(sign)[0] in "LMN")
    return "".join(kept).replace(" ", "-")


def code_lines(page: Page) -> Iterator[str]:
    """Yield the code on a page: the lines of its blocks, and the texts between backticks."""
    for block in page.blocks:
        yield from block.text.replace("\\\n", " ").splitlines()
    yield from page.code
