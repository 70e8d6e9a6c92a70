"""All sources, and which one the arguments name. A new source is a module beside this one and a name in SOURCES."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from thaigov_crawler.errors import SourceError
from thaigov_crawler.sources.base import Source
from thaigov_crawler.sources.corpus import CorpusSource
from thaigov_crawler.sources.live import LiveSource
from thaigov_crawler.sources.sample import SampleSource
from thaigov_crawler.sources.warc import WarcSource
from thaigov_crawler.sources.wayback import WaybackSource

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

# The first is the default.
SOURCES: dict[str, type[Source]] = {
    source.kind: source
    for source in (
        WaybackSource,
        LiveSource,
        WarcSource,
        CorpusSource,
        SampleSource,
    )
}
DEFAULT = next(iter(SOURCES))
# The arguments that some sources know, with what they may be; the first is the default.
OPTIONS = {name: values for source in SOURCES.values() for name, values in source.options.items()}


def open_source(arguments: Mapping[str, str], settings: BaseSettings) -> Source:
    """The source that the argument `source` names, opened with those of OPTIONS.

    Raises SourceError, which names the argument to blame, and SettingError.
    """
    spec = arguments.get("source", DEFAULT)
    kind, colon, path = spec.partition(":")
    options = {name: _option(name, arguments, kind) for name in OPTIONS}
    source = SOURCES.get(kind)
    if source is None or bool(path) != source.takes_path or bool(colon) != source.takes_path:
        *others, last = (each.usage for each in SOURCES.values())
        raise SourceError(f"must be {', '.join(others)} or {last}")
    return source.open(path, options, settings)


def kind_of(name: str) -> str:
    """The kind of the source with a name, as an article or a run has it: `warc` of `warc:news.warc.gz`."""
    return name.partition(":")[0]


def is_on_network(kind: str) -> bool:
    """Whether sources of a kind make requests on a host, and so hold its lease while they run."""
    return kind not in SOURCES or SOURCES[kind].is_on_network


def content_of(name: str, arguments: Mapping[str, str]) -> str:
    """What a run of the source with a name and with these arguments stored, in words (see Source.content)."""
    return SOURCES.get(kind_of(name), Source).content(arguments)


def _option(name: str, arguments: Mapping[str, str], kind: str) -> str:
    knowing = [source.kind for source in SOURCES.values() if name in source.options]
    if name in arguments and kind not in knowing:
        raise SourceError(f"only with source={' or '.join(knowing)}", name)
    value = arguments.get(name, OPTIONS[name][0])
    if value not in OPTIONS[name]:
        raise SourceError(f"must be {' or '.join(OPTIONS[name])}", name)
    return value
