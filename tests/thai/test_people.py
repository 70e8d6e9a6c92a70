"""Who is named in an article, and whether they took part: the rules of read_people, one invented sentence each.

A person is written `title|name|position|+` (or `-` for those who were not there).
"""

from __future__ import annotations

import sys

from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.hostile import PEOPLE, text_for_people
from tests.support.tables import every_row
from thaigov_crawler.thai.people import PersonMention, read_people
from thaigov_crawler.thai.text import clean_paragraphs

OFFICE = "อธิบดีกรมสวนน้ำ"
OPENS = "เป็นประธานเปิดงานปลูกป่า"


def body(text: str) -> str:
    """Return a text as the body of an article has it."""
    return "\n".join(clean_paragraphs(text.split("\n")))


def written(person: PersonMention) -> str:
    return f"{person.title}|{person.name}|{person.position or ''}|{'+' if person.attended else '-'}"


def people(text: str) -> list[str]:
    return [written(person) for person in read_people(body(text))]


def stated(text: str) -> list[str]:
    """Return `title|name|position` of all persons, whether they were there or not."""
    return [person[:-2] for person in people(text)]


def names(text: str) -> list[str]:
    return [person.name for person in read_people(body(text))]


# --- titles

CIVIL = "นาย,นาง,นางสาว,น.ส.,น. ส.,คุณ,ด.ช.,ด.ญ.,เด็กชาย,เด็กหญิง,มิสเตอร์,ฯพณฯ,ฯพณฯ นาย"
ACADEMIC = (
    "ดร.,ศ.,รศ.,ผศ.,ศ.ดร.,รศ.ดร.,รศ. ดร.,ผศ.ดร.,ศาสตราจารย์,รองศาสตราจารย์,ผู้ช่วยศาสตราจารย์,ศาสตราจารย์ ดร.,ศ.เกียรติคุณ,"
    "ศ.เกียรติคุณ ดร.,ศาสตราจารย์เกียรติคุณ,ศาสตราจารย์กิตติคุณ,ศาสตราจารย์พิเศษ,ศ.พิเศษ,ศ. (พิเศษ) ดร.,ศ.(พิเศษ)"
)
MEDICAL = (
    "นพ.,พญ.,ทพ.,ทพญ.,ภก.,ภญ.,สพ.ญ.,น.สพ.,นายแพทย์,แพทย์หญิง,ทันตแพทย์,ทันตแพทย์หญิง,เภสัชกร,เภสัชกรหญิง,นายสัตวแพทย์,"
    "สัตวแพทย์,สัตวแพทย์หญิง,ศ.นพ.,ผศ.พญ."
)
RANKS = (
    "พลเอก,พลโท,พลตรี,พลตรีหญิง,พลเรือเอก,พลเรือตรี,พลอากาศเอก,พลอากาศโท,พลตำรวจเอก,พลตำรวจตรี,พันเอก,พันโทหญิง,พันตำรวจเอก,"
    "พันตำรวจเอกหญิง,พันตำรวจเอก (พิเศษ),ร้อยเอก,ร้อยตรีหญิง,ร้อยตำรวจเอก,ร้อยตำรวจตรีหญิง,นาวาเอก,นาวาตรีหญิง,นาวาอากาศเอก,"
    "เรือเอก,เรืออากาศเอก,เรืออากาศโทหญิง,จ่าสิบเอก,จ่าสิบตำรวจ,สิบตำรวจเอก,สิบเอก,ดาบตำรวจ,พันจ่าเอก,พันจ่าอากาศเอก,นายกองเอก,"
    "นายหมวดตรี,ว่าที่ร้อยตรี,ว่าที่ ร้อยตรี,ว่าที่ร้อยตรีหญิง,ว่าที่พันตรี"
)
SHORT_RANKS = (
    "พล.อ.,พล.ท.,พล.ต.,พล.อ.อ.,พล.อ.ต.,พล.ร.อ.,พล.ร.ต.,พล.ต.อ.,พล.ต.ต.,พล.ต.ต.หญิง,พล. อ.,พล.ต. อ.,พ.อ.,พ.ท.หญิง,พ.ต.อ.,พ.ต.ท.,"
    "พ.ต.ท.หญิง,ร.อ.,ร.ต.หญิง,ร.ต.อ.,ร.ต.ต.หญิง,น.อ.,น.ต.หญิง,จ.ส.อ.,ส.ต.อ.,ด.ต.,ว่าที่ ร.ต.,ว่าที่ร.ต.,ว่าที่ พ.ต."
)
NOBLE = "ม.ร.ว.,ม.ล.,ม.จ.,หม่อมราชวงศ์,หม่อมหลวง,หม่อมเจ้า,คุณหญิง,ท่านผู้หญิง,ท่านหญิง"
RUNS = (
    "ศ.ดร.นพ.,รศ.ดร.ทพ.,พลตำรวจเอก ดร.,พล.ต.อ.ดร.,พ.อ.รศ.ดร.,พ.ต.ท.ม.ล.,แพทย์หญิงคุณหญิง,ศาสตราจารย์คลินิก เกียรติคุณ นายแพทย์,"
    "ศาสตราจารย์ ดร. นายแพทย์,ผู้ช่วยศาสตราจารย์ ดร.,นายแพทย์ ดร.,ดร.นพ.,พลเอก ม.ล.,ว่าที่ร้อยตรี ดร.,พลเรือเอก ม.ร.ว."
)
THAI_TITLES = ",".join([CIVIL, ACADEMIC, MEDICAL, RANKS, SHORT_RANKS, NOBLE, RUNS]).split(",")
LATIN_TITLES = (
    "Mr.,Mrs.,Ms.,Miss,Dr.,Prof.,Prof. Dr.,Assoc. Prof. Dr.,H.E.,H.E. Mr.,H.E. Mrs.,H.E. Dr.,Sir,Hon.,Dato’,Datuk,Tan Sri,"
    "His Excellency Mr.,Professor,General,Gen.,Pol. Gen.,Air Chief Marshal,Admiral,M.L.,M.R.,Madame,ฯพณฯ,ฯพณฯ Mr.,นาย,นางสาว,ดร."
).split(",")


