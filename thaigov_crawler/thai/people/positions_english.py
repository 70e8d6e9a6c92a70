"""The office in English behind a name: `, Minister of Finance of Japan`."""

from __future__ import annotations

import re

from thaigov_crawler.thai.people.offices import ENGLISH_OFFICE
from thaigov_crawler.thai.words import pattern

_LEAD = re.compile(r"(?:,? |,| : )(?:the |as |who is |in (?:his|her) capacity as |ตำแหน่ง )?")
_RELATION = re.compile(pattern("relations_english"))
# Offices without a capital letter, at the beginning and behind "and".
_LOWER = r"(?:member|president|vice president|director|chairman|minister|manager|representative|head)\b"
_BEGINS_LOWER = re.compile(_LOWER)
_RUN = re.compile(
    rf"(?:{_LOWER}|[A-Z][\w’'\-&/.]*|of|the|and|for|to|in|on|a\.i\.|d[’']|\d+)"
    r"(?:(?:,(?! (?:at|in|on)\b))? "
    rf"(?:Co\.,? Ltd\.?|and(?: {_LOWER})?"
    r"|[A-Z][\w’'\-&/]*(?:\.[A-Z]\.?)*|of|the|for|to|in|on|at|a\.i\.|d[’']|&|\d+)){0,24}"
)
_TAIL = re.compile(r"(?:,? (?:of|the|and|for|to|in|on|at|&))+$")
_INTERIM = "a.i."  # chargé d'affaires a.i.
_BEGINNING = 60  # letters of a position; a word of an office must stand in them


def office_begins(text: str, end: int, *, bracketed: bool) -> int | None:
    """Return where an office would begin behind a name that ends at `end`. Return None if no sign or space follows it.

    `bracketed` tells whether the name stands in brackets.
    """
    if bracketed and text[end : end + 1] == ")":
        end += 1
    lead = _LEAD.match(text, end)
    return lead.end() if lead and text[end : end + 1] in (" ", ",", "") else None


def english_office(text: str, start: int, limit: int) -> str:
    """Return the office or the relation in English that begins at `start`; the empty text if there is none."""
    if relation := _RELATION.match(text, start):
        return relation[0]
    run = _RUN.match(text, start, limit)
    if not run or not (_BEGINS_LOWER.match(run[0]) or ENGLISH_OFFICE.search(run[0][:_BEGINNING])):
        return ""
    return _TAIL.sub("", run[0] if run[0].endswith(_INTERIM) else run[0].rstrip(" ,."))
