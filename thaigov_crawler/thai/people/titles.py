"""Titles: what stands before a name, alone or in a run (`ศ.ดร.นพ.`, `H.E. Mr.`). Also words that look like titles."""

from __future__ import annotations

import re

from thaigov_crawler.thai.words import Shape, pattern, words


def _shapes(rest: str, *beginnings: str) -> tuple[Shape, ...]:
    return tuple(Shape(beginning, rest) for beginning in beginnings)


_GRADE = "(?:เอก|โท|ตรี|จัตวา)"
_SPECIAL = r"(?:\ ?\(พิเศษ\)|พิเศษ)?(?:\ ?หญิง)?"

# Ranks in full, and then their abbreviations. An abbreviation needs its last full stop, because words may begin like
# it.
_RANKS = (
    *_shapes(rf"(?:ตำรวจ|เรือ|อากาศ)?{_GRADE}(?:หญิง)?", "พล"),
    *_shapes(rf"(?:ตำรวจ)?{_GRADE}{_SPECIAL}", "พัน", "ร้อย", "สิบ", "จ่าสิบ"),
    *_shapes(rf"(?:อากาศ)?{_GRADE}{_SPECIAL}", "นาวา", "เรือ"),
    *_shapes(rf"(?:อากาศ)?{_GRADE}(?:หญิง)?", "พันจ่า", "จ่า"),
    *_shapes(_GRADE, "นายพล"),
    *_shapes("(?:เอก|โท|ตรี|จัตวา|ใหญ่)", "นายกอง", "นายหมวด", "นายหมู่"),
    *_shapes(r"\.?\ ?(?:[ตรอ]\.\ ?)?[อทตจ]\.(?:หญิง)?", "พล"),
    *_shapes(r"\ ?[ตส]\.\ ?[อทต]\.(?:\ ?หญิง)?", "พ.", "ร.", "จ."),
    *_shapes(r"\ ?[อทต]\.(?:\ ?หญิง)?", "พ.", "ร."),
    *_shapes(r"[อทต](?=\ [ก-ฮเแโใไ])", "พ.ต.", "ร.ต.", "พล.ต.", "พล."),
    *_shapes(r"[อทต]\.(?:\ ?หญิง)?", "น."),
    *_shapes(r"(?:ต\.)?[อทต]\.", "ส."),
    *_shapes(r"[อทต]\.", "ด.", "มว."),
)
_RANK = pattern("titles_ranks", _RANKS)

_HONOUR = "เกียรติคุณ|กิตติคุณ|พิเศษ|คลินิก|คลินิค"
_PROFESSORS = (
    *_shapes(
        rf"(?:\ ?(?:{_HONOUR}|เมธี|ระดับ\ ?11))?(?:\ ?(?:เกียรติคุณ|พิเศษ))?(?:\ ?\((?:พิเศษ|คลินิก)\))?",
        "ศาสตราจารย์",
        "รองศาสตราจารย์",
        "ผู้ช่วยศาสตราจารย์",
    ),
    *_shapes(rf"\.?(?:\ ?\(?(?:{_HONOUR})\)?\.?){{1,2}}", "ศ", "รศ", "ผศ"),
)

_GENERALS = tuple(
    f"{force}{grade}General"
    for force in ("", "Police ", "Air ", "Air Chief ")
    for grade in ("", "Lieutenant ", "Brigadier ")
)
_NO_GENERAL = "Secretary|Assembly|Director|Department|Manager|Consul"
_ENGLISH = (
    *_shapes(rf"(?=\ [A-Z][a-z]+\ [A-Z])(?!\ (?:{_NO_GENERAL}))", *_GENERALS),
    *_shapes(r"\.?\ ?(?:Gen|Col)\.", "Lt", "Maj", "Brig"),
    *_shapes(r"\.?\ (?:(?:Lt|Maj|Brig)\.?\ ?)?(?:Gen|Col)\.", "Pol"),
    *_shapes(r"[’'‘]?(?:\ Sri|\ Seri)?(?=\ )", "Dato", "Datuk", "Tan Sri"),
)

_OPENING = (Shape("ว่าที่", rf"\ ?{_RANK}"), Shape("ฯพณฯ", r"\.?(?:\ ?(?:นางสาว|นาย|นาง))?"))
_GOING_ON = ("titles", "titles_english", "titles_ranks", _RANKS, _PROFESSORS, _ENGLISH)

# A run of titles, with at most six of them.
TITLES = re.compile(
    rf"{pattern('titles_opening', _OPENING, *_GOING_ON)}(?:\ ?{pattern(*_GOING_ON)}){{0,5}}(?:\ ?\(พิเศษ\))?"
)

# Words that a title may be glued to on its left, and things that are named after the person behind them.
GLUED_TO = words("titles_glued_to")
NAMED_AFTER = words("titles_named_after")
# Titles that are also common words.
OF_TRADE = words("titles_of_trade")

_WITHIN_WORDS = re.compile(pattern("titles_within_words"))


def begins_a_word(text: str, title: str, end: int) -> bool:
    """Tell whether `title`, which ends at `end`, is the beginning of a word that is no title (`นายจ้าง`)."""
    last = "นาย" if title.endswith(("ฯ นาย", "ฯนาย")) else title
    word = _WITHIN_WORDS.match(text, end - len(last))
    return bool(word and word.end() > end)
