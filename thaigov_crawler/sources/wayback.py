"""A web archive as a source: its CDX server says which captures there are, and it replays their original bytes.

`THAIGOV_ARCHIVE` names the server: an origin alone (https://web.archive.org) has the Wayback Machine's addresses,
one with the path of a collection (http://localhost:8080/thaigov) pywb's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import timezone
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Self
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request

from thaigov_crawler.checked import amount
from thaigov_crawler.errors import NoCapture, NoIndex, SettingError, Unreachable
from thaigov_crawler.sources.addresses import article_id_of, joined
from thaigov_crawler.sources.base import (
    IS_REPLAY,
    PLAYBACK_ERROR,
    WANTS_JSON,
    Capture,
    Defaults,
    HeldCapture,
    Options,
    Plan,
    Source,
    WantedIds,
    header_of,
)
from thaigov_crawler.sources.cdx import ADDRESSES, Answer, IndexedCapture, Match, matches, query, read

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

# The download slots, whose rates are settings: the two stay apart though they share a host.
CDX_SLOT, REPLAY_SLOT = "archive-cdx", "archive-replay"
REPLAYS_AT_ONCE = 8
# Bytes of an answer of the index; a pywb that holds everything may send it in one.
CDX_MAXSIZE = 64 * 1024 * 1024
# An answer that is no index is asked for again so often.
CDX_TRIES = 3
CDX_RETRIES = 10
# Where the newest capture holds no article, so many older ones are tried.
OLDER_CAPTURES = 3
# A redirect leads to the nearest capture, and that may be one itself.
MAX_REDIRECTS = 3
_REPLAY = re.compile(r"(\d{1,14})[a-z]{2}_/(https?://.+)", re.IGNORECASE | re.ASCII)
_ORIGINAL = re.compile(r"<([^<>]+)>\s*;\s*rel=\"?original\"?", re.IGNORECASE)


class WaybackSource(Source):
    """The captures that a web archive holds of the classic pages."""

    kind = name = "wayback"
    usage = "wayback (a web archive)"
    is_on_network = True
    options: ClassVar[Options] = MappingProxyType({"captures": ("newest", "all")})
    changes_pages: ClassVar[Defaults] = MappingProxyType({"captures": "newest"})
    advice = (
        "Run again later: the run goes on where this one ended. An archive may be overloaded or closed for hours; "
        "one's own (THAIGOV_ARCHIVE) or WARC files (-a source=warc:PATH) serve as well. "
        "To see the program work without a network: -a source=sample."
    )

    @classmethod
    def open(cls, path: str, options: Mapping[str, str], settings: BaseSettings) -> Self:
        """The archive that THAIGOV_ARCHIVE names. Raises SettingError."""
        return cls(settings, every_capture=options["captures"] == "all")

    def __init__(self, settings: BaseSettings, *, every_capture: bool = False):
        """`every_capture`: all captures that differ, not only the newest. Raises SettingError."""
        super().__init__()
        base = str(settings["THAIGOV_ARCHIVE"]).rstrip("/")
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise SettingError("THAIGOV_ARCHIVE", base, "an origin, or the address of a pywb collection")
        self._is_pywb = bool(parts.path)
        self.host = parts.netloc
        self._cdx = f"{base}/cdx" if self._is_pywb else f"{base}/cdx/search/cdx"
        self.base = f"{base}/" if self._is_pywb else f"{base}/web/"
        self._delay = amount(settings, "THAIGOV_REPLAY_DELAY")
        slots = {
            CDX_SLOT: {"delay": amount(settings, "THAIGOV_CDX_DELAY"), "concurrency": 1, "jitter": 0},
            REPLAY_SLOT: {"delay": self._delay, "concurrency": REPLAYS_AT_ONCE, "jitter": 0},
        }
        self.settings = {"DOWNLOAD_SLOTS": slots}
        # What the store holds does not tell which captures were read, so a history is read whole.
        if every_capture:
            self.visit = "all"
        self._every_capture = every_capture
        self._index_has_answered = False
        self._captures: dict[int, list[IndexedCapture]] = {}  # newest first; of a history, oldest first
        self._older_tried: Counter[int] = Counter()

    async def plan(self, ids: WantedIds, crawler: Crawler) -> Plan:
        """Ask the index for the captures of `ids`: those known already are listed but not visited.

        Counts `cdx/queries`, `cdx/rows` and `cdx/known` (article IDs). Raises Unreachable
        where an answer could not be had.
        """
        found: dict[int, list[IndexedCapture]] = {}
        for match in matches(ids.ranges):
            for form in ADDRESSES:
                async for article_id, capture in self._ask(form, match, crawler):
                    found.setdefault(article_id, []).append(capture)
        asked = [article_id for article_id in found if ids.within(article_id)]
        for article_id in asked:
            chosen = self._chosen(_newer(found[article_id], ids.held.get(article_id)))
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
        )

    async def _ask(self, form: str, match: Match, crawler: Crawler) -> AsyncIterator[tuple[int, IndexedCapture]]:
        """The captures that a query finds, answer by answer."""
        answer = None
        while answer is None or answer.resume_key:
            resume_key = answer.resume_key if answer else None
            answer = await self._answer(query(form, match, resume_key), crawler)
            if resume_key and answer.resume_key == resume_key:
                raise Unreachable(f"The index of the web archive {self._cdx} comes to no end: it repeats a resume key")
            if answer.cut:  # a pywb sends all there is where nobody limits it
                answer = await self._answer(query(form, match, limit=None), crawler)
            for each in answer.captures:
                yield each

    async def _answer(self, parameters: str, crawler: Crawler) -> Answer:
        address = f"{self._cdx}?{parameters}"
        meta = {
            "download_slot": CDX_SLOT,
            "download_maxsize": CDX_MAXSIZE,
            "dont_obey_robotstxt": True,  # its public interface for programs: its limits apply, not its robots.txt
            "handle_httpstatus_all": True,
            WANTS_JSON: True,
        }
        if self._index_has_answered:  # then a failure is a trouble that will pass: as often as pauses its host
            meta["max_retry_times"] = CDX_RETRIES
        host, problem = urlsplit(address).netloc, ""
        for _ in range(CDX_TRIES):
            try:
                response = await crawler.engine.download_async(Request(address, meta=meta))
            except IgnoreRequest:  # refused, or the run is ending
                raise
            except Exception as error:  # of the network: it was tried again already
                raise Unreachable(f"The web archive {host} could not be reached: {error}") from error
            self.counts["cdx/queries"] += 1
            if response.status != 200:
                problem = f"HTTP status {response.status}"
                break
            try:
                answer = read(response.body, may_be_empty=self._is_pywb)
            except NoIndex as error:
                problem = str(error)
                continue
            self._index_has_answered = True
            self.counts["cdx/rows"] += answer.rows
            return answer
        raise Unreachable(f"The index of the web archive {host} could not be read: {problem}")

    def _chosen(self, captures: list[IndexedCapture]) -> list[IndexedCapture]:
        """The captures of one article in the order they may be tried; of a history, the last of each that differs."""
        if not self._every_capture:
            return sorted(captures, reverse=True)
        return list({capture.digest: capture for capture in sorted(captures)}.values())

    def requests(self) -> Iterator[Request]:
        """One request an article, for its newest capture; or one for each capture."""
        for article_id in sorted(self._captures):
            captures = self._captures[article_id]
            for capture in captures if self._every_capture else captures[:1]:
                yield self._request(self._address(capture), article_id)

    def older(self, article_id: int, *, differs: bool) -> Request | None:
        """The next older capture to try, up to three, where the last one could not be had or held no article; one that
        `differs` from it, where it was the page itself that held none."""
        if self._every_capture or self._older_tried[article_id] >= OLDER_CAPTURES:
            return None
        last, *rest = self._captures[article_id]
        while rest and differs and rest[0].digest == last.digest:
            rest.pop(0)
        if not rest:
            return None
        self._captures[article_id] = rest
        self._older_tried[article_id] += 1
        return self._request(self._address(rest[0]), article_id)

    def _address(self, capture: IndexedCapture) -> str:
        return f"{self.base}{capture.timestamp}id_/{capture.original}"

    def _request(self, address: str, article_id: int, redirects: int = 0) -> Request:
        meta = {
            "download_slot": REPLAY_SLOT,
            "dont_obey_robotstxt": True,  # as above
            "handle_httpstatus_all": True,
            "redirects": redirects,
            IS_REPLAY: True,
        }
        return Request(address, cb_kwargs={"article_id": article_id}, meta=meta, dont_filter=True)

    def capture(self, response: Response, article_id: int) -> Capture | Request:
        """The capture that a replay holds, with the time and address that the archive says it has.

        A redirect to another capture of the same article is followed. Raises NoCapture where the archive could
        not play the capture back, or played another page.
        """
        location = header_of(response, "Location")
        target = joined(response.url, location) if 300 <= response.status < 400 else ""
        redirects = response.meta["redirects"]
        if target.startswith(self.base) and article_id_of(self._replayed(target)) == article_id:
            if redirects >= MAX_REDIRECTS:
                raise NoCapture(f"more than {MAX_REDIRECTS} redirects between captures")
            first, *rest = self._captures[article_id]
            self._captures[article_id] = [first, *(other for other in rest if self._address(other) != target)]
            return self._request(target, article_id, redirects + 1)
        error = header_of(response, PLAYBACK_ERROR)[:100]
        copy = self.copy_of(response)
        if copy is None and response.status >= 500 and not error:
            copy = self._replayed(response.url), ""  # in trouble: the next run may find the capture playable
        if copy is None:
            elsewhere = f", to {target}" if target else ""
            said = f"the archive does not play it back (HTTP status {response.status}{elsewhere}) {error}"
            raise NoCapture(said.strip())
        original, captured_at = copy
        if article_id_of(original) != article_id:
            raise NoCapture(f"the archive played back another page: {original}")
        if captured_at and not 200 <= response.status < 300 and response.status not in (404, 410):
            raise NoCapture(f"the capture is of an answer with HTTP status {response.status}")
        return Capture(
            article_id=article_id,
            url=response.url,
            captured_at=captured_at,
            status=response.status,
            content_type=header_of(response, "Content-Type") or None,
            body=response.body,
        )

    def copy_of(self, response: Response) -> tuple[str, str] | None:
        """The original address and the time of a capture, from Link and Memento-Datetime (RFC 7089)."""
        moment = response.headers.get("Memento-Datetime")
        if moment is None or not response.url.startswith(self.base):
            return None
        try:
            when = parsedate_to_datetime(moment.decode("latin-1")).astimezone(timezone.utc)
        except (ValueError, OverflowError):
            return None
        link = _ORIGINAL.search(header_of(response, "Link"))
        original = link[1] if link else self._replayed(response.url)
        return original, when.isoformat(timespec="seconds")

    def _replayed(self, address: str) -> str:
        """The original address within one of a replay; other addresses are their own."""
        found = _REPLAY.fullmatch(address.removeprefix(self.base))
        return found[2] if found else address


def _newer(captures: list[IndexedCapture], held: HeldCapture | None) -> list[IndexedCapture]:
    """Of the captures of an article those newer than the one held, with other bytes; all where none is held, none where
    the newest shows what is held."""
    if held is None:
        return captures
    timestamp = re.sub(r"\D", "", held.captured_at)[:14]
    digests = {capture.digest for capture in captures if capture.timestamp == timestamp}
    if max(captures).digest in digests:
        return []
    return [capture for capture in captures if capture.timestamp > timestamp and capture.digest not in digests]


def _number_of(ids: WantedIds, highest: int) -> int:
    """How many article IDs are asked for; of an open-ended range, up to the highest that was captured."""
    lasts = ((first, highest if last is None else last) for first, last in ids.ranges)
    return sum(max(0, last - first + 1) for first, last in lasts)
