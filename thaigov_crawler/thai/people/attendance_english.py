"""Whether an English text says of the people it names that they took part."""

from __future__ import annotations

import re

from thaigov_crawler.thai.words import Shape, pattern

_DOES = re.compile(rf"[ ,]*(?:{pattern('cues_english_fillers')} )*{pattern('cues_english_took_part')}")
# An office, or others, may stand between a person and the verb: `A, CEO of B, and C, visited`.
_DOES_BEHIND = re.compile(
    rf"(?:(?!{pattern('cues_english_said')}\b)[^.\n]){{0,160}}?[,)] (?:{pattern('cues_english_fillers')} )*"
    rf"{pattern('cues_english_took_part')}"
)
# Offices may stand between: `attending were PM’s Advisor A`.
_OFFICES = r"(?-i:(?:(?:[A-Z]\.)+|[A-Z][\w’'-]*|of|the)(?:\ |$)){0,6}"
_WITH = re.compile(rf"\b{pattern('cues_english_with')}[ :,]*(?:with )?{_OFFICES}$", re.IGNORECASE)
_LED_BY = re.compile(r"\b(?:attended|chaired|headed|hosted|led|represented) by [^.,\n]{0,70}$")
_MEETING = pattern("cues_english_after")
_BETWEEN = re.compile(rf"\b{_MEETING}s? between [^.\n]{{0,90}} and {_OFFICES}$")
_CONGRATULATED = Shape("congratulat", r"\w+")
_OF = re.compile(rf"\b{pattern('cues_english_of', (_CONGRATULATED,))}[ :,]*(?:by )?$", re.IGNORECASE)
# What is stated at a place, but for a spokesperson's summary: `at Government House, A stated …`.
_AT_PLACE = re.compile(rf"\b(?:at [^.\n]{{3,100}}|[Dd]uring (?:an?|the) [^.\n]{{0,20}}{_MEETING}[^.\n]{{0,60}}), ?$")
_SAID = r"[ ,]*(?:also )?(?:disclosed|stated|said|affirmed|revealed|announced|explained|confirmed|told)\b"
_STATES = re.compile(_SAID + "(?! gist)")
_STATES_THERE = re.compile(rf"{_SAID} (?:(?:at|in|during) )?(?:an?|the) [^.,\n]{{0,20}}{_MEETING}")
_AFTER = rf"(?:[Ff]ollowing|[Aa]fter) [^.\n]{{0,60}}{_MEETING}"
_AFTER_MEETING = re.compile(rf"{_AFTER}(?:[^.\n]{{0,12}}|[^.\n]{{0,90}}, ?)$")


# What parts the persons of a list is no clause: others, and the offices of the next one.
_NO_CLAUSE = re.compile(
    rf"[ ,;]+(?:and )?(?:(?!\b(?:{pattern('cues_english_said')}\b|{pattern('cues_english_took_part')}))[^.\n])*"
)
_SPOKESPERSON = "Spokesperson"


def goes_on(gap: str) -> bool:
    """Whether a list of persons goes on behind a gap in it."""
    return ("," in gap or " and " in gap) and bool(_NO_CLAUSE.fullmatch(gap))


def took_part(before: str, wide: str, behind: str, position: str) -> bool:
    """Go by the words right before the person, those of the sentence before, those behind, and the position."""
    if _DOES.match(behind) or _DOES_BEHIND.match(behind):
        return True
    if _SPOKESPERSON not in position and (
        (_AT_PLACE.search(wide) and _STATES.match(behind)) or _STATES_THERE.match(behind)
    ):
        return True
    if _OF.search(before):
        return False
    return any(cue.search(wide) for cue in (_AFTER_MEETING, _WITH, _LED_BY, _BETWEEN))
