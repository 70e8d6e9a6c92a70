"""Functions that read and check options and arguments of several commands."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from scrapy.exceptions import UsageError

from thaigov_crawler.spiders.arguments import ALL_IDS, ArticleIds
from thaigov_crawler.thai.calendar import typed_day

IDS_HELP = "only these article IDs, as in 96700-96800,97005"


def only(args: Sequence[str], otherwise: str) -> str:
    """Return the only argument. Raise UsageError with the text `otherwise` if it is empty, or not the only one."""
    if len(args) != 1 or not args[0]:
        raise UsageError(otherwise)
    return args[0]


def one_of(option: str, value: str, allowed: Collection[str]) -> str:
    """Return the value of an option. Raise UsageError, which names the option, if the value is not allowed."""
    if value not in allowed:
        raise UsageError(f"{option} {value!r}: must be one of {', '.join(allowed)}")
    return value


def ids_of(text: str | None) -> ArticleIds:
    """Return the article IDs of the option --ids, all for None. Raise ArgumentError if they are not ranges of IDs."""
    return ALL_IDS if text is None else ArticleIds.parse(text)


def day_of(option: str, day: str | None) -> str | None:
    """Return the day of an option as ISO day (C.E.), None for None. Raise UsageError if it is not such a day."""
    try:
        return None if day is None else typed_day(day)
    except ValueError as error:
        raise UsageError(f"{option} {day!r}: {error}") from None
