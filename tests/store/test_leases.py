"""Leases: one run on a host at a time, and what a process leaves that is gone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.stored import begin
from thaigov_crawler.store import Store, leases, processes, runs
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


@pytest.mark.parametrize("state", ["Z", "S"])
def test_a_process_that_proc_hides_is_not_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str) -> None:
    """With hidepid, /proc shows no processes of other users. Here it shows only those that a test writes."""
    me = this_process()
    monkeypatch.setattr(processes, "_machine", lambda: me.machine)
    monkeypatch.setattr(processes, "_PROC", tmp_path)
    assert not is_gone(me)
    assert not is_gone(me._replace(number=1, started="1"))
    assert is_gone(me._replace(number=2**22 + 1))
    place = tmp_path / str(me.number)
    place.mkdir()
    (place / "stat").write_text(f"{me.number} (python) {state} {'0 ' * 18}{me.started} 0")
    assert is_gone(me) == (state == "Z")


def test_a_proc_of_another_namespace_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "self").symlink_to(str(os.getpid() + 1))
    monkeypatch.setattr(processes, "_PROC", tmp_path)
    assert this_process().machine == ""


def test_machines_with_the_same_boot_are_told_apart_by_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of a running machine has its boot."""
    gone = this_process()._replace(started="1")
    assert is_gone(gone)
    monkeypatch.setattr(socket, "gethostname", lambda: "copy")
    assert not is_gone(gone)


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


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("web.archive.org", "web.archive.org"),
        ("WEB.Archive.org.:443", "web.archive.org"),
        ("web.archive.org:80", "web.archive.org"),
        ("me:secret@web.archive.org", "web.archive.org"),
        ("www.thaigov.go.th", "thaigov.go.th"),
        ("127.0.0.1:8080", "127.0.0.1:8080"),
        ("[::1]:8080", "[::1]:8080"),
        ("[::1]", "[::1]"),
        ("host:port", "host:port"),
    ],
)
def test_a_host_has_one_name(host: str, name: str) -> None:
    assert leases.name_of(host) == name


def test_a_run_on_files_keeps_nobody_off_and_is_at_work(store: Store) -> None:
    first, second = begin(store), begin(store)
    with store.writing() as connection:
        for run_id in (first, second):
            assert leases.acquire(connection, leases.name_for_files(run_id), run_id, "we", this_process()) is None
    with store.reading() as connection:
        assert [run.is_running for run in runs.latest(connection, 2)] == [True, True]
    with store.writing() as connection:
        connection.execute(leases.leases.update().values(expires_at="2020-01-01T00:00:00+00:00"))
        leases.acquire(connection, leases.name_for_files(second), second, "we", this_process())
        assert connection.scalars(select(leases.leases.c.run_id)).all() == [second]
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
