"""Cleaning of Thai text. It mends the faults of characters and drops the noise that the site is known for.

The faults, and how often each occurs, were counted in 91,580 articles of the site (PyThaiNLP's public-domain corpora
thaigov-v2-corpus and thaigov-corpus).
"""

from __future__ import annotations

import os
import re
import unicodedata

# pythainlp makes a folder in the user's home when it is imported. This tells it not to write.
os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")

from pythainlp.util.normalize import reorder_vowels

from thaigov_crawler.thai.code import entities_read, without_code
from thaigov_crawler.thai.words import pattern

BULLET = "•"

# Zero-width and bidirectional controls, soft hyphens, byte-order marks. They are invisible, and a search fails on them.
# U+200D (joiner) is handled apart, because it holds emoji together.
_INVISIBLE = "\u00ad\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\ufffe"
_LINE_BREAKS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_SPACES = "\t\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

# The private-use glyphs of old Thai fonts, U+F700 to U+F71A: marks shifted left or lowered, and letters without their
# foot. Microsoft's and Apple's Thai fonts share this assignment.
_OLD_GLYPHS = dict(
    zip(
        range(0xF700, 0xF71B),
        "ฐ\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
        "ญ\u0e31\u0e4d\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a",
        strict=True,
    )
)
# Bullets of the fonts Symbol and Wingdings, and U+009F, which the site's editors used as a bullet.
_BULLETS = dict.fromkeys([0xF03C, 0xF03D, 0xF060, 0xF06C, 0xF076, 0xF0A7, 0xF0B7, 0xF0D8, 0xF0FC, 0x9F], BULLET)


def _control_codes() -> dict[int, str | None]:
    """Return what each control code becomes: a character, or None if it is dropped.

    The C1 codes (U+0080 to U+009F) are bytes of Windows-874 that were never decoded, or rubbish.
    """
    codes: dict[int, str | None] = {}
    for code in range(0x80, 0xA0):
        try:
            codes[code] = bytes([code]).decode("cp874")
        except UnicodeDecodeError:
            codes[code] = None
    # The other C0 codes cannot stand in a text. \t and the line breaks are handled as white space.
    codes.update(dict.fromkeys([*range(0x09), *range(0x0E, 0x1C), 0x7F]))
    return codes


_CHARACTERS: dict[int, str | None] = (
    _control_codes()
    | dict.fromkeys(map(ord, _INVISIBLE))
    | dict.fromkeys(map(ord, _LINE_BREAKS), "\n")
    | dict.fromkeys(map(ord, _SPACES), " ")
    | _OLD_GLYPHS
    | _BULLETS
)
# One search finds all of them. str.translate takes twelve times as long.
_ODD_CHARACTER = re.compile("[" + re.escape("".join(map(chr, _CHARACTERS))) + "]")

