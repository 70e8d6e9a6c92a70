"""A site with thousands of articles, many faults and many kills: nothing is lost, and nothing is stored twice."""

from __future__ import annotations

import random
from pathlib import Path

from tests.support.dying import MOMENTS, trial
from tests.support.killing import FAULTS, Trial


def test_nothing_is_lost_and_nothing_is_there_twice(tmp_path: Path, server: str | None) -> None:
    trial = Trial.of(tmp_path, articles=3000, kills=20, server=server)
    for kind, share in trial.shares_of_faults().items():
        assert FAULTS[kind] / 2 < share < FAULTS[kind] * 2
    trial.the_store_is_that_of_an_undisturbed_run()
    trial.nothing_was_stored_twice()
    trial.the_journal_parses_but_for_what_a_kill_cut_short()
    trial.the_export_is_the_same_to_the_byte()


def test_crawls_of_a_file_that_are_killed_between_commits_lose_nothing(tmp_path: Path, server: str | None) -> None:
    chance = random.Random(6)
    deaths = [
        (moment, chance.randint(1, 120 if moment in ("a visit waits", "a line of the journal is due") else 2))
        for moment in MOMENTS * 5
    ]
    trial(tmp_path, articles=3000, deaths=deaths, server=server)
