"""Nothing is lost and nothing is there twice: with thousands of articles, and many kills."""

from __future__ import annotations

import pytest

from tests.support.killing import FAULTS, Trial

ARTICLES, KILLS = 3000, 20


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial.of(tmp_path_factory.mktemp("faults"), ARTICLES, KILLS)


def test_about_so_many_requests_failed_as_should(trial: Trial) -> None:
    for kind, share in trial.shares_of_faults().items():
        assert FAULTS[kind] / 2 < share < FAULTS[kind] * 2


def test_the_store_is_that_of_an_undisturbed_run(trial: Trial) -> None:
    trial.the_store_is_that_of_an_undisturbed_run()


def test_nothing_was_stored_twice(trial: Trial) -> None:
    trial.nothing_was_stored_twice()


def test_the_journal_parses_but_for_what_a_kill_cut_short(trial: Trial) -> None:
    trial.the_journal_parses_but_for_what_a_kill_cut_short()


def test_the_export_is_the_same_to_the_byte(trial: Trial) -> None:
    trial.the_export_is_the_same_to_the_byte()
