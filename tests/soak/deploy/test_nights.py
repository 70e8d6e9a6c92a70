"""What takes many jobs on a real Scrapyd: the commands of the crontab and of the timers, a second job on a
host, and a cancelled live job."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.loopback.archive import Archive
from tests.support.loopback.site import Site
from tests.support.machine import Machine, cancel_and_go_on, fetched
from tests.support.schedules import of_cron, of_systemd, run_the_commands, runs
from tests.support.waiting import wait_until


def test_the_commands_of_the_crontab(machine: Machine, archive: Archive, site: Site) -> None:
    run_the_commands(machine, archive, site, of_cron())


def test_the_commands_of_systemd(machine: Machine, archive: Archive, site: Site) -> None:
    run_the_commands(machine, archive, site, of_systemd())


def test_the_second_run_on_a_host_gives_way(machine: Machine, archive: Archive, tmp_path: Path) -> None:
    archive.log.clear()
    first = machine.schedule(visit="missing", settings={"THAIGOV_DIR": tmp_path})
    wait_until(lambda: fetched(archive))
    log = machine.run(visit="recheck", settings={"THAIGOV_DIR": tmp_path})
    assert re.fullmatch(r"  Status:    5, .*Another run is at work on 127\.0\.0\.1:\d+: .*", log.splitlines()[-1])
    assert first in machine.jobs("running")
    machine.cancel(first)
    machine.finished(first)
    assert runs(tmp_path) == [("missing", 1), ("recheck", 5)]


def test_the_next_job_goes_on_where_one_was_cancelled(
    machine: Machine, archive: Archive, site: Site, tmp_path: Path
) -> None:
    cancel_and_go_on(machine, archive, site, tmp_path, "live")
