"""The person whom a title begins, if a name follows and the title is no part of another word.

Each rule of REFUSALS finds a reason why a run of letters is no title of a person. Each rule of NAME_REFUSALS finds a
reason why the words behind a title are no name. One reason is enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from thaigov_crawler.thai.people.asides import skip_asides
from thaigov_crawler.thai.people.ends import ENDS_SPACED
from thaigov_crawler.thai.people.latin_names import latin_name
from thaigov_crawler.thai.people.letters import WORD
from thaigov_crawler.thai.people.lexicon import given_names, surnames
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.offices import OFFICE, OFFICE_GLUED
from thaigov_crawler.thai.people.thai_names import COMMON, NEVER_SURNAME, thai_name
from thaigov_crawler.thai.people.titles import GLUED_TO, NAMED_AFTER, OF_TRADE, TITLES, begins_a_word
from thaigov_crawler.thai.words import pattern

_WITHOUT_NAME = re.compile(rf" ?{pattern('titles_without_name')}")
_WORD = re.compile(WORD)
_NEW_SYLLABLE = re.compile("[เแโใไ]|อ[ิ-ู]")
_QUOTES = '“"‘#'
# Titles that hardly ever begin a person if they are glued to another word. Then the titles that are also everyday
# words.
_NEVER_GLUED = ("คุณ", "อาจารย์", "เภสัชกร")
_EVERYDAY = ("นาย", "นาง", "คุณ")
_CIVIL = ("นาย", "นาง", "นางสาว")
_DEGREES = ("เภสัชกร", "ทันตแพทย์", "สัตวแพทย์", "อาจารย์")
_BEFORE_GENERAL = (
    "Secretary ",
    "Secretary-",
    "Director ",
    "Director-",
    "Consul ",
    "Consul-",
    "Inspector ",
    "Attorney ",
)
_NO_WORDS = ("นางสาว", "หม่อมหลวง", "หม่อมราชวงศ์")  # titles that no word ends with
_MILLILITRES = ("มล.", "ม.ล.", "ม ล.")
_SHORT_TITLE = 8
_WORDS_WITH_A_TITLE = ("ทนาย",)  # a lawyer
_MADE_UP = "นามสมม"  # นามสมมติ: a made-up name
_BEHIND_MADE_UP = 12


@dataclass(slots=True)
class _Opening:
    """A run of titles at `start`, which may begin a person.

    `follows` tells whether the person before ends right there. `at` is where the name would begin.
    """

    text: str
    start: int
    title: str
    follows: bool
    before: str = field(init=False)
    end: int = field(init=False)
    space: bool = field(init=False)
    at: int = field(init=False)
    latin_title: bool = field(init=False)
    latin_name: bool = field(init=False)

    def __post_init__(self) -> None:
        self.before = self.text[self.start - 1] if self.start else " "
        self.end = self.start + len(self.title)
        self.space = self.text[self.end : self.end + 1] == " "
        self.at = self.end + self.space
        self.latin_title = self.title[0] < "\u0e00"
        first = self.text[self.at : self.at + 1]
        self.latin_name = (first.isascii() and first.isalpha()) or "À" <= first <= "Þ"

    @property
    def numbered(self) -> bool:
        """Tell whether the number of a list item is glued to the title: 1.นาย…."""
        return self.before == "." and self.text[max(0, self.start - 2) : self.start - 1].isdigit()

    @property
    def behind_word(self) -> bool:
        """Tell whether a Thai title is glued to a word before it, and that word is no person."""
        if self.latin_title or self.follows or self.numbered:
            return False
        return ("\u0e00" < self.before < "\u0e7f" and self.before not in "ฯๆ") or self.before == "."

    @property
    def behind_connector(self) -> bool:
        return self.text.endswith(GLUED_TO, 0, self.start)

    @property
    def doubtful(self) -> bool:
        """Tell whether a title is glued to a word that no title is glued to. Then the name itself must be certain."""
        return self.behind_word and (self.title == "คุณ" or not self.behind_connector)


def after_title(text: str, start: int, title: str, *, follows: bool) -> Mention | None:
    """Return the person whom `title` at `start` begins. Return None if no name follows or the title is part of a word.

    `follows` tells whether the person before ends where this one begins.
    """
    opening = _Opening(text, start, title, follows)
    for refuses in REFUSALS:
        if refuses(opening):
            return None
    parts, name_end = (latin_name if opening.latin_name else thai_name)(text, opening.at)
    for refuses_name in NAME_REFUSALS:
        if refuses_name(opening, parts, name_end):
            return None
    english = opening.latin_name and opening.latin_title
    return Mention(start, title, parts, name_end, skip_asides(text, name_end), left=start, english=english)


def _within_latin_word(opening: _Opening) -> bool:
    """Refuse a title in Latin letters that is the end of a word, and General if it is the end of an office."""
    if opening.title.startswith("General") and opening.text.endswith(_BEFORE_GENERAL, 0, opening.start):
        return True
    return opening.latin_title and opening.before.isalnum() and opening.before < "\u0e00"


def _within_thai_word(opening: _Opening) -> bool:
    """Refuse a Thai title that is glued to a word before it and is the end of that word.

    Such a title is short, or is a word itself. A short one, or นาง, is a title if a known given name follows.
    """
    if not opening.behind_word or opening.behind_connector:
        return False
    short = opening.title[-1] == "." and len(opening.title) < _SHORT_TITLE
    if (short or opening.title == "นาง") and not _known_name_follows(opening):
        return True
    return opening.title in _NEVER_GLUED or opening.text.endswith(_WORDS_WITH_A_TITLE, 0, opening.end)


def _known_name_follows(opening: _Opening) -> bool:
    word = _WORD.match(opening.text, opening.at)
    return bool(word and word[0] in given_names())


def _quoted(opening: _Opening) -> bool:
    """Refuse คุณ at the beginning of a quotation or behind #. There it means "you"."""
    thai = not opening.latin_title and not opening.follows
    return thai and opening.title == "คุณ" and opening.before in _QUOTES


