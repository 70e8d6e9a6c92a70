"""Where a place ends.

A Thai place ends with its line, or before a person, a verb, a joining word (โดย, ซึ่ง, เพื่อ, พร้อมด้วย, และ + verb), a
date or an hour. It goes on over brackets (`ตึกสันติไมตรี (หลังนอก) ทำเนียบรัฐบาล`). Another name in brackets at its end
is left out. An English place is a run of capitalised words.
"""

from __future__ import annotations

import re

from thaigov_crawler.thai.dates.weekdays import WEEKDAY
from thaigov_crawler.thai.venues.shapes import DATE, HOUSE, PLACE, SITE, TIME, WANTS_A_NAME
from thaigov_crawler.thai.words import Shape, beginnings, pattern, words

_MONTH = pattern("months", "months_short")
# Ranks that are abbreviated to their first letters, such as พ.อ. and พ.ต.อ.
_RANKS = [Shape(f"{letter}.", r"(?:ต\.)?[อทต]\.") for letter in "พรจส"]
_PERSON = pattern("venues_end_persons", _RANKS)
_IN = Shape("ใน", f"(?!พื้นที่|ท้องที่|{SITE})")
_ENDS = pattern("venues_end_persons", _RANKS, "venues_end_verbs", "venues_end_joints", [_IN])
_FOR = (
    r"เพื่อ(?<!องค์การเพื่อ)(?<!มูลนิธิเพื่อ)(?<!สถาบันเพื่อ)(?<!ธนาคารเพื่อ)(?<!กองทุนเพื่อ)"
    rf"(?!{pattern('venues_named_for')})"
)
_AND = rf"และ{pattern('venues_end_after_and', 'venues_end_persons', _RANKS)}"
# A person with both names, glued to the place: `จังหวัดน่านนายมั่น ใจดี`.
_GLUED_PERSON = rf"(?<=[ก-๎.)])(?<!ของ)(?:นางสาว|นาย(?!{pattern('venues_trades')}))(?=[ก-ฮเ-ไ])[ก-๎]{{3,}}\s[ก-๎]{{4,}}"
_PARTS = pattern("venues_go_on_parts")
# Bangkok and Government House are the last part of an address. Behind them stands who acts, or the next sentence.
_ADDRESS = rf"ประเทศ|ทำเนียบ|สำนักงานใหญ่|รัชดา|และ|[(–—-]|{_PARTS}"
_BEHIND_THE_LAST = (
    rf"(?:(?<=กทม\.)|(?<=กรุงเทพฯ)|(?<=ทำเนียบรัฐบาล))\s+(?!{_ADDRESS})\S"
    rf"|(?<=\sกรุงเทพมหานคร)\s+(?!ประเทศ|สำนักงานใหญ่){HOUSE}"
)
# The last part of an address. No other line goes on with it.
_ADDRESS_ENDS = re.compile("จังหวัด|(?<![ก-๎])จ[.]|กรุงเทพ|กทม|ประเทศ")
_GOES_ON = re.compile(rf"{_PARTS}|(?P<house>{PLACE})")
# The first letters of all that _END looks for. At any other letter it takes long to fail.
_FIRST = "".join(sorted({word[0] for word in beginnings("venues_end_glued")} | set("ปเรใวแ")))
_END = re.compile(
    rf"""
    (?=[\s\d(\[,;:!?•|*\#….“”"/{_FIRST}])
    (?:
      (?P<end>
        # a date, an hour or a person, in brackets or not
        \s*[(\[]\s*(?:วันที่|วันนี้|{DATE}|นาย|นาง|ดร\.)
      | (?:\s+{WEEKDAY})?\s*(?<!พรรษา\s){DATE} | \s+\d{{1,2}}\s?[-–]\s?\d{{1,2}}\s?{_MONTH} | \s*{TIME}
      | \s*(?:(?:ใน)?ระหว่าง(?:วัน)?ที่|เมื่อ(?:วัน|เวลา)|ในวันที่|วัน(?:นี้|{WEEKDAY}?ที่))
        # behind a space
      | \s+[*"“'‘]*{_ENDS}
      | \s+และ(?!\s?{PLACE}|แสดงสินค้า|การ)
        # glued to the place
      | \s*(?:{pattern("venues_end_glued")}|{_FOR}|{_AND}|{_GLUED_PERSON})
      | {_BEHIND_THE_LAST}
        # signs
      | \s*[,;:](?!\s?{PLACE}|\s?{_PARTS}) | [!?•|*#…] | \.\.+ | \s*["”“…]{{2,}} | [“"”](?=\s|$|ณ\s)
      | \s+[-–—]+\s+(?=[“"(]|{_PERSON}) | (?<!\d)\s+[-–—]+\s+(?=\d) | \s+[-–—]+$
      | \s*/\s?(?={_PERSON}) | \s+\d+\s?[.)]\s
      )
    | (?P<brackets> \([^()\n]{{0,90}}\) | “[^”\n]{{0,80}}” | "[^"\n]{{0,80}}" )
    )
    """,
    re.VERBOSE,
)
# A sentence ends behind the place, or goes on with how the event went, or the next one begins with a person.
_SENTENCE_ENDS = re.compile(
    rf"[\s)]*(?:\n|$|โดย|ทั้งนี้|(?:ต่อ)?จากนั้น|ซึ่งจัด|ภายใน|พร้อม|เมื่อ|และ[ก-๎]{{0,8}}ผ่าน)|[\s)]+{_PERSON}"
)
_NO_NAME = re.compile(rf"\s{pattern('venues_no_name')}")
_BRACKETS_KEPT = re.compile(rf"\({pattern('venues_brackets')}")
_LOOSE_SIGNS = " -–—,;:*/“\"(['"
_ABBREVIATION = re.compile(r"(?:^|[\s(.])[ก-ฮ]{1,4}\.$")

