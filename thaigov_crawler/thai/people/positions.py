"""The position of a person: the office stated behind the name, or before it."""

from __future__ import annotations

import re

from thaigov_crawler.thai.people import vocabulary as words
from thaigov_crawler.thai.people.mentions import EN_AREA, EN_OFFICES, Found, plain
from thaigov_crawler.thai.people.name_parts import OFFICE, OFFICE_GLUED, STOP_AHEAD, STOP_GLUED, TH, TITLES

_GOES_ON = re.compile(words.OFFICE_GOES_ON)


_POSITION_STEP = re.compile(rf"[ ()“”\"‘,;:|\n]|{words.STOP_GLUED}", re.VERBOSE)


_BRACKET = re.compile(r"\(([^()\n]{0,100})\)")


_OFFICE_START = re.compile(rf"(?<![{TH}])(?:{words.OFFICE})", re.VERBOSE)


_OFFICE_IN_BRACKETS = re.compile(rf"{words.OFFICE_GLUED}|(?<![{TH}])(?:{words.OFFICE})", re.VERBOSE)


_EN_POSITION = re.compile(
    r"(?:[A-Z][\w’'\-&/.]*|of|the|and|for|to|in|on|a\.i\.|d[’']|\d+)"
    r"(?:(?:,(?! (?:at|in|on)\b))? "
    r"(?:[A-Z][\w’'\-&/]*(?:\.[A-Z]\.?)*|of|the|and|for|to|in|on|at|a\.i\.|d[’']|&|\d+)){0,24}"
)


_EN_ROLE = re.compile(
    r"Minister|President|Director|Ambassador|Secretary|Chair|Governor|CEO|"
    r"Chief|Advis[oe]r|Representative|Head|Spokes|Charg|Manager|"
    r"Commissioner|Founder|Consul|Professor|Senator|Officer|Leader|Envoy|"
    r"Coordinator|Speaker|Chancellor|Member|Executive|Partner|Counsel"
)


def find_position(text: str, mention: Found, floor: int, limit: int) -> None:
    """Give `mention` its position: the office behind the name, else the one before it; between `floor`, where the
    person before ends, and `limit`, where the next begins."""
    line_end = text.find("\n", mention.end)
    line_end = len(text) if line_end < 0 else line_end
    mention.stop = mention.end
    if mention.english:
        if mention.position is None:
            _english_position(text, mention, min(limit, line_end))
        if mention.position is None:
            _english_before(text, mention, floor)
        return
    if mention.position is not None:
        return
    start = mention.end
    bracketed = text[mention.start - 1 : mention.start] == "("
    while (
        text[start : start + 1] in (" ", ",", "-", "–", ":") or (bracketed and text[start : start + 1] == ")")
    ) and start < mention.end + 4:
        start += 1
    for lead in ("ในฐานะ", "ตำแหน่ง", "(ในฐานะ", "ดำรงตำแหน่ง"):
        if text.startswith(lead, start):
            start += len(lead)
            start += text[start : start + 1] == " "
    limit = min(limit, line_end, start + 260)
    if start < limit and OFFICE.match(text, start):
        stop = _position_end(text, start, limit)
        if stop - start > 170:  # it ran into a sentence: keep the first words, which name the office
            first = text.find(" ", start + 6, stop)
            stop = first if first > 0 else stop
        position = _trim(text[start:stop])
        if len(position) > 2:
            mention.position, mention.stop = plain(position), stop
            return
    bracket = _BRACKET.match(text, start)
    if bracket and OFFICE.match(bracket[1]):
        mention.position, mention.stop = plain(_trim(bracket[1])), bracket.end()
        return
    if mention.end == line_end:
        _position_on_next_line(text, mention, line_end)
        if mention.position:
            return
    _position_before(text, mention, floor)


# What wants a further office behind it, and who resides ณ a town.
_LEANS = (
    "และ",
    "เลขานุการ",
    "เลขานุการฯ",
    "ที่ปรึกษา",
    "ที่ปรึกษาฯ",
    "ผู้ช่วย",
    "แทน",
    "ตำแหน่ง",
    "รอง",
    "อดีต",
    "ประจำ",
    "ผู้แทน",
    "คณะทำงาน",
    "เลขาฯ",
    "หน้าห้อง",
    "รักษาการ",
    "เลขา",
)


_ENVOY = re.compile("ทูต|กงสุล|ต่างประเทศ|คณะผู้แทนถาวร|ประจำ")


def _position_end(text: str, start: int, limit: int) -> int:
    """Where the position that begins at `start` ends: at a verb or connector, a group of people, another office
    behind a space (but not behind และ), a quote, a comma, the end of the line."""
    at = OFFICE.match(text, start).end()
    while at < limit:
        step = _POSITION_STEP.search(text, at, limit)
        if not step:
            return limit
        sign = step[0]
        if sign == " ":
            behind = step.end()
            if behind >= limit:
                return step.start()
            if text.startswith("และ ", behind) and OFFICE.match(text, behind + 4, limit):
                at = behind + 4
                continue
            if STOP_AHEAD.match(text, behind, limit) or STOP_GLUED.match(text, behind, limit):
                if not (text.startswith("ณ ", behind) and _ENVOY.search(text, start, behind)):
                    return step.start()
            if OFFICE_GLUED.match(text, behind, limit) and not _GOES_ON.match(text, behind, limit):
                if not text.endswith(_LEANS, start, step.start()):
                    return step.start()
            at = behind
        elif sign == "(":
            bracket = _BRACKET.match(text, step.start(), limit)
            if not bracket:
                return step.start()
            at = bracket.end()
            behind = at + (text[at : at + 1] == " ")
            if behind >= limit or STOP_AHEAD.match(text, behind, limit) or STOP_GLUED.match(text, behind, limit):
                return at
        elif len(sign) == 1 or step.start() > start:
            return step.start()
        else:
            at = step.end()
    return limit


