"""How a browser renders a page: it follows no redirect, and fails as other downloads do.

Imported only where pages are rendered: Playwright is large.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Route
from playwright.async_api import TimeoutError as PlaywrightTimeoutError
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError
from scrapy.http import Headers, Request, Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

SETTLE_TIMEOUT = 15_000  # milliseconds
_REDIRECT = "thaigov_redirect"  # the meta key of the redirect that a page answered with

# It warns with a traceback of each page that fails; the visit that fails then is logged by its article ID.
logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)


class RenderingDownloadHandler(ScrapyPlaywrightDownloadHandler):
    """scrapy-playwright's handler, with redirects as responses and errors as the other handlers have them."""

    async def download_request(self, request: Request) -> Response:
        """Raises DownloadTimeoutError, DownloadFailedError."""
        if not request.meta.get("playwright"):
            return await super().download_request(request)
        request.meta.pop(_REDIRECT, None)
        try:
            return await super().download_request(request)
        except PlaywrightTimeoutError as error:
            raise DownloadTimeoutError(error.message.splitlines()[0]) from error
        except PlaywrightError as error:
            if redirect := request.meta.pop(_REDIRECT, None):
                return redirect
            raise DownloadFailedError(error.message.splitlines()[0]) from error


async def stays_at_its_address(page: Page, request: Request) -> None:
    """Keep the page from being led away: a redirect is an answer, not a way, and scripts may not navigate elsewhere.

    (Playwright asks nobody about the hops of a redirect, so the page itself is fetched without following any.)
    """

    async def guard(route: Route) -> None:
        asked = route.request
        if not asked.is_navigation_request() or asked.frame.parent_frame:
            await route.fallback()
            return
        with suppress(PlaywrightError):
            if urlsplit(asked.url).netloc == urlsplit(request.url).netloc:
                answer = await route.fetch(headers=_text_of(request.headers), max_redirects=0)
                if not 300 <= answer.status < 400:
                    await route.fulfill(response=answer)
                    return
                request.meta[_REDIRECT] = Response(asked.url, answer.status, answer.headers, request=request)
        with suppress(PlaywrightError):
            await route.abort()

    await page.route("**/*", guard)


async def settled(page: Page) -> None:
    """Wait until the page fetches nothing more; one that goes on for ever is taken as it is."""
    with suppress(PlaywrightTimeoutError):
        await page.wait_for_load_state("networkidle", timeout=SETTLE_TIMEOUT)


def _text_of(headers: Headers) -> dict[str, str]:
    return {str(name): str(value) for name, value in headers.to_unicode_dict().items()}
