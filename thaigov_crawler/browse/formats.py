"""Formats of values on the pages: days in Thai, addresses as links, the text around a word that was searched for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from thaigov_crawler.thai.calendar import BANGKOK, MONTHS, to_buddhist

_DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?")
# Thai writes these, and what is abbreviated, without a space before the name: นายสมชาย, ดร.สมชาย, but พลเอก สมชาย.
_GLUED_TITLES = (
    *("นาย", "นาง", "นางสาว", "เด็กชาย", "เด็กหญิง", "คุณ", "คุณหญิง", "ท่านผู้หญิง", "นายแพทย์", "แพทย์หญิง"),
    *("หม่อมเจ้า", "หม่อมราชวงศ์", "หม่อมหลวง", "."),
)
_BEFORE, _AROUND = 60, 220  # characters of an excerpt: before the first word found, and in total


def in_thai(day: str | None) -> str:
    """Return an ISO day, month or year (C.E.) as Thai readers write it (B.E.): `2025-05-24` as `24 พฤษภาคม 2568`.

    Return any other text unchanged, and "" for None.
    """
    found = _DAY.fullmatch(day or "")
    if not found:
        return day or ""
    year, month, number = found.groups()
    parts = [str(int(number))] if number else []
    parts += [MONTHS[int(month) - 1]] if month else []
    return " ".join([*parts, str(to_buddhist(int(year), int(month) if month else None))])


def moment_in_thai(moment: str | None) -> str:
    """Return an ISO datetime as day (B.E.) and time in Bangkok: `24 พฤษภาคม 2568 เวลา 16.05 น.`

    Return any other text unchanged, and "" for None.
    """
    at = _in_bangkok(moment)
    return f"{in_thai(at.date().isoformat())} เวลา {at:%H.%M} น." if at else moment or ""


def moment_in_bangkok(moment: str | None) -> str:
    """Return an ISO datetime as day (C.E.) and time in Bangkok: `2025-05-24 16:05`. Return other texts as above."""
    at = _in_bangkok(moment)
    return f"{at:%Y-%m-%d %H:%M}" if at else moment or ""


def _in_bangkok(moment: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(moment or "").astimezone(BANGKOK)
    except (ValueError, OverflowError):  # the last day of the year 9999 has no Bangkok time
        return None


def before_name(title: str, name: str) -> str:
    """Return the text before a name: the title, with a space behind it if Thai (or a Latin name) needs one."""
    if not title or (title.endswith(_GLUED_TITLES) and "\u0e00" <= name[:1] <= "\u0e7f"):
        return title
    return f"{title} "


def full_name(title: str, name: str) -> str:
    """Title and name as one writes them: `นายสมชาย ใจดี`, `พลเอก สมชาย ใจดี`, `Mr. John Smith`."""
    return before_name(title, name) + name


def web_address(text: str | None) -> str | None:
    """Return the address if it is one of the web (http, https) and may be a link, else None.

    The address of a part of a file is no link: it would fetch the whole file, a gigabyte.
    """
    is_link = text and re.match(r"https?://[^\s/]", text, re.IGNORECASE) and "#bytes=" not in text
    return text if is_link else None


def entries(column: str | None) -> list[str]:
    """Return the texts of a JSON array in a column. Return no texts if the column has something else."""
    try:
        held = json.loads(column or "[]")
    except ValueError:
        return []
    return [str(entry) for entry in held] if isinstance(held, list) else []


def marked(text: str, words: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces. With each piece comes whether it is one of the words."""
    wanted = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    if not wanted:
        yield text, False
        return
    for number, piece in enumerate(re.split(f"({wanted})", text, flags=re.IGNORECASE)):
        if piece:
            yield piece, number % 2 == 1


def excerpt(texts: Iterable[str | None], words: list[str]) -> str:
    """Return the text around the first word found in one of the texts, or else the beginning of the last text."""
    said = [" ".join(text.split()) for text in texts if text]
    for text in said:
        places = [at for word in words if (at := text.casefold().find(word.casefold())) >= 0]
        if places:
            start = max(0, min(places) - _BEFORE)
            # Begin behind a space if there is one before the word.
            return _cut(text, start and max(start, text.find(" ", start, min(places)) + 1))
    return _cut(said[-1], 0) if said else ""


def _cut(text: str, start: int) -> str:
    # A Thai vowel or tone mark must stay with its consonant.
    while start and re.match("[\u0e31\u0e33-\u0e3a\u0e45\u0e47-\u0e4e]", text[start]):
        start -= 1
    end = start + _AROUND
    while end < len(text) and re.match("[\u0e31\u0e33-\u0e3a\u0e45\u0e47-\u0e4e]", text[end]):
        end += 1
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
