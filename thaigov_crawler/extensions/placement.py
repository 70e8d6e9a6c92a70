"""PlacementWarning: says where a scheduled job's output lands, where that is the scheduler's own folder."""

from __future__ import annotations

import logging
from pathlib import Path

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from thaigov_crawler.store.of_run import database_file, only_for_our_spiders, output_folder

logger = logging.getLogger(__name__)


class PlacementWarning:
    """Scrapyd runs its jobs in the folder that it was started in, and a relative THAIGOV_DIR lies there."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PlacementWarning:
        """Raises NotConfigured for a run that Scrapyd did not start: those are given no `_job`."""
        only_for_our_spiders(crawler)
        if "_job" not in crawler.spider.given:
            raise NotConfigured
        warning = cls()
        crawler.signals.connect(warning.spider_opened, signals.spider_opened)
        return warning

    def spider_opened(self, spider: Spider) -> None:
        """Warn of what is relative."""
        settings, name = spider.settings, spider.source.folder
        folder, database = output_folder(settings, name), database_file(settings, name)
        if not folder.is_absolute():
            _warn("THAIGOV_DIR", folder, "THAIGOV_DIR=/srv/thaigov")
        if database and not database.is_absolute() and settings["THAIGOV_DATABASE"]:
            _warn("THAIGOV_DATABASE", database, "THAIGOV_DATABASE=sqlite:////srv/thaigov/thaigov.db")


def _warn(setting: str, path: Path, example: str) -> None:
    logger.warning(
        "%s is relative, and this job runs in Scrapyd's own folder: what it writes lands in %s. "
        "Schedule it with an absolute one, as in --arg setting=%s",
        setting,
        path.absolute(),
        example,
    )
