"""The example files that schedule the nightly runs: what they name, and what that does on a machine."""

from __future__ import annotations

import re
import shutil
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.support.commands import QUICK, ROOT, query_database
from tests.support.loopback.archive import Archive
from tests.support.loopback.site import Site
from tests.support.machine import Machine, fetched, job_of, stored
from tests.support.waiting import wait_until

DEPLOY = ROOT / "deploy"
CRONTAB = (DEPLOY / "crontab").read_text("utf-8")
TIMERS = sorted(DEPLOY.glob("*.timer"))
FIELD = r"(?:\*|\d+)"
# minute hour day month weekday command; one that is commented out is an example, too
LINE = re.compile(rf"^#?((?:{FIELD} ){{5}})(\S.*)$", re.MULTILINE)


def unit(name: str) -> ConfigParser:
    """A unit file; `thaigov@missing.service` is an instance of `thaigov@.service`."""
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str
    assert parser.read(DEPLOY / re.sub(r"@\w+", "@", name))
    return parser


def of_cron() -> list[str]:
    """The commands of the crontab."""
    return [command for _, command in LINE.findall(CRONTAB)]


def of_systemd() -> list[str]:
    """The commands that the timers start, as a shell would say them."""
    commands = []
    for timer in TIMERS:
        service = unit(timer.name)["Timer"].get("Unit", f"{timer.stem}.service")
        section, instance = unit(service)["Service"], re.search(r"@?(\w+)\.service", service)[1]
        command = f"cd {section['WorkingDirectory']} && {section['ExecStart']}"
        commands.append(command.replace("%i", instance).replace("%h", "$HOME"))
    return commands


def runs(data: Path) -> list[tuple]:
    """What was visited and the exit status of the runs that have ended, in the order of their beginnings."""
    query = "SELECT json_extract(arguments, '$.visit'), exit_status FROM runs WHERE finished_at IS NOT NULL ORDER BY id"
    return query_database(data / "thaigov.db", query)


def split(commands: list[str]) -> tuple[str, str, list[str]]:
    """The command that crawls the live site, the one that watches, and the others."""
    (live,) = [command for command in commands if "source=live" in command]
    (watch,) = [command for command in commands if "--failed-within" in command]
    return live, watch, [command for command in commands if command not in (live, watch)]


def run_the_commands(machine: Machine, archive: Archive, site: Site, commands: list[str]) -> None:
    """Run the nightly commands on a machine, and look at what they fetch."""
    live, watch, nightly = split(commands)
    shutil.rmtree(machine.data, ignore_errors=True)
    machine.run(ids="1-295", settings={**QUICK, "THAIGOV_DIR": machine.data})  # the first, long run
    archive.log.clear()
    for command in nightly:
        machine.finished(job_of(machine.shell(command)))
    assert stored(machine.data) == set(range(1, 301))
    assert sorted(fetched(archive)) == [296, 297, 298, 299, 300]
    assert sorted(runs(machine.data)[1:]) == [("failed", 0), ("missing", 0), ("recheck", 0)]
    assert machine.shell(watch) == ""
    site.log.clear()
    job = job_of(machine.shell(live))
    wait_until(lambda: len(fetched(site)) >= 3)
    machine.cancel(job)
    machine.finished(job)
    assert runs(machine.data)[-1] == ("new", 1)
    assert fetched(site)[:3] == [301, 302, 303]
    assert {request.headers["user-agent"].partition(" ")[2] for request in site.asked()} == {"(+you@example.org)"}
    with pytest.raises(AssertionError, match="interrupted"):
        machine.shell(watch)
