"""Waiting: when the visits of a crawl of files are written, and what others can do meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import signals
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred

from tests.support.articles import article
from tests.support.commands import query_database
from thaigov_crawler.errors import StoreError
from thaigov_crawler.items import exported
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.run import Run, run_of, waiting
from thaigov_crawler.store import Change


class Engine:
    """What is read of Scrapy's engine. Pages are under way until `pages` is set to nothing."""

    def __init__(self) -> None:
        self.pages = {"under way"}
        self.is_full = False
        self.scheduler = SimpleNamespace(has_pending_requests=lambda: False)
        self.scraper = SimpleNamespace(
            slot=SimpleNamespace(queue=(), active=(), closing=None, needs_backout=lambda: self.is_full)
        )

    @property
    def downloader(self) -> SimpleNamespace:
        return SimpleNamespace(active=self.pages)


class Timers(list[tuple[float, Callable[[], Any]]]):
    """What is to be called, and in how many seconds."""

    def __call__(self, seconds: float, function: Callable[[], Any]) -> SimpleNamespace:
        timer = (seconds, function)
        self.append(timer)
        return SimpleNamespace(cancel=lambda: self.remove(timer) if timer in self else None)

    def fire(self) -> None:
        """Call the next one."""
        self.pop(0)[1]()


@pytest.fixture
def timers(monkeypatch: pytest.MonkeyPatch) -> Timers:
    timers = Timers()
    monkeypatch.setattr(waiting, "call_later", timers)
    return timers


@pytest.fixture
def engine(crawler: Crawler) -> Engine:
    """The engine of a crawl that is at work."""
    engine = Engine()
    crawler.engine = engine
    crawler.signals.send_catch_log(signals.spider_opened)
    return engine


@pytest.fixture
def run(crawler: Crawler, engine: Engine, timers: Timers) -> Run:
    run = run_of(crawler)
    run.store.begin()
    return run


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


def test_nothing_is_told_before_it_is_stored(run: Run, path: Path, visits: list[Visit], timers: Timers) -> None:
    told = saved(run, id=1)
    run.visits.end(Visit(2, "sample", Outcome.ABSENT))
    assert (stored(path), visits, told.called) == ([], [], False)
    assert [seconds for seconds, _ in timers] == [waiting.LONGEST]
    timers.fire()
    assert stored(path) == [1]
    assert [(visit.article_id, visit.outcome) for visit in visits] == [(1, Outcome.STORED), (2, Outcome.ABSENT)]
    assert told.result is Change.NEW


def test_others_can_write_while_visits_wait(run: Run, path: Path) -> None:
    saved(run, id=1)
    with sqlite3.connect(path, timeout=0, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO forgotten VALUES (1, '')")
        other.execute("COMMIT")
    other.close()
    run.visits.write_waiting()
    assert stored(path) == []  # what another process has written meanwhile counts


def test_many_are_written(run: Run, path: Path, timers: Timers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MOST", 2)
    saved(run, id=1)
    saved(run, id=2)
    assert [seconds for seconds, _ in timers] == [0]
    timers.fire()
    assert stored(path) == [1, 2]
    assert not timers


@pytest.mark.parametrize("change", [{"pages": ()}, {"is_full": True}], ids=["no page", "no room for more pages"])
def test_they_are_written_if_no_other_visit_comes(run: Run, engine: Engine, timers: Timers, change: dict) -> None:
    vars(engine).update(change)
    saved(run, id=1)
    assert [seconds for seconds, _ in timers] == [0]


def test_they_are_written_when_the_last_page_brought_nothing(
    run: Run, engine: Engine, crawler: Crawler, path: Path
) -> None:
    saved(run, id=1)
    crawler.signals.send_catch_log(signals.scheduler_empty)
    assert stored(path) == []
    engine.pages = set()
    crawler.signals.send_catch_log(signals.scheduler_empty)
    assert stored(path) == [1]


def test_another_version_is_compared_with_the_one_that_waits(run: Run, path: Path) -> None:
    first = saved(run, id=1)
    second = saved(run, id=1, digest="e", captured_at="2025-01-03T00:00:00+00:00")
    run.visits.write_waiting()
    assert (first.result, second.result) == (Change.NEW, Change.EDITED)
    assert query_database(path, "SELECT count(*) FROM revisions") == [(1,)]


def test_an_article_that_no_database_takes_keeps_no_other_out(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: list[str] = []
    monkeypatch.setattr(run, "end", lambda reason, why, advice="": ends.append(reason.word))
    results: list[Any] = []
    for number, title in ((1, "ก"), (2, "half a pair \ud800"), (3, "ข")):
        saved(run, id=number, title=title).addBoth(results.append)
    run.visits.write_waiting()
    assert stored(path) == [1]
    assert results[0] is Change.NEW
    assert all(failure.check(StoreError) for failure in results[1:])  # the run has ended
    assert ends == ["store_failed"]


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


def test_the_end_of_a_run_counts_what_waited(run: Run, path: Path) -> None:
    saved(run, id=1)
    run.close("finished")
    assert query_database(path, "SELECT json_extract(outcomes, '$.stored') FROM runs") == [(1,)]


def test_on_a_network_each_visit_is_written_at_once(
    crawler: Crawler, path: Path, timers: Timers, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run_of(crawler)
    monkeypatch.setattr(type(before.source), "host", "archive.test")
    run = Run(crawler, before.source, {}, forgives=False)
    crawler.engine = Engine()
    crawler.signals.send_catch_log(signals.spider_opened)
    assert saved(run, id=1).result is Change.NEW
    assert stored(path) == [1]
    assert not timers
