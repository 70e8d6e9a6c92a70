"""Runs over many article IDs: requests wait in a short queue, and the plan does not look at the IDs one by one.

The same with tens of thousands of IDs, and that memory stays flat: tests/soak/test_large_runs.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.large import know_half, planned, watched
from tests.support.loopback.site import Site
from thaigov_crawler.spiders.thaigov import QUEUE_LENGTH

VISITS = 1500
IDS = 20_000
STATEMENTS = 50  # of SQL in a run that only plans, however many IDs there are


def test_the_queue_stays_short(tmp_path: Path) -> None:
    run, seen = watched(tmp_path, VISITS)
    assert (run.status, sum(run.outcomes.values())) == (0, VISITS)
    assert 1 < seen.longest_queue <= QUEUE_LENGTH


@pytest.fixture(scope="module")
def half_known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Site]]:
    """A site, and a folder whose database knows the first half of its IDs."""
    folder = tmp_path_factory.mktemp("half_known")
    with Site([1]) as site:
        know_half(folder, site, IDS)
        yield folder, site


@pytest.mark.parametrize(("visit", "visits"), [("missing", IDS // 2), ("recheck", IDS), ("all", IDS)])
def test_planning_asks_the_database_a_few_questions(half_known: tuple[Path, Site], visit: str, visits: int) -> None:
    run, seen = planned(*half_known, IDS, visit)
    assert f"Plan: {visits:,} visits from live, visit={visit}" in run.log
    assert seen.statements <= STATEMENTS