_LINKS = frozenset(words("venues_english_links"))
_WORD = re.compile(
    rf"(?:[A-Z0-9À-Ž][\w’'.&/-]*|{pattern('venues_english_links', 'venues_english_nouns')})(?=[\s,.;:()]|$)"
)
_GAP = re.compile(r",? ")
_ENGLISH_PERSON = re.compile(pattern("venues_english_persons"))


def thai_end(text: str, start: int, longest: int) -> int:
    """Return where the Thai place that begins at `start` ends: more than `longest` characters on if it does not end.

    It may go on in the next lines: with a part of a building or of an address (`ชั้น 2⏎อาคาร…`), or with another place
    that fills the line.
    """
    last = start + longest + 1
    end = _end_in_line(text, start, last)
    while text[end : end + 1] == "\n" and (next_line := _GOES_ON.match(text, end + 1)):
        if _ADDRESS_ENDS.search(text, start, end):
            break
        further = _end_in_line(text, end + 1, last)
        if further <= next_line.start() or (next_line["house"] and text[further : further + 1] not in ("\n", "")):
            break
        end = further
    return end


def _end_in_line(text: str, start: int, last: int) -> int:
    limit = min(len(text), last)
    line_end = text.find("\n", start, limit)
    limit = limit if line_end < 0 else line_end
    end, at, brackets = limit, start, None
    while found := _END.search(text, at, limit):
        if found["brackets"]:
            brackets, at = found, found.end()
        elif _wants_a_name(text, start, found.start()):
            at = found.start() + 1
        else:
            end = found.start()
            break
    return _without_loose_ends(text, start, end, brackets)


def _wants_a_name(text: str, start: int, end: int) -> bool:
    """Tell whether a space stands between a noun and its name. The name may begin like a verb: `โรงแรม เดอะ …`."""
    noun = text[max(start, end - 12) : end]
    return text[end] == " " and bool(WANTS_A_NAME.search(noun)) and not _NO_NAME.match(text, end)


def _without_loose_ends(text: str, start: int, end: int, brackets: re.Match[str] | None) -> int:
    """Return the end of a place without signs, another name in brackets, and a bracket without its pair."""
    phrase = text[start:end].rstrip(_LOOSE_SIGNS)
    if not _ABBREVIATION.search(phrase):
        phrase = phrase.rstrip("." + _LOOSE_SIGNS)
    if brackets and start + len(phrase) == brackets.end() and _are_another_name(brackets[0]):
        phrase = text[start : brackets.start()].rstrip()
    if phrase.count("(") > phrase.count(")"):
        phrase = phrase[: phrase.rindex("(")].rstrip()
    if phrase.endswith(")") and phrase.count(")") > phrase.count("("):
        phrase = phrase[:-1].rstrip()
    return start + len(phrase)


def _are_another_name(brackets: str) -> bool:
    return brackets.startswith("(") and not _BRACKETS_KEPT.match(brackets)


def ends_a_sentence(text: str, end: int) -> bool:
    """Tell whether a Thai place that ends at `end` is the last part of its sentence."""
    return bool(_SENTENCE_ENDS.match(text, end))


def english_end(text: str, start: int, longest: int) -> int:
    """Return where the English place that begins at `start` ends: behind the last of a run of capitalised words."""
    end = at = start
    while (word := _WORD.match(text, at)) and at - start <= longest:
        behind_comma = at > start and text[at - 2] == ","
        if behind_comma and (word[0][0].islower() or _ENGLISH_PERSON.match(text, at)):
            break
        at = word.end()
        capital = word[0][0].isupper() or word[0][0].isdigit()
        if word[0] not in _LINKS and (capital or text[end : end + 1] == " "):
            end = at
        if word[0][-1] == "." and len(word[0]) > 3:  # the end of the sentence, and no initial
            return end - 1
        gap = _GAP.match(text, at)
        if not gap:
            break
        at = gap.end()
    return end
