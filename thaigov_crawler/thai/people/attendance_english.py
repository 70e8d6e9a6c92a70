"""Whether an English text says of the people it names that they took part."""

from __future__ import annotations

import re

from thaigov_crawler.thai.words import Shape, pattern

_DOES = re.compile(rf"[ ,]*(?:{pattern('cues_english_fillers')} )*{pattern('cues_english_took_part')}")
_WITH = re.compile(rf"{pattern('cues_english_with')}[ :,]*(?:with )?$", re.IGNORECASE)
_CONGRATULATED = Shape("congratulat", r"\w+")
_OF = re.compile(rf"{pattern('cues_english_of', (_CONGRATULATED,))}[ :,]*(?:by )?$", re.IGNORECASE)
_AFTER_MEETING = re.compile(r"(?:[Ff]ollowing|[Aa]fter) [^.\n]{0,60}(?:meeting|conference)[^.\n]{0,12}$")


def took_part(before: str, wide: str, behind: str) -> bool:
    """By the words right before the person, those of the sentence before, and those behind."""
    if _DOES.match(behind) or _AFTER_MEETING.search(wide):
        return True
    return not _OF.search(before) and bool(_WITH.search(before))
