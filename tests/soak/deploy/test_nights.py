"""What takes many jobs on a real Scrapyd: the commands of the crontab and of the timers, a second job on a host,
cancelled jobs, and where their output goes.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.loopback.archive import Archive
from tests.support.loopback.site import Site
from tests.support.machine import Machine, cancel_and_go_on, fetched, stored
from tests.support.schedules import of_cron, of_systemd, run_the_commands, runs
from tests.support.waiting import wait_until
from tests.support.warcs import warc_of


def test_the_commands_of_the_crontab(machine: Machine, archive: Archive, site: Site) -> None:
    run_the_commands(machine, archive, site, of_cron())


def test_the_commands_of_systemd(machine: Machine, archive: Archive, site: Site) -> None:
    run_the_commands(machine, archive, site, of_systemd())


@pytest.mark.parametrize("command", [of_cron()[0], of_systemd()[0]], ids=["cron", "systemd"])
def test_a_project_that_is_not_deployed_is_told(machine: Machine, command: str) -> None:
    command = command.replace("-p thaigov_crawler ", "-p another ")
    if "echo" in command:
        assert machine.shell(command) == (
            "Nothing was scheduled: does Scrapyd run, with this password, and is the project deployed?\n"
        )
    else:
        with pytest.raises(AssertionError):
            machine.shell(command)


@pytest.mark.parametrize("command", [of_cron()[0], of_systemd()[0]], ids=["cron", "systemd"])
def test_a_scrapyd_that_is_not_there_is_told(machine: Machine, command: str) -> None:
    command = command.replace("scrapyd-client schedule", "scrapyd-client --target http://localhost:9 schedule")
    if "echo" in command:
        assert machine.shell(command).startswith("Nothing was scheduled: does Scrapyd run")
    else:
        with pytest.raises(AssertionError):
            machine.shell(command)


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


def test_the_next_job_goes_on_where_one_was_cancelled(machine: Machine, archive: Archive, tmp_path: Path) -> None:
    cancel_and_go_on(machine, archive, range(1, 301), tmp_path, "wayback")


def test_so_it_does_on_the_live_site(machine: Machine, site: Site, tmp_path: Path) -> None:
    cancel_and_go_on(machine, site, range(301, 341), tmp_path, "live")


def test_a_warc_file_and_output_in_the_folder_of_scrapyd_which_is_warned_of(machine: Machine, tmp_path: Path) -> None:
    path = warc_of(range(1, 6)).write(tmp_path / "pages.warc.gz")
    log = machine.run(source=f"warc:{path}")
    assert f"goes to {machine.home}/scrapyd/data. Schedule the job with an absolute path" in log
    assert stored(machine.home / "scrapyd" / "data") == {1, 2, 3, 4, 5}
