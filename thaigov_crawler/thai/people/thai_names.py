"""Names of people in Thai letters: their parts, and where they end.

A name has a given name, a surname or `ณ …`. A foreign name has several parts. Each rule of FURTHER_PARTS says whether a
word behind a given name is a further part of the name: yes, no, or None if the rule has no opinion. The first rule with
an opinion decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from thaigov_crawler.thai.people.asides import ASIDE
from thaigov_crawler.thai.people.ends import ENDS_GLUED, ENDS_SPACED
from thaigov_crawler.thai.people.letters import TH, WORD
from thaigov_crawler.thai.people.lexicon import given_names, surnames
from thaigov_crawler.thai.people.offices import OFFICE, OFFICE_GLUED
from thaigov_crawler.thai.people.titles import TITLES
from thaigov_crawler.thai.words import Shape, pattern

_WORD = re.compile(rf"{WORD}(?:[-–][{TH}]{{2,20}})?")
# A verb, a connector or an office, which ends a name even if it is glued to it.
_ENDS = re.compile(f"{ENDS_GLUED.pattern}|{OFFICE_GLUED.pattern}")
# A further part may have only two letters: มุน แช อิน.
_SHORT_WORD = re.compile(rf"[เแโ][ก-ฮ](?![{TH}])")
# หรือ (or) before another name of the same person: พอละ หรือบิลลี่ รักสวน.
_ALSO = re.compile(rf" (หรือ{WORD}) ({WORD})")
_TOWN = re.compile(rf" ณ ?{pattern('names_of_towns')}[{TH}]{{0,12}}")
_NEXT_PERSON = re.compile(pattern("names_next_person"))
_FOREIGN_PART = re.compile(pattern("names_foreign_parts", (Shape("มูฮัม", r"\S*"), Shape("อับดุล", r"\S*"))))
_INITIAL = re.compile(pattern("names_letters"))
NEVER_SURNAME = re.compile(pattern("names_never"))
_VERB = re.compile(pattern("names_verbs"))
_GOING = re.compile("มา|ไป|ออก")
COMMON = re.compile(pattern("names_common"))

_AND = "และ"
_SAID = re.compile("กล่าว")
_WITHHELD = "สงวน"  # (สงวนนามสกุล) means that the surname is withheld
# The words that stand before a name in Latin letters in brackets.
_LATIN_FORM = re.compile(rf"((?: {WORD}){{0,3}}) ?\( ?(?:H\.E\.|[A-Z][A-Za-z.\-]+ ?[A-Z])")
_MOST_PARTS = 5
# Numbers of letters. Each is the largest, unless its name says SHORTEST.
_LONGEST = 30  # of a given name
_NICKNAME = 15
_SURNAME = 20
_SHORTEST_WITH_SEAM = 10  # of a given name and a surname with no space between them
_SHORTEST_PART = 4  # of the given name in such a name
_SHORTEST_SURNAME = 6  # of the surname in such a name
_THIRD = 16  # of a third part
_SURE_THIRD = 16  # of a third part that only the office behind it makes certain
_LIKE_A_VERB = 17  # of a surname that begins like a verb
_LIKE_AN_OFFICE = range(6, 15)


def thai_name(text: str, at: int) -> tuple[list[str], int]:
    """Return the parts of the name at `at`, and where it ends. The parts are empty if there is no name."""
    word = _WORD.match(text, at)
    if not word:
        return [], at
    given = _part(word[0])
    end = at + len(given)
    if not _is_given_name(text, at, given):
        return [], at
    if given != word[0]:
        office = text.startswith(word[0], at) and bool(OFFICE_GLUED.match(text, end))
        return _with_seam(given, before_office=office), end
    if surname := _behind_nickname(text, end):
        return [given, surname[0]], surname[1]
    if (also := _ALSO.match(text, end)) and not _is_no_alias(also):
        return [given, also[1], also[2]], also.end()
    parts, goes_on = [given], True
    while goes_on and len(parts) < _MOST_PARTS and text[end : end + 1] == " ":
        more, end, goes_on = _further(text, end, parts)
        parts += more
    if len(parts) == 1:
        parts = _with_seam(given, before_office=bool(OFFICE_GLUED.match(text, end + 1)))
    return parts, end


def _with_seam(name: str, *, before_office: bool) -> list[str]:
    """Return given name and surname of a name whose space was lost, or the whole as one part.

    The name is divided if both parts are known, or if the given name is known and an office follows. If several given
    names fit, the longest counts.
    """
    if len(name) < _SHORTEST_WITH_SEAM or name in given_names():
        return [name]
    seams = [at for at in range(_SHORTEST_PART, len(name) - _SHORTEST_SURNAME + 1) if name[:at] in given_names()]
    for at in reversed(seams):
        if name[at:] in surnames():
            return [name[:at], name[at:]]
    if before_office and seams and _may_be_a_surname(name, seams[-1]):
        return [name[: seams[-1]], name[seams[-1] :]]
    return [name]


def _may_be_a_surname(name: str, at: int) -> bool:
    """Tell whether the rest of a name, from `at` on, may be a surname: no verb, office or common noun begins it."""
    rules = (ENDS_SPACED, NEVER_SURNAME, _VERB, OFFICE, COMMON, _GOING)
    return bool(_WORD.fullmatch(name, at)) and not any(rule.match(name, at) for rule in rules)


def _is_given_name(text: str, at: int, name: str) -> bool:
    if not 2 <= len(name) <= _LONGEST or text[at + len(name) : at + len(name) + 1] == ".":
        return False
    return not _ENDS.match(text, at)


def _behind_nickname(text: str, end: int) -> tuple[str, int] | None:
    """Return the surname behind an aside and where it ends, as in วิชัย (ชัย) ทุ่งเขียว; else None."""
    aside = ASIDE.match(text, end)
    if not aside or aside[0][0] not in " (" or _WITHHELD in aside[0] or not _WORD.match(text, aside.end() + 1):
        return None
    at = aside.end() + (text[aside.end() : aside.end() + 1] == " ")
    nickname = aside[1] or aside[2] or ""
    word = _WORD.match(text, at)
    if not word or len(nickname) > _NICKNAME or any(rule.match(text, at) for rule in (ENDS_SPACED, OFFICE, _SAID)):
        return None
    surname = _without_ends(word[0])
    return surname, at + len(surname)


def _is_no_alias(also: re.Match[str]) -> bool:
    text, alias, surname = also.string, also.start(1) + len("หรือ"), also.start(2)
    ends = any(rule.match(text, surname) for rule in (ENDS_SPACED, OFFICE, COMMON, TITLES)) or ENDS_GLUED.search(
        also[2]
    )
    return bool(ends or TITLES.match(text, alias) or ENDS_SPACED.match(text, alias) or ENDS_GLUED.search(also[1]))


def _further(text: str, end: int, parts: list[str]) -> tuple[list[str], int, bool]:
    """Return the further parts of a name behind the space at `end`, where they end, and whether more may follow."""
    if town := _TOWN.match(text, end):
        return town[0].split(), town.end(), False
    at = end + 1
    word = _WORD.match(text, at) or _SHORT_WORD.match(text, at)
    if not word or not _goes_on(_Word(text, at, word[0], parts)):
        return [], end, False
    part = _part(word[0])
    if len(part) < 2:
        return [], end, False
    if text[at + len(part) : at + len(part) + 1] != ".":
        return [part], at + len(part), part == word[0]
    if _INITIAL.fullmatch(part):
        return [f"{part}."], at + len(part) + 1, True
    return [], end, False


def _without_ends(word: str) -> str:
    """Return a word up to the verb, connector or office that is glued to it."""
    end = _ENDS.search(word, 2)
    return word[: end.start()] if end else word


def _part(word: str) -> str:
    """Return a word up to whatever is glued to it: a verb, a connector, an office or the next person."""
    part = _without_ends(word)
    person = _NEXT_PERSON.search(part, 3)
    return part[: person.start()] if person else part


@dataclass(slots=True)
class _Word:
    """A word at `at` that may be a further part of a name. `parts` are the parts before it."""

    text: str
    at: int
    word: str
    parts: list[str]
    behind: int = field(init=False)
    follows: str = field(init=False)

    def __post_init__(self) -> None:
        self.behind = self.at + len(self.word)
        self.follows = self.text[self.behind : self.behind + 1]

    @property
    def is_second(self) -> bool:
        return len(self.parts) == 1


def _goes_on(word: _Word) -> bool:
    return next(verdict for rule in FURTHER_PARTS if (verdict := rule(word)) is not None)


def _ends_the_name(word: _Word) -> bool | None:
    """Say no for a word that ends a name even if it is glued to it, and for และ (and)."""
    if word.word.startswith(_AND):
        return False
    return False if _ENDS.match(word.text, word.at) else None


def _like_an_office(word: _Word) -> bool | None:
    """Say no for an office, unless another office follows it: นายสำรวย นักการเรียน ผู้ตรวจราชการ…."""
    if not OFFICE.match(word.text, word.at):
        return None
    surname = word.is_second and len(word.word) in _LIKE_AN_OFFICE and word.follows == " "
    return surname and bool(OFFICE_GLUED.match(word.text, word.behind + 1))


def _like_a_verb(word: _Word) -> bool | None:
    """Say no for a verb, unless what stands behind it shows that it is a surname: กำลังชัย, ห่วงทรัพย์."""
    if not ENDS_SPACED.match(word.text, word.at):
        return None
    if not word.is_second or len(word.word) < 4 or NEVER_SURNAME.match(word.word):
        return False
    if OFFICE_GLUED.search(word.word, 4):
        return True
    if word.word in surnames() and (_ends_behind(word) or not ENDS_SPACED.fullmatch(word.word)):
        return True
    if len(word.word) > _LIKE_A_VERB or _VERB.match(word.word):
        return False
    return word.follows in ("\n", "", ",") or (word.follows == " " and _ends_behind(word))


def _ends_behind(word: _Word) -> bool:
    """Tell whether an office, `ณ …` or the next person follows a word."""
    text, behind = word.text, word.behind
    return bool(OFFICE.match(text, behind + 1) or _TOWN.match(text, behind) or TITLES.match(text, behind + 1))


def _is_next_person(word: _Word) -> bool | None:
    """Say no for a title, because it begins the next person. A surname may begin like a title, though: คุณากร."""
    title = TITLES.match(word.text, word.at)
    if not title:
        return None
    run = title[0]
    if run == "คุณ":
        is_next = _names_two(word.text, title.end())
    else:
        is_next = run[-1] == "." or run in ("นาย", "นางสาว", "นาง") or len(run) > 4
    return False if is_next else None


def _names_two(text: str, at: int) -> bool:
    """Tell whether a given name and a surname stand at `at`."""
    given = _WORD.match(text, at)
    if not given or text[given.end() : given.end() + 1] != " ":
        return False
    surname = _WORD.match(text, given.end() + 1)
    return bool(surname and not OFFICE.match(text, surname.start()) and not ENDS_SPACED.match(text, surname.start()))


def _second(word: _Word) -> bool | None:
    """Say yes for the second part if it is short, if something glued to it makes it long, or if an office follows.

    Say no for any other second part.
    """
    if not word.is_second:
        return None
    long_for = OFFICE_GLUED.search(word.word, 4) or ENDS_GLUED.search(word.word, 3)
    return len(word.word) <= _SURNAME or bool(long_for or OFFICE.match(word.text, word.behind + 1))


def _long(word: _Word) -> bool | None:
    """Say no for a long word: a third or later part of a name is short."""
    return False if len(word.word) > _THIRD else None


def _foreign(word: _Word) -> bool | None:
    """Say yes for initials and particles of a foreign name, and for the parts beside them."""
    before = word.parts[-1]
    foreign = before.endswith(".") or _FOREIGN_PART.fullmatch(before) or _FOREIGN_PART.fullmatch(word.word)
    return True if foreign else None


def _before_latin_form(word: _Word) -> bool | None:
    """Say yes if the name in Latin letters follows in brackets. It closes a name of three parts or more."""
    latin = _LATIN_FORM.match(word.text, word.behind)
    if not latin or len(word.parts) + latin[1].count(" ") >= _MOST_PARTS:
        return None
    between = latin[1].split()
    return (
        None if any(OFFICE.match(part) or ENDS_SPACED.match(part) or COMMON.match(part) for part in between) else True
    )


def _third(word: _Word) -> bool:
    """Say yes for a third part that is a known surname, or is short with an office behind it; else no."""
    if word.follows not in (" ", "") or COMMON.match(word.word):
        return False
    if len(word.parts) == 2 and word.word in surnames():
        return True
    return len(word.word) <= _SURE_THIRD and bool(OFFICE_GLUED.match(word.text, word.behind + 1))


FURTHER_PARTS: tuple[Callable[[_Word], bool | None], ...] = (
    _ends_the_name,
    _like_an_office,
    _like_a_verb,
    _is_next_person,
    _second,
    _long,
    _foreign,
    _before_latin_form,
    _third,
)
