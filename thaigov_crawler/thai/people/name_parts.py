"""Names of people behind their titles: Thai given name and surname, foreign names, and where they end."""

from __future__ import annotations

import re

from thaigov_crawler.thai.people import vocabulary as words

TH = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"  # letters and signs, without ฯ and ๆ


WORD = f"[เแโใไ]?[ก-ฮ][{TH}]{{1,34}}"


# The letters that titles begin with: a quick test, twice as fast as trying each.
TITLES = re.compile(
    r"(?=[A-Z]|ฯพ|ว่|พ[ลั.ญว]|จ[อ่.]|น[า.พส]|ส[ิ.พั]|ด[าร.็]|ศ[า.เพกค(]|ผ[ูศ.]|"
    r"ร[อศ้.]|ม[วิา.รล]|อ\.|ท[ัพ่]|ภ[กญ]|เ[ดภร]|หม|คุ|แพ)"
    rf"(?:{words.TITLE_FIRST})(?:\ ?(?:{words.TITLE_NEXT})){{0,5}}(?:\ ?\(พิเศษ\))?",
    re.VERBOSE,
)


_THAI_WORD = re.compile(rf"{WORD}(?:[-–][{TH}]{{2,20}})?")


_NA = re.compile(
    r" ณ ?(?:อยุธยา|ระนอง|นคร|สงขลา|ป้อมเพ[ช็]ร์?|เชียงใหม่|ลำปาง|ลำพูน|น่าน|"
    r"ถลาง|พัทลุง|ตะกั่วทุ่ง|ตะกั่วป่า|กาฬสินธุ์|มหาสารคาม|"
    r"ร้อยเอ็ด|อุบล|หนองคาย|บางช้าง|ภูเก็ต|จัมปาศักดิ์|พิษณุโลก|วิเชียร|มโนรม|"
    r"พิกุล|พัท|ไทรบุรี|ตะกั่ว|ศรีธวัช)[" + TH + "]{0,12}"
)


_LATIN_NAME = re.compile(
    r"(?:[A-Z]\.[ ]?){0,3}[A-ZÀ-Þ][\wÀ-ÿ’'`‘\-]*\.?"
    r"(?: (?:(?:van|von|der|den|de|da|di|du|del|dos|la|le|bin|binti|ibn|al|el|bte|na|y|d[’'])[ ]){0,2}"
    r"(?:\([A-Z][a-z]+\) )?(?:[A-Z]\.(?:[A-Z]\.)*|(?:al-|el-|d[’']|de)?[A-ZÀ-Þ][\wÀ-ÿ’'`‘\-]*)){0,5}"
)


_EN_NOT_NAME = frozenset(
    "Minister Prime Deputy President Vice Ambassador Director Secretary Chairman Chairperson Chief Executive Governor "
    "Government Spokesperson The On In At Of And For With Thailand Thai Ministry Department Embassy "
    "Permanent Secretary-General "
    "Director-General Managing Head Senior CEO Commissioner Representative Foreign Affairs Chargé "
    "Charge January February "
    "March April May June July August September October November December House Royal Kingdom Republic Member Advisor "
    "Assistant Acting Special Also He She It This That Both As Chair Defence Defense Former State "
    "Economic Group General "
    "Executive Speaker Senator Professor Founder Co-Founder Minister-Counsellor Regional Country Resident "
    "UN United Nations "
    "Lao PDR Bangladesh Cambodian Japanese Chinese Posts Message Announces Attends Says Chairs Meets "
    "Visits Welcomes Delivers Expresses Discusses Programme Program Project Financial However Meanwhile "
    "Furthermore During After Moreover Regarding Office National Congress Hotel University Award Company "
    "Co Ltd "
    "Bangkok ASEAN APEC Asia Global International Center Centre Covid COVID-19 Cabinet Airport His Her Royal Highness "
    "Majesty Excellency Counsellor Consul Consul-General Public Health Interior Finance Commerce Energy "
    "Industry Labour "
    "Agriculture Transport Education Culture Justice Digital Economy Society Tourism Sports Social "
    "Development Human Security".split()
)


STOP_GLUED = re.compile(words.STOP_GLUED, re.VERBOSE)


STOP_AHEAD = re.compile(words.STOP_AHEAD, re.VERBOSE)


OFFICE_GLUED = re.compile(words.OFFICE_GLUED, re.VERBOSE)


OFFICE = re.compile(words.OFFICE, re.VERBOSE)


# An aside behind a name: a nickname, the name in other letters, a decoration.
_ASIDE = re.compile(
    r" ?(?:\((?!พิเศษ)([^()\n]{1,90})\)|[“\"‘]([^“”\"’\n]{1,20})[”\"’]|(?:ม\.[ปว]\.[ชม]\.|"
    r"ป\.[ชมภ]\.|ท\.[ชม]\.)(?:, ?)?)"
)


def _cut(word: str, least: int) -> str:
    """`word` up to the verb, connector or office glued to it."""
    at = len(word)
    for rule in (STOP_GLUED, OFFICE_GLUED):
        stop = rule.search(word, least)
        if stop and stop.start() < at:
            at = stop.start()
    return word[:at]


