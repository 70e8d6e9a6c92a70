"""Texts whose lines are broken at a width: radio scripts and releases whose sentences go on in the next line."""

from __future__ import annotations

import re
from itertools import pairwise

# The fewest lines of such a text.
FEWEST = 5
# The width of such a text: four lines of five have at most so many characters. Paragraphs are longer, and headings and
# tables are shorter.
NARROWEST, WIDEST = 40, 150
# A full line has at least FULL of the width, and MOST_ARE_FULL of all lines are full. A line that is shorter than
# BROKEN of the width ends a paragraph.
FULL, MOST_ARE_FULL, BROKEN = 0.6, 0.4, 0.3
# The largest share of lines that are items of a list.
MOST_ITEMS = 0.2

# These begin a line of its own: an item of a list, a quotation, an address, a day.
_OWN = re.compile(r"[-–—•*|#“\"(\[]|\d{1,2}\s?[.)]|https?:|(?:เมื่อ|ใน|ระหว่าง)?วัน")
_ITEM = re.compile(r"[-–—•*|]|\d{1,3}\s?[.)]")


def unwrapped(text: str) -> str:
    """Return a cleaned text with a space in place of each line break within a sentence. Every character keeps its
    place.

    Return a text of paragraphs, headings or lists as it is.
    """
    lines = text.split("\n")
    width = _width(lines)
    if not width:
        return text
    pieces = [lines[0]]
    for before, line in pairwise(lines):
        pieces += "\n" if len(before) < BROKEN * width or _OWN.match(line) else " ", line
    return "".join(pieces)


def _width(lines: list[str]) -> int:
    """Return the width (characters) of a text that is broken at a width; 0 for one of paragraphs, headings or lists."""
    if len(lines) < FEWEST or sum(bool(_ITEM.match(line)) for line in lines) > MOST_ITEMS * len(lines):
        return 0
    width = sorted(map(len, lines))[len(lines) * 8 // 10]
    full = sum(len(line) >= FULL * width for line in lines)
    return width if NARROWEST <= width <= WIDEST and full >= MOST_ARE_FULL * len(lines) else 0
