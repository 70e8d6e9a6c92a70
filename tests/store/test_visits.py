"""Visits, of which the last of each source is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import query_database
from tests.support.stored import article, begin, record, save
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.store import Store, known


def test_the_last_visit_of_each_source_is_kept(store: Store, run_id: int, path: Path | str) -> None:
    for source, outcome in (("a", Outcome.ABSENT), ("b", Outcome.ABSENT), ("a", Outcome.MOVED)):
        record(store, Visit(1, source, outcome), run_id)
    assert query_database(path, "SELECT source, outcome FROM visits ORDER BY 1") == [("a", "moved"), ("b", "absent")]


def test_within_a_run_an_article_outweighs_captures_without_one(store: Store, run_id: int, path: Path | str) -> None:
    save(store, article(), run_id)
    record(store, Visit(1, "warc:x", Outcome.ABSENT), run_id)
    assert query_database(path, "SELECT outcome FROM visits") == [("stored",)]
    later = begin(store)
    record(store, Visit(1, "warc:x", Outcome.ABSENT), later)
    assert query_database(path, "SELECT outcome FROM visits") == [("absent",)]


@pytest.mark.parametrize("doubtful", [Outcome.FAILED, Outcome.MALFORMED])
def test_a_capture_that_may_hold_the_article_outweighs_one_that_holds_none(
    store: Store, run_id: int, path: Path | str, doubtful: Outcome
) -> None:
    for outcome in (doubtful, Outcome.ABSENT):
        record(store, Visit(1, "wayback", outcome), run_id)
    assert query_database(path, "SELECT outcome FROM visits") == [(doubtful.value,)]
    with store.reading() as connection:
        assert known.settled(connection, "wayback", "", "") == set()
        assert known.to_try_again(connection, "wayback") == {1}
