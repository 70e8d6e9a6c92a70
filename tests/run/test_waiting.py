"""Waiting: when the visits of a crawl of files are written, and what others can do meanwhile."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred

from tests.support.articles import article
from tests.support.commands import query_database
from tests.support.waiting import LIMIT
from thaigov_crawler.errors import LostStoreError, StoreError
from thaigov_crawler.items import exported
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.run import Run, run_of, waiting
from thaigov_crawler.store import Change, versions


class Timers(list[tuple[float, Callable[[], Any]]]):
    """What is to be called, and in how many seconds."""

    def __call__(self, seconds: float, function: Callable[[], Any]) -> SimpleNamespace:
        timer = (seconds, function)
        self.append(timer)
        return SimpleNamespace(cancel=lambda: self.remove(timer) if timer in self else None)

    def fire(self, happened: Callable[[], object]) -> None:
        """Call the next one in a loop, which ends when that has happened."""

        async def fired() -> None:
            self.pop(0)[1]()
            while not happened():
                await asyncio.sleep(0.01)

        asyncio.run(asyncio.wait_for(fired(), LIMIT))


@pytest.fixture
def timers(monkeypatch: pytest.MonkeyPatch) -> Timers:
    timers = Timers()
    monkeypatch.setattr(waiting, "call_later", timers)
    return timers


@pytest.fixture
def run(crawler: Crawler, timers: Timers) -> Run:
    run = run_of(crawler)
    run.store.begin()
    return run


@pytest.fixture
def _gathering(run: Run) -> Iterator[None]:
    """Files are read."""
    with run.visits.written_together():
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample" / "thaigov.db"


def saved(run: Run, **changes: Any) -> Deferred[Change]:
    """Save an article as the pipelines do."""
    fields = exported(article(**changes))
    run.visits.compare(fields)
    return run.visits.save(fields)


def stored(path: Path) -> list[int]:
    return [number for (number,) in query_database(path, "SELECT id FROM articles ORDER BY id")]


@pytest.mark.usefixtures("_gathering")
def test_nothing_is_told_before_it_is_stored(run: Run, path: Path, visits: list[Visit], timers: Timers) -> None:
    told = saved(run, id=1)
    run.visits.end(Visit(2, "sample", Outcome.ABSENT))
    assert (stored(path), visits, told.called) == ([], [], False)
    assert [seconds for seconds, _ in timers] == [waiting.LONGEST]
    timers.fire(lambda: told.called)
    assert stored(path) == [1]
    assert [(visit.article_id, visit.outcome) for visit in visits] == [(1, Outcome.STORED), (2, Outcome.ABSENT)]
    assert told.result is Change.NEW


@pytest.mark.usefixtures("_gathering")
def test_others_can_write_while_visits_wait(run: Run, path: Path) -> None:
    saved(run, id=1)
    with sqlite3.connect(path, timeout=0, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO forgotten VALUES (1, '')")
        other.execute("COMMIT")
    other.close()
    run.visits.write_waiting()
    assert stored(path) == []  # what another process has written meanwhile counts


@pytest.mark.usefixtures("_gathering")
def test_many_are_written(run: Run, path: Path, timers: Timers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MOST", 2)
    saved(run, id=1)
    told = saved(run, id=2)
    assert [seconds for seconds, _ in timers] == [0]
    timers.fire(lambda: told.called)
    assert stored(path) == [1, 2]
    assert not timers


@pytest.mark.usefixtures("_gathering")
def test_visits_that_end_one_right_after_the_other_do_not_put_it_off(
    run: Run, path: Path, timers: Timers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST", 2)
    saved(run, id=1)
    saved(run, id=2)
    (timer,) = timers
    saved(run, id=3)
    told = saved(run, id=4)
    assert len(timers) == 1
    assert timers[0] is timer
    timers.fire(lambda: told.called)
    assert stored(path) == [1, 2, 3, 4]


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Until this is set, no transaction begins."""
    hold, save = threading.Event(), versions.save

    def saved_later(*given: Any, **named: Any) -> list[Change]:
        assert hold.wait(LIMIT)
        return save(*given, **named)

    monkeypatch.setattr(versions, "save", saved_later)
    return hold


