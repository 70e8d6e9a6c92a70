"""A progress bar with rate and remaining time, for a run on a terminal."""

from __future__ import annotations

import atexit
import logging
import os
import sys
from typing import Self, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from thaigov_crawler.run import run_of, visit_ended


class _RateColumn(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f} pages/s" if task.speed else "")


class ProgressBar:
    """A bar on standard error. There is none if standard error is not a terminal, or if Scrapyd started the run."""

    def __init__(self, crawler: Crawler):
        self._run = run_of(crawler)
        if not (sys.stderr and sys.stderr.isatty()) or "SCRAPY_JOB" in os.environ:
            raise NotConfigured
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _RateColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task = self._progress.add_task(crawler.spidercls.name, total=None)
        self._handlers: list[logging.StreamHandler[TextIO]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        bar = cls(crawler)
        crawler.signals.connect(bar.spider_opened, signals.spider_opened)
        crawler.signals.connect(bar.visit_ended, visit_ended)
        crawler.signals.connect(bar.spider_closed, signals.spider_closed)
        return bar

    def spider_opened(self) -> None:
        """Show the bar, and send the log through rich, which keeps it above the bar."""
        stderr = sys.stderr
        self._progress.start()
        atexit.register(self._progress.stop)  # give the cursor back, however the run ends
        for handler in logging.root.handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is stderr:
                handler.setStream(sys.stderr)  # rich has replaced it by its own stream
                self._handlers.append(handler)

    def visit_ended(self) -> None:
        """Move the bar one step."""
        self._progress.update(self._task, advance=1, total=self._run.counters.planned)

    def spider_closed(self) -> None:
        """Remove the bar, and send the log to standard error again."""
        self._progress.stop()
        for handler in self._handlers:
            handler.setStream(sys.stderr)
