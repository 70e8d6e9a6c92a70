"""Options and arguments that several commands have, read and checked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from scrapy.exceptions import UsageError

from thaigov_crawler.spiders.arguments import ALL_IDS, ArticleIds
from thaigov_crawler.thai.calendar import typed_day

IDS_HELP = "only these article IDs, as in 96700-96800,97005"


def only(args: Sequence[str], otherwise: str) -> str:
    """The one argument. Raises UsageError, saying what to give, where there is none (or an empty one) or several."""
    if len(args) != 1 or not args[0]:
        raise UsageError(otherwise)
    return args[0]


def one_of(option: str, value: str, allowed: Collection[str]) -> str:
    """The value of an option. Raises UsageError, naming the option, for one that is not allowed."""
    if value not in allowed:
        raise UsageError(f"{option} {value!r}: must be one of {', '.join(allowed)}")
    return value


def ids_of(text: str | None) -> ArticleIds:
    """The article IDs that the option --ids names; None: all. Raises ArgumentError."""
    return ALL_IDS if text is None else ArticleIds.parse(text)


def day_of(option: str, day: str | None) -> str | None:
    """The ISO day (C.E.) that an option names; None for None. Raises UsageError, naming the option, for no day."""
    try:
        return None if day is None else typed_day(day)
    except ValueError as error:
        raise UsageError(f"{option} {day!r}: {error}") from None
