"""No text of a million bytes takes long to read: neither the known cases nor random texts.

THAIGOV_SOAK is the number of random texts (200), and THAIGOV_SEED the first seed (0). The limit is ten times what a
text may take on an ordinary machine. If the work grows with the square of the length, a text takes minutes.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable

import pytest

from sample.articles import CAPTURES
from tests.support.costly import (
    CASES,
    fuzzed,
    listed,
    mutated,
    page,
    read_answer,
    read_article,
    read_file,
    read_listing,
    read_relaunched,
    relaunched,
)

LIMIT = 20.0  # seconds of CPU
SIZE = 1_000_000  # bytes
FIRST = int(os.environ.get("THAIGOV_SEED", "0"))
NUMBERS = range(FIRST, FIRST + int(os.environ.get("THAIGOV_SOAK", "200")))


def seconds(read: Callable[[str], object], text: str) -> float:
    """Return the seconds of CPU that reading a text takes."""
    began = time.process_time()
    read(text)
    return time.process_time() - began


@pytest.mark.parametrize("name", CASES)
def test_what_was_found_to_cost_time(name: str) -> None:
    case = CASES[name]
    assert seconds(case.read, case.make(SIZE)) < LIMIT


@pytest.mark.parametrize("number", NUMBERS)
def test_what_chance_repeats(number: int) -> None:
    case = fuzzed(random.Random(number))
    assert seconds(case.read, case.make(SIZE)) < LIMIT


@pytest.mark.parametrize("number", NUMBERS)
def test_what_chance_makes_of_a_page(number: int) -> None:
    source = random.Random(number)
    pages = [capture.html for capture in CAPTURES if capture.html]
    html = mutated(
        source, source.choice([*pages, page("ก"), relaunched("<p>ก</p>"), listed("<a href=/details/1>ก</a>")])
    )
    for read in (read_article, read_relaunched, read_listing, read_answer, read_file):
        assert seconds(read, html) < LIMIT
