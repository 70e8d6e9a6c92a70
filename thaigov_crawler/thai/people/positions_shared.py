"""The positions that several persons share: the office before a list of names, over a list, or behind the last name."""

from __future__ import annotations

import re
from itertools import pairwise

from thaigov_crawler.thai.people.letters import TH
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.position_ends import position_end, trimmed
from thaigov_crawler.thai.words import pattern

_NUMBER = r"\(?(?:[\d๑-๙]{1,2}\.)?[\d๑-๙]{1,2}[.)] ?"
_HELD = pattern("offices_held")
_HEADS_A_LIST = re.compile(
    rf"(?:(?<![{TH}])|(?<=และ)|(?<=ซึ่ง)|(?<=โดยมี)|(?<=โดย))(?:คณะ)?({_HELD}[{TH} .]{{0,80}}?)"
    r" ?(?:จำนวน [\d๑-๙]{1,2} (?:คน|ท่าน|ราย) ?)?(?:ได้แก่|ประกอบด้วย|คือ) ?(?:\(?[1๑][.)](?:[1๑][.)]?)? ?)?$"
)
_BETWEEN = re.compile(r" ?(?:[,\-–]|และ)? ?(?:\(?[\d๑-๙]{1,2}[.)](?:[\d๑-๙][.)]?)? ?)?")
# What stands between the names of a list with one person a line.
_NEXT_LINE = re.compile(rf"[^\n]{{0,160}}\n ?{_NUMBER}")
_FIRST_LINE = re.compile(r"\n ?\(?(?:[\d๑-๙]{1,2}\.)?[1๑][.)] ?$")
_LONGEST_NUMBER = 9  # letters, with the line break before it
# A heading says who is appointed as what, how many they are or whom they replace, and that the list follows.
_HEADING = re.compile(
    rf"(?:แต่งตั้ง|(?<!ผู้ดำรง)ตำแหน่ง|บุคคลเป็น) ?(?:คณะ(?=กรรมการผู้))?({_HELD}[{TH} .()]{{0,140}}?)"
    r" ?(?:อีก[^ \n]{0,8}วาระ(?:หนึ่ง)? ?)?(?:(?:จำนวน|รวม) ?[\d๑-๙]{1,2} ?(?:คน|ท่าน|ราย|รูป)|(?:เพื่อ)?แทน|เนื่องจาก)"
    r"[^\n]*(?:ดังนี้|ดังต่อไปนี้|ได้แก่|ประกอบด้วย) ?$"
)
_LONGEST_HEADING = 600


def office_of_list(before: str) -> str | None:
    """Return the office that `before`, the words before a name, ends with, if a list of those who hold it begins."""
    office = _HEADS_A_LIST.search(before)
    return _whole(office) if office else None


def office_of_heading(text: str, floor: int, start: int) -> str | None:
    """Return the office in the heading of a list with one person a line, if the first one's title is at `start`.

    The heading begins behind `floor`.
    """
    number = _FIRST_LINE.search(text, max(floor, start - _LONGEST_NUMBER), start)
    if not number:
        return None
    low = max(floor, number.start() - _LONGEST_HEADING)
    office = _HEADING.search(text, max(low, text.rfind("\n", low, number.start()) + 1), number.start())
    return _whole(office) if office else None


def _whole(office: re.Match[str]) -> str | None:
    """Return the office, unless it runs on into something else."""
    at = office.start(1), office.end(1)
    return trimmed(office[1]) if position_end(office.string, *at) == at[1] else None


def share_positions(text: str, found: list[Mention]) -> None:
    """Give persons in a row the position that they share.

    In `ก และ ข office`, both have the office. In `office ได้แก่ ก, ข`, it is the office before the list. Only whole
    names without an office of their own share one.
    """
    for mention, after in reversed(list(pairwise(found))):
        if mention.position is not None or not after.position or after.left != after.start or after.heads_list:
            continue
        whole = len(mention.parts) > 1 and len(after.parts) > 1
        if whole and _BETWEEN.fullmatch(text, mention.end, after.start):
            mention.position = after.position
    for before, mention in pairwise(found):
        in_list = before.heads_list and mention.position is None and len(mention.parts) > 1
        if in_list and any(between.fullmatch(text, before.end, mention.start) for between in (_BETWEEN, _NEXT_LINE)):
            mention.position, mention.heads_list = before.position, True
