"""Names without titles that stand in a row, such as those of artists and sportsmen. Each makes the others certain.

A row is three names or more. A name is a given name and a surname, with or without a nickname in quotes. Commas,
strokes, connectors or line breaks stand between the names. A row counts if half of the given names are known, or if
each name has a known given name or a known surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thaigov_crawler.thai.people.ends import ENDS_GLUED, ENDS_SPACED
from thaigov_crawler.thai.people.letters import NICKNAME, TH
from thaigov_crawler.thai.people.lexicon import given_names, surnames
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.offices import OFFICE
from thaigov_crawler.thai.people.thai_names import COMMON
from thaigov_crawler.thai.people.titles import TITLES

_FEWEST = 3
_LONGEST = 21  # letters of a part
_PART = f"[เแโใไ]?[ก-ฮ][{TH}]{{1,19}}+"
_NAME = re.compile(rf"(?:{NICKNAME})?({_PART}) ({_PART})(?![{TH}.])(?: ?\({_PART}\))?")
_SIGN = re.compile(" ?[,/] ?(?:และ ?)?|\n| ?และ ?| กับ ?")
# A Latin letter or a digit follows words that are no name: คลาส MD8.
_LATIN_BEHIND = re.compile(" [A-Za-z0-9]")
# A row may begin where two words stand with a sign behind them. The space between the two is looked for first, because
# few letters of a text are spaces.
_SEAM = re.compile(rf" {_PART}(?![{TH}.])(?: ?\({_PART}\))? ?(?:[,/\n]|และ|กับ)")
_GIVEN = re.compile(rf"(?<![{TH}]){_PART}\Z")


def name_runs(text: str) -> Iterator[Mention]:
    """Yield the persons in a text who are named in a row."""
    at = behind = 0
    while seam := _SEAM.search(text, at):
        at = seam.start() + 1
        given = _GIVEN.search(text, max(behind, seam.start() - _LONGEST), seam.start())
        if not given:
            continue
        run = _run(text, given.start())
        if _is_certain(run):
            for name in run:
                start = name.start(1)
                yield Mention(start, "", [name[1], name[2]], name.end(2), name.end(), left=start)
        at = behind = run[-1].end() if run else seam.end()


def _run(text: str, at: int) -> list[re.Match[str]]:
    """Return the names that stand in a row from `at` on."""
    run: list[re.Match[str]] = []
    while (name := _NAME.match(text, at)) and not _is_no_name(name):
        sign = _SIGN.match(text, name.end())
        if not sign:
            return run if _LATIN_BEHIND.match(text, name.end()) else [*run, name]
        run.append(name)
        at = sign.end()
    return run


def _is_no_name(name: re.Match[str]) -> bool:
    """Tell whether a verb, an office, a title or a common noun stands in the place of a name."""
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
