"""Lets a browser draw pages. It follows no redirect, and its errors are those of other downloads.

Only a run that draws pages imports this module, because Playwright is large.
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
_REDIRECT = "thaigov_redirect"  # meta key: the redirect that the host answered with

# It logs a traceback for each page that fails. Our log already names the article ID of the visit that failed.
logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)


class RenderingDownloadHandler(ScrapyPlaywrightDownloadHandler):
    """scrapy-playwright's handler, but it returns redirects and raises the errors of Scrapy's own handlers."""

    async def download_request(self, request: Request) -> Response:
        """Return the response. Raise DownloadTimeoutError or DownloadFailedError."""
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
    """Keep the page at its address: a redirect is returned as an answer, and scripts cannot navigate to another host.

    Playwright follows redirects without asking. So this fetches the page itself, and follows none.
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
    """Wait until the page fetches nothing more, at most SETTLE_TIMEOUT. Then take the page as it is."""
    with suppress(PlaywrightTimeoutError):
        await page.wait_for_load_state("networkidle", timeout=SETTLE_TIMEOUT)


def _text_of(headers: Headers) -> dict[str, str]:
    return {str(name): str(value) for name, value in headers.to_unicode_dict().items()}
