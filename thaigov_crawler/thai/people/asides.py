"""Asides behind a name: a nickname, the name in other letters, a decoration."""

from __future__ import annotations

import re

from thaigov_crawler.thai.people.offices import OFFICE

# The groups are what is in brackets and what is in quotes.
ASIDE = re.compile(
    r" ?(?:\((?!พิเศษ)([^()\n]{1,90})\)|[“\"‘]([^“”\"’\n]{1,20})[”\"’]"
    r"|(?:ม\.[ปว]\.[ชม]\.|ป\.[ชมภ]\.|ท\.[ชม]\.)(?:, ?)?)"
)
_AT_MOST = 3


def skip_asides(text: str, end: int) -> int:
    """Where the asides end that begin at `end`, behind a name; an office in brackets is none."""
    for _ in range(_AT_MOST):
        aside = ASIDE.match(text, end)
        if not aside or (aside[1] and OFFICE.match(aside[1])):
            break
        end = aside.end()
    return end
