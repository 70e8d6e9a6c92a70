"""The spider `thaigov_feed`: visits the articles that the site's listings show and that are missing."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.settings import BaseSettings

from thaigov_crawler.errors import ArgumentError
from thaigov_crawler.pages import listing
from thaigov_crawler.pages.encoding import decode
from thaigov_crawler.pages.listing import Listing
from thaigov_crawler.sources import Plan, Source, header_of
from thaigov_crawler.sources.live import LiveSource
from thaigov_crawler.spiders.arguments import ArticleIds, check_names
from thaigov_crawler.spiders.thaigov import ThaigovSpider
from thaigov_crawler.spiders.visits import Wanted

logger = logging.getLogger(__name__)

# The stat that counts walks which ended before they came to known articles or to the end of their listing.
BROKEN_OFF = "thaigov/listing/broken_off"
_SECTION = re.compile(r"\s*0*([1-9]\d{0,5})\s*", re.ASCII)


class ThaigovFeedSpider(ThaigovSpider):
    """Argument: `sections` (the numbers in the addresses of their listings, `/news/contents/index/<number>`).

    All else is as `thaigov` does it with the source `live`.
    """

    name = "thaigov_feed"
    arguments = ("sections",)

    @classmethod
    def read_arguments(cls, arguments: dict[str, str], settings: BaseSettings) -> tuple[Source, Wanted]:
        """Check the arguments: the live site as its listings show it, and that the missing articles are wanted.

        Raises ArgumentError, SettingError.
        """
        check_names(arguments, cls.arguments)
        sections = _numbers(arguments.get("sections"))
        _, wanted = ThaigovSpider.read_arguments({"source": "live", "visit": "missing"}, settings)
        return _ListedSource(settings, sections), wanted


class _BrokenOff(Exception):
    """A page of a listing cannot be read. The text says why."""


class _ListedSource(LiveSource):
    """The live site, of which there is what its listings show.

    Each listing is read from its newest page on, to the first page that shows nothing missing. Visits begin after
    that, and with the lowest ID: wherever the run is killed or refused, what it leaves is newer than what it stored,
    so that the next walk comes to it before it comes to what is known.
    """

    knows_its_ids = True

    def __init__(self, settings: BaseSettings, sections: Sequence[int]):
        """See LiveSource."""
        super().__init__(settings)
        self._sections = sections

    async def plan(self, ids: ArticleIds, crawler: Crawler) -> Plan:
        """One visit for each of `ids` that a listing shows. Raises Refused, NotSent."""
        found: set[int] = set()
        for section in self._sections:
            try:
                found |= await self._walk(section, ids, crawler)
            except _BrokenOff as error:
                crawler.stats.inc_value(BROKEN_OFF)
                logger.warning(
                    "Section %d: its listing cannot be read as far as it is new: %s. What it shows before that is left "
                    "for the next run, which else would stop short of what lies behind. If this stays so, visit the "
                    "articles by their IDs: scrapy crawl thaigov -a source=live -a ids=…",
                    section,
                    error,
                )
        return await super().plan(ids.only(found), crawler)

    async def _walk(self, section: int, ids: ArticleIds, crawler: Crawler) -> set[int]:
        """Those of `ids` that a listing shows above its first page without any. Raises _BrokenOff, Refused, NotSent."""
        seen: set[int] = set()
        pages, offset, why = 0, 0, None
        while why is None:
            page = await self._page_at(section, offset, crawler)
            fresh = set(page.article_ids) - seen
            seen |= fresh
            pages += 1
            why = _end(page, fresh, ids)
            offset = page.next_offset
        found = {article_id for article_id in seen if article_id in ids}
        level = logging.INFO if fresh else logging.WARNING  # no section has that number, or its pager leads nowhere
        logger.log(level, "Section %d: %d missing on %d page(s) of its listing; %s", section, len(found), pages, why)
        return found

    async def _page_at(self, section: int, offset: int, crawler: Crawler) -> Listing:
        """A page of a listing; an empty one where there is no such page. Raises _BrokenOff, Refused, NotSent."""
        address = f"{self.base}/news/contents/index/{section}" + (f"?per_page={offset}" if offset else "")
        request = Request(address, meta={"handle_httpstatus_all": True})
        try:
            response = await crawler.engine.download_async(request)
        except IgnoreRequest:  # refused, or the run is ending
            raise
        except Exception as error:  # of the network: it was tried again already
            raise _BrokenOff(f"{address}: {error}") from error
        if response.status in (404, 410):
            return Listing(recognised=True)
        if response.status != 200:
            raise _BrokenOff(f"HTTP status {response.status} from {address}")
        content_type = header_of(response, "Content-Type")
        page = listing.parse(decode(response.body, content_type or None), address)
        if not page.recognised:
            raise _BrokenOff(f"{address} is no page of a listing")
        return page


def _end(page: Listing, fresh: set[int], ids: ArticleIds) -> str | None:
    """Why a walk ends with a page, whose articles but the `fresh` ones it has seen before; None where it goes on."""
    if not page.article_ids:
        return "the last one is empty, or not there"
    if not fresh:
        return "the last one repeats what was shown before"
    if not any(article_id in ids for article_id in fresh):
        return "all on the last one are known"
    return "it has no further page" if page.next_offset is None else None


def _numbers(sections: str | None) -> list[int]:
    """The numbers in the argument `sections`, each once. Raises ArgumentError."""
    found = [_SECTION.fullmatch(part) for part in (sections or "").split(",")]
    if not all(found):
        raise ArgumentError("sections", sections, "numbers of sections, as in 8,5 for /news/contents/index/8 and …/5")
    return list(dict.fromkeys(int(each[1]) for each in found))
