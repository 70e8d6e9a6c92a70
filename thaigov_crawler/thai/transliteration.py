"""Names in Thai and in Latin letters: which two may be one name, and which names a text gives in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from thaigov_crawler.thai.names import SEPARATOR, is_thai, name_key

# For the first consonant of a part of a Thai name, the letters that the part in Latin letters may begin with. Too many
# letters do no harm: the table only tells which two names cannot be one.
_LETTERS = {
    "ก": "gkcq",
    "ขฃคฅฆ": "kcgqxh",
    "ง": "ng",
    "จ": "jczg",
    "ฉชฌ": "csjgzxq",
    "ซศษส": "sczxt",
    "ญ": "yjin",
    "ฎดฏต": "dt",
    "ฐฑฒถธ": "td",
    "ท": "tds",
    "ณน": "nk",
    "บ": "bpv",
    "ปผ": "p",
    "ฝฟ": "fpv",
    "พภ": "pbv",
    "ม": "m",
    "ย": "yjieu",
    "รฤ": "rlw",
    "ลฬ": "lr",
    "ว": "wvuo",
    "หฮ": "hjg",
    "อ": "aeiouywh",
}
_LETTERS_OF = {consonant: set(letters) for consonants, letters in _LETTERS.items() for consonant in consonants}
_VOWELS_BEFORE = "เแโใไ"  # they are written before the consonant, and spoken after it
_SILENT_BEFORE = {"ห": "งญนมยรลว", "อ": "ย"}  # a silent consonant, and those before which it is silent

# A name in Latin letters in brackets, with or without titles. A longer text is no name.
_GLOSS = re.compile(r"\(\s{0,3}([A-Z][^()\n\d]{3,80})\)")
_LATIN_NAME = re.compile(r"[^\W\d_฀-๿]+(?:[ .'’‘`‐‑–-]+[^\W\d_฀-๿]+)+[ .]*")
# The name in Thai must lie in so many characters before the bracket.
_REACH = 120
# The most names in brackets of one text that are looked at. The longest articles have some dozens.
_MOST = 1_000


def may_be_one(thai: str, latin: str) -> bool:
    """Tell whether a key in Thai letters and a key in Latin letters may be those of one name.

    The given names must begin with the same sound, and the surnames too. Very many pairs of names do. So True proves
    nothing, but False means that the names are those of two people.
    """
    ours, theirs = thai.split(SEPARATOR), latin.split(SEPARATOR)
    return len(ours) == len(theirs) == 2 and all(
        other[0] in _first_letters(part) for part, other in zip(ours, theirs, strict=True)
    )


def _first_letters(part: str) -> set[str]:
    """Return the Latin letters with which this part of a Thai name may begin."""
    part = part.lstrip(_VOWELS_BEFORE)
    letters = _LETTERS_OF.get(part[:1], set())
    is_silent = part[1:2] and part[1] in _SILENT_BEFORE.get(part[0], "")
    return letters | _LETTERS_OF[part[1]] if is_silent else letters


def glosses(text: str) -> Iterator[tuple[str, str]]:
    """Yield for each name in Latin letters in brackets the text before the bracket, and the key of the name."""
    for gloss in islice(_GLOSS.finditer(text), _MOST):
        name = gloss[1].strip()
        if _LATIN_NAME.fullmatch(name) and (key := name_key(name)) and not is_thai(key):
            yield text[max(0, gloss.start() - _REACH) : gloss.start()].rstrip(), key
