"""Persons who are named without a title, if something else makes the name certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain, islice

from thaigov_crawler.thai.people.ends import ENDS_GLUED, ENDS_SPACED
from thaigov_crawler.thai.people.latin_names import latin_name
from thaigov_crawler.thai.people.letters import NICKNAME, TH, WORD
from thaigov_crawler.thai.people.lexicon import given_names, surnames
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.monks import monks
from thaigov_crawler.thai.people.name_runs import name_runs
from thaigov_crawler.thai.people.offices import ENGLISH_BEFORE_NAME, ENGLISH_BEGINS, OFFICE, OFFICE_GLUED
from thaigov_crawler.thai.people.thai_names import COMMON, thai_name
from thaigov_crawler.thai.people.titles import TITLES
from thaigov_crawler.thai.scanning import line_starts, matches, places_of, starts
from thaigov_crawler.thai.words import beginnings, pattern

_I = ("กระผม", "ผม", "ดิฉัน")
# A word of a clause about the speaker: ท่านวิชัย รู้ใจผมดี.
_OF_SELF = re.compile("ผม|ดิฉัน")
_SELF = re.compile(rf"(?:{'|'.join(_I)}) ?({WORD}) ({WORD})(?= )")
_BEFORE_SELF = ("กับ", "โดย")
_OFFICE_IN_LIST = rf"(?:อดีต|รอง|ผู้ช่วย)?{pattern('offices_in_lists')}"
_TWO_LISTED = rf" ?(?:ท่าน)?({WORD}) ({WORD}) (?={_OFFICE_IN_LIST})"
_LISTED = re.compile(rf"{pattern('names_lists_begin')}{_TWO_LISTED}")
_LIST_BEGINS = beginnings("names_lists_begin")
_ITEM = re.compile(rf"(?:[\d๑-๙]{{1,2}}[.)]|[-•*]){_TWO_LISTED}")
_LETTER = re.compile(f"[{TH}]")
_WORD = re.compile(WORD)
_NOT_GIVEN = re.compile(pattern("names_not_given"))
_HEADS = ("อดีตประธานาธิบดี", "ประธานาธิบดี", "นายกรัฐมนตรี")
_HEAD_OF_STATE = re.compile(
    rf"({'|'.join(_HEADS)}) ?(?:สหรัฐฯ |จีน |รัสเซีย |ฝรั่งเศส )?"
    rf"([เแโใไ]?[ก-ฮ][{TH}]{{1,14}}) ([เแโใไ]?[ก-ฮ](?:[{TH}]{{1,14}}|-[{TH}]{{2,8}}))(?= ?[\n(]| (?!ฯ))"
)
_LEADER = re.compile(pattern("names_of_leaders"))
_ADDRESS = "ท่าน"
_QUOTES = "“\"‘'"
_NICKNAME = re.compile(rf"{NICKNAME}(?=[เแโใไ]?[ก-ฮ])")
_LINE_OF_TWO_WORDS = re.compile(rf"({WORD}) ({WORD})([ \n])(?={_OFFICE_IN_LIST})")
_BEFORE_NAMES = re.compile(rf"{pattern('offices_before_names')} ?(?=[เแโใไ]?[ก-ฮ])")
_OF_OFFICES = ("อดีต", "รอง", "ผู้ช่วย")
_MOST_PERSONS = 5000  # mentions of one rule; a text with more is made to cost time
_ABBREVIATION = 5  # letters of an abbreviation, at most


def untitled(text: str) -> list[Mention]:
    """Return the mentions in a text that the functions of FINDERS find: at most _MOST_PERSONS of each."""
    return [mention for finder in FINDERS for mention in islice(finder(text), _MOST_PERSONS)]


def name_offices(text: str, titled: list[Mention]) -> list[Mention]:
    """Return the persons without a title who stand behind an office in English.

    If a person of `titled` stands behind the office instead, give that mention the office as its position.
    """
    found = []
    by_start = {mention.start: mention for mention in titled}
    for match in matches(ENGLISH_BEFORE_NAME, text, starts(ENGLISH_BEGINS, text)):
        office = match[0].rstrip(", (")
        if title := TITLES.match(text, match.end()):
            if mention := by_start.get(title.start()):
                mention.position, mention.left = office, match.start()
            continue
        if match[0].endswith(", "):  # a company follows: Chairman, Water Garden Corporation
            continue
        parts, end = latin_name(text, match.end())
        if len(parts) >= 2 and not _is_abbreviation(parts[0]):
            found.append(Mention(match.end(), "", parts, end, end, left=match.start(), position=office, english=True))
    return found


def _is_abbreviation(part: str) -> bool:
    return part.isupper() and len(part) < _ABBREVIATION and "." not in part


def _introduces_self(text: str) -> Iterator[Mention]:
    """Yield persons who say who they are, with the office behind the name: กับผม …, โดยดิฉัน …."""
    for match in matches(_SELF, text, places_of(text, _I)):
        start, given = match.start(), match.start(1)
        if not text.endswith(_BEFORE_SELF, 0, start) and _LETTER.match(text, max(0, start - 1), start):
            continue
        if match[1].startswith("ขอ") or ENDS_SPACED.match(text, given) or ENDS_GLUED.search(match[1]):
            continue
        if OFFICE.match(text, match.end() + 1):
            yield _of_two_words(match, 1)


def _listed(text: str) -> Iterator[Mention]:
    """Yield names of two words between the beginning of a list and an office: โดยมี วิชัย ทุ่งเขียว อธิบดี…."""
    listed = matches(_LISTED, text, places_of(text, _LIST_BEGINS))
    for match in chain(listed, matches(_ITEM, text, line_starts(text))):
        if any(_is_no_name(word) for word in match.groups()) or TITLES.match(match[1]):
            continue
        if not (OFFICE.match(text, match.start(1)) or ENDS_SPACED.match(text, match.start(1))):
            yield _of_two_words(match, 1)


def _is_no_name(word: str) -> bool:
    return bool(ENDS_GLUED.search(word) or OFFICE_GLUED.search(word) or is_no_given_name(word))


def is_no_given_name(word: str) -> bool:
    """Tell whether a word is no given name: it begins like a place, a body, a group of people or a style."""
    return bool(_NOT_GIVEN.match(word))


def _head_of_state(text: str) -> Iterator[Mention]:
    """Yield persons with a known given name behind the office of a head of state: ประธานาธิบดี โจ ไบเดน."""
    for match in matches(_HEAD_OF_STATE, text, places_of(text, _HEADS)):
        if _LEADER.match(match[2]):
            yield _of_two_words(match, 2, office=match[1])


def _addressed(text: str) -> Iterator[Mention]:
    """Yield persons whose whole name stands behind ท่าน. That word is their title."""
    at = text.find(_ADDRESS)
    while at >= 0:
        start = at + len(_ADDRESS)
        start += text[start : start + 1] == " "
        name = _known_name(text, start)
        if name and (name[0][1] in surnames() or not _OF_SELF.search(name[0][1])):
            yield Mention(at, _ADDRESS, *name, name[1], left=at)
        at = text.find(_ADDRESS, start)


def _behind_a_nickname(text: str) -> Iterator[Mention]:
    """Yield persons whose whole name stands behind a nickname in quotes: “ต้น” วิชัย ทุ่งเขียว."""
    for match in matches(_NICKNAME, text, places_of(text, _QUOTES)):
        if name := _known_name(text, match.end()):
            yield Mention(match.end(), "", *name, name[1], left=match.end())


def _signs(text: str) -> Iterator[Mention]:
    """Yield persons whose name is a line of its own, if the next line begins with an office.

    If the surname is known too, the office may stand on the same line.
    """
    for match in matches(_LINE_OF_TWO_WORDS, text, line_starts(text)):
        if (match[3] == "\n" or match[2] in surnames()) and (name := _known_name(text, match.start())):
            yield Mention(match.start(), "", *name, name[1], left=match.start())


def _behind_an_office(text: str) -> Iterator[Mention]:
    """Yield persons whose whole name stands behind an office: รมว.วิชัย ทุ่งเขียว.

    The surname must be known too, or another office must follow the name.
    """
    for match in _BEFORE_NAMES.finditer(text):
        name = _known_name(text, match.end())
        if name and (name[0][1] in surnames() or OFFICE_GLUED.match(text, name[1] + 1)):
            left = match.start() - next((len(word) for word in _OF_OFFICES if text.endswith(word, 0, match.start())), 0)
            office = None if OFFICE.match(text, name[1] + 1) else text[left : match.end()].strip()
            yield Mention(match.end(), "", *name, name[1], left=left, position=office)


def _known_name(text: str, at: int) -> tuple[list[str], int] | None:
    """Return the parts of the whole name at `at` and where it ends. Return None if the given name is not known."""
    if not (word := _WORD.match(text, at)) or word[0] not in given_names() or ENDS_SPACED.match(text, at):
        return None
    parts, end = thai_name(text, at)
    if len(parts) < 2 or COMMON.match(parts[1]) or text[end : end + 1] in (".", "”", '"') or TITLES.match(parts[1]):
        return None
    return parts, end


def _of_two_words(match: re.Match[str], group: int, office: str | None = None) -> Mention:
    """Return the person whose given name is the group `group` of a match, and whose surname is the next group.

    `office` stands before the name, or is None.
    """
    start, end = match.start(group), match.end(group + 1)
    left = match.start() if office else start
    return Mention(start, "", [match[group], match[group + 1]], end, end, left=left, position=office)


FINDERS: tuple[Callable[[str], Iterator[Mention]], ...] = (
    _introduces_self,
    _listed,
    monks,
    _head_of_state,
    _addressed,
    _behind_a_nickname,
    _signs,
    _behind_an_office,
    name_runs,
)
