"""Crawls of the spider thaigov_feed, and what they ask a site for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.commands import EndedCrawl, scrapy
from tests.support.crawls import SETTINGS
from tests.support.loopback.site import Site


def options(folder: Path, site: Site, sections: str = "8", **settings: Any) -> list[str]:
    """Of a crawl: arguments and settings."""
    settings = {**SETTINGS, "THAIGOV_DIR": folder, "THAIGOV_BASE_URL": site.url, **settings}
    return [f"-asections={sections}", *(f"-s{name}={value}" for name, value in settings.items())]


def feed(tmp_path: Path, site: Site, sections: str = "8", **settings: Any) -> EndedCrawl:
    """Run `scrapy crawl thaigov_feed`, the site's log beginning anew."""
    site.log.clear()
    folder = tmp_path / "data"
    done = scrapy("crawl", "thaigov_feed", *options(folder, site, sections, **settings))
    assert "Warning: " not in done.stderr, done.stderr
    return EndedCrawl(done.returncode, done.stderr, folder)


def visited(site: Site) -> list[int]:
    """The article IDs that were asked for, in order."""
    return [int(logged.path.rpartition("/")[2]) for logged in site.asked("/details/")]