@every_row("title", THAI_TITLES)
def test_title_glued_and_spaced(title):
    for space in ("", " "):
        text = f"{title}{space}วิชัย ทุ่งเขียว {OFFICE} {OPENS}"
        assert people(text) == [f"{title}|วิชัย ทุ่งเขียว|{OFFICE}|+"], text
        text = f"โดยมี{title}{space}กอบแก้ว ทุ่งเขียว {OFFICE} เข้าร่วมงาน"
        assert people(text) == [f"{title}|กอบแก้ว ทุ่งเขียว|{OFFICE}|+"], text


@every_row("title", LATIN_TITLES)
def test_title_before_a_latin_name(title):
    assert stated(f"{title} Alan Rivers เอกอัครราชทูตแห่งริมน้ำ เข้าเยี่ยมคารวะ") == [f"{title}|Alan Rivers|เอกอัครราชทูตแห่งริมน้ำ"]


@every_row("title", [title for title in LATIN_TITLES if title < "ก"])
def test_title_in_english(title):
    assert people(f"{title} Alan Rivers attended the garden fair.") == [f"{title}|Alan Rivers||+"]


# --- names


@every_row(
    "name",
    [
        "วิชัย ณ ระนอง",
        "วิชัย อิศรางกูร ณ อยุธยา",
        "มะลิ ณ เชียงใหม่",
        "ณัฐวุฒิ ทุ่งเขียว",
        "ณรงค์ ณ นคร",
        "กอบชัย ทุ่งเขียว",
        "กฤษณ์ ริมธาร",
        "กำธร ริมธาร",
        "ปรีชา พร้อมพันธุ์",
        "ปรีชา จึงรุ่งเรืองผล",
        "ปรีชา ทรงศิวิลัย",
        "ปรีชา มีสุข",
        "ปรีชา นำชัย",
        "ปรีชา รวมสุข",
        "ปรีชา ร่วมจิต",
        "ปรีชา ณรงค์ชัย",
        "ปรีชา คุณากรสวน",
        "ปรีชา ศิริ",
        "โอ๋ อุ่นใจ",
        "วิชัย ทุ่งเขียว ธารทอง",
        "เจมส์ บี ริเวอร์ส",
        "เจมส์ บี. ริเวอร์ส",
        "ปีเตอร์ ฟาน เดอ บรูค",
        "อาหมัด บิน ซาลาม",
        "วิชัย",
    ],
)
def test_name_in_thai_letters(name):
    assert people(f"นาย{name} {OFFICE} {OPENS}") == [f"นาย|{name}|{OFFICE}|+"]


@every_row(
    "name",
    [
        "Alan Rivers",
        "Mari RIVERFIELD",
        "MARI RIVERFIELD",
        "Jean-Luc Rivière",
        "Conor O’Brook",
        "Conor O'Brook",
        "Alan F. Rivers",
        "J. R. Rivers",
        "J.R. Rivers",
        "Jan van der Brook",
        "Karl von Brook",
        "Ahmad bin Salim",
        "Maria de la Fuente",
        "Maria Clara Rivera Lopez",
        "Dang Van Song",
        "Ólafur Fljót",
        "Mina",
    ],
)
def test_name_in_latin_letters(name):
    assert stated(f"Mr. {name} เอกอัครราชทูตแห่งริมน้ำ เข้าเยี่ยมคารวะ") == [f"Mr.|{name}|เอกอัครราชทูตแห่งริมน้ำ"]
    assert people(f"Mr. {name}, Ambassador of Riverland, attended the garden fair.") == [
        f"Mr.|{name}|Ambassador of Riverland|+"
    ]


@every_row(
    "name",
    [
        "วิชัย ทุ่งเขียว (ชัย)",
        "วิชัย ทุ่งเขียว “ชัย”",
        'วิชัย ทุ่งเขียว "ครูชัย"',
        "วิชัย ทุ่งเขียว (Wichai Thungkhiao)",
        "วิชัย ทุ่งเขียว (Mr. Wichai Thungkhiao)",
        "วิชัย\u00a0ทุ่งเขียว",
        "วิชัย \u00a0 ทุ่งเขียว",
        "วิชัย  ทุ่งเขียว",
        "วิชัย ทุ่งเขียว ม.ว.ม., ป.ช.",
        "วิชัย (ชัย) ทุ่งเขียว",
    ],
)
def test_what_is_no_part_of_a_name(name):
    assert people(f"นาย{name} {OFFICE} {OPENS}") == [f"นาย|วิชัย ทุ่งเขียว|{OFFICE}|+"]


@every_row(
    ("text", "expected"),
    [
        ("พระมหาสมชาย ฐิตธมฺโม เจ้าอาวาสวัดสวนน้ำ เป็นประธานฝ่ายสงฆ์", ["สมชาย ฐิตธมฺโม"]),
        ("นายวิชัยกล่าวเปิดงาน", ["วิชัย"]),
        ("ดร.วิชัย กล่าวเปิดงาน", ["วิชัย"]),
        ("นายวิชัย ทุ่งเขียวกล่าวเปิดงาน", ["วิชัย ทุ่งเขียว"]),
        ("นายวิชัย ทุ่งเขียวและนางมะลิ ใบบัวเข้าร่วมงาน", ["วิชัย ทุ่งเขียว", "มะลิ ใบบัว"]),
        ("นายวิชัย ทุ่งเขียวนางสาวมะลิ ใบบัว เข้าร่วมงาน", ["วิชัย ทุ่งเขียว", "มะลิ ใบบัว"]),
    ],
)
def test_name_ends(text, expected):
    assert names(text) == expected


