"""The live site as a source, for those whom it has authorised. It obeys robots.txt and any refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.http import Request
from scrapy.settings import BaseSettings

from thaigov_crawler import __version__
from thaigov_crawler.sources import POLICY, Capture, NoCapture, Plan, Selection, SettingError, Source, SourceError
from thaigov_crawler.sources.addresses import article_id_below, joined, path_of
from thaigov_crawler.sources.browser import browser_settings, rendered

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

# An article has two forms of address, each on http and https: more redirects than that lead in circles.
MAX_REDIRECTS = 3
_CONTACT = re.compile(r"[^@\s()]+@[^@\s()]+\.[^@\s()]+|https?://[^\s()]+")


def user_agent(settings: BaseSettings) -> str:
    """How a run introduces itself: `thaigov-crawler/<version> (+contact)`, without a contact where none is set.

    Raises SettingError for a THAIGOV_CONTACT that is neither e-mail address nor URL.
    """
    contact = settings["THAIGOV_CONTACT"]
    if not contact:
        return f"thaigov-crawler/{__version__}"
    if not _CONTACT.fullmatch(contact) or not contact.isascii():
        raise SettingError("THAIGOV_CONTACT", contact, "an e-mail address or a URL")
    return f"thaigov-crawler/{__version__} (+{contact})"


class LiveSource(Source):
    """The pages of the live site, one article ID after the other."""

    name = "live"
    visit = "missing"
    advice = (
        f"The site's policy ({POLICY}) allows programs only where it has expressly authorised them. "
        "Read its old pages from a web archive (-a source=wayback) or from WARC files (-a source=warc:PATH), "
        "try the program on its sample (-a source=sample), or ask the site for a written authorisation."
    )

    def __init__(self, settings: BaseSettings, *, relaunch: bool = False, render: bool = False):
        """`relaunch`: the site since 2025-09 instead of the classic one; `render`: drawn by a browser.

        Raises SourceError where THAIGOV_CONTACT or the browser is missing, SettingError for a bad THAIGOV_BASE_URL.
        """
        if not settings["THAIGOV_CONTACT"]:
            raise SourceError(
                "the live site is only for those whom it has authorised, and they say who they are: set "
                f"THAIGOV_CONTACT to an e-mail address or URL at which you can be reached. {self.advice}"
            )
        self.base = str(settings["THAIGOV_BASE_URL"]).rstrip("/")
        parts = urlsplit(self.base)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
            raise SettingError("THAIGOV_BASE_URL", self.base, "an origin, as in https://www.thaigov.go.th")
        if relaunch:
            self.read_relaunch()
        self._relaunch = relaunch
        self._render = render
        self.settings = browser_settings() if render else {}
        self._ids: list[range] = []
        self._selection: Selection | None = None

    async def plan(self, ids: Selection, crawler: Crawler) -> Plan:
        """One visit for each of `ids`, which must have an end. Raises SourceError where they have none."""
        if any(last is None for _, last in ids.ranges):
            raise SourceError("say which with source=live, first and last, as in ids=96700-96800", "ids")
        self._ids, self._selection = [range(first, last + 1) for first, last in ids.ranges], ids
        visits = sum(map(len, self._ids)) - sum(map(ids.within, ids.known))
        return Plan(visits, visits * crawler.settings.getfloat("DOWNLOAD_DELAY"))

    def requests(self) -> Iterator[Request]:
        """One request an article ID, in order."""
        for each in self._ids:
            for article_id in each:
                if article_id in self._selection:
                    yield self._request(f"{self.base}{path_of(article_id, relaunch=self._relaunch)}", article_id)

    def _request(self, address: str, article_id: int, redirects: int = 0) -> Request:
        meta = {"handle_httpstatus_all": True, "redirects": redirects, **(rendered() if self._render else {})}
        return Request(address, cb_kwargs={"article_id": article_id}, meta=meta, dont_filter=True)

    def capture(self, response: Response, article_id: int) -> Capture | Request:
        """The page as it is now. A redirect to another address of the same article is followed, others are not.

        Raises NoCapture for redirects between the article's own addresses that come to no end.
        """
        status, target = response.status, None
        if 300 <= status < 400:
            target = joined(response.url, (response.headers.get("Location") or b"").decode("utf-8", "replace"))
            if self._article_id(target) == article_id:
                if response.meta["redirects"] >= MAX_REDIRECTS:
                    raise NoCapture(f"redirects that come to no end, the last to {target}")
                return self._request(target, article_id, response.meta["redirects"] + 1)
        elif self._article_id(response.url) != article_id:  # a browser has followed redirects
            status, target = 307, response.url
        return Capture(
            article_id=article_id,
            url=response.url,
            captured_at=datetime.now(timezone.utc).isoformat(timespec="seconds"),
            status=status,
            content_type=(response.headers.get("Content-Type") or b"").decode("latin-1") or None,
            body=response.body,
            location=target or None,
        )

    def _article_id(self, address: str) -> int | None:
        return article_id_below(self.base, address, relaunch=self._relaunch)
