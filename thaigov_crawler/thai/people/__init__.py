"""Who is named in an article, with title, name and position, and whether they took part in what it reports.

The input is the cleaned body. It is read in four passes:

1. **Mentions.** A run of titles (`ศ.ดร.นพ.`, `H.E. Mr.`) begins a person if a name follows it: a given name, a surname,
   `ณ …`. A name ends at an office, a verb, a connector or the next person. In English an office (`Prime Minister`) may
   stand in the place of the title (`finding`, `titled`, `untitled`, `thai_names`, `latin_names`). A name without a
   title is found only if something else makes it certain (`untitled`, `monks`, `name_runs`, `credits`). That is often a
   list of known names (`lexicon`).
2. **Positions.** A position begins with an office. It stands behind the name, or before it as in `office (person)`. It
   ends at the next person, a verb, a clause word, a bracketed abbreviation or the end of the line. In `ก และ ข office`
   both persons have the office (`positions`, `position_ends`).
3. **Attendance.** Persons with nothing but white space, commas and connectors between them are a list. All of a list
   took part, or none of it (`attendance`, `attendance_lists`).
4. **Persons.** Mentions with the same given name, and with no other surname, are one person (`merging`).

Each pass asks rules. A rule is a small function, and a table in the same module lists the rules in order. The words
that the rules go by are the lists in `thai/words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from thaigov_crawler.thai.names import SEPARATOR
from thaigov_crawler.thai.people.attendance import judge
from thaigov_crawler.thai.people.credits import credited
from thaigov_crawler.thai.people.finding import find
from thaigov_crawler.thai.people.letters import plain
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.merging import merge
from thaigov_crawler.thai.people.positions import find_position
from thaigov_crawler.thai.people.positions_shared import share_positions
from thaigov_crawler.thai.transliteration import may_be_one

__all__ = ["PersonMention", "read_people"]


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A natural person whom a text names, with title, name and position as the text writes them.

    `position` is None if the text states none. `attended` tells whether the text says that the person took part. `span`
    is where the first mention stands: its title and its name.
    """

    title: str
    name: str
    position: str | None
    attended: bool
    span: tuple[int, int]


def read_people(text: str) -> list[PersonMention]:
    """Return the natural persons that a cleaned body names, each once, in the order of their first mention.

    Of persons with a title, only the first MOST_PERSONS mentions are read (see `finding`).
    """
    staff = credited(text)
    credits = {mention.start for mention in staff}
    found = [mention for mention in find(text) if mention.start not in credits]
    behind = 0
    for at, mention in enumerate(found):
        find_position(text, mention, behind, found[at + 1].start if at + 1 < len(found) else len(text))
        behind = mention.stop
    found = _without_latin_forms(text, found)
    share_positions(text, found)
    judge(text, found)
    return [
        PersonMention(
            title=plain(who.best.title),
            name=" ".join(who.best.parts),
            position=who.position,
            attended=who.attended,
            span=(who.first.start, who.first.name_end),
        )
        for who in merge(_with_staff(found, staff))
    ]


def _without_latin_forms(text: str, found: list[Mention]) -> list[Mention]:
    """Leave out names in Latin letters that are those of the person in Thai right before them.

    Such a name stands in brackets, or it may be the Thai name in other letters. Its office is that of the person.
    """
    apart = found[:1]
    for before, mention in pairwise(found):
        if not mention.english or before.english or text[before.stop : mention.start].strip(" (\n"):
            apart.append(mention)
        elif text[mention.start - 1] != "(":
            if before.stop > before.end or not _may_be_one(before, mention):
                apart.append(mention)
            elif before.position is None:
                before.position, before.stop = mention.position, mention.stop
    return apart


def _may_be_one(thai: Mention, latin: Mention) -> bool:
    ours, theirs = (SEPARATOR.join(mention.parts[:2]).casefold() for mention in (thai, latin))
    return may_be_one(ours, theirs)


def _with_staff(found: list[Mention], staff: list[Mention]) -> list[Mention]:
    """Return all mentions in order: those found, and those of the staff that overlap none of them."""
    if not staff:
        return found
    ends = {end for mention in found for end in range(mention.start, mention.end)}
    apart = [mention for mention in staff if mention.start not in ends]
    return sorted([*found, *apart], key=lambda mention: mention.start)
