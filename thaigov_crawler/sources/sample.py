"""The sample as a source: a WARC file of invented articles, which is a part of the package."""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Self

from thaigov_crawler.sources.base import Defaults, Options
from thaigov_crawler.sources.warc import WarcSource

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


class SampleSource(WarcSource):
    """The pages of the sample.

    Its output has a folder of its own, so that invented articles never mix with real ones.
    """

    kind = name = folder = "sample"
    usage = "sample"
    takes_path = False
    options: ClassVar[Options] = MappingProxyType({})
    changes_pages: ClassVar[Defaults] = MappingProxyType({})

    @classmethod
    def open(cls, path: str, options: Mapping[str, str], settings: BaseSettings) -> Self:
        """Return the source that reads the sample."""
        return cls("sample", _file())

    @classmethod
    def content(cls, arguments: Mapping[str, str]) -> str:
        """See Source."""
        return "invented articles"


@cache
def _file() -> Path:
    """Return the path of the sample's file.

    On Scrapyd the package is a zip file (an egg). Then this is the path of a copy, which exists until the program ends.
    """
    opened = ExitStack()
    atexit.register(opened.close)
    return opened.enter_context(as_file(files("thaigov_crawler.sources") / "sample.warc.gz"))
