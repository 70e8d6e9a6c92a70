"""RobotsTxtMiddleware: it obeys robots.txt. If robots.txt cannot be read, that means no. (For Scrapy it means yes.)"""

from __future__ import annotations

import asyncio
import logging
from urllib.parse import urlsplit

from protego import Protego
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from thaigov_crawler.errors import NotSent, Refused, Unreachable
from thaigov_crawler.sources.addresses import joined
from thaigov_crawler.sources.base import in_words

logger = logging.getLogger(__name__)

# RFC 9309 asks for at least five redirects. Redirects to other hosts are not followed here.
MAX_REDIRECTS = 5
LONGEST_DELAY = 60.0  # seconds


def _same_host(address: str, other: str) -> bool:
    return address.startswith(("http://", "https://")) and urlsplit(address).hostname == urlsplit(other).hostname


class RobotsTxtMiddleware:
    """Asks each host for its robots.txt once, and obeys it.

    Without a robots.txt (404, 410) everything is allowed. Any other answer ends the run as refused. If there is no
    answer, the run ends as unreachable. If Crawl-delay is longer than the configured delay, it is used.
    """

    def __init__(self, crawler: Crawler):
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._rules: dict[str, asyncio.Future[Protego]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsTxtMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise Refused if robots.txt does not allow the request, and Unreachable if it cannot be fetched."""
        parts = urlparse_cached(request)
        if request.meta.get("dont_obey_robotstxt") or parts.scheme not in ("http", "https"):
            return
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._fetch(f"{origin}/robots.txt"))
        rules = await self._rules[origin]
        if not rules.can_fetch(request.url, self._agent):
            raise Refused(f"{origin}/robots.txt does not allow {request.url}")
        if delay := rules.crawl_delay(self._agent):
            self._keep(delay, request, origin)

    def _keep(self, delay: float, request: Request, origin: str) -> None:
        if delay > LONGEST_DELAY:
            raise Refused(
                f"{origin}/robots.txt asks for {delay:,.0f} s between requests, which is too slow for a crawl"
            )
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))  # it exists: robots.txt came through it
        if slot and slot.delay < delay:
            logger.info("%s/robots.txt asks for %.1f s between requests. The run keeps to that.", origin, delay)
            slot.delay = delay

    async def _fetch(self, address: str) -> Protego:
        response = await self._answer(address)
        for _ in range(MAX_REDIRECTS):
            target = joined(response.url, (response.headers.get("Location") or b"").decode("latin-1"))
            if not (300 <= response.status < 400 and _same_host(target, address)):
                break
            response = await self._answer(target)
        if response.status in (404, 410):
            return Protego.parse("")
        if response.status != 200:
            raise Refused(f"{address} cannot be read (HTTP status {response.status}), and that means no")
        return Protego.parse(response.body.decode("utf-8-sig", "replace"))

    async def _answer(self, address: str) -> Response:
        meta = {"dont_obey_robotstxt": True, "handle_httpstatus_all": True}
        try:
            return await self._crawler.engine.download_async(Request(address, meta=meta, callback=NO_CALLBACK))
        except (Refused, NotSent):
            raise
        except Exception as error:  # of the network, or the answer is too large
            raise Unreachable(f"{address} cannot be fetched, and that means no: {in_words(error)}") from error
