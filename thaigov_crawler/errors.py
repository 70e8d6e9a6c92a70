"""What can go wrong, as exceptions: one base, one file. Every text is for the person who runs the program."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class CrawlerError(Exception):
    """What this program raises where it cannot go on as asked. The text says what is wrong."""


class ArgumentError(CrawlerError):
    """A bad or unknown argument. The text is one line: the name, the value and what is allowed."""

    def __init__(self, name: str, value: str | None, allowed: str):
        said = "is missing" if value is None else f"{value!r} is not allowed"
        super().__init__(f"argument {name.replace(chr(10), ' ')}: {said}: {allowed}")


class SettingError(CrawlerError):
    """A bad setting. The text is one line: the name, the value and what is allowed."""

    def __init__(self, name: str, value: object, allowed: str):
        said = "is missing" if value is None else f"{value!r} is not allowed"
        super().__init__(f"setting {name}: {said}: {allowed}")


class StoreError(CrawlerError):
    """The database cannot be used. The text says which, why and what to do."""


class SourceError(CrawlerError):
    """The argument `source` names nothing that pages can be read from, or what it needs is missing. The text says
    why. `argument` is the one to blame."""

    def __init__(self, text: str, argument: str = "source"):
        super().__init__(text)
        self.argument = argument


class Unreachable(CrawlerError):
    """The host of a source cannot be reached, or gives no answer that can be read. The text says which and why."""


class NoCapture(CrawlerError):
    """A response is no copy of the article's page: the archive could not play it back. The text says why.

    With `is_settled`, tomorrow's answer would be the same.
    """

    def __init__(self, text: str, *, is_settled: bool = True):
        super().__init__(text)
        self.is_settled = is_settled


class InTrouble(CrawlerError):
    """A response tells nothing of the article's page, as the host is in trouble. The text says why."""


class NoIndex(CrawlerError):
    """The answer of an archive's index cannot be read. The text says why."""


class BrokenOff(CrawlerError):
    """A page of a listing cannot be read. The text says why."""


class DamagedRecord(CrawlerError):
    """A record of a file cannot be read whole. The text says why."""


class Refused(CrawlerError, IgnoreRequest):
    """The host refuses this request; the run ends. The text says what refused."""


class NotSent(CrawlerError, IgnoreRequest):
    """The request was not sent, because the run is ending. It was no visit."""
