"""What the sources with an index have in common. The index lists the captures before the first of them is fetched."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from thaigov_crawler.sources.addresses import LAST_CLASSIC_ID
from thaigov_crawler.sources.base import RELAUNCH_LAYOUT, Defaults, Listed, Options, Plan, Source, WantedIds
from thaigov_crawler.sources.captures import last_of_each_content, newer_than, newest_first
from thaigov_crawler.sources.moments import utc

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Request

    from thaigov_crawler.sources.rows import IndexedCapture

# So many older captures are tried if the newest one holds no article.
OLDER_CAPTURES = 3


class ArchiveSource(Source):
    """A web archive. A subclass asks its index (`listed`), and makes the requests for captures (`request_for`)."""

    is_on_network = True
    options: ClassVar[Options] = MappingProxyType({"captures": ("newest", "all")})
    changes_pages: ClassVar[Defaults] = MappingProxyType({"captures": "newest"})

    def __init__(self, *, delay: float, every_capture: bool = False):
        """Fetch at most one capture in `delay` seconds.

        With `every_capture`, read all captures that differ, and not only the newest.
        """
        super().__init__()
        # The store does not know which captures were read, so the history is read from its beginning.
        if every_capture:
            self.visit = "all"
        self._delay, self._every_capture = delay, every_capture
        self._captures: dict[int, list[IndexedCapture]] = {}  # newest first; with `every_capture`, oldest first
        self._older_tried: Counter[int] = Counter()
        self._last: Mapping[int, None] = {}  # article IDs that failed last time

    @abstractmethod
    async def listed(self, ids: WantedIds, crawler: Crawler) -> Mapping[int, list[IndexedCapture]]:
        """Return the captures that the index lists, by article ID. There may be some that are not asked for.

        Raise Unreachable if an answer cannot be fetched or read. Raise Refused or NotSent.
        """

    @abstractmethod
    def request_for(self, capture: IndexedCapture, article_id: int) -> Request:
        """Return the request for a capture."""

    async def plan(self, ids: WantedIds, crawler: Crawler) -> Plan:
        """Ask the index for the captures of `ids`. Known articles are counted, but not visited.

        Count what the index counts, and `cdx/known` (article IDs with captures that need no visit).
        """
        self._last = ids.last
        captures = await self.listed(ids, crawler)
        asked = [article_id for article_id in captures if ids.within(article_id)]
        for article_id in asked:
            chosen = self._chosen(newer_than(captures[article_id], ids.held.get(article_id)))
            if article_id in ids and chosen:
                self._captures[article_id] = chosen
        visits = sum(map(len, self._captures.values())) if self._every_capture else len(self._captures)
        self.counts["cdx/known"] += len(asked) - len(self._captures)
        newest = {article_id: max(each.timestamp for each in captures[article_id]) for article_id in asked}
        return Plan(
            visits,
            min(self._captures, default=None),
            max(self._captures, default=None),
            seconds=visits * self._delay,
            uncaptured=self._number_of(ids, asked) - len(asked),
            captured=len(asked),
            listed=Listed(self._ranges(ids, asked), {each: utc(stamp) for each, stamp in newest.items()}),
        )

    def _number_of(self, ids: WantedIds, captured: Collection[int]) -> int:
        """Return how many article IDs are asked for. The highest one with a capture ends an open-ended range."""
        lasts = ((first, max(captured, default=0) if last is None else last) for first, last in ids.ranges)
        lowest = self._lowest(ids, captured)
        return sum(max(0, last - max(first, lowest) + 1) for first, last in lasts)

    def _ranges(self, ids: WantedIds, captured: Collection[int]) -> tuple[tuple[int, int], ...]:
        """Return the ranges asked for, up to the last article ID that there may be."""
        highest = max(captured, default=0)
        end = max(highest, 0 if self.layout == RELAUNCH_LAYOUT else LAST_CLASSIC_ID)
        lasts = ((first, highest if last is None else min(last, end)) for first, last in ids.ranges)
        lowest = self._lowest(ids, captured)
        ranges = ((max(first, lowest), last) for first, last in lasts)
        return tuple((first, last) for first, last in ranges if first <= last)

    def _lowest(self, ids: WantedIds, captured: Collection[int]) -> int:
        """Return the lowest article ID that there may be, if all that there are were asked for.

        Nobody knows at which number the relaunched site began. Its lowest one with a capture is taken for it.
        """
        asks_for_all = ids.ranges[:1] and ids.ranges[0][0] == (self.part.first_id if self.part else 1)
        return min(captured, default=1) if asks_for_all and self.layout == RELAUNCH_LAYOUT else 1

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
                yield self.request_for(capture, article_id)

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
        return self.request_for(rest[0], article_id)