# --- positions


@every_row(
    "position",
    [
        OFFICE,
        "นายกรัฐมนตรี",
        "รองนายกรัฐมนตรี และรัฐมนตรีว่าการกระทรวงสวนน้ำ",
        "รองนายกรัฐมนตรีและรัฐมนตรีว่าการกระทรวงสวนน้ำ",
        "รัฐมนตรีช่วยว่าการกระทรวงสวนน้ำ",
        "รมว.อว.",
        "รมช.สวนน้ำ",
        "ผู้ว่าราชการจังหวัดริมธาร",
        "รองปลัดกระทรวงสวนน้ำ รักษาราชการแทนปลัดกระทรวงสวนน้ำ",
        "เอกอัครราชทูตไทย ณ กรุงริมธาร",
        "เอกอัครราชทูตแห่งริมธารประจำประเทศไทย",
        "กรรมการผู้จัดการใหญ่ บริษัท สวนน้ำ จำกัด",
        "ประธานเจ้าหน้าที่บริหาร บริษัท สวนน้ำ จำกัด (มหาชน)",
        "ผู้อำนวยการโรงเรียนสวนน้ำ",
        "นายกองค์การบริหารส่วนจังหวัดริมธาร",
        "นายกเทศมนตรีนครริมธาร",
        "นายอำเภอริมธาร",
        "อดีตอธิบดีกรมสวนน้ำ",
        "ที่ปรึกษารัฐมนตรีว่าการกระทรวงสวนน้ำ",
        "โฆษกประจำสำนักนายกรัฐมนตรี",
        "หัวหน้ากลุ่มงานพรรณไม้ กรมสวนน้ำ",
    ],
)
def test_position_whole(position):
    assert people(f"นายวิชัย ทุ่งเขียว {position} {OPENS}") == [f"นาย|วิชัย ทุ่งเขียว|{position}|+"]
    assert people(f"นายวิชัย ทุ่งเขียว {position} พร้อมด้วยนางมะลิ ใบบัว เข้าร่วมงาน") == [
        f"นาย|วิชัย ทุ่งเขียว|{position}|+",
        "นาง|มะลิ ใบบัว||+",
    ]


@every_row(
    "text",
    [
        f"นายวิชัย ทุ่งเขียว{OFFICE} {OPENS}",  # glued to the surname
        f"นายวิชัย ทุ่งเขียว, {OFFICE} {OPENS}",
        f"นายวิชัย ทุ่งเขียว ({OFFICE}) {OPENS}",
        f"นายวิชัย ทุ่งเขียว ในฐานะ{OFFICE} {OPENS}",
        f"นายวิชัย ทุ่งเขียว {OFFICE} (กสน.) {OPENS}",
        f"นายวิชัย ทุ่งเขียว {OFFICE} (Garden Department) {OPENS}",
        f"{OFFICE} (นายวิชัย ทุ่งเขียว) {OPENS}",
        f"{OFFICE} นายวิชัย ทุ่งเขียว {OPENS}",
        f"ชาวบ้านเผยว่า วันนี้ นายวิชัย ทุ่งเขียว {OFFICE} {OPENS}",
        f"นายวิชัย ทุ่งเขียว {OFFICE}{OPENS}",
    ],
)
def test_position_beside_the_name(text):
    assert people(text) == [f"นาย|วิชัย ทุ่งเขียว|{OFFICE}|+"]


@every_row("space", ["", " "])
@every_row(
    ("ending", "there"),
    [
        ("เป็นประธานการประชุม", "+"),
        ("ลงพื้นที่ตรวจสวน", "+"),
        ("ให้การต้อนรับคณะครู", "+"),
        ("เข้าร่วมงาน", "+"),
        ("เดินทางไปเปิดสวน", "+"),
        ("กล่าวเปิดงาน", "+"),
        ("และคณะ ลงพื้นที่ตรวจสวน", "+"),
        ("พร้อมคณะ ลงพื้นที่ตรวจสวน", "+"),
        ("พร้อมด้วยเจ้าหน้าที่ ปลูกป่า", "+"),
        ("ลงนามในบันทึกความเข้าใจ", "+"),
        ("กล่าวว่า ป่าเขียว", "-"),
        ("เปิดเผยว่า ป่าเขียว", "-"),
        ("ระบุว่า ป่าเขียว", "-"),
        ("สั่งการให้ปลูกป่า", "-"),
        ("ยืนยันว่า ป่าเขียว", "-"),
    ],
)
def test_position_ends_at_a_verb(ending, there, space):
    assert people(f"นายวิชัย ทุ่งเขียว {OFFICE}{space}{ending}") == [f"นาย|วิชัย ทุ่งเขียว|{OFFICE}|{there}"]


