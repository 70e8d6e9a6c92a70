"""The names of the months as they stand in a text, and which month each means."""

from __future__ import annotations

import re
from functools import lru_cache

from thaigov_crawler.thai.words import Shape, pattern, spellings, words


def _shapes_of(abbreviation: str) -> tuple[Shape, Shape]:
    """Return the ways to write `ม.ค.`: with its stops or a space (ม.ค., ม.ค, ม. ค.), and without (มค., มค).

    Without stops it counts only before a number.
    """
    first, last = abbreviation.rstrip(".").split(".")
    dotted = rf"\s*{last}(?:\.(?!ศ)|(?![.ก-๎]))"  # ก.ค.ศ. is a committee and no July
    return Shape(f"{first}.", dotted), Shape(f"{first}{last}", r"(?=\.?\s*\d)\.?")


def _bare(name: str) -> str:
    return re.sub(r"[.\s]", "", name).lower()


_NUMBERS = {
    _bare(name): number
    for names in ("months", "months_short", "months_english")
    for number, same in enumerate(spellings(names), 1)
    for name in same
}
_FULL = frozenset(words("months"))

# The name of a month, in Thai or in English. One pattern looks for both, so that a text is read once.
MONTH = re.compile(
    pattern(
        "months",
        [shape for short in words("months_short") for shape in _shapes_of(short)],
        [Shape(name, r"\b\.?") for name in words("months_english")],
    )
)


@lru_cache(maxsize=256)
def month_number(name: str) -> int:
    """Return the number (1 to 12) of the month that `name` means, as MONTH finds it."""
    return _NUMBERS[_bare(name)]


def is_abbreviated(name: str) -> bool:
    """Tell whether the Thai name of a month is an abbreviation."""
    return name not in _FULL
