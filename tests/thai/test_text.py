"""Cleaning: every fault of characters and every kind of noise that the site is known for, and what must stay.

Faults are written as escapes, because they look right on a screen.
"""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pythainlp.util import normalize

from tests.support.tables import every_row
from thaigov_crawler.thai.text import (
    clean,
    clean_line,
    clean_paragraphs,
    is_separator,
    language_of,
    squeeze,
)


def table(*rows: tuple[str, ...]) -> list:
    """Return rows of (id, value, …) as parameters."""
    return [pytest.param(*values, id=name) for name, *values in rows]


# Faults that pythainlp's normalize mends in the same way.
SPELLINGS = table(
    ("nikhahit and aa", "ท\u0e4d\u0e32งาน", "ทำงาน"),
    ("nikhahit, tone, aa", "น\u0e4d\u0e49\u0e32ใส", "น้ำใส"),
    ("tone, nikhahit, aa", "น\u0e49\u0e4d\u0e32ใส", "น้ำใส"),
    ("am before tone", "ค\u0e33\u0e48คืน", "ค่ำคืน"),
    ("two sara e", "\u0e40\u0e40ปลงผัก\u0e40\u0e40ละสวน", "แปลงผักและสวน"),
    ("tone twice", "ได\u0e49\u0e49", "ได้"),
    ("tone three times", "ก\u0e48\u0e48\u0e48อน", "ก่อน"),
    ("vowel above twice", "ม\u0e35\u0e35", "มี"),
    ("vowel below twice", "ค\u0e38\u0e38ณ", "คุณ"),
    ("vowel after twice", "มา\u0e32ก", "มาก"),
    ("vowel before twice", "\u0e43\u0e43ห้", "ให้"),
    ("thanthakhat twice", "การ\u0e4c\u0e4cด", "การ์ด"),
    ("maitaikhu twice", "เป\u0e47\u0e47น", "เป็น"),
    ("tone before vowel above", "ท\u0e48\u0e35", "ที่"),
    ("tone before vowel below", "ผ\u0e49\u0e39", "ผู้"),
    ("tone before mai han-akat", "ท\u0e49\u0e31ง", "ทั้ง"),
    ("thanthakhat before vowel", "สิทธ\u0e4c\u0e34", "สิทธิ์"),
    ("tone on both sides of a vowel", "ท\u0e48\u0e35\u0e48", "ที่"),
    ("tone after aa", "กว\u0e32\u0e48", "กว่า"),
    ("lakkhangyao for aa", "ม\u0e45ก", "มาก"),
    ("zero-width space", "สวน\u200bครัว", "สวนครัว"),
    ("zero-width space in a fault", "น\u0e4d\u200b\u0e49\u0e32ใส", "น้ำใส"),
)
# Faults that pythainlp leaves alone.
CHARACTERS = table(
    ("soft hyphen", "ปลูก\u00adป่า", "ปลูกป่า"),
    ("inner byte-order mark", "ปลูก\ufeffป่า", "ปลูกป่า"),
    ("direction marks", "\u200eปลูก\u200f \u202aป่า\u202c", "ปลูก ป่า"),
    ("word joiner", "ปลูก\u2060ป่า", "ปลูกป่า"),
    ("joiner between letters", "ปลูก\u200dป่า", "ปลูกป่า"),
    ("no-break space", "ปลูก\u00a0ป่า", "ปลูก ป่า"),
    ("em space", "ปลูก\u2003ป่า", "ปลูก ป่า"),
    ("thin space", "ปลูก\u2009ป่า", "ปลูก ป่า"),
    ("narrow no-break space", "ปลูก\u202fป่า", "ปลูก ป่า"),
    ("ideographic space", "ปลูก\u3000ป่า", "ปลูก ป่า"),
    ("tab", "ปลูก\tป่า", "ปลูก ป่า"),
    ("line separator", "ปลูก\u2028ป่า", "ปลูก\nป่า"),
    ("paragraph separator", "ปลูก\u2029ป่า", "ปลูก\nป่า"),
    ("next line", "ปลูก\u0085ป่า", "ปลูก\nป่า"),
    ("control codes", "ปลูก\x00\x08\x7fป่า", "ปลูกป่า"),
    ("bullet of Wingdings", "\uf0a7 ปลูกป่า", "• ปลูกป่า"),
    ("bullet of Symbol", "\uf0b7 ปลูกป่า", "• ปลูกป่า"),
    ("bullet U+F076", "\uf076 ปลูกป่า", "• ปลูกป่า"),
    ("bullet U+F03C", "\uf03c ปลูกป่า", "• ปลูกป่า"),
    ("entity of an apostrophe", "gardener&#39;s", "gardener's"),
    ("entity of an ampersand", "ป่า &amp; สวน", "ป่า & สวน"),
    ("entity of an entity", "ป่า &amp;amp;quot;สวน&amp;#39;", "ป่า \"สวน'"),
    ("bullet of U+009F", "\u009f ปลูกป่า", "• ปลูกป่า"),
    ("quotes of Windows-874", "\u0093ปลูกป่า\u0094", "“ปลูกป่า”"),
    ("glyph in a fault", "ร\uf70a\uf702", "รี่"),
)