@every_row(
    ("text", "expected"),
    [
        (  # shared by two
            "นายวิชัย ทุ่งเขียว และนางมะลิ ใบบัว รองอธิบดีกรมสวนน้ำ เข้าร่วมงาน",
            ["นาย|วิชัย ทุ่งเขียว|รองอธิบดีกรมสวนน้ำ|+", "นาง|มะลิ ใบบัว|รองอธิบดีกรมสวนน้ำ|+"],
        ),
        (  # shared by three
            "นายวิชัย ทุ่งเขียว นายกมล ริมธาร และนางมะลิ ใบบัว รองอธิบดีกรมสวนน้ำ เข้าร่วมงาน",
            [f"{name}|รองอธิบดีกรมสวนน้ำ|+" for name in ("นาย|วิชัย ทุ่งเขียว", "นาย|กมล ริมธาร", "นาง|มะลิ ใบบัว")],
        ),
        (  # not shared
            f"นายวิชัย ทุ่งเขียว {OFFICE} และนางมะลิ ใบบัว รองอธิบดีกรมสวนน้ำ เข้าร่วมงาน",
            [f"นาย|วิชัย ทุ่งเขียว|{OFFICE}|+", "นาง|มะลิ ใบบัว|รองอธิบดีกรมสวนน้ำ|+"],
        ),
        (  # the first has one, the second none
            f"นายวิชัย ทุ่งเขียว {OFFICE} และนางมะลิ ใบบัว เข้าร่วมงาน",
            [f"นาย|วิชัย ทุ่งเขียว|{OFFICE}|+", "นาง|มะลิ ใบบัว||+"],
        ),
        (  # on the next line
            f"ผู้เข้าร่วม ประกอบด้วย\n1. นายวิชัย ทุ่งเขียว\n{OFFICE}\n2. นางมะลิ ใบบัว\nรองอธิบดีกรมสวนน้ำ",
            [f"นาย|วิชัย ทุ่งเขียว|{OFFICE}|+", "นาง|มะลิ ใบบัว|รองอธิบดีกรมสวนน้ำ|+"],
        ),
        ("นายวิชัย ทุ่งเขียว กล่าวเปิดงาน", ["นาย|วิชัย ทุ่งเขียว||+"]),
        ("นายกรัฐมนตรี นายวิชัย ทุ่งเขียว เป็นประธานเปิดงาน", ["นาย|วิชัย ทุ่งเขียว|นายกรัฐมนตรี|+"]),
        (
            "Mr. Alan Rivers เอกอัครราชทูตแห่งริมธาร และ Ms. Mina Brook อุปทูตแห่งริมธาร เข้าเยี่ยมคารวะ",
            ["Mr.|Alan Rivers|เอกอัครราชทูตแห่งริมธาร|+", "Ms.|Mina Brook|อุปทูตแห่งริมธาร|+"],
        ),
        (
            "รัฐมนตรีว่าการกระทรวงสวนน้ำ (นายวิชัย ทุ่งเขียว) และปลัดกระทรวงสวนน้ำ (นางมะลิ ใบบัว) ร่วมพิธีเปิดงาน",
            ["นาย|วิชัย ทุ่งเขียว|รัฐมนตรีว่าการกระทรวงสวนน้ำ|+", "นาง|มะลิ ใบบัว|ปลัดกระทรวงสวนน้ำ|+"],
        ),
    ],
)
def test_positions_of_several(text, expected):
    assert people(text) == expected


# --- lists

ROW = ["วิชัย ทุ่งเขียว", "มะลิ ใบบัว", "กมล ริมธาร"]


@every_row(
    "text",
    [
        "นายวิชัย ทุ่งเขียว พร้อมด้วย นางมะลิ ใบบัว และนายกมล ริมธาร ลงพื้นที่ตรวจสวน",
        "คณะครูตรวจสวน โดยมี นายวิชัย ทุ่งเขียว นางมะลิ ใบบัว นายกมล ริมธาร เข้าร่วม",
        "คณะครูตรวจสวน โดยมีนายวิชัย ทุ่งเขียว นางมะลิ ใบบัว และนายกมล ริมธาร ร่วมให้การต้อนรับ",
        "คณะครูลงพื้นที่ตรวจสวน นำโดย นายวิชัย ทุ่งเขียว, นางมะลิ ใบบัว, นายกมล ริมธาร",
        "คณะครูลงพื้นที่ตรวจสวน นำโดยนายวิชัย ทุ่งเขียว พร้อมด้วยนางมะลิ ใบบัว และนายกมล ริมธาร",
        "มีผู้เข้าร่วมประชุม ประกอบด้วย นายวิชัย ทุ่งเขียว นางมะลิ ใบบัว และนายกมล ริมธาร",
        "มีผู้เข้าร่วมงาน อาทิ นายวิชัย ทุ่งเขียว นางมะลิ ใบบัว นายกมล ริมธาร เป็นต้น",
        "ผู้เข้าร่วมงาน ได้แก่ นายวิชัย ทุ่งเขียว นางมะลิ ใบบัว และนายกมล ริมธาร",
        "ผู้เข้าร่วมงาน ได้แก่ 1. นายวิชัย ทุ่งเขียว 2. นางมะลิ ใบบัว 3. นายกมล ริมธาร",
        "ผู้เข้าร่วมงาน ได้แก่ 1) นายวิชัย ทุ่งเขียว 2) นางมะลิ ใบบัว และ 3) นายกมล ริมธาร",
        "ผู้เข้าร่วมงาน ได้แก่\n1. นายวิชัย ทุ่งเขียว\n2. นางมะลิ ใบบัว\n3. นายกมล ริมธาร",
        "ผู้เข้าร่วมงาน ได้แก่\n๑. นายวิชัย ทุ่งเขียว\n๒. นางมะลิ ใบบัว\n๓. นายกมล ริมธาร",
        "ผู้เข้าร่วมงาน ได้แก่\n- นายวิชัย ทุ่งเขียว\n- นางมะลิ ใบบัว\n- นายกมล ริมธาร",
        "ผู้เข้าร่วมงาน ได้แก่\n• นายวิชัย ทุ่งเขียว\n• นางมะลิ ใบบัว\n• นายกมล ริมธาร",
        "ผู้เข้าร่วมงาน ได้แก่\nนายวิชัย ทุ่งเขียว\nนางมะลิ ใบบัว\nนายกมล ริมธาร",
    ],
)
def test_list(text):
    found = read_people(text)
    assert [person.name for person in found] == ROW
    assert all(person.attended for person in found)


