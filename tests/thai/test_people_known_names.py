"""Persons without a title whose names are known."""

from __future__ import annotations

from tests.support.tables import every_row
from thaigov_crawler.thai.people import read_people


@every_row(
    ("text", "expected"),
    [
        ("ป่าริมธารงดงาม\nสมชาย ใจดี อธิบดีกรมป่า กล่าวว่า น้ำใส", [("", "สมชาย ใจดี", "อธิบดีกรมป่า")]),
        ("ป่าริมธารงดงาม\nสมชาย ฮญฮญาฮ อธิบดีกรมป่า กล่าวว่า น้ำใส", []),
        ("ตามแนวคิดของประธานาธิบดีสี จิ้นผิง ที่ปลูกป่า", [("", "สี จิ้นผิง", "ประธานาธิบดี")]),
        ("พบกับประธานาธิบดีมุน แช-อิน ที่สวน", [("", "มุน แช-อิน", "ประธานาธิบดี")]),
    ],
)
def test_known_names_without_a_title(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(each.title, each.name, each.position) for each in read_people(text)] == expected


def test_the_title_of_a_later_mention_is_taken() -> None:
    text = "ป่าริมธารงดงาม\nสมชาย ใจดี อธิบดีกรมป่า เปิดสวน\nนายสมชาย ใจดี อธิบดีกรมป่า กล่าวว่า น้ำใส"
    assert [(each.title, each.name) for each in read_people(text)] == [("นาย", "สมชาย ใจดี")]
