"""Mentions to persons: each person once, with the fullest name and the best position.

A mention is compared with the persons named before it. The first of FINDERS that finds the same person decides. A
finder looks at a limited number of persons, so the work grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from thaigov_crawler.thai.people.mentions import Mention

# A name is compared with so many persons at most: the last ones with its given name, the last ones with its surname,
# and the first ones of the text.
_OF_ONE_GIVEN_NAME = 30
_OF_ONE_SURNAME = 5
_OF_ALL = 30
_SHORT = re.compile(r"(?:อดีต|รอง)? ?(?:นรม\.|รมว\.|รมช\.|รมต\.|นายกฯ|ผอ\.|ผวจ\.|ผจก\.)")  # an abbreviated position
_ABBREVIATES = re.compile(r"[ก-ฮ]\.|ฯ")
_SAME_OFFICE = 4  # letters: positions that begin with the same ones are of one office
_LONGEST_GIVEN = 15  # letters of a lone given name
_LONGEST_POSITION = 160  # letters of a position that replaces another


@dataclass(slots=True)
class Person:
    """A person: the first mention, the mention with the fullest name, and whether any mention says they took part."""

    first: Mention
    best: Mention
    position: str | None
    attended: bool


class _Name:
    """The given name and the surname of a mention, ready to be compared."""

    def __init__(self, mention: Mention) -> None:
        self.mention = mention
        self.given = mention.parts[0].casefold()
        self.surname = _surname(mention)
        self.is_thai = self.given[0] > "\u0e00"


@dataclass(slots=True)
class _Known:
    """The persons named so far: in order, and by the parts of their names."""

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
    """Return the persons whom the mentions name, in the order of their first mention."""
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
    """Add to a person what another mention says: a surname, a title, a position, or a fuller position."""
    mention = name.mention
    who.attended = who.attended or mention.attended
    if name.surname and len(who.best.parts) == 1:
        who.best = mention
        who.position = mention.position or who.position
        known.know_surname(who, name.surname)
        return
    if mention.title and not who.best.title and len(mention.parts) >= len(who.best.parts):
        who.best = mention
    if mention.position and (who.position is None or _is_fuller(mention.position, who.position)):
        who.position = mention.position


def _is_fuller(position: str, known: str) -> bool:
    if _SHORT.match(known) and not _SHORT.match(position):
        return len(known) < len(position)
    if _ABBREVIATES.search(known) and not _ABBREVIATES.search(position):
        same = position[:_SAME_OFFICE] == known[:_SAME_OFFICE]
        return same and len(known) < len(position) < _LONGEST_POSITION
    return known in position and len(position) < _LONGEST_POSITION


def _is_half_a_sentence(name: _Name) -> bool:
    """Tell whether half a sentence is glued to a lone given name. Such a mention is nobody's."""
    alone = not name.surname and not name.mention.position
    return alone and name.is_thai and len(name.given) > _LONGEST_GIVEN


def _of_one_given_name(known: _Known, name: _Name) -> Person | None:
    """Return a person with the same given name and a surname that agrees, or None.

    Two surnames agree if they are equal or differ by a slip of the pen. They also agree if one is missing, or is the
    beginning of the other. A missing surname is the empty text, and every surname begins with the empty text.
    """
    for who in reversed(known.by_given.get(name.given, [])[-_OF_ONE_GIVEN_NAME:]):
        other = _surname(who.best)
        if name.surname.startswith(other) or other.startswith(name.surname) or _near(name.surname, other):
            return who
    return None


def _of_one_surname(known: _Known, name: _Name) -> Person | None:
    """Return a person with the same surname and the same given name, or None.

    The given name may have a slip of the pen.
    """
    if not name.surname:
        return None
    namesakes = known.by_surname.get(name.surname, [])[-_OF_ONE_SURNAME:]
    return next((who for who in namesakes if _near(name.given, who.best.parts[0].casefold())), None)


def _by_surname_alone(known: _Known, name: _Name) -> Person | None:
    """Return the person with this surname, for a lone surname in Latin letters: Mr. Rivers. None if there is none."""
    if name.surname or name.is_thai:
        return None
    return next(iter(known.by_surname.get(name.given, ())), None)


def _by_beginning(known: _Known, name: _Name) -> Person | None:
    """Return a person whose given name begins this lone given name, or None. A verb is glued to the longer one."""
    if name.surname:
        return None
    given = name.mention.parts[0]
    beginnings = (given[:length] for length in range(len(given) - 2, 2, -1))
    return next((people[-1] for beginning in beginnings if (people := known.by_given.get(beginning))), None)


def _by_glued_surname(known: _Known, name: _Name) -> Person | None:
    """Return a person whose name was read as one word that begins with this lone given name, or None.

    That word is the given name with the surname glued to it.
    """
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
    """Tell whether two names differ in at most one letter: one is put in, left out or replaced (a slip of the pen)."""
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 4:
        return False
    same = 0
    while same < min(len(a), len(b)) and a[same] == b[same]:
        same += 1
    return a[same + 1 :] == b[same + 1 :] or a[same:] == b[same + 1 :] or a[same + 1 :] == b[same:]
