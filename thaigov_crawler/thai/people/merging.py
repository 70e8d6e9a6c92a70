"""The persons whom the mentions are of: each once, under the fullest name and with the best position.

A mention is of the person whom the first of FINDERS finds among those named before it: not among all of them, but among
a number that does not grow with the text, so that the work grows with the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from thaigov_crawler.thai.people.mentions import Mention

# Persons that a name is compared with: the last of those with its given name, or its surname, the first of all.
_OF_ONE_GIVEN_NAME = 30
_OF_ONE_SURNAME = 5
_OF_ALL = 30
_SHORT = re.compile(r"(?:อดีต|รอง)? ?(?:นรม\.|รมว\.|รมช\.|รมต\.|นายกฯ)")  # a position that is abbreviated
_ABBREVIATES = re.compile(r"[ก-ฮ]\.|ฯ")
_SAME_OFFICE = 4  # letters that two positions begin with
_LONGEST_GIVEN = 15  # letters, of a given name alone
_LONGEST_POSITION = 160  # letters, of one that takes another's place


@dataclass(slots=True)
class Person:
    """A person: their first mention, the one with the fullest name, and whether one says that they took part."""

    first: Mention
    best: Mention
    position: str | None
    attended: bool


class _Name:
    """Given name and surname of a mention, to be compared."""

    def __init__(self, mention: Mention) -> None:
        self.mention = mention
        self.given = mention.parts[0].casefold()
        self.surname = _surname(mention)
        self.is_thai = self.given[0] > "\u0e00"


@dataclass(slots=True)
class _Known:
    """The persons named so far, in order, and by the parts of their names."""

    people: list[Person] = field(default_factory=list)
    by_given: dict[str, list[Person]] = field(default_factory=dict)
    by_surname: dict[str, list[Person]] = field(default_factory=dict)

    def add(self, name: _Name) -> None:
        mention = name.mention
        who = Person(mention, mention, mention.position, mention.attended)
        self.people.append(who)
        self.by_given.setdefault(name.given, []).append(who)
        self.know_surname(who, name.surname)

    def know_surname(self, who: Person, surname: str) -> None:
        if surname:
            self.by_surname.setdefault(surname, []).append(who)


def merge(found: list[Mention]) -> list[Person]:
    """The persons whom `found` mentions, in the order of their first mention."""
    known = _Known()
    for mention in found:
        name = _Name(mention)
        who = next(_found(known, name), None)
        if who is not None:
            _see_again(known, who, name)
        elif not _is_half_a_sentence(name):
            known.add(name)
    return known.people


def _found(known: _Known, name: _Name) -> Iterator[Person]:
    return (who for finder in FINDERS if (who := finder(known, name)) is not None)


def _see_again(known: _Known, who: Person, name: _Name) -> None:
    """Take what another mention of a person adds: their surname, a position, or a fuller one."""
    mention = name.mention
    who.attended = who.attended or mention.attended
    if name.surname and len(who.best.parts) == 1:
        who.best = mention
        who.position = mention.position or who.position
        known.know_surname(who, name.surname)
    elif mention.position and (who.position is None or _is_fuller(mention.position, who.position)):
        who.position = mention.position


def _is_fuller(position: str, known: str) -> bool:
    if _SHORT.match(known) and not _SHORT.match(position):
        return True
    if _ABBREVIATES.search(known) and not _ABBREVIATES.search(position):
        same = position[:_SAME_OFFICE] == known[:_SAME_OFFICE]
        return same and len(known) < len(position) < _LONGEST_POSITION
    return known in position and len(position) < _LONGEST_POSITION


def _is_half_a_sentence(name: _Name) -> bool:
    """Whether half a sentence is glued to a given name alone, so that it is nobody's."""
    alone = not name.surname and not name.mention.position
    return alone and name.is_thai and len(name.given) > _LONGEST_GIVEN


def _of_one_given_name(known: _Known, name: _Name) -> Person | None:
    """One with the same given name, and with the same surname, but for a slip, or none, or the beginning of it."""
    for who in reversed(known.by_given.get(name.given, [])[-_OF_ONE_GIVEN_NAME:]):
        other = _surname(who.best)
        if name.surname.startswith(other) or other.startswith(name.surname) or _near(name.surname, other):
            return who
    return None


def _of_one_surname(known: _Known, name: _Name) -> Person | None:
    """One with the same surname, and the same given name but for a slip."""
    if not name.surname:
        return None
    namesakes = known.by_surname.get(name.surname, [])[-_OF_ONE_SURNAME:]
    return next((who for who in namesakes if _near(name.given, who.best.parts[0].casefold())), None)


def _by_surname_alone(known: _Known, name: _Name) -> Person | None:
    """In Latin letters, one whose surname stands alone: Mr. Rivers, said before with his given name."""
    if name.surname or name.is_thai:
        return None
    return next(iter(known.by_surname.get(name.given, ())), None)


def _by_beginning(known: _Known, name: _Name) -> Person | None:
    """One whose given name a given name alone begins with: a verb is glued to it."""
    if name.surname:
        return None
    given = name.mention.parts[0]
    beginnings = (given[:length] for length in range(len(given) - 2, 2, -1))
    return next((people[-1] for beginning in beginnings if (people := known.by_given.get(beginning))), None)


def _by_glued_surname(known: _Known, name: _Name) -> Person | None:
    """One named with the surname glued to the given name."""
    given = name.mention.parts[0]
    if name.surname or len(given) < 4:
        return None
    for who in known.people[:_OF_ALL]:
        whole = who.best.parts[0]
        if len(who.best.parts) == 1 and len(whole) > len(given) + 4 and whole.startswith(given):
            return who
    return None


FINDERS: tuple[Callable[[_Known, _Name], Person | None], ...] = (
    _of_one_given_name,
    _of_one_surname,
    _by_surname_alone,
    _by_beginning,
    _by_glued_surname,
)


def _surname(mention: Mention) -> str:
    return "".join(mention.parts[1:]).casefold()


def _near(a: str, b: str) -> bool:
    """Whether two names differ in one letter (a slip of the pen): one is put in, left out or replaced."""
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 4:
        return False
    same = 0
    while same < min(len(a), len(b)) and a[same] == b[same]:
        same += 1
    return a[same + 1 :] == b[same + 1 :] or a[same:] == b[same + 1 :] or a[same + 1 :] == b[same:]
