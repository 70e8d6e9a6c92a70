"""Crawls of the loopback copies of the site and of the archive, at hardly any delay."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from tests.support.commands import QUICK, EndedCrawl, crawl
from tests.support.loopback.archive import Archive
from tests.support.loopback.site import Site
from tests.support.warcs import address, page

# Seconds that a request may come late to a server: what the servers see of a rate is the less exact, the busier the
# machine is.
TOLERANCE = 0.5
# A process that is not run for longer than the delay may send two requests at once (Scrapy counts one as sent only a
# little later), and many tests count requests.
SETTINGS = {**QUICK, "DOWNLOAD_DELAY": 0.03, "THAIGOV_CONTACT": "crawler@example.org"}


def live(
    tmp_path: Path, site: Site, settings: dict[str, Any] | None = None, ids: str = "1-20", **arguments: str
) -> EndedCrawl:
    """A crawl of the site, in another second than the last: captures of one second have no order."""
    time.sleep(1 - time.time() % 1)
    settings = {**SETTINGS, "THAIGOV_BASE_URL": site.url, **(settings or {})}
    return crawl(tmp_path / "data", source="live", ids=ids, settings=settings, **arguments)


def wayback(tmp_path: Path, base: str, settings: dict[str, Any] | None = None, **arguments: str) -> EndedCrawl:
    """A crawl of the archive at an address, as in THAIGOV_ARCHIVE."""
    settings = {**SETTINGS, "THAIGOV_ARCHIVE": base, **(settings or {})}
    return crawl(tmp_path / "data", source="wayback", settings=settings, **arguments)


def filled(archive: Archive, number: int = 20) -> Archive:
    """The archive with one capture of each of the first articles."""
    for article_id in range(1, number + 1):
        archive.add(address(article_id), "20240102030405", page(article_id))
    return archive
