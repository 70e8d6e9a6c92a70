"""Fixtures: one machine with a real Scrapyd and the deployed project, and the servers that it crawls."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.support.loopback.archive import Archive
from tests.support.loopback.site import Site
from tests.support.machine import Machine
from tests.support.warcs import address, page


@pytest.fixture(scope="session")
def archive() -> Iterator[Archive]:
    """The archive that the deployed project reads, with articles 1 to 300."""
    with Archive() as server:
        for article_id in range(1, 301):
            server.add(address(article_id), "20250102030405", page(article_id))
        yield server


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The live site that the deployed project reads, with articles 301 to 400."""
    with Site(range(301, 401)) as server:
        yield server


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory, archive: Archive, site: Site) -> Iterator[Machine]:
    """A machine after the guide's commands, up to the first job. All delays have their default values."""
    home = tmp_path_factory.mktemp("machine") / "home"
    machine = Machine(home, {"THAIGOV_ARCHIVE": archive.url, "THAIGOV_BASE_URL": site.url})
    machine.shell(machine.block("password="))
    with machine.scrapyd():
        machine.deploy()
        yield machine


@pytest.fixture
def password(machine: Machine) -> str:
    """The password of Scrapyd on the machine."""
    return re.search(r"password (\w+)", (machine.home / ".netrc").read_text())[1]
