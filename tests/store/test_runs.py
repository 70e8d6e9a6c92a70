"""Runs, as the table has them."""

from __future__ import annotations

from pathlib import Path

from tests.support.commands import query_database
from tests.support.stored import end
from thaigov_crawler.store import Store


def test_an_unfinished_run_has_no_end(store: Store, run_id: int, path: Path | str) -> None:
    assert query_database(path, "SELECT finished_at, exit_status FROM runs") == [(None, None)]
    end(store, run_id)
    ((finished_at, status),) = query_database(path, "SELECT finished_at, exit_status FROM runs")
    assert finished_at
    assert status == 0