@pytest.mark.usefixtures("_gathering")
def test_while_some_are_stored_others_end_and_are_stored_next(
    run: Run, path: Path, timers: Timers, hold: threading.Event, visits: list[Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST", 2)
    told = [saved(run, id=1), saved(run, id=2)]

    def others_end() -> bool:
        if len(told) == 2:
            told.extend([saved(run, id=3), saved(run, id=1, digest="e", captured_at="2025-01-03T00:00:00+00:00")])
            timers.pop(0)[1]()  # they wait for the thread
            assert visits == []
            hold.set()
        return all(each.called for each in told)

    timers.fire(others_end)
    assert [each.result for each in told] == [Change.NEW, Change.NEW, Change.NEW, Change.EDITED]
    assert [visit.article_id for visit in visits] == [1, 2, 3, 1]
    assert stored(path) == [1, 2, 3]
    assert not timers


@pytest.mark.usefixtures("_gathering")
def test_what_a_thread_stores_is_told_before_all_else(
    run: Run, timers: Timers, hold: threading.Event, visits: list[Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST", 2)
    saved(run, id=1)
    saved(run, id=2)

    def all_is_written() -> bool:
        saved(run, id=3)
        hold.set()
        run.visits.write_waiting()
        return True

    timers.fire(all_is_written)
    assert [visit.article_id for visit in visits] == [1, 2, 3]


def test_they_are_written_when_all_files_are_read(run: Run, path: Path, timers: Timers) -> None:
    with run.visits.written_together():
        saved(run, id=1)
        assert stored(path) == []
    assert stored(path) == [1]
    assert not timers


def test_on_a_network_each_visit_is_written_at_once(run: Run, path: Path, timers: Timers) -> None:
    assert saved(run, id=1).result is Change.NEW
    assert stored(path) == [1]
    assert not timers


@pytest.mark.usefixtures("_gathering")
def test_another_version_is_compared_with_the_one_that_waits(run: Run, path: Path) -> None:
    first = saved(run, id=1)
    second = saved(run, id=1, digest="e", captured_at="2025-01-03T00:00:00+00:00")
    run.visits.write_waiting()
    assert (first.result, second.result) == (Change.NEW, Change.EDITED)
    assert query_database(path, "SELECT count(*) FROM revisions") == [(1,)]


@pytest.mark.usefixtures("_gathering")
@pytest.mark.parametrize("in_a_thread", [False, True])
def test_an_article_that_no_database_takes_keeps_no_other_out(
    run: Run, path: Path, timers: Timers, monkeypatch: pytest.MonkeyPatch, in_a_thread: bool
) -> None:
    ends: list[str] = []
    monkeypatch.setattr(run, "end", lambda reason, why, advice="": ends.append(reason.word))
    results: list[Any] = []
    for number, title in ((1, "ก"), (2, "half a pair \ud800"), (3, "ข")):
        saved(run, id=number, title=title).addBoth(results.append)
    if in_a_thread:
        timers.fire(lambda: len(results) == 3)
    else:
        run.visits.write_waiting()
    assert stored(path) == [1]
    assert results[0] is Change.NEW
    assert all(failure.check(StoreError) for failure in results[1:])  # the run has ended
    assert ends == ["store_failed"]


@pytest.mark.usefixtures("_gathering")
def test_a_bug_keeps_no_other_out_and_nobody_waits_for_it(
    run: Run, path: Path, timers: Timers, visits: list[Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    save = versions.save

    def buggy(connection: Any, savings: Any, **named: Any) -> list[Change]:
        if any(saving.article["id"] == 2 for saving in savings):
            raise KeyError("a bug")
        return save(connection, savings, **named)

    monkeypatch.setattr(versions, "save", buggy)
    results: list[Any] = []
    for number in (1, 2, 3):
        saved(run, id=number).addBoth(results.append)
    timers.fire(lambda: len(results) == 3)
    assert (results[0], results[2]) == (Change.NEW, Change.NEW)
    assert results[1].check(KeyError)
    assert stored(path) == [1, 3] == [visit.article_id for visit in visits]
    assert not run.ending


@pytest.mark.usefixtures("_gathering")
def test_a_visit_that_is_not_stored_is_never_told_to_be(
    run: Run, path: Path, visits: list[Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "end", lambda reason, why, advice="": None)
    saved(run, id=1).addErrback(lambda failure: None)
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE visits")
    other.close()
    run.visits.write_waiting()
    assert (stored(path), visits) == ([], [])


@pytest.mark.usefixtures("_gathering")
def test_visits_that_are_lost_before_another_write_end_the_run(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: Any, **__: Any) -> None:
        raise LostStoreError("the server has gone, each time that it is back")

    ends = []
    monkeypatch.setattr(run, "end", lambda reason, why, advice="": ends.append(reason.word))
    monkeypatch.setattr(versions, "save", lost)
    failures: list[Any] = []
    saved(run, id=1).addErrback(failures.append)
    with pytest.raises(StoreError):
        run.write(lambda connection: None)
    assert ends == ["store_failed"]
    assert len(failures) == 1


@pytest.mark.usefixtures("_gathering")
def test_the_end_of_a_run_counts_what_waited(run: Run, path: Path) -> None:
    saved(run, id=1)
    run.close("finished")
    assert query_database(path, "SELECT json_extract(outcomes, '$.stored') FROM runs") == [(1,)]
