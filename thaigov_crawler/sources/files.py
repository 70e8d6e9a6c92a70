"""What the sources that read files share: finding the files, and reading them as if they were downloads."""

from __future__ import annotations

import asyncio
import os
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response

from thaigov_crawler.sources.base import Plan, WantedIds

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Request

ADVICE = "Check that the files are where they were."
# The key of a request's meta that names the file which `FileDownloadHandler` reads.
PATH = "thaigov_path"

# Names of packed files. The files in them are not read.
PACKED = re.compile(r"\.(?:zip|7z|rar|tar|tar\.\w+|tgz|tbz2?|txz)\Z", re.IGNORECASE)
# The name of a folder in which a killed command was writing: `.NAME.` and the random letters of tempfile.
_UNFINISHED = re.compile(r"\.(.+)\.[a-z0-9_]{8}")

Lister = Callable[[WantedIds, Callable[[], bool]], int]  # see `planned`


async def planned(list_visits: Lister, ids: WantedIds, crawler: Crawler) -> Plan:
    """Return the plan for files. Its number of visits is what `list_visits` returns.

    `list_visits` gets `ids` and a function that returns true once the spider is closed. It runs in a thread.
    """
    stopping = threading.Event()
    crawler.signals.connect(stopping.set, signals.spider_closed)
    return Plan(await asyncio.to_thread(list_visits, ids, stopping.is_set))


def files_in(folder: Path, named: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield (folder, name) of each file in a folder and its subfolders whose name matches `named` anywhere.

    Follow links, but read each folder once. Pass over folders that a killed command left unfinished. Raise OSError if
    `folder` itself cannot be read.
    """
    os.scandir(folder).close()
    seen = set()
    for place, subfolders, names in os.walk(folder, followlinks=True):
        if (real := os.path.realpath(place)) in seen:  # two links may lead there
            subfolders.clear()
            continue
        seen.add(real)
        subfolders[:] = sorted(name for name in subfolders if unfinished(name) is None)
        yield from ((place, name) for name in sorted(names) if named.search(name))


def unfinished(name: str) -> str | None:
    """Return the NAME that a killed command was writing in a folder called `name`, or None for any other folder."""
    found = _UNFINISHED.fullmatch(name)
    return found and found[1]


def check_size(body: bytes | bytearray, limit: int) -> None:
    """Raise DownloadCancelledError if a page has more than `limit` bytes (DOWNLOAD_MAXSIZE). 0 means no limit."""
    if 0 < limit < len(body):
        raise DownloadCancelledError(f"the page is larger than {limit:,} bytes (DOWNLOAD_MAXSIZE)")


def shown(text: str) -> str:
    """Return a text from a file, or a file's name, in a form that the log can quote.

    Control characters and bytes that are not text become escapes such as `\\x1b`.
    """
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


class FileDownloadHandler(BaseDownloadHandler):
    """Answers a request with the whole file that its meta names under PATH.

    A source with one file for each page sets it in `DOWNLOAD_HANDLERS` for a scheme of its own. A file may have
    DOWNLOAD_MAXSIZE bytes at most, like a page that Scrapy fetches over HTTP.
    """

    lazy = True

    def __init__(self, crawler: Crawler):
        super().__init__(crawler)
        self._max_size = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    async def download_request(self, request: Request) -> Response:
        """Return the response. Raise OSError, or DownloadCancelledError if the file is too large."""
        with open(request.meta[PATH], "rb") as file:
            body = file.read(self._max_size + 1 if self._max_size else None)
        check_size(body, self._max_size)
        return Response(request.url, body=body, protocol="file")
