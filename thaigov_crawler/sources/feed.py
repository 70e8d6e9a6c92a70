"""The live site, read by its listings. This is the only source of the spider `thaigov_feed`."""

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
    """The articles that the listings of the live site show.

    Each listing is read from its newest page to the first page on which every article is known. The visits begin after
    that, with the lowest article ID. So if the run is cut off, the articles that it leaves are newer than those that it
    stored, and the next run finds them before it comes to a page of known articles.
    """

    changes_pages: ClassVar[Defaults] = MappingProxyType({"sections": None})
    knows_its_ids = True

    def __init__(self, settings: BaseSettings, sections: Sequence[int]):
        """`sections` are the numbers of the listings. Raise SettingError (see LiveSource)."""
        super().__init__(settings)
        self._sections = sections

    async def plan(self, ids: WantedIds, crawler: Crawler) -> Plan:
        """Plan one visit for each of `ids` that a listing shows. Raise Refused or NotSent.

        Count the listings that cannot be read as `listing/broken_off`.
        """
        found: set[int] = set()
        for section in self._sections:
            try:
                found |= await self._walk(section, ids, crawler)
            except BrokenOff as error:
                self.counts["listing/broken_off"] += 1
                logger.warning(
                    "Section %d: its listing cannot be read up to the known articles: %s. Its new articles are left "
                    "for the next run. If they were stored now, that run would stop at them and miss those behind. If "
                    "this happens again, visit the articles by their IDs: %s",
                    section,
                    error,
                    typed("crawl thaigov -a source=live -a ids=…"),
                )
        return await super().plan(ids.only(found), crawler)

    def unread(self) -> Unread | None:
        """Return how many listings could not be read, in words, or None."""
        number = self.counts["listing/broken_off"]
        return Unread(f"{number} listing(s) could not be read: see the warnings in the log") if number else None

    async def _walk(self, section: int, ids: WantedIds, crawler: Crawler) -> set[int]:
        """Read a listing up to its first page that shows none of `ids`. Return those of `ids` that it shows.

        Raise BrokenOff, Refused or NotSent.
        """
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
        # Nothing new on the last page: no section has that number, or its pager leads nowhere.
        level = logging.INFO if fresh else logging.WARNING
        logger.log(level, "Section %d: %d missing on %d page(s) of its listing; %s", section, len(found), pages, why)
        return found

    async def _page_at(self, section: int, offset: int, crawler: Crawler) -> Listing:
        """Return a page of a listing, or an empty one for 404 and 410. Raise BrokenOff, Refused or NotSent."""
        address = f"{self.base}/news/contents/index/{section}" + (f"?per_page={offset}" if offset else "")
        request = Request(address, meta={"handle_httpstatus_all": True})
        try:
            response = await crawler.engine.download_async(request)
        except (Refused, NotSent):
            raise
        except Exception as error:  # of the network, after Scrapy's retries; or the answer is too large
            raise BrokenOff(f"{address}: {in_words(error)}") from error
        if response.status in (404, 410):
            return Listing(recognised=True)
        if response.status != 200:
            raise BrokenOff(f"HTTP status {response.status} from {address}")
        content_type = header_of(response, "Content-Type")
        page = listing.parse(decode(response.body, content_type or None), address)
        if not page.recognised:
            raise BrokenOff(f"{address} is not a page of a listing")
        return page


def _end(page: Listing, fresh: set[int], ids: WantedIds) -> str | None:
    """Return why the walk ends with this page, in words, or None if it goes on.

    `fresh` are the article IDs of the page that no earlier page has shown.
    """
    if not page.article_ids:
        return "the last one is empty, or not there"
    if not fresh:
        return "the last one repeats what was shown before"
    if not any(article_id in ids for article_id in fresh):
        return "all on the last one are known"
    return "it has no further page" if page.next_offset is None else None
