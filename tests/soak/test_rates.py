"""Rates over minutes, as the hosts see them in their logs, with the default settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.support.commands import crawl
from tests.support.crawls import TOLERANCE
from tests.support.loopback.archive import CDX, Archive
from tests.support.loopback.site import Site
from tests.support.warcs import address, page


def most_within(seconds: float, times: Sequence[float]) -> int:
    """Return the largest number of `times` (in order) in any window of `seconds` minus TOLERANCE."""
    return max(sum(start <= at < start + seconds - TOLERANCE for at in times) for start in times)


def test_an_archive_gets_24_index_queries_a_minute_and_8_replays_a_second(tmp_path: Path, archive: Archive) -> None:
    archive.max_rows = 2
    for article_id in range(1, 53):
        archive.add(address(article_id), "20240102030405", page(article_id))
    run = crawl(tmp_path / "data", source="wayback", settings={"THAIGOV_ARCHIVE": archive.url})
    assert run.outcomes == {"stored": 52}
    queries = [logged.at for logged in archive.asked(CDX)]
    replays = [logged.at for logged in archive.asked("/web/")]
    assert len(queries) == 27
    assert queries[-1] - queries[0] > 60
    assert most_within(60, queries) <= 24
    assert len(replays) == 52
    assert most_within(1, replays) <= 8


def test_the_site_gets_one_request_a_second(tmp_path: Path, site: Site) -> None:
    settings = {"THAIGOV_BASE_URL": site.url, "THAIGOV_CONTACT": "crawler@example.org"}
    run = crawl(tmp_path / "data", source="live", ids="1-30", settings=settings)
    assert run.outcomes == {"stored": 30}
    assert len(site.log) == 31
    assert most_within(10, [logged.at for logged in site.log]) <= 10