GIVEN = "วิชัย มะลิ กมล จันทนา อารี บุญมา ปรีดา สมใจ ชูชาติ ลำดวน ถาวร พิกุล ธงชัย ดวงใจ".split()
SURNAMES = "ทุ่งเขียว ใบบัว ริมธาร สวนแก้ว บึงทอง ดอนเมฆ ป่าสัก นาข้าว เขางาม หินผา คลองใส ฟ้าคราม ลานโพธิ์ บ่อหิน".split()


@every_row("between", [" ", ", ", " และ", "\n"])
def test_more_than_a_dozen(between):
    row = [f"{first} {last}" for first, last in zip(GIVEN, SURNAMES, strict=True)]
    for tail in ("", " รองอธิบดีกรมสวนน้ำ", f" {OFFICE}"):
        text = "ผู้เข้าร่วมงาน ประกอบด้วย " + between.join(f"นาย{name}{tail}" for name in row)
        found = read_people(text)
        assert [person.name for person in found] == row
        assert all(person.attended for person in found)
        assert {person.position or "" for person in found} == {tail.strip()}


# --- who was there


@every_row(
    ("text", "there"),
    [
        (f"นายวิชัย ทุ่งเขียว {OFFICE} เป็นประธานการประชุม", "+"),
        (f"นายวิชัย ทุ่งเขียว {OFFICE} ให้การต้อนรับคณะครู", "+"),
        ("Mr. Alan Rivers เอกอัครราชทูตแห่งริมธาร เข้าเยี่ยมคารวะปลัดกระทรวงสวนน้ำ", "+"),
        ("คณะครูตรวจสวน โดยมี Mr. Alan Rivers เอกอัครราชทูตแห่งริมธาร เข้าร่วม", "+"),
        ("Mr. Alan Rivers เอกอัครราชทูตแห่งริมธาร กล่าวว่า ป่าเขียว", "-"),
        (f"คณะครูเข้าเยี่ยมคารวะ นายวิชัย ทุ่งเขียว {OFFICE}", "+"),
        (f"คณะครูเข้าพบนายวิชัย ทุ่งเขียว {OFFICE} เพื่อหารือเรื่องป่า", "+"),
        (f"ครูให้การต้อนรับ นายวิชัย ทุ่งเขียว {OFFICE}", "+"),
        (f"นายวิชัย ทุ่งเขียว {OFFICE} ร่วมลงนามในบันทึกความเข้าใจ", "+"),
        (f"พิธีเปิดสวนได้รับเกียรติจาก นายวิชัย ทุ่งเขียว {OFFICE} เป็นประธาน", "+"),
        (f"นายวิชัย ทุ่งเขียว {OFFICE} กล่าวปาฐกถาในงานสัมมนา", "+"),
        (f"นายวิชัย ทุ่งเขียว {OFFICE} เปิดเผยภายหลังการประชุม", "+"),
        (f"นายวิชัย ทุ่งเขียว {OFFICE} เปิดเผยว่า ตนได้ลงพื้นที่ตรวจสวนแล้ว", "+"),
        (f"นายวิชัย ทุ่งเขียว {OFFICE} แถลงข่าวปลูกป่า", "+"),
        (f"นายวิชัย ทุ่งเขียว {OFFICE} เปิดเผยว่า ป่าเขียว", "-"),
        (f"นายวิชัย ทุ่งเขียว {OFFICE} (กสน.) เปิดเผยว่า ป่าเขียว", "-"),
        (f"นายวิชัย ทุ่งเขียว {OFFICE} กล่าวว่า ป่าเขียว", "-"),
        (f"นายวิชัย ทุ่งเขียว {OFFICE} มอบหมายให้กรมปลูกป่า", "-"),
        (f"กรมปลูกป่าตามนโยบายของ นายวิชัย ทุ่งเขียว {OFFICE}", "-"),
        (f"กรมปลูกป่าตามข้อสั่งการของ นายวิชัย ทุ่งเขียว {OFFICE}", "-"),
        (f"ชาวบ้านขอขอบคุณ นายวิชัย ทุ่งเขียว {OFFICE} ที่ช่วยปลูกป่า", "-"),
        (f"คณะรัฐมนตรีอนุมัติแต่งตั้ง นายวิชัย ทุ่งเขียว ให้ดำรงตำแหน่ง{OFFICE}", "-"),
        (f"สวนแห่งนี้สร้างขึ้นในสมัยของ นายวิชัย ทุ่งเขียว อดีต{OFFICE}", "-"),
        ("นายวิชัย ทุ่งเขียว โฆษกประจำสำนักนายกรัฐมนตรี เผยว่า ป่าเขียว", "-"),
    ],
)
def test_took_part_or_not(text, there):
    assert [written(person)[-1] for person in read_people(text)] == [there]


@every_row(
    ("text", "there"),
    [
        (f"นายวิชัย ทุ่งเขียว {OFFICE} มอบหมายให้ นางมะลิ ใบบัว รองอธิบดีกรมสวนน้ำ เป็นประธานการประชุม", "-+"),
        (f"นายวิชัย ทุ่งเขียว {OFFICE} มอบหมายให้นางมะลิ ใบบัว รองอธิบดีกรมสวนน้ำ เป็นผู้แทนเข้าร่วมงาน", "-+"),
        (f"นางมะลิ ใบบัว รองอธิบดีกรมสวนน้ำ เป็นผู้แทนของ นายวิชัย ทุ่งเขียว {OFFICE} เข้าร่วมงาน", "+-"),
        (f"นางมะลิ ใบบัว โฆษกกรมสวนน้ำ เปิดเผยว่า นายวิชัย ทุ่งเขียว {OFFICE} ลงพื้นที่ตรวจสวน", "-+"),
        (f"นายวิชัย ทุ่งเขียว {OFFICE} พร้อมด้วย นางมะลิ ใบบัว ลงพื้นที่ตรวจสวน", "++"),
        (f"นายวิชัย ทุ่งเขียว {OFFICE} ต้อนรับ Mr. Alan Rivers เอกอัครราชทูตแห่งริมธาร", "++"),
        (f"นายวิชัย ทุ่งเขียว {OFFICE} หารือกับ Mr. Alan Rivers เอกอัครราชทูตแห่งริมธาร", "++"),
    ],
)
def test_one_there_and_one_not(text, there):
    assert "".join(written(person)[-1] for person in read_people(text)) == there


