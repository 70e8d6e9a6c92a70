"""`scrapy changes`: new, edited, withdrawn and returned articles."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.support.commands import EndedCrawl, scrapy
from tests.support.crawls import live
from tests.support.loopback.site import Site
from tests.support.warcs import page


def changes(folder: Path, *options: str) -> list[str]:
    """The lines without their times."""
    done = scrapy("changes", f"-sTHAIGOV_DIR={folder}", *options)
    assert done.returncode == 0, done.stderr
    return [line[27:] for line in done.stdout.splitlines()]


def test_what_happened_to_the_articles(tmp_path: Path, site: Site) -> None:
    live(tmp_path, site, ids="1-2")
    site.pages[1] = page(1, headline="แก้ไขแล้ว")
    gone = site.pages.pop(2)
    live(tmp_path, site, ids="1-2", visit="recheck")
    site.pages[2] = gone
    run = live(tmp_path, site, ids="1-2", visit="recheck")
    assert changes(run.folder) == [
        "     1  new        แก้ไขแล้ว",
        "     2  new        เปิดห้องสมุดชุมชนแห่งที่ 2",
        "     1  edited     แก้ไขแล้ว (title)",
        "     2  withdrawn  เปิดห้องสมุดชุมชนแห่งที่ 2",
        "     2  returned   เปิดห้องสมุดชุมชนแห่งที่ 2",
    ]


def test_since_a_day_in_bangkok(sample_run: EndedCrawl) -> None:
    today = datetime.now(timezone(timedelta(hours=7))).date()
    assert len(changes(sample_run.folder, "--since", today.isoformat())) in (0, 33)  # 0: midnight has just passed
    assert len(changes(sample_run.folder, "--since", (today - timedelta(days=1)).isoformat())) == 33
    done = scrapy("changes", f"-sTHAIGOV_DIR={sample_run.folder}", "--since", "2399-01-01")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "changes: there are none\n")


@pytest.mark.parametrize("options", [["--since", "yesterday"], ["--since", "2568-13-01"], ["what"]])
def test_bad_options(options: list[str]) -> None:
    assert scrapy("changes", *options).returncode == 2


def test_a_day_of_the_buddhist_era_is_refused() -> None:
    done = scrapy("changes", "--since", "2568-05-01")
    assert done.returncode == 2
    assert "--since '2568-05-01': days are those of the Common Era, 2025 for 2568" in done.stderr


def test_without_a_database(tmp_path: Path) -> None:
    done = scrapy("changes", f"-sTHAIGOV_DIR={tmp_path}")
    assert done.returncode == 1
    assert "There is no database" in done.stderr
