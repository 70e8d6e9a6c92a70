"""Reads and checks spider arguments, before the first request."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from thaigov_crawler.errors import ArgumentError
from thaigov_crawler.sources.shares import Share

if TYPE_CHECKING:
    from thaigov_crawler.store.known import LastSeen

_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_RANGE = re.compile(r"\s*(\d{1,9})\s*(?:(-)\s*(\d{1,9})?)?\s*", re.ASCII)


@dataclass(frozen=True)
class ArticleIds:
    """The article IDs that a run asks for."""

    # (first, last), both included, in order, without overlaps. An open-ended range has None as its last.
    ranges: tuple[tuple[int, int | None], ...]
    known: Set[int] = frozenset()  # these need no visit
    held: Mapping[int, LastSeen] = field(default_factory=dict)  # to ask whether these have changed
    last: Mapping[int, None] = field(default_factory=dict)  # these are visited after all others, in this order
    part: Share | None = None  # the ranges have only what belongs to it

    @classmethod
    def parse(cls, text: str) -> ArticleIds:
        """Return the article IDs in a text such as `96700-96800,97005` or `96700-`. Raise ArgumentError."""
        allowed = "article IDs and ranges of them, as in 96700-96800,97005 or 96700-"
        ranges = []
        for part in text.split(","):
            found = _RANGE.fullmatch(part)
            if not found:
                raise ArgumentError("ids", text, allowed)
            first = int(found[1])
            last = first if not found[2] else int(found[3]) if found[3] else None
            if last is not None and last < first:
                raise ArgumentError("ids", text, f"{part.strip()!r} ends before it begins; {allowed}")
            ranges.append((first, last))
        return cls(_merged(ranges))

    def but(self, known: Set[int]) -> ArticleIds:
        """Return the same, but `known` need no visit, either."""
        return replace(self, known=self.known | known)

    def only(self, article_ids: Set[int]) -> ArticleIds:
        """Return the same, with only those that are in `article_ids`."""
        return replace(self, ranges=_merged([(each, each) for each in article_ids if self.within(each)]))

    def beginning_at(self, first: int) -> ArticleIds:
        """Return the same, with only those from `first` on."""
        rest = [(max(first, begin), end) for begin, end in self.ranges if end is None or end >= first]
        return replace(self, ranges=tuple(rest))

    def shared(self, part: Share | None) -> ArticleIds:
        """Return the same, with only those that belong to a part, or all for None."""
        return self if part is None else replace(self, ranges=part.within(self.ranges), part=part)

    def holding(self, held: Mapping[int, LastSeen]) -> ArticleIds:
        """Return the same, with what the store knows of them."""
        return replace(self, held=held)

    def with_last(self, article_ids: Iterable[int]) -> ArticleIds:
        """Return the same, but visit `article_ids` after all others, in this order."""
        return replace(self, last=dict.fromkeys(article_ids))

    @property
    def are_endless(self) -> bool:
        """Return whether the last range is open-ended."""
        return bool(self.ranges) and self.ranges[-1][1] is None

    def within(self, article_id: int) -> bool:
        """Return whether an article ID lies in the ranges."""
        at = bisect_right(self.ranges, article_id, key=lambda each: each[0]) - 1
        if at < 0:
            return False
        _, last = self.ranges[at]
        # Only an open-ended range has more than belongs to the part.
        return article_id <= last if last is not None else self.part is None or self.part.has_id(article_id)

    def __contains__(self, article_id: int) -> bool:
        return article_id not in self.known and self.within(article_id)


def _merged(ranges: list[tuple[int, int | None]]) -> tuple[tuple[int, int | None], ...]:
    merged: list[tuple[int, int | None]] = []
    for first, last in sorted(ranges, key=lambda each: each[0]):
        before, end = merged[-1] if merged else (0, -1)
        if end is None or (merged and first <= end + 1):
            merged[-1] = (before, None if end is None or last is None else max(end, last))
        else:
            merged.append((first, last))
    return tuple(merged)


ALL_IDS = ArticleIds(((1, None),))


def number(name: str, text: str) -> int:
    """Return the value of an argument that is a number from 1 to 999999999. Raise ArgumentError if it is not."""
    if not _NUMBER.fullmatch(text):
        raise ArgumentError(name, text, "a number, as in 300")
    return int(text)


def yes_or_no(name: str, text: str) -> bool:
    """Return the value of an argument that is `true` or `false`. Raise ArgumentError if it is not."""
    if text not in ("true", "false"):
        raise ArgumentError(name, text, "must be true or false")
    return text == "true"


def check_names(arguments: Mapping[str, str], known: tuple[str, ...]) -> None:
    """Raise ArgumentError if the spider does not know an argument.

    Names that begin with `_` are those of schedulers (Scrapyd's `_job`). They are accepted.
    """
    for name, value in arguments.items():
        if name not in known and not name.startswith("_"):
            raise ArgumentError(name, value, f"this spider knows {', '.join(known)}")
