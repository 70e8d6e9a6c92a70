"""The lists of persons in a text: persons in a row, who take part or not together, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from thaigov_crawler.thai.people import attendance_cues as cues
from thaigov_crawler.thai.people.attendance_english import goes_on
from thaigov_crawler.thai.people.letters import THAI_LETTER
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.position_ends import TAIL_BRACKET

# The number or the bullet of an item of a list.
_ITEM_NUMBER = re.compile(r"[\s\d๑-๙.)•–-]+$")
_NUMBER = re.compile(r"[\d๑-๙•–-][.)]? ?$")
_BRACKET = re.compile(r"^ ?\([^()]{0,60}\)")
# A quotation that ends behind the person, and the sentence goes on.
_CLOSING = re.compile("^[’”\"'] ")
_IS = re.compile(" ?เป็น")
# Letters that are looked at: right before a list, for its sentence, for what the line says before, and behind it.
_BEFORE = 40
_WIDE = 120
_LINE = 220
_BEHIND = 240
# Letters behind a position, or a short name, that may hold the word of a spokesperson.
_SPOKESPERSON = 20
# Letters behind a list in which a verb of all of it is looked for.
_TOGETHER = 100
# Letters, at most, between two of a list: of connectors, of others without a name, of what a numbered item says.
_CONNECTORS = 40
_OTHERS = 90
_ENGLISH_OTHERS = 140
_ITEM = 120


class PersonList:
    """Persons in a row, and the words around them; `previous` is the list before, if there is one."""

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
        # An office that is told with a verb is looked at with it: `ก เป็นผู้ดำเนินรายการ`.
        behind = last.end if _IS.match(text, last.end, last.stop) else last.stop
        self.behind = _behind(text[behind : behind + _BEHIND])
        self.item_of = previous.took_part if previous and _is_next_item(text[previous.stop : self.left]) else None
        self._line_from = max(previous.line_goes_on_from if previous else 0, self.left - _LINE)

    @property
    def line_goes_on_from(self) -> int:
        """Where the sentence of the next list may begin: before a clause that only names this one."""
        return self._line_from if self.before.endswith(cues.CLAUSES) else self.stop

    @cached_property
    def line(self) -> str:
        """What the line says before the list, from the person before on, who is no part of it."""
        return self.text[self._line_from : self.left].rpartition("\n")[2]

    @cached_property
    def does(self) -> bool:
        """Whether a verb of taking part follows."""
        return bool(cues.DOES.match(self.behind))

    @cached_property
    def says(self) -> bool:
        """Whether a verb of saying or ordering follows."""
        return bool(cues.SAYS.match(self.behind))

    @cached_property
    def together(self) -> bool:
        """Whether a verb of taking part together stands behind, even further behind."""
        return bool(cues.TOGETHER.search(self.behind[:_TOGETHER]))

    @cached_property
    def speaks_for_others(self) -> bool:
        """Whether the last of the list is a spokesperson."""
        return cues.SPOKESPERSON in self.text[self.row[-1].left : self.stop + _SPOKESPERSON].split("\n", 1)[0]

    @property
    def linked(self) -> bool:
        """Whether the first of several is in the company of the second."""
        if len(self.row) < 2 or self.english:
            return False
        return bool(cues.LINKED.search(self.text, self.row[0].stop, self.row[1].left))


def lists(text: str, found: list[Mention]) -> Iterator[list[Mention]]:
    """Yield the mentions in rows: those that nothing parts but connectors, or others without a name."""
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
    if len(gap) < _CONNECTORS and cues.GAP.fullmatch(TAIL_BRACKET.sub("", gap)):
        return True
    if mention.english and not THAI_LETTER.search(gap):
        return len(gap) < _ENGLISH_OTHERS and goes_on(gap)
    return 0 < len(gap) < _OTHERS and not cues.SENTENCE.search(gap)


def _begins_a_sentence(text: str, mention: Mention) -> bool:
    """Whether a person at the beginning of a line goes on to say something, or, in English, to do anything."""
    if mention.english:
        return text[mention.stop : mention.stop + 1] not in ("\n", "")
    return bool(cues.SAYS.match(text, mention.stop))


def _is_next_item(gap: str) -> bool:
    """Whether nothing but the rest of an item and the number of the next one stand between two lists."""
    return len(gap) < _ITEM and bool(cues.NEXT_ITEM.search(gap))


def _behind(text: str) -> str:
    """Return what stands behind a list in its sentence, without brackets and ในฐานะ …

    A line that begins with a verb goes on from the line before: its text is broken at a width.
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
