"""Finds Chromium, and makes the settings and the meta with which scrapy-playwright lets it draw pages."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thaigov_crawler.errors import MissingExtra, SourceError, extra

if TYPE_CHECKING:
    from playwright.async_api import Request as BrowserRequest

# Types of resources that bring no text.
_NOT_NEEDED = frozenset(("image", "font", "media"))
NAVIGATION_TIMEOUT = 60_000  # milliseconds
_SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_HANDLER = "thaigov_crawler.sources.rendering.RenderingDownloadHandler"


def browser_settings() -> dict[str, Any]:
    """Return the settings of Scrapy that let a browser draw the pages of requests that ask for it.

    The browser is the system's Chromium, or else the one that Playwright has installed. Raise SourceError if something
    is missing; its text has the command that installs it.
    """
    try:
        with extra("render", "it"):
            import scrapy_playwright  # noqa: F401
    except MissingExtra as error:
        raise SourceError(str(error), "render") from None
    system = next(filter(None, map(shutil.which, _SYSTEM_BROWSERS)), None)
    if system is None and not _installed_by_playwright():
        raise SourceError(
            "there is no Chromium: `playwright install --with-deps chromium` installs one",
            "render",
        )
    # Pages from the web must run in a sandbox. Chromium has no sandbox if root starts it.
    options: dict[str, Any] = {"chromium_sandbox": os.geteuid() != 0}
    if system:
        options["executable_path"] = system
    return {
        "DOWNLOAD_HANDLERS": {"http": _HANDLER, "https": _HANDLER},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": options,
        "PLAYWRIGHT_ABORT_REQUEST": not_needed,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": NAVIGATION_TIMEOUT,
    }


def _installed_by_playwright() -> bool:
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright"
    return any(Path(folder).glob("chromium*"))


def not_needed(request: BrowserRequest) -> bool:
    """Return whether a page asks for something that brings no text: an image, a font, media."""
    return request.resource_type in _NOT_NEEDED


def rendered() -> dict[str, Any]:
    """Return the meta of a request whose page the browser draws. It waits until the page fetches nothing more."""
    from scrapy_playwright.page import PageMethod

    from thaigov_crawler.sources.rendering import settled, stays_at_its_address

    return {
        "playwright": True,
        "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
        "playwright_page_methods": [PageMethod(settled)],
        "playwright_page_init_callback": stays_at_its_address,
    }
