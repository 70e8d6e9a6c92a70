"""The live site as a source, for people whom it has authorised. It obeys robots.txt and every refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Self

from scrapy.http import Request

from thaigov_crawler.checked import web_address
from thaigov_crawler.errors import NoCapture, SettingError
from thaigov_crawler.sources.addresses import article_id_below, joined, path_of
from thaigov_crawler.sources.base import (
    ADDRESSES,
    Capture,
    Defaults,
    Options,
    Plan,
    Source,
    WantedIds,
    header_of,
    is_relaunch,
)
from thaigov_crawler.sources.browser import browser_settings, rendered

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

# An article has two forms of address, each on http and https. More redirects than between these four go in a circle.
MAX_REDIRECTS = 3
POLICY = "https://www.thaigov.go.th/en/policy"


class LiveSource(Source):
    """The pages of the live site, one article ID after the other."""

    kind = name = "live"
    usage = "live (for those authorised)"
    is_on_network = is_the_site = True
    options: ClassVar[Options] = MappingProxyType({"address": ADDRESSES, "render": ("false", "true")})
    changes_pages: ClassVar[Defaults] = MappingProxyType({"address": ADDRESSES[0]})
    knows_its_ids = False
    # The order of article IDs is strict, retries included. So if a run is cut off, all lower IDs are done (but for
    # those that failed last time). This costs no time, because the host gets one request a second.
    defaults = MappingProxyType({"CONCURRENT_REQUESTS": 1, "RETRY_PRIORITY_ADJUST": 1})
    advice = (
        f"The site's policy ({POLICY}) allows programs only where it has expressly authorised them. "
        "Read its old pages from a web archive (-a source=wayback) or from WARC files (-a source=warc:PATH), "
        "try the program on its sample (-a source=sample), or ask the site for a written authorisation."
    )

    @classmethod
    def open(cls, path: str, options: Mapping[str, str], settings: BaseSettings) -> Self:
        """Return the site that THAIGOV_BASE_URL names. Raise SettingError or SourceError."""
        return cls(settings, relaunch=is_relaunch(options), render=options["render"] == "true")

    def __init__(self, settings: BaseSettings, *, relaunch: bool = False, render: bool = False):
        """With `relaunch`, read the site since 2025-09, not the classic one. With `render`, let a browser draw pages.

        Raise SettingError if THAIGOV_CONTACT or THAIGOV_BASE_URL is bad, and SourceError if the browser is missing.
        """
        super().__init__()
        if not settings["THAIGOV_CONTACT"]:
            raise SettingError(
                "THAIGOV_CONTACT",
                None,
                "the live site is only for those whom it has authorised, and they say who they are: an e-mail address "
                f"or URL at which you can be reached. {self.advice}",
            )
        allowed = "an origin, as in https://www.thaigov.go.th"
        parts = web_address(settings, "THAIGOV_BASE_URL", allowed)
        self.base = parts.geturl()
        if parts.path:
            raise SettingError("THAIGOV_BASE_URL", self.base, allowed)
        if relaunch:
            self.read_relaunch()
        self.host = parts.netloc
        self._relaunch = relaunch
        self._render = render
        self.settings = browser_settings() if render else {}

    async def plan(self, ids: WantedIds, crawler: Crawler) -> Plan:
        """Plan one visit for each of `ids`. The number of visits is unknown if the IDs are open-ended."""
        self._ids = ids
        if not ids.ranges:
            return Plan(0)
        first, last = ids.ranges[0][0], ids.ranges[-1][1]
        if last is None:
            return Plan(None, first)
        asked = sum(end - begin + 1 for begin, end in ids.ranges if end is not None)
        visits = asked - sum(map(ids.within, ids.known))
        return Plan(visits, first, last, seconds=visits * crawler.settings.getfloat("DOWNLOAD_DELAY"))

    def requests(self) -> Iterator[Request]:
        """Yield one request for each article ID, in order. There is no end if the IDs are open-ended."""
        for first, last in self._ids.ranges:
            for article_id in count(first) if last is None else range(first, last + 1):
                if article_id in self._ids and article_id not in self._ids.last:
                    yield self._request(self._page_of(article_id), article_id)

    def last_requests(self) -> Iterator[Request]:
        """Return one request for each article ID that failed last time."""
        return (self._request(self._page_of(each), each) for each in self._ids.last if each in self._ids)

    def _page_of(self, article_id: int) -> str:
        return f"{self.base}{path_of(article_id, relaunch=self._relaunch)}"

    def _request(self, address: str, article_id: int, redirects: int = 0) -> Request:
        meta = {"handle_httpstatus_all": True, "redirects": redirects, **(rendered() if self._render else {})}
        headers = {}
        if held := self._ids.held.get(article_id):
            headers = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified}
        return Request(
            address,
            headers={name: value for name, value in headers.items() if value},
            cb_kwargs={"article_id": article_id},
            meta=meta,
            dont_filter=True,
        )

    def capture(self, response: Response, article_id: int) -> Capture | Request:
        """Return the page as it is now, or the request for another address of the same article, after a redirect.

        A redirect to any other address is a capture. Raise NoCapture if the redirects between the article's own
        addresses do not end.
        """
        status, target = response.status, None
        if 300 <= status < 400 and status != 304:
            target = joined(response.url, header_of(response, "Location"))
            if self._article_id(target) == article_id:
                if response.meta["redirects"] >= MAX_REDIRECTS:
                    raise NoCapture(f"redirects that do not end, the last to {target}")
                return self._request(target, article_id, response.meta["redirects"] + 1)
        elif self._article_id(response.url) != article_id:  # a script of the page has changed the address
            status, target = 307, response.url
        return Capture(
            article_id=article_id,
            url=response.url,
            captured_at=datetime.now(timezone.utc).isoformat(timespec="seconds"),
            status=status,
            content_type=header_of(response, "Content-Type") or None,
            body=response.body,
            location=target or None,
            etag=_text(response, "ETag"),
            last_modified=_text(response, "Last-Modified"),
        )

    def _article_id(self, address: str) -> int | None:
        return article_id_below(self.base, address, relaunch=self._relaunch)


def _text(response: Response, header: str) -> str | None:
    value = response.headers.get(header)
    return value.decode("latin-1") if value else None
