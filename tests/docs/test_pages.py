"""The pages as such: which there are, that links lead somewhere, that they are easy to read."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from tests.support.commands import ROOT
from tests.support.docs import DOCS, Page, page, pages, plain, tables_of
from tests.support.tables import every_row

PAGES = pages()
INDEX = page("docs/index.md")
# The documentation. A page more is welcome: it needs a line here and one in the index.
HOUSE = {
    "README.md",
    "README.th.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/index.md",
    "docs/tutorial.md",
    *(
        f"docs/guides/{name}.md"
        for name in (
            "corpus journalism nightly monitoring backup sharing personal-data archives kept-pages postgresql many-machines".split()
        )
    ),
    *(
        f"docs/reference/{name}.md"
        for name in "spider-arguments settings commands outcomes-and-exit-status article database exports".split()
    ),
    *(f"docs/explanation/{name}.md" for name in "sources dates-and-people coverage limits scale".split()),
    *(
        f"docs/contributing/{name}.md"
        for name in "architecture add-a-source add-a-layout add-an-export add-a-thai-word testing writing".split()
    ),
}
LONGEST_README = 150  # lines
LONGEST_CELL = 110  # characters, of what a reader sees


def test_the_house_is_complete() -> None:
    assert {each.name for each in PAGES} == HOUSE


def test_the_readme_is_a_door() -> None:
    assert len(page("README.md").text.splitlines()) <= LONGEST_README


def test_the_readme_has_the_two_commands() -> None:
    """The ones that .ci/run runs on a fresh machine."""
    readme = page("README.md").text
    assert "pip install -r requirements.txt" in readme
    assert "\n$ scrapy crawl thaigov -a source=sample\n" in readme
    assert "pip install -r tests/requirements.txt && pytest" in readme


def test_every_page_is_in_the_index() -> None:
    listed = {target.name for target in targets(INDEX)}
    assert {each.name for each in PAGES if each.name.startswith("docs/")} - {INDEX.name} <= listed


def test_the_index_is_found() -> None:
    assert INDEX in targets(page("README.md"))


def targets(each: Page) -> list[Page]:
    """Return the pages that a page links to."""
    return [Page(path) for path, _ in relative_links(each) if path.suffix == ".md"]


def relative_links(each: Page) -> Iterator[tuple]:
    """Yield the path and the anchor of each link to a file of the checkout."""
    for link in each.links:
        if "://" not in link and not link.startswith("mailto:"):
            path, _, anchor = unquote(link).partition("#")
            yield ((each.path.parent / path).resolve() if path else each.path), anchor


@every_row("each", PAGES)
def test_every_link_leads_somewhere(each: Page) -> None:
    dead = []
    for path, anchor in relative_links(each):
        name = path.relative_to(ROOT).as_posix()
        if not path.exists():
            # If a page of the house is missing, the first test says so.
            dead += [] if name in HOUSE else [name]
        elif anchor and anchor not in Page(path).anchors:
            dead.append(f"{name}#{anchor}")
    assert dead == []


@every_row("each", PAGES)
def test_tables_have_short_cells(each: Page) -> None:
    cells = [plain(cell) for rows in tables_of(each.text) for row in rows for cell in row]
    assert [cell for cell in cells if len(cell) > LONGEST_CELL] == []


@every_row("each", PAGES)
def test_a_page_has_one_title_and_no_heading_twice(each: Page) -> None:
    assert each.text.startswith("# ") or each.name in ("README.md", "README.th.md")
    # Those of a changelog are alike below each version.
    assert each.name == "CHANGELOG.md" or len(each.headings) == len(set(each.headings))


def test_every_picture_is_shown() -> None:
    shown = {path for each in PAGES for path, _ in relative_links(each)}
    assert {path for path in (DOCS / "pictures").glob("*") if path.suffix == ".png"} <= shown
