"""Derived fields made anew beside a crawl that writes the same articles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.stored import article, content, save
from thaigov_crawler.items import Person
from thaigov_crawler.store import Store, articles, derived

ANEW = {"extractor": 2, "venue": "ริมน้ำ", "mentions": [vars(Person("นาย", "ช ซ", None))], "dates": []}


def test_the_outdated_come_in_batches_by_article_id_while_they_are_written(
    store: Store, run_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "BATCH", 10)
    for article_id in range(1, 26):
        save(store, article(article_id, extractor=2 if article_id == 7 else 1), run_id)
    seen = []
    for batch in derived.outdated(store, 2, ((1, 3), (5, None))):
        seen.append([held["id"] for held in batch])
        assert all(update_derived(store, [(held, held | ANEW) for held in batch]))
    assert [len(batch) for batch in seen] == [3, 10, 10]
    assert [article_id for batch in seen for article_id in batch] == [1, 2, 3, 5, 6, *range(8, 26)]
    with store.reading() as connection:
        assert derived.count_by_extractor(connection, ((1, None),)) == {1: 1, 2: 24}
    assert list(articles.read(store, ((1, 1),))) == [article() | ANEW]


def update_derived(store: Store, pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[bool]:
    with store.writing() as connection:
        return derived.update_derived(connection, pairs)


@pytest.mark.parametrize(
    "meanwhile", [{"text": "แก้ไขแล้ว", "day": 2}, {"extractor": 2, "venue": "ในสวน"}, {"extractor": 3}]
)
def test_what_a_crawl_has_written_meanwhile_is_left_alone(
    store: Store, run_id: int, path: Path | str, meanwhile: dict[str, Any]
) -> None:
    save(store, article(), run_id)
    ((held,),) = derived.outdated(store, 2, ((1, None),))
    save(store, article(**meanwhile), run_id)
    before = content(path)
    assert update_derived(store, [(held, held | ANEW)]) == [False]
    assert content(path) == before


def test_a_newer_capture_of_the_same_that_came_meanwhile_stays(store: Store, run_id: int) -> None:
    save(store, article(), run_id)
    ((held,),) = derived.outdated(store, 2, ((1, None),))
    save(store, article(day=2), run_id)
    assert update_derived(store, [(held, held | ANEW)]) == [True]
    assert list(articles.read(store)) == [article(day=2) | ANEW]


def test_one_that_is_a_revision_now_stays_as_it_is(store: Store, run_id: int, path: Path | str) -> None:
    save(store, article(), run_id)
    ((held,),) = derived.outdated(store, 2, ((1, None),))
    update_derived(store, [(held, held | ANEW)])
    save(store, article(text="แก้ไขแล้ว", day=2, extractor=2), run_id)
    assert not list(derived.outdated(store, 2, ((1, None),)))
    assert [row[0] for row in content(path)["revisions"]] == [1]
