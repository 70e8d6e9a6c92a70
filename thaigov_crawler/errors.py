"""The exceptions of the project. Every text is for the person who runs the program."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class CrawlerError(Exception):
    """The program cannot do what it was asked to do. The text says what is wrong."""


class ArgumentError(CrawlerError):
    """An argument is bad or unknown. The text is one line: the name, the value and what is allowed."""

    def __init__(self, name: str, value: str | None, allowed: str):
        said = "is missing" if value is None else f"{value!r} is not allowed"
        super().__init__(f"argument {name.replace(chr(10), ' ')}: {said}: {allowed}")


class SettingError(CrawlerError):
    """A setting is bad. The text is one line: the name, the value and what is allowed."""

    def __init__(self, name: str, value: object, allowed: str):
        said = "is missing" if value is None else f"{value!r} is not allowed"
        super().__init__(f"setting {name}: {said}: {allowed}")


class StoreError(CrawlerError):
    """The database cannot be used. The text says which, why and what to do."""


class SourceError(CrawlerError):
    """The source of the argument `source` does not exist, cannot be read, or needs something that is missing.

    The text says why. `argument` is the name of the argument that is wrong.
    """

    def __init__(self, text: str, argument: str = "source"):
        super().__init__(text)
        self.argument = argument


class Unreachable(CrawlerError):
    """The host of a source cannot be reached, or its answer cannot be read. The text says which host, and why."""


class NoCapture(CrawlerError):
    """A response is not a copy of the article's page, because the archive could not play it back. The text says why."""


class NoIndex(CrawlerError):
    """An archive's index gave an answer that cannot be read. The text says why."""


class BrokenOff(CrawlerError):
    """A page of a listing cannot be read. The text says why."""


class DamagedRecord(CrawlerError):
    """A record of a file cannot be read completely. The text says why."""


class Refused(CrawlerError, IgnoreRequest):
    """The host refuses this request, and the run ends. The text says how it refused."""


class NotSent(CrawlerError, IgnoreRequest):
    """The request was not sent, because the run is ending. This is not counted as a visit."""
