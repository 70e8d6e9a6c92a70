"""A user's machine as the README's section "Every night" makes it: a home with the checkout, and a real Scrapyd.

The commands are the README's own, run by a shell with as bare an environment as cron's. What is the tests' own: the
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
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import ROOT, query_database
from tests.support.loopback.server import LoopbackServer
from tests.support.programs import find_program, free_port

TIMEOUT = 120.0
STOP_TIMEOUT = 30.0
_PACKAGE = ("LICENSE", "README.md", "pyproject.toml", "setup.py", "thaigov_crawler")
_CHECKOUT = (*_PACKAGE, "requirements.txt", "scrapy.cfg", "deploy")


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
        # What the README's first commands install.
        (self.checkout / ".venv").symlink_to(sys.prefix, target_is_directory=True)
        for name in ("README.md", "scrapy.cfg", "deploy/scrapyd.conf"):
            path = self.checkout / name
            path.write_text(re.sub(r"\b6800\b", str(self.port), path.read_text("utf-8")), "utf-8")
        with (self.checkout / "thaigov_crawler" / "settings.py").open("a") as file:
            file.writelines(f"{name} = {value!r}\n" for name, value in (settings or {}).items())

    def blocks(self) -> list[str]:
        """The README's blocks of commands."""
        text = (self.checkout / "README.md").read_text("utf-8")
        section = re.search(r"^## Every night\n(.*?)^## ", text, re.MULTILINE | re.DOTALL)[1]
        return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)

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
                deadline = time.monotonic() + TIMEOUT
                while b"Site starting" not in out.read_bytes():
                    assert server.poll() is None, out.read_text()
                    assert time.monotonic() < deadline, out.read_text()
                    time.sleep(0.1)
                yield
            finally:
                os.killpg(server.pid, signal.SIGTERM)
                server.wait(STOP_TIMEOUT)

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

    def finished(self, job: str, timeout: float = TIMEOUT) -> str:
        """Wait until a job is finished; its log. It must not take longer than `timeout` (s)."""
        deadline = time.monotonic() + timeout
        while job not in self.jobs("finished"):
            assert time.monotonic() < deadline, self.log(job)
            time.sleep(0.1)
        return self.log(job)

    def run(self, **schedule: Any) -> str:
        """Schedule a job and wait until it is finished; its log."""
        return self.finished(self.schedule(**schedule))

    def cancel(self, job: str) -> None:
        """Cancel a running job."""
        answer = json.loads(self.shell(self.block("cancel.json"), JOB=job))
        assert (answer["status"], answer["prevstate"]) == ("ok", "running")


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
