"""Asks the index of a web archive over the network which captures it lists."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from thaigov_crawler.errors import Unreachable
from thaigov_crawler.sources.base import WantedIds
from thaigov_crawler.sources.cdx import ADDRESSES, Answer, Match, matches, query, read
from thaigov_crawler.sources.questions import Questions
from thaigov_crawler.sources.rows import IndexedCapture

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

# The download slot. Its rate is the setting THAIGOV_CDX_DELAY.
CDX_SLOT = "archive-cdx"
# Answers to one query. All classic addresses need many times fewer.
MOST_ANSWERS = 1000


class Index:
    """The index at an address. It counts `cdx/queries`, `cdx/rows` and `cdx/odd` (rows that cannot be read)."""

    def __init__(self, address: str, counts: Counter[str], *, may_be_empty: bool):
        """`counts` gets the numbers. With `may_be_empty`, an empty answer means that there are no rows (pywb)."""
        self._address, self._counts, self._may_be_empty = address, counts, may_be_empty
        self._host = urlsplit(address).netloc
        self._questions = Questions(self._host, CDX_SLOT, counts)

    async def captures(self, ids: WantedIds, crawler: Crawler) -> tuple[dict[int, list[IndexedCapture]], set[str]]:
        """Return the captures of `ids` by article ID, and the digests of captures that are surely not pages.

        Raise Unreachable if an answer cannot be fetched or read. Raise Refused or NotSent.
        """
        found: dict[int, list[IndexedCapture]] = {}
        no_pages: set[str] = set()
        for match in matches(ids.ranges):
            for form in ADDRESSES:
                async for answer in self._answers(form, match, crawler):
                    no_pages |= answer.no_pages
                    for article_id, capture in answer.captures:
                        found.setdefault(article_id, []).append(capture)
        if odd := self._counts["cdx/odd"]:
            logger.warning(
                "The index of the web archive %s has %d row(s) that cannot be read. They are passed over, and captures "
                "that only they list are not visited.",
                self._host,
                odd,
            )
        return found, no_pages

    async def _answers(self, form: str, match: Match, crawler: Crawler) -> AsyncIterator[Answer]:
        """Yield the answers to a query, one after the other. Raise Unreachable if they do not end."""
        keys, last_rows = set(), set()
        resume_key = None
        for _ in range(MOST_ANSWERS):
            answer = await self._answer(query(form, match, resume_key), crawler)
            if answer.cut:  # without a limit, a pywb sends all rows
                answer = await self._answer(query(form, match, limit=None), crawler)
            yield answer
            resume_key = answer.resume_key
            if resume_key is None:
                return
            if resume_key in keys or answer.last_row in last_rows:
                what = "a resume key" if resume_key in keys else "its rows under another resume key"
                raise Unreachable(f"The index of the web archive {self._address} does not end: it repeats {what}")
            keys.add(resume_key)
            last_rows.add(answer.last_row)
        raise Unreachable(f"The index of the web archive {self._address} does not end: {MOST_ANSWERS:,} answers")

    async def _answer(self, parameters: str, crawler: Crawler) -> Answer:
        answer = await self._questions.ask(f"{self._address}?{parameters}", crawler, self._read)
        self._counts["cdx/rows"] += answer.rows
        self._counts["cdx/odd"] += answer.odd
        return answer

    def _read(self, response: Response) -> Answer:
        return read(response.body, may_be_empty=self._may_be_empty, is_known=self._questions.has_answered)
