"""The how-to pages of docs/contributing are followed to the letter, each in a copy of the checkout: they are true."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.docs import Page
from tests.support.howtos import HOWTOS, copy_of_the_checkout, extended, run, steps_of


@pytest.mark.parametrize("page", HOWTOS, ids=lambda page: page.name)
def test_it_works_as_the_page_says(page: Page, tmp_path: Path) -> None:
    checkout = copy_of_the_checkout(tmp_path / "checkout")
    for step in steps_of(page):
        step.follow(checkout)


def test_their_tests_pass_and_the_rooms_stay_apart(tmp_path: Path) -> None:
    checkout, files = extended(tmp_path)
    tests = [path for path in files if path.startswith("tests/")]
    assert len(tests) == len(HOWTOS)
    files = " ".join([*tests, "tests/test_architecture.py", "tests/pages/test_registry.py"])
    done = run(f"pytest -q -n 0 -p no:cacheprovider -k 'title or not test_people' {files}", checkout)
    assert done.returncode == 0, done.stdout
