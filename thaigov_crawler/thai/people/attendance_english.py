"""Whether an English text says that the people it names took part."""

from __future__ import annotations

import re

from thaigov_crawler.thai.words import Shape, pattern

_DOES = re.compile(rf"[ ,]*(?:{pattern('cues_english_fillers')} )*{pattern('cues_english_took_part')}")
# An office or other persons may stand between a person and the verb: `A, CEO of B, and C, visited`.
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
# A statement at a place: `at Government House, A stated …`. A spokesperson's summary is none.
_AT_PLACE = re.compile(rf"\b(?:at [^.\n]{{3,100}}|[Dd]uring (?:an?|the) [^.\n]{{0,20}}{_MEETING}[^.\n]{{0,60}}), ?$")
_SAID = r"[ ,]*(?:also )?(?:disclosed|stated|said|affirmed|revealed|announced|explained|confirmed|told)\b"
_STATES = re.compile(_SAID + "(?! gist)")
_STATES_THERE = re.compile(rf"{_SAID} (?:(?:at|in|during) )?(?:an?|the) [^.,\n]{{0,20}}{_MEETING}")
_AFTER = rf"(?:[Ff]ollowing|[Aa]fter) [^.\n]{{0,60}}{_MEETING}"
_AFTER_MEETING = re.compile(rf"{_AFTER}(?:[^.\n]{{0,12}}|[^.\n]{{0,90}}, ?)$")


# No clause may stand between two persons of a list. Other persons and the office or degree (M.D.) of one may.
_CLAUSE = rf"\b(?:{pattern('cues_english_said')}\b|{pattern('cues_english_took_part')})"
_NO_CLAUSE = re.compile(rf"[ ,;]+(?:and )?(?:(?!{_CLAUSE})(?:[^.\n]|(?<=[A-Z])[.](?=[A-Z,])))*")
_SPOKESPERSON = "Spokesperson"


def goes_on(gap: str) -> bool:
    """Tell whether a list of persons goes on behind the words between two of them."""
    return ("," in gap or " and " in gap) and bool(_NO_CLAUSE.fullmatch(gap))


def took_part(before: str, wide: str, behind: str, position: str) -> bool:
    """Tell whether the words around a person say that the person took part.

    `before` stands right before the person, `wide` is the sentence before, and `behind` follows. `position` is the text
    of the person with the position.
    """
    if _DOES.match(behind) or _DOES_BEHIND.match(behind):
        return True
    if _SPOKESPERSON not in position and (
        (_AT_PLACE.search(wide) and _STATES.match(behind)) or _STATES_THERE.match(behind)
    ):
        return True
    if _OF.search(before):
        return False
    return any(cue.search(wide) for cue in (_AFTER_MEETING, _WITH, _LED_BY, _BETWEEN))
