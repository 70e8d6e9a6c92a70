"""Whether the text says that the people it names took part in what it reports."""

from __future__ import annotations

import re

from thaigov_crawler.thai.people import vocabulary as words
from thaigov_crawler.thai.people.mentions import THAI_LETTER, Found
from thaigov_crawler.thai.people.positions import TAIL_BRACKET

_DOES = re.compile(words.DOES, re.VERBOSE)


_SAYS = re.compile(words.SAYS)


_EN_DOES = re.compile(
    r"[ ,]*(?:also |has |had |have |will |jointly |together with |and (?:his|"
    r"her) (?:delegation|spouse) )*(?:presid|chair|attend|met\b|meet|welcom|"
    r"receiv|paid|pay|visit|sign|"
    r"deliver|join|led\b|lead|co-chair|address|held|host|participat|witness|"
    r"officiat|open|extend|travel|depart|arriv|hold|greet|discuss|accompan|"
    r"convers|"
    r"gave (?:an|a|opening|the)|call(?:ed)? on|represent|had an? |together with|and delegation)"
)


_EN_WITH = re.compile(
    (
        r"(?:with|welcomed|met|hosted by|chaired by|led by|including|received|"
        r"greeted|by|participants?|were|was|attending|on|from)[ :,]*(?:with )?$"
    ),
    re.IGNORECASE,
)


_EN_AFTER_MEETING = re.compile(r"(?:[Ff]ollowing|[Aa]fter) [^.\n]{0,60}(?:meeting|conference)[^.\n]{0,12}$")


_EN_OF = re.compile(
    (
        r"(?:disclosed|thanked|congratulat\w+|of|that|policy|government of|under|"
        r"according to|said)[ :,]*(?:by )?$"
    ),
    re.IGNORECASE,
)


_GAP = re.compile(
    r"(?:[ ,;:/\n•\-–]|\d{1,2}[.)]|และ|กับ|รวมถึง|รวมทั้ง|ตลอดจน|พร้อม(?:ด้วย|"
    r"ทั้ง|กับ)?|ด้วย|and|with|together|as well as|along){0,6}"
)


_TOGETHER = re.compile(
    r"(?:เข้าร่วม|ร่วม(?!มือ|กัน)|ให้การต้อนรับ|ต้อนรับ|เป็นสักขี|ติดตาม|"
    r"ลงพื้นที่|เดินทาง|นำ|เป็นวิทยากร|บรรยาย)"
)


# The number or the bullet of an item of a list.
_ITEM_NUMBER = re.compile(r"[\s\d๑-๙.)•–-]+$")


def judge(text: str, found: list[Found]) -> None:
    """Say of every mention whether it took part: by the words before it and the verb behind it. Persons in a
    row are a list: one cue before it or one verb behind it holds for all of them."""
    at = 0
    while at < len(found):
        last = at
        while last + 1 < len(found):
            gap = text[found[last].stop : found[last + 1].left]
            if (len(gap) < 40 and _GAP.fullmatch(TAIL_BRACKET.sub("", gap))) or _same_list(gap):
                last += 1
            else:
                break
        _judge_list(text, found[at : last + 1])
        at = last + 1


_SENTENCE = re.compile(
    r"\n|กล่าว|เปิด|เผย|เข้า|เยี่ยม|คารวะ|รับ|แถลง|รายงาน|สั่ง|ยืนยัน|ระบุ|"
    r"อ่าน|ขอ|เป็น|ซึ่ง|ได้|มอบ|ว่า|จะ|ร่วม|ณ |ที่มี|ให้|ลงพื้นที่|ตรวจ|เดินทาง|"
    r"นำ|โดย|พบ|หารือ|เพื่อ|ใน(?=การ|โอกาส|ฐานะ|ครั้ง)|กับ|จาก|ถึง|ของ(?= |"
    r"นาย)|ต่อ|เมื่อ|ลงนาม|ประชุม|แต่งตั้ง|วันที่|[a-z]{3}"
)


_IN_ROLE = re.compile(
    r" ?ในฐานะ[^\n]{0,90}? (?=เป็นประธาน|ได้|เข้าร่วม|ร่วม|ลงพื้นที่|ให้|"
    r"กล่าว|เปิดเผย|เผย|เดินทาง|พร้อมด้วย|มอบ|นำ|ตรวจ|แถลง|ระบุ|ชี้แจง)"
)


# `เปิดเผยว่า เมื่อเร็ว ๆ นี้ได้เป็นประธาน…`: the speaker tells what they did themselves.
_TOLD_OWN = re.compile(
    r"[^\n]{0,12}(?:เปิดเผย|เผย|กล่าว)ว่า (?:[^\n]{0,60}?(?:นี้|ที่ผ่านมา|"
    r"\d\)?|น\.) ?)?(?:ตน)?ได้(?:เป็นประธาน|เข้าร่วม|ร่วม(?:หารือ|ประชุม|"
    r"งาน|พิธี)|ลงพื้นที่|เดินทาง|หารือ|ประชุม|รับมอบ|พบ|ลงนาม|ต้อนรับ|ให้การต้อนรับ)"
)


# A verb of taking part that closes a list, with nothing but other participants before it.
_JOINED = re.compile(r"(?:^|[\s)])(?:เข้าร่วม|ร่วมงาน|ร่วมพิธี|ร่วมประชุม|ให้การต้อนรับ|ร่วมให้การ|ร่วมเป็น)")


