"""The example files that schedule the nightly runs, crontab and systemd units. Their commands run in tests/soak/deploy."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.support.machine import Machine
from tests.support.programs import find_program
from tests.support.schedules import CRONTAB, DEPLOY, LINE, TIMERS, of_cron, of_systemd, unit


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