@every_row(("faulty", "mended"), SPELLINGS + CHARACTERS)
def test_clean_mends(faulty, mended):
    assert clean(faulty) == mended


# The assignment that the Thai fonts of Microsoft and Apple share.
GLYPHS = {
    0xF700: "ฐ",
    0xF701: "\u0e34",
    0xF702: "\u0e35",
    0xF703: "\u0e36",
    0xF704: "\u0e37",
    **dict(zip(range(0xF705, 0xF70A), "\u0e48\u0e49\u0e4a\u0e4b\u0e4c", strict=True)),  # lower and to the left
    **dict(zip(range(0xF70A, 0xF70F), "\u0e48\u0e49\u0e4a\u0e4b\u0e4c", strict=True)),  # lower
    0xF70F: "ญ",
    0xF710: "\u0e31",
    0xF711: "\u0e4d",
    0xF712: "\u0e47",
    **dict(zip(range(0xF713, 0xF718), "\u0e48\u0e49\u0e4a\u0e4b\u0e4c", strict=True)),  # to the left
    0xF718: "\u0e38",
    0xF719: "\u0e39",
    0xF71A: "\u0e3a",
}


@every_row(("code", "letter"), GLYPHS.items())
def test_old_glyphs_become_letters(code, letter):
    assert clean(f"ป{chr(code)}") == f"ป{letter}"


