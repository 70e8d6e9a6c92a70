"""The store: transactions, versions, visits, runs, in a real SQLite file."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from itemadapter import ItemAdapter

from tests.support.commands import query_database
from thaigov_crawler.errors import StoreError
from thaigov_crawler.items import FIELDS, Article, DateMention, Person
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.store import Change, Store


def article(article_id: int = 1, *, text: str = "เนื้อข่าว", day: int = 1, **changes: Any) -> dict[str, Any]:
    """An article as exported; its digest follows its text, its capture the day."""
    whole = Article(
        id=article_id,
        url=f"https://www.thaigov.go.th/news/contents/details/{article_id}",
        title="หัวข้อข่าว",
        section="ด้านสังคม",
        language="th",
        date_published="2024-12-31",
        body=text,
        dates=[DateMention("2024-12-30", "2024-12-31", "day", "30-31 ธันวาคม 2567")],
        attendees=[Person("นาย", "ก ข", "ปลัด"), Person("นาง", "ค ง", None)],
        mentions=[Person("ดร.", "จ ฉ", "โฆษก")],
        images=["https://example.org/1.jpg"],
        source="warc:x",
        captured_at=f"2025-01-{day:02}T00:00:00+00:00",
        capture_url="https://example.org/",
        layout="classic",
        digest=f"digest of {text}",
        extractor=1,
    )
    return {**ItemAdapter(whole).asdict(), **changes}


def save(store: Store, item: dict[str, Any], run_id: int) -> Change:
    return store.save(item, Visit.of(item, Outcome.STORED), run_id)


def content(path: Path) -> dict[str, list[tuple]]:
    """What the tables hold of articles and revisions, but for when a revision was noticed."""
    revisions = "SELECT article_id, digest, captured_at, capture_url, extractor, article FROM revisions ORDER BY 1, 2"
    tables = {name: f"SELECT * FROM {name} ORDER BY 1, 2" for name in ("articles", "people", "dates")}
    return {name: query_database(path, query) for name, query in {**tables, "revisions": revisions}.items()}


def test_an_article_comes_back_as_it_was_saved(store: Store, run_id: int) -> None:
    assert save(store, article(), run_id) is Change.NEW
    (back,) = store.articles()
    assert back == article()
    assert tuple(back) == FIELDS


def test_articles_come_sorted_and_within_ranges(store: Store, run_id: int) -> None:
    for article_id in (5, 1, 9, 3, 1200):
        save(store, article(article_id), run_id)
    assert [row["id"] for row in store.articles()] == [1, 3, 5, 9, 1200]
    assert [row["id"] for row in store.articles([(2, 5), (1000, None)])] == [3, 5, 1200]


def test_more_articles_than_a_batch_are_read_once_each(store: Store, run_id: int, monkeypatch) -> None:
    monkeypatch.setattr("thaigov_crawler.store.store.BATCH", 3)
    for article_id in range(1, 11):
        save(store, article(article_id), run_id)
    assert [row["id"] for row in store.articles()] == list(range(1, 11))


@pytest.mark.parametrize("order", [*itertools.permutations(range(3))])
def test_a_text_of_a_corpus_is_never_better_than_a_page(
    store: Store, run_id: int, path: Path, order: tuple[int, ...]
) -> None:
    text = article(text="ข้อความ", day=9, source="corpus")
    versions = (article(text="ก", day=1), article(text="ข", day=2), text)
    changes = [save(store, versions[number], run_id) for number in order]
    (now,) = store.articles()
    assert now == versions[1]
    # What it replaces nobody edited, and what is replaced is kept, as everything that was stored.
    assert (Change.REPLACED in changes) == (order[0] == 2)
    kept = [digest for (digest,) in query_database(path, "SELECT digest FROM revisions ORDER BY captured_at")]
    assert kept == ["digest of ก", *(["digest of ข้อความ"] if order[0] == 2 else [])]
    edits = query_database(path, "SELECT count(*) FROM changes WHERE kind = 'edited'")
    assert edits == [(1 if order.index(0) < order.index(1) else 0,)]


def test_of_two_texts_of_a_corpus_none_was_edited(store: Store, run_id: int, path: Path) -> None:
    """Their captures are the days of publication that they name."""
    texts = [article(text=text, day=day, source="corpus") for text, day in (("ก", 1), ("ข", 3), ("ค", 2))]
    assert [save(store, text, run_id) for text in texts] == [Change.NEW, Change.OLDER, Change.OLDER]
    assert save(store, texts[0], run_id) is Change.SAME
    assert [now["body"] for now in store.articles()] == ["ข"]
    assert query_database(path, "SELECT digest FROM revisions ORDER BY 1") == [("digest of ก",), ("digest of ค",)]
    assert query_database(path, "SELECT kind FROM changes") == [("new",)]


def test_the_same_version_changes_nothing(store: Store, run_id: int, path: Path) -> None:
    save(store, article(), run_id)
    before = content(path)
    assert store.compare(article()) is Change.SAME
    assert save(store, article(), run_id) is Change.SAME
    assert content(path) == before


def test_an_edit_keeps_the_version_held_before(store: Store, run_id: int, path: Path) -> None:
    save(store, article(), run_id)
    assert save(store, article(text="แก้ไขแล้ว", day=2, attendees=[]), run_id) is Change.EDITED
    (now,) = store.articles()
    assert (now["body"], now["attendees"]) == ("แก้ไขแล้ว", [])
    ((kept,),) = query_database(path, "SELECT article FROM revisions")
    assert "เนื้อข่าว" in kept  # as text that SQLite can search, not as \u0e40
    assert "ก ข" in kept


VERSIONS = [("ก", 1), ("ข", 2), ("ก", 3), ("ค", 4), ("ข", 5), ("ค", 6)]


@pytest.mark.parametrize("order", [*itertools.permutations(range(4)), (5, 4, 3, 2, 1, 0), (0, 2, 4, 1, 3, 5)])
def test_the_order_in_which_captures_come_does_not_matter(
    store: Store, run_id: int, path: Path, tmp_path: Path, order: tuple[int, ...]
) -> None:
    for number in order:
        text, day = VERSIONS[number]
        save(store, article(text=text, day=day), run_id)
    other = Store.open(f"sqlite:///{tmp_path / 'other.db'}")
    other_run = other.begin_run(spider="thaigov", source="warc:x", arguments={}, version="1")
    for text, day in sorted((VERSIONS[number] for number in order), key=lambda version: version[1]):
        save(other, article(text=text, day=day), other_run)
    other.close()
    assert content(path) == content(tmp_path / "other.db")


def test_two_captures_of_one_second_end_alike_in_both_orders(store: Store, run_id: int) -> None:
    for article_id, texts in ((1, ("ก", "ข")), (2, ("ข", "ก"))):
        for text in texts:
            save(store, article(article_id, text=text), run_id)
    first, second = store.articles()
    assert first["body"] == second["body"]


def test_a_newer_capture_of_the_same_version_moves_the_provenance(store: Store, run_id: int, path: Path) -> None:
    save(store, article(), run_id)
    newer = article(day=9, capture_url="https://example.org/newer", source="sample")
    assert save(store, newer, run_id) is Change.REFRESHED
    assert list(store.articles()) == [newer]
    assert not query_database(path, "SELECT * FROM revisions")


def test_a_newer_extractor_updates_without_a_revision(store: Store, run_id: int, path: Path) -> None:
    save(store, article(), run_id)
    again = article(extractor=2, event_start="2024-12-30", attendees=[])
    assert save(store, again, run_id) is Change.REFRESHED
    assert list(store.articles()) == [again]
    # Even where it reads the page otherwise, so that the digest differs.
    read_otherwise = article(extractor=3, text="เนื้อข่าวที่อ่านดีขึ้น")
    assert save(store, read_otherwise, run_id) is Change.REFRESHED
    assert list(store.articles()) == [read_otherwise]
    assert not query_database(path, "SELECT * FROM revisions")


def test_a_newer_extractor_updates_a_revision_too(store: Store, run_id: int, path: Path) -> None:
    save(store, article(text="ใหม่", day=2), run_id)
    assert save(store, article(), run_id) is Change.OLDER
    assert save(store, article(extractor=2, text="เก่าที่อ่านดีขึ้น"), run_id) is Change.REFRESHED
    ((digest,),) = query_database(path, "SELECT digest FROM revisions")
    assert digest == "digest of เก่าที่อ่านดีขึ้น"


@pytest.mark.parametrize(
    "read_as", [("ข", "ข", "ค"), ("ก", "ข", "ข"), ("ม", "ม", "ค"), ("ม", "ม", "ม"), ("ก", "ม", "ก")]
)
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_versions_that_a_newer_extractor_reads_alike_are_one(
    store: Store, run_id: int, path: Path, tmp_path: Path, read_as: tuple[str, ...], order: tuple[int, ...]
) -> None:
    for number in order:
        save(store, article(text="กขค"[number], day=number + 1), run_id)
    for number in order:
        save(store, article(text=read_as[number], day=number + 1, extractor=2), run_id)
    # A later edit finds a sound store.
    save(store, article(text="ง", day=9, extractor=2), run_id)
    other = Store.open(f"sqlite:///{tmp_path / 'other.db'}")
    other_run = other.begin_run(spider="thaigov", source="warc:x", arguments={}, version="1")
    for number in range(3):
        save(other, article(text=read_as[number], day=number + 1, extractor=2), other_run)
    save(other, article(text="ง", day=9, extractor=2), other_run)
    other.close()
    assert content(path) == content(tmp_path / "other.db")


def test_an_older_extractor_changes_nothing(store: Store, run_id: int, path: Path) -> None:
    save(store, article(extractor=2), run_id)
    before = content(path)
    assert save(store, article(extractor=1, text="อ่านแย่กว่า"), run_id) is Change.SAME
    assert content(path) == before


def test_a_failure_within_an_article_leaves_nothing_of_it(store: Store, run_id: int, path: Path) -> None:
    broken = article(attendees=[{"title": "นาย", "name": None, "position": None}])
    with pytest.raises(StoreError):
        save(store, broken, run_id)
    assert not any(content(path).values())
    assert not query_database(path, "SELECT * FROM visits")


def test_the_last_visit_of_each_source_is_kept(store: Store, run_id: int, path: Path) -> None:
    for source, outcome in (("a", Outcome.ABSENT), ("b", Outcome.ABSENT), ("a", Outcome.MOVED)):
        store.record(Visit(1, source, outcome), run_id)
    assert query_database(path, "SELECT source, outcome FROM visits ORDER BY 1") == [("a", "moved"), ("b", "absent")]


def test_within_a_run_an_article_outweighs_captures_without_one(store: Store, run_id: int, path: Path) -> None:
    save(store, article(), run_id)
    store.record(Visit(1, "warc:x", Outcome.ABSENT), run_id)
    assert query_database(path, "SELECT outcome FROM visits") == [("stored",)]
    later = store.begin_run(spider="thaigov", source="warc:x", arguments={}, version="1")
    store.record(Visit(1, "warc:x", Outcome.ABSENT), later)
    assert query_database(path, "SELECT outcome FROM visits") == [("absent",)]


@pytest.mark.parametrize("doubtful", [Outcome.FAILED, Outcome.MALFORMED])
def test_a_capture_that_may_hold_the_article_outweighs_one_that_holds_none(
    store: Store, run_id: int, path: Path, doubtful: Outcome
) -> None:
    for outcome in (doubtful, Outcome.ABSENT):
        store.record(Visit(1, "wayback", outcome), run_id)
    assert query_database(path, "SELECT outcome FROM visits") == [(doubtful.value,)]
    assert store.settled("wayback", "", "") == set()
    assert store.to_try_again("wayback") == {1}


def test_what_is_known(store: Store, run_id: int) -> None:
    save(store, article(), run_id)
    here, there = "http://a/web/", "http://b/web/"
    store.record(Visit(2, "wayback", Outcome.ABSENT, url=f"{here}2"), run_id)
    store.record(Visit(3, "wayback", Outcome.MOVED, url=f"{here}3"), run_id)
    store.record(Visit(4, "wayback", Outcome.FAILED, url=f"{here}4"), run_id)
    assert store.settled("wayback", here, "") == {1, 2, 3}
    assert store.settled("wayback", there, "") == {1}
    assert store.settled("live", here, "") == {1}
    assert store.settled("wayback", here, "9999") == {1}


def test_an_unfinished_run_has_no_end(store: Store, run_id: int, path: Path) -> None:
    assert query_database(path, "SELECT finished_at, exit_status FROM runs") == [(None, None)]
    store.end_run(run_id, planned=1, outcomes={"stored": 1}, reason="finished", exit_status=0)
    ((finished_at, status),) = query_database(path, "SELECT finished_at, exit_status FROM runs")
    assert finished_at
    assert status == 0


def test_opening_what_is_not_there_to_read_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no database"):
        Store.open(f"sqlite:///{tmp_path / 'none.db'}", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("url", ["no url", "sqlitee:///x.db", "sqlite:////none/x.db"])
def test_a_bad_url_is_told(url: str) -> None:
    with pytest.raises(StoreError):
        Store.open(url)


def test_the_password_of_a_database_is_not_shown() -> None:
    with pytest.raises(StoreError) as caught:
        Store.open("nodialect://me:secret@localhost/news")
    assert "secret" not in str(caught.value)


def test_foreign_keys_hold(store: Store, run_id: int) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        store.record(Visit(1, "a", Outcome.ABSENT), run_id + 99)
