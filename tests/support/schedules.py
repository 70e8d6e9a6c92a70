"""Reads the example files that schedule the nightly runs, and runs their commands on a machine."""

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
# minute hour day month weekday command. A line that is commented out counts, too.
LINE = re.compile(rf"^#?((?:{FIELD} ){{5}})(\S.*)$", re.MULTILINE)


def unit(name: str) -> ConfigParser:
    """Return a unit file of systemd. `thaigov@missing.service` is an instance of `thaigov@.service`."""
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str
    assert parser.read(DEPLOY / re.sub(r"@\w+", "@", name))
    return parser


def of_cron() -> list[str]:
    """Return the commands of the crontab."""
    return [command for _, command in LINE.findall(CRONTAB)]


def of_systemd() -> list[str]:
    """Return the commands that the timers start, written for a shell."""
    commands = []
    for timer in TIMERS:
        service = unit(timer.name)["Timer"].get("Unit", f"{timer.stem}.service")
        section, instance = unit(service)["Service"], re.search(r"@?(\w+)\.service", service)[1]
        command = f"cd {section['WorkingDirectory']} && {section['ExecStart']}"
        commands.append(command.replace("%i", instance).replace("%h", "$HOME"))
    return commands


def runs(data: Path) -> list[tuple]:
    """Return the argument `visit` and the exit status of each ended run, in the order in which the runs began."""
    query = "SELECT json_extract(arguments, '$.visit'), exit_status FROM runs WHERE finished_at IS NOT NULL ORDER BY id"
    return query_database(data / "thaigov.db", query)


def split(commands: list[str]) -> tuple[str, str, list[str]]:
    """Return the command that crawls the live site, the command that watches, and the others."""
    (live,) = [command for command in commands if "source=live" in command]
    (watch,) = [command for command in commands if "--failed-within" in command]
    return live, watch, [command for command in commands if command not in (live, watch)]


def run_the_commands(machine: Machine, archive: Archive, site: Site, commands: list[str]) -> None:
    """Run the nightly commands on a machine, and check what they fetch."""
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
