"""Common Crawl as a source. Each of its crawls has an index, and its WARC files give out one record at a time.

`THAIGOV_COMMONCRAWL_INDEX` names the host of the indexes (see crawls.py), `THAIGOV_COMMONCRAWL_DATA` that of the files
(see parts.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Self
from urllib.parse import SplitResult

from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Request

from thaigov_crawler.checked import amount, web_address
from thaigov_crawler.errors import DamagedBody, DamagedRecord, InTrouble, NoCapture
from thaigov_crawler.sources.addresses import (
    CLASSIC_PREFIXES,
    CLASSIC_SINCE,
    ORIGIN,
    RELAUNCH_PREFIXES,
    RELAUNCH_SINCE,
    article_ids_below,
)
from thaigov_crawler.sources.archive import ArchiveSource
from thaigov_crawler.sources.base import (
    ADDRESSES,
    WANTS_PART,
    Capture,
    Defaults,
    Options,
    Unread,
    WantedIds,
    header_of,
    is_relaunch,
)
from thaigov_crawler.sources.crawls import INDEX_SLOT, CrawlIndexes
from thaigov_crawler.sources.parts import address_of, copied, page_in, range_of, record_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

    from thaigov_crawler.sources.rows import IndexedCapture

INDEX, INDEX_DELAY = "THAIGOV_COMMONCRAWL_INDEX", "THAIGOV_COMMONCRAWL_INDEX_DELAY"
DATA, DATA_DELAY = "THAIGOV_COMMONCRAWL_DATA", "THAIGOV_COMMONCRAWL_DATA_DELAY"
# Seconds between two requests to these hosts at least. The index is overloaded, and blocks who asks faster. The files
# answer 503 Slow Down to who asks more than once a second.
FLOORS = MappingProxyType({"index.commoncrawl.org": 3.0, "data.commoncrawl.org": 1.0})
# The download slot of the files.
DATA_SLOT = "commoncrawl-data"
_SMALL = 1 << 16  # bytes of a message of the host


class CommonCrawlSource(ArchiveSource):
    """The captures of article pages in all crawls of Common Crawl."""

    kind = name = "commoncrawl"
    remembers = True
    usage = "commoncrawl (the crawls of Common Crawl)"
    options: ClassVar[Options] = MappingProxyType({**ArchiveSource.options, "address": ADDRESSES})
    changes_pages: ClassVar[Defaults] = MappingProxyType({**ArchiveSource.changes_pages, "address": ADDRESSES[0]})
    advice = (
        "Run again later: the run goes on where this one ended, and asks no crawl again that it has asked. The index "
        "of Common Crawl is often overloaded. You can also read another archive (-a source=wayback) or WARC files "
        "(-a source=warc:PATH)."
    )
    advice_where_refused = (
        "Common Crawl blocks who asks too much. Wait for some days, and ask more slowly "
        f"({INDEX_DELAY}). You can also read another archive (-a source=wayback)."
    )

    @classmethod
    def open(cls, path: str, options: Mapping[str, str], settings: BaseSettings) -> Self:
        """Return Common Crawl, or the mirror that the settings name. Raise SettingError."""
        return cls(settings, every_capture=options["captures"] == "all", relaunch=is_relaunch(options))

    def __init__(self, settings: BaseSettings, *, every_capture: bool = False, relaunch: bool = False):
        """With `every_capture`, read all captures that differ. With `relaunch`, read the site since 2025-09.

        Raise SettingError.
        """
        index, data = (web_address(settings, name, "an address, as in https://example.org/") for name in (INDEX, DATA))
        super().__init__(delay=_delay(settings, DATA_DELAY, data), every_capture=every_capture)
        self._index_delay = _delay(settings, INDEX_DELAY, index)
        self._max_size = settings.getint("DOWNLOAD_MAXSIZE")
        if relaunch:
            self.read_relaunch()
        self._article_id_of = article_ids_below((ORIGIN,), relaunch=relaunch)
        self.host = index.netloc
        self.base = f"{data.geturl()}/"
        self._indexes = CrawlIndexes(
            f"{index.geturl()}/",
            self.counts,
            forms=RELAUNCH_PREFIXES if relaunch else CLASSIC_PREFIXES,
            since=RELAUNCH_SINCE if relaunch else CLASSIC_SINCE,
            article_id_of=self._article_id_of,
        )
        slots = {
            INDEX_SLOT: {"delay": self._index_delay, "concurrency": 1, "jitter": 0},
            DATA_SLOT: {"delay": self._delay, "concurrency": 1, "jitter": 0},
        }
        self.settings = {"DOWNLOAD_SLOTS": slots}

    async def listed(self, ids: WantedIds, crawler: Crawler) -> Mapping[int, list[IndexedCapture]]:
        """See ArchiveSource."""
        return await self._indexes.captures(ids, crawler, self.memory, self._index_delay)

    def unread(self) -> Unread | None:
        """Return how many crawls could not be asked, in words, or None."""
        number = self.counts["crawls/unread"]
        return (
            Unread(f"the index of {number} crawl(s) could not be read: see the warnings in the log") if number else None
        )

    def request_for(self, capture: IndexedCapture, article_id: int) -> Request:
        """See ArchiveSource. The request asks for the part of a file that holds the record."""
        assert capture.part  # others are not listed
        size = max(capture.part.length, _SMALL)
        meta = {
            "download_slot": DATA_SLOT,
            "download_maxsize": min(size, self._max_size) if self._max_size else size,
            "dont_obey_robotstxt": True,  # this is the public interface for programs; its own limits apply to it
            "handle_httpstatus_all": True,
            WANTS_PART: capture.part,
        }
        return Request(
            address_of(self.base, capture.part),
            headers={"Range": range_of(capture.part), "Accept-Encoding": "identity"},
            cb_kwargs={"article_id": article_id},
            meta=meta,
            dont_filter=True,
        )

    def capture(self, response: Response, article_id: int) -> Capture:
        """Return the capture that an answer holds, with the time of its record.

        Raise NoCapture if the answer is not the whole record of a page of this article. Raise InTrouble if it says
        nothing about the record.
        """
        if response.status == 200 or response.status >= 500:
            raise InTrouble(f"the archive does not send the part of a file that was asked for ({_status(response)})")
        if response.status != 206:
            settled = response.status not in (404, 410)  # a mirror may lack the file today
            raise NoCapture(f"the archive does not have the record ({_status(response)})", is_settled=settled)
        try:
            record = record_of(response, response.meta[WANTS_PART], self._max_size)
            page = page_in(record, self._max_size)
        except (DamagedRecord, DamagedBody, DownloadCancelledError) as error:
            raise NoCapture(f"the record cannot be read: {error}") from error
        if self._article_id_of(page.url) != article_id:
            raise NoCapture(f"where the index says, there is another page: {page.url}")
        if not 200 <= page.status < 300 and page.status not in (404, 410):
            raise NoCapture(f"the capture is of an answer with HTTP status {page.status}")
        return Capture(
            article_id=article_id,
            url=address_of(self.base, response.meta[WANTS_PART]),
            captured_at=header_of(page, "WARC-Date"),
            status=page.status,
            content_type=header_of(page, "Content-Type") or None,
            body=page.body,
        )

    def record_in(self, response: Response, request: Request) -> bytes | None:
        """Return the record in an answer, as Common Crawl has it, with the address that it was fetched from."""
        part = request.meta.get(WANTS_PART)
        if part is None or response.status != 206:
            return None
        try:
            return copied(record_of(response, part, self._max_size), address_of(self.base, part))
        except (DamagedRecord, DownloadCancelledError):
            return None


def _delay(settings: BaseSettings, name: str, address: SplitResult) -> float:
    """Return a setting: seconds between two requests to a host. Raise SettingError if that is too fast for the host."""
    host = (address.hostname or "").rstrip(".")
    return amount(settings, name, least=FLOORS.get(host, 0), where=f" for {host}" if host in FLOORS else "")


def _status(response: Response) -> str:
    return f"HTTP status {response.status}"
