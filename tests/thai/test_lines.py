"""Lines that are broken at a width are read as one. Paragraphs, headings and lists are read as they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.support.tables import every_row
from thaigov_crawler.thai.lines import unwrapped

SCRIPT = [
    "ชาวสวนริมคลองร่วมกันปลูกบัวหลวงตลอดแนวคลองยาวสามกิโลเมตร โดยมี",
    "นายมั่น ใจดี ปลัดกระทรวงสวน เดินทางไปร่วมปลูกบัวหลวงด้วย ณ",
    "ลานบัวขาว ตำบลริมคลอง ซึ่งเป็นลานที่ชาวบ้านช่วยกันสร้างเมื่อปีก่อน",
    "และจะเปิดให้ประชาชนเข้าชมบัวบานได้ทุกวันโดยไม่เสียค่าใช้จ่ายใด ๆ",
    "ตลอดทั้งปี",
    "ปีหน้าชาวสวนตั้งใจว่าจะปลูกบัวแดงเพิ่มอีกสองกิโลเมตรจนสุดแนวคลอง",
]


def test_broken_lines_are_joined_and_every_character_keeps_its_place():
    text = "\n".join(SCRIPT)
    joined = unwrapped(text)
    assert joined == f"{' '.join(SCRIPT[:5])}\n{SCRIPT[5]}"
    assert len(joined) == len(text)


@every_row(
    "own", ["- บัวแดง", "1) บัวแดง", "2. บัวแดง", "“บัวแดง” ดอกใหญ่", "วันนี้ (24 พฤษภาคม 2568) บัวบาน", "https://example.com"]
)
def test_what_begins_a_line_of_its_own_is_not_joined(own):
    assert f"\n{own}" in unwrapped("\n".join([*SCRIPT[:4], own, *SCRIPT]))


@every_row(
    "lines",
    [
        SCRIPT[:4],  # too few to tell
        [line * 4 for line in SCRIPT],  # paragraphs
        ["บัวแดง", "บัวขาว", "บัวหลวง", "บัวสาย", "บัวเผื่อน", "บัวผัน"],  # a table
        [f"{number}) {line}" for number, line in enumerate(SCRIPT)],
        [f"- {line}" for line in SCRIPT],
        [SCRIPT[0], *["บัวแดง"] * 6],
        [""],
    ],
)
def test_paragraphs_lists_and_tables_stay_as_they_are(lines):
    assert unwrapped("\n".join(lines)) == "\n".join(lines)


@given(st.lists(st.sampled_from([*SCRIPT, "", "- บัว", "บัว"]) | st.text(), max_size=12).map("\n".join))
def test_nothing_but_line_breaks_changes(text):
    joined = unwrapped(text)
    assert len(joined) == len(text)
    assert all(ours == theirs or (ours, theirs) == (" ", "\n") for ours, theirs in zip(joined, text, strict=True))
