"""What the store keeps of the indexes of archives, and what it tells of each source."""

from __future__ import annotations

from tests.support.stored import begin, save_each, visited
from thaigov_crawler.store import Store, forgetting, indexes
from thaigov_crawler.store.indexes import CrawlCapture, Holding

CRAWL = "https://index.example.org/CC-MAIN-2024-10-index"
WHEN = "2024-01-02T03:04:05+00:00"


def capture(article_id: int) -> CrawlCapture:
    return CrawlCapture(article_id, "20240102030405", f"https://example.org/{article_id}", "sha1:ab", "x.warc.gz", 0, 9)


def test_a_crawl_is_kept_whole_and_in_the_place_of_what_was_kept(store: Store) -> None:
    with store.writing() as connection:
        indexes.keep(connection, CRAWL, [capture(1)])
        indexes.keep(connection, CRAWL, [capture(2), capture(3)])
        indexes.keep(connection, f"{CRAWL}2", [])
        assert indexes.read_crawls(connection) == {CRAWL, f"{CRAWL}2"}
        assert list(indexes.captures_of(connection, {CRAWL})) == [capture(2), capture(3)]
        assert list(indexes.captures_of(connection, {f"{CRAWL}2"})) == []


def test_what_each_source_holds(store: Store) -> None:
    run = begin(store)
    save_each(store, run, 1, 2, source="wayback")
    save_each(store, run, 3, source="sample")
    visited(store, 4, ("wayback", "absent", 1))
    visited(store, 5, ("wayback", "failed", 1))
    with store.writing() as connection:
        indexes.note(connection, "wayback", [(1, 8)], dict.fromkeys((1, 3, 4, 5, 6), WHEN))
        indexes.note(connection, "commoncrawl", [(1, 2), (9, 9)], {2: WHEN, 9: WHEN})
        assert indexes.holdings(connection) == [
            Holding("commoncrawl", 0, 2, 1, 1),
            Holding("sample", 1),
            Holding("wayback", 2, 5, 2, 3),
        ]


def test_what_an_index_lists_is_noted_anew_each_time(store: Store) -> None:
    with store.writing() as connection:
        indexes.note(connection, "wayback", [(1, 4)], dict.fromkeys((1, 2), WHEN))
        indexes.note(connection, "wayback", [(2, 3)], {3: WHEN})
        assert indexes.holdings(connection) == [Holding("wayback", 0, 2, 2, 2)]


def test_of_an_index_that_was_not_read_in_full_nothing_is_called_uncaptured(store: Store) -> None:
    with store.writing() as connection:
        indexes.note(connection, "wayback", [(1, 4)], {2: WHEN}, is_whole=False)
        assert indexes.holdings(connection) == [Holding("wayback", 0, 1, 1, 0)]


def test_what_is_forgotten_is_neither_kept_nor_counted(store: Store) -> None:
    with store.writing() as connection:
        indexes.keep(connection, CRAWL, [capture(1), capture(2)])
        indexes.note(connection, "wayback", [(1, 2)], {1: WHEN})
        removed = forgetting.forget(connection, 1)
        assert (removed["crawl_captures"], removed["listed"]) == (1, 1)
        indexes.keep(connection, CRAWL, [capture(1), capture(2)])
        indexes.note(connection, "wayback", [(1, 2)], {1: WHEN})
        assert list(indexes.captures_of(connection, {CRAWL})) == [capture(2)]
        assert indexes.holdings(connection) == [Holding("wayback", 0, 0, 0, 1)]
