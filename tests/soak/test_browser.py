"""A run whose many pages a real Chromium opens."""

from __future__ import annotations

from pathlib import Path

from tests.support.crawls import live
from tests.support.loopback.answers import Mishap
from tests.support.loopback.faults import Fault
from tests.support.loopback.site import Site
from tests.support.programs import chromium


def test_a_host_that_a_browser_cannot_reach_is_given_up(tmp_path: Path, site: Site) -> None:
    chromium()
    site.faults.append(Fault("/details/", mishap=Mishap.RESET, after=1, times=None))
    run = live(tmp_path, site, ids="1-30", render="true", settings={"THAIGOV_PAUSE": 0.1})
    assert run.status == 4
    assert "unreachable" in run.log
    assert "Traceback" not in run.log
