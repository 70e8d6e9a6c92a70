"""The position of a person: the office that stands behind the name, or before it.

Each rule of THAI looks for the office in one place and gives it to the mention. The first rule that finds one decides.
The rules of ENGLISH do the same for a name in Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from thaigov_crawler.thai.people.letters import TH, WORD, plain
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.offices import (
    ENGLISH_BEFORE_TITLE,
    ENGLISH_OPENS_LINE,
    OFFICE,
    OFFICE_BEGINS,
    OFFICE_BEGINS_IN_BRACKETS,
    OFFICE_GLUED,
)
from thaigov_crawler.thai.people.position_ends import BRACKET, position_end, trimmed
from thaigov_crawler.thai.people.positions_english import english_office, office_begins
from thaigov_crawler.thai.people.positions_shared import office_of_heading, office_of_list
from thaigov_crawler.thai.people.titles import TITLES, begins_a_word
from thaigov_crawler.thai.words import pattern, words

_INTRODUCED = re.compile(rf"(?:{pattern('offices_introduced')} ?)*(?:เป็น ?(?={pattern('offices_held')}))?")
# A position before a name does not end with these words. Only _GLUED_TO_NAMES may be glued to the title behind it.
_LEAVE = words("offices_leave")
_GLUED_TO_NAMES = "รัฐมนตรี"
_ADDRESS = "ท่าน"
_IS = "เป็น"
_GROUP = "คณะผู้"  # people without a name
# The body behind an office in English that is named in Thai: CEO ของบริษัท….
_BODY = re.compile(rf" (?:ของ|จาก)? ?(?={pattern('offices_bodies')})(?=[^a-z\n]*[ก-ฮ])")
# Another name of the same person, between name and office.
_ALIAS = re.compile(rf" ?หรือ ?(?:[“\"‘][^“”\"’\n]{{1,25}}[”\"’]|{WORD}) ?")
_SIGNS = (" ", ",", "-", "–", ":")
_ENDS_A_CLAUSE = ')”".,:;'
# The office of a minister in that of an aide: ที่ปรึกษารัฐมนตรี….
_AIDE = re.compile(rf"(?:ที่ปรึกษา|เลขานุการ|ประจำ) ?((?:รอง)?(?:นายก)?รัฐมนตรี(?:(?!ปฏิบัติ)[{TH}., ]){{0,90}}?) ?$")
_ACTS_AS = "ปฏิบัติหน้าที่"
_ABBREVIATED = re.compile(r"(?:[ .]|รมว|รมช|ผบ|ผอ)[ก-ฮ]{1,6}\.$")
# Numbers of letters. Each is the largest, unless its comment says otherwise.
_LONGEST = 260  # of a position
_LONGEST_LINE_BEHIND = 2000  # in which the end of the line is looked for
_SENTENCE = 170  # of a position; a longer one has run into a sentence
_FAR = 150  # before a name, in which an office may stand
_FAR_ENGLISH = 130
_LONGEST_LINE_BEFORE = 200  # of a line, if the office may stand on the next one
_MOST_SIGNS = 4  # signs between name and office
_FIRST_WORD = 6  # letters, at least, of the first words of an office


@dataclass(slots=True)
class _Place:
    """The part of a text in which the position of a mention may stand.

    It begins at `floor`, where the person before ends. It ends at `limit`: where the next person begins (`next_start`)
    or where the line ends, whichever comes first.
    """

    text: str
    mention: Mention
    floor: int
    next_start: int
    line_end: int

    @property
    def limit(self) -> int:
        return min(self.next_start, self.line_end)

    @property
    def in_brackets(self) -> bool:
        return self.text[self.mention.start - 1 : self.mention.start] == "("

    def give(self, position: str, stop: int) -> None:
        self.mention.position, self.mention.stop = position, stop


def find_position(text: str, mention: Mention, floor: int, limit: int) -> None:
    """Give `mention` its position, if the text states one.

    Look behind `floor`, where the person before ends, and before `limit`, where the next person begins.
    """
    far = min(len(text), mention.end + _LONGEST_LINE_BEHIND)
    line_end = text.find("\n", mention.end, far)
    line_end = far if line_end < 0 else line_end
    place = _Place(text, mention, floor, limit, line_end)
    mention.stop = mention.end
    for rule in ENGLISH if mention.english else THAI:
        if mention.position is not None:
            return
        rule(place)


def _behind(place: _Place) -> None:
    """Take the office behind the name."""
    _take_behind(place, _behind_signs(place, _SIGNS))


def _behind_the_bracket(place: _Place) -> None:
    """Take the office behind the bracket that the name stands in."""
    if place.in_brackets:
        _take_behind(place, _behind_signs(place, (*_SIGNS, ")")))


def _take_behind(place: _Place, start: int) -> None:
    """Take the office at `start`. If it is so long that it runs into a sentence, take its first words."""
    text = place.text
    limit = min(place.limit, start + _LONGEST)
    if start >= limit or not OFFICE.match(text, start):
        return
    stop = position_end(text, start, limit)
    if stop - start > _SENTENCE:
        first = text.find(" ", start + _FIRST_WORD, stop)
        stop = first if first > 0 else stop
    position = trimmed(text[start:stop])
    if len(position) > 2:
        place.give(position, stop)


def _behind_in_brackets(place: _Place) -> None:
    """Take the office in brackets behind the name."""
    bracket = BRACKET.match(place.text, _behind_signs(place, _SIGNS))
    if bracket and OFFICE.match(bracket[1]):
        place.give(trimmed(bracket[1]), bracket.end())


def _behind_signs(place: _Place, signs: tuple[str, ...]) -> int:
    """Return where an office would begin: behind the signs and words that may stand between it and the name."""
    text, start = place.text, place.mention.end
    if (alias := _ALIAS.match(text, start)) and OFFICE.match(text, alias.end()):
        start = alias.end()
    while text.startswith(signs, start) and start < place.mention.end + _MOST_SIGNS:
        start += 1
    introduced = _INTRODUCED.match(text, start)
    return introduced.end() if introduced else start


def _on_the_next_line(place: _Place) -> None:
    """Take the office at the beginning of the next line, as in a list with one thing a line, or in broken lines."""
    text, start = place.text, place.line_end + 1
    if (
        text[place.mention.end : place.line_end].strip()
        or start - _line_start(text, place.mention) > _LONGEST_LINE_BEFORE
    ):
        return
    end = text.find("\n", start, start + _LONGEST)
    end = min(place.next_start, start + _LONGEST if end < 0 else end)
    if start < end and OFFICE_GLUED.match(text, start) and not _is_title(text, start):
        stop = position_end(text, start, end)
        place.give(trimmed(text[start:stop]), stop)


def _is_title(text: str, at: int) -> bool:
    """Tell whether a title stands at `at`, and not the beginning of a word such as นายกรัฐมนตรี."""
    title = TITLES.match(text, at)
    return title is not None and not begins_a_word(text, title[0], title.end())


def _line_start(text: str, mention: Mention) -> int:
    low = max(0, mention.start - _LONGEST_LINE_BEFORE)
    return max(low, text.rfind("\n", low, mention.start) + 1)


def _whose_aide(place: _Place) -> None:
    """Take the office of a minister in brackets behind an aide: ก ที่ปรึกษารัฐมนตรี… (ข)."""
    text, at = place.text, place.mention.start - 1
    aide = _AIDE.search(text, max(0, at - _FAR), at) if place.in_brackets else None
    if aide and (not text[place.floor : at].strip() or text.endswith(_ACTS_AS, 0, aide.start())):
        place.mention.position = trimmed(aide[1])


def _before(place: _Place) -> None:
    """Take the office before a person in brackets, or right before the title."""
    text, mention = place.text, place.mention
    low, segment = _segment_before(place)
    if not segment or (segment[-1] in _ENDS_A_CLAUSE and not _ABBREVIATED.search(segment)):
        return
    glued = text[mention.start - 1 : mention.start] not in (" ", "(")
    if glued and not segment.endswith(_GLUED_TO_NAMES):
        return
    for office in (OFFICE_BEGINS_IN_BRACKETS if place.in_brackets else OFFICE_BEGINS).finditer(segment):
        if place.in_brackets and segment.endswith(_IS, 0, office.start()):
            continue
        if segment.startswith(_GROUP, office.start()):
            continue
        if mention.english and office[0].isascii() and not place.in_brackets:
            continue
        if position_end(segment, office.start(), len(segment)) < len(segment):
            continue
        position = trimmed(segment[office.start() :]).removeprefix(_ADDRESS).lstrip()
        if len(position) > 3 and (place.in_brackets or not position.endswith(_LEAVE)):
            mention.position, mention.left = position, low + office.start()
        return


def _before_a_list(place: _Place) -> None:
    """Take the office before a list of those who hold it: กรรมการ ได้แก่ 1. …. It is the office of all in the list."""
    office = office_of_list(_segment_before(place)[1]) or office_of_heading(
        place.text, place.floor, place.mention.start
    )
    if office:
        place.mention.position, place.mention.heads_list = office, True


def _segment_before(place: _Place) -> tuple[int, str]:
    """Return where the words before a mention begin, and these words: of its line, and behind the person before."""
    text, at = place.text, place.mention.start - place.in_brackets
    while at and text[at - 1] == " ":
        at -= 1
    low = max(place.floor, at - _FAR)
    low = max(low, text.rfind("\n", low, at) + 1)
    return low, text[low:at]


def _english_behind(place: _Place) -> None:
    """Take the office, in English or Thai, behind a name in Latin letters."""
    text, mention = place.text, place.mention
    start = office_begins(text, mention.end, bracketed=place.in_brackets)
    if start is None:
        return
    if text[start : start + 1] > "\u0e00" and OFFICE.match(text, start):
        stop = position_end(text, start, min(place.limit, start + _LONGEST))
        place.give(trimmed(text[start:stop]), stop)
    elif office := english_office(text, start, place.limit):
        stop = start + len(office)
        if body := _BODY.match(text, stop, place.limit):
            stop = position_end(text, body.end(), min(place.limit, start + _LONGEST))
        place.give(trimmed(text[start:stop]), stop)


def _english_behind_latin(place: _Place) -> None:
    """Do the same for a name in Latin letters behind a Thai title: นาย Alan Brook, Export Director."""
    if place.mention.parts[0][0] < "\u0e00":
        _english_behind(place)


def _english_on_the_next_line(place: _Place) -> None:
    """Take the office in English at the beginning of the next line."""
    text, start = place.text, place.line_end + 1
    if text[place.mention.end : place.line_end].strip() or start >= place.next_start:
        return
    end = text.find("\n", start, start + _LONGEST)
    end = min(place.next_start, start + _LONGEST if end < 0 else end)
    if ENGLISH_OPENS_LINE.match(text, start) and (office := english_office(text, start, end)):
        place.give(plain(office), start + len(office))


def _english_before(place: _Place) -> None:
    """Take the office in English before the title."""
    text, mention = place.text, place.mention
    low = max(place.floor, mention.start - _FAR_ENGLISH)
    low = max(low, text.rfind("\n", low, mention.start) + 1)
    if office := ENGLISH_BEFORE_TITLE.search(text[low : mention.start]):
        mention.position, mention.left = office[0].rstrip(" ,("), low + office.start()


THAI: tuple[Callable[[_Place], None], ...] = (
    _behind,
    _behind_in_brackets,
    _on_the_next_line,
    _whose_aide,
    _before,
    _before_a_list,
    _behind_the_bracket,
    _english_behind_latin,
)
ENGLISH: tuple[Callable[[_Place], None], ...] = (_english_behind, _english_before, _before, _english_on_the_next_line)
