"""Numeric forms of dates: `24/05/2568`, `24/5/68`, `24-05-2568`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thaigov_crawler.thai.dates.forms import COUNTED, Form, year_meant

# They begin at the first separator, because a literal is found faster than a digit.
_MIDDLES = (re.compile(r"/\d{1,2}/(?:\d{4}|\d{2})(?![\d/]|-\d)"), re.compile(r"-\d{1,2}-\d{4}(?![\d/]|-\d)"))
_WHOLE = re.compile(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-](\d{2,4})")


def numeric_forms(text: str) -> Iterator[Form]:
    """Yield day, month and year in digits, wherever they stand in a text. Those with slashes come first."""
    for middle in (each for pattern in _MIDDLES for each in pattern.finditer(text)):
        # The day before it has two digits or one.
        whole = _WHOLE.match(text, max(0, middle.start() - 2)) or _WHOLE.match(text, middle.start() - 1)
        if whole and whole.end() == middle.end() and 1 <= int(whole[2]) <= 12:
            year = year_meant(whole[3], int(whole[2]))
            if year is not None and not COUNTED.search(text, max(0, whole.start() - 20), whole.start()):
                day = int(whole[1])
                yield Form(whole.start(), whole.end(), int(whole[2]), [(day, day)], year)
