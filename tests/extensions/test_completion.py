"""The lines of the journal that killed runs have left out: the next run writes them."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import Settings

from tests.support.commands import query_database
from tests.support.stored import article, begin, end, save, save_each
from thaigov_crawler.errors import StoreError
from thaigov_crawler.exports import jsonl
from thaigov_crawler.extensions.completion import JournalCompletion
from thaigov_crawler.run import run_of
from thaigov_crawler.run.marks import Marks
from thaigov_crawler.store import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the sample's output."""
    (tmp_path / "sample").mkdir()
    return tmp_path / "sample"


@pytest.fixture
def store(folder: Path) -> Store:
    return Store.open(f"sqlite:///{folder / 'thaigov.db'}")


def killed(store: Store, folder: Path, *ids: int, **fields: object) -> None:
    """Begin a run of a folder that saves articles and never ends."""
    run_id = begin(store, "sample")
    save_each(store, run_id, *ids, **fields)
    descriptor = Marks(folder, str(folder / "thaigov.db")).put(run_id)
    assert descriptor is not None
    os.close(descriptor)


def written(folder: Path, *articles: dict) -> Path:
    """Write lines into the journal."""
    path = folder / "thaigov.jsonl"
    with path.open("ab") as journal:
        jsonl.write(articles, journal)
    return path


def completed(crawler: Crawler, folder: Path) -> list[str]:
    """Let a run open. Return the journal: the beginning of each line."""
    crawler.signals.send_catch_log(signals.spider_opened, spider=crawler.spider)
    path = folder / "thaigov.jsonl"
    return [line.partition(", ")[0] for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def lines(*ids: int) -> list[str]:
    return [f'{{"id": {number}' for number in ids]


def store_has_revisions(folder: Path, *ids: int) -> bool:
    rows = query_database(folder / "thaigov.db", "SELECT article_id FROM revisions ORDER BY 1")
    return [number for (number,) in rows] == list(ids)


def test_what_a_killed_run_has_stored_is_added_in_its_order(crawler: Crawler, folder: Path, store: Store) -> None:
    killed(store, folder, 1, 2, 3)
    journal = written(folder, article(1))
    assert completed(crawler, folder) == lines(1, 2, 3)
    expected = folder / "expected"
    with expected.open("wb") as file:
        jsonl.write([article(1), article(2), article(3)], file)
    assert journal.read_bytes() == expected.read_bytes()


def test_half_a_line_is_none(crawler: Crawler, folder: Path, store: Store) -> None:
    killed(store, folder, 1)
    journal = written(folder, article(1))
    journal.write_bytes(journal.read_bytes()[:-1])
    assert completed(crawler, folder) == lines(1, 1)
    assert completed(crawler, folder) == lines(1, 1)


def test_a_line_of_an_earlier_version_is_none(crawler: Crawler, folder: Path, store: Store) -> None:
    first = begin(store, "sample")
    save(store, article(1), first)
    end(store, first)
    written(folder, article(1))
    killed(store, folder, 1, text="เนื้อข่าวที่แก้ไขแล้ว", day=2)
    assert completed(crawler, folder) == lines(1, 1)


def test_a_page_that_takes_the_place_of_a_text_is_news_but_an_earlier_version_is_not(
    crawler: Crawler, folder: Path, store: Store
) -> None:
    first = begin(store, "sample")
    save(store, article(1, layout="corpus", captured_at="2024-12-31T00:00:00+00:00"), first)
    save_each(store, first, 2, day=9)
    end(store, first)
    killed(store, folder, 1, text="เนื้อข่าวของหน้า")
    killed(store, folder, 2, text="เนื้อข่าวก่อนแก้ไข")
    assert store_has_revisions(folder, 1, 2)
    assert completed(crawler, folder) == lines(1)


def test_runs_that_ended_are_taken_to_have_written_theirs(crawler: Crawler, folder: Path, store: Store) -> None:
    run_id = begin(store, "sample")
    save_each(store, run_id, 2)
    end(store, run_id)
    assert completed(crawler, folder) == []


def test_all_killed_runs_count_once_also_before_one_that_ended(crawler: Crawler, folder: Path, store: Store) -> None:
    killed(store, folder, 1)
    killed(store, folder, 2)
    killed(store, folder)
    run_id = begin(store, "sample")
    save_each(store, run_id, 3)
    end(store, run_id)
    assert completed(crawler, folder) == lines(1, 2)
    (folder / "thaigov.jsonl").unlink()
    assert completed(crawler, folder) == []


def test_what_a_run_at_work_may_yet_write_is_left_to_it(crawler: Crawler, folder: Path, store: Store) -> None:
    run_id = begin(store, "sample")
    save_each(store, run_id, 1)
    marks = Marks(folder, str(folder / "thaigov.db"))
    descriptor = marks.put(run_id)
    assert descriptor is not None
    assert completed(crawler, folder) == []
    os.close(descriptor)  # it is killed
    assert completed(crawler, folder) == lines(1)


def test_runs_of_other_folders_with_the_same_database_are_left_to_these(
    crawler: Crawler, folder: Path, store: Store, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    killed(store, tmp_path / "other", 1)
    assert completed(crawler, folder) == []


def test_runs_of_this_folder_with_another_database_are_left(crawler: Crawler, folder: Path, store: Store) -> None:
    run_id = begin(store, "sample")
    save_each(store, run_id, 1)
    descriptor = Marks(folder, "another").put(run_id)
    assert descriptor is not None
    os.close(descriptor)
    assert completed(crawler, folder) == []


def test_a_run_that_ends_in_order_leaves_no_mark(crawler: Crawler, folder: Path, store: Store) -> None:
    run = run_of(crawler)
    completed(crawler, folder)
    assert len(list(folder.glob(".run-*"))) == 1
    run.store.close()
    assert list(folder.glob(".run-*")) == []


def test_a_run_whose_database_failed_leaves_its_lines_to_the_next(
    crawler: Crawler, folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(crawler)
    monkeypatch.setattr(run, "end", lambda reason, why, advice="": None)
    run.store.begin()
    save_each(store, run.store.run_id, 1)  # it was committed, and nobody could tell the run so
    with pytest.raises(StoreError), run.store.reading():
        raise TypeError
    run.store.close()
    with Marks(folder, str(folder / "thaigov.db")).of_killed() as found:
        assert found == [run.store.run_id]


def test_a_run_without_the_journal_writes_none(crawler: Crawler) -> None:
    other = SimpleNamespace(spider=crawler.spider, settings=Settings({"FEEDS": {"news.csv": {"format": "csv"}}}))
    with pytest.raises(NotConfigured):
        JournalCompletion.from_crawler(other)
