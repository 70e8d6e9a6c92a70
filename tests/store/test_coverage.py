"""What a store says of article IDs, months and people; counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.stored import begin, end, save_each, visited
from tests.support.stores import change
from thaigov_crawler.store import Store, coverage
from thaigov_crawler.store.coverage import FORGOTTEN, Coverage, MonthOfSection, Stretch


def read(store: Store, attendees: int = 20, latest: int = 50) -> Coverage:
    with store.reading() as connection:
        return coverage.read(connection, attendees=attendees, latest=latest)


def test_nothing(store: Store) -> None:
    assert read(store) == Coverage([], [], [], [], 0, [])


def test_consecutive_ids_of_one_kind_are_one_stretch(store: Store) -> None:
    run = begin(store)
    save_each(store, run, 5, 6, 7, 9)
    for article_id in (8, 11, 12):
        visited(store, article_id, ("live", "absent", 1))
    visited(store, 13, ("live", "moved", 1))
    assert read(store).known == [
        Stretch(5, 7, "stored"),
        Stretch(8, 8, "absent"),
        Stretch(9, 9, "stored"),
        Stretch(11, 12, "absent"),
        Stretch(13, 13, "moved"),
    ]


@pytest.mark.parametrize(
    ("ends", "kind"),
    [
        ([("live", "failed", 1), ("live", "absent", 2)], "absent"),  # of one source the last visit counts
        ([("live", "absent", 1), ("live", "failed", 2)], "failed"),
        ([("live", "absent", 1), ("wayback", "moved", 2)], "moved"),  # no hope left: what was said last
        ([("live", "moved", 1), ("wayback", "absent", 2)], "absent"),
        ([("live", "absent", 2), ("wayback", "failed", 1)], "failed"),  # the archive may have one
        ([("live", "absent", 1), ("wayback", "malformed", 2)], "malformed"),
        ([("live", "refused", 2), ("wayback", "failed", 1)], "refused"),  # the last of those that leave hope
        ([("live", "absent", 1), ("wayback", "stored", 2)], "failed"),  # there was one, and the store lost it
    ],
)
def test_several_sources(store: Store, ends: list[tuple[str, str, int]], kind: str) -> None:
    visited(store, 3, *ends)
    assert read(store).known == [Stretch(3, 3, kind)]


def test_a_stored_article_outweighs_every_visit(store: Store) -> None:
    run = begin(store)
    save_each(store, run, 3)
    visited(store, 3, ("live", "absent", 1), ("wayback", "failed", 2))
    assert read(store).known == [Stretch(3, 3, "stored")]


def test_what_must_not_come_back_is_of_a_kind_of_its_own(store: Store, path: Path | str) -> None:
    save_each(store, begin(store), 1, 4)
    visited(store, 2, ("live", "failed", 1))
    change(path, "INSERT INTO forgotten VALUES (2, '2025-03-01T00:00:00+00:00'), (3, '2025-03-01T00:00:00+00:00')")
    assert read(store).known == [Stretch(1, 1, "stored"), Stretch(2, 3, FORGOTTEN), Stretch(4, 4, "stored")]


def test_articles_by_month_and_section(store: Store) -> None:
    run = begin(store)
    save_each(store, run, 1, 2, date_published="2025-03-31")
    save_each(store, run, 3, date_published="2025-03-01", section=None)
    save_each(store, run, 4, date_published="2024-12-31")
    assert read(store).months == [
        MonthOfSection("2024-12", "ด้านสังคม", 1),
        MonthOfSection("2025-03", None, 1),
        MonthOfSection("2025-03", "ด้านสังคม", 2),
    ]


def test_the_most_frequent_attendees_by_articles(store: Store) -> None:
    run = begin(store)
    one, other = (
        {"title": title, "name": name, "position": None} for title, name in (("นาย", "กอบ ขจร"), ("นาง", "คำ งามพร้อม"))
    )
    save_each(store, run, 1, attendees=[one, {**one, "position": "ปลัด"}], mentions=[other])
    save_each(store, run, 2, attendees=[one], mentions=[])
    save_each(store, run, 3, attendees=[other], mentions=[one])
    assert read(store).attendees == [("กอบ ขจร", 2), ("คำ งามพร้อม", 1)]
    assert read(store, attendees=1).attendees == [("กอบ ขจร", 2)]


def test_spellings_of_one_name_are_one_person_and_a_given_name_is_none(store: Store) -> None:
    run = begin(store)
    for article_id, name in enumerate(["วิศิษฏ์ งามพร้อมเลิศ", "วิศิษฏ์ งามพร้อมเลิศ", "วิศิษฎ์ งามพร้อมเลิศ", "กอบ", "กอบ"], 1):
        person = {"title": "นาย", "name": name, "position": None}
        save_each(store, run, article_id, attendees=[person], mentions=[])
    assert read(store).attendees == [("วิศิษฏ์ งามพร้อมเลิศ", 3)]


def test_the_latest_runs(store: Store) -> None:
    for source in ("wayback", "warc:x"):
        end(store, begin(store, source), planned=2, outcomes={"stored": 2})
    begin(store, "live")
    read_runs = read(store, latest=2)
    assert read_runs.runs_in_all == 3
    assert [run.id for run in read_runs.runs] == [2, 3]
    ended, killed = read_runs.runs
    assert (ended.planned, ended.outcomes, ended.reason, ended.exit_status) == (2, {"stored": 2}, "finished", 0)
    assert (killed.spider, killed.source, killed.finished_at, killed.planned) == ("thaigov", "live", None, None)
    assert (killed.outcomes, killed.reason, killed.exit_status) == (None, None, None)
