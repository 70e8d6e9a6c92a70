"""Reads the text files of PyThaiNLP's corpora. Each is a classic page without its markup.

The layout is known from stored copies of the repositories `PyThaiNLP/thaigov-corpus` (2018-2020, article IDs 1 to
34,462) and `PyThaiNLP/thaigov-v2-corpus` (2020-2025, 34,463 to 100,611): their README files, `run.py` and files of
2017, 2018, 2020, 2021, 2023 and 2025. A file is the page's title tag as it stands in the HTML (prefix and entities), a
blank line or two, the text of the article box, a blank line, and the address without a line break behind it:

    รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-{headline}

    วันเสาร์ที่ 24 พฤษภาคม 2568           long date, always first
    4,023                                 counter of views, on a few pages of 2017
    24/05/2568                            numeric date, of press releases from the end of 2022 on
    พิมพ์                                   print link, of press releases from 2020 on
    {headline}
    {lead}
    {body, in lines}

    ที่มา : https://www.thaigov.go.th/news/contents/details/{id}

The files are UTF-8. In the first corpus some have a byte-order mark, and some keep the indents and blank lines of the
HTML. If the HTML had no line break between two tags, their texts stand together without a space.

If the page had no lead, the line behind the headline is the first of the body. This is so if there is no other line, or
if the line is longer than any lead.
"""

from __future__ import annotations

import html
import re

from thaigov_crawler.pages.classic import (
    END_OF_ARTICLE,
    LONG_DATE,
    MAX_DATE_LENGTH,
    NUMERIC_DATE,
    TITLE_PREFIX,
    without_prefix,
)
from thaigov_crawler.pages.raw import RawArticle

LAYOUT = "corpus"

_LINE_BREAK = re.compile(r"\r\n?|\n")
# A line with only these characters looks blank. Some bodies are such a line.
_INVISIBLE = " \xa0\xad\u200b\u200c\u200d\u2060\ufeff"
_SOURCE = re.compile(r"ที่มา[^:]*:\s*\S+")
_COUNTER = re.compile(r"\d{1,3}(?:,\d{3})*")
_PRINT = "พิมพ์"
# Lines above the headline. Four kinds are known; one more is allowed.
MAX_HEADER_LINES = 5
# The site cuts leads at 250 characters; the longest of 12,490 has 255.
MAX_LEAD_LENGTH = 260


def parse(text: str, base_url: str) -> RawArticle:
    """Return what a text file of a corpus says. Parts that are missing are empty. Never raise.

    If the file is not one of a corpus, all parts are empty. The text has no pictures, documents or section (the section
    is in the file's name). `base_url` is not used; every layout has this parameter.
    """
    lines = [line for each in _LINE_BREAK.split(text.lstrip("\ufeff")) if (line := each.strip()).strip(_INVISIBLE)]
    has_source = bool(lines) and bool(_SOURCE.fullmatch(lines[-1]))
    if has_source:
        lines.pop()
    title_tag = lines[0] if lines else ""
    raw = RawArticle(LAYOUT, recognised=has_source or bool(TITLE_PREFIX.match(title_tag)))
    if not raw.recognised:
        return raw
    raw.title = without_prefix(html.unescape(title_tag))
    written = {_squeeze(raw.title), _squeeze(without_prefix(title_tag))} - {""}
    header, rest = _parted(lines[1:], written)
    if rest and (not written or _squeeze(rest[0]) in written):
        raw.title = rest.pop(0)
    _read_dates(header, raw)
    said = rest[: next((n for n, line in enumerate(rest) if END_OF_ARTICLE.fullmatch(line)), len(rest))]
    # If there is no lead, the headline may stand in its place, and may be of any length.
    has_lead = len(said) > 1 and (len(said[0]) <= MAX_LEAD_LENGTH or _squeeze(said[0]) == _squeeze(raw.title))
    raw.lead, raw.body = (said[0], said[1:]) if has_lead else ("", said)
    return raw


def _parted(lines: list[str], written: set[str]) -> tuple[list[str], list[str]]:
    """Return the lines above the headline, and the lines from it on.

    `written` has the headline without spaces, in the forms that it may have here. If no line is the headline, return
    the lines that can only stand above it, and the others.
    """
    for number, line in enumerate(lines[: MAX_HEADER_LINES + 1]):
        # A headline may be a date, too. But if the first line is a date, it is that of the page.
        if _squeeze(line) in written and (number or not _is_header(line)):
            return lines[:number], lines[number:]
    number = next((n for n, line in enumerate(lines[:MAX_HEADER_LINES]) if not _is_header(line)), MAX_HEADER_LINES)
    return lines[:number], lines[number:]


def _is_header(line: str) -> bool:
    if len(line) > MAX_DATE_LENGTH:
        return False
    return line == _PRINT or any(kind.fullmatch(line) for kind in (LONG_DATE, NUMERIC_DATE, _COUNTER))


def _read_dates(header: list[str], raw: RawArticle) -> None:
    """Read the dates.

    The long date is the first line, even if it cannot be read. The numeric date is in a later line.
    """
    if header:
        first = header[0][:MAX_DATE_LENGTH]
        found = LONG_DATE.search(first)
        raw.date_published = found[0] if found else first
    numeric = (found[0] for line in header[1:] if (found := NUMERIC_DATE.search(line[:MAX_DATE_LENGTH])))
    raw.news_date = next(numeric, "")


def _squeeze(text: str) -> str:
    return "".join(text.split())


def is_absent(raw: RawArticle) -> bool:
    """Return whether the file has no headline or no body. Then the page had none when it was fetched."""
    return raw.recognised and not (raw.title and raw.body)
