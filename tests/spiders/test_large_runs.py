"""Runs over many article IDs: requests wait in a short queue, memory stays flat, and the plan is there at once.

`python tests/bench/large.py` does the same with 100,000 article IDs.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import commands
from tests.support.commands import EndedCrawl
from tests.support.crawls import live
from tests.support.loopback.answers import Answer
from tests.support.loopback.server import Asked
from tests.support.loopback.site import Site
from tests.support.watching import STEP, Seen
from thaigov_crawler.spiders.thaigov import QUEUE_LENGTH

VISITS, EARLIER = 20_000, 5_000
ONE_IN = 20  # so many article IDs holds an article, as small as they come
MORE_MEMORY = 1.10
IDS = 100_000
PLANNING = 2.0  # seconds
# Twisted keeps the timer of a request that is long answered until some timer is due: by default for three minutes,
# which are nothing at the ordinary rate and all of the run here.
QUICKEST = {"DOWNLOAD_DELAY": 0.0001, "DOWNLOAD_TIMEOUT": 5, "THAIGOV_RECORD": False}


class LargeSite(Site):
    """A site with few articles among many IDs, which does not remember what it was asked for."""

    def answer(self, asked: Asked) -> Answer:
        self.log.clear()
        return super().answer(asked)


def watched(folder: Path, visits: int) -> tuple[EndedCrawl, Seen]:
    """A run over so many article IDs, and what was seen of it."""
    with LargeSite(range(1, visits + 1, ONE_IN)) as site:
        settings = {
            **QUICKEST,
            "ADDONS": json.dumps({"tests.support.watching.Watch": 1}),
            "WATCH": folder / "seen.json",
        }
        run = live(folder, site, settings, ids=f"1-{visits}")
    return run, Seen.of(folder / "seen.json")


def test_queue_and_memory_stay_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "TIMEOUT", 600)  # seconds
    run, seen = watched(tmp_path, VISITS)
    assert (run.status, sum(run.outcomes.values())) == (0, VISITS)
    assert 1 < seen.longest_queue <= QUEUE_LENGTH
    assert seen.memory[-1] <= seen.memory[EARLIER // STEP - 1] * MORE_MEMORY


@pytest.fixture(scope="module")
def half_known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Site]]:
    """A site, and a folder whose database knows the first half of its IDs: by turns stored and absent."""
    folder = tmp_path_factory.mktemp("half_known")
    with Site([1]) as site:
        database = live(folder, site, ids="1-2").folder / "thaigov.db"
        with sqlite3.connect(database) as connection:
            for table, key in (("articles", "id"), ("visits", "article_id")):
                columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
                values = ", ".join(f"{key} + step" if name == key else f'"{name}"' for name in columns)
                connection.execute(
                    f"WITH RECURSIVE steps(step) AS (SELECT 2 UNION ALL SELECT step + 2 FROM steps LIMIT {IDS // 4 - 1}) "
                    f"INSERT INTO {table} SELECT {values} FROM {table}, steps"
                )
        connection.close()
        yield folder, site


@pytest.mark.parametrize(("visit", "planned"), [("missing", IDS // 2), ("recheck", IDS), ("all", IDS)])
def test_planning_takes_no_time(half_known: tuple[Path, Site], visit: str, planned: int) -> None:
    run = live(*half_known, ids=f"1-{IDS}", visit=visit, plan_only="true")
    assert f"Plan: {planned:,} visits from live, visit={visit}" in run.log
    (elapsed,) = re.findall(r"'elapsed_time_seconds': ([\d.]+)", run.log)  # from the spider's opening to its end
    assert float(elapsed) < PLANNING
