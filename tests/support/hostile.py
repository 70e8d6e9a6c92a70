"""Texts that take hours to read where the work grows with the square of their length."""

from __future__ import annotations

# What is said before, again and again, and behind.
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
    """The text of DATES with a name, about so many characters long."""
    before, piece, behind = DATES[name]
    return before + piece * (length // len(piece)) + behind
