"""The mentions of people in a text: a run of titles and the name behind it, or an office and a name in English."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thaigov_crawler.thai.people import vocabulary as words
from thaigov_crawler.thai.people.name_parts import (
    NEVER_SURNAME,
    OFFICE,
    OFFICE_GLUED,
    STOP_AHEAD,
    STOP_GLUED,
    TH,
    TITLES,
    WORD,
    latin_name,
    skip_asides,
    thai_name,
)

_NOT_AFTER = {title: re.compile(rule) for title, rule in words.NOT_AFTER.items()}


EN_OFFICES = (
    "Prime Minister|Deputy Prime Minister|Minister|Deputy Minister|Vice Minister|"
    "President|Vice President|Deputy Government "
    "Spokesperson|Government Spokesperson|Deputy Government Spokesman|Government Spokesman|"
    "Spokesperson|Spokesman|Ambassador|Secretary-General|"
    "Secretary|Director-General|Governor|Senator|Chairman|Chancellor|Premier|"
    "Commissioner|Speaker|Permanent Secretary|Representative"
)


EN_AREA = (
    "Foreign Affairs|Defen[cs]e|Finance|(?:the )?Interior|Public Health|"
    "Health|Commerce|Energy|Industry|Labou?r|Transport|Education|Culture|"
    "Justice|"
    "Tourism and Sports|Agriculture and Cooperatives|Agriculture|Digital Economy and Society|"
    "Natural Resources and Environment|"
    "Higher Education,? Science,? Research,? and Innovation|Social Development and Human Security|"
    "the Prime Minister[’']s Office|the Prime Minister(?: for Political Affairs)?|"
    "Thailand|Japan|Malaysia|Singapore|Vietnam|Viet Nam|Cambodia|Indonesia|France|Germany|Russia|China|Australia|India"
)


# English: an office before a name without title.
_EN_OFFICE_NAME = re.compile(
    rf"(?<![A-Za-z])(?:(?:Acting|Former|Deputy|Thai|U\.S\.|US|Thailand[’']s|"
    rf"Foreign|Finance|Interior|Defen[cs]e|Commerce) ){{0,2}}"
    rf"(?:{EN_OFFICES})(?: (?:of|for|to) (?:{EN_AREA}))?"
    rf"(?:,? (?:and|&) (?:(?:{EN_AREA}|Deputy|Acting) )?(?:{EN_OFFICES})(?: (?:of|"
    rf"for|to|attached to) (?:{EN_AREA}))?)?(?:,? )(?=[A-Z])"
)


@dataclass(slots=True)
class Found:
    """One mention in the text. `end` is behind the asides, `stop` behind the position."""

    start: int
    title: str
    parts: list[str]
    name_end: int
    end: int
    stop: int = 0
    left: int = 0  # where the mention begins, with an office before the name
    position: str | None = None
    attended: bool | None = None
    sure: bool = True  # certain to be a person even without surname
    english: bool = False


def plain(text: str) -> str:
    return " ".join(text.split())


def find(text: str) -> list[Found]:
    """Every mention of a person in `text`, in order, none within another; positions are not looked for yet."""
    found: list[Found] = []
    at = 0
    for titles in TITLES.finditer(text):
        if titles.start() < at:
            continue
        mention = _after_title(text, titles.start(), titles[0], follows=titles.start() == at > 0)
        if mention is not None:
            found.append(mention)
            at = mention.end
    found += _untitled(text, found)
    found.sort(key=lambda mention: mention.start)
    kept: list[Found] = []
    surnames: set[str] = set()
    for mention in found:
        if kept and mention.start < kept[-1].end:
            continue
        if text[mention.start - 1 : mention.start] == "(" and surnames:
            # A known name again, without title, and its Latin form in brackets.
            if text[max(0, mention.start - 40) : mention.start - 1].rstrip().rpartition(" ")[2] in surnames:
                continue
        kept.append(mention)
        surnames.add(mention.parts[-1])
    if any(mention.english for mention in kept) and not all(mention.english for mention in kept):
        kept = [mention for mention in kept if not (mention.english and _in_english_line(text, mention.start))]
    return kept


THAI_LETTER = re.compile("[\u0e01-\u0e2e]")


def _in_english_line(text: str, at: int) -> bool:
    """Whether the words around `at` are English: the translation that follows a Thai release names nobody new."""
    around = text[max(0, at - 150) : at + 150]
    start = around.rfind("\n", 0, min(at, 150)) + 1
    end = around.find("\n", min(at, 150))
    line = around[start : end if end > 0 else len(around)]
    return len(line) > 120 and not THAI_LETTER.search(line)


def _after_title(text: str, start: int, title: str, *, follows: bool) -> Found | None:
    """The person whom `title` at `start` begins, or None where no name follows or the title is part of a word.

    `follows`: the person before ends where this one begins.
    """
    latin_title = title[0] < "\u0e00"
    before = text[start - 1] if start else " "
    glued = False
    if latin_title:
        if before.isalnum() and before < "\u0e00":
            return None
    elif follows:
        pass
    elif ("\u0e00" < before < "\u0e7f" and before not in "ฯๆ") or before == ".":
        if not text.endswith(words.GLUE, max(0, start - 12), start):
            if (title[-1] == "." and len(title) < 8) or title in ("คุณ", "นาง", "อาจารย์", "เภสัชกร") or before == ".":
                return None
            glued = True
        elif title == "คุณ":
            glued = True
    elif title == "คุณ" and before in '“"‘#':
        return None
    end = start + len(title)
    if _NO_NAME.match(text, end):
        return None
    if text.endswith(words.NAMED_AFTER, max(0, start - 12), start - (before == " ")):
        return None
    refuse = _NOT_AFTER.get("นาย" if title.endswith(("ฯ นาย", "ฯนาย")) else title)
    if refuse and refuse.match(text, end, end + 16):
        return None
    space = text[end : end + 1] == " "
    at = end + space
    if (text[at : at + 1].isascii() and text[at : at + 1].isalpha()) or "À" <= text[at : at + 1] <= "Þ":
        parts, name_end = latin_name(text, at)
        english = latin_title
    else:
        common = title in ("นาย", "นาง", "คุณ") and STOP_AHEAD.match(text, at)
        if space and (common or NEVER_SURNAME.match(text, at)):
            return None
        if title == "นาย" and space and text[max(0, start - 2) : start].strip()[-1:].isdigit():
            parts, name_end = thai_name(text, at)  # "50 นาย …" counts men
            if len(parts) < 2 or not OFFICE_GLUED.match(text, name_end + 1):
                return None
        if title in ("เภสัชกร", "ทันตแพทย์", "สัตวแพทย์", "อาจารย์") and (OFFICE.match(text, at) or TITLES.match(text, at)):
            return None
        parts, name_end = thai_name(text, at)
        english = False
    if not parts:
        return None
    if glued and (len(parts) < 2 or not OFFICE.match(text, name_end + (text[name_end : name_end + 1] == " "))):
        return None
    if len(parts) == 1 and not _lone_name_stands(text, title, parts[0], name_end, space):
        return None
    mention = Found(start, title, parts, name_end, name_end, left=start, english=english)
    mention.end = skip_asides(text, name_end)
    return mention


_NO_NAME = re.compile(
    r" ?(?:นาย(?!ก)|นางสาว|สมเด็จ(?=พระ|เจ้า|ย่า|ฯ|กรม| )|พระ(?:บาท|เจ้า|องค์|ราช|บรม)|เจ้าฟ้า|เจ้าคณะ|"
    r"เจ้าอาวาส|ไร้สัญชาติ|ที่ไม่|อายุ(?!ตม์|ษ)|อีก)"
)


def _lone_name_stands(text: str, title: str, name: str, end: int, space: bool) -> bool:
    """Whether a given name without surname is a name: what begins like an office, or a common word, is none."""
    if title.startswith(
        (
            "อาจารย์",
            "เภสัชกร",
            "ทันตแพทย์",
            "แพทย์",
            "สัตวแพทย์",
            "มิส",
            "คุณ",
            "พยาบาล",
            "ศาสตราจารย์",
            "เด็ก",
            "Sir",
            "Prof",
            "General",
        )
    ):
        return False
    if space and title in ("นาย", "นาง", "นางสาว"):
        return False
    if "นามสมม" in text[end : end + 12]:
        return False
    return len(name) >= 3 and not OFFICE.match(name)


_SELF = re.compile(rf"(?:กับ|โดย|(?<![{TH}]))(?:ผม|ดิฉัน|กระผม) ?({WORD}) ({WORD})(?= )")


_HEAD_OF_STATE = re.compile(
    rf"(?:ประธานาธิบดี|นายกรัฐมนตรี|อดีตประธานาธิบดี) ?(?:สหรัฐฯ |จีน |รัสเซีย |"
    rf"ฝรั่งเศส )?([เแโใไ]?[ก-ฮ][{TH}]{{2,14}}) ([เแโใไ]?[ก-ฮ][{TH}]{{1,14}})(?= ?[\n(]|"
    rf" (?!ฯ))"
)


_FOREIGN_GIVEN = re.compile(
    r"โดนัลด์|โจ$|บารัค|วลาดิ|เอ็มมานูเอล|เอมานูเอล|สี$|หลี่|วินสตัน|จอห์น|"
    r"จอร์จ|บิล$|โจโค|เฟอร์ดินานด์|อันโต|ทองลุน|ฮุน|โรดรีโก|โวโลดี|ยุน|นเรนทรา|"
    r"ฟูมิโอะ|ชินโซ"
)


# Two words between a word or a mark that begins a list and the office of a person: a name without title.
_LISTED = re.compile(
    rf"(?:โดยมี|พร้อมด้วย|นำโดย|ประกอบด้วย|ได้แก่|อาทิ(?= )|(?:^|\n)(?:[\d๑-๙]{{1,2}}[.)]|[-•*])) ?(?:ท่าน)?({WORD}) ({WORD}) "
    r"(?=(?:อดีต|รอง|ผู้ช่วย)?(?:นายกรัฐมนตรี|รัฐมนตรี|ปลัด|อธิบดี|ผู้ว่าราชการ|ผู้อำนวยการ|เลขาธิการ|โฆษก|ประธาน|"
    r"เอกอัครราชทูต|ผู้บัญชาการ|ผู้ตรวจราชการ|อธิการบดี|นายอำเภอ|กรรมการผู้จัดการ|ศิลปินแห่งชาติ))"
)
# What such a word may begin with and then names no person: a place, a body, or a style with its own rule.
_NO_GIVEN = re.compile(
    r"จังหวัด|อำเภอ|ตำบล|เมือง|ประเทศ|สำนัก|กรม|กระทรวง|กอง|บริษัท|สมาคม|มูลนิธิ|ศูนย์|คณะ|สถาบัน|มหาวิทยาลัย|โรงเรียน|"
    r"เทศบาล|องค์|ธนาคาร|พระ|หลวง|ศาส?ตรา|เจ้า|ผู้|นัก|การ|ความ|ตัวแทน|ทีม|ฝ่าย|กลุ่ม|โครงการ"
)
# A monk with a personal name: the second part is Pāli, which is written with phinthu (ฺ).
MONK = re.compile(
    rf"(?<![{TH}])(พระ(?:มหา|ครู|อาจารย์|ปลัด|สมุห์|ใบฎีกา)?|หลวง(?:พ่อ|ปู่|ตา)) ?"
    rf"([ก-ฮเแโใไ][{TH}]{{1,20}}) ([{TH}]{{1,12}}\u0e3a[{TH}]{{1,12}})"
)


def _of_two_words(match: re.Match, position: str | None = None) -> Found:
    """The person without title whose given name and surname are the groups 1 and 2."""
    start, end = match.start(1), match.end(2)
    left = start if position is None else match.start()
    return Found(start, "", [match[1], match[2]], end, end, left=left, position=position)


def _untitled(text: str, titled: list[Found]) -> list[Found]:
    """Persons named without title where something else makes them certain: `กับผม …` before an office, a list
    before one, the phinthu of a monk's name, a head of state behind the office, an office in English."""
    found: list[Found] = []
    for match in _SELF.finditer(text):
        given = match.start(1)
        if match[1].startswith("ขอ") or STOP_AHEAD.match(text, given) or STOP_GLUED.search(match[1]):
            continue
        if OFFICE.match(text, match.end() + 1):
            found.append(_of_two_words(match))
    for match in _LISTED.finditer(text):
        if not any(
            STOP_GLUED.search(word) or OFFICE_GLUED.search(word) or _NO_GIVEN.match(word) for word in match.groups()
        ) and not (
            OFFICE.match(text, match.start(1)) or STOP_AHEAD.match(text, match.start(1)) or TITLES.match(match[1])
        ):
            found.append(_of_two_words(match))
    for match in MONK.finditer(text):
        name = [match[2], match[3]]
        found.append(Found(match.start(), match[1], name, match.end(3), match.end(3), left=match.start()))
    for match in _HEAD_OF_STATE.finditer(text):
        if _FOREIGN_GIVEN.match(match[1]):
            offices = ("อดีตประธานาธิบดี", "ประธานาธิบดี", "นายกรัฐมนตรี")
            found.append(_of_two_words(match, next(office for office in offices if match[0].startswith(office))))
    for match in _EN_OFFICE_NAME.finditer(text):
        office = match[0].rstrip(", ")
        if title := TITLES.match(text, match.end()):
            for mention in titled:
                if mention.start == title.start():
                    mention.position = office
                    mention.left = match.start()
            continue
        parts, end = latin_name(text, match.end())
        if len(parts) >= 2 and not (parts[0].isupper() and len(parts[0]) < 5 and "." not in parts[0]):
            found.append(Found(match.end(), "", parts, end, end, left=match.start(), position=office, english=True))
    return found
