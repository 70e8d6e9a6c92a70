"""Who is named in an article, with title, name and position, and whether they took part in what it reports.

A grammar of the site's prose, in passes over the cleaned body:

1. a run of titles (`ศ.ดร.นพ.`, `H.E. Mr.`) starts a person where a name follows it: a given name, a surname,
   `ณ …`; a name ends at an office, a verb, a connector, the next person. In English an office
   (`Prime Minister`) may stand where the title does (`finding`, `titled`, `untitled`, `thai_names`, `latin_names`).
   Names without a title are found where something else makes them certain (`untitled`, `monks`, `name_runs`,
   `credits`), often a list of known names (`lexicon`);
2. a position begins with an office behind the name, or stands before it (`office (person)`); it ends at the
   next person, a verb, a clause word, a bracketed abbreviation or the end of the line. In `ก ข และ ค office`
   those without one share the next one's only where the words say so (`positions`, `position_ends`);
3. persons parted by nothing but white space, commas and connectors are a list, and take part or not together
   (`attendance`);
4. mentions with the same given name (and no other surname) are one person (`merging`).

Each pass asks rules: small functions, which a table beside them lists in order. The words that the rules go by are
lists in `thai/words`.
"""

from __future__ import annotations

from dataclasses import dataclass

from thaigov_crawler.thai.people.attendance import judge
from thaigov_crawler.thai.people.credits import credited
from thaigov_crawler.thai.people.finding import find
from thaigov_crawler.thai.people.letters import plain
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.merging import merge
from thaigov_crawler.thai.people.positions import find_position, share_positions

__all__ = ["PersonMention", "read_people"]


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A natural person: title, name and position as the text writes them (`position` null where none is stated),
    whether the text says that they took part, and where the first mention stands (title and name)."""

    title: str
    name: str
    position: str | None
    attended: bool
    span: tuple[int, int]


def read_people(text: str) -> list[PersonMention]:
    """Return the natural persons that `text` (a cleaned body) names: each once, in the order of their first mention.

    Of persons with a title the first MOST_PERSONS mentions are read (see `finding`).
    """
    staff = credited(text)
    credits = {mention.start for mention in staff}
    found = [mention for mention in find(text) if mention.start not in credits]
    behind = 0
    for at, mention in enumerate(found):
        find_position(text, mention, behind, found[at + 1].start if at + 1 < len(found) else len(text))
        behind = mention.stop
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


def _with_staff(found: list[Mention], staff: list[Mention]) -> list[Mention]:
    """Return the mentions, and those of the staff that lie in none of them, in order."""
    if not staff:
        return found
    ends = {end for mention in found for end in range(mention.start, mention.end)}
    apart = [mention for mention in staff if mention.start not in ends]
    return sorted([*found, *apart], key=lambda mention: mention.start)
