"""Articles read as they were saved: in order, in batches, in ranges."""

from __future__ import annotations

from tests.support.stored import article, save
from thaigov_crawler.items import FIELDS
from thaigov_crawler.store import Change, Store, articles


def test_an_article_comes_back_as_it_was_saved(store: Store, run_id: int) -> None:
    assert save(store, article(), run_id) is Change.NEW
    (back,) = articles.read(store)
    assert back == article()
    assert tuple(back) == FIELDS


def test_articles_come_sorted_and_within_ranges(store: Store, run_id: int) -> None:
    for article_id in (5, 1, 9, 3, 1200):
        save(store, article(article_id), run_id)
    assert [row["id"] for row in articles.read(store)] == [1, 3, 5, 9, 1200]
    assert [row["id"] for row in articles.read(store, [(2, 5), (1000, None)])] == [3, 5, 1200]


def test_more_articles_than_a_batch_are_read_once_each(store: Store, run_id: int, monkeypatch) -> None:
    monkeypatch.setattr("thaigov_crawler.store.articles.BATCH", 3)
    for article_id in range(1, 11):
        save(store, article(article_id), run_id)
    assert [row["id"] for row in articles.read(store)] == list(range(1, 11))
