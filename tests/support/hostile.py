"""Texts for dates. If the work grows with the square of the length, reading one of them takes hours."""

from __future__ import annotations

# A name to three texts: one at the beginning, one that is repeated, one at the end.
DATES = {
    "days and months": ("", "5 มกราคม ", ""),
    "days, months and years": ("", "5 มกราคม 2568 ", ""),
    "days and abbreviated months": ("", "5ม.ค.", ""),
    "joined": ("", "5 มกราคม - ", ""),
    "between": ("", "5 มกราคม และ 7 กุมภาพันธ์ 2568 คั่น ", ""),
    "some with years": ("", "วันที่ 5 มกราคม ปลูก วันที่ 7 มกราคม 2568 รดน้ำ ", ""),
    "months": ("", "มกราคม ", ""),
    "abbreviated months": ("", "ม.ค. ", ""),
    "English months": ("", "May ", ""),
    "English days": ("", "May 5, ", ""),
    "digits": ("", "1", ""),
    "Thai digits": ("", "๑", ""),
    "spaced digits": ("", "1 ", ""),
    "listed digits": ("", "1, ", "มกราคม"),
    "dashes": ("", "-", ""),
    "digits and dashes": ("", "1-", ""),
    "digits and slashes": ("", "1/", ""),
    "numeric dates": ("", "1/2/2568 ", ""),
    "spaces": ("", " ", ""),
    "a month far behind": ("5", " ", "มกราคม"),
    "a year far behind": ("5 มกราคม", " ", "2568"),
    "words": ("", "วันที่", ""),
}


def dates(name: str, length: int) -> str:
    """Return the text of DATES with this name, with about `length` characters."""
    before, piece, behind = DATES[name]
    return before + piece * (length // len(piece)) + behind
