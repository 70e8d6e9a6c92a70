"""Runs over tens of thousands of article IDs. `python tests/bench/large.py` does the same with 100,000."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.large import know_half, planned, watched
from tests.support.loopback.site import Site
from tests.support.watching import STEP
from thaigov_crawler.spiders.thaigov import QUEUE_LENGTH

VISITS, EARLIER = 20_000, 5_000
MORE_MEMORY = 1.10
IDS = 100_000


def test_queue_and_memory_stay_as_they_are(tmp_path: Path) -> None:
    run, seen = watched(tmp_path, VISITS)
    assert (run.status, sum(run.outcomes.values())) == (0, VISITS)
    assert 1 < seen.longest_queue <= QUEUE_LENGTH
    assert seen.memory[-1] <= seen.memory[EARLIER // STEP - 1] * MORE_MEMORY


@pytest.mark.parametrize(("visit", "visits"), [("missing", IDS // 2), ("recheck", IDS), ("all", IDS)])
def test_planning_asks_the_database_no_more_than_for_few(tmp_path: Path, visit: str, visits: int) -> None:
    statements = []
    with Site([1]) as site:
        for ids in (1_000, IDS):
            folder = tmp_path / str(ids)
            folder.mkdir()
            know_half(folder, site, ids)
            run, seen = planned(folder, site, ids, visit)
            statements.append(seen.statements)
    assert f"Plan: {visits:,} visits from live, visit={visit}" in run.log
    assert statements[0] == statements[1]
