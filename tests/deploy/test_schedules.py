"""The example files that schedule the nightly runs, crontab and systemd units: their own commands, on a real Scrapyd."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.support.commands import QUICK, ROOT, query_database
from tests.support.loopback.archive import Archive
from tests.support.loopback.site import Site
from tests.support.machine import TIMEOUT, Machine, fetched, job_of, stored
from tests.support.programs import find_program

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


@pytest.mark.parametrize("commands", [of_cron(), of_systemd()], ids=["cron", "systemd"])
def test_the_commands(machine: Machine, archive: Archive, site: Site, commands: list[str]) -> None:
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
    deadline = time.monotonic() + TIMEOUT
    while len(fetched(site)) < 3:
        assert time.monotonic() < deadline, machine.log(job)
        time.sleep(0.1)
    machine.cancel(job)
    machine.finished(job)
    assert runs(machine.data)[-1] == ("new", 1)
    assert fetched(site)[:3] == [301, 302, 303]
    assert {request.headers["user-agent"].partition(" ")[2] for request in site.asked()} == {"(+you@example.org)"}
    with pytest.raises(AssertionError, match="interrupted"):
        machine.shell(watch)


def split(commands: list[str]) -> tuple[str, str, list[str]]:
    """The command that crawls the live site, the one that watches, and the others."""
    (live,) = [command for command in commands if "source=live" in command]
    (watch,) = [command for command in commands if "--failed-within" in command]
    return live, watch, [command for command in commands if command not in (live, watch)]


@pytest.mark.parametrize("command", [of_cron()[0], of_systemd()[0]], ids=["cron", "systemd"])
def test_a_project_that_is_not_deployed_is_told(machine: Machine, command: str) -> None:
    command = command.replace("-p thaigov_crawler ", "-p another ")
    if "echo" in command:
        assert machine.shell(command) == "Nothing was scheduled: is the project deployed?\n"
    else:
        with pytest.raises(AssertionError):
            machine.shell(command)


def test_the_second_run_on_a_host_gives_way(machine: Machine, archive: Archive, tmp_path: Path) -> None:
    archive.log.clear()
    first = machine.schedule(visit="missing", settings={"THAIGOV_DIR": tmp_path})
    deadline = time.monotonic() + TIMEOUT
    while not fetched(archive):
        assert time.monotonic() < deadline, machine.log(first)
        time.sleep(0.1)
    log = machine.run(visit="recheck", settings={"THAIGOV_DIR": tmp_path})
    assert re.fullmatch(r"  Status:    5, .*Another run is at work on 127\.0\.0\.1:\d+: .*", log.splitlines()[-1])
    assert first in machine.jobs("running")
    machine.cancel(first)
    machine.finished(first)
    assert runs(tmp_path) == [("missing", 1), ("recheck", 5)]


def test_the_crontab() -> None:
    """Every line is a comment, blank or an entry; cron would take a bare % for a new line."""
    entries = [line for line in CRONTAB.splitlines() if line and not line.startswith("#")]
    assert len(entries) == 4
    for entry in entries:
        times, command = LINE.fullmatch(entry).groups()
        for number, last in zip(times.split(), (59, 23, 31, 12, 7), strict=True):
            assert number == "*" or int(number) <= last
        assert "%" not in command
    assert len(LINE.findall(CRONTAB)) == 5


@pytest.mark.parametrize("with_live", [False, True])
def test_cron_takes_the_crontab(tmp_path: Path, with_live: bool) -> None:
    crontab = find_program("crontab", install="apt-get install cron")
    path = tmp_path / "crontab"
    path.write_text(re.sub(r"^#(?=\d)", "", CRONTAB, flags=re.MULTILINE) if with_live else CRONTAB, "utf-8")
    done = subprocess.run([crontab, "-n", path], capture_output=True, encoding="utf-8", check=False)
    if "invalid option" in done.stderr:
        pytest.skip("this cron has no -n, which checks a crontab; that of Debian 12 has")
    assert done.returncode == 0, done.stderr


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """The programs that they start must be there, too."""
    analyze = find_program("systemd-analyze", install="apt-get install systemd")
    machine = Machine(tmp_path / "home")
    (machine.home / "scrapyd").mkdir()
    (tmp_path / "run").mkdir()
    units = sorted(str(path) for kind in ("service", "timer") for path in DEPLOY.glob(f"*.{kind}"))
    done = subprocess.run(
        [analyze, "--user", "--man=no", "verify", *units],
        env=machine.environment(XDG_RUNTIME_DIR=str(tmp_path / "run")),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("timer", TIMERS, ids=lambda path: path.name)
def test_systemd_takes_the_calendar(timer: Path) -> None:
    analyze = find_program("systemd-analyze", install="apt-get install systemd")
    when = unit(timer.name)["Timer"]["OnCalendar"]
    subprocess.run([analyze, "calendar", when], capture_output=True, check=True)


def test_cron_and_systemd_schedule_the_same() -> None:
    def arguments(command: str) -> list[str]:
        return re.findall(r"--arg (\S+)", command.replace('"', ""))

    assert sorted(map(arguments, of_cron())) == sorted(map(arguments, of_systemd()))
