"""Monks with a personal name: a grade, the given name, and a second part in Pāli.

The second part is written with phinthu (ฺ), or it ends like a word of Pāli. If a monk has a title of honour, the
personal name stands in brackets behind it: พระราชวัชรสวน (มะลิ ฐิตธมฺโม). The Supreme Patriarch is named by style, and
is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thaigov_crawler.thai.people.letters import TH
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.titles import GLUED_TO, TITLES
from thaigov_crawler.thai.scanning import matches, places_of
from thaigov_crawler.thai.words import beginnings, pattern

_GIVEN = rf"[ก-ฮเแโใไ][{TH}]{{1,20}}"
_PALI = rf"(?!พระ)(?:[{TH}]{{1,14}}\u0e3a[{TH}]{{1,14}}|[{TH}]{{2,14}}{pattern('monks_pali_ends')}(?![{TH}]))"
_GRADE = pattern("monks_grades")
_GRADES_BEGIN = beginnings("monks_grades")
_STYLE = "เจ้าคุณ"
_HIGHEST = "สมเด็จ"
# The groups are the grade, the given name and the second part. In the pattern with brackets, the first group is the
# title of honour.
MONK = re.compile(rf"({_GRADE}) ?({_GIVEN}) ({_PALI})")
_IN_BRACKETS = re.compile(
    rf"(พระ[{TH}]{{3,30}}) ?\((?:(?:{_GRADE}) ?){{0,2}}({_GIVEN}) ({_PALI})(?: ?ป\.ธ\.[^()\n]{{0,8}})?\)(?! ?สมเด็จ)"
)


def monks(text: str) -> Iterator[Mention]:
    """Yield the monks in a text who have a personal name."""
    for match in _IN_BRACKETS.finditer(text):
        start = match.start() - len(_HIGHEST) * text.endswith(_HIGHEST, 0, match.start())
        if _is_apart(text, start):
            yield _mention(match, start, match.end(3), match.end())
    for match in matches(MONK, text, places_of(text, _GRADES_BEGIN)):
        if _is_apart(text, match.start()) and not TITLES.match(match[3]):
            yield _mention(match, match.start(), match.end(), match.end())


def _is_apart(text: str, start: int) -> bool:
    """Tell whether a word begins at `start`. A thing named after a monk (a hospital, a hall) is glued to the grade."""
    return not "\u0e00" < text[start - 1 : start] < "\u0e7f" or text.endswith((*GLUED_TO, _STYLE), 0, start)


def _mention(match: re.Match[str], start: int, name_end: int, end: int) -> Mention:
    # Imported here, because `thai.names` needs MONK alone, and the patterns take a tenth of a second.
    from thaigov_crawler.thai.people.asides import skip_asides

    title = match.string[start : match.end(1)]
    return Mention(start, title, [match[2], match[3]], name_end, skip_asides(match.string, end), left=start)
