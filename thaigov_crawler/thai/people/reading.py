"""The four passes over a text that find its people."""

from __future__ import annotations

from itertools import pairwise

from thaigov_crawler.thai.names import SEPARATOR
from thaigov_crawler.thai.people import PersonMention
from thaigov_crawler.thai.people.attendance import judge
from thaigov_crawler.thai.people.credits import credited
from thaigov_crawler.thai.people.finding import find
from thaigov_crawler.thai.people.letters import plain
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.merging import merge
from thaigov_crawler.thai.people.positions import find_position
from thaigov_crawler.thai.people.positions_shared import share_positions
from thaigov_crawler.thai.transliteration import may_be_one


def read(text: str) -> list[PersonMention]:
    """Do what `read_people` says."""
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
