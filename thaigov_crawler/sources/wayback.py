"""A web archive as a source. Its CDX server lists the captures, and the archive plays back their original bytes.

`THAIGOV_ARCHIVE` names the server. An origin without a path (https://web.archive.org) has the addresses of the Wayback
Machine. With the path of a collection (http://localhost:8080/thaigov), it has those of a pywb.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

from scrapy.http import Request

from thaigov_crawler.checked import amount, web_address
from thaigov_crawler.errors import InTrouble, NoCapture
from thaigov_crawler.sources.addresses import article_id_of
from thaigov_crawler.sources.archive import ArchiveSource
from thaigov_crawler.sources.base import IS_REPLAY, IS_UNSURE, PLAYBACK_ERROR, Capture, WantedIds, header_of
from thaigov_crawler.sources.captures import with_revisits_told
from thaigov_crawler.sources.index import CDX_SLOT, Index
from thaigov_crawler.sources.replays import is_doubtful, moment_of, original_of, outage, replayed, shortfall, target_of
from thaigov_crawler.sources.rows import IndexedCapture

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

# The download slot. Its rate is the setting THAIGOV_REPLAY_DELAY. The index is on the same host, but in another slot.
REPLAY_SLOT = "archive-replay"
REPLAYS_AT_ONCE = 8
# A redirect leads to the nearest capture, which may be a redirect, too.
MAX_REDIRECTS = 3


class WaybackSource(ArchiveSource):
    """The captures of classic pages in a web archive."""

    kind = name = "wayback"
    usage = "wayback (a web archive)"
    advice = (
        "Run again later: the run goes on where this one ended. An archive may be overloaded or closed for hours. "
        "You can also read an archive of your own (THAIGOV_ARCHIVE) or WARC files (-a source=warc:PATH). "
        "To see the program work without a network: -a source=sample."
    )

    advice_where_refused = (
        "Find out why before you run again: what an archive excludes now, it will not give out later, either. "
        "You can also read an archive of your own (THAIGOV_ARCHIVE) or WARC files (-a source=warc:PATH)."
    )

    @classmethod
    def open(cls, path: str, options: Mapping[str, str], settings: BaseSettings) -> Self:
        """Return the archive that THAIGOV_ARCHIVE names. Raise SettingError."""
        return cls(settings, every_capture=options["captures"] == "all")

    def __init__(self, settings: BaseSettings, *, every_capture: bool = False):
        """With `every_capture`, read all captures that differ, and not only the newest. Raise SettingError."""
        super().__init__(delay=amount(settings, "THAIGOV_REPLAY_DELAY"), every_capture=every_capture)
        parts = web_address(settings, "THAIGOV_ARCHIVE", "an origin, or the address of a pywb collection")
        base, is_pywb = parts.geturl(), bool(parts.path)
        self.host = parts.netloc
        self.base = f"{base}/" if is_pywb else f"{base}/web/"
        address = f"{base}/cdx" if is_pywb else f"{base}/cdx/search/cdx"
        self._index = Index(address, self.counts, may_be_empty=is_pywb)
        slots = {
            CDX_SLOT: {"delay": amount(settings, "THAIGOV_CDX_DELAY"), "concurrency": 1, "jitter": 0},
            REPLAY_SLOT: {"delay": self._delay, "concurrency": REPLAYS_AT_ONCE, "jitter": 0},
        }
        self.settings = {"DOWNLOAD_SLOTS": slots}

    async def listed(self, ids: WantedIds, crawler: Crawler) -> Mapping[int, list[IndexedCapture]]:
        """See ArchiveSource."""
        return with_revisits_told(*await self._index.captures(ids, crawler))

    def _address(self, capture: IndexedCapture) -> str:
        return f"{self.base}{capture.timestamp}id_/{capture.original}"

    def request_for(self, capture: IndexedCapture, article_id: int) -> Request:
        """See ArchiveSource. The request has the address of the original bytes."""
        request = self._request(self._address(capture), article_id)
        request.meta[IS_UNSURE] = capture.is_revisit
        return request

    def _request(self, address: str, article_id: int, redirects: int = 0) -> Request:
        meta = {
            "download_slot": REPLAY_SLOT,
            "dont_obey_robotstxt": True,  # the interface for programs has limits of its own, as the index has
            "handle_httpstatus_all": True,
            "redirects": redirects,
            IS_REPLAY: True,
        }
        return Request(address, cb_kwargs={"article_id": article_id}, meta=meta, dont_filter=True)

    def capture(self, response: Response, article_id: int) -> Capture | Request:
        """Return the capture that a replay holds, with the time and the address that the archive gives for it.

        After a redirect to another capture of the same article, return the request for that one. Raise NoCapture if the
        archive cannot play the capture back, or plays back a part of it or another page. Raise InTrouble if it sends a
        page of its own instead.
        """
        target = target_of(response)
        if target.startswith(self.base) and article_id_of(replayed(target)) == article_id:
            return self._led_to(target, response.meta["redirects"], article_id)
        if why := outage(response):
            raise InTrouble(why)
        is_unsure = response.meta.get(IS_UNSURE, False)
        if response.status >= 500 and is_doubtful(response) and not is_unsure:  # the next run may get the capture
            raise InTrouble(f"the archive does not play it back (HTTP status {response.status})")
        copy = self.copy_of(response)
        if copy is None:
            elsewhere = f", to {target}" if target else ""
            error = header_of(response, PLAYBACK_ERROR)[:100]
            said = f"the archive does not play it back (HTTP status {response.status}{elsewhere}) {error}"
            raise NoCapture(said.strip(), is_settled=is_unsure or not is_doubtful(response))
        original, captured_at = copy
        if article_id_of(original) != article_id:
            raise NoCapture(f"the archive played back another page: {original}", is_settled=not is_doubtful(response))
        if not 200 <= response.status < 300 and response.status not in (404, 410):
            raise NoCapture(f"the capture is of an answer with HTTP status {response.status}")
        if less := shortfall(response):
            raise NoCapture(less)
        return Capture(
            article_id=article_id,
            url=response.url,
            captured_at=captured_at,
            status=response.status,
            content_type=header_of(response, "Content-Type") or None,
            body=response.body,
        )

    def _led_to(self, target: str, redirects: int, article_id: int) -> Request:
        """Return the request for the capture at `target`, to which the archive redirects. Raise NoCapture."""
        if redirects >= MAX_REDIRECTS:
            raise NoCapture(f"more than {MAX_REDIRECTS} redirects between captures")
        first, *rest = self._captures[article_id]
        self._captures[article_id] = [first, *(other for other in rest if self._address(other) != target)]
        return self._request(target, article_id, redirects + 1)

    def copy_of(self, response: Response) -> tuple[str, str] | None:
        """Return original address and time of a capture (ISO datetime, UTC), from Link and Memento-Datetime (RFC 7089).

        Return None if the response is not a capture.
        """
        when = moment_of(response)
        if when is None or not response.url.startswith(self.base):
            return None
        return original_of(response), when.isoformat(timespec="seconds")