_PERSON_GLUED = re.compile(r"(?:นางสาว|นาย(?!ก)|พล(?:เอก|โท|ตรี|ตำรวจ)|พันตำรวจ|ประจำ(?=สำนัก|กระทรวง))")


def _part_of_name(word: str) -> str:
    """`word` up to what is glued to it (see `_cut`), the next person included."""
    part = _cut(word, 2)
    glued = _PERSON_GLUED.search(part, 3)
    return part[: glued.start()] if glued else part


_FOREIGN_PART = re.compile(
    r"(?:แวน|ฟาน|ฟัน|ฟอน|วอน|เดอ|เดล|ดา|ดู|ลา|เลอ|บิน|บินติ|อัล|อัลบิน|บี|"
    r"ซี|ดี|เอ|เจ|เอส|เอ็ม|เอฟ|จี|เอช|เค|แอล|อาร์|ที|มูฮัม\S*|อับดุล\S*|จูเนียร์)$"
)


_INITIAL = re.compile("เอ|บี|ซี|ดี|อี|เอฟ|จี|เอช|ไอ|เจ|เค|แอล|เอ็ม|เอ็น|โอ|พี|คิว|อาร์|เอส|ที|ยู|วี|ดับเบิลยู|วาย|แซด")


def thai_name(text: str, at: int) -> tuple[list[str], int]:
    """Given name and surname in Thai letters, and where they end; no parts where there is none."""
    given = _THAI_WORD.match(text, at)
    if not given:
        return [], at
    name = _part_of_name(given[0])
    end = at + len(name)
    if len(name) < 2 or text[end : end + 1] == "." or STOP_GLUED.match(text, at) or OFFICE_GLUED.match(text, at):
        return [], at
    parts = [name]
    if len(given[0]) != len(name) or len(name) > 30:
        return (parts, end) if len(name) <= 30 else ([], at)
    if (aside := _ASIDE.match(text, end)) and aside[0][:1] in " (" and _THAI_WORD.match(text, aside.end() + 1):
        nick = aside[1] or aside[2] or ""
        behind = aside.end() + (text[aside.end() : aside.end() + 1] == " ")
        if len(nick) < 16 and not STOP_AHEAD.match(text, behind) and not OFFICE.match(text, behind):
            word = _THAI_WORD.match(text, behind)
            surname = _cut(word[0], 2) if word else ""
            return ([*parts, surname], behind + len(surname)) if surname else (parts, end)
    while len(parts) < 5:
        if text[end : end + 1] != " ":
            break
        na = _NA.match(text, end)
        if na:
            parts += na[0].split()
            end = na.end()
            break
        word = _THAI_WORD.match(text, end + 1)
        if not word or not _goes_on(text, end + 1, word[0], parts):
            break
        part = _part_of_name(word[0])
        if len(part) < 2:
            break
        follows = text[end + 1 + len(part) : end + 2 + len(part)]
        if follows == ".":
            if not _INITIAL.fullmatch(part):
                break
            parts.append(part + ".")
            end += 2 + len(part)
            continue
        parts.append(part)
        end += 1 + len(part)
        if len(part) != len(word[0]):
            break
    return parts, end


def _goes_on(text: str, at: int, word: str, parts: list[str]) -> bool:
    """Whether `word` is a further part of the name: a surname, or the third part of a long name."""
    if STOP_GLUED.match(text, at) or OFFICE_GLUED.match(text, at):
        return False
    if OFFICE.match(text, at):
        behind = at + len(word)  # นายสำรวย นักการเรียน ผู้ตรวจราชการ…
        return (
            len(parts) == 1
            and 5 < len(word) < 15
            and text[behind : behind + 1] == " "
            and bool(OFFICE_GLUED.match(text, behind + 1))
        )
    if STOP_AHEAD.match(text, at):
        # A surname may begin like a verb (กำลังชัย, ห่วงทรัพย์): an office behind it says which.
        office = OFFICE_GLUED.search(word, 4)
        behind = at + len(word)
        if len(parts) > 1 or len(word) < 4 or NEVER_SURNAME.match(word):
            return False
        if office:
            return True
        if len(word) > 17 or _VERB_PHRASE.match(word):
            return False
        tail = text[behind : behind + 1]
        return (
            tail in ("\n", "")
            or tail == ","
            or (
                tail == " "
                and bool(OFFICE.match(text, behind + 1) or _NA.match(text, behind) or TITLES.match(text, behind + 1))
            )
        )
    title = TITLES.match(text, at)
    if title and _is_next_person(text, title):
        return False
    if len(parts) == 1:
        behind = at + len(word)
        return (
            len(word) <= 20
            or bool(OFFICE_GLUED.search(word, 4) or STOP_GLUED.search(word, 3))
            or bool(OFFICE.match(text, behind + 1))
        )
    if len(word) > 16:
        return False
    behind = at + len(word)
    tail = text[behind : behind + 1]
    if parts[-1].endswith(".") or _FOREIGN_PART.match(parts[-1]) or _FOREIGN_PART.match(word):
        return True
    if tail in (" ", ""):
        bracket = text[behind + 1 : behind + 3]
        if bracket[:1] == "(" and bracket[1:].isascii() and len(parts) < 4:
            return True
        return bool(OFFICE_GLUED.match(text, behind + 1)) and len(word) <= 13 and not _COMMON.match(word)
    return False


