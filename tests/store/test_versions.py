"""The versions of an article, whichever order they come in."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.support.commands import query_database
from tests.support.stored import article, begin, content, opened, save
from thaigov_crawler.store import Change, Store, articles, versions
from thaigov_crawler.store.versions import compare


def in_orders(*orders: tuple[int, ...]) -> pytest.MarkDecorator:
    """Run a test in these orders on SQLite, and in the first one on PostgreSQL: the rules know no database."""
    rows = [*(("sqlite", order) for order in orders), ("postgresql", orders[0])]
    return pytest.mark.parametrize(("path", "order"), rows, indirect=["path"])


@in_orders(*itertools.permutations(range(3)))
def test_a_text_of_a_corpus_is_never_better_than_a_page(
    store: Store, run_id: int, path: Path | str, order: tuple[int, ...]
) -> None:
    text = article(text="ข้อความ", day=9, source="corpus", layout="corpus")
    versions = (article(text="ก", day=1), article(text="ข", day=2), text)
    changes = [save(store, versions[number], run_id) for number in order]
    (now,) = articles.read(store)
    assert now == versions[1]
    # What it replaces nobody edited, and what is replaced is kept, as everything that was stored.
    assert (Change.REPLACED in changes) == (order[0] == 2)
    kept = [digest for (digest,) in query_database(path, "SELECT digest FROM revisions ORDER BY captured_at")]
    assert kept == ["digest of ก", *(["digest of ข้อความ"] if order[0] == 2 else [])]
    edits = query_database(path, "SELECT count(*) FROM changes WHERE kind = 'edited'")
    assert edits == [(1 if order.index(0) < order.index(1) else 0,)]


def test_of_two_texts_of_a_corpus_none_was_edited(store: Store, run_id: int, path: Path | str) -> None:
    """Their captures are the days of publication that they name."""
    texts = [
        article(text=text, day=day, source="corpus", layout="corpus") for text, day in (("ก", 1), ("ข", 3), ("ค", 2))
    ]
    assert [save(store, text, run_id) for text in texts] == [Change.NEW, Change.OLDER, Change.OLDER]
    assert save(store, texts[0], run_id) is Change.SAME
    assert [now["body"] for now in articles.read(store)] == ["ข"]
    assert query_database(path, "SELECT digest FROM revisions ORDER BY 1") == [("digest of ก",), ("digest of ค",)]
    assert query_database(path, "SELECT kind FROM changes") == [("new",)]


def test_the_same_version_changes_nothing(store: Store, run_id: int, path: Path | str) -> None:
    save(store, article(), run_id)
    before = content(path)
    with store.reading() as connection:
        assert compare(connection, article()).change is Change.SAME
    assert save(store, article(), run_id) is Change.SAME
    assert content(path) == before


def test_an_edit_keeps_the_version_held_before(store: Store, run_id: int, path: Path | str) -> None:
    save(store, article(), run_id)
    assert save(store, article(text="แก้ไขแล้ว", day=2, attendees=[]), run_id) is Change.EDITED
    (now,) = articles.read(store)
    assert (now["body"], now["attendees"]) == ("แก้ไขแล้ว", [])
    ((kept,),) = query_database(path, "SELECT article FROM revisions")
    assert "เนื้อข่าว" in kept  # as text that SQLite can search, not as \u0e40
    assert "ก ข" in kept


VERSIONS = [("ก", 1), ("ข", 2), ("ก", 3), ("ค", 4), ("ข", 5), ("ค", 6)]


@in_orders((5, 4, 3, 2, 1, 0), (0, 2, 4, 1, 3, 5), *itertools.permutations(range(4)))
def test_the_order_in_which_captures_come_does_not_matter(
    store: Store, run_id: int, path: Path | str, tmp_path: Path, order: tuple[int, ...]
) -> None:
    for number in order:
        text, day = VERSIONS[number]
        save(store, article(text=text, day=day), run_id)
    other = Store.open(f"sqlite:///{tmp_path / 'other.db'}")
    other_run = begin(other)
    for text, day in sorted((VERSIONS[number] for number in order), key=lambda version: version[1]):
        save(other, article(text=text, day=day), other_run)
    other.close()
    assert content(path) == content(tmp_path / "other.db")


def test_two_captures_of_one_second_end_alike_in_both_orders(store: Store, run_id: int) -> None:
    for article_id, texts in ((1, ("ก", "ข")), (2, ("ข", "ก"))):
        for text in texts:
            save(store, article(article_id, text=text), run_id)
    first, second = articles.read(store)
    assert first["body"] == second["body"]


def test_two_addresses_of_one_second_end_alike_in_both_orders(store: Store, run_id: int) -> None:
    for article_id, addresses in ((1, ("a", "b")), (2, ("b", "a"))):
        for address in (*addresses, *addresses):
            save(store, article(article_id, capture_url=f"https://example.org/{address}"), run_id)
    first, second = articles.read(store)
    assert first["capture_url"] == second["capture_url"]
    assert save(store, article(2, capture_url="https://example.org/a"), run_id) is Change.SAME


def test_a_newer_capture_of_the_same_version_moves_the_provenance(store: Store, run_id: int, path: Path | str) -> None:
    save(store, article(), run_id)
    newer = article(day=9, capture_url="https://example.org/newer", source="sample")
    assert save(store, newer, run_id) is Change.REFRESHED
    assert list(articles.read(store)) == [newer]
    assert not query_database(path, "SELECT * FROM revisions")


def test_a_newer_extractor_updates_without_a_revision(store: Store, run_id: int, path: Path | str) -> None:
    save(store, article(), run_id)
    again = article(extractor=2, event_start="2024-12-30", attendees=[])
    assert save(store, again, run_id) is Change.REFRESHED
    assert list(articles.read(store)) == [again]
    # Even where it reads the page otherwise, so that the digest differs.
    read_otherwise = article(extractor=3, text="เนื้อข่าวที่อ่านดีขึ้น")
    assert save(store, read_otherwise, run_id) is Change.REFRESHED
    assert list(articles.read(store)) == [read_otherwise]
    assert not query_database(path, "SELECT * FROM revisions")


def test_a_newer_extractor_updates_a_revision_too(store: Store, run_id: int, path: Path | str) -> None:
    save(store, article(text="ใหม่", day=2), run_id)
    assert save(store, article(), run_id) is Change.OLDER
    assert save(store, article(extractor=2, text="เก่าที่อ่านดีขึ้น"), run_id) is Change.REFRESHED
    ((digest,),) = query_database(path, "SELECT digest FROM revisions")
    assert digest == "digest of เก่าที่อ่านดีขึ้น"


@pytest.mark.parametrize(
    "read_as", [("ข", "ข", "ค"), ("ก", "ข", "ข"), ("ม", "ม", "ค"), ("ม", "ม", "ม"), ("ก", "ม", "ก")]
)
@in_orders((2, 0, 1), (0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 1, 0))
def test_versions_that_a_newer_extractor_reads_alike_are_one(
    store: Store, run_id: int, path: Path | str, tmp_path: Path, read_as: tuple[str, ...], order: tuple[int, ...]
) -> None:
    for number in order:
        save(store, article(text="กขค"[number], day=number + 1), run_id)
    for number in order:
        save(store, article(text=read_as[number], day=number + 1, extractor=2), run_id)
    # A later edit finds a sound store.
    save(store, article(text="ง", day=9, extractor=2), run_id)
    other = Store.open(f"sqlite:///{tmp_path / 'other.db'}")
    other_run = begin(other)
    for number in range(3):
        save(other, article(text=read_as[number], day=number + 1, extractor=2), other_run)
    save(other, article(text="ง", day=9, extractor=2), other_run)
    other.close()
    assert content(path) == content(tmp_path / "other.db")


def test_an_older_extractor_changes_nothing(store: Store, run_id: int, path: Path | str) -> None:
    save(store, article(extractor=2), run_id)
    before = content(path)
    assert save(store, article(extractor=1, text="อ่านแย่กว่า"), run_id) is Change.SAME
    assert content(path) == before


@pytest.mark.parametrize(
    ("held", "mine", "meanwhile"),
    [
        ([], article(text="ก", day=2), [article(text="ข", day=1)]),
        ([], article(text="ก", day=2), [article(text="ก", day=2)]),
        ([], article(text="ก", day=1), [article(text="ข", day=2)]),
        ([article(text="ก")], article(text="ข", day=2), [article(text="ค", day=3)]),
        ([article(text="ก")], article(text="ข", day=3), [article(text="ค", day=2)]),
        ([article(text="ก", day=9)], article(text="ข", day=1), [article(text="ข", day=3)]),  # the head stays
        ([article(text="ก", day=9)], article(text="ข", day=3), [article(text="ข", day=1)]),
        ([article(text="ก")], article(), [article(text="ก", extractor=2)]),
        ([article(text="ก")], article(text="ก"), [article(text="ข", day=2)]),
        ([article(layout="corpus")], article(text="ก", day=2), [article(text="ข", day=3)]),
    ],
)
def test_what_another_process_has_written_since_it_was_compared_counts(
    store: Store, run_id: int, path: Path | str, tmp_path: Path, held: list, mine: dict, meanwhile: list
) -> None:
    beside, apart = opened(path), Store.open(f"sqlite:///{tmp_path / 'apart.db'}")
    begin(apart)
    for item in held:
        save(store, item, run_id)
    with store.reading() as connection:
        comparison = compare(connection, mine)
    for item in meanwhile:
        save(beside, item, run_id)
    with store.writing() as connection:
        saving = versions.Saving(mine, comparison, "2025-02-01T00:00:00+00:00")
        (change,) = versions.save(connection, [saving], run_id=run_id)
    *_, expected = [save(apart, item, run_id) for item in (*held, *meanwhile, mine)]
    assert change is expected
    assert content(path) == content(tmp_path / "apart.db")
    happened = "SELECT kind, fields FROM changes ORDER BY id"
    assert query_database(path, happened) == query_database(tmp_path / "apart.db", happened)
    beside.close()
    apart.close()


def test_what_is_as_it_was_compared_is_not_compared_again(
    store: Store, run_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, article(), run_id)
    save(store, article(text="ก", day=2), run_id)
    mine = article(text="ข", day=3)
    with store.reading() as connection:
        comparison = compare(connection, mine)
    monkeypatch.setattr(versions, "compare", None)
    with store.writing() as connection:
        saving = versions.Saving(mine, comparison, mine["captured_at"])
        assert versions.save(connection, [saving], run_id=run_id) == [Change.EDITED]
    assert [now["body"] for now in articles.read(store)] == ["ข"]


def test_a_capture_of_the_future_is_older_than_any_other(store: Store, run_id: int) -> None:
    ahead = article(text="จากอนาคต", captured_at="9999-12-31T23:59:59+00:00")
    save(store, ahead, run_id)
    assert save(store, article(), run_id) is Change.EDITED
    assert [now["body"] for now in articles.read(store)] == ["เนื้อข่าว"]
    assert save(store, ahead, run_id) is Change.SAME
