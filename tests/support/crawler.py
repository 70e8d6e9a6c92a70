"""A crawler that does not crawl, for tests of parts that need one."""

from __future__ import annotations

from pathlib import Path

from scrapy.crawler import Crawler
from scrapy.utils.project import get_project_settings

from thaigov_crawler.spiders.thaigov import ThaigovSpider


def crawler_of(folder: Path, **arguments: str) -> Crawler:
    """Return a crawler of the spider `thaigov` with these arguments. Its output goes to `folder`."""
    settings = get_project_settings()
    settings.set("THAIGOV_DIR", str(folder))
    settings.set("TWISTED_REACTOR_ENABLED", False)
    crawler = Crawler(ThaigovSpider, settings)
    crawler.spider = ThaigovSpider.from_crawler(crawler, **arguments)
    crawler._apply_settings()
    return crawler