NEVER_SURNAME = re.compile(
    r"และ|โดย|พร้อม|กับ|ได้|เป็น|ให้|ซึ่ง|จะ|ที่|ใน|เมื่อ|เพื่อ|ร่วม(?:กับ|"
    r"เป็น|หารือ|พิธี|งาน)|เข้า|ด้าน|วันที่|วันนี้|หรือ|ด้วย|อดีต|มอบ|ต้อนรับ|"
    r"เสนอ|แทน|ประชุม|หารือ|เผย|ส่วน|ทั้ง"
)


_VERB_PHRASE = re.compile(
    r"ระบุ|ย้ำ|ยอมรับ|มา(?:เป็น|ร่วม)|ทิ้งท้าย|สงวน|แถลง|ชี้|เน้น|ฝาก|เสริม|"
    r"เตือน|บอก|ถูก|เล่า|ลงพื้นที่|ลงนาม|กล่าว|เดินทาง|นำ(?:คณะ|ทีม|เสนอ|"
    r"ประชุม|หน่วย)|เยี่ยมชม|รับ(?:ทราบ|มอบ|ฟัง|ผิดชอบ)|ติดตาม|ตรวจ|เปิด|"
    r"เชื่อ|เห็นว่า|ยินดี|ยืนยัน|ชื่นชม|ทรง(?:เปิด|เป็น)|ต้อง|สรุป|ขอบคุณ|"
    r"ขอให้|สั่ง|แจ้ง|แสดงความ|ไม่|มี(?:ความ|นโยบาย|การ|กำหนด)|ถึง|จาก|ประกอบ|"
    r"รายงาน|ประกาศ|ระหว่าง|ขณะ|ก่อน|หลัง|ภาย|นักเรียน|คน"
)


_COMMON = re.compile(
    r"กระทรวง|กรม|สำนัก|สถาบัน|มหาวิทยา|บริษัท|ธนาคาร|โรง|ศูนย์|การ|ความ|"
    r"รัฐบาล|ไทย$|ประเทศ|จังหวัด|อำเภอ|ตำบล|งาน|ภาค|โครงการ|กอง|องค์|ตำรวจ|"
    r"วันที่|ปี|แม่|สภา|สมาคม|เกษตร|ชุมชน|พรรค|ขวา|ซ้าย|กลาง|บน|รอง|นาย|นาง|"
    r"ฝ่าย|หน่วย|ชาว|สาขา|กลุ่ม"
)


def _is_next_person(text: str, title: re.Match) -> bool:
    """Whether what looks like a title behind a given name is one (`นาย…`) and no surname that begins so."""
    run = title[0]
    if run == "คุณ":
        name, third = _THAI_WORD.match(text, title.end()), None
        if name and text[name.end() : name.end() + 1] == " ":
            third = _THAI_WORD.match(text, name.end() + 1)
        return bool(third and not OFFICE.match(text, third.start()) and not STOP_AHEAD.match(text, third.start()))
    return run[-1] == "." or run in ("นาย", "นางสาว", "นาง") or len(run) > 4


def latin_name(text: str, at: int) -> tuple[list[str], int]:
    """A name in Latin letters: capitalised words, initials, particles; it ends at a word of office or a common word."""
    run = _LATIN_NAME.match(text, at)
    if not run:
        return [], at
    parts: list[str] = []
    end = at
    for part in re.finditer(r"[^ ]+", run[0]):
        bare = part[0].strip("’'`‘")
        if bare.rstrip(".") in _EN_NOT_NAME or (bare.startswith("(")):
            if bare.startswith("("):
                continue
            break
        parts.append(part[0].rstrip("’'`‘"))
        end = at + part.start() + len(parts[-1])
        if len(part[0]) > 3 and part[0].endswith(".") and not re.fullmatch(r"(?:[A-Z]\.)+", part[0]):
            break
    while parts and parts[-1] in ("van", "von", "der", "de", "da", "la", "al", "el", "y", "d’"):
        parts.pop()
        end = at + run[0][: end - at].rfind(" ")
    if parts and re.search(r"[’'`‘]s$", parts[-1]):
        parts[-1] = parts[-1][:-2]
        end -= 2
    if parts and len(parts[-1]) > 2 and parts[-1].endswith("."):
        parts[-1] = parts[-1][:-1]
        end -= 1
    if not parts or (len(parts[0]) < 2 and len(parts) < 2):
        return [], at
    return parts, end


def skip_asides(text: str, end: int) -> int:
    """Behind the brackets and quotes that give a nickname, the name in other letters, or decorations."""
    for _ in range(3):
        aside = _ASIDE.match(text, end)
        if not aside:
            break
        inside = aside[1] or ""
        if inside and OFFICE.match(inside):
            break
        end = aside.end()
    return end
