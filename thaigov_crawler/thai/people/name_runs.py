"""Names without titles that stand in a row, as of artists and sportsmen: each makes the others certain.

A row is three names or more, each a given name and a surname, with or without a nickname in quotes, parted by commas,
strokes, connectors or line breaks. It counts where half of the given names are known for such, or all names by one of
their parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thaigov_crawler.thai.people.ends import ENDS_GLUED, ENDS_SPACED
from thaigov_crawler.thai.people.letters import TH
from thaigov_crawler.thai.people.lexicon import given_names, surnames
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.offices import OFFICE
from thaigov_crawler.thai.people.thai_names import COMMON
from thaigov_crawler.thai.people.titles import TITLES

_FEWEST = 3
_PART = f"[เแโใไ]?[ก-ฮ][{TH}]{{1,19}}"
_NICKNAME = r"[“\"‘'][^“”\"‘’'\n]{2,14}[”\"’'] ?"
_NAME = re.compile(rf"(?:{_NICKNAME})?({_PART}) ({_PART})(?![{TH}.])(?: ?\({_PART}\))?")
_SIGN = re.compile(" ?[,/] ?(?:และ ?)?|\n| ?และ ?| กับ ?")
# What stands behind words that are no name: คลาส MD8.
_LATIN_BEHIND = re.compile(" [A-Za-z0-9]")
# Where a row may begin: two words and a sign behind them.
_BEGINS = re.compile(rf"(?<![{TH}]){_NAME.pattern} ?(?:[,/\n]|และ|กับ)")


def name_runs(text: str) -> Iterator[Mention]:
    """The persons in `text` who are named in a row."""
    at = 0
    while beginning := _BEGINS.search(text, at):
        run = _run(text, beginning.start())
        if _is_certain(run):
            for name in run:
                start = name.start(1)
                yield Mention(start, "", [name[1], name[2]], name.end(2), name.end(), left=start)
        at = run[-1].end() if run else beginning.end()


def _run(text: str, at: int) -> list[re.Match[str]]:
    """The names that stand in a row from `at` on."""
    run: list[re.Match[str]] = []
    while (name := _NAME.match(text, at)) and not _is_no_name(name):
        sign = _SIGN.match(text, name.end())
        if not sign:
            return run if _LATIN_BEHIND.match(text, name.end()) else [*run, name]
        run.append(name)
        at = sign.end()
    return run


def _is_no_name(name: re.Match[str]) -> bool:
    """Whether a verb, an office, a title or a common noun stands in the place of a name."""
    text = name.string
    words = (name.start(1), name.start(2))
    if any(rule.match(text, at) for rule in (ENDS_SPACED, OFFICE, COMMON, TITLES) for at in words):
        return True
    return bool(ENDS_GLUED.search(name[1]) or ENDS_GLUED.search(name[2]))


def _is_certain(run: list[re.Match[str]]) -> bool:
    if len(run) < _FEWEST:
        return False
    given = [name[1] in given_names() for name in run]
    known = [name[2] in surnames() for name in run]
    return sum(given) * 2 >= len(run) or all(map(max, given, known))
