"""Leases: one run on a host at a time, and what a process leaves that is gone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.support.stored import begin
from thaigov_crawler.store import Store, leases
from thaigov_crawler.store.processes import Process, is_gone, this_process

HOST = "host:80"


@pytest.fixture
def child() -> Iterator[subprocess.Popen[bytes]]:
    """Another process of this machine, which lives until it is killed."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def process_of(child: subprocess.Popen[bytes]) -> Process:
    told = f"import os\nfrom thaigov_crawler.store import processes\nprint(processes._started({child.pid}))"
    started = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, encoding="ascii")
    return this_process()._replace(number=child.pid, started=started.stdout.strip())


def test_a_process_that_lives_is_not_gone(child: subprocess.Popen[bytes]) -> None:
    assert not is_gone(this_process())
    assert not is_gone(process_of(child))


def test_a_process_that_was_killed_is_gone_whether_its_parent_has_noticed_or_not(
    child: subprocess.Popen[bytes],
) -> None:
    process = process_of(child)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it is a zombie now
    assert is_gone(process)
    child.wait()
    assert is_gone(process)


def test_another_process_with_its_number_is_another_process() -> None:
    assert is_gone(this_process()._replace(started="1"))


@pytest.mark.parametrize("machine", ["another boot", ""])
def test_of_other_machines_nobody_knows(machine: str) -> None:
    assert not is_gone(Process(machine, 2**22, "1"))


def test_the_lease_of_a_process_that_is_gone_is_free(store: Store, child: subprocess.Popen[bytes]) -> None:
    process = process_of(child)
    first, second, third = (begin(store) for _ in range(3))
    with store.writing() as connection:
        assert leases.acquire(connection, HOST, first, "it", process) is None
        holder = leases.acquire(connection, HOST, second, "we", this_process())
        assert holder is not None
        assert (holder.run_id, holder.holder) == (first, "it")
    child.kill()
    child.wait()
    with store.writing() as connection:
        assert leases.acquire(connection, HOST, third, "we", this_process()) is None
        assert not leases.renew(connection, first)


@pytest.mark.parametrize("values", [{"machine": "another boot"}, {"machine": None, "number": None, "started": None}])
def test_the_lease_of_another_machine_or_an_earlier_version_expires(store: Store, values: dict) -> None:
    first, second = begin(store), begin(store)
    with store.writing() as connection:
        gone = this_process()._replace(started="1")
        leases.acquire(connection, HOST, first, "it", gone)
        connection.execute(leases.leases.update().values(**values))
        assert leases.acquire(connection, HOST, second, "we", this_process())
        connection.execute(leases.leases.update().values(expires_at="2020-01-01T00:00:00+00:00"))
        assert leases.acquire(connection, HOST, second, "we", this_process()) is None
