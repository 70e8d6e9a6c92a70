"""Nothing is lost and nothing is there twice, although runs are killed and the site fails in every way that it can."""

from __future__ import annotations

from pathlib import Path

from tests.support.dying import MOMENTS, trial
from tests.support.killing import Trial


def test_nothing_is_lost_and_nothing_is_there_twice(tmp_path: Path) -> None:
    """The same with many articles, and on a PostgreSQL server: tests/soak/test_faults.py."""
    trial = Trial.of(tmp_path, articles=150, kills=3)
    trial.the_store_is_that_of_an_undisturbed_run()
    trial.nothing_was_stored_twice()
    trial.the_journal_parses_but_for_what_a_kill_cut_short()
    trial.the_export_is_the_same_to_the_byte()


def test_crawls_of_a_file_that_are_killed_between_commits_lose_nothing(tmp_path: Path) -> None:
    """The same with many articles, and on a PostgreSQL server: tests/soak/test_faults.py."""
    # So few articles that no workers are started: these have a processor to themselves for longer than the rest.
    numbers = {"a visit waits": 130, "a line of the journal is due": 20}
    deaths = [(moment, numbers.get(moment, 1)) for moment in MOMENTS]
    # The last of these happens while a run adds the lines that the run before has left out. This one comes after that.
    deaths.append(("a line of the journal is due", 130))
    trial(tmp_path, articles=290, deaths=deaths)
