"""Run: what is stored of visits, how a run ends, and what is said of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.crawler import Crawler
from sqlalchemy import Connection

from tests.support.articles import article
from tests.support.commands import query_database
from thaigov_crawler.errors import LostStoreError, StoreError
from thaigov_crawler.items import exported
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.run import Run, run_of, visit_ended
from thaigov_crawler.run.ends import ExitStatus, FinishReason, status_of
from thaigov_crawler.run.memory import memory_of
from thaigov_crawler.sources.base import Unread
from thaigov_crawler.store import indexes


@pytest.fixture
def run(crawler: Crawler) -> Run:
    return run_of(crawler)


@pytest.fixture
def closings(crawler: Crawler, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that Scrapy is asked to close the spider with."""
    asked: list[str] = []
    crawler.engine = SimpleNamespace(close_spider_async=lambda reason: asked.append(reason))  # noqa: PLW0108 (its name is Scrapy's)
    monkeypatch.setattr("thaigov_crawler.run.run.deferred_from_coro", lambda closing: None)
    return asked


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample" / "thaigov.db"


def test_a_visit_without_an_article_is_recorded_counted_and_told(run: Run, path: Path, visits: list[Visit]) -> None:
    visit = Visit(9, "sample", Outcome.ABSENT, reason="x")
    run.visits.end(visit)
    rows = query_database(path, "SELECT article_id, outcome, reason, run_id FROM visits")
    assert rows == [(9, "absent", "x", 1)]
    assert run.counters.outcomes[Outcome.ABSENT] == 1
    assert visits == [visit]


def test_when_a_visit_is_told_the_store_holds_it(run: Run, path: Path, crawler: Crawler) -> None:
    seen = []

    def look(visit: Visit) -> None:
        seen.extend(
            query_database(path, "SELECT article_id, outcome FROM visits WHERE article_id = ?", visit.article_id)
        )

    crawler.signals.connect(look, visit_ended)
    run.visits.end(Visit(9, "sample", Outcome.ABSENT))
    run.visits.save(exported(article(id=10)))
    assert seen == [(9, "absent"), (10, "stored")]


def ended(run: Run, word: str, path: Path) -> tuple[ExitStatus | None, str]:
    """The exit status and the reason of a run that Scrapy closed with a word, as the table has them."""
    run.close(word)
    ((status, reason, finished),) = query_database(path, "SELECT exit_status, reason, finished_at FROM runs")
    assert (run.exit_status, run.verdict) == (status, reason)
    assert finished
    return run.exit_status, reason


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ({}, ExitStatus.FINISHED),
        ({"stored": 95, "failed": 5}, ExitStatus.FINISHED),
        ({"stored": 94, "failed": 6}, ExitStatus.INCOMPLETE),
        ({"absent": 94, "malformed": 6}, ExitStatus.INCOMPLETE),
        ({"failed": 1}, ExitStatus.INCOMPLETE),
    ],
)
def test_the_verdict_on_visits(run: Run, path: Path, outcomes: dict[str, int], status: ExitStatus) -> None:
    run.counters.outcomes.update({Outcome(name): number for name, number in outcomes.items()})
    assert ended(run, "finished", path)[0] is status


def test_what_a_source_could_not_read_shows(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.source, "unread", lambda: Unread("one page is torn"))
    assert ended(run, "finished", path) == (ExitStatus.INCOMPLETE, "one page is torn")


@pytest.mark.parametrize(
    ("planned", "plans_only", "status"),
    [(3, False, ExitStatus.INCOMPLETE), (2, False, ExitStatus.FINISHED), (3, True, ExitStatus.FINISHED)],
)
def test_planned_visits_that_did_not_end_show(
    run: Run, path: Path, planned: int, plans_only: bool, status: ExitStatus
) -> None:
    """Whatever made the run leave them out."""
    run.counters.planned, run.counters.plans_only = planned, plans_only
    run.counters.outcomes[Outcome.ABSENT] = 2
    said = "1 of 3 planned visits did not end, and nobody knows why: run again"
    assert ended(run, "finished", path) == (status, said if status else "finished")


def test_an_error_of_the_program_shows(run: Run, path: Path) -> None:
    run.counters.program_errors = 1
    assert ended(run, "finished", path)[0] is ExitStatus.UNEXPECTED


@pytest.mark.parametrize(("word", "why"), [("shutdown", "interrupted"), ("start_error", "start_error")])
def test_what_scrapy_ends_a_run_with_shows(run: Run, path: Path, word: str, why: str) -> None:
    run.counters.outcomes[Outcome.STORED] = 9
    assert ended(run, word, path) == (ExitStatus.UNEXPECTED, why)


@pytest.mark.parametrize("reason", FinishReason)
def test_each_finish_reason_has_a_status_that_is_no_success(reason: FinishReason) -> None:
    assert status_of(reason.word) is reason.exit_status is not ExitStatus.FINISHED


def test_the_first_reason_to_end_counts_and_is_on_one_line(
    run: Run, path: Path, closings: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    run.store.begin()
    run.end(FinishReason.REFUSED, "it forbids\naccess", "Ask for leave.")
    run.end(FinishReason.UNREACHABLE, "it is away")
    assert closings == ["refused"]
    assert ended(run, "refused", path) == (ExitStatus.REFUSED, "refused: it forbids access")
    (said,) = (record.message for record in caplog.records if record.levelname == "ERROR")
    assert said == "it forbids\n  access. The run ends here; stored articles are kept. Ask for leave."


def test_a_database_that_fails_is_asked_once(run: Run, path: Path, closings: list[str]) -> None:
    run.store.begin()
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE visits")
    run.visits.end(Visit(9, "sample", Outcome.ABSENT))
    assert run.ending
    assert run.ending.reason is FinishReason.STORE_FAILED
    with pytest.raises(StoreError, match=r"thaigov\.db"), run.reading():
        pytest.fail("it was asked again")
    assert closings == ["store_failed"]
    run.close("store_failed")
    assert run.exit_status is ExitStatus.UNEXPECTED
    assert run.verdict.startswith("store_failed: The database ")


def test_what_was_cut_off_when_a_server_went_away_is_done_again_but_not_for_ever(run: Run, closings: list[str]) -> None:
    def going_away(times: int) -> Callable[[Connection], int]:
        tries = iter(range(times))

        def work(_: Connection) -> int:
            for _ in tries:
                raise LostStoreError("the server has gone.")
            return times

        return work

    assert (run.read(going_away(1)), run.write(going_away(2))) == (1, 2)
    assert not run.ending
    with pytest.raises(LostStoreError):
        run.write(going_away(3))
    assert run.ending
    assert run.ending.reason is FinishReason.STORE_FAILED
    assert closings == ["store_failed"]


def test_what_an_index_lists_is_kept_though_the_server_goes_meanwhile(
    run: Run, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, tries = indexes.keep, []

    def keep_at_last(*told: Any) -> None:
        tries.append(told)
        if len(tries) == 1:
            raise LostStoreError("the server has gone")
        keep(*told)

    monkeypatch.setattr(indexes, "keep", keep_at_last)
    memory = memory_of(run, crawler.settings)
    assert memory is not None
    memory.keep("https://example.org/index", [])
    assert memory.crawls() == {"https://example.org/index"}
    assert run.ending is None
