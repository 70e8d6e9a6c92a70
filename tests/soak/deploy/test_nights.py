"""What takes many jobs on a real Scrapyd: the commands of the crontab and of the timers, and a cancelled live job."""

from __future__ import annotations

from pathlib import Path

from tests.support.loopback.archive import Archive
from tests.support.loopback.site import Site
from tests.support.machine import Machine, cancel_and_go_on
from tests.support.schedules import of_cron, of_systemd, run_the_commands


def test_the_commands_of_the_crontab(machine: Machine, archive: Archive, site: Site) -> None:
    run_the_commands(machine, archive, site, of_cron())


def test_the_commands_of_systemd(machine: Machine, archive: Archive, site: Site) -> None:
    run_the_commands(machine, archive, site, of_systemd())


def test_the_next_job_goes_on_where_one_was_cancelled(
    machine: Machine, archive: Archive, site: Site, tmp_path: Path
) -> None:
    cancel_and_go_on(machine, archive, site, tmp_path, "live")
