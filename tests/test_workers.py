"""Worker processes: they keep order, import little, and end with the process that started them."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from tests.support.commands import ROOT, environment
from tests.support.pure import halved, killed, process_of, surroundings
from tests.support.waiting import wait_until
from thaigov_crawler import reading
from thaigov_crawler.errors import WorkerDied
from thaigov_crawler.workers import Raised, Workers, in_order

# Starts two workers, prints the numbers of all processes beside it and waits.
PARENT = """
import os, sys, time
from tests.support.pure import family_of
from thaigov_crawler.workers import Workers, expect_workers
expect_workers()
workers = Workers(2, family_of)
families = [family for _ in range(20) for family in workers.results(workers.call([0]))]
print(*{number for family in families for number in family} - {os.getpid()}, flush=True)
time.sleep(3600)
"""
# Gets a signal while the process of which workers are forks begins, and prints what a worker has and where from.
SHAKEN = """
import os, signal
signal.signal(signal.SIGTERM, lambda *_: None)
from tests.support.pure import surroundings
from thaigov_crawler.workers import Workers, expect_workers
expect_workers()
os.killpg(0, signal.SIGTERM)
workers = Workers(1, surroundings)
(around,) = workers.results(workers.call([0]))
print(around["preloaded"], around["from"])
workers.close()
"""


def is_there(process: str) -> bool:
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):  # the latter if it ends at that moment
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def heeds(process: str, number: signal.Signals) -> bool:
    """Tell whether a process neither blocks nor ignores a signal."""
    status = Path(f"/proc/{process}/status").read_text().splitlines()
    masks = [int(line.split()[1], 16) for line in status if line.startswith(("SigBlk:", "SigIgn:"))]
    return not any(mask >> (number - 1) & 1 for mask in masks)


@pytest.mark.parametrize("number", [0, 2])
def test_results_keep_the_order_of_the_values(number: int) -> None:
    values = iter(range(13))
    assert list(in_order(halved, values, number)) == [(value, value / 2) for value in range(13)]


@pytest.mark.parametrize("number", [0, 1])
def test_few_values_are_taken_ahead(number: int) -> None:
    values = iter(range(1000))
    results = in_order(halved, values, number)
    assert next(results) == (0, 0)
    assert next(values) <= 2
    results.close()


@pytest.mark.parametrize("number", [0, 1])
def test_what_the_function_raises_is_raised_where_its_result_would_be(number: int) -> None:
    results = in_order(halved, (1, 13, 2), number)
    assert next(results) == (1, 0.5)
    with pytest.raises(ValueError, match="13 is no number"):
        next(results)


def test_one_bad_value_spoils_no_other() -> None:
    with closing(Workers(1, halved)) as workers:
        assert workers.results(workers.call((12, 13, 14))) == [6, Raised.RAISED, 7]


def test_a_worker_that_dies_is_told() -> None:
    results = in_order(killed, range(10), 1)
    with pytest.raises(WorkerDied, match="memory"):
        list(results)
    with closing(Workers(1, killed)) as workers:
        with pytest.raises(WorkerDied):
            workers.results(workers.call([3]))
        with pytest.raises(WorkerDied):
            workers.call([1])


def test_a_worker_has_what_it_needs_and_neither_scrapy_nor_our_main_module_and_leaves_signals_to_us() -> None:
    page = reading.Page(1, "classic", b"<p>", None, "", "", "sample", None, "")
    with closing(Workers(1, reading.read)) as workers:
        assert workers.results(workers.call([page]))[0].article.layout == "classic"
    with closing(Workers(1, surroundings)) as workers:
        (around,) = workers.results(workers.call([None]))
    assert around == {
        "scrapy": [],
        "preloaded": sys.platform == "linux",
        "main": None,
        "ignored": [True, True],
        "from": str(ROOT / "thaigov_crawler"),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="workers are no forks")
def test_a_signal_to_all_ends_no_process_and_modules_of_the_working_directory_are_not_ours(tmp_path: Path) -> None:
    other = tmp_path / "thaigov_crawler"
    other.mkdir()
    (other / "__init__.py").write_text("raise ImportError", "utf-8")
    script = tmp_path / "scripts" / "shaken.py"
    script.parent.mkdir()
    script.write_text(SHAKEN, "utf-8")
    command = [sys.executable, str(script)]
    env = environment() | {"PYTHONPATH": str(ROOT)}
    with Popen(command, cwd=tmp_path, env=env, stdout=PIPE, text=True, start_new_session=True) as process:
        said, _ = process.communicate()
    assert (process.returncode, said.split()) == (0, ["True", str(ROOT / "thaigov_crawler")])


@pytest.mark.skipif(sys.platform != "linux", reason="workers are no forks")
def test_without_a_folder_for_a_socket_workers_are_no_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("AF_UNIX path too long")

    monkeypatch.setattr("multiprocessing.forkserver.ensure_running", fail)
    with closing(Workers(1, surroundings)) as workers:
        (around,) = workers.results(workers.call([None]))
    assert not around["preloaded"]


def test_if_one_dies_the_others_end() -> None:
    with closing(Workers(2, process_of)) as workers:
        numbers: set[int] = set()
        while len(numbers) < 2:
            numbers.update(
                number for answers in [workers.call([0]), workers.call([0])] for number in workers.results(answers)
            )
        os.kill(min(numbers), signal.SIGKILL)  # both are idle
        wait_until(lambda: not is_there(str(max(numbers))))
        with pytest.raises(WorkerDied):
            workers.call([0])


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_the_process_that_started_them_even_if_it_is_killed(
    number: signal.Signals, tmp_path: Path
) -> None:
    env = environment() | {"TMPDIR": str(tmp_path)}
    with Popen([sys.executable, "-c", PARENT], cwd=ROOT, env=env, stdout=PIPE, text=True) as parent:
        assert parent.stdout
        numbers = parent.stdout.readline().split()
        there = list(map(is_there, numbers))
        heeded = [each for each in numbers for other in (signal.SIGINT, signal.SIGTERM) if heeds(each, other)]
        parent.send_signal(number)
    assert (len(there) > 1, all(there), heeded) == (True, True, [])
    wait_until(lambda: not any(map(is_there, numbers)))
    assert list(tmp_path.iterdir()) == []


def test_they_are_other_processes_and_those_that_idle_end_when_closed() -> None:
    with closing(Workers(1, process_of)) as workers:
        (number,) = workers.results(workers.call([0]))
        assert is_there(str(number))
    wait_until(lambda: not is_there(str(number)))