_TAIL = re.compile(r"(?:[ ,\-–•*]|และ|โดย|พร้อม|หรือ|(?<= )(?:ด้าน|กับ|ที่|นำ|ส่วน|มี|ให้|ขณะ))$")


TAIL_BRACKET = re.compile(r" ?\((?:[^()]{0,30}|[^()]*[A-Za-z][^()]*)\)$")


def _trim(position: str) -> str:
    """The position without trailing connectors and without a bracket that only abbreviates."""
    for _ in range(6):
        tail = _TAIL.search(position[-12:]) if position else None
        if tail:
            position = position[: len(position) - len(tail[0])]
            continue
        bracket = TAIL_BRACKET.search(position, max(0, len(position) - 110))
        if not bracket or "บริษัท" in bracket[0] or "มหาชน" in bracket[0] or "ประเทศไทย" in bracket[0]:
            break
        position = position[: bracket.start()]
    return position.strip()


def _position_on_next_line(text: str, mention: Found, line_end: int) -> None:
    """In a list with one thing a line, the office stands on the line behind the name."""
    line_start = text.rfind("\n", max(0, mention.start - 12), mention.start) + 1
    if not re.fullmatch(r"[\d๑-๙.)\-–•* ]*", text[max(line_start, mention.start - 12) : mention.start]):
        return
    start = line_end + 1
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    if start < end <= start + 130 and OFFICE.match(text, start) and not TITLES.match(text, start):
        if _position_end(text, start, end) == end:
            mention.position, mention.stop = plain(_trim(text[start:end])), end


def _position_before(text: str, mention: Found, floor: int) -> None:
    """`office (person)`, or an office directly before the title."""
    at = mention.start
    bracketed = text[at - 1 : at] == "("
    at -= bracketed
    while at and text[at - 1] == " ":
        at -= 1
    low = max(floor, at - 150)
    low = max(low, text.rfind("\n", low, at) + 1)
    segment = text[low:at]
    if not segment or (segment[-1] in ')”".,:;' and not segment.endswith("ฯ")):
        return
    if not bracketed and text[mention.start - 1 : mention.start] != " " and not segment.endswith(("รัฐมนตรี",)):
        return
    for office in (_OFFICE_IN_BRACKETS if bracketed else _OFFICE_START).finditer(segment):
        stop = _position_end(segment, office.start(), len(segment))
        if stop == len(segment):
            position = plain(_trim(segment[office.start() :]))
            if len(position) > 3 and (
                bracketed or not re.search(r"ผู้แทน$|ที่$|แก่$|คณะ$|คือ$|ได้แก่$|อาทิ$|และ$|ด้วย$|โดย$|มี$|ให้$", position)
            ):
                mention.position = position
                mention.left = low + office.start()
            return


def _english_position(text: str, mention: Found, limit: int) -> None:
    at = mention.end
    if text[mention.start - 1 : mention.start] == "(" and text[at : at + 1] == ")":
        at += 1
    lead = re.compile(r",? (?:the |as |who is |in (?:his|her) capacity as )?").match(text, at)
    if not lead or text[at : at + 1] not in ", ":
        return
    thai = OFFICE.match(text, lead.end())
    if thai and text[lead.end()] > "\u0e00":
        stop = _position_end(text, lead.end(), min(limit, lead.end() + 260))
        mention.position, mention.stop = plain(_trim(text[lead.end() : stop])), stop
        return
    kin = re.compile(r"spouse|wife|husband").match(text, lead.end())
    if kin:
        mention.position, mention.stop = kin[0], kin.end()
        return
    run = _EN_POSITION.match(text, lead.end(), limit)
    if not run or not _EN_ROLE.search(run[0][:60]):
        return
    position = re.sub(
        r"(?:,? (?:of|the|and|for|to|in|on|at|&))+$",
        "",
        run[0].rstrip(" ,.") if not run[0].endswith("a.i.") else run[0],
    )
    mention.position, mention.stop = plain(position), lead.end() + len(position)


def share_positions(text: str, found: list[Found]) -> None:
    """`ก and ข office`: full names in a row without office of their own have that of the next one."""
    for at in range(len(found) - 2, -1, -1):
        mention, after = found[at], found[at + 1]
        if (
            mention.position is None
            and after.position
            and after.left == after.start
            and len(mention.parts) > 1
            and len(after.parts) > 1
        ):
            if re.fullmatch(r" ?(?:[,\-–]|และ)? ?", text[mention.end : after.start]):
                mention.position = after.position


_EN_BEFORE = re.compile(
    rf"(?:(?:Acting|Former|Deputy|Thai|Vice|Permanent|Foreign|Finance|Interior|"
    rf"Defen[cs]e) ){{0,2}}(?:{EN_OFFICES})(?: (?:of|for|to) [A-Z][\w ’'\-]{{2,60}}?)?"
    rf"(?:,? and (?:(?:Acting|Deputy|{EN_AREA}) )?(?:{EN_OFFICES})(?: (?:of|"
    rf"for|to) [A-Z][\w ’'\-]{{2,60}}?)?)?,? ?\(?$"
)


def _english_before(text: str, mention: Found, floor: int) -> None:
    low = max(floor, mention.start - 130)
    low = max(low, text.rfind("\n", low, mention.start) + 1)
    office = _EN_BEFORE.search(text[low : mention.start])
    if office:
        mention.position, mention.left = office[0].rstrip(" ,("), low + office.start()
