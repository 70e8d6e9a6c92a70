"""The live site as its listings show it: the source of the spider `thaigov_feed`, which takes no other."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from scrapy.http import Request

from thaigov_crawler.errors import BrokenOff, NotSent, Refused, typed
from thaigov_crawler.pages import listing
from thaigov_crawler.pages.encoding import decode
from thaigov_crawler.pages.listing import Listing
from thaigov_crawler.sources.base import Defaults, Plan, Unread, WantedIds, header_of, in_words
from thaigov_crawler.sources.live import LiveSource

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)


class FeedSource(LiveSource):
    """The live site, of which there is what its listings show.

    Each listing is read from its newest page on, to the first page that shows nothing missing. Visits begin after
    that, and with the lowest ID: wherever the run is killed or refused, what it leaves is newer than what it stored,
    so that the next walk comes to it before it comes to what is known.
    """

    changes_pages: ClassVar[Defaults] = MappingProxyType({"sections": None})
    knows_its_ids = True

    def __init__(self, settings: BaseSettings, sections: Sequence[int]):
        """`sections`: the numbers of the listings. Raises SettingError (see LiveSource)."""
        super().__init__(settings)
        self._sections = sections

    async def plan(self, ids: WantedIds, crawler: Crawler) -> Plan:
        """Plan one visit for each of `ids` that a listing shows. Counts `listing/broken_off`. Raises Refused,
        NotSent."""
        found: set[int] = set()
        for section in self._sections:
            try:
                found |= await self._walk(section, ids, crawler)
            except BrokenOff as error:
                self.counts["listing/broken_off"] += 1
                logger.warning(
                    "Section %d: its listing cannot be read as far as it is new: %s. What it shows before that is left "
                    "for the next run, which else would stop short of what lies behind. If this stays so, visit the "
                    "articles by their IDs: %s",
                    section,
                    error,
                    typed("crawl thaigov -a source=live -a ids=…"),
                )
        return await super().plan(ids.only(found), crawler)

    def unread(self) -> Unread | None:
        """Return the listings whose walk ended before it came to known articles or to the end, if any."""
        number = self.counts["listing/broken_off"]
        return Unread(f"{number} listing(s) could not be read: see the warnings in the log") if number else None

    async def _walk(self, section: int, ids: WantedIds, crawler: Crawler) -> set[int]:
        """Return those of `ids` that a listing shows above its first page without any. Raises BrokenOff, Refused,
        NotSent."""
        seen: set[int] = set()
        pages, offset, why = 0, 0, None
        while why is None:
            page = await self._page_at(section, offset, crawler)
            fresh = set(page.article_ids) - seen
            seen |= fresh
            pages += 1
            why = _end(page, fresh, ids)
            offset = page.next_offset or 0
        found = {article_id for article_id in seen if article_id in ids}
        level = logging.INFO if fresh else logging.WARNING  # no section has that number, or its pager leads nowhere
        logger.log(level, "Section %d: %d missing on %d page(s) of its listing; %s", section, len(found), pages, why)
        return found

    async def _page_at(self, section: int, offset: int, crawler: Crawler) -> Listing:
        """Return a page of a listing; an empty one where there is no such page. Raises BrokenOff, Refused, NotSent."""
        address = f"{self.base}/news/contents/index/{section}" + (f"?per_page={offset}" if offset else "")
        request = Request(address, meta={"handle_httpstatus_all": True})
        try:
            response = await crawler.engine.download_async(request)
        except (Refused, NotSent):
            raise
        except Exception as error:  # of the network: it was tried again already; or an answer that is too large
            raise BrokenOff(f"{address}: {in_words(error)}") from error
        if response.status in (404, 410):
            return Listing(recognised=True)
        if response.status != 200:
            raise BrokenOff(f"HTTP status {response.status} from {address}")
        content_type = header_of(response, "Content-Type")
        page = listing.parse(decode(response.body, content_type or None), address)
        if not page.recognised:
            raise BrokenOff(f"{address} is no page of a listing")
        return page


def _end(page: Listing, fresh: set[int], ids: WantedIds) -> str | None:
    """Return why a walk ends with a page, whose articles but the `fresh` ones it has seen before; None where it goes
    on."""
    if not page.article_ids:
        return "the last one is empty, or not there"
    if not fresh:
        return "the last one repeats what was shown before"
    if not any(article_id in ids for article_id in fresh):
        return "all on the last one are known"
    return "it has no further page" if page.next_offset is None else None
