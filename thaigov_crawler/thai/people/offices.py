"""Offices: the words that a position begins with, in Thai and in English."""

from __future__ import annotations

import re

from thaigov_crawler.thai.people.letters import TH
from thaigov_crawler.thai.words import pattern, words

_PREFIX = rf"(?:{pattern('offices_prefixes')}\ ?)"
_IN_A_PROVINCE = r"[ก-๎]{2,30}(?<!ว่าราชการ)(?<!ที่)(?<!ทุก)จังหวัด[ก-๎]"
# เกษตรจังหวัด…, and no verb before a province: ลงพื้นที่จังหวัด…. Verbs are looked for last, because there are many.
_OF_A_PROVINCE = rf"(?={_IN_A_PROVINCE})(?!{pattern('ends_spaced', 'ends_behind_offices')}){_IN_A_PROVINCE}"
_ANY = pattern("offices", "offices_spaced", "offices_provincial", "offices_english", "offices_english_begin")

_GLUED = rf"{_PREFIX}{{0,2}}{pattern('offices')}"
_SPACED = rf"(?:{_PREFIX}{{0,3}}(?:{_ANY}|{_OF_A_PROVINCE})|{pattern('offices_beginnings')})"

# OFFICE_GLUED is an office that is certain even if it is glued to a surname. OFFICE is any office.
OFFICE_GLUED = re.compile(_GLUED)
OFFICE = re.compile(_SPACED)
# An office begins at the beginning of a word. An office that is certain may also be glued to a connector, or begin
# anywhere in brackets.
_BEHIND_CONNECTOR = "|".join(f"(?<={word})" for word in words("offices_glued_to"))
OFFICE_BEGINS = re.compile(rf"(?<![{TH}]){_SPACED}|(?:{_BEHIND_CONNECTOR}){_GLUED}")
OFFICE_BEGINS_IN_BRACKETS = re.compile(rf"{_GLUED}|(?<![{TH}]){_SPACED}")

# A word that shows that an English position is an office.
ENGLISH_OFFICE = re.compile(pattern("offices_english", "offices_english_within"))

_ENGLISH = pattern("offices_english_before")
# An English office at the beginning of a line.
ENGLISH_OPENS_LINE = re.compile(rf"(?:{pattern('offices_english_qualifiers')} ){{0,2}}{_ENGLISH}")
_QUALIFIER = pattern("offices_english_qualifiers")
_AREA = rf"(?:the )?(?:Ministry of )?{pattern('offices_english_areas')}"
_ANY_AREA = r"[A-Z][\w ’'\-]{2,60}?"


def _before_name(area: str) -> str:
    """Return the pattern of one office in English or two, such as Prime Minister and Minister of Finance.

    `area` is the pattern of what each office may be of or for.
    """
    first = rf"(?:{_QUALIFIER} ){{0,2}}{_ENGLISH}(?: (?:of|for|to|[Aa]ttached to) {area})?"
    second = rf"(?:(?:{_AREA}|Deputy|Acting) )?{_ENGLISH}(?: (?:of|for|to|[Aa]ttached to) {area})?"
    return rf"{first}(?:,? (?:and|&) {second})?"


# Offices in English before a name without a title. They make the name certain only if their area is known.
ENGLISH_BEFORE_NAME = re.compile(rf"{_before_name(_AREA)},? \(?(?=[A-Z])")
ENGLISH_BEGINS = re.compile("[A-Z](?<![A-Za-z].)")  # the first letter of a word that may be such an office
# Offices in English at the end of a text, before a name with a title. Their area may be anything.
ENGLISH_BEFORE_TITLE = re.compile(rf"{_before_name(_ANY_AREA)},? ?\(?$")
