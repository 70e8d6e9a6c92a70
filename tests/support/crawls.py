"""Crawls of the loopback copies of the site and the archive, with tiny delays."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

from tests.support.commands import QUICK, EndedCrawl, crawl
from tests.support.loopback.archive import Archive
from tests.support.loopback.crawls import CommonCrawl
from tests.support.loopback.site import Site
from tests.support.warcs import address, page

# Seconds that a request may come too late to a server. On a busy machine, the servers see a rate less exactly.
TOLERANCE = 0.5
# The delay is long enough for tests that count requests. If a process does not get the processor for longer than the
# delay, Scrapy may send two requests at once.
SETTINGS = {**QUICK, "DOWNLOAD_DELAY": 0.03, "THAIGOV_CONTACT": "crawler@example.org"}


def live(
    tmp_path: Path,
    site: Site | None = None,
    settings: dict[str, Any] | None = None,
    ids: str = "1-20",
    **arguments: str,
) -> EndedCrawl:
    """Crawl the site, in another second than the last crawl, because captures of one second have no order.

    Without a site, the settings must name one.
    """
    if (tmp_path / "data").exists():
        time.sleep(1 - time.time() % 1)
    settings = {**SETTINGS, **({"THAIGOV_BASE_URL": site.url} if site else {}), **(settings or {})}
    return crawl(tmp_path / "data", source="live", ids=ids, settings=settings, **arguments)


def wayback(tmp_path: Path, base: str, settings: dict[str, Any] | None = None, **arguments: str) -> EndedCrawl:
    """Crawl the archive at the address `base`, a value of THAIGOV_ARCHIVE."""
    settings = {**SETTINGS, "THAIGOV_ARCHIVE": base, **(settings or {})}
    return crawl(tmp_path / "data", source="wayback", settings=settings, **arguments)


def commoncrawl(
    tmp_path: Path, archive: CommonCrawl, settings: dict[str, Any] | None = None, **arguments: str
) -> EndedCrawl:
    """Crawl the loopback copy of Common Crawl."""
    settings = {**SETTINGS, **archive.settings, **(settings or {})}
    return crawl(tmp_path / "data", source="commoncrawl", settings=settings, **arguments)


def check_recording(first: EndedCrawl, again: EndedCrawl) -> None:
    """Check that a crawl of the recording of another crawl has stored the same as that."""
    assert again.outcomes == first.outcomes
    for table in ("articles", "people", "dates", "revisions"):
        names = [name for _, name, *_ in first.rows(f"PRAGMA table_info({table})")]
        columns = ", ".join(f'"{name}"' for name in names if name not in ("source", "kept_at", "article"))
        query = f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3"
        assert again.rows(query) == first.rows(query)


def filled(archive: Archive, number: int = 20) -> Archive:
    """Add one capture of each of the first `number` articles to the archive, and return it."""
    for article_id in range(1, number + 1):
        archive.add(address(article_id), "20240102030405", page(article_id))
    return archive


def rendered_pages(log: str) -> tuple[int, int]:
    """Return how many pages the browser opened, and how many it closed."""
    return tuple(int(re.search(rf"'playwright/page_count{end}': (\d+)", log)[1]) for end in ("", "/closed"))
