"""Spider arguments: read and checked before the first request."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RANGE = re.compile(r"\s*(\d{1,9})\s*(?:(-)\s*(\d{1,9})?)?\s*", re.ASCII)


class ArgumentError(ValueError):
    """A bad or unknown argument. The text is one line: the name, the value and what is allowed."""

    def __init__(self, name: str, value: str | None, allowed: str):
        said = "is missing" if value is None else f"{value!r} is not allowed"
        super().__init__(f"argument {name.replace(chr(10), ' ')}: {said}: {allowed}")


@dataclass(frozen=True)
class ArticleIds:
    """Ranges of article IDs in order, first and last included, without overlaps; no last means open-ended."""

    ranges: tuple[tuple[int, int | None], ...]

    @classmethod
    def parse(cls, text: str) -> ArticleIds:
        """Read `96700-96800,97005` (also `96700-`). Raises ArgumentError."""
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

    def __contains__(self, article_id: int) -> bool:
        return any(first <= article_id and (last is None or article_id <= last) for first, last in self.ranges)


def _merged(ranges: list[tuple[int, int | None]]) -> tuple[tuple[int, int | None], ...]:
    merged: list[tuple[int, int | None]] = []
    for first, last in sorted(ranges, key=lambda each: each[0]):
        if merged and (merged[-1][1] is None or first <= merged[-1][1] + 1):
            before, end = merged[-1]
            merged[-1] = (before, None if end is None or last is None else max(end, last))
        else:
            merged.append((first, last))
    return tuple(merged)


ALL_IDS = ArticleIds(((1, None),))


def check_names(arguments: dict[str, str], known: tuple[str, ...]) -> None:
    """Raise ArgumentError for an argument that the spider does not know.

    Names that begin with `_` are the scheduler's own (Scrapyd's `_job`).
    """
    for name, value in arguments.items():
        if name not in known and not name.startswith("_"):
            raise ArgumentError(name, value, f"this spider knows {', '.join(known)}")
