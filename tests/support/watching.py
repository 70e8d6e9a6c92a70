"""Add-ons for Scrapy that watch a run from inside, with Scrapy's signals."""

from __future__ import annotations

import contextlib
import json
import os
import signal
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from sqlalchemy import Engine, event

from tests.support.commands import Started, started
from tests.support.waiting import wait_until
from thaigov_crawler.run import waiting

STEP = 1000  # responses between two measurements of the memory


@dataclass
class Seen:
    """The measurements of a run."""

    longest_queue: int = 0  # largest number of requests waiting in the scheduler
    memory: list[int] = field(default_factory=list)  # kB, measured every STEP responses
    statements: int = 0  # number of SQL statements

    @classmethod
    def of(cls, path: Path) -> Seen:
        """Read the measurements that a run has written."""
        return cls(**json.loads(path.read_text()))


def watch(file: Path, step: int = STEP) -> dict[str, Any]:
    """Return the settings of a run that is watched. At its end, it writes `Seen` as JSON to the file."""
    return {"ADDONS": json.dumps({"tests.support.watching.Watch": 1}), "WATCH": file, "WATCH_STEP": step}


@contextlib.contextmanager
def halted(articles: int, folder: Path, source: str) -> Iterator[Started]:
    """Run a crawl that stops itself (SIGSTOP) after it has stored this number of articles. Kill it at the end."""
    settings = {
        "THAIGOV_DIR": folder,
        "ADDONS": json.dumps({"tests.support.watching.Halt": 1}),
        "HALT_AFTER": articles,
    }
    options = [f"-s{name}={value}" for name, value in settings.items()]
    with started("crawl", "thaigov", f"-asource={source}", *options) as process:
        wait_until(lambda: process.poll() is not None or _stands_still(process.pid))
        assert process.poll() is None
        yield process


def _stands_still(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


class Halt:
    """The add-on of `halted`."""

    def __init__(self, left: int):
        self._left = left

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Halt:
        waiting.MOST = 1  # so that no more articles are stored than are told of
        addon = cls(crawler.settings.getint("HALT_AFTER"))
        crawler.signals.connect(addon.item_scraped, signals.item_scraped)
        return addon

    def item_scraped(self) -> None:
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGSTOP)


class Watch:
    """The add-on of `watch`."""

    def __init__(self, crawler: Crawler):
        self._crawler = crawler
        self._seen = Seen()
        self._responses, self._step = 0, crawler.settings.getint("WATCH_STEP")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Watch:
        watch = cls(crawler)
        crawler.signals.connect(watch.request_scheduled, signals.request_scheduled)
        crawler.signals.connect(watch.response_received, signals.response_received)
        crawler.signals.connect(watch.spider_closed, signals.spider_closed)
        event.listen(Engine, "before_cursor_execute", watch.statement)
        return watch

    def request_scheduled(self) -> None:
        self._seen.longest_queue = max(self._seen.longest_queue, len(self._crawler.engine.scheduler) + 1)

    def response_received(self) -> None:
        self._responses += 1
        if self._responses % self._step == 0:
            self._seen.memory.append(_resident())

    def statement(self, *_: object) -> None:
        self._seen.statements += 1

    def spider_closed(self) -> None:
        Path(self._crawler.settings["WATCH"]).write_text(json.dumps(asdict(self._seen)))


def _resident() -> int:
    """Return the resident memory of this process in kB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise OSError("/proc/self/status does not tell VmRSS")