GENUINE = table(
    ("pali with phinthu", "สพฺเพ สตฺตา สุขิตา โหนฺตุ"),
    ("phinthu twice, apart", "อตฺตา หิ อตฺตโน นาโถ"),
    ("lao", "ສະບາຍດີ ເພື່ອນບ້ານ"),
    ("khmer", "សួស្តី ប្រទេសជិតខាង"),
    ("chinese", "你好,邻居"),
    ("lakkhangyao after ru", "ฤ\u0e45ษี"),
    ("family of emoji", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    ("emoji with a selector", "\u2764\ufe0f\u200d\U0001f525"),
    ("repetition and abbreviation", "ต่าง ๆ ปลูกผัก ฯลฯ กรุงเทพฯ"),
    ("letters twice", "กรรมการ วรรค สรรพสิ่ง นานา"),
    ("thai digits", "๑๒ ๓๐๐"),
    ("curly quotes", "“ปลูกป่า” – วันหยุด…"),
    ("no entities", "a&b;c &amp &; &#2567;"),
)


@every_row("text", GENUINE)
def test_clean_leaves_what_is_genuine(text):
    assert clean(text) == text
    assert clean_line(text) == text
    assert clean_paragraphs([text]) == [text]


@every_row(("faulty", "mended"), SPELLINGS)
def test_clean_agrees_with_pythainlp(faulty, mended):
    assert clean(faulty) == normalize(faulty) == mended


# Here clean differs from pythainlp's normalize on purpose: (text, ours, theirs).
DIFFERENCES = table(
    ("of unlike tones the first is right", "ที\u0e48\u0e49", "ที่", "ที้"),
    ("a vowel across a space is no repetition", "เ เท", "เ เท", "เท"),
    ("white space is clean_line's", "ปลูก  ป่า ", "ปลูก  ป่า ", "ปลูก ป่า"),
    ("a mark that hangs may be all of a cell", "ก \u0e48", "ก \u0e48", "ก่"),
    ("a joiner of emoji stays, one of letters goes", "ก\u200dข", "กข", "ก\u200dข"),
    ("no-break space", "ปลูก\u00a0ป่า", "ปลูก ป่า", "ปลูก\u00a0ป่า"),
)


@every_row(("text", "ours", "theirs"), DIFFERENCES)
def test_clean_differs_from_pythainlp(text, ours, theirs):
    assert (clean(text), normalize(text)) == (ours, theirs)


THAI = [chr(code) for code in range(0x0E01, 0x0E5C) if code not in range(0x0E3B, 0x0E3F)]
MARKS = list("\u0e30\u0e31\u0e32\u0e33\u0e34\u0e35\u0e38\u0e40\u0e41\u0e45\u0e47\u0e48\u0e49\u0e4c\u0e4d")
ODD = list("ABcz09 .-_•*\n\r\t\x00\x1c\x85\x9f\xa0\xad\u200b\u200d\u2028\ufeff\uf0a7\uf70a\uf711😀❤\ufe0f")
TEXTS = st.text(st.sampled_from(THAI) | st.sampled_from(MARKS) | st.sampled_from(ODD) | st.characters(codec="utf-8"))


@given(TEXTS)
@example("ก\u0e4d\u0e45")  # nikhahit and lakkhangyao
@example("ก\u0e45\u0e45")
@example("ก\u0e48\u0e35\u0e48\u0e38")  # tones between vowels
@example("กา\u0e48า\u0e48")
@example("\u0e40\u0e40\u0e40\u0e40ก")
def test_clean_is_idempotent(text):
    once = clean(text)
    assert clean(once) == once


@given(st.lists(TEXTS))
def test_paragraphs_are_never_blank_and_hold_no_line_breaks(paragraphs):
    for line in clean_paragraphs(paragraphs):
        assert line
        assert line.splitlines() == [line]
        assert line == " ".join(line.split())


@every_row("run", ["\u0e48\u0e49", "\u0e48", "\u0e32\u0e30", "\u0e4d", "\u0e40"])
def test_a_hostile_run_of_marks_is_cleaned_in_one_pass(run):
    """With quadratic work, this would outlast the run of CI."""
    assert len(clean("ก\u0e48\u0e35" + run * (2_000_000 // len(run)))) < 20


@pytest.mark.parametrize("letter", ["ก", "a", "\u05d0"], ids=ascii)
def test_marks_are_not_piled_higher_than_unicode_s_stream_safe_form(letter, monkeypatch):
    """The time of NFC grows with the square of the height of a pile."""
    given = []

    genuine = unicodedata.normalize

    def normalize(form, text):
        given.append(text)
        return genuine(form, text)

    monkeypatch.setattr("thaigov_crawler.thai.text.unicodedata.normalize", normalize)
    pile = "\u0316\u0301\u05b0\u0e38\u0e48" * 1000
    assert clean(f"{letter}{pile}{letter}{pile[:20]}ข").endswith("ข")
    runs = itertools.groupby("".join(given), lambda sign: unicodedata.combining(sign) > 0)
    assert max(len(list(run)) for is_mark, run in runs if is_mark) == 30


def test_a_low_pile_of_marks_stays():
    assert clean("a" + "\u0316" * 30 + "b") == "a" + "\u0316" * 30 + "b"
    assert clean("—" * 100) == "—" * 100


@every_row(
    ("text", "line"),
    table(
        ("runs of spaces", "  ปลูก   ป่า  ", "ปลูก ป่า"),
        ("line breaks", "ปลูก\r\n\r\nป่า", "ปลูก ป่า"),
        ("no-break spaces at the ends", "\u00a0ปลูกป่า\u00a0\u200b", "ปลูกป่า"),
        ("nothing but odd characters", "\u200b\ufeff\u00a0", ""),
        ("empty", "", ""),
    ),
)
def test_clean_line(text, line):
    assert clean_line(text) == line


SEPARATORS = [
    *("-----", "____________", "....", "..", ".", "…", "_", "•", "* * *", "***", "=====", "═════", "~~~~", "–––"),
    *("-.-.-", "- - - -", "…………", "• •", "++++", "######"),
]
TEXTS_LIKE_SEPARATORS = [
    *("-", "–", "*", "*** แถลงข่าว", "*** 5 มีนาคม 2567 ***", "----- ท้ายข่าว", "- 12", "#ปลูกป่า #รักษ์น้ำ"),
    *(
        "12",
        "๑๒",
        "1,200",
        "0.5",
        "ๆ",
        "ฯลฯ",
        "ฯ",
        "x",
        "()",
        "“ ”",
        "50%",
        "?",
        "!!",
        "😀😀",
        "🙏 🙏",
        "❤\ufe0f❤\ufe0f",
        "→→",
    ),
    *("A", "ค", "你", "ລາວ"),
]


@every_row("line", SEPARATORS)
def test_separators(line):
    assert is_separator(line)
    assert clean_paragraphs(["ปลูกป่า", line, "รักษ์น้ำ"]) == ["ปลูกป่า", "รักษ์น้ำ"]


@every_row("line", TEXTS_LIKE_SEPARATORS)
def test_no_separators(line):
    assert not is_separator(line)
    assert clean_paragraphs(["ปลูกป่า", line, "รักษ์น้ำ"]) == ["ปลูกป่า", line, "รักษ์น้ำ"]


@every_row(
    "word",
    [
        *("พิมพ์", " พิมพ์\u00a0", "prev", "Next", "previous"),
        *("Your browser does not support the audio element.", "Your browser does not support the video tag"),
    ],
)
def test_page_words_are_dropped(word):
    assert clean_paragraphs([word, "ปลูกป่า"]) == ["ปลูกป่า"]
    assert clean_paragraphs([word]) == []


@every_row("text", ["พิมพ์เขียวของสวน", "โรงพิมพ์ พิมพ์", "the next step", "prevention"])
def test_page_words_within_a_text_stay(text):
    assert clean_paragraphs([text]) == [text]


@every_row(
    ("paragraphs", "lines"),
    table(
        ("none", [], []),
        ("blank ones", ["", " ", "\u00a0", "\u200b", "\n\n"], []),
        ("separators only", ["...", " ", "-----"], ["...", "-----"]),
        ("separators and page words only", ["...", "พิมพ์"], ["..."]),
        ("line breaks within", ["หนึ่ง\nสอง\r\nสาม\u2028สี่\u0085ห้า"], ["หนึ่ง", "สอง", "สาม", "สี่", "ห้า"]),
        ("spaces within", ["  หนึ่ง \u00a0 สอง "], ["หนึ่ง สอง"]),
        ("repeated lines stay", ["12", "12"], ["12", "12"]),
    ),
)
def test_clean_paragraphs(paragraphs, lines):
    assert clean_paragraphs(paragraphs) == lines


SCRIPT = [
    'var container = document.getElementById("video-player3");',
    "flowplayer.conf = {",
    "share :false, // --> set share button",
    "};",
    "flowplayer(container, {",
    'title: "ปลูกป่า",',
    "}",
    "});",
]


def test_the_script_of_a_player_is_dropped():
    assert clean_paragraphs(["ปลูกป่า", *SCRIPT, "ริมน้ำ"]) == ["ปลูกป่า", "ริมน้ำ"]
    assert clean_paragraphs(['$("#video-player3").css("background-color", "#000000");', "ริมน้ำ"]) == ["ริมน้ำ"]
    # If the script does not end, only its first line is known to be one.
    assert clean_paragraphs([SCRIPT[0], "ปลูกป่า", *["ริมน้ำ"] * 80]) == ["ปลูกป่า", *["ริมน้ำ"] * 80]


@every_row(
    ("line", "kept"),
    [
        ("p.p1 {margin: 0.0px 0.0px 10.0px 0.0px; font: 16.0px Helvetica; -webkit-text-stroke: #000000}", []),
        ("span.s1 {font-kerning: none}", []),
        ("p.p1 {margin: 0.0px} span.Apple-tab-span {white-space:pre}", []),
        ("p.p1 {margin: 0.0px} ปลูกป่า", ["ปลูกป่า"]),
        ("Trees {along the river}: 30", ["Trees {along the river}: 30"]),
        ("a tree {oak: 30", ["a tree {oak: 30"]),
    ],
)
def test_style_rules_are_dropped(line, kept):
    assert clean_paragraphs(["ริมน้ำ", line]) == ["ริมน้ำ", *kept]


@every_row("line", ["p {" * 50_000, "p " * 50_000 + "{", "p {a:b}" * 20_000 + "{", "&amp;" * 50_000, "&" * 50_000])
def test_hostile_code_is_read_in_one_pass(line):
    clean_paragraphs([line])


def test_paragraphs_are_mended_apart():
    """A mark at the end of a paragraph is no neighbour of a mark at the beginning of the next."""
    assert clean_paragraphs(["กเ", "เก", "ก\u0e4d", "\u0e32"]) == ["กเ", "เก", "ก\u0e4d", "\u0e32"]


@every_row(
    ("text", "language"),
    table(
        ("thai", "วันนี้ชาวสวนปลูกป่าริมน้ำ", "th"),
        ("thai with latin names", "นายจอห์น (John Q. Gardener) ปลูกป่าริมน้ำ", "th"),
        ("english", "Gardeners planted trees along the river.", "en"),
        ("english with a thai name", "Gardeners of บ้านสวน planted trees along the river.", "en"),
        ("bilingual", "ชาวสวนปลูกป่าริมน้ำ\nGardeners planted trees", "th"),
        ("a quarter of thai", "กขค abcdefghi", "th"),
        ("less than a quarter", "กขค abcdefghij", "en"),
        ("digits only", "2567 12/05 (3)", "th"),
        ("thai digits only", "๒๕๖๗", "th"),
        ("empty", "", "th"),
        ("thai and chinese", "สวัสดี 你好", "th"),
        ("an address", "https://example.com/trees", "th"),
        ("an address and thai", "สวน www.example.com/trees-along-the-river", "th"),
        ("a hashtag", "#TreesAlongTheRiver #Gardeners", "th"),
        (
            "a letter that begins in thai",
            "ข้อความจากชาวสวน ดังนี้\nDear gardeners, thank you for the trees along the river",
            "th",
        ),
        ("a source", "ที่มา : River Radio / Gardeners and Trees", "th"),
    ),
)
def test_language_of(text, language):
    assert language_of(text) == language


def test_squeeze_takes_out_all_white_space():
    assert squeeze(" ปลูก\u00a0ป่า\nริม น้ำ\t") == "ปลูกป่าริมน้ำ"
