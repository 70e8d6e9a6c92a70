"""Where in a text a pattern is worth trying.

A pattern that is tried at every letter of a text takes long, even if it fails at once at most of them. A search for
plain words, or for a few letters that words begin with, takes a small part of that time.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator


def places_of(text: str, words: Iterable[str]) -> list[int]:
    """Return where in a text any of these words begins, in order."""
    found: list[int] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    return sorted(found)


def line_starts(text: str) -> list[int]:
    """Return where the lines of a text begin."""
    return [0, *(line_break + 1 for line_break in places_of(text, ("\n",)))]


def starts(pattern: re.Pattern[str], text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[int]:
    """Yield where a pattern matches between two places of a text, also within another match."""
    while found := pattern.search(text, start, end):
        yield found.start()
        start = found.start() + 1


def matches(
    pattern: re.Pattern[str], text: str, places: Iterable[int], end: int = sys.maxsize
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that begin at one of `places` (in order), each behind the one before.

    They are those of `pattern.finditer` if the pattern can begin nowhere else. None goes beyond `end`.
    """
    behind = 0
    for place in places:
        if place >= behind and (match := pattern.match(text, place, end)):
            behind = match.end()
            yield match
