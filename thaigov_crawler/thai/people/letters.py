"""Letters that words and names are made of."""

from __future__ import annotations

import re

# Thai letters and signs, for a character class, without ฯ and ๆ.
TH = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
# A word in Thai letters that may be a name.
WORD = f"[เแโใไ]?[ก-ฮ][{TH}]{{1,34}}"
# A nickname in quotes, before a name.
NICKNAME = r"[“\"‘'][^“”\"‘’'\n]{2,14}[”\"’'] ?"
THAI_LETTER = re.compile("[\u0e01-\u0e2e]")


def plain(text: str) -> str:
    """Return a text with single spaces for all white space, and none around it."""
    return " ".join(text.split())
