"""Where a position ends, if it begins with an office."""

from __future__ import annotations

import re
from collections.abc import Callable

from thaigov_crawler.thai.people.ends import ENDS_GLUED, ENDS_SPACED
from thaigov_crawler.thai.people.letters import plain
from thaigov_crawler.thai.people.offices import OFFICE, OFFICE_GLUED
from thaigov_crawler.thai.people.titles import TITLES
from thaigov_crawler.thai.words import pattern, words

_ENDS_BEHIND_OFFICE = pattern("ends_behind_offices")
_VERB_BEHIND_OFFICE = re.compile(_ENDS_BEHIND_OFFICE)
# A verb that is glued to an office. The office is complete, so the verb is no part of it.
_CLOSED = "|".join(f"(?<={office})" for office in words("offices_closed"))
_GLUED_VERB = rf"(?=(?:{ENDS_SPACED.pattern}|{_ENDS_BEHIND_OFFICE}))(?!และ|ของ|ฯ)(?:{_CLOSED})"
# The same for ได้, which may be glued to any word but those that contain it: รายได้ (income).
_GLUED_GOT = "ได้(?<!รายได้)(?<!ผู้ได้)(?<!ที่ได้)(?=[ก-ฮเแโใไ])"
# The signs and words at which a position may end.
_STEP = re.compile(rf"[ ()\[\]“”\"‘,;:|\n]|{ENDS_GLUED.pattern}|{_GLUED_VERB}|{_GLUED_GOT}")
_GOES_ON = re.compile(pattern("offices_go_on"))
_LEANS = words("offices_lean")
_PROVINCIAL = re.compile(pattern("offices_provincial"))
_SECOND = re.compile(pattern("offices_second"))
_SECOND_ENDS = re.compile(r"[ ,\n]")
_ONE_ACTS = re.compile(rf" ?{pattern('cues_one_acts')}|\n")
_LONGEST_SECOND = 90  # letters
_WORDS_OF_SECOND = 3
# These look like words that end a position, but the position goes on: คนที่หนึ่ง (the first), and ส่วน… (section)
# behind the grade of an official.
_ORDINAL = re.compile("คนที่ ?(?:หนึ่ง|สอง|สาม|สี่|ห้า|[0-9๑-๙])")
_SECTION = re.compile("ส่วน(?!ราชการ|ที่|ใหญ่|ด้าน|นาย|นาง|กรณี|เรื่อง|ตัว|ผู้)[ก-ฮเแโใไ]")
_OF_A_SECTION = ("การ", "พิเศษ", "หัวหน้า")
# A body that stands behind its office, with a space between: ประธาน คณะกรรมการ….
_OF_A_BODY = ("เลขาธิการ", "ประธาน", "กรรมการ", "โฆษก", "ที่ปรึกษา", "ผู้อำนวยการ")
_BODY = re.compile("คณะ(?:กรรม|อนุกรรม)|สภา|สำนัก")
_OF_ITS_BODY = re.compile(rf"(?:ของ|จาก) ?{pattern('offices_bodies')}")
# What somebody acts as is a part of the position: อธิบดีกรม… ทำหน้าที่เลขานุการ….
_ACTS_AS = re.compile(rf"ทำหน้าที่(?:ฝ่าย)?{pattern('offices_held')}")
_ABROAD = re.compile(pattern("offices_abroad"))
_ROOM = re.compile("ณ (?:ห้อง|ตึก|ทำเนียบ|โรงแรม|อาคาร|ศูนย์|กระทรวง|ท่าอากาศยาน|จังหวัด|บริเวณ|ศาลา)")
_COMPANY = " บริษัท "
# A minister has one ministry. Another one behind a space begins the next clause.
_MINISTRY = "กระทรวง"
_OF_A_MINISTRY = re.compile(r"(?:รัฐมนตรีว่าการ|รัฐมนตรีช่วยว่าการ)กระทรวง\S+ $")
# The faculty behind an office, with a space between: คณบดี คณะ….
_OF_A_FACULTY = ("คณบดี", "อาจารย์", "ศาสตราจารย์", "นักศึกษา", "นิสิต")
_NO_FACULTY = re.compile("คณะ(?:ผู้|ครู|อาจารย์|ทำงาน|กรรม|[ ,])")
_TAIL = re.compile(rf"(?:[ ,\-–•*]|(?: |และ)\d{{1,2}}\.|และ ?\d{{1,2}}\)|{pattern('offices_tails')})$")
_LONGEST_TAIL = 30  # letters
_LONGEST_BRACKET = 110
_MOST_TAILS = 6
_AND = "และ "

# Brackets, and the brackets at the end of a position that may abbreviate it. These are short or have Latin letters.
BRACKET = re.compile(r"\(([^()\n]{0,100})\)")
_SQUARE_BRACKET = re.compile(r"\[[^\[\]\n]{0,100}\]")
TAIL_BRACKET = re.compile(r" ?\(([^()]{0,30}|[^()]*[A-Za-z][^()]*)\)$")
_KEPT_IN_BRACKETS = re.compile("บริษัท|มหาชน|ประเทศไทย")
_KEPT = re.compile(pattern("offices_brackets_kept"))


