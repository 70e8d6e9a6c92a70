"""The quality watch: its rules on made numbers, and real runs over pages that lose a field."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from sample.warc import Warc
from tests.support.commands import EndedCrawl, crawl, scrapy
from tests.support.crawls import live
from tests.support.loopback.site import Site
from tests.support.tables import every_row
from tests.support.warcs import address, eventful_page, page, warc_of
from thaigov_crawler.extensions.quality import collapsed, fruitless, malformed
from thaigov_crawler.store.runs import PastRun

USUAL = {"lead": 0.4, "section": 1.0, "event": 0.7, "attendees": 0.5, "venue": 0.1, "body_length": 2000.0}


def nights(number: int, articles: int = 36, **changes: float) -> list[dict[str, float]]:
    return [{"articles": articles, **USUAL, **changes}] * number


# Fields that collapse


@every_row(
    ("runs", "said"),
    [
        (nights(10), None),
        (
            nights(2, section=0) + nights(3),
            "Of the last 72 articles 0% have a section (100% before), compared with 108",
        ),
        (nights(2, attendees=0.12) + nights(3), "12% have attendees (50% before)"),
        (nights(2, attendees=0.13) + nights(3), None),
        (nights(2, venue=0) + nights(3), None),  # it never was usual
        (nights(2, event=0, lead=0) + nights(9), "0% have a lead (40% before), 0% have an event (70% before)"),
        (nights(2, body_length=990) + nights(9), "the body has 990 characters on average (2,000 before)"),
        (nights(2, body_length=1010) + nights(9), None),
        (nights(1, section=0) + nights(9), None),  # one night
        (nights(20, articles=3, section=0) + nights(9), "Of the last 60 articles"),  # small ones, together
        (nights(19, articles=3, section=0) + nights(9), None),
        (nights(1, articles=500, section=0) + nights(2, articles=50), "Of the last 500 articles"),
        (nights(2, section=0) + nights(2), None),  # 72 earlier ones are too few
        (nights(2, section=0) + nights(30, section=0) + nights(30), None),  # it has become usual
        (nights(20, section=0) + nights(30), "0% have a section (36% before)"),  # not yet
        (nights(1), None),
    ],
)
def test_collapsed(runs: list[dict[str, float]], said: str | None) -> None:
    warning = collapsed(runs[0], runs[1:])
    if said is None:
        assert warning is None
    else:
        assert said in warning
        assert "scrapy probe" in warning


# Malformed pages


@every_row(
    ("outcomes", "warns"),
    [
        ({"stored": 33, "malformed": 3}, True),
        ({"unchanged": 33, "malformed": 3}, True),
        ({"stored": 97, "malformed": 3}, False),
        ({"absent": 300, "malformed": 10}, True),
        ({"stored": 1, "malformed": 2}, False),
        ({"stored": 9}, False),
        ({}, False),
    ],
)
def test_malformed(outcomes: dict[str, int], warns: bool) -> None:
    assert bool(malformed(outcomes, 0.05)) is warns


# Nights without an article

MIDNIGHT = datetime(2026, 11, 22, 17, tzinfo=timezone.utc)  # in Bangkok
NOTHING = {"absent": 300, "stored": 0}


def past(*days_ago: float, outcomes: dict[str, int] | None = None) -> list[PastRun]:
    """Runs so many days before MIDNIGHT + 1 h."""
    unknown: dict[str, Any] = dict.fromkeys(PastRun.__dataclass_fields__)
    times = [(MIDNIGHT + timedelta(hours=1) - timedelta(days=days)).isoformat() for days in days_ago]
    return [
        PastRun(**{**unknown, "started_at": at, "outcomes": NOTHING if outcomes is None else outcomes}) for at in times
    ]


@every_row(
    ("outcomes", "before", "nights"),
    [
        (NOTHING, past(1, 2, 3, 4, 5, 6), 7),
        (NOTHING, past(1, 2, 3, 4, 5), None),
        (NOTHING, past(0.1, 1, 1.1, 1.2, 2, 3, 4, 5), None),  # 24:00 parts two days, and several runs are one night
        ({"moved": 9}, past(1, 2, 3, 5, 7, 9), 7),  # not every day has visits
        (NOTHING, past(1, 3, 5, 7, 9, 11, 13), 8),
        (NOTHING, past(2, 4, 6, 8, 10, 12, 14), 7),  # two weeks ago is too long ago
        (NOTHING, past(3, 6, 9, 12, 15, 18, 21), None),
        ({"stored": 1, "absent": 300}, past(1, 2, 3, 4, 5, 6, 7), None),
        (NOTHING, [*past(1, 2, 3), *past(3.1, outcomes={"unchanged": 1}), *past(4, 5, 6, 7)], None),
        ({}, past(1, 2, 3, 4, 5, 6, 7), None),  # nothing to visit tonight
        ({}, past(1, 2, 3, 4, 5, 6, 7, outcomes={}), None),  # an archive that is complete
        ({"malformed": 3}, past(1, 2, 3, 4, 5, 6, 7, outcomes={"malformed": 3}), None),  # but for what never was well
    ],
)
def test_fruitless(outcomes: dict[str, int], before: list[PastRun], nights: int | None) -> None:
    warning = fruitless(outcomes, before, MIDNIGHT + timedelta(hours=1))
    assert (warning or "").startswith(f"No article was found on the last {nights} days with visits: ") is bool(nights)
    assert bool(warning) is bool(nights)


# Real runs


def noted(run: EndedCrawl) -> tuple[dict[str, float], list[str]]:
    """The quality and the warnings of the last run."""
    ((quality, warnings),) = run.rows("SELECT quality, warnings FROM runs ORDER BY id DESC LIMIT 1")
    return json.loads(quality or "null"), json.loads(warnings)


def test_the_quality_of_a_run_is_that_of_what_it_read_new_or_not(tmp_path: Path) -> None:
    warc = Warc()
    for number in range(1, 5):
        warc.response(address(number), body=page(number, **({"section": ""} if number == 1 else {})))
    path = warc.write(tmp_path / "pages.warc.gz")
    first = noted(crawl(tmp_path / "data", source=f"warc:{path}"))
    second = crawl(tmp_path / "data", source=f"warc:{path}")
    assert second.outcomes == {"unchanged": 4}
    assert noted(second) == first
    quality, warnings = first
    bodies = second.rows("SELECT avg(length(body)) FROM articles")[0][0]
    assert quality["articles"] == 4
    assert quality["section"] == 0.75
    assert quality["attendees"] == 0
    assert quality["body_length"] == pytest.approx(bodies, abs=0.1)
    assert warnings == []


def test_a_run_that_read_nothing_has_no_quality(tmp_path: Path) -> None:
    path = warc_of(range(1, 3)).write(tmp_path / "pages.warc.gz")
    run = crawl(tmp_path / "data", source=f"warc:{path}", plan_only="true")
    assert noted(run) == (None, [])
    assert run.rows("SELECT quality IS NULL FROM runs") == [(1,)]


def test_a_site_that_loses_fields(tmp_path: Path, site: Site) -> None:
    site.pages = {number: eventful_page(number) for number in range(1, 101)}
    site.pages |= {number: page(number, section="") for number in range(101, 161)}
    quality, warnings = noted(live(tmp_path, site, ids="1-100"))
    assert quality["attendees"] > 0.9
    assert warnings == []
    assert noted(live(tmp_path, site, ids="101-120"))[1] == []
    assert noted(live(tmp_path, site, ids="121-140"))[1] == []
    run = live(tmp_path, site, ids="141-160")
    quality, (warning,) = noted(run)
    assert (quality["articles"], quality["section"], quality["attendees"]) == (20, 0, 0)
    assert warning.startswith("Of the last 60 articles 0% have a section (100% before), 0% have an event (")
    assert ", 0% have attendees (" in warning
    assert "compared with 100 earlier ones" in warning
    assert run.status == 0
    assert f"WARNING: {warning}" in run.log
    assert f"Run 4: {warning}" in scrapy("runs", f"-sTHAIGOV_DIR={run.folder}").stdout
    # Files are another kind of source, and have no earlier runs.
    other = Warc()
    for number in range(301, 371):
        other.response(address(number), body=page(number, section=""))
    files = crawl(run.folder, source=f"warc:{other.write(tmp_path / 'other.warc.gz')}")
    assert noted(files)[1] == []


def test_a_site_whose_pages_cannot_be_read(tmp_path: Path, site: Site) -> None:
    site.pages |= dict.fromkeys(range(1, 5), b"<p>something new</p>")
    run = live(tmp_path, site, ids="1-20")
    assert run.status == 4
    ((warning,),) = (noted(run)[1],)
    assert warning.startswith("4 of 20 pages are malformed (at most 5% may be): their layout may have changed.")
    assert f"WARNING: {warning}" in run.log


def test_a_week_of_nights_without_an_article(tmp_path: Path, site: Site) -> None:
    for night in range(7):
        run = live(tmp_path, site, ids=f"{501 + 3 * night}-{503 + 3 * night}")
        assert run.outcomes == {"absent": 3}
        warnings = noted(run)[1]
        assert bool(warnings) is (night == 6)
        with sqlite3.connect(run.folder / "thaigov.db") as connection:  # it was yesterday
            for column in ("started_at", "finished_at"):
                connection.execute(
                    f"UPDATE runs SET {column} = strftime('%Y-%m-%dT%H:%M:%S+00:00', {column}, '-1 day')"
                )
        connection.close()
    assert warnings[0].startswith("No article was found on the last 7 days with visits")
    assert f"WARNING: {warnings[0]}" in run.log
    assert noted(live(tmp_path, site, ids="1-3"))[1] == []


def test_a_run_whose_database_cannot_be_opened_says_nothing_of_quality(tmp_path: Path) -> None:
    run = crawl(tmp_path, source="sample", settings={"THAIGOV_DATABASE": f"sqlite:///{tmp_path}/none/x.db"})
    assert run.status == 1
    assert "Traceback" not in run.log