def _no_name_follows(opening: _Opening) -> bool:
    """Refuse a title behind which stands another title, or a style that has a rule of its own."""
    return bool(_WITHOUT_NAME.match(opening.text, opening.end))


def _of_a_thing(opening: _Opening) -> bool:
    """Refuse a title behind the word for a thing that is named after a person: a foundation, a street, a hall."""
    at = opening.start - (opening.before == " ")
    return opening.text.endswith(NAMED_AFTER, 0, at)


def _begins_a_word(opening: _Opening) -> bool:
    """Refuse a title that is the beginning of a longer word: นายจ้าง (an employer)."""
    return begins_a_word(opening.text, opening.title, opening.end)


def _everyday_word_follows(opening: _Opening) -> bool:
    """Refuse a title behind which a space and a word of the sentence stand."""
    if opening.latin_name or not opening.space:
        return False
    everyday = opening.title in _EVERYDAY and ENDS_SPACED.match(opening.text, opening.at)
    return bool(everyday or NEVER_SURNAME.match(opening.text, opening.at))


def _heads_the_government(opening: _Opening) -> bool:
    """Refuse นาย in `นายกมะลิ`, where นายก (prime minister) is the office.

    The letters behind นายก are a known given name, and with ก in front they are none. Or the vowel that they begin with
    shows that no syllable begins with ก.
    """
    if opening.title != "นาย" or opening.space or opening.text[opening.end : opening.end + 1] != "ก":
        return False
    whole, rest = (_WORD.match(opening.text, at) for at in (opening.end, opening.end + 1))
    if not whole or not rest or whole[0] in given_names():
        return False
    return rest[0] in given_names() or bool(_NEW_SYLLABLE.match(rest[0]))


def _counts_men(opening: _Opening) -> bool:
    """Refuse นาย behind a number, because men are counted: `50 นาย …`. A whole name with an office makes it a title."""
    if opening.latin_name or opening.title != "นาย" or not opening.space:
        return False
    if not opening.text[max(0, opening.start - 2) : opening.start].strip()[-1:].isdigit():
        return False
    parts, end = thai_name(opening.text, opening.at)
    return len(parts) < 2 or not OFFICE_GLUED.match(opening.text, end + 1)


