"""Texts and pages of any length. If the work grows with the square of the length, reading one of them takes hours."""

from __future__ import annotations

from sample.anatomy import TITLE_PREFIX, classic_page

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


# A name to three texts for people, as in DATES.
PEOPLE = {
    "honorifics": ("", "นาย", ""),
    "honorifics spaced": ("", "นาย ", ""),
    "runs": ("", "ศ.ดร.นพ.", ""),
    "half ranks": ("", "พล.", ""),
    "foreign": ("", "H.E. Mr. ", ""),
    "one word": ("นาย", "ก", ""),
    "one Latin word": ("", "A", ""),
    "offices in English": ("", "Prime Minister and ", ""),
    "brackets": ("", "(", ")" * 50_000),
    "spaces": ("", " ", "นายวิชัย"),
    "offices": ("", "รองนายกรัฐมนตรี และ", ""),
    "position without end": ("นายวิชัย ทุ่งเขียว ", "รอง", ""),
}


def text_for_people(name: str, length: int) -> str:
    """Return the text of PEOPLE with this name, with about `length` characters."""
    before, piece, behind = PEOPLE[name]
    return before + piece * (length // len(piece)) + behind


# Markup that is opened again and again, and the places in a page of the classic layout where it may stand.
TAGS = ("<div>", "<b>", "<table><tr><td>", "<ul><li>", "<audio>", "<!--", "<p class='")
PLACES = ("alone", "in the body", "in the title", "in the date", "in the headline")


def nested(where: str, tag: str, length: int) -> str:
    """Return a page with about `length` characters of a tag in one of PLACES. The body begins with "ปลูกป่า"."""
    nesting = tag * (length // len(tag))
    if where == "alone":
        return nesting
    texts = {"in the title": "TAG", "in the date": "DAY", "in the headline": "HEADLINE", "in the body": "BODY"}
    html = classic_page(
        headline="HEADLINE", section="ด้านสังคม", long_date="DAY", title_tag=f"{TITLE_PREFIX}TAG", body="<p>ปลูกป่า</p>BODY"
    )
    assert html.count(texts[where]) == 1
    return html.replace(texts[where], nesting)
