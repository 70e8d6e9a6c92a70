"""The lists of persons in a text: persons in a row, and the words around them. All of a list took part, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from thaigov_crawler.thai.people import attendance_cues as cues
from thaigov_crawler.thai.people.attendance_english import goes_on
from thaigov_crawler.thai.people.letters import THAI_LETTER
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.position_ends import TAIL_BRACKET
from thaigov_crawler.thai.people.titles import TITLES

# The number or the bullet of an item of a list.
_ITEM_NUMBER = re.compile(r"[\s\d๑-๙.)•–-]+$")
_NUMBER = re.compile(r"[\d๑-๙•–-][.)]? ?$")
_BRACKET = re.compile(r"^ ?\([^()]{0,60}\)")
# A quotation ends behind the person, and the sentence goes on.
_CLOSING = re.compile("^[’”\"'] ")
_IS = re.compile(" ?เป็น")
# Numbers of letters that are looked at: right before a list, before it for its sentence, before it in its line, and
# behind it.
_BEFORE = 40
_WIDE = 120
_LINE = 220
_BEHIND = 240
# Letters behind a position or a short name in which the word for a spokesperson may stand.
_SPOKESPERSON = 20
# Letters behind a list in which a verb for all of it is looked for.
_TOGETHER = 100
# The most letters between two persons of a list: of connectors, of people without a name, and of what a numbered item
# says.
_CONNECTORS = 40
_OTHERS = 90
_ENGLISH_OTHERS = 140
_ITEM = 120


class PersonList:
    """Persons in a row, and the words around them. `previous` is the list before it, or None."""

    def __init__(self, text: str, row: list[Mention], previous: PersonList | None) -> None:
        first, last = row[0], row[-1]
        self.text = text
        self.row = row
        self.english = first.english
        self.left = first.left
        self.stop = last.stop
        self.took_part = False
        near = text[max(0, first.left - _BEFORE) : first.left]
        self.before = _ITEM_NUMBER.sub("", near).rstrip(' "“(:')
        self.is_item = bool(_NUMBER.search(near))
        self.wide = text[max(0, first.left - _WIDE) : first.left]
        # An office behind a verb belongs to what follows, with its verb: `ก เป็นผู้ดำเนินรายการ`.
        behind = last.end if _IS.match(text, last.end, last.stop) else last.stop
        self.behind = _behind(text[behind : behind + _BEHIND])
        self.item_of = previous.took_part if previous and _is_next_item(text[previous.stop : self.left]) else None
        self._line_from = max(previous.line_goes_on_from if previous else 0, self.left - _LINE)

    @property
    def line_goes_on_from(self) -> int:
        """Return where the sentence of the next list may begin.

        That is behind this list. If a clause only names this list, it is before the clause.
        """
        return self._line_from if self.before.endswith(cues.CLAUSES) else self.stop

    @cached_property
    def line(self) -> str:
        """Return what the line says before the list, from the person before it on."""
        return self.text[self._line_from : self.left].rpartition("\n")[2]

    @cached_property
    def does(self) -> bool:
        """Tell whether a verb of taking part follows."""
        return bool(cues.DOES.match(self.behind))

    @cached_property
    def says(self) -> bool:
        """Tell whether a verb of saying or ordering follows."""
        return bool(cues.SAYS.match(self.behind))

    @property
    def only_says(self) -> bool:
        """Tell whether a single person only says something. In `ก เข้าพบ ข สรุปสาระสำคัญ`, it is the text that sums up."""
        text_sums_up = cues.SUMMARY.match(self.behind) and not (self.speaks_for_others or self.before.endswith("โดย"))
        return self.says and not self.does and len(self.row) == 1 and not text_sums_up

    @cached_property
    def together(self) -> bool:
        """Tell whether a verb of taking part together follows, even some words later."""
        return bool(cues.TOGETHER.search(self.behind[:_TOGETHER]))

    @cached_property
    def speaks_for_others(self) -> bool:
        """Tell whether the last person of the list is a spokesperson."""
        return _is_spokesperson(self.text, self.row[-1])

    @property
    def tells_of_another(self) -> bool:
        """Tell whether what is said begins with the title of another person: `ก เปิดเผยว่า นาย ข ได้ …`."""
        tells = cues.TELLS.match(self.behind)
        return bool(tells and TITLES.match(self.behind, tells.end()))

    @property
    def linked(self) -> bool:
        """Tell whether the first of several persons is in the company of the second."""
        if len(self.row) < 2 or self.english:
            return False
        return bool(cues.LINKED.search(self.text, self.row[0].stop, self.row[1].left))


def lists(text: str, found: list[Mention]) -> Iterator[list[Mention]]:
    """Yield the mentions in rows. Only connectors, or people without a name, stand between the mentions of a row."""
    row: list[Mention] = []
    for mention in found:
        if row and not _in_one_list(text, row[-1].stop, mention):
            yield row
            row = []
        row.append(mention)
    if row:
        yield row


def _in_one_list(text: str, stop: int, mention: Mention) -> bool:
    gap = text[stop : mention.left]
    if gap.strip(" ") == "\n" and _begins_a_sentence(text, mention):
        return False
    if _is_spokesperson(text, mention) and cues.SAYS.match(text, mention.stop):
        return False  # `โดยมี ก และผู้ที่เกี่ยวข้อง ทั้งนี้ ข โฆษก… สรุปสาระสำคัญ`
    if len(gap) < _CONNECTORS and cues.GAP.fullmatch(TAIL_BRACKET.sub("", gap)):
        return True
    if mention.english and not THAI_LETTER.search(gap):
        return len(gap) < _ENGLISH_OTHERS and goes_on(gap)
    return 0 < len(gap) < _OTHERS and not cues.SENTENCE.search(gap)


def _is_spokesperson(text: str, mention: Mention) -> bool:
    return cues.SPOKESPERSON in text[mention.left : mention.stop + _SPOKESPERSON].split("\n", 1)[0]


def _begins_a_sentence(text: str, mention: Mention) -> bool:
    """Tell whether a person at the beginning of a line begins a new sentence.

    In Thai, the person goes on to say something. In English, anything may follow on the line.
    """
    if mention.english:
        return text[mention.stop : mention.stop + 1] not in ("\n", "")
    return bool(cues.SAYS.match(text, mention.stop))


def _is_next_item(gap: str) -> bool:
    """Tell whether only the rest of an item, or of a member, stands between two lists, and what begins the next."""
    return len(gap) < _ITEM and bool(cues.NEXT_ITEM.search(gap) or cues.NEXT_MEMBER.match(gap))


def _behind(text: str) -> str:
    """Return what follows a list in its sentence, without brackets and without ในฐานะ ….

    A line that begins with a verb goes on from the line before, because such a text is broken at a width.
    """
    line = _CLOSING.sub(" ", _BRACKET.sub("", _unbroken(text)).lstrip(" )ฯ"))
    role = cues.IN_ROLE.match(line)
    return line[role.end() :] if role else line


def _unbroken(text: str) -> str:
    line, broken, rest = text.partition("\n")
    while broken and cues.GOES_ON.match(rest):
        more, broken, rest = rest.partition("\n")
        line = f"{line} {more}"
    return line
