"""The staff whom the last lines of an article name: `name|position|+` (or `-` for those who were not there)."""

from __future__ import annotations

from tests.support.tables import every_row
from thaigov_crawler.thai.people import read_people

OPENS = "นายวิชัย ทุ่งเขียว อธิบดีกรมสวนน้ำ เป็นประธานเปิดงานปลูกป่า"
CHAIRMAN = "วิชัย ทุ่งเขียว|อธิบดีกรมสวนน้ำ|+"


def staff(lines: str) -> list[str]:
    """Return the persons whom `lines` name at the end of an article."""
    found = read_people(f"{OPENS}\n{lines}")
    people = [f"{person.name}|{person.position or ''}|{'+' if person.attended else '-'}" for person in found]
    assert people[0] == CHAIRMAN
    assert not any(person.title for person in found[1:])
    return people[1:]


@every_row(
    ("lines", "expected"),
    [
        ("มะลิ ใบบัว: สรุป/รายงาน", ["มะลิ ใบบัว||-"]),
        ("มะลิ ใบบัว : เรียบเรียง", ["มะลิ ใบบัว||-"]),
        ("มะลิ ใบบัว – ข่าว/\nจำปา สวนหลวง - ภาพ/\n5 มีนาคม 2561", ["มะลิ ใบบัว||-", "จำปา สวนหลวง||-"]),
        ("มะลิ ใบบัว ณ ลำปาง ภาพ/ข่าว", ["มะลิ ใบบัว ณ ลำปาง||-"]),
        ("มะลิ ใบบัว, จำปา สวนหลวง: ถ่ายภาพ", ["มะลิ ใบบัว||-", "จำปา สวนหลวง||-"]),
        ("มะลิ ใบบัว / สรุป จำปา สวนหลวง / ภาพ", ["มะลิ ใบบัว||-", "จำปา สวนหลวง||-"]),
        ("มะลิวัลย์ / รายงาน\nจำปา / ตรวจ", ["มะลิวัลย์||-", "จำปา||-"]),
        ("ข่าวโดย : มะลิ ใบบัว\nภาพ: จำปา สวนหลวง", ["มะลิ ใบบัว||-", "จำปา สวนหลวง||-"]),
        (
            "Written by มะลิ ใบบัว\nPhoto Credit จำปา สวนหลวง\nRewriter ทับทิม ไพรสน\nEditor ชบา ไพรวัน (สป.)",
            ["มะลิ ใบบัว||-", "จำปา สวนหลวง||-", "ทับทิม ไพรสน|Rewriter|-", "ชบา ไพรวัน|Editor|-"],
        ),
        ("Rewriter/Editor มะลิ ใบบัว", ["มะลิ ใบบัว|Rewriter/Editor|-"]),
        ("มะลิ ใบบัว, จำปา สวนหลวง\nสรุป/รายงาน", ["มะลิ ใบบัว||-", "จำปา สวนหลวง||-"]),
        ("Rewriter\nมะลิ ใบบัว\nPhoto Credit\nจำปา สวนหลวง", ["มะลิ ใบบัว|Rewriter|-", "จำปา สวนหลวง||-"]),
        ("กองเผยแพร่และประชาสัมพันธ์/มะลิ ใบบัว – ข่าว/จำปา สวนหลวง – ภาพ/5 มีนาคม 2561", ["มะลิ ใบบัว||-", "จำปา สวนหลวง||-"]),
        ("สอบถามเพิ่มเติม\nมะลิ ใบบัว (ใบ) 0-2123-4567\nชบาสวน ไพรวัน โทร. 02 123 4567", ["มะลิ ใบบัว||-", "ชบาสวน ไพรวัน||-"]),
    ],
)
def test_staff_is_named_and_was_not_there(lines: str, expected: list[str]) -> None:
    assert staff(lines) == expected


@every_row(
    "lines",
    [
        "กองเผยแพร่และประชาสัมพันธ์ - ข่าว/",
        "กลุ่มประชาสัมพันธ์ สำนักงานรัฐมนตรี: รายงาน",
        "ศูนย์สารนิเทศ สำนักงานประกันสังคม ข่าว",
        "Photo Credit กรมสวนน้ำ กระทรวงสวน",
        "ตารางสรุป ผลการดำเนินงาน : ",
        "ข้อมูล ภาพ ข่าว",
        "รายงาน : ผลการดำเนินงาน ประจำปี",
        "ขอบคุณภาพ/ข่าว : กพร.สป.",
        "ธนาคารสวนน้ำ จำกัด โทร. 02-123-4567",
        "สาขาสวนหลวง หมายเลขบัญชี 061-2-34567-8",
        "มะลิ ใบบัว\nน้ำในสวนใส",
    ],
)
def test_bodies_and_headings_are_no_staff(lines: str) -> None:
    assert staff(lines) == []


def test_only_the_end_of_an_article_has_credits() -> None:
    sentences = "\n".join(f"ข้อ {number} น้ำในสวนใสขึ้น" for number in range(30))
    assert [person.name for person in read_people(f"{OPENS}\nมะลิ ใบบัว: สรุป\n{sentences}")] == ["วิชัย ทุ่งเขียว"]


def test_credits_within_a_line() -> None:
    text = (
        "น้ำในสวนใส ข้อมูลข่าวโดย : กรมสวนน้ำ เผยแพร่ : มะลิ ใบบัว ส่วนสื่อสารองค์กร จำปา สวนหลวง – ข่าว/ ชบา ไพรวัน – ภาพ/ 5 มีนาคม"
    )
    assert staff(text) == ["มะลิ ใบบัว||-", "จำปา สวนหลวง||-", "ชบา ไพรวัน||-"]
