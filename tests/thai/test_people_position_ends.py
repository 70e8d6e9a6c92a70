"""Positions that end before a clause or a group of people, or go on with a second office."""

from __future__ import annotations

from tests.support.tables import every_row
from thaigov_crawler.thai.people import read_people

OFFICE = "ผู้อำนวยการสวนน้ำ"


def position(text: str) -> str | None:
    (person,) = read_people(text)
    return person.position


@every_row(
    "clause",
    [
        "กระตุ้นการปลูกป่า", "ผู้มีความรักสวน", "และตามนโยบายป่าไม้", "ผู้ซึ่งรักสวน", "คัดค้านการตัดไม้", "จนถึงปีนี้", "จริงจังกับน้ำใส", "เดินตรวจสวน", "ตั้งโต๊ะรับฟังชาวสวน",
        "ถ่ายภาพหมู่", "ถือเป็นวันดี", "ท่ามกลางฝน", "นั่งเรือชมสวน", "นับเป็นวันดี", "เน้นน้ำใส", "บริจาคต้นไม้",
        "มาช่วยปลูกป่า", "รณรงค์ปลูกป่า", "ร้องเรียนเรื่องน้ำ", "ลงเรือเข้าสวน", "แล้ว", "วางไว้", "สวมใส่ผ้าสวน",
        "สะท้อนน้ำใส", "สำรวจสวน", "เสวนาในหัวข้อน้ำ", "อธิบายเรื่องน้ำ", "อนุมัติ 3 สวน", "วันพุธที่ 3 มกราคม 2567",
    ],
)  # fmt: skip
def test_an_office_ends_before_a_clause(clause: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว {OFFICE} {clause}") == OFFICE


@every_row("others", ["กำนัน ผู้ใหญ่บ้าน", "ครอบครัวผู้ปลูกป่า", "ทูตานุทูต", "ศิษยานุศิษย์", "พ่อค้า", "พระสงฆ์"])
def test_an_office_ends_before_people_without_a_name(others: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว {OFFICE} {others} ร่วมงาน") == OFFICE


def test_a_family_may_be_what_a_ministry_is_for() -> None:
    office = "รัฐมนตรีว่าการกระทรวงสวน ครอบครัว และป่าไม้"
    assert position(f"นายวิชัย ทุ่งเขียว {office} เปิดเผยว่า น้ำใส") == office


@every_row(
    "second",
    [
        "เลขานุการศูนย์สวนใส",
        "เลขาธิการสวนใส",
        "รองโฆษกกรมสวน",
        "ผู้แทนรัฐมนตรีว่าการกระทรวงสวน",
        "หัวหน้าคณะผู้แทนไทย",
        "คณะกรรมการศูนย์สวนใส",
    ],
)
def test_further_second_offices_go_on_where_one_person_acts(second: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว {OFFICE} {second} เปิดเผยว่า น้ำใส") == f"{OFFICE} {second}"
    assert position(f"นายวิชัย ทุ่งเขียว {OFFICE} {second} ชาวสวน นักเรียน และแขก เข้าร่วม") == OFFICE


@every_row("office", ["ออท.ภูฏาน/ไทย", "ผช.รมต.ประจำ สวน", "ปลัดป้องกันอำเภอสวน", "นพ.สสจ.น่าน", "หมอพื้นบ้าน"])
def test_short_offices_and_further_ones(office: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว {office} เปิดเผยว่า น้ำใส") == office


@every_row("qualifier", ["ASEAN", "PM’s", "Indonesian", "South African", "Thai Trade"])
def test_what_an_english_office_is_of_may_stand_before_it(qualifier: str) -> None:
    office = f"{qualifier} Representative"
    assert position(f"The minister met with {office} Alan Brook to plant trees.") == office


@every_row(
    ("text", "expected"),
    [
        ("พบ Mr. Alan Brook, CEO ของบริษัท สวนน้ำ จำกัด ที่ร่วมงาน", "CEO ของบริษัท สวนน้ำ จำกัด"),
        ("พบ Ms. Ann Brook, Finance Director ห้างสรรพสินค้าสวนน้ำ ซึ่งร่วมงาน", "Finance Director ห้างสรรพสินค้าสวนน้ำ"),
        ("พบนายวิชัย ทุ่งเขียว อุปนายก คนที่ 2 ของสมาคมสวนน้ำ ที่ร่วมงาน", "อุปนายก คนที่ 2 ของสมาคมสวนน้ำ"),
        ("พบนายวิชัย ทุ่งเขียว นักวิชาการป่าไม้ จากศูนย์ป่าไม้ ที่ร่วมงาน", "นักวิชาการป่าไม้ จากศูนย์ป่าไม้"),
        ("พบนายวิชัย ทุ่งเขียว นักวิชาการป่าไม้ จากนั้นปลูกป่า", "นักวิชาการป่าไม้"),
        ("พบ Mr. Alan Brook, CEO of River Fund, ที่ร่วมงาน", "CEO of River Fund"),
    ],
)
def test_the_body_that_an_office_is_of_belongs_to_it(text: str, expected: str) -> None:
    assert position(text) == expected


@every_row("verb", ["แถลงข่าวจับกุม", "แถลงว่า", "แถลงถึงน้ำใส"])
def test_a_statement_glued_to_an_office_ends_it(verb: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว อธิบดีกรมสวนน้ำ{verb}") == "อธิบดีกรมสวนน้ำ"


@every_row(
    ("words", "expected"),
    [
        ("ทำหน้าที่เลขานุการสภาสวนใส ร่วมงาน", f"{OFFICE} ทำหน้าที่เลขานุการสภาสวนใส"),
        ("ทำหน้าที่ฝ่ายเลขานุการ ณ ห้องสวนใส", f"{OFFICE} ทำหน้าที่ฝ่ายเลขานุการ"),
        ("ทำหน้าที่เป็นหัวหน้าคณะผู้แทนไทย", OFFICE),
        ("ทำหน้าที่ดูแลป่า", OFFICE),
    ],
)
def test_what_somebody_acts_as_belongs_to_the_position(words: str, expected: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว {OFFICE} {words}") == expected


@every_row(
    ("heading", "position"),
    [
        ("เสนอแต่งตั้งกรรมการผู้ทรงคุณวุฒิในคณะกรรมการผลไม้ไทย จำนวน 2 คน เนื่องจากกรรมการเดิมครบวาระ ดังนี้", "กรรมการผู้ทรงคุณวุฒิในคณะกรรมการผลไม้ไทย"),
        ("เสนอแต่งตั้งกรรมการในคณะกรรมการผลไม้ไทย แทนกรรมการเดิมที่ลาออก ดังนี้", "กรรมการในคณะกรรมการผลไม้ไทย"),
        ("เสนอแต่งตั้งบุคคลเป็นกรรมการผู้ช่วยรัฐมนตรีอีกวาระหนึ่ง รวม 2 ราย ดังต่อไปนี้", "กรรมการผู้ช่วยรัฐมนตรี"),
        ("เสนอแต่งตั้งข้าราชการการเมือง ตำแหน่งรองเลขาธิการสภาผลไม้ จำนวน 2 ราย ดังนี้", "รองเลขาธิการสภาผลไม้"),
        ("เสนอแต่งตั้งข้าราชการพลเรือนสามัญ จำนวน 2 ราย ดังนี้", None),
        ("เมื่อไม่มีผู้ดำรงตำแหน่งรัฐมนตรีว่าการกระทรวงผลไม้ จำนวน 2 ราย ดังนี้", None),
    ],
)  # fmt: skip
def test_an_office_over_a_list_is_that_of_all_in_it(heading: str, position: str | None) -> None:
    text = f"คณะรัฐมนตรีมีมติตามที่กระทรวงผลไม้{heading}\n1. นายสมหมาย ใจงาม ด้านกฎหมาย\n2. นางสาวมาลี ดอกไม้สวย\nทั้งนี้ ตั้งแต่บัดนี้"
    assert [(each.name, each.position) for each in read_people(text)] == [
        ("สมหมาย ใจงาม", position),
        ("มาลี ดอกไม้สวย", position),
    ]


def test_who_has_an_office_in_a_list_keeps_it() -> None:
    text = "เสนอแต่งตั้งประธานกรรมการและกรรมการในคณะกรรมการผลไม้ไทย รวม 2 คน ดังนี้\n1. นายสมหมาย ใจงาม ประธานกรรมการ\n2. นางสาวมาลี ดอกไม้สวย กรรมการ"
    assert [each.position for each in read_people(text)] == ["ประธานกรรมการ", "กรรมการ"]


@every_row(
    ("text", "position"),
    [
        ("นางสาวมาลี ดอกไม้สวย ที่ปรึกษารัฐมนตรีช่วยว่าการกระทรวงผลไม้ (นายสมหมาย ใจงาม)", "รัฐมนตรีช่วยว่าการกระทรวงผลไม้"),
        ("นางสาวมาลี ดอกไม้สวย โฆษกประจำรองนายกรัฐมนตรี (นายสมหมาย ใจงาม)", "รองนายกรัฐมนตรี"),
        (
            "นางสาวมาลี ดอกไม้สวย ผู้ช่วยเลขานุการรัฐมนตรีว่าการกระทรวงผลไม้ [ปฏิบัติหน้าที่เลขานุการรัฐมนตรีช่วยว่าการกระทรวงผลไม้ (นายสมหมาย ใจงาม)]",
            "รัฐมนตรีช่วยว่าการกระทรวงผลไม้",
        ),
        ("โดยมีที่ปรึกษารัฐมนตรีว่าการกระทรวงผลไม้ (นายสมหมาย ใจงาม) ร่วมงาน", "ที่ปรึกษารัฐมนตรีว่าการกระทรวงผลไม้"),
    ],
)  # fmt: skip
def test_the_minister_of_an_aide_stands_in_brackets(text: str, position: str) -> None:
    assert read_people(text)[-1].position == position