# What may be combining marks. Sorting them for NFC takes the square of their number. Unicode's stream-safe form has at
# most 30 in a row, and so has a cleaned text. More are rubbish.
_MANY_SIGNS = re.compile(r"[^\w\s\x00-\x7f]{31,}")
# Every fourth character is looked at first. Of 31 signs in a row, seven of those stand in a row.
_FOURTH = 4
_SOME_SIGNS = re.compile(r"[^\w\s\x00-\x7f]{7}")
_MAX_MARKS = 30
# A joiner with no emoji before it.
_STRAY_JOINER = re.compile("(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
# Signs that follow a consonant: vowels behind, above and below it, tone marks, and the rest.
_SIGNS = "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e"
# What mending could change. Nineteen articles of twenty have none of it. It is a sign behind a tone mark or thanthakhat
# that belongs before it, a tone mark behind a following vowel, nikhahit, lakkhangyao, or anything doubled. Each
# alternative begins with one sign, because `re` then passes over all other letters at once.
_MISSPELT = re.compile(
    "|".join(
        [
            *(f"{tone}[\u0e31\u0e34-\u0e3a\u0e47-\u0e4b\u0e4d{tone}]" for tone in "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"),
            *(f"{vowel}[\u0e48-\u0e4b{vowel}]" for vowel in "\u0e30\u0e32\u0e33"),
            *(
                2 * sign
                for sign in "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e40\u0e41\u0e42\u0e43\u0e44\u0e47\u0e4e"
            ),
            *"\u0e45\u0e4d",
        ]
    )
)
# Nothing in a syllable with one sign is misspelt, unless the sign is nikhahit or lakkhangyao.
_SYLLABLE = re.compile(f"[\u0e01-\u0e2e]?(?:[{_SIGNS}]{{2,}}|[\u0e45\u0e4d])")
# A Thai consonant carries at most three signs. More than _MAX_SIGNS are rubbish, and are cut so that they take no time.
_MAX_SIGNS = 8
_TWO_E = re.compile("\u0e40{2,}")
_REPEATED_LEAD = re.compile("([\u0e41-\u0e44])\\1+")
# pythainlp's remove_repeat_vowels does the same in 15 times the time. It also takes "เ เ" across a space for a repeat.
_REPEATED = re.compile(f"([{_SIGNS}])\\1+")
# Tone marks in a row. Of two unlike ones, the first is right more often (ที่้, หน้่า), so it stays. pythainlp keeps the
# last.
_TONES = re.compile("([\u0e48-\u0e4b])[\u0e48-\u0e4b]+")

_THAI_LETTERS = re.compile("[\u0e01-\u0e4e]+")
_LATIN_LETTERS = re.compile("[A-Za-z]+")
# Addresses and hashtags are no words. A text begins in Thai if a Thai word of five letters comes first.
_NO_WORDS = re.compile(r"(?:https?://|www\.|#)\S*")
_BEGINS_IN_THAI = re.compile(r"[^A-Za-z#\u0e01-\u0e4e]*[\u0e01-\u0e4e]{5}")

_SEPARATOR = re.compile(
    r"""
      /{3,} | (?: (?: [^\w\s()%$฿"'“”‘’/?!&@ๆฯ] | _ ) \s* ){2,}   # -----  ____  .....  * * *  ══════
    | [.…_•]                                        # a lone full stop, an empty bullet
    """,
    re.VERBOSE,
)
_PAGE_WORDS = re.compile(pattern("page_words"), re.IGNORECASE)
_EMOJI = re.compile("[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")


def clean(text: str) -> str:
    """Return a text with its characters mended. White space becomes plain spaces and newlines, and stays where it is.

    - ◌ํ + า becomes ำ, also with a tone mark between them or before them; เเ becomes แ.
    - Tone marks and vowels are put in their order, and doubled ones become one.
    - The private-use glyphs of old fonts become letters. The bullets of symbol fonts become "•".
    - Entities that were written as text become characters.
    - Zero-width characters, soft hyphens, byte-order marks and control codes are dropped. U+2028 becomes a newline.
    - A letter and its accents become one character (NFC). Of combining marks in a row, the first _MAX_MARKS stay.

    Phinthu, and Lao, Khmer and Chinese letters, are genuine and stay.
    """
    text = _ODD_CHARACTER.sub(lambda found: _CHARACTERS[ord(found[0])] or "", text)
    if "\u200d" in text:
        text = _STRAY_JOINER.sub("", text)
    if _SOME_SIGNS.search(text[::_FOURTH]):
        text = _MANY_SIGNS.sub(_without_piles, text)
    text = unicodedata.normalize("NFC", text)
    if (read := entities_read(text)) != text:
        text = unicodedata.normalize("NFC", read)
    if not _MISSPELT.search(text):
        return text
    text = _REPEATED_LEAD.sub(r"\1", _TWO_E.sub("แ", text))
    return _SYLLABLE.sub(lambda found: _mend_syllable(found[0]), text)


def _without_piles(signs: re.Match[str]) -> str:
    """Return signs with at most _MAX_MARKS combining marks in a row."""
    kept: list[str] = []
    marks = 0
    for sign in signs[0]:
        marks = marks + 1 if unicodedata.category(sign).startswith("M") else 0
        if marks <= _MAX_MARKS:
            kept.append(sign)
    return "".join(kept)


def _mend_syllable(syllable: str) -> str:
    """Return a consonant and its signs, in their order and each once. Mending one fault may show the next."""
    syllable = syllable[: _MAX_SIGNS + 1]
    while _MISSPELT.search(syllable):
        mended = _TONES.sub(r"\1", _REPEATED.sub(r"\1", reorder_vowels(syllable)))
        if mended == syllable:
            break
        syllable = mended
    return syllable


def clean_line(text: str) -> str:
    """Return a text mended (see `clean`) and on one line, with single spaces and none at its ends."""
    return " ".join(clean(text).split())


def is_separator(line: str) -> bool:
    """Tell whether a cleaned line only divides other lines: `-----`, `.....`, a lone `.`.

    A lone `-` is the empty cell of a table and no separator. Emoji are no separators either.
    """
    return bool(_SEPARATOR.fullmatch(line) and not _EMOJI.search(line))


def clean_paragraphs(paragraphs: list[str]) -> list[str]:
    """Return the paragraphs mended (see `clean`), each on one line. A paragraph that holds line breaks becomes several.

    These are dropped: separators, the message of an audio player that cannot play, scripts, style rules, and the words
    of the print link and of pagers. A text of nothing but separators keeps them, because some articles are a picture
    and say only `...`.
    """
    lines = without_code([" ".join(line.split()) for line in clean("\n".join(paragraphs)).split("\n")])
    said = [line for line in lines if line and not _PAGE_WORDS.fullmatch(line)]
    return [line for line in said if not is_separator(line)] or said


def language_of(text: str) -> str:
    """Return the language of a text: `"en"` or `"th"`.

    It is `"en"` if fewer than a quarter of the letters are Thai, and there are Latin ones. A bilingual release with
    Thai first is `"th"`, and so is a letter that begins in Thai. Addresses and hashtags do not count.
    """
    if _BEGINS_IN_THAI.match(text):  # most texts do, and the rest of them need not be looked at
        return "th"
    text = _NO_WORDS.sub("", text)
    if _BEGINS_IN_THAI.match(text):
        return "th"
    thai, latin = (len(text) - len(letters.sub("", text)) for letters in (_THAI_LETTERS, _LATIN_LETTERS))
    return "en" if latin and thai < (thai + latin) / 4 else "th"


def squeeze(text: str) -> str:
    """Return a text without white space. Two texts are compared by this."""
    return "".join(text.split())
