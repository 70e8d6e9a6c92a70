"""Asides behind a name: a nickname, the name in other letters, or a decoration."""

from __future__ import annotations

import re

from thaigov_crawler.thai.people.offices import OFFICE

# The first group is what stands in brackets, the second what stands in quotes.
ASIDE = re.compile(
    r" ?(?:\((?!พิเศษ)([^()\n]{1,90})\)|[“\"‘]([^“”\"’\n]{1,20})[”\"’]"
    r"|(?:ม\.[ปว]\.[ชม]\.|ป\.[ชมภ]\.|ท\.[ชม]\.)(?:, ?)?)"
)
_AT_MOST = 3


def skip_asides(text: str, end: int) -> int:
    """Return where the asides behind a name end, if the name ends at `end`. An office in brackets is no aside."""
    for _ in range(_AT_MOST):
        aside = ASIDE.match(text, end)
        if not aside or (aside[1] and OFFICE.match(aside[1])):
            break
        end = aside.end()
    return end
