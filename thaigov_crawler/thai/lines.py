"""Lines that are broken anywhere: radio scripts and releases whose sentences go on in the next line."""

from __future__ import annotations

import re
from itertools import pairwise

# Lines of such a text, at least.
FEWEST = 5
# Its width: how many characters four of five lines have at most. Paragraphs are longer, headings and tables shorter.
NARROWEST, WIDEST = 40, 150
# A full line has such a share of the width; so many lines of all are full. A shorter line than BROKEN of it ends there.
FULL, MOST_ARE_FULL, BROKEN = 0.6, 0.4, 0.3
# Lines that are items of a list, of all, at most.
MOST_ITEMS = 0.2

# What begins a line of its own: an item of a list, a quotation, an address, a day.
_OWN = re.compile(r"[-–—•*|#“\"(\[]|\d{1,2}\s?[.)]|https?:|(?:เมื่อ|ใน|ระหว่าง)?วัน")
_ITEM = re.compile(r"[-–—•*|]|\d{1,3}\s?[.)]")


def unwrapped(text: str) -> str:
    """Return a cleaned text with a space for each line break within a sentence: every character keeps its place.

    A text of paragraphs is returned as it is.
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
    """Return the width of a text that is broken anywhere, or 0 for one of paragraphs, headings or lists."""
    if len(lines) < FEWEST or sum(bool(_ITEM.match(line)) for line in lines) > MOST_ITEMS * len(lines):
        return 0
    width = sorted(map(len, lines))[len(lines) * 8 // 10]
    full = sum(len(line) >= FULL * width for line in lines)
    return width if NARROWEST <= width <= WIDEST and full >= MOST_ARE_FULL * len(lines) else 0
