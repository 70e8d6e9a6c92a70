"""A user's machine after the commands of docs/guides/nightly.md: a home folder with the checkout, and a real Scrapyd.

The commands are those of the guide. A shell runs them with the few variables that cron gives. Only the home folder, the
port, and the archive and site in the settings of the deployed project differ from the guide.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import QUICK, ROOT, TIMEOUT, query_database
from tests.support.loopback.faults import Fault
from tests.support.loopback.server import LoopbackServer
from tests.support.programs import find_program, free_port
from tests.support.waiting import wait_until

IN_FLIGHT = 16  # largest number of requests under way: Scrapy's CONCURRENT_REQUESTS
GUIDE = "docs/guides/nightly.md"
_PACKAGE = ("LICENSE", "README.md", "pyproject.toml", "setup.py", "thaigov_crawler")
_CHECKOUT = (*_PACKAGE, "docs", "requirements.txt", "scrapy.cfg", "deploy")


class Machine:
    """A home folder, with methods that run the guide's commands in it."""

    first: str  # ID of the first job; set by `deploy`

    def __init__(self, home: Path, settings: Mapping[str, str] | None = None):
        """Copy the checkout to `home`, and change some settings of the package."""
        pytest.importorskip("scrapyd", reason="no Scrapyd; to install: pip install -r tests/requirements.txt")
        pytest.importorskip(
            "scrapyd_client", reason="no scrapyd-client; to install: pip install -r tests/requirements.txt"
        )
        self.home, self.port = home, free_port()
        self.checkout, self.data = home / "thaigov-crawler", home / "thaigov-data"
        self.checkout.mkdir(parents=True)
        for name in _CHECKOUT:
            copy = shutil.copy if (ROOT / name).is_file() else _copy_folder
            copy(ROOT / name, self.checkout / name)
        # The guide's first commands install this environment.
        (self.checkout / ".venv").symlink_to(sys.prefix, target_is_directory=True)
        for name in (GUIDE, "scrapy.cfg", "deploy/scrapyd.conf"):
            path = self.checkout / name
            path.write_text(re.sub(r"\b6800\b", str(self.port), path.read_text("utf-8")), "utf-8")
        with (self.checkout / "thaigov_crawler" / "settings.py").open("a") as file:
            file.writelines(f"{name} = {value!r}\n" for name, value in (settings or {}).items())

    def blocks(self) -> list[str]:
        """Return the guide's blocks of commands."""
        return re.findall(r"```sh\n(.*?)```", (self.checkout / GUIDE).read_text("utf-8"), re.DOTALL)

    def block(self, holding: str) -> str:
        """Return the only block that has this text."""
        (block,) = [block for block in self.blocks() if holding in block]
        return block

    def environment(self, **extra: str) -> dict[str, str]:
        """Return the few variables that cron and systemd give a command, with `extra`."""
        return {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", **extra}

    def shell(self, commands: str, **extra: str) -> str:
        """Run commands, and return what they print. Stop at the first that fails, and fail the test."""
        return run_shell(commands, self.home, self.environment(**extra))

    @contextmanager
    def scrapyd(self) -> Iterator[None]:
        """Run Scrapyd until the end of the block. Its jobs end with it. It runs up to three jobs at once."""
        with self.started(self.block("bin/scrapyd "), "max_proc = 3"):
            yield

    @contextmanager
    def started(self, command: str, setting: str = "") -> Iterator[subprocess.Popen[bytes]]:
        """Run Scrapyd by a command of a guide until the end of the block, and give its process. Its jobs end with it."""
        find_program("curl", install="apt-get install curl")
        (self.home / ".scrapyd.conf").write_text(f"[scrapyd]\npoll_interval = 0.2\n{setting}\n")
        out = self.home / "scrapyd.out"
        with (
            out.open("wb") as output,
            subprocess.Popen(
                ["/bin/sh", "-c", command],
                env=self.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            ) as server,
        ):
            try:
                wait_until(lambda: server.poll() is not None or b"Site starting" in out.read_bytes())
                assert server.poll() is None, out.read_text()
                yield server
            finally:
                end(server, signal.SIGTERM)

    def deploy(self) -> None:
        """Deploy the project, and schedule the first job."""
        self.first = job_of(self.shell(self.block("bin/scrapyd-deploy")))

    def schedule(self, *, settings: Mapping[str, Any] | None = None, spider: str = "thaigov", **arguments: str) -> str:
        """Schedule a job, and return its ID."""
        pairs = [f"{name}={value}" for name, value in arguments.items()]
        pairs += [f"setting={name}={value}" for name, value in (settings or {}).items()]
        client = f"cd thaigov-crawler && .venv/bin/scrapyd-client schedule -p thaigov_crawler {spider}"
        return job_of(self.shell(client + "".join(f" --arg '{pair}'" for pair in pairs)))

    def jobs(self, state: str) -> list[str]:
        """Return the IDs of the jobs in a state: `pending`, `running` or `finished`."""
        return [job["id"] for job in json.loads(self.shell(self.block("listjobs.json")))[state]]

    def log(self, job: str) -> str:
        """Return the log of a job so far."""
        (path,) = (self.home / "scrapyd" / "logs").glob(f"thaigov_crawler/*/{job}.log")
        return path.read_text("utf-8")

    def finished(self, job: str) -> str:
        """Wait until a job is finished, and return its log."""
        wait_until(lambda: job in self.jobs("finished"), step=0.3)
        return self.log(job)

    def run(self, **schedule: Any) -> str:
        """Schedule a job, wait until it is finished, and return its log."""
        return self.finished(self.schedule(**schedule))

    def cancel(self, job: str) -> None:
        """Cancel a running job."""
        answer = json.loads(self.shell(self.block("cancel.json"), JOB=job))
        assert (answer["status"], answer["prevstate"]) == ("ok", "running")


def cancelled(machine: Machine, server: LoopbackServer, ids: range, folder: Path, **arguments: str) -> list[int]:
    """Schedule a job with output in `folder`, and cancel it at work. Return the article IDs that it has asked for.

    It says so, and has stored articles, though not all.
    """
    server.log.clear()
    # After some pages, the server holds its answers back, so that the job is at work when it is cancelled.
    server.faults.append(Fault(r"^(?!/cdx).*/details/", delay=TIMEOUT, after=8, times=None))
    settings = {"THAIGOV_DIR": folder, "THAIGOV_CONTACT": "you@example.org"}
    job = machine.schedule(visit="missing", ids=f"{ids[0]}-{ids[-1]}", settings=settings, **arguments)
    wait_until(lambda: len(fetched(server)) > 8)
    machine.cancel(job)
    assert "interrupted" in machine.finished(job).splitlines()[-1]
    server.faults.clear()
    server.let_go()
    assert stored(folder)
    assert len(fetched(server)) < len(ids)  # the job was not done
    return fetched(server)


def cancel_and_go_on(machine: Machine, server: LoopbackServer, ids: range, folder: Path, source: str) -> None:
    """Cancel a job on a source, and run it again. Look into the logs of the server.

    Nothing is lost. Only the requests that were under way are sent twice.
    """
    before = cancelled(machine, server, ids, folder, source=source)
    kept = stored(folder)
    server.log.clear()
    settings = {**QUICK, "THAIGOV_DIR": folder, "THAIGOV_CONTACT": "you@example.org"}
    machine.run(source=source, visit="missing", ids=f"{ids[0]}-{ids[-1]}", settings=settings)
    assert stored(folder) == set(ids)
    again = set(before) & set(fetched(server))
    assert not again & kept
    assert len(again) <= IN_FLIGHT
    assert sorted({*before, *fetched(server)}) == list(ids)
    assert len(fetched(server)) == len(set(fetched(server)))


def job_of(said: str) -> str:
    """Return the ID of the job in the last line that `scrapyd-client schedule` prints."""
    return re.fullmatch(r"thaigov_crawler / \w+ => (\w+)", said.splitlines()[-1])[1]


def fetched(server: LoopbackServer) -> list[int]:
    """Return the article IDs whose pages were requested from a site or an archive, in order."""
    return [int(request.path.rpartition("/")[2]) for request in server.asked(r"^(?!/cdx).*/details/\d+$")]


def stored(data: Path) -> set[int]:
    """Return the article IDs in the database of a folder."""
    return {article_id for (article_id,) in query_database(data / "thaigov.db", "SELECT id FROM articles")}


def _copy_folder(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))


def run_shell(commands: str, folder: Path, env: Mapping[str, str]) -> str:
    """Run commands in a folder, and return what they print. Stop at the first that fails, and fail the test."""
    done = subprocess.run(
        ["/bin/sh", "-e", "-c", commands],
        cwd=folder,
        env=env,
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )
    assert done.returncode == 0, f"{commands}\n{done.stdout}{done.stderr}"
    return done.stdout


def end(server: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send a signal to Scrapyd and to its jobs, which are in its session, and wait for its end."""
    for pid in _session_of(server.pid):
        os.kill(pid, number)
    server.wait(TIMEOUT)


def _session_of(leader: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[3]) == leader and fields[0] not in "ZX":
            found.append(int(stat.parent.name))
    return found
