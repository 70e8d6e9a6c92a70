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
    # Imported here, because `thai.names` needs the titles alone, and all the patterns take a third of a second.
    from thaigov_crawler.thai.people.reading import read

    return read(text)
