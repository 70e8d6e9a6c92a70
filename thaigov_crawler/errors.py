"""The exceptions of the project. Every text is for the person who runs the program."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from scrapy.exceptions import IgnoreRequest

PROGRAM = "thaigov"  # the console script, which is Scrapy's command line with our settings


def typed(line: str) -> str:
    """Return a command line as this user types it: behind `thaigov` where that runs, else behind `scrapy`."""
    return f"{PROGRAM if sys.argv[0] == PROGRAM else 'scrapy'} {line}"


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


class MissingExtra(CrawlerError):
    """An optional part of the package is not installed. The text says what needs it and how to install it."""


@contextmanager
def extra(name: str, needed_by: str) -> Iterator[None]:
    """Import in this block what only the extra `name` of pyproject.toml installs.

    Raise MissingExtra if it is not installed. The text begins with `needed_by`, which names what the user asked for.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == __name__.partition(".")[0]:
            raise  # a module of our own is no extra
        raise MissingExtra(
            f"{needed_by} needs the extra `{name}`, as there is no module {error.name}. "
            f"Install it: pip install 'thaigov-crawler[{name}]'"
        ) from None


class StoreError(CrawlerError):
    """The database cannot be used. The text says which, why and what to do."""


class LostStoreError(StoreError):
    """The server of the database went away in the middle of a transaction. Nothing of the transaction is stored."""


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
    """A response is not a copy of the article's page, because the archive could not play it back. The text says why.

    With `is_settled`, the next run would get the same answer. So it does not ask again for some days.
    """

    def __init__(self, text: str, *, is_settled: bool = True):
        super().__init__(text)
        self.is_settled = is_settled


class InTrouble(CrawlerError):
    """A response says nothing about the article, because the host is in trouble. The text says why."""


class NoIndex(CrawlerError):
    """An archive's index gave an answer that cannot be read. The text says why."""


class BrokenOff(CrawlerError):
    """A page of a listing cannot be read. The text says why."""


class DamagedRecord(CrawlerError):
    """A record of a file cannot be read completely. The text says why."""


class DamagedBody(CrawlerError):
    """The body of an answer is not whole, or cannot be read. The text says why, as a sentence about `it`."""


class WorkerDied(CrawlerError):
    """A worker process has ended, though it should not. The text says why that happens."""


class Refused(CrawlerError, IgnoreRequest):
    """The host refuses this request, and the run ends. The text says how it refused."""


class NotSent(CrawlerError, IgnoreRequest):
    """The request was not sent, because the run is ending. This is not counted as a visit."""
