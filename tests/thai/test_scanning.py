"""Where a pattern is worth trying: the places of words, of lines and of beginnings, and the matches there."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from thaigov_crawler.thai.scanning import line_starts, matches, places_of, starts

TEXTS = st.text("กขค \n", max_size=30)


def test_the_places_of_words_are_in_order_and_may_overlap() -> None:
    assert places_of("ขกกก กข", ("กก", "ข")) == [0, 1, 2, 6]
    assert places_of("ก", ()) == []


@given(TEXTS)
def test_lines_start_where_a_pattern_says(text: str) -> None:
    assert line_starts(text) == [found.start() for found in re.finditer("(?m)^", text)]


def test_a_start_may_lie_within_another_match() -> None:
    assert list(starts(re.compile("กข?ก"), "กขกก กก", 0, 6)) == [0, 2]


@given(TEXTS)
def test_matches_are_those_of_finditer_if_all_beginnings_are_tried(text: str) -> None:
    pattern = re.compile("ก[กข]*ค?|ข ")
    found = [match.span() for match in pattern.finditer(text)]
    assert [match.span() for match in matches(pattern, text, places_of(text, ("ก", "ข")))] == found
    assert [match.span() for match in matches(pattern, text, starts(re.compile("[กข]"), text))] == found


def test_no_match_goes_beyond_the_end() -> None:
    assert [match[0] for match in matches(re.compile("ก+"), "กก กกก", [0, 3], 5)] == ["กก", "กก"]
