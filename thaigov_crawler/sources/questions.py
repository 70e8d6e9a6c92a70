"""Asks the index of an archive over the network, and asks again if what comes is no answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from scrapy.http import Request

from thaigov_crawler.errors import NoIndex, NotSent, Refused, Unreachable
from thaigov_crawler.sources.base import WANTS_JSON, in_words

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

# Bytes of one answer. A pywb may send its whole index in one.
MAXSIZE = 64 * 1024 * 1024
# How often one answer is asked for, if what comes is not an index.
TRIES = 3
# Scrapy's retries of a request after the index has answered once.
RETRIES = 10
QUOTED = 200  # bytes that an error message quotes of an answer

Read = TypeVar("Read")


class Questions:
    """The questions to one index, one after the other. They count as `cdx/queries`."""

    def __init__(self, host: str, slot: str, counts: Counter[str], meta: Mapping[str, Any] = MappingProxyType({})):
        """`host` is its name in messages, and `slot` the download slot. `meta` is for all requests."""
        self._host, self._counts = host, counts
        self._meta = {
            "download_slot": slot,
            "download_maxsize": MAXSIZE,
            "dont_obey_robotstxt": True,  # this is the public interface for programs; its own limits apply to it
            "handle_httpstatus_all": True,
            WANTS_JSON: True,
            **meta,
        }
        self.has_answered = False

    async def ask(
        self, address: str, crawler: Crawler, read: Callable[[Response], Read], *, also: tuple[int, ...] = ()
    ) -> Read:
        """Return what `read` makes of the answer from an address. `read` raises NoIndex if it is no answer.

        An answer has the status 200 or one of `also`. Raise Unreachable if it cannot be fetched or read. Raise Refused
        or NotSent.
        """
        meta = dict(self._meta)
        if self.has_answered:  # so the index exists, and a failure will pass
            meta.setdefault("max_retry_times", RETRIES)
        problem = ""
        for _ in range(TRIES):
            try:
                response = await crawler.engine.download_async(Request(address, meta=meta))
            except (Refused, NotSent):
                raise
            except Exception as error:  # of the network, after Scrapy's retries; or the answer is too large
                raise Unreachable(f"The web archive {self._host} could not be reached: {in_words(error)}") from error
            self._counts["cdx/queries"] += 1
            if response.status not in (200, *also):
                said = " ".join(response.body[:QUOTED].decode("utf-8", "replace").split())
                problem = f"HTTP status {response.status}" + (f", {said!r}" if said else "")
                break
            try:
                found = read(response)
            except NoIndex as error:
                problem = str(error)
                continue
            self.has_answered = True
            return found
        raise Unreachable(f"The index of the web archive {self._host} could not be read: {problem}")
