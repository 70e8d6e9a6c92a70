"""PlacementWarning: warn if the output of a scheduled job goes to the scheduler's own folder."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings

from thaigov_crawler.run import Run, run_of
from thaigov_crawler.run.output import database_file

logger = logging.getLogger(__name__)


class PlacementWarning:
    """Warn of a relative output path. Scrapyd runs jobs in the folder in which it was started, so the path is there."""

    def __init__(self, run: Run, settings: BaseSettings):
        self._run, self._settings = run, settings

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension. Raise NotConfigured for a run that Scrapyd did not start: it has no argument `_job`."""
        run = run_of(crawler)
        if "_job" not in run.arguments:
            raise NotConfigured
        warning = cls(run, crawler.settings)
        crawler.signals.connect(warning.spider_opened, signals.spider_opened)
        return warning

    def spider_opened(self) -> None:
        """Warn of a relative THAIGOV_DIR and of a relative file in THAIGOV_DATABASE."""
        database = database_file(self._settings, self._run.source.folder)
        if not self._run.folder.is_absolute():
            _warn("THAIGOV_DIR", self._run.folder, "THAIGOV_DIR=/srv/thaigov")
        if database and not database.is_absolute() and self._settings["THAIGOV_DATABASE"]:
            _warn("THAIGOV_DATABASE", database, "THAIGOV_DATABASE=sqlite:////srv/thaigov/thaigov.db")


def _warn(setting: str, path: Path, example: str) -> None:
    logger.warning(
        "%s is relative, and this job runs in Scrapyd's own folder: its output goes to %s. "
        "Schedule the job with an absolute path, as in --arg setting=%s",
        setting,
        path.absolute(),
        example,
    )
