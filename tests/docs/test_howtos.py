"""What the how-to pages of docs/contributing ask for: little, in code like ours. The house is easy to extend.

tests/soak/docs follows them to the letter.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.docs import Page
from tests.support.howtos import HOWTOS, Change, Command, Create, copy_of_the_checkout, extended, run, steps_of
from tests.support.programs import find_program

WORDS = "thaigov_crawler/thai/words"


@pytest.mark.parametrize("page", HOWTOS, ids=lambda page: page.name)
def test_it_takes_one_new_file_and_one_registry_or_one_line_of_a_list(page: Page) -> None:
    steps = [step for step in steps_of(page) if not isinstance(step, Command)]
    created = [step.path for step in steps if isinstance(step, Create) and step.path.startswith("thaigov_crawler/")]
    (changed,) = {step.path for step in steps if isinstance(step, Change) and step.path.startswith("thaigov_crawler/")}
    assert len(created) == (0 if changed.startswith(WORDS) else 1)


def test_their_code_is_as_ours(tmp_path: Path) -> None:
    find_program("ruff", install="pip install -r tests/requirements.txt")
    checkout, files = extended(tmp_path)
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
