"""The index of a web archive, asked over the network: which captures it lists."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.http import Request

from thaigov_crawler.errors import NoIndex, NotSent, Refused, Unreachable
from thaigov_crawler.sources.base import WANTS_JSON, WantedIds, in_words
from thaigov_crawler.sources.cdx import ADDRESSES, Answer, IndexedCapture, Match, matches, query, read

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

# The download slot, whose rate is a setting.
CDX_SLOT = "archive-cdx"
# Bytes of an answer; a pywb that holds everything may send it in one.
MAXSIZE = 64 * 1024 * 1024
# An answer that is no index is asked for again so often.
TRIES = 3
RETRIES = 10
# Of one query: many times what all classic addresses can have.
MOST_ANSWERS = 1000
QUOTED = 200  # bytes of what an index says in place of an answer


class Index:
    """The index at an address. Counts `cdx/queries`, `cdx/rows` and `cdx/odd` (rows that cannot be read)."""

    def __init__(self, address: str, counts: Counter[str], *, may_be_empty: bool):
        """`may_be_empty`: whether it says by nothing at all that there are no rows."""
        self._address, self._counts, self._may_be_empty = address, counts, may_be_empty
        self._host = urlsplit(address).netloc
        self._has_answered = False

    async def captures(self, ids: WantedIds, crawler: Crawler) -> tuple[dict[int, list[IndexedCapture]], set[str]]:
        """Return the captures of `ids` that the index lists, by article ID, and the digests of what is surely no page.

        Raises Unreachable where an answer could not be had, Refused, NotSent.
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
                "The index of the web archive %s has %d row(s) that cannot be read. They are passed over: what only "
                "they tell of is not visited.",
                self._host,
                odd,
            )
        return found, no_pages

    async def _answers(self, form: str, match: Match, crawler: Crawler) -> AsyncIterator[Answer]:
        """Ask for what a query finds, answer by answer. Raises Unreachable where they come to no end."""
        keys, last_rows = set(), set()
        resume_key = None
        for _ in range(MOST_ANSWERS):
            answer = await self._answer(query(form, match, resume_key), crawler)
            if answer.cut:  # a pywb sends all there is where nobody limits it
                answer = await self._answer(query(form, match, limit=None), crawler)
            yield answer
            resume_key = answer.resume_key
            if resume_key is None:
                return
            if resume_key in keys or answer.last_row in last_rows:
                what = "a resume key" if resume_key in keys else "its rows under another resume key"
                raise Unreachable(f"The index of the web archive {self._address} comes to no end: it repeats {what}")
            keys.add(resume_key)
            last_rows.add(answer.last_row)
        raise Unreachable(f"The index of the web archive {self._address} comes to no end: {MOST_ANSWERS:,} answers")

    async def _answer(self, parameters: str, crawler: Crawler) -> Answer:
        address = f"{self._address}?{parameters}"
        meta = {
            "download_slot": CDX_SLOT,
            "download_maxsize": MAXSIZE,
            "dont_obey_robotstxt": True,  # its public interface for programs: its limits apply, not its robots.txt
            "handle_httpstatus_all": True,
            WANTS_JSON: True,
        }
        if self._has_answered:  # then a failure is a trouble that will pass: as often as pauses its host
            meta["max_retry_times"] = RETRIES
        problem = ""
        for _ in range(TRIES):
            try:
                response = await crawler.engine.download_async(Request(address, meta=meta))
            except (Refused, NotSent):
                raise
            except Exception as error:  # of the network: it was tried again already; or an answer that is too large
                raise Unreachable(f"The web archive {self._host} could not be reached: {in_words(error)}") from error
            self._counts["cdx/queries"] += 1
            if response.status != 200:
                said = " ".join(response.body[:QUOTED].decode("utf-8", "replace").split())
                problem = f"HTTP status {response.status}" + (f", {said!r}" if said else "")
                break
            try:
                answer = read(response.body, may_be_empty=self._may_be_empty, is_known=self._has_answered)
            except NoIndex as error:
                problem = str(error)
                continue
            self._has_answered = True
            self._counts["cdx/rows"] += answer.rows
            self._counts["cdx/odd"] += answer.odd
            return answer
        raise Unreachable(f"The index of the web archive {self._host} could not be read: {problem}")
