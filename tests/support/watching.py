"""A Scrapy add-on that watches a run from inside, over the signals that Scrapy sends: for tests of large runs.

`-s ADDONS={"tests.support.watching.Watch": 1} -s WATCH=FILE` has FILE say, as JSON, what `Seen` holds.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler

STEP = 1000  # responses from one look at the memory to the next


@dataclass
class Seen:
    """What was seen of a run."""

    longest_queue: int = 0  # requests waiting in the scheduler
    memory: list[int] = field(default_factory=list)  # kB, after each STEP responses

    @classmethod
    def of(cls, path: Path) -> Seen:
        """What a run has written."""
        return cls(**json.loads(path.read_text()))


class Watch:
    """The add-on."""

    def __init__(self, crawler: Crawler):
        self._crawler = crawler
        self._seen = Seen()
        self._responses = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Watch:
        watch = cls(crawler)
        crawler.signals.connect(watch.request_scheduled, signals.request_scheduled)
        crawler.signals.connect(watch.response_received, signals.response_received)
        crawler.signals.connect(watch.spider_closed, signals.spider_closed)
        return watch

    def request_scheduled(self) -> None:
        self._seen.longest_queue = max(self._seen.longest_queue, len(self._crawler.engine.scheduler) + 1)

    def response_received(self) -> None:
        self._responses += 1
        if self._responses % STEP == 0:
            self._seen.memory.append(_resident())

    def spider_closed(self) -> None:
        Path(self._crawler.settings["WATCH"]).write_text(json.dumps(asdict(self._seen)))


def _resident() -> int:
    """Memory of this process (kB)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise OSError("/proc/self/status does not tell VmRSS")
