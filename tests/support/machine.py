"""A user's machine as the guide docs/guides/nightly.md makes it: a home with the checkout, and a real Scrapyd.

The commands are the guide's own, run by a shell with as bare an environment as cron's. What is the tests' own: the
home folder, the port, and what the settings of the deployed project name as archive and site.
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
from tests.support.loopback.archive import Archive
from tests.support.loopback.server import LoopbackServer
from tests.support.loopback.site import Site
from tests.support.programs import find_program, free_port
from tests.support.waiting import wait_until

IN_FLIGHT = 16  # requests at most: Scrapy's CONCURRENT_REQUESTS
GUIDE = "docs/guides/nightly.md"
_PACKAGE = ("LICENSE", "README.md", "pyproject.toml", "setup.py", "thaigov_crawler")
_CHECKOUT = (*_PACKAGE, "docs", "requirements.txt", "scrapy.cfg", "deploy")


class Machine:
    """A home folder, and Scrapyd in it while it runs."""

    first: str  # the ID of the first job, once the project is deployed

    def __init__(self, home: Path, settings: Mapping[str, str] | None = None):
        """Lay the checkout into `home`, with some `settings` of the package changed."""
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
        # What the guide's first commands install.
        (self.checkout / ".venv").symlink_to(sys.prefix, target_is_directory=True)
        for name in (GUIDE, "scrapy.cfg", "deploy/scrapyd.conf"):
            path = self.checkout / name
            path.write_text(re.sub(r"\b6800\b", str(self.port), path.read_text("utf-8")), "utf-8")
        with (self.checkout / "thaigov_crawler" / "settings.py").open("a") as file:
            file.writelines(f"{name} = {value!r}\n" for name, value in (settings or {}).items())

    def blocks(self) -> list[str]:
        """The guide's blocks of commands."""
        return re.findall(r"```sh\n(.*?)```", (self.checkout / GUIDE).read_text("utf-8"), re.DOTALL)

    def block(self, holding: str) -> str:
        """The one of them that holds a text."""
        (block,) = [block for block in self.blocks() if holding in block]
        return block

    def environment(self, **extra: str) -> dict[str, str]:
        """What cron and systemd give a command, which is little."""
        return {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", **extra}

    def shell(self, commands: str, **extra: str) -> str:
        """What commands print. The first of them that fails fails the test."""
        done = subprocess.run(
            ["/bin/sh", "-e", "-c", commands],
            cwd=self.home,
            env=self.environment(**extra),
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT,
            check=False,
        )
        assert done.returncode == 0, f"{commands}\n{done.stdout}{done.stderr}"
        return done.stdout

    @contextmanager
    def scrapyd(self) -> Iterator[None]:
        """Scrapyd, until the end of the block; jobs under way end with it. Several jobs may run, and begin soon."""
        find_program("curl", install="apt-get install curl")
        (self.home / ".scrapyd.conf").write_text("[scrapyd]\nmax_proc = 3\npoll_interval = 0.2\n")
        out = self.home / "scrapyd.out"
        with (
            out.open("wb") as output,
            subprocess.Popen(
                ["/bin/sh", "-c", self.block("bin/scrapyd ")],
                env=self.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            ) as server,
        ):
            try:
                wait_until(lambda: server.poll() is not None or b"Site starting" in out.read_bytes())
                assert server.poll() is None, out.read_text()
                yield
            finally:
                os.killpg(server.pid, signal.SIGTERM)
                server.wait(TIMEOUT)

    def deploy(self) -> None:
        """Deploy, and schedule the first job."""
        self.first = job_of(self.shell(self.block("bin/scrapyd-deploy")))

    def schedule(self, *, settings: Mapping[str, Any] | None = None, spider: str = "thaigov", **arguments: str) -> str:
        """Schedule a job; its ID."""
        pairs = [f"{name}={value}" for name, value in arguments.items()]
        pairs += [f"setting={name}={value}" for name, value in (settings or {}).items()]
        client = f"cd thaigov-crawler && .venv/bin/scrapyd-client schedule -p thaigov_crawler {spider}"
        return job_of(self.shell(client + "".join(f" --arg '{pair}'" for pair in pairs)))

    def jobs(self, state: str) -> list[str]:
        """The IDs of the jobs that are `pending`, `running` or `finished`."""
        return [job["id"] for job in json.loads(self.shell(self.block("listjobs.json")))[state]]

    def log(self, job: str) -> str:
        """The log of a job so far."""
        (path,) = (self.home / "scrapyd" / "logs").glob(f"thaigov_crawler/*/{job}.log")
        return path.read_text("utf-8")

    def finished(self, job: str) -> str:
        """Wait until a job is finished; its log."""
        wait_until(lambda: job in self.jobs("finished"), step=0.3)
        return self.log(job)

    def run(self, **schedule: Any) -> str:
        """Schedule a job and wait until it is finished; its log."""
        return self.finished(self.schedule(**schedule))

    def cancel(self, job: str) -> None:
        """Cancel a running job."""
        answer = json.loads(self.shell(self.block("cancel.json"), JOB=job))
        assert (answer["status"], answer["prevstate"]) == ("ok", "running")


def cancel_and_go_on(machine: Machine, archive: Archive, site: Site, tmp_path: Path, source: str) -> None:
    """Cancel a job on a source; nothing is lost, and nothing fetched twice but what was under way, by the servers' own
    logs."""
    server, first, last = (archive, 1, 300) if source == "wayback" else (site, 301, 340)
    options = {"source": source, "visit": "missing", "ids": f"{first}-{last}"}
    mine = {"THAIGOV_DIR": tmp_path, "THAIGOV_CONTACT": "you@example.org"}
    server.log.clear()
    job = machine.schedule(**options, settings=mine)
    wait_until(lambda: len(fetched(server)) >= 8)
    machine.cancel(job)
    assert "interrupted" in machine.finished(job).splitlines()[-1]
    before, kept = fetched(server), stored(tmp_path)
    assert kept
    assert len(before) < last - first  # it was under way
    server.log.clear()
    machine.run(**options, settings={**mine, **QUICK})
    assert stored(tmp_path) == set(range(first, last + 1))
    again = set(before) & set(fetched(server))
    assert not again & kept
    assert len(again) <= IN_FLIGHT
    assert sorted({*before, *fetched(server)}) == list(range(first, last + 1))
    assert len(fetched(server)) == len(set(fetched(server)))


def job_of(said: str) -> str:
    """The ID of the job that `scrapyd-client schedule` said, alone on its last line."""
    return re.fullmatch(r"thaigov_crawler / \w+ => (\w+)", said.splitlines()[-1])[1]


def fetched(server: LoopbackServer) -> list[int]:
    """The article IDs whose pages a site or an archive was asked for, in order."""
    return [int(request.path.rpartition("/")[2]) for request in server.asked(r"^(?!/cdx).*/details/\d+$")]


def stored(data: Path) -> set[int]:
    """The article IDs in the database of a folder."""
    return {article_id for (article_id,) in query_database(data / "thaigov.db", "SELECT id FROM articles")}


def _copy_folder(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
