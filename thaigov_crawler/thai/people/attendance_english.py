"""Whether an English text says of the people it names that they took part."""

from __future__ import annotations

import re

from thaigov_crawler.thai.words import Shape, pattern

_DOES = re.compile(rf"[ ,]*(?:{pattern('cues_english_fillers')} )*{pattern('cues_english_took_part')}")
# Offices may stand between: `attending were PM’s Advisor A`.
_OFFICES = r"(?-i:(?:[A-Z][\w’'.-]*|of|the)(?:\ |$)){0,6}"
_WITH = re.compile(rf"\b{pattern('cues_english_with')}[ :,]*(?:with )?{_OFFICES}$", re.IGNORECASE)
_CONGRATULATED = Shape("congratulat", r"\w+")
_OF = re.compile(rf"\b{pattern('cues_english_of', (_CONGRATULATED,))}[ :,]*(?:by )?$", re.IGNORECASE)
_AFTER = rf"(?:[Ff]ollowing|[Aa]fter) [^.\n]{{0,60}}{pattern('cues_english_after')}"
_AFTER_MEETING = re.compile(rf"{_AFTER}(?:[^.\n]{{0,12}}|[^.\n]{{0,90}}, ?)$")


def took_part(before: str, wide: str, behind: str) -> bool:
    """Go by the words right before the person, those of the sentence before, and those behind."""
    if _DOES.match(behind):
        return True
    return not _OF.search(before) and bool(_AFTER_MEETING.search(wide) or _WITH.search(before))
