"""Whether the text says that the people it names took part in what it reports.

Persons in a row are a list, and take part or not together. Each rule of VERDICTS says of a list that it took part, that
it did not, or nothing (None); the first that says something decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from thaigov_crawler.thai.people import attendance_cues as cues
from thaigov_crawler.thai.people.attendance_english import took_part
from thaigov_crawler.thai.people.letters import THAI_LETTER
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.position_ends import TAIL_BRACKET

# The number or the bullet of an item of a list.
_ITEM_NUMBER = re.compile(r"[\s\d๑-๙.)•–-]+$")
_BRACKET = re.compile(r"^ ?\([^()]{0,60}\)")
# Letters that are looked at: right before a list, for its sentence, for an appointment, and behind it.
_BEFORE = 40
_WIDE = 120
_APPOINTMENT = 150
_BEHIND = 160
# Letters, at most, between two of a list: of connectors, of others without a name.
_CONNECTORS = 40
_OTHERS = 90


def judge(text: str, found: list[Mention]) -> None:
    """Say of every mention whether it took part: by the words before its list and the verb behind it."""
    for row in _lists(text, found):
        people = _List(text, row)
        verdict = next(said for rule in VERDICTS if (said := rule(people)) is not None)
        for mention in row:
            mention.attended = verdict or people.linked
    _judge_first_person(text, found)


def _lists(text: str, found: list[Mention]) -> Iterator[list[Mention]]:
    """The mentions in rows: those that nothing parts but connectors, or others without a name."""
    row: list[Mention] = []
    for mention in found:
        if row and not _in_one_list(text[row[-1].stop : mention.left]):
            yield row
            row = []
        row.append(mention)
    if row:
        yield row


def _in_one_list(gap: str) -> bool:
    if len(gap) < _CONNECTORS and cues.GAP.fullmatch(TAIL_BRACKET.sub("", gap)):
        return True
    return 0 < len(gap) < _OTHERS and not cues.SENTENCE.search(gap)


class _List:
    """Persons in a row, and the words around them."""

    def __init__(self, text: str, row: list[Mention]) -> None:
        first, last = row[0], row[-1]
        self.text = text
        self.row = row
        self.english = first.english
        self.left = first.left
        near = text[max(0, first.left - _BEFORE) : first.left]
        self.before = _ITEM_NUMBER.sub("", near).rstrip(' "“(:')
        self.wide = text[max(0, first.left - _WIDE) : first.left]
        self.behind = _behind(text[last.stop : last.stop + _BEHIND])

    @cached_property
    def does(self) -> bool:
        return bool(cues.DOES.match(self.behind))

    @cached_property
    def says(self) -> bool:
        return bool(cues.SAYS.match(self.behind))

    @property
    def linked(self) -> bool:
        """Whether the first of several is in the company of the second."""
        if len(self.row) < 2 or self.english:
            return False
        return bool(cues.LINKED.search(self.text, self.row[0].stop, self.row[1].left))


def _behind(text: str) -> str:
    """What stands behind a list on its line, without brackets and ในฐานะ …"""
    line_end = text.find("\n", 1)
    line = text if line_end < 0 else text[:line_end]
    line = _BRACKET.sub("", line).lstrip(")")
    role = cues.IN_ROLE.match(line)
    return line[role.end() :] if role else line


def _appointed(people: _List) -> bool | None:
    """Who is appointed, accused or dead is only spoken of, unless a cue says more."""
    near = max(0, people.left - _APPOINTMENT)
    if not (cues.APPOINTED.search(people.text, near, people.left) or cues.APPOINTED.match(people.behind)):
        return None
    acts = people.does and not people.english and len(people.row) < 3
    return None if acts or people.before.endswith(cues.COMPANY) else False


def _in_english(people: _List) -> bool | None:
    """English has cues of its own."""
    if not people.english or THAI_LETTER.search(people.behind[:12] + people.before[-12:]):
        return None
    return took_part(people.before, people.wide, people.behind)


def _received_from(people: _List) -> bool | None:
    """Who is heard or gives something was there: รับฟัง … จาก."""
    return True if people.before.endswith("จาก") and cues.RECEIVED.search(people.wide) else None


def _spoken_of(people: _List) -> bool | None:
    """Whose policy, order or name it is was not there for that."""
    return False if people.before.endswith(cues.OF) and not people.before.endswith(cues.WITH) else None


def _assigned(people: _List) -> bool | None:
    """Who is told to do something was there if they do it."""
    return people.does if people.before.endswith(cues.ASSIGNED) else None


def _there_was(people: _List) -> bool | None:
    """มี (there was) alone leaves it to the verb behind, even further behind."""
    if not people.before.endswith("มี") or people.before.endswith("โดยมี"):
        return None
    return people.does or (bool(cues.TOGETHER.search(people.behind[:100])) and not people.says)


def _in_company(people: _List) -> bool | None:
    """Company, guests and hosts were there, but not one of them who only says something."""
    if not people.before.endswith(cues.WITH):
        return None
    return not people.says or people.does or len(people.row) > 1


def _does(people: _List) -> bool | None:
    """A verb of taking part follows."""
    return True if people.does else None


def _says(people: _List) -> bool | None:
    """Who only says something was there if they tell what they did."""
    return bool(cues.TOLD_OWN.match(people.behind)) if people.says else None


def _many(people: _List) -> bool | None:
    """Three in a row are named because they were there."""
    return True if len(people.row) > 2 else None


def _joined(people: _List) -> bool | None:
    """A verb that closes the list follows, with no other clause before it."""
    joined = cues.JOINED.search(people.behind[:120])
    return True if joined and not cues.OTHER_CLAUSE.search(people.behind[: joined.start()]) else None


def _together(people: _List) -> bool:
    """Two with a common verb behind them were there; nobody else is said to be."""
    if len(people.row) < 2 or people.behind.lstrip().startswith("ที่"):
        return False
    return bool(cues.TOGETHER.search(people.behind[:60]))


VERDICTS: tuple[Callable[[_List], bool | None], ...] = (
    _appointed,
    _in_english,
    _received_from,
    _spoken_of,
    _assigned,
    _there_was,
    _in_company,
    _does,
    _says,
    _many,
    _joined,
    _together,
)


def _judge_first_person(text: str, found: list[Mention]) -> None:
    """A speaker who says `ตนได้ลงพื้นที่` was there."""
    before = 0  # mentions before the claim
    for claim in cues.I_DID.finditer(text):
        while before < len(found) and found[before].start < claim.start():
            before += 1
        for mention in reversed(found[max(0, before - 4) : before]):
            if _speaks(text, mention):
                mention.attended = True
                break


def _speaks(text: str, mention: Mention) -> bool:
    if cues.SAYS.match(text, mention.stop) or cues.SAYS_BEHIND_BRACKET.match(text, mention.stop, mention.stop + 60):
        return True
    return bool(cues.SAYS.match(TAIL_BRACKET.sub("", text[mention.stop : mention.stop + 40])))
