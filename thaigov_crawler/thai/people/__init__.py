"""Who is named in an article, with title, name and position, and whether they took part in what it reports.

A grammar of the site's prose, in passes over the cleaned body:

1. a run of titles (`ศ.ดร.นพ.`, `H.E. Mr.`) starts a person where a name follows it: a given name, a surname,
   `ณ …`; a name ends at an office, a verb, a connector, the next person. In English an office
   (`Prime Minister`) may stand where the title does;
2. a position begins with an office behind the name, or stands before it (`office (person)`); it ends at the
   next person, a verb, a clause word, a bracketed abbreviation or the end of the line. In `ก ข และ ค office`
   those without one share the next one's only where the words say so;
3. persons parted by nothing but white space, commas and connectors are a list, and take part or not together;
4. mentions with the same given name (and no other surname) are one person.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from thaigov_crawler.thai.people.attendance import judge, judge_first_person
from thaigov_crawler.thai.people.mentions import Found, find, plain
from thaigov_crawler.thai.people.positions import find_position, share_positions


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A natural person: title, name and position as the text writes them (`position` null where none is stated),
    whether the text says that they took part, and where the first mention stands (title and name)."""

    title: str
    name: str
    position: str | None
    attended: bool
    span: tuple[int, int]


@dataclass(slots=True)
class _Person:
    first: Found
    best: Found
    position: str | None
    seen: list[Found] = field(default_factory=list)


def read_people(text: str) -> list[PersonMention]:
    """The natural persons that `text` (a cleaned body) names: each once, in the order of their first mention."""
    found = find(text)
    behind = 0
    for at, mention in enumerate(found):
        find_position(text, mention, behind, found[at + 1].start if at + 1 < len(found) else len(text))
        behind = mention.stop
    share_positions(text, found)
    judge(text, found)
    judge_first_person(text, found)
    people = _merge(found)
    return [
        PersonMention(
            title=plain(who.best.title),
            name=" ".join(who.best.parts),
            position=who.position,
            attended=any(mention.attended for mention in who.seen),
            span=(who.first.start, who.first.name_end),
        )
        for who in people
    ]


def _near(a: str, b: str) -> bool:
    """Whether two names differ in one letter (a slip of the pen): one is put in, left out or replaced."""
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 4:
        return False
    same = 0
    while same < min(len(a), len(b)) and a[same] == b[same]:
        same += 1
    return a[same + 1 :] == b[same + 1 :] or a[same:] == b[same + 1 :] or a[same + 1 :] == b[same:]


def _glued_known(name: str, people: list[_Person], by_given: dict[str, list[_Person]]) -> _Person | None:
    """The person already named whose given name `name` begins with (a verb is glued to it), or who was named
    with the surname glued to the given name."""
    for length in range(len(name) - 2, 2, -1):
        if known := by_given.get(name[:length]):
            return known[-1]
    for who in people[:30]:
        whole = who.best.parts[0]
        if len(who.best.parts) == 1 and len(name) > 3 and len(whole) > len(name) + 4 and whole.startswith(name):
            return who
    return None


def _merge(found: list[Found]) -> list[_Person]:
    people: list[_Person] = []
    by_given: dict[str, list[_Person]] = {}
    by_surname: dict[str, list[_Person]] = {}
    for mention in found:
        given = mention.parts[0].casefold()
        surname = "".join(mention.parts[1:]).casefold()
        who = None
        for known in reversed(by_given.get(given, ())):
            other = "".join(known.best.parts[1:]).casefold()
            # One that is missing begins every other.
            if surname.startswith(other) or other.startswith(surname) or _near(surname, other):
                who = known
                break
        if who is None and surname:
            for known in by_surname.get(surname, ())[-5:]:
                if _near(given, known.best.parts[0].casefold()):
                    who = known
                    break
        if who is None and not surname and given[0] < "\u0e00":
            who = next(iter(by_surname.get(given, ())), None)  # Mr. Rivers, said before with his given name
        if who is None and not surname:
            who = _glued_known(mention.parts[0], people, by_given)
            if who is None and len(given) > 15 and not mention.position and given[0] > "\u0e00":
                continue  # a given name with half a sentence glued to it
        if who is None:
            who = _Person(mention, mention, mention.position, [mention])
            people.append(who)
            by_given.setdefault(given, []).append(who)
            if surname:
                by_surname.setdefault(surname, []).append(who)
            continue
        who.seen.append(mention)
        if surname and len(who.best.parts) == 1:
            who.best = mention
            who.position = mention.position or who.position
            by_surname.setdefault(surname, []).append(who)
        elif who.position is None or (
            mention.position and who.position in mention.position and len(mention.position) < 160
        ):
            who.position = mention.position or who.position
    return people
