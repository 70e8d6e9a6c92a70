"""The how-to pages of docs/contributing are followed to the letter, each in a copy of the checkout.

That proves two things: the pages are true, and the house is easy to extend.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.docs import Page
from tests.support.howtos import HOWTOS, Change, Command, Create, copy_of_the_checkout, run, steps_of
from tests.support.programs import find_program

WORDS = "thaigov_crawler/thai/words"


@pytest.mark.parametrize("page", HOWTOS, ids=lambda page: page.name)
def test_it_works_as_the_page_says(page: Page, tmp_path: Path) -> None:
    checkout = copy_of_the_checkout(tmp_path / "checkout")
    for step in steps_of(page):
        step.follow(checkout)


@pytest.mark.parametrize("page", HOWTOS, ids=lambda page: page.name)
def test_it_takes_one_new_file_and_one_registry_or_one_line_of_a_list(page: Page) -> None:
    steps = [step for step in steps_of(page) if not isinstance(step, Command)]
    created = [step.path for step in steps if isinstance(step, Create) and step.path.startswith("thaigov_crawler/")]
    (changed,) = {step.path for step in steps if isinstance(step, Change) and step.path.startswith("thaigov_crawler/")}
    assert len(created) == (0 if changed.startswith(WORDS) else 1)


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A checkout in which all pages were followed, but for their commands; and the Python files that they touched."""
    checkout = copy_of_the_checkout(tmp_path_factory.mktemp("extended") / "checkout")
    steps = [step for page in HOWTOS for step in steps_of(page) if not isinstance(step, Command)]
    for step in steps:
        step.follow(checkout)
    return checkout, sorted({step.path for step in steps if step.path.endswith(".py")})


def test_their_tests_pass_and_the_rooms_stay_apart(extended: tuple[Path, list[str]]) -> None:
    checkout, files = extended
    tests = [path for path in files if path.startswith("tests/")]
    assert len(tests) == len(HOWTOS)
    files = " ".join([*tests, "tests/test_architecture.py", "tests/pages/test_registry.py"])
    done = run(f"pytest -q -n 0 -p no:cacheprovider -k 'title or not test_people' {files}", checkout)
    assert done.returncode == 0, done.stdout


def test_their_code_is_as_ours(extended: tuple[Path, list[str]]) -> None:
    find_program("ruff", install="pip install -r tests/requirements.txt")
    checkout, files = extended
    done = run(f"ruff check {' '.join(files)} && ruff format --check {' '.join(files)}", checkout)
    assert done.returncode == 0, done.stdout


def test_a_title_needs_one_line_in_any_list_of_titles(tmp_path: Path) -> None:
    checkout = copy_of_the_checkout(tmp_path / "checkout")
    titles = {"titles_opening": "บาทหลวง", "titles": "ทนพญ.", "titles_english": "Rev.", "titles_ranks": "พลอาสา"}
    articles = [f"{title} บดินทร์ภัทร คงเรืองชัย กล่าวเปิดงาน" for title in titles.values()]
    program = (
        "from thaigov_crawler.thai.people import read_people\n"
        f"for text in {articles!r}: print(*(person.title for person in read_people(text)))"
    )
    (checkout / "read.py").write_text(program, "utf-8")
    assert not {*titles.values()} & {*run("python read.py", checkout).stdout.split()}
    for name, title in titles.items():
        with (checkout / WORDS / f"{name}.txt").open("a", encoding="utf-8") as file:
            file.write(f"{title}\n")
    assert run("python read.py", checkout).stdout.split() == [*titles.values()]
