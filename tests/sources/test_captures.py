"""The captures of an article that a run visits, and their order."""

from __future__ import annotations

from types import SimpleNamespace

from thaigov_crawler.sources.captures import last_of_each_content, newer_than, newest_first, with_revisits_told
from thaigov_crawler.sources.rows import IndexedCapture


def capture(year: int, digest: str = "", *, is_revisit: bool = False) -> IndexedCapture:
    return IndexedCapture(f"{year}0101000000", "https://www.thaigov.go.th/x", digest, is_revisit)


def years(captures: list[IndexedCapture]) -> list[int]:
    return [int(each.timestamp[:4]) for each in captures]


def told(*captures: IndexedCapture, no_pages: frozenset[str] = frozenset()) -> list[IndexedCapture]:
    return with_revisits_told({1: list(captures)}, no_pages).get(1, [])


def test_a_revisit_of_a_page_is_a_capture_of_it() -> None:
    captures = told(capture(2021, "A"), capture(2022, "B"), capture(2023, "A", is_revisit=True))
    assert years(newest_first(captures)) == [2023, 2022, 2021]
    assert years(last_of_each_content(captures)) == [2023, 2022]


def test_a_revisit_of_what_is_no_page_is_none() -> None:
    empty = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
    seen = (capture(2021, "A"), capture(2022, "GONE", is_revisit=True), capture(2023, empty, is_revisit=True))
    assert years(told(*seen, no_pages=frozenset(("GONE", "")))) == [2021]
    assert told(*seen[1:], no_pages=frozenset(("GONE",))) == []


def test_the_bytes_of_a_page_are_one_whatever_status_they_had_elsewhere() -> None:
    captures = told(capture(2021, "A"), capture(2023, "A", is_revisit=True), no_pages=frozenset(("A",)))
    assert years(newest_first(captures)) == [2023, 2021]


def test_a_revisit_of_another_article_with_the_same_bytes_is_told_as_well() -> None:
    found = {1: [capture(2021, "SOFT404")], 2: [capture(2023, "SOFT404", is_revisit=True)]}
    assert with_revisits_told(found, frozenset())[2] == [capture(2023, "SOFT404")]


def test_a_revisit_of_what_nobody_saw_is_tried_last() -> None:
    captures = told(capture(2021, "A"), capture(2023, "?", is_revisit=True), capture(2024, is_revisit=True))
    assert years(newest_first(captures)) == [2021, 2024, 2023]


def test_without_digests_nothing_is_equal() -> None:
    assert years(last_of_each_content([capture(2022), capture(2021), capture(2023)])) == [2021, 2022, 2023]
    held = SimpleNamespace(captured_at="2021-01-01T00:00:00+00:00")
    assert years(newer_than([capture(2021), capture(2022)], held)) == [2022]


def test_a_date_that_has_not_come_is_no_date() -> None:
    captures = [capture(2021, "A"), capture(9999, "B"), capture(2022, "C")]
    assert years(newest_first(captures)) == [2022, 2021, 9999]
    held = SimpleNamespace(captured_at="2022-01-01T00:00:00+00:00")
    assert newer_than(captures, held) == []
    assert years(last_of_each_content([capture(2021, "A"), capture(9999, "A")])) == [2021]


def test_where_the_time_of_what_is_held_is_unknown_all_is_newer() -> None:
    captures = [capture(2021, "A"), capture(2022, "B")]
    assert newer_than(captures, SimpleNamespace(captured_at="")) == captures