# --- one entry a person


@every_row(
    ("text", "expected"),
    [
        *(
            (f"นางสาวมะลิ ใบบัว {OFFICE} {OPENS}\n{again} กล่าวว่า ป่าเขียว", [f"นางสาว|มะลิ ใบบัว|{OFFICE}|+"])
            for again in ("นางสาวมะลิ", "นางสาวมะลิฯ", "“มะลิ”", "น.ส.มะลิ", "นางสาวมะลิ ใบบัว", "มะลิ", "อธิบดีฯ", "คุณมะลิ")
        ),
        # The short one first.
        (f"นายวิชัย กล่าวเปิดงาน\nนายวิชัย ทุ่งเขียว {OFFICE} กล่าวว่า ป่าเขียว", [f"นาย|วิชัย ทุ่งเขียว|{OFFICE}|+"]),
        # The position only at the second mention, or fuller there.
        (f"นายวิชัย ทุ่งเขียว กล่าวว่า ป่าเขียว\nนายวิชัย ทุ่งเขียว {OFFICE} {OPENS}", [f"นาย|วิชัย ทุ่งเขียว|{OFFICE}|+"]),
        (
            f"นายวิชัย ทุ่งเขียว {OFFICE} กล่าวว่า ป่าเขียว\nนายวิชัย ทุ่งเขียว {OFFICE} และโฆษกกระทรวงสวนน้ำ กล่าวว่า ป่าเขียว",
            [f"นาย|วิชัย ทุ่งเขียว|{OFFICE} และโฆษกกระทรวงสวนน้ำ|-"],
        ),
        # A slip of the pen.
        (f"นายวิชัย ทุ่งเขียว {OFFICE} {OPENS}\nนายวิชัย ทุ่งเขียวว กล่าวว่า ป่าเขียว", [f"นาย|วิชัย ทุ่งเขียว|{OFFICE}|+"]),
        # Another surname is another person; another given name too.
        (
            "นายวิชัย ทุ่งเขียว กล่าวเปิดงาน\nนายวิชัย ใบบัว กล่าวว่า ป่าเขียว\nนายสมบูรณ์ ทุ่งเขียว กล่าวว่า ป่าเขียว",
            ["นาย|วิชัย ทุ่งเขียว||+", "นาย|วิชัย ใบบัว||-", "นาย|สมบูรณ์ ทุ่งเขียว||-"],
        ),
        (
            "ดร.วิชัย ทุ่งเขียว กล่าวเปิดงาน จากนั้น ดร.วิชัย ตรวจสวน พร้อมด้วย นางมะลิ ใบบัว",
            ["ดร.|วิชัย ทุ่งเขียว||+", "นาง|มะลิ ใบบัว||+"],
        ),
        (
            "Mr. Alan Rivers, Ambassador of Riverland, attended the fair. Mr. Rivers said that trees grow.",
            ["Mr.|Alan Rivers|Ambassador of Riverland|+"],
        ),
    ],
)
def test_each_person_once(text, expected):
    assert people(text) == expected


def test_order_of_first_mention():
    text = (
        f"นางมะลิ ใบบัว โฆษกกรมสวนน้ำ เปิดเผยว่า Mr. Alan Rivers เข้าพบนายวิชัย {OFFICE}\n"
        "นายวิชัย ทุ่งเขียว พบกับ พล.อ.กมล ริมธาร และนางมะลิ ใบบัว อีกครั้ง"
    )
    found = read_people(text)
    assert [person.name for person in found] == ["มะลิ ใบบัว", "Alan Rivers", "วิชัย ทุ่งเขียว", "กมล ริมธาร"]
    assert [text[slice(*person.span)] for person in found] == [
        "นางมะลิ ใบบัว",
        "Mr. Alan Rivers",
        "นายวิชัย",
        "พล.อ.กมล ริมธาร",
    ]


# --- English


@every_row(
    ("text", "expected"),
    [
        ("Prime Minister Wichai Thungkhiao chaired the garden meeting.", ["|Wichai Thungkhiao|Prime Minister|+"]),
        (
            "Prime Minister and Minister of Finance Wichai Thungkhiao chaired the garden meeting.",
            ["|Wichai Thungkhiao|Prime Minister and Minister of Finance|+"],
        ),
        ("Deputy Prime Minister Wichai Thungkhiao visited the garden.", ["|Wichai Thungkhiao|Deputy Prime Minister|+"]),
        (
            "Deputy Government Spokesperson Mali Baibua disclosed that trees grow.",
            ["|Mali Baibua|Deputy Government Spokesperson|-"],
        ),
        ("According to Government Spokesperson Mali Baibua, trees grow.", ["|Mali Baibua|Government Spokesperson|-"]),
        (
            "H.E. Mr. Alan Rivers, Ambassador of Riverland to Thailand, paid a courtesy call.",
            ["H.E. Mr.|Alan Rivers|Ambassador of Riverland to Thailand|+"],
        ),
        (
            "Prime Minister Wichai Thungkhiao met with H.E. Ms. Mina BROOK, President of Riverland, at Garden House.",
            ["|Wichai Thungkhiao|Prime Minister|+", "H.E. Ms.|Mina BROOK|President of Riverland|+"],
        ),
        (
            "Prime Minister Gen. Wichai Thungkhiao chaired the meeting. The Prime Minister thanked Mr. Alan Rivers.",
            ["Gen.|Wichai Thungkhiao|Prime Minister|+", "Mr.|Alan Rivers||-"],
        ),
        (
            "Dr. Mali Baibua, Permanent Secretary of the Ministry of Gardens, attended the fair.",
            ["Dr.|Mali Baibua|Permanent Secretary of the Ministry of Gardens|+"],
        ),
    ],
)
def test_english(text, expected):
    assert people(text) == expected


