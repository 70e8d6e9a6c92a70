"""Politeness as the hosts see it: their request logs under the default settings.

These crawls take as long as the rates make them. The same over minutes: tests/soak/test_rates.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.support.commands import crawl
from tests.support.crawls import TOLERANCE
from tests.support.loopback.archive import CDX, Archive
from tests.support.loopback.crawls import CommonCrawl
from tests.support.loopback.faults import Fault
from tests.support.loopback.server import Logged
from tests.support.loopback.site import Site
from tests.support.warcs import address, page
from thaigov_crawler import __version__


def seconds(log: Sequence[Logged]) -> float:
    """From the first request to the last, at least: the first may have come late."""
    return log[-1].at - log[0].at + TOLERANCE


def test_an_archive_gets_an_index_query_in_2_5_seconds_and_8_replays_a_second(tmp_path: Path, archive: Archive) -> None:
    archive.max_rows = 20
    for article_id in range(1, 41):
        archive.add(address(article_id), "20240102030405", page(article_id))
    run = crawl(tmp_path / "data", source="wayback", settings={"THAIGOV_ARCHIVE": archive.url})
    assert run.outcomes == {"stored": 40}
    queries, replays = archive.asked(CDX), archive.asked("/web/")
    assert (len(queries), len(replays)) == (3, 40)
    assert seconds(queries) >= 2 * 60 / 24
    assert seconds(replays) >= 39 / 8


def test_common_crawl_gets_a_question_in_5_seconds_and_a_request_for_a_page_a_second(
    tmp_path: Path, commons: CommonCrawl
) -> None:
    one = commons.crawl(2024)
    for article_id in range(1, 5):
        one.add(address(article_id), "20240302030405", page(article_id))
    commons.index.faults.append(Fault("", delay=1, times=None))  # while an answer is on its way, nothing is asked
    commons.data.faults.append(Fault("", delay=0.5, times=None))
    run = crawl(tmp_path / "data", source="commoncrawl", settings=commons.settings)
    assert run.outcomes == {"stored": 4}
    assert (len(commons.index.log), len(commons.data.log)) == (3, 4)
    assert seconds(commons.index.log) >= 2 * 5
    assert seconds(commons.data.log) >= 3
    assert (commons.index.most_at_once, commons.data.most_at_once) == (1, 1)
    agents = {logged.headers["User-Agent"] for logged in (*commons.index.log, *commons.data.log)}
    assert agents == {f"thaigov-crawler/{__version__}"}


def test_the_site_gets_one_request_a_second(tmp_path: Path, site: Site) -> None:
    settings = {"THAIGOV_BASE_URL": site.url, "THAIGOV_CONTACT": "crawler@example.org"}
    run = crawl(tmp_path / "data", source="live", ids="1-3", settings=settings)
    assert run.outcomes == {"stored": 3}
    assert len(site.log) == 4
    assert seconds(site.log) >= 3