def position_end(text: str, start: int, limit: int) -> int:
    """Return where the position ends whose office begins at `start`: at `limit` at the latest.

    A position ends at a verb or a connector, at people without a name, at a quote, at a comma or at the end of the
    line. It also ends at another office behind a space, unless และ (and) joins the two.
    """
    office = OFFICE.match(text, start)
    at = office.end() if office else start
    at -= text[at - 1 : at] == " "
    while step := _STEP.search(text, at, limit):
        if step[0] == " ":
            behind = _behind_space(text, start, step.start(), limit)
            if behind is None:
                return step.start()
            at = behind
        elif step[0] == "(" and (bracket := BRACKET.match(text, step.start(), limit)):
            at = bracket.end()
            if _ends_behind_bracket(text, at, limit):
                return at
        elif step[0] == "[" and (bracket := _SQUARE_BRACKET.match(text, step.start(), limit)):
            at = bracket.end()
        else:
            return step.start()
    return limit


def _behind_space(text: str, start: int, space: int, limit: int) -> int | None:
    """Return from where to look for the end, if a position goes on behind the space at `space`; else None."""
    at = space + 1
    if at >= limit:
        return None
    if text.startswith(_AND, at) and OFFICE.match(text, at + len(_AND), limit):
        return at + len(_AND)
    return None if any(rule(text, start, at, limit) for rule in ENDS_BEHIND_SPACE) else at


def _word_ends(text: str, start: int, at: int, limit: int) -> bool:
    """Tell whether a verb or a connector at `at` ends a position.

    ณ (at) does not end the position of an office abroad: เอกอัครราชทูต ณ กรุง….
    """
    if not any(ends.match(text, at, limit) for ends in (ENDS_SPACED, ENDS_GLUED, _VERB_BEHIND_OFFICE)):
        return False
    if text.startswith("คณะ", at) and text.endswith(_OF_A_FACULTY, start, at - 1):
        return bool(_NO_FACULTY.match(text, at))
    if text.endswith(_COMPANY, start, at):  # its name may begin like a verb: บริษัท ไปรษณีย์ไทย จำกัด
        return False
    if _OF_ITS_BODY.match(text, at, limit) or _ACTS_AS.match(text, at, limit):
        return False
    if _ORDINAL.match(text, at, limit) or (
        _SECTION.match(text, at, limit) and text.endswith(_OF_A_SECTION, start, at - 1)
    ):
        return False
    return not (text.startswith("ณ ", at) and _ABROAD.search(text, start, at) and not _ROOM.match(text, at))


def _office_ends(text: str, start: int, at: int, limit: int) -> bool:
    """Tell whether another office at `at` ends a position. It does not if the position goes on with it."""
    if _PROVINCIAL.match(text, at, limit):
        return not text.endswith(_LEANS, start, at - 1)
    if text.startswith(_MINISTRY, at) and _OF_A_MINISTRY.search(text, start, at):
        return True
    if not OFFICE_GLUED.match(text, at, limit) or _GOES_ON.match(text, at, limit):
        return False
    if (
        _BODY.match(text, at, limit)
        and text.endswith(_OF_A_BODY, start, at - 1)
        and OFFICE_GLUED.fullmatch(text, start, at - 1)
    ):
        return False
    return not (text.endswith(_LEANS, start, at - 1) or _is_second(text, at, limit))


def _is_second(text: str, at: int, limit: int) -> bool:
    """Tell whether the office at `at` is a second office of the same person.

    It must be one of the offices that a person has beside another, and one person must act behind it.
    """
    office = _SECOND.match(text, at, limit)
    if not office:
        return False
    end = office.end()
    for _ in range(_WORDS_OF_SECOND):
        step = _SECOND_ENDS.search(text, end, min(limit, at + _LONGEST_SECOND))
        if not step:
            return limit < len(text) and limit <= at + _LONGEST_SECOND
        if step[0] != " " or _ONE_ACTS.match(text, step.start()) or TITLES.match(text, step.start() + 1):
            return step[0] == " "
        end = step.end()
    return False


ENDS_BEHIND_SPACE: tuple[Callable[[str, int, int, int], bool], ...] = (_word_ends, _office_ends)


def _ends_behind_bracket(text: str, end: int, limit: int) -> bool:
    at = end + (text[end : end + 1] == " ")
    return bool(at >= limit or ENDS_SPACED.match(text, at, limit) or ENDS_GLUED.match(text, at, limit))


def trimmed(position: str) -> str:
    """Return a position with single spaces, without connectors at its end and without a bracket that abbreviates it."""
    for _ in range(_MOST_TAILS):
        if tail := _TAIL.search(position[-_LONGEST_TAIL:]):
            position = position[: len(position) - len(tail[0])]
        elif (bracket := TAIL_BRACKET.search(position, max(0, len(position) - _LONGEST_BRACKET))) and not (
            _KEPT_IN_BRACKETS.search(bracket[1]) or _KEPT.match(bracket[1])
        ):
            position = position[: bracket.start()]
        else:
            break
    return plain(position)
