"""A crawler of the project as pipelines see it, with the visits that they end."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.crawler import Crawler
from scrapy.utils.project import get_project_settings

from thaigov_crawler.outcomes import Visit, visit_ended
from thaigov_crawler.spiders.thaigov import ThaigovSpider


@pytest.fixture
def crawler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Crawler:
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "thaigov_crawler.settings")
    settings = get_project_settings()
    settings.set("THAIGOV_DIR", str(tmp_path))
    settings.set("TWISTED_REACTOR_ENABLED", False)
    crawler = Crawler(ThaigovSpider, settings)
    crawler.spider = ThaigovSpider.from_crawler(crawler, source="sample")
    crawler._apply_settings()
    return crawler


@pytest.fixture
def visits(crawler: Crawler) -> list[tuple[Visit, bool]]:
    """Visits ended, and whether the store held them by then."""
    ended: list[tuple[Visit, bool]] = []

    def note(visit: Visit, recorded: bool) -> None:
        ended.append((visit, recorded))

    crawler.signals.connect(note, visit_ended, weak=False)
    return ended
