"""The spider `thaigov_feed`. It visits the articles in the listings of the live site that are not stored."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scrapy.settings import BaseSettings

from thaigov_crawler.checked import check_settings
from thaigov_crawler.errors import ArgumentError
from thaigov_crawler.sources.base import Source
from thaigov_crawler.sources.feed import FeedSource
from thaigov_crawler.spiders.arguments import check_names
from thaigov_crawler.spiders.thaigov import ThaigovSpider
from thaigov_crawler.spiders.visits import MISSING, Wanted

_SECTION = re.compile(r"\s*0*([1-9]\d{0,5})\s*", re.ASCII)


class ThaigovFeedSpider(ThaigovSpider):
    """Visits the articles in some listings of the live site that are not stored.

    Its argument `sections` has the numbers in the addresses of the listings, `/news/contents/index/<number>`. In all
    else it does what the spider `thaigov` does with the live site.
    """

    name = "thaigov_feed"
    arguments = ("sections",)

    @classmethod
    def read_arguments(cls, arguments: Mapping[str, str], settings: BaseSettings) -> tuple[Source, Wanted]:
        """Check the arguments and settings. Return the listings as the source, and that the missing articles are
        wanted.

        Raise ArgumentError or SettingError.
        """
        check_names(arguments, cls.arguments)
        check_settings(settings)
        source = FeedSource(settings, _numbers(arguments.get("sections")))
        return source, Wanted.of({"visit": MISSING}, source)


def _numbers(sections: str | None) -> list[int]:
    """Return the numbers in the argument `sections`, each once. Raise ArgumentError."""
    found = [_SECTION.fullmatch(part) for part in (sections or "").split(",")]
    numbers = [int(each[1]) for each in found if each]
    if len(numbers) < len(found):
        raise ArgumentError("sections", sections, "numbers of sections, as in 8,5 for /news/contents/index/8 and …/5")
    return list(dict.fromkeys(numbers))
