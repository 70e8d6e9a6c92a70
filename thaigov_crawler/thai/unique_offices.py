"""Offices that one person holds at a time. They tell who somebody is in Thai and in English texts."""

from __future__ import annotations

from functools import cache

from thaigov_crawler.thai.text import squeeze
from thaigov_crawler.thai.words import spellings

# What may stand between two offices of one person. White space is taken out first.
_BETWEEN = ("และ", "and", "&", ",", "")


@cache
def unique_offices(position: str) -> frozenset[str]:
    """Return the unique offices that a position consists of, by their Thai names. Return none for any other position.

    A position of two offices ("Prime Minister and Minister of Defence") has both. A position of a deputy, an adviser, a
    former or an acting holder is another position. So is one with any further words.
    """
    known = _known()
    squeezed = _squeezed(position)
    if squeezed in known:
        return frozenset(filter(None, [known[squeezed]]))
    for word, office in known.items():
        if squeezed.startswith(word):
            rest = squeezed[len(word) :]
            for between in _BETWEEN:
                if rest.startswith(between) and (other := rest[len(between) :]) in known:
                    return frozenset(filter(None, [office, known[other]]))
    return frozenset()


@cache
def _known() -> dict[str, str]:
    """Return the Thai name of each unique office by every way to write it.

    The name is the empty text for an office that only stands before unique ones.
    """
    unique = {_squeezed(word): line[0] for line in spellings("offices_unique") for word in line}
    return {_squeezed(word): "" for line in spellings("offices_held_along") for word in line} | unique


def _squeezed(position: str) -> str:
    return squeeze(position).casefold()
