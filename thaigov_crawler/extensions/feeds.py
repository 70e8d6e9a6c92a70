"""The files of `-o` and `-O`. They never replace a file that a crawl keeps."""

from __future__ import annotations

import logging
import os
from pathlib import PureWindowsPath
from typing import IO, Any, Self
from urllib.parse import urlsplit

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.extensions.feedexport import FileFeedStorage
from w3lib.url import file_uri_to_path

from thaigov_crawler.run import run_of
from thaigov_crawler.run.ends import FinishReason
from thaigov_crawler.run.spared import spared

logger = logging.getLogger(__name__)


def file_of(uri: str) -> str | None:
    """Return the path of the file that the address of a feed names, or None if it names no file of this machine."""
    if PureWindowsPath(uri).drive or not (scheme := urlsplit(uri).scheme):
        return uri
    if scheme == "journal":
        return uri.removeprefix("journal:")
    return file_uri_to_path(uri) if scheme == "file" else None


class FileStorage(FileFeedStorage):
    """Scrapy's storage for files, but it ends the run before it writes over a file that a crawl keeps.

    `scrapy crawl` has checked the names before the run. Names with `%(name)s` are only known here.
    """

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None, refused: bool = False):
        super().__init__(uri, feed_options=feed_options)
        self._refused = refused

    @classmethod
    def from_crawler(cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any] | None = None) -> Self:
        refused = spared(file_of(uri) or uri, crawler.settings)
        if refused and crawler.engine:  # without an engine, Scrapy only tries whether the feed is possible
            _refuse(crawler, uri)
        return cls(uri, feed_options=feed_options, refused=refused)

    def open(self, spider: Spider) -> IO[bytes]:
        """Open the file. If it is refused, open a null device."""
        return open(os.devnull, "wb") if self._refused else super().open(spider)


def _refuse(crawler: Crawler, uri: str) -> None:
    why = f"The feed {uri} is a crawl's own file, which it would replace: name another"
    try:
        run_of(crawler).end(FinishReason.UNUSABLE, why)
    except NotConfigured:  # the spider is not ours
        logger.error(why)