# --- nobody


@every_row(
    "text",
    [
        "",
        " \n ",
        "วันนี้ ชาวบ้านปลูกป่าริมน้ำ",
        # offices
        "นายกรัฐมนตรี เป็นประธานเปิดงาน",
        "นายกรัฐมนตรีกล่าวว่า ป่าเขียว",
        "นายกฯ ลงพื้นที่ตรวจสวน",
        "นายก อบจ. ริมธาร ให้การต้อนรับ",
        "นายก อบต.สวนน้ำ ให้การต้อนรับ",
        "นายกเทศมนตรีตำบลสวนน้ำ ให้การต้อนรับ",
        "นายกสมาคมคนปลูกต้นไม้ เข้าร่วมงาน",
        "นายกเหล่ากาชาดจังหวัดริมธาร เข้าร่วมงาน",
        "นายอำเภอสวนน้ำ เป็นประธานการประชุม",
        "นายทะเบียนกลาง ตรวจรายชื่อ",
        "นายจ้าง และลูกจ้าง เข้าร่วมงาน",
        "นายตรวจ ขึ้นรถไฟ",
        "นายทหารชั้นผู้ใหญ่ เข้าร่วมพิธี",
        "นายแพทย์สาธารณสุขจังหวัดริมธาร เข้าร่วมงาน",
        "นายแพทย์เชี่ยวชาญ ด้านเวชกรรม เข้าร่วมงาน",
        "พลตำรวจเอก และพลเอก เป็นยศชั้นนายพล",
        "รัฐมนตรีว่าการกระทรวงสวนน้ำ มอบหมายให้ปลัดกระทรวงสวนน้ำ เป็นประธาน",
        "Prime Minister chaired the meeting. The Minister of Finance attended.",
        "The Deputy Prime Minister and Minister of Public Health visited Garden Hospital.",
        # royals by style, monks by ecclesiastical title
        "พระบาทสมเด็จพระเจ้าอยู่หัว ทรงปลูกต้นไม้",
        "สมเด็จพระนางเจ้าฯ พระบรมราชินี ทรงปลูกต้นไม้",
        "สมเด็จพระกนิษฐาธิราชเจ้า กรมสมเด็จพระเทพรัตนราชสุดาฯ สยามบรมราชกุมารี ทรงเปิดงาน",
        "พระเจ้าวรวงศ์เธอ พระองค์เจ้าในสวน เสด็จแทนพระองค์",
        "เจ้าคณะจังหวัดริมธาร เป็นประธานฝ่ายสงฆ์",
        "Her Royal Highness the Princess opened the garden. His Majesty the King planted a tree.",
        # buildings, foundations, prizes, laws, places, projects
        "ประชุม ณ ห้องประชุมชั้น 3 ตึกบัญชาการ ทำเนียบรัฐบาล",
        "มูลนิธิสวนน้ำ ในพระบรมราชูปถัมภ์ มอบต้นกล้า",
        "ประชุม ณ ถนนนางลิ้นจี่ และตลาดนางเลิ้ง",
        "ชาวนางเลิ้งร่วมงานปลูกป่า",
        "ตามพระราชบัญญัติสวนสาธารณะ พ.ศ. 2560 มาตรา 5",
        "ลงพื้นที่ อ.เมือง จ.ริมธาร และ ต.สวนน้ำ อ.ริมธาร",
        "โครงการคุณภาพชีวิตริมน้ำ และคุณธรรมในสวน",
        "คุณสมบัติของผู้สมัคร คุณค่าของป่า คุณประโยชน์ของต้นไม้",
        "ประกวดนางงาม นางนพมาศ และนางสาวไทย ในงานลอยกระทง",
        "Mali Garden Foundation gave trees to Riverside Hospital in New Town.",
        # words that begin or end like titles
        "วันที่ 5 มิถุนายน 2568 ชาวบ้านปลูกป่า",
        "ในเดือนมิถุนายน ฝนตก",
        "สคร.5 และ กศน. ร่วมกับ อปท. และ ศดร. ปลูกป่า",
        "สำนักงาน กปร. และ ป.ป.ช. ร่วมกับ ส.ป.ก. ตรวจสวน",
        "คณะกรรมการศาสตราจารย์ ประชุมเรื่องป่า",
        "แพทย์หญิงและพยาบาล เข้าร่วมงาน",
        "ผู้จบปริญญาเอกใช้คำว่า ดร. ในนามบัตร",
        # names that are none
        "นายเอ (นามสมมติ) อายุ 30 ปี ปลูกป่า",
        "นางสาวบี (นามสมมุติ) อายุ 30 ปี ปลูกป่า",
        "นาย ก. และนาย ข. ปลูกป่า",
        "นาย นาง นางสาว",
        "“ชัย” ปลูกป่า",
    ],
)
def test_nobody(text):
    assert people(text) == []


@every_row(
    "text",
    [
        "นายกอบจ.ริมธาร",
        "นายกรัฐมนตรี",
        "นายอำเภอสวนน้ำ",
        "ตลาดนางเลิ้ง",
        "เดือนมิถุนายน",
        "สมเด็จพระเจ้าลูกเธอ",
    ],
)
def test_nobody_beside_somebody(text):
    assert names(f"{text} และนายวิชัย ทุ่งเขียว {OFFICE} เข้าร่วมงาน") == ["วิชัย ทุ่งเขียว"]
    assert names(f"นายวิชัย ทุ่งเขียว {OFFICE} เข้าร่วมงานกับ {text}") == ["วิชัย ทุ่งเขียว"]


