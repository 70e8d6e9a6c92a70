"""Days are those of Bangkok: on a machine in another time zone, and in a run that midnight in Bangkok falls into.

The machine stands where it is still the day before. In further zones: tests/soak/spiders.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.support.commands import ROOT, EndedCrawl, crawl, scrapy
from tests.support.crawls import live
from tests.support.loopback.answers import Answer
from tests.support.loopback.server import Asked
from tests.support.loopback.site import Site
from tests.support.warcs import eventful_page, page

ZONES = {"UTC": "UTC0", "Bangkok": "Asia/Bangkok", "Los Angeles": "America/Los_Angeles"}
# What a clock there shows a second before midnight in Bangkok.
SHOWN = {
    "UTC": "2025-06-01 16:59:59",
    "Bangkok": "2025-06-01 23:59:59",
    "Los Angeles": "2025-06-01 09:59:59",
}
BEFORE_MIDNIGHT, MIDNIGHT = "2025-06-01T23:59:59+07:00", "2025-06-02T00:00:00+07:00"
BEFORE_IN_UTC, MIDNIGHT_IN_UTC = "2025-06-01T16:59:59+00:00", "2025-06-01T17:00:00+00:00"


class Clock:
    """The clock of the commands that are started while it is there: see tests/support/clock/sitecustomize.py."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def says(self, moment: str) -> None:
        """Set it; a command that is running sees one time or the other."""
        new = self._path.with_suffix(".new")
        new.write_text(moment)
        new.replace(self._path)


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    path = tmp_path / "clock"
    monkeypatch.setenv("CLOCK", str(path))
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "tests" / "support" / "clock"), prepend=os.pathsep)
    return Clock(path)


@pytest.fixture(params=["Los Angeles"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The time zone of the commands."""
    monkeypatch.setenv("TZ", ZONES[request.param])
    return request.param


def exported(folder: Path) -> str:
    done = scrapy("export", f"-sTHAIGOV_DIR={folder}")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_sample_is_the_same_at_any_time_anywhere(
    tmp_path: Path, sample_run: EndedCrawl, clock: Clock, zone: str
) -> None:
    clock.says(BEFORE_MIDNIGHT)
    run = crawl(tmp_path, source="sample")
    assert run.status == 0
    assert SHOWN[zone] in run.log
    assert exported(run.folder) == exported(sample_run.folder)


class SiteAtMidnight(Site):
    """A site that is asked for some of its articles before midnight, for the others after it."""

    midnight_at = 11  # article ID

    def __init__(self, clock: Clock) -> None:
        super().__init__(range(1, 21), eventful_page)
        self._clock = clock

    def answer(self, asked: Asked) -> Answer:
        if asked.path.endswith(f"/{self.midnight_at}"):
            self._clock.says(MIDNIGHT)
        return super().answer(asked)


def test_a_run_across_midnight(tmp_path: Path, clock: Clock, zone: str) -> None:
    clock.says(BEFORE_MIDNIGHT)
    with SiteAtMidnight(clock) as site:
        run = live(tmp_path, site)
        assert run.status == 0
        assert SHOWN[zone] in run.log
        # The clock stands at the time after midnight now, and this run knows no other.
        undisturbed = live(tmp_path / "undisturbed", site)
    seen = [at for (at,) in run.rows("SELECT captured_at FROM articles ORDER BY id")]
    assert seen == sorted(seen)
    assert set(seen) == {BEFORE_IN_UTC, MIDNIGHT_IN_UTC}
    assert without_times(exported(run.folder)) == without_times(exported(undisturbed.folder))
    assert run.rows("SELECT start, raw FROM dates WHERE article_id = 3 ORDER BY ordinal LIMIT 1") == [
        ("2025-04-04", "4 เมษายน 2568")
    ]
    changed = scrapy("changes", f"-sTHAIGOV_DIR={run.folder}", "--since", "2025-06-02").stdout
    assert changed.count("\n") == run.rows(f"SELECT count(*) FROM changes WHERE at = '{MIDNIGHT_IN_UTC}'")[0][0] >= 10


def without_times(exported: str) -> str:
    """Exported articles without the times at which they were captured."""
    return re.sub(r'"captured_at": "[^"]*"', "", exported)


@pytest.mark.parametrize(
    ("moment", "asked_for"), [(BEFORE_MIDNIGHT, [2, 3]), (MIDNIGHT, [3])], ids=["before midnight", "midnight"]
)
def test_young_is_counted_from_today_in_bangkok(
    tmp_path: Path, clock: Clock, zone: str, moment: str, asked_for: list[int]
) -> None:
    clock.says(moment)
    days = {1: "วันที่ 21 พฤษภาคม 2568", 2: "วันที่ 22 พฤษภาคม 2568", 3: "วันที่ 23 พฤษภาคม 2568"}
    with Site(days, lambda article_id: page(article_id, long_date=days[article_id])) as site:
        live(tmp_path, site, ids="1-3")
        site.log.clear()
        settings = {"THAIGOV_BASE_URL": site.url, "THAIGOV_CONTACT": "crawler@example.org", "DOWNLOAD_DELAY": 0.002}
        crawl(tmp_path / "data", source="live", settings=settings, visit="recheck", recheck_days="10")
        assert [int(logged.path.rpartition("/")[2]) for logged in site.asked("/details/")] == asked_for
