"""Which source the arguments name."""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from scrapy.settings import BaseSettings

from thaigov_crawler.errors import SourceError
from thaigov_crawler.sources import Source
from thaigov_crawler.sources.corpus import CorpusSource
from thaigov_crawler.sources.live import LiveSource
from thaigov_crawler.sources.warc import WarcSource
from thaigov_crawler.sources.wayback import WaybackSource

DEFAULT = "wayback"
_KINDS = (
    "must be wayback (a web archive), live (for those authorised), "
    "warc:PATH (a .warc or .warc.gz file, or a folder of them), corpus:PATH (a folder of PyThaiNLP's text files) "
    "or sample"
)
# The arguments that only some sources know, and what they may be; the first is the default.
OPTIONS = {
    "captures": (("wayback",), ("newest", "all")),
    "address": (("live", "warc"), ("classic", "relaunch")),
    "render": (("live",), ("false", "true")),
}


def open_source(arguments: Mapping[str, str], settings: BaseSettings) -> Source:
    """The source that the arguments `source`, `captures`, `address` and `render` name.

    Raises SourceError, which names the argument to blame, and SettingError.
    """
    spec = arguments.get("source", DEFAULT)
    chosen = {name: _option(name, arguments, spec) for name in OPTIONS}
    if spec == "wayback":
        return WaybackSource(settings, every_capture=chosen["captures"] == "all")
    if spec == "live":
        return LiveSource(settings, relaunch=chosen["address"] == "relaunch", render=chosen["render"] == "true")
    if spec == "sample":
        return WarcSource("sample", _sample())
    kind, _, path = spec.partition(":")
    if kind == "warc" and path:
        return WarcSource(spec, Path(path), base=settings["THAIGOV_BASE_URL"], relaunch=chosen["address"] == "relaunch")
    if kind == "corpus" and path:
        return CorpusSource(Path(path))
    raise SourceError(_KINDS)


@cache
def _sample() -> Path:
    """The sample's file. On Scrapyd the package is a zip file (an egg): then a copy, until the program ends."""
    opened = ExitStack()
    atexit.register(opened.close)
    return opened.enter_context(as_file(files("thaigov_crawler.sources") / "sample.warc.gz"))


def _option(name: str, arguments: Mapping[str, str], spec: str) -> str:
    sources, allowed = OPTIONS[name]
    if name in arguments and spec.partition(":")[0] not in sources:
        raise SourceError(f"only with source={' or '.join(sources)}", name)
    value = arguments.get(name, allowed[0])
    if value not in allowed:
        raise SourceError(f"must be {' or '.join(allowed)}", name)
    return value
