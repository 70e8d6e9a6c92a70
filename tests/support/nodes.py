"""Nodes after the commands of docs/guides/many-machines.md: machines with a Scrapyd each, and one PostgreSQL.

All are processes on loopback. The commands are those of the guide. Only home folders, ports and addresses differ. A node
has a hostname and a clock of its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from tests.support import postgresql
from tests.support.commands import ROOT
from tests.support.machine import Machine, job_of, run_shell

GUIDE = "docs/guides/many-machines.md"
# What stands in the place of `sudo` and `systemctl` on the machine of the database. The server of the tests has no
# service and no user of its own. Its superuser comes by TCP.
_SUDO = '#!/bin/sh\n[ "$1" = -u ] && shift 2\nexec "$@"\n'
_SYSTEMCTL = '#!/bin/sh\n[ "$*" = "restart postgresql" ] && touch "$HOME/restarted"\n'


class Node(Machine):
    """A machine with a hostname and a clock, which uses the database of others."""

    def __init__(self, home: Path, name: str, hours_ahead: int, database: Database, files: Path):
        super().__init__(home)
        self.name = name
        self._database, self._files = database, files
        # The processes of this machine find this module before all others: see its docstring.
        shutil.copy(ROOT / "tests" / "support" / "clock" / "sitecustomize.py", self.checkout / "deploy")
        conf = self.checkout / "deploy" / "node.conf"
        text = conf.read_text("utf-8").replace("db.example.org", f"127.0.0.1:{database.port}")
        text = re.sub(r"^FILES=.*$", f"FILES={files}", text, flags=re.MULTILINE)
        conf.write_text(f"{text}NODE={name}\nAHEAD={3600 * hours_ahead}\n", "utf-8")

    def part_of_guide(self, holding: str) -> str:
        """Return the only block of the guide that has this text."""
        (block,) = [block for block in blocks() if holding in block]
        return block

    def set_up(self) -> None:
        """Run the commands up to the start of Scrapyd."""
        self.shell(self.block("password="))
        self.shell(self.part_of_guide(".pgpass"), line=self._database.line)
        self.shell(self.part_of_guide("cp ~/thaigov-crawler/deploy/node.conf"), EDITOR="true")

    @contextmanager
    def scrapyd(self) -> Iterator[subprocess.Popen[bytes]]:
        """Run Scrapyd until the end of the block, and deploy the project. Jobs end with it."""
        with self.started(self.part_of_guide("bin/scrapyd --pidfile")) as server:
            self.shell("cd thaigov-crawler && .venv/bin/scrapyd-deploy")
            yield server

    def schedule_parts(self, parts: str) -> list[str]:
        """Schedule parts by the command of the guide, such as "1 3 5 7". Return the IDs of the jobs."""
        block = re.sub(r"for part in [\d ]+;", f"for part in {parts};", self.part_of_guide("in 1 3 5 7;"))
        return [job_of(line) for line in self.shell(block).splitlines()]

    def schedule_by_unit(self, part: str) -> str:
        """Schedule a part as its unit of systemd does, such as "2/8". Return the ID of the job."""
        unit = ConfigParser(interpolation=None)
        unit.read(self.checkout / "deploy" / "thaigov-part@.service")
        service = unit["Service"]
        line = f"set -a; . {service['EnvironmentFile']}; cd {service['WorkingDirectory']}; {service['ExecStart']}"
        return job_of(self.shell(line.replace("%h", str(self.home)).replace("%I", part)))

    def runs(self, *options: str) -> str:
        """Return what `scrapy runs` prints here."""
        command = self.part_of_guide("scrapy runs").rstrip()
        path = f"PYTHONPATH={self.checkout}/deploy"
        return self.shell(f"export {path}; {command} {' '.join(options)}")


class Database:
    """The machine of the database: a server of its own, set up by the guide's commands."""

    def __init__(self, home: Path, server: postgresql.Server):
        home.mkdir(parents=True)
        self.home = home
        self.root = make_url(server.url)
        self.port = self.root.port
        programs = home / "bin"
        programs.mkdir()
        for name, text in (("sudo", _SUDO), ("systemctl", _SYSTEMCTL)):
            (programs / name).write_text(text)
            (programs / name).chmod(0o755)
        self._env = {
            "HOME": str(home),
            "PATH": f"{programs}:{postgresql.binaries()}:/usr/bin:/bin",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port),
            "PGUSER": str(self.root.username),
            "PGPASSWORD": str(self.root.password),
            "PGDATABASE": "postgres",
        }
        said = self._shell("CREATE ROLE")
        self.line = said.splitlines()[-1].replace("db.example.org:5432", f"127.0.0.1:{self.port}")
        self._shell("pg_hba.conf", "/etc/postgresql/15/main/pg_hba.conf", str(server.data / "pg_hba.conf"))
        assert (home / "restarted").exists()
        server.control("restart", "-m", "fast")
        self.url = f"postgresql://news:{self.line.rpartition(':')[2]}@127.0.0.1:{self.port}/news"

    def _shell(self, holding: str, before: str = "", after: str = "") -> str:
        (block,) = [block for block in blocks() if holding in block]
        return run_shell(block.replace(before, after) if before else block, self.home, self._env)


def blocks() -> list[str]:
    """Return the guide's blocks of commands."""
    return re.findall(r"```sh\n(.*?)```", (ROOT / GUIDE).read_text("utf-8"), re.DOTALL)
