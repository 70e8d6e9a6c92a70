"""Deeds: the meetings and visits that a text reports."""

from __future__ import annotations

import re

from thaigov_crawler.thai.dates import DateInText
from thaigov_crawler.thai.words import pattern

# The most characters between a day and what was done on it.
BEHIND_DAY = 220

DEED = re.compile(rf"(?:(?<=[\s)])|(?<=ได้)|(?<=ให้)|(?<=ไป)|(?<=มา)){pattern('events_deeds')}")


def is_day_of_deed(text: str, mention: DateInText) -> bool:
    """Tell whether the line behind a day tells of a deed."""
    start = mention.span[1]
    end = text.find("\n", start, start + BEHIND_DAY)
    return bool(DEED.search(text, start, end if end >= 0 else start + BEHIND_DAY))
