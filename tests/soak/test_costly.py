"""Work grows no faster than the length of a text, up to a million bytes: the known cases, and random texts.

THAIGOV_SOAK is the number of random texts (40), and THAIGOV_SEED the first seed (0). Work is counted, as in
tests/test_work.py. For seconds of CPU see tests/support/costly.py.
"""

from __future__ import annotations

import os
import random

import pytest

from sample.articles import CAPTURES
from tests.support.costly import (
    CASES,
    assert_linear,
    fuzzed,
    listed,
    mutated,
    page,
    read_answer,
    read_article,
    read_file,
    read_listing,
    read_query,
    read_relaunched,
    relaunched,
)
from tests.support.work import work_of

SIZE = 1_000_000  # bytes
FOR_A_CHARACTER = 60  # calls, and as many for each of a thousand more
FIRST = int(os.environ.get("THAIGOV_SEED", "0"))
NUMBERS = range(FIRST, FIRST + int(os.environ.get("THAIGOV_SOAK", "40")))
PAGES = [*(capture.html for capture in CAPTURES if capture.html), page("ก"), relaunched("<p>ก</p>")]
PAGES += [listed("<a href=/news/contents/details/1>ก</a>")]
READERS = (read_article, read_relaunched, read_listing, read_answer, read_query, read_file)


@pytest.mark.parametrize("name", CASES)
def test_what_was_found_to_cost_time(name: str) -> None:
    assert_linear(CASES[name], SIZE, patterns=False)


@pytest.mark.parametrize("name", CASES)
def test_what_was_found_to_cost_steps_of_our_patterns(name: str) -> None:
    assert_linear(CASES[name], 8000, patterns=True)


@pytest.mark.parametrize("number", NUMBERS)
def test_what_chance_repeats_or_shuffles_in_steps_of_our_patterns(number: int) -> None:
    assert_linear(fuzzed(random.Random(number)), 20_000, patterns=True, least=1)


@pytest.mark.parametrize("number", NUMBERS)
def test_what_chance_repeats_or_shuffles_in_calls(number: int) -> None:
    assert_linear(fuzzed(random.Random(number)), SIZE // 5, patterns=False, least=1)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("read", READERS)
def test_what_chance_makes_of_a_page(number: int, read: object) -> None:
    source = random.Random(number)
    html = mutated(source, source.choice(PAGES))
    read(html)
    assert work_of(lambda: read(html), patterns=False) < FOR_A_CHARACTER * (len(html) + 1000)
