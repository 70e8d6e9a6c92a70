"""The project on a real Scrapyd on loopback: the README's section "Every night" from nothing to the first run, and what
becomes of the jobs."""

from __future__ import annotations

import re
import time
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.support.commands import QUICK, ROOT
from tests.support.loopback.archive import Archive
from tests.support.loopback.site import Site
from tests.support.machine import Machine, fetched, stored
from tests.support.warcs import warc_of

DEPLOY = ROOT / "deploy"
# Within so many seconds a job that was cancelled has ended, at the default delays: generous, as they are none of it.
SOON = 15
IN_FLIGHT = 16  # requests at most: Scrapy's CONCURRENT_REQUESTS


# The README


def test_from_nothing_to_the_first_run(machine: Machine) -> None:
    log = machine.finished(machine.first)
    assert "33 new" in log
    assert log.splitlines()[-1] == "  Status:    0, finished"
    assert len(stored(machine.data / "sample")) == 33
    assert "WARNING: THAIGOV_DIR" not in log
    assert machine.shell(machine.block("tail -n")).count("Summary of the run") >= 1
    assert "thaigov, sample" in machine.shell(machine.block("scrapy runs"))


def test_the_jobs_run_from_the_egg(machine: Machine) -> None:
    """The package is nowhere else to be found."""
    sees = "cd scrapyd && ! ../thaigov-crawler/.venv/bin/python -c 'import thaigov_crawler' 2>&1"
    assert "ModuleNotFoundError: No module named 'thaigov_crawler'" in machine.shell(sees)


def test_nobody_without_the_password(machine: Machine) -> None:
    code = "curl -s -o /dev/null -w '%{http_code} ' "
    listjobs = f"http://localhost:{machine.port}/listjobs.json"
    assert (
        machine.shell(f"{code} {listjobs}; {code} -u thaigov:wrong {listjobs}; {code} -n {listjobs}") == "401 401 200 "
    )
    for name in ("scrapyd/scrapyd.conf", ".netrc"):
        assert (machine.home / name).stat().st_mode & 0o077 == 0


def test_nothing_secret_or_open_in_the_files() -> None:
    conf = ConfigParser()
    conf.read(DEPLOY / "scrapyd.conf")
    assert conf["scrapyd"]["bind_address"] == "127.0.0.1"
    assert conf["scrapyd"]["password"] == conf["scrapyd"]["items_dir"] == ""
    target = ConfigParser()
    target.read(ROOT / "scrapy.cfg")
    assert set(target["deploy"]) == {"url", "project"}


def test_every_command_of_the_readme(machine: Machine) -> None:
    """The other tests run them, but for those that would install packages and services on the machine of the tests:
    what these name is there."""
    run = ("password=", "bin/scrapyd ", "bin/scrapyd-deploy", "listjobs.json", "tail -n", "scrapy runs", "cancel.json")
    installing = ("pip install", "enable --now scrapyd", "crontab -l", "enable --now thaigov")
    assert sorted(map(machine.block, run + installing)) == sorted(machine.blocks())
    text = "".join(map(machine.block, installing))
    for name in re.findall(r"deploy/([\w.*-]+)", text) + re.findall(r"[\w-]+\.(?:service|timer)", text):
        assert list(DEPLOY.glob(name)), name


# What it runs


def test_a_warc_file(machine: Machine, tmp_path: Path) -> None:
    path = warc_of(range(1, 6)).write(tmp_path / "pages.warc.gz")
    machine.run(source=f"warc:{path}", settings={"THAIGOV_DIR": tmp_path / "data"})
    assert stored(tmp_path / "data") == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"visit": "sometimes"}, "argument visit: 'sometimes' is not allowed: must be one of "),
        ({"sauce": "wayback"}, "argument sauce: 'wayback' is not allowed: this spider knows source, "),
        ({"source": "warc:pages"}, "argument source: 'warc:pages' is not allowed: there is no file or folder pages"),
    ],
)
def test_bad_arguments_are_the_last_line_of_the_log(machine: Machine, arguments: dict[str, str], reason: str) -> None:
    assert f"] ERROR: {reason}" in machine.run(**arguments).splitlines()[-1]


def test_output_in_the_folder_of_scrapyd_is_warned_of(machine: Machine) -> None:
    log = machine.run(source="sample")
    assert f"goes to {machine.home}/scrapyd/data/sample. Schedule the job with an absolute path" in log


@pytest.mark.parametrize("source", ["wayback", "live"])
def test_a_cancelled_job_ends_soon_and_the_next_one_goes_on(
    machine: Machine, archive: Archive, site: Site, tmp_path: Path, source: str
) -> None:
    """Nothing is lost, and nothing fetched twice but what was under way, by the servers' own logs."""
    server, first, last = (archive, 1, 300) if source == "wayback" else (site, 301, 340)
    options = {"source": source, "visit": "missing", "ids": f"{first}-{last}"}
    mine = {"THAIGOV_DIR": tmp_path, "THAIGOV_CONTACT": "you@example.org"}
    server.log.clear()
    job = machine.schedule(**options, settings=mine)
    deadline = time.monotonic() + 60
    while len(fetched(server)) < 8:
        assert time.monotonic() < deadline, machine.log(job)
        time.sleep(0.05)
    machine.cancel(job)
    assert "interrupted" in machine.finished(job, SOON).splitlines()[-1]
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
