"""The project on a real Scrapyd on loopback: the guide docs/guides/nightly.md from nothing to the first run. What takes
more jobs is in tests/soak/deploy.
"""

from __future__ import annotations

import re
from configparser import ConfigParser

from tests.support.commands import ROOT
from tests.support.loopback.archive import Archive
from tests.support.machine import Machine, stored

DEPLOY = ROOT / "deploy"


# The guide


def test_from_nothing_to_the_first_run(machine: Machine) -> None:
    log = machine.finished(machine.first)
    assert "33 new" in log
    assert log.splitlines()[-1] == "  Status:    0, finished"
    assert len(stored(machine.data / "sample")) == 33
    assert "WARNING: THAIGOV_DIR" not in log
    assert machine.shell(machine.block("tail -n")).count("Summary of the run") >= 1
    assert "thaigov, sample" in machine.shell(machine.block("scrapy runs"))


def test_the_jobs_run_from_the_egg(machine: Machine, archive: Archive) -> None:
    """What is deployed counts, also where the environment has the package installed as requirements.txt does it.

    Only the deployed settings name the archive of the tests. The command is how Scrapyd starts a job.
    """
    runner = "SCRAPY_PROJECT=thaigov_crawler ../thaigov-crawler/.venv/bin/python -m scrapyd.runner"
    assert machine.shell(f"cd scrapyd && {runner} settings --get THAIGOV_ARCHIVE") == f"{archive.url}\n"


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


def test_every_command_of_the_guide(machine: Machine) -> None:
    """The other tests run them, but for those that would install packages and services on the machine of the tests:
    what these name is there."""
    run = ("password=", "bin/scrapyd ", "bin/scrapyd-deploy", "listjobs.json", "tail -n", "scrapy runs", "cancel.json")
    installing = ("pip install", "enable --now scrapyd", "crontab -l", "enable --now thaigov")
    assert sorted(map(machine.block, run + installing)) == sorted(machine.blocks())
    text = "".join(map(machine.block, installing))
    for name in re.findall(r"deploy/([\w.*-]+)", text) + re.findall(r"[\w-]+\.(?:service|timer)", text):
        assert list(DEPLOY.glob(name)), name


# What it runs


def test_a_bad_argument_is_the_last_line_of_the_log(machine: Machine) -> None:
    last = machine.run(visit="sometimes").splitlines()[-1]
    assert "] ERROR: argument visit: 'sometimes' is not allowed: must be one of " in last
