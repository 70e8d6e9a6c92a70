"""The list of all sources. A new source is a module beside this one, and a class in SOURCES."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from thaigov_crawler.errors import SourceError
from thaigov_crawler.sources.base import Source
from thaigov_crawler.sources.commoncrawl import CommonCrawlSource
from thaigov_crawler.sources.corpus import CorpusSource
from thaigov_crawler.sources.live import LiveSource
from thaigov_crawler.sources.sample import SampleSource
from thaigov_crawler.sources.shares import Share
from thaigov_crawler.sources.warc import WarcSource
from thaigov_crawler.sources.wayback import WaybackSource

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

# The first is the default.
SOURCES: dict[str, type[Source]] = {
    source.kind: source
    for source in (
        WaybackSource,
        CommonCrawlSource,
        LiveSource,
        WarcSource,
        CorpusSource,
        SampleSource,
    )
}
DEFAULT = next(iter(SOURCES))
# The arguments that only some sources know, with their allowed values. The first is the default.
OPTIONS = {name: values for source in SOURCES.values() for name, values in source.options.items()}


def open_source(arguments: Mapping[str, str], settings: BaseSettings) -> Source:
    """Return the source that the argument `source` names, opened with `part` and the arguments of OPTIONS.

    Raise SourceError, which names the bad argument, or SettingError.
    """
    spec = arguments.get("source", DEFAULT)
    kind, colon, path = spec.partition(":")
    options = {name: _option(name, arguments, kind) for name in OPTIONS}
    source = SOURCES.get(kind)
    if source is None or bool(path) != source.takes_path or bool(colon) != source.takes_path:
        *others, last = (each.usage for each in SOURCES.values())
        raise SourceError(f"must be {', '.join(others)} or {last}")
    part = Share.parse(arguments["part"]) if "part" in arguments else None
    opened = source.open(path, options, settings)
    opened.part = part
    return opened


def kind_of(name: str) -> str:
    """Return the kind of the source with this name, as an article or a run has it: `warc` for `warc:news.warc.gz`."""
    return name.partition(":")[0]


def content_of(name: str, arguments: Mapping[str, str]) -> str:
    """Return what a run of the source `name` with these arguments stored, in words (see Source.content)."""
    return SOURCES.get(kind_of(name), Source).content(arguments)


def _option(name: str, arguments: Mapping[str, str], kind: str) -> str:
    knowing = [source.kind for source in SOURCES.values() if name in source.options]
    if name in arguments and kind not in knowing:
        raise SourceError(f"only with source={' or '.join(knowing)}", name)
    value = arguments.get(name, OPTIONS[name][0])
    if value not in OPTIONS[name]:
        raise SourceError(f"must be {' or '.join(OPTIONS[name])}", name)
    return value