def _is_a_trade(opening: _Opening) -> bool:
    """Refuse a title that is a trade, because an office or another title stands behind it: อาจารย์ประจำ…."""
    if opening.latin_name or opening.title not in _DEGREES:
        return False
    return bool(OFFICE.match(opening.text, opening.at) or TITLES.match(opening.text, opening.at))


REFUSALS: tuple[Callable[[_Opening], bool], ...] = (
    _within_latin_word,
    _within_thai_word,
    _quoted,
    _no_name_follows,
    _of_a_thing,
    _begins_a_word,
    _everyday_word_follows,
    _heads_the_government,
    _counts_men,
    _is_a_trade,
)


def _nameless(opening: _Opening, parts: list[str], end: int) -> bool:
    """Refuse a title without a name."""
    return not parts


def _doubtful_without_office(opening: _Opening, parts: list[str], end: int) -> bool:
    """Refuse a name behind a doubtful title, unless the name is whole and certain.

    It is certain if the given name is known or if an office stands behind it. It is also certain behind a title of
    _NO_WORDS.
    """
    if not opening.doubtful:
        return False
    if len(parts) < 2:
        return True
    office = end + (opening.text[end : end + 1] == " ")
    certain = parts[0] in given_names() or (opening.title in _NO_WORDS and not COMMON.match(parts[1]))
    return not (certain or OFFICE.match(opening.text, office))


def _teaches(opening: _Opening, parts: list[str], end: int) -> bool:
    """Refuse อาจารย์ (a teacher), unless a whole name with a known given name or an office behind it follows."""
    if opening.title != "อาจารย์":
        return False
    office = skip_asides(opening.text, end) + 1
    return len(parts) < 2 or not (parts[0] in given_names() or OFFICE_GLUED.match(opening.text, office))


def _is_a_newspaper(opening: _Opening, parts: list[str], end: int) -> bool:
    """Refuse นสพ., which is a newspaper or a veterinarian.

    It is a title if a whole name with a known part follows, or if an office stands behind the name.
    """
    if not opening.title.startswith("นสพ"):
        return False
    known = len(parts) > 1 and (parts[0] in given_names() or parts[1] in surnames())
    return not (known or OFFICE.match(opening.text, end + 1))


def _measures(opening: _Opening, parts: list[str], end: int) -> bool:
    """Refuse มล. behind a number, where it is a millilitre: `125 มล.`. A whole name makes it a title."""
    before = opening.text[max(0, opening.start - 2) : opening.start].strip()
    return opening.title in _MILLILITRES and before[-1:].isdigit() and len(parts) < 2


def _alone_behind_a_trade(opening: _Opening, parts: list[str], end: int) -> bool:
    """Refuse a lone given name behind a title that is also a common word. It may be anything."""
    return len(parts) == 1 and opening.title.startswith(OF_TRADE)


def _alone_behind_a_space(opening: _Opening, parts: list[str], end: int) -> bool:
    """Refuse a lone given name behind นาย, นาง or นางสาว and a space. Without the space it is a name."""
    return len(parts) == 1 and opening.space and opening.title in _CIVIL


def _made_up(opening: _Opening, parts: list[str], end: int) -> bool:
    """Refuse a lone given name that the text calls made up."""
    return len(parts) == 1 and _MADE_UP in opening.text[end : end + _BEHIND_MADE_UP]


def _alone_and_no_name(opening: _Opening, parts: list[str], end: int) -> bool:
    """Refuse a lone given name that is very short, or that begins like an office."""
    return len(parts) == 1 and (len(parts[0]) < 3 or bool(OFFICE.match(parts[0])))


NAME_REFUSALS: tuple[Callable[[_Opening, list[str], int], bool], ...] = (
    _nameless,
    _doubtful_without_office,
    _teaches,
    _is_a_newspaper,
    _measures,
    _alone_behind_a_trade,
    _alone_behind_a_space,
    _made_up,
    _alone_and_no_name,
)