_OTHER_VERB = re.compile(r"กล่าว|เปิดเผย|เผย|ซึ่ง|ได้|จะ|ที่(?= |ให้|มี|ได้)|ว่า|เพื่อ|ให้(?!การ)|เป็น")


_APPOINTED = re.compile(r" ?(?:แต่งตั้ง|ให้ดำรงตำแหน่ง|ดำรงตำแหน่ง|พ้นจากตำแหน่ง|ผู้ต้องหา|เสียชีวิต|ได้แต่งตั้ง)")


def _same_list(gap: str) -> bool:
    """Whether between two persons stand only others without a name (`ผู้บริหาร และ…`), and no sentence."""
    return 0 < len(gap) < 90 and not _SENTENCE.search(gap)


# Who speaks or gives there: `รับฟัง … จาก`; but not `รับมอบหมายจาก`.
_RECEIVED = re.compile(r"(?:รับ(?:ฟัง|มอบ(?!หมาย)|หนังสือ|เรื่อง|ข้อ))(?:(?!รับมอบหมาย)[^\n]){0,110}จาก ?\(?$")


def _judge_list(text: str, row: list[Found]) -> None:
    first, last = row[0], row[-1]
    before = _ITEM_NUMBER.sub("", text[max(0, first.left - 40) : first.left]).rstrip(' "“(:')
    wide = text[max(0, first.left - 120) : first.left]
    behind = text[last.stop : last.stop + 160]
    line_end = behind.find("\n", 1)
    behind = behind if line_end < 0 else behind[:line_end]
    behind = TAIL_BRACKET.sub("", behind[:1]) + behind[1:]
    behind = re.sub(r"^ ?\([^()]{0,60}\)", "", behind)
    behind = behind.lstrip(")")
    if role := _IN_ROLE.match(behind):
        behind = behind[role.end() :]
    appointed = _APPOINTED.search(text, max(0, first.left - 150), first.left) or _APPOINTED.match(behind)
    if (
        appointed
        and not before.endswith(("พร้อมด้วย", "โดยมี", "ร่วมกับ", "มอบหมายให้", "มอบให้"))
        and not (_DOES.match(behind) and not first.english and len(row) < 3)
    ):
        verdict = False
    elif first.english and not THAI_LETTER.search(behind[:12] + before[-12:]):
        verdict = _judge_english(before, behind) or bool(_EN_AFTER_MEETING.search(wide))
    elif before.endswith("จาก") and _RECEIVED.search(wide):
        verdict = True
    elif before.endswith(words.OF) and not before.endswith(words.WITH):
        verdict = False
    elif before.endswith(words.WITH):
        verdict = not _SAYS.match(behind) or bool(_DOES.match(behind)) or len(row) > 1
        if before.endswith(("มอบหมายให้", "มอบให้", "มอบหมาย", "มอบ")):
            verdict = bool(_DOES.match(behind))
        elif before.endswith("มี") and not before.endswith("โดยมี"):
            verdict = bool(_DOES.match(behind)) or (bool(_TOGETHER.search(behind[:100])) and not _SAYS.match(behind))
    elif _DOES.match(behind):
        verdict = True
    elif _SAYS.match(behind):
        verdict = bool(_TOLD_OWN.match(behind))
    else:
        joined = _JOINED.search(behind[:120])
        verdict = (
            len(row) > 2
            or bool(joined and not _OTHER_VERB.search(behind[: joined.start()]))
            or (len(row) > 1 and bool(_TOGETHER.search(behind[:60])) and not behind.lstrip().startswith("ที่"))
        )
    for mention in row:
        mention.attended = verdict
    if len(row) > 1 and not first.english:
        linked = re.search("พร้อม|ร่วม", text[first.stop : row[1].left])
        if linked:
            for mention in row:
                mention.attended = True


def _judge_english(before: str, behind: str) -> bool:
    if _EN_DOES.match(behind):
        return True
    if _EN_OF.search(before):
        return False
    return bool(_EN_WITH.search(before))


_I_DID = re.compile(
    r"ตน(?:เอง|ได้|ก็|จึง|และคณะ| ){0,4}(?:เดินทาง|ลงพื้นที่|พร้อมด้วย|เป็นประธาน|"
    r"เข้าร่วม|ร่วมประชุม|ร่วมงาน|ร่วมพิธี|พบหารือ|ตรวจเยี่ยม|เป็นผู้แทน|"
    r"รับมอบ)"
)


def judge_first_person(text: str, found: list[Found]) -> None:
    """A speaker who says `ตนได้ลงพื้นที่` was there."""
    spoke = -1
    claims = [claim.start() for claim in _I_DID.finditer(text)]
    for claim in claims:
        while spoke + 1 < len(found) and found[spoke + 1].start < claim:
            spoke += 1
        for mention in found[max(0, spoke - 3) : spoke + 1][::-1]:
            if (
                _SAYS.match(text, mention.stop)
                or _SAYS.match(TAIL_BRACKET.sub("", text[mention.stop : mention.stop + 40]))
                or re.match(r" ?\([^()]{0,40}\) ?(?:กล่าว|เปิดเผย|เผย)", text[mention.stop : mention.stop + 60])
            ):
                mention.attended = True
                break