# --- any text

PIECES = [
    *THAI_TITLES,
    *LATIN_TITLES,
    *GIVEN,
    *SURNAMES,
    *"Alan Rivers O’Brook J. van der de BROOK Prime Minister of Finance Government Spokesperson and with".split(),
    *"ณ ระนอง และ พร้อมด้วย โดยมี นำโดย ได้แก่ กล่าวว่า เปิดเผยว่า เป็นประธาน มอบหมายให้ ในฐานะ (พิเศษ) ฯ ๆ นายก ตน ของ".split(),
    *"อธิบดีกรมสวนน้ำ รมว.อว. รองนายกรัฐมนตรี ที่ปรึกษา ผู้ว่าราชการจังหวัดริมธาร รักษาราชการแทน ประธาน President นามสมมติ".split(),
    *" () , . - – • “ ” ' \" / : ; 1. 2) ๑. 2568".split(" "),
    " ",
    "  ",
    "\n",
    "\u00a0",
    "\t",
]
SIGNS = st.text(st.characters(min_codepoint=0x0E00, max_codepoint=0x0E5F), max_size=6)
TEXTS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.sampled_from(PIECES), SIGNS, st.text(max_size=4)), max_size=40
).map("".join)


def collapsed(text: str) -> str:
    return " ".join(text.split())


def without_asides(text: str) -> str:
    """Return a text without what stands in brackets, such as a nickname between given name and surname."""
    kept, depth = [], 0
    for sign in text:
        depth += sign == "("
        kept.append(" " if depth else sign)
        depth -= sign == ")" and depth > 0
    return collapsed("".join(kept))


@given(st.one_of(st.text(), TEXTS))
@example("นาย")
@example("นาย ")
@example("H.E.")
@example("(นายวิชัย ทุ่งเขียว")
@example("นายวิชัย ทุ่งเขียว (")
@example("\ud800นายวิชัย ทุ่งเขียว")
def test_no_text_raises(text):
    before = 0
    for person in read_people(text):
        start, end = person.span
        assert before <= start < end <= len(text)
        assert person.name
        assert person.position is None or person.position.strip() == person.position != ""
        before = end


@given(TEXTS)
def test_everything_is_found_in_the_text(text):
    text = body(text)
    plain, bare = collapsed(text), without_asides(text)
    for person in read_people(text):
        assert person.title in plain
        assert person.name in plain or person.name in bare
        assert (person.position or "") in plain
        assert collapsed(text[slice(*person.span)]).startswith(person.title.split()[0] if person.title else "")


@given(TEXTS)
def test_names_are_of_one_piece_and_told_once(text):
    found = read_people(body(text))
    assert len({person.name for person in found}) == len(found)
    assert all(collapsed(part) == part for who in found for part in (who.title, who.name, who.position or ""))


@every_row("name", PEOPLE)
def test_hostile_text_ends(name):
    """Ten times as long: tests/soak/test_hostile.py."""
    assert len(read_people(text_for_people(name, 50_000))) <= 1


def test_long_article_has_its_people():
    row = [f"{first} {beginning}{last}" for beginning in ("", "ศรี", "พงศ์") for first in GIVEN for last in SURNAMES]
    text = "\n".join(f"นาย{name} {OFFICE} เข้าร่วมงานปลูกป่า" for name in row)
    assert [person.name for person in read_people(text)] == row
    article = f"{OFFICE} ปลูกป่าริมน้ำ " * 5_000 + f"\nนายวิชัย ทุ่งเขียว {OFFICE} {OPENS}"
    assert len(article) > 200_000 // 2
    assert names(article) == ["วิชัย ทุ่งเขียว"]
    many = "\n".join(f"นายวิชัย ทุ่งเขียว {OFFICE} กล่าวว่า ป่าเขียว" for _ in range(4_000))
    assert names(many) == ["วิชัย ทุ่งเขียว"]


@every_row(
    "piece",
    ["นาย", "ดร.", "H.E. Mr. ", "นายวิชัย ทุ่งเขียว ปลัดกระทรวง ", "Mr. Alan Rivers, Director, ", "ก", "และ "],
)
def test_work_grows_with_the_length_of_the_text_only(piece: str) -> None:
    """Count calls instead of time: a text twice as long may need little more than twice the calls."""

    def calls(number: int) -> int:
        count = 0

        def on_event(*_: object) -> None:
            nonlocal count
            count += 1

        text = piece * number
        sys.setprofile(on_event)
        try:
            read_people(text)
        finally:
            sys.setprofile(None)
        return count

    assert calls(4000) <= 2.5 * calls(2000) + 1000


@every_row(
    "text",
    [
        "โดยมี วิชัย ทุ่งเขียว อธิบดีกรมสวนน้ำ เข้าร่วมประชุม",
        "ประกอบด้วยวิชัย ทุ่งเขียว รัฐมนตรีว่าการกระทรวงสวนน้ำ เข้าร่วมประชุม",
        "ผู้เข้าร่วมประชุม\n1. วิชัย ทุ่งเขียว ปลัดกระทรวงสวนน้ำ\n2. มะลิ ใบบัว ผู้อำนวยการสวนหลวง",
    ],
)
def test_a_name_without_title_in_a_list_before_an_office(text: str) -> None:
    first = read_people(text)[0]
    assert (first.title, first.name) == ("", "วิชัย ทุ่งเขียว")


@every_row(
    "text",
    ["ได้แก่ เด็ก เยาวชน ผู้สูงอายุ", "ประกอบด้วย แพทย์ พยาบาล นักวิชาการ", "ได้แก่ จังหวัดสงขลา จังหวัดพัทลุง ประธานกลุ่ม"],
)
def test_a_list_of_others_names_nobody(text: str) -> None:
    assert read_people(text) == []
