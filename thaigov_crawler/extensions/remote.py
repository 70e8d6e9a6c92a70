"""RemoteControl: Scrapy's remote control, which is imported only if REMOTE_CONTROL_ENABLED turns it on."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured


class RemoteControl:
    """Makes Scrapy's extension."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Any:
        """Return Scrapy's extension. Raise NotConfigured if the setting is off."""
        if not crawler.settings.getbool("REMOTE_CONTROL_ENABLED"):
            raise NotConfigured
        from scrapy.extensions.remote_control import RemoteControl as Scrapys  # takes a tenth of a second

        return Scrapys.from_crawler(crawler)
