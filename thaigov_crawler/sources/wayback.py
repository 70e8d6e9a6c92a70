"""A web archive as a source. Its CDX server lists the captures, and the archive plays back their original bytes.

`THAIGOV_ARCHIVE` names the server. An origin without a path (https://web.archive.org) has the addresses of the Wayback
Machine. With the path of a collection (http://localhost:8080/thaigov), it has those of a pywb.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Self
from urllib.parse import urlsplit

from scrapy.http import Request

from thaigov_crawler.checked import amount
from thaigov_crawler.errors import InTrouble, NoCapture, SettingError
from thaigov_crawler.sources.addresses import article_id_of
from thaigov_crawler.sources.base import (
    IS_REPLAY,
    IS_UNSURE,
    PLAYBACK_ERROR,
    Capture,
    Defaults,
    Options,
    Plan,
    Source,
    WantedIds,
    header_of,
)
from thaigov_crawler.sources.captures import last_of_each_content, newer_than, newest_first, with_revisits_told
from thaigov_crawler.sources.cdx import IndexedCapture
from thaigov_crawler.sources.index import CDX_SLOT, Index
from thaigov_crawler.sources.replays import is_doubtful, moment_of, original_of, outage, replayed, shortfall, target_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

# The download slot. Its rate is the setting THAIGOV_REPLAY_DELAY. The index is on the same host, but in another slot.
REPLAY_SLOT = "archive-replay"
REPLAYS_AT_ONCE = 8
# So many older captures are tried if the newest one holds no article.
OLDER_CAPTURES = 3
# A redirect leads to the nearest capture, which may be a redirect, too.
MAX_REDIRECTS = 3


class WaybackSource(Source):
    """The captures of classic pages in a web archive."""

    kind = name = "wayback"
    usage = "wayback (a web archive)"
    is_on_network = True
    options: ClassVar[Options] = MappingProxyType({"captures": ("newest", "all")})
    changes_pages: ClassVar[Defaults] = MappingProxyType({"captures": "newest"})
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
        super().__init__()
        base = str(settings["THAIGOV_ARCHIVE"]).rstrip("/")
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise SettingError("THAIGOV_ARCHIVE", base, "an origin, or the address of a pywb collection")
        is_pywb = bool(parts.path)
        self.host = parts.netloc
        self.base = f"{base}/" if is_pywb else f"{base}/web/"
        address = f"{base}/cdx" if is_pywb else f"{base}/cdx/search/cdx"
        self._index = Index(address, self.counts, may_be_empty=is_pywb)
        self._delay = amount(settings, "THAIGOV_REPLAY_DELAY")
        slots = {
            CDX_SLOT: {"delay": amount(settings, "THAIGOV_CDX_DELAY"), "concurrency": 1, "jitter": 0},
            REPLAY_SLOT: {"delay": self._delay, "concurrency": REPLAYS_AT_ONCE, "jitter": 0},
        }
        self.settings = {"DOWNLOAD_SLOTS": slots}
        # The store does not know which captures were read, so the history is read from its beginning.
        if every_capture:
            self.visit = "all"
        self._every_capture = every_capture
        self._captures: dict[int, list[IndexedCapture]] = {}  # newest first; with `every_capture`, oldest first
        self._older_tried: Counter[int] = Counter()
        self._last: Mapping[int, None] = {}  # article IDs that failed last time

    async def plan(self, ids: WantedIds, crawler: Crawler) -> Plan:
        """Ask the index for the captures of `ids`. Known articles are counted, but not visited.

        Count what the index counts, and `cdx/known` (article IDs with captures that need no visit). Raise Unreachable
        if an answer cannot be fetched or read.
        """
        self._last = ids.last
        found, no_pages = await self._index.captures(ids, crawler)
        captures = with_revisits_told(found, no_pages)
        asked = [article_id for article_id in captures if ids.within(article_id)]
        for article_id in asked:
            chosen = self._chosen(newer_than(captures[article_id], ids.held.get(article_id)))
            if article_id in ids and chosen:
                self._captures[article_id] = chosen
        visits = sum(map(len, self._captures.values())) if self._every_capture else len(self._captures)
        self.counts["cdx/known"] += len(asked) - len(self._captures)
        return Plan(
            visits,
            min(self._captures, default=None),
            max(self._captures, default=None),
            seconds=visits * self._delay,
            uncaptured=_number_of(ids, max(asked, default=0)) - len(asked),
            captured=len(asked),
        )

    def _chosen(self, captures: list[IndexedCapture]) -> list[IndexedCapture]:
        """Return the captures of one article in the order in which to try them.

        With `every_capture`, return the last capture of each different content.
        """
        return last_of_each_content(captures) if self._every_capture else newest_first(captures)

    def requests(self) -> Iterator[Request]:
        """Return one request for each article, for its newest capture. With `every_capture`, one for each capture."""
        return self._requests(article_id for article_id in sorted(self._captures) if article_id not in self._last)

    def last_requests(self) -> Iterator[Request]:
        """Return the same for the articles that failed last time."""
        return self._requests(article_id for article_id in self._last if article_id in self._captures)

    def _requests(self, article_ids: Iterable[int]) -> Iterator[Request]:
        for article_id in article_ids:
            captures = self._captures[article_id]
            for capture in captures if self._every_capture else captures[:1]:
                yield self._request_for(capture, article_id)

    def older(self, article_id: int, *, differs: bool) -> Request | None:
        """Return a request for the next older capture (see Source), at most OLDER_CAPTURES times for an article."""
        if self._every_capture or self._older_tried[article_id] >= OLDER_CAPTURES:
            return None
        last, *rest = self._captures[article_id]
        while rest and differs and rest[0].digest == last.digest != "":
            rest.pop(0)
        if not rest:
            return None
        self._captures[article_id] = rest
        self._older_tried[article_id] += 1
        return self._request_for(rest[0], article_id)

    def _address(self, capture: IndexedCapture) -> str:
        return f"{self.base}{capture.timestamp}id_/{capture.original}"

    def _request_for(self, capture: IndexedCapture, article_id: int) -> Request:
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


def _number_of(ids: WantedIds, highest: int) -> int:
    """Return how many article IDs are asked for.

    `highest`, the highest one with a capture, ends an open-ended range.
    """
    lasts = ((first, highest if last is None else last) for first, last in ids.ranges)
    return sum(max(0, last - first + 1) for first, last in lasts)
