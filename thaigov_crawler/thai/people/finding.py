"""The mentions of people in a text: in order, and none within another."""

from __future__ import annotations

from thaigov_crawler.thai.people.letters import THAI_LETTER
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.titled import after_title
from thaigov_crawler.thai.people.titles import TITLES
from thaigov_crawler.thai.people.untitled import name_offices, untitled

_BEFORE_BRACKET = 40  # characters before a bracket in which a surname is looked for
_LINE = 150  # characters on each side that tell the language of a line
_LONG_LINE = 120
# The most persons with a title that are looked for. Of 18,288 articles of the corpora one names 122. A text with more
# is made to cost time.
MOST_PERSONS = 20_000


def find(text: str) -> list[Mention]:
    """Return the mentions of persons in a text: in order, and none within another.

    At most MOST_PERSONS of them have a title. Positions are not looked for yet.
    """
    titled = _titled(text)
    found = sorted([*titled, *untitled(text), *name_offices(text, titled)], key=lambda mention: mention.start)
    kept: list[Mention] = []
    surnames: set[str] = set()
    for mention in found:
        if (kept and mention.start < kept[-1].end) or _says_again(text, mention, surnames):
            continue
        kept.append(mention)
        surnames.add(mention.parts[-1])
    if len({mention.english for mention in kept}) > 1:
        kept = [mention for mention in kept if not (mention.english and _in_english_line(text, mention.start))]
    return kept


def _titled(text: str) -> list[Mention]:
    found: list[Mention] = []
    at = 0
    for titles in TITLES.finditer(text):
        if len(found) == MOST_PERSONS:
            break
        if titles.start() < at:
            continue
        mention = after_title(text, titles.start(), titles[0], follows=titles.start() == at > 0)
        if mention is not None:
            found.append(mention)
            at = mention.end
    return found


def _says_again(text: str, mention: Mention, surnames: set[str]) -> bool:
    """Tell whether a mention in brackets is the Latin form of a name that stands before it without a title."""
    bracket = mention.start - 1
    if text[bracket : mention.start] != "(" or not surnames:
        return False
    return text[max(0, bracket + 1 - _BEFORE_BRACKET) : bracket].rstrip().rpartition(" ")[2] in surnames


def _in_english_line(text: str, at: int) -> bool:
    """Tell whether the words around `at` are English. The translation behind a Thai release names nobody new."""
    around = text[max(0, at - _LINE) : at + _LINE]
    start = around.rfind("\n", 0, min(at, _LINE)) + 1
    end = around.find("\n", min(at, _LINE))
    line = around[start : end if end > 0 else len(around)]
    return len(line) > _LONG_LINE and not THAI_LETTER.search(line)
