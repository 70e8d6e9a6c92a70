"""The crawls of Common Crawl. Each has an index of its own: a pywb whose answers come in pages.

The index of a finished crawl never changes. It is asked once, for all article pages, and then remembered.
"""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

from thaigov_crawler.errors import NoIndex, Unreachable
from thaigov_crawler.outcomes import now
from thaigov_crawler.sources.base import IS_ONE_OF_MANY, WantedIds
from thaigov_crawler.sources.cdx import read
from thaigov_crawler.sources.questions import Questions

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from thaigov_crawler.sources.addresses import ArticleIdOf
    from thaigov_crawler.sources.rows import IndexedCapture

logger = logging.getLogger(__name__)

# The download slot of the index. Its rate is the setting THAIGOV_COMMONCRAWL_INDEX_DELAY.
INDEX_SLOT = "commoncrawl-index"
LIST = "collinfo.json"
# Pages of one answer. A page has up to 15,000 rows (2026), and the site had about 100,000 articles.
MOST_PAGES = 100
# Scrapy's retries of one question. More would take hours for a crawl whose index hangs; the next run asks it again.
RETRIES = 2

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_YEAR = re.compile(r"-((?:19|20)\d\d)(?:-|\Z)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# The message of a pywb that lists nothing below an address.
_NONE = re.compile("no captures", re.IGNORECASE)

Found = list[tuple[int, "IndexedCapture"]]  # article ID and capture


class CrawlMemory(Protocol):
    """What the indexes of finished crawls have said. A crawl is known by the address of its index."""

    def crawls(self) -> Set[str]:
        """Return the crawls whose captures are kept."""

    def captures(self, crawls: Set[str]) -> Iterator[tuple[int, IndexedCapture]]:
        """Yield article ID and capture for all that is kept of some crawls."""

    def keep(self, crawl: str, captures: Iterable[tuple[int, IndexedCapture]]) -> None:
        """Keep all captures of a crawl, with their article IDs."""


@dataclass(frozen=True, slots=True)
class Crawl:
    """A crawl of Common Crawl."""

    name: str  # as in CC-MAIN-2024-10
    address: str  # of its index
    last: str  # its last day (ISO, UTC), or "" if the list does not tell

    def is_before(self, day: str) -> bool:
        """Return whether the crawl ended before a day (ISO). If the list does not tell, the year in its name does."""
        if self.last:
            return self.last < day
        year = _YEAR.search(self.name)
        return year is not None and year[1] < day[:4]

    @property
    def is_finished(self) -> bool:
        """Return whether the crawl has ended, so that its index never changes."""
        return self.last < now()


class CrawlIndexes:
    """The indexes of all crawls. They count what `Index` counts, and `crawls/unread` (those that cannot be read)."""

    def __init__(
        self, base: str, counts: Counter[str], *, forms: Sequence[str], since: str, article_id_of: ArticleIdOf
    ):
        """`base` is the address of the list of crawls, with a slash at its end.

        `forms` are the beginnings of the addresses of articles. The site has them since the day `since` (ISO).
        """
        self._base, self._counts = base, counts
        self._forms, self._since, self._article_id_of = forms, since, article_id_of
        self._list = Questions(base, INDEX_SLOT, counts)
        one_of_many = {IS_ONE_OF_MANY: True, "max_retry_times": RETRIES}
        self._questions = Questions(base, INDEX_SLOT, counts, one_of_many)

    async def captures(
        self, ids: WantedIds, crawler: Crawler, memory: CrawlMemory | None, delay: float
    ) -> Mapping[int, list[IndexedCapture]]:
        """Return the captures of `ids` by article ID. Ask only crawls that `memory` does not know, one at a time.

        `delay` (seconds between two questions) is for the log. Raise Unreachable if the list of crawls cannot be read.
        Raise Refused, NotSent or StoreError.
        """
        crawls = await self._list.ask(f"{self._base}{LIST}", crawler, self._read_list)
        kept = {address for address in (memory.crawls() if memory else ()) if address.startswith(self._base)}
        wanted = [crawl for crawl in crawls if not crawl.is_before(self._since)]
        new = [crawl for crawl in wanted if crawl.address not in kept]
        logger.info(
            "Common Crawl lists %d crawls: %d ended before the site had such pages, %d are known, %d are asked now%s.",
            len(crawls),
            len(crawls) - len(wanted),
            len(wanted) - len(new),
            len(new),
            f", in at least {timedelta(seconds=round(2 * len(new) * len(self._forms) * delay))}" if new else "",
        )
        found: dict[int, list[IndexedCapture]] = {}
        for article_id, capture in memory.captures(kept) if memory else ():
            if ids.within(article_id):
                found.setdefault(article_id, []).append(capture)
        for crawl in new:
            for article_id, capture in await self._new_captures(crawl, crawler, memory):
                if ids.within(article_id):
                    found.setdefault(article_id, []).append(capture)
        return found

    async def _new_captures(self, crawl: Crawl, crawler: Crawler, memory: CrawlMemory | None) -> Found:
        """Return what the index of a crawl lists, and remember it. Return nothing if it cannot be read."""
        try:
            found = [each for form in self._forms for each in await self._listed(crawl, form, crawler)]
        except Unreachable as error:
            self._counts["crawls/unread"] += 1
            logger.warning("The crawl %s is left out of this run: %s. The next run asks it again.", crawl.name, error)
            return []
        logger.info("%s: %d captures of articles", crawl.name, len(found))
        if memory and crawl.is_finished:
            memory.keep(crawl.address, found)
        return found

    async def _listed(self, crawl: Crawl, form: str, crawler: Crawler) -> Found:
        """Return what the index of a crawl lists below an address, page by page. Raise Unreachable."""
        asked = f"{crawl.address}?{urlencode({'url': form, 'matchType': 'prefix', 'output': 'json'})}"
        pages = await self._questions.ask(f"{asked}&showNumPages=true", crawler, _read_pages, also=(404,))
        if pages > MOST_PAGES:
            raise Unreachable(f"Its index says that the answer has {pages:,} pages")
        found: Found = []
        for page in range(pages):
            found += await self._questions.ask(f"{asked}&page={page}", crawler, self._read_page, also=(404,))
        return found

    def _read_page(self, response: Response) -> Found:
        """Return the captures on a page of an answer. Raise NoIndex."""
        if _is_none(response):
            return []
        answer = read(response.body, may_be_empty=False, article_id_of=self._article_id_of)
        # A revisit holds no page, and only the Wayback Machine plays back the other capture instead.
        pages = [each for each in answer.captures if not each[1].is_revisit]
        found = [each for each in pages if each[1].part]
        self._counts["cdx/rows"] += answer.rows
        self._counts["cdx/odd"] += answer.odd + len(pages) - len(found)
        return found

    def _read_list(self, response: Response) -> list[Crawl]:
        """Return the crawls of the list, in its order. Raise NoIndex if the list cannot be read."""
        listed = _json(response)
        if not isinstance(listed, list) or not listed:
            raise NoIndex("the answer is not a list of crawls")
        return [self._crawl(each) for each in listed]

    def _crawl(self, told: object) -> Crawl:
        """Return the crawl that an entry of the list means. Raise NoIndex if it means none.

        The address of its index is on the host of the list, because only the rate of that host is known.
        """
        told = told if isinstance(told, dict) else {}
        name, address, last = (str(told.get(key) or "") for key in ("id", "cdx-api", "to"))
        if not _ID.fullmatch(name):
            raise NoIndex("an entry of the list of crawls has no name")
        if not address.startswith(self._base):
            address = f"{self._base}{name}-index"
        return Crawl(name, address, last if _DAY.match(last) else "")


def _read_pages(response: Response) -> int:
    """Return how many pages an answer has. Raise NoIndex."""
    if _is_none(response):
        return 0
    told = _json(response)
    pages = told.get("pages") if isinstance(told, dict) else told
    if isinstance(pages, bool) or not isinstance(pages, int) or pages < 0:
        raise NoIndex(f"it does not say how many pages it has: {response.body[:200]!r}")
    return pages


def _is_none(response: Response) -> bool:
    """Return whether an answer says that the index lists nothing. Raise NoIndex for another answer with status 404."""
    if response.status != 404:
        return False
    told = _json(response)
    said = " ".join(str(told.get(name) or "") for name in ("message", "error")) if isinstance(told, dict) else ""
    if not _NONE.search(said):
        raise NoIndex(f"HTTP status 404, and it does not say that there are no captures: {response.body[:200]!r}")
    return True


def _json(response: Response) -> object:
    """Return the JSON value in an answer, or None if there is none."""
    try:
        return json.loads(response.body)
    except (ValueError, RecursionError):
        return None
