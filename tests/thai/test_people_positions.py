"""Positions: where the office stands and where it ends (`name|position`)."""

from __future__ import annotations

from tests.support.tables import every_row
from thaigov_crawler.thai.people import read_people


def stated(text: str) -> list[str]:
    return [f"{person.name}|{person.position or ''}" for person in read_people(text)]


def position(text: str) -> str | None:
    (person,) = read_people(text)
    return person.position


@every_row(
    "verb",
    [
        "พบชาวสวน", "กราบทูลรายงานว่า", "กราบบังคมทูลถวายรายงาน", "อนุญาตให้ใช้สวน", "เยี่ยมสวน", "ต่างมีความยินดี",
        "สนับสนุนการปลูกป่า", "ออกมาเตือน", "ยกระดับสวน", "จัดกิจกรรมปลูกป่า", "ตระหนักถึงน้ำ", "ปลื้มสวนใส",
    ],
)  # fmt: skip
def test_a_verb_behind_the_office_ends_it(verb: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว ผู้ว่าการสวนน้ำ {verb} ที่เมืองใหม่") == "ผู้ว่าการสวนน้ำ"


@every_row("verb", ["ได้แถลงข่าว", "มีนโยบายให้ปลูกป่า", "ยินดีที่น้ำใส", "ทราบผลแล้ว", "ตอบคำถาม"])
@every_row("office", ["นายกรัฐมนตรี", "รัฐมนตรีว่าการกระทรวงแรงงาน"])
def test_a_verb_glued_to_a_whole_office_ends_it(office: str, verb: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว {office}{verb}") == office


@every_row("office", ["นายกรัฐมนตรีมาเลเซีย", "นายกรัฐมนตรีของภูฏาน", "นายกรัฐมนตรีและรัฐมนตรีว่าการกระทรวงกลาโหม"])
def test_what_goes_on_with_an_office_is_no_verb(office: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว {office} เยือนไทย") == office


@every_row(
    ("words", "expected"),
    [
        ("ให้ดำรงตำแหน่ง ผู้อำนวยการสวนน้ำ ตั้งแต่วันนี้", "ผู้อำนวยการสวนน้ำ"),
        ("พ้นจากตำแหน่ง ผู้อำนวยการสวนน้ำ", "ผู้อำนวยการสวนน้ำ"),
        ("เป็นข้าราชการการเมือง ตำแหน่งที่ปรึกษารัฐมนตรี", "ที่ปรึกษารัฐมนตรี"),
        ("เป็นกรรมการผู้ทรงคุณวุฒิในคณะกรรมการสวนน้ำ", "กรรมการผู้ทรงคุณวุฒิในคณะกรรมการสวนน้ำ"),
        ("เป็นรัฐมนตรีว่าการกระทรวงสวน", "รัฐมนตรีว่าการกระทรวงสวน"),
        ("เป็นผู้ดำเนินรายการ", "ผู้ดำเนินรายการ"),
        ("เป็นประธานเปิดสวน", None),
        ("เป็นผู้แทนรับมอบต้นไม้", None),
    ],
)
def test_the_office_of_an_appointment(words: str, expected: str | None) -> None:
    assert position(f"แต่งตั้งนายวิชัย ทุ่งเขียว {words}") == expected


def test_an_office_ends_before_the_members_of_its_body() -> None:
    words = "รองนายกสมาคมสวนน้ำจังหวัดน่าน กรรมการและสมาชิกสมาคมสวนน้ำจังหวัดน่าน ร่วมงาน"
    assert position(f"นางมะลิ ใบบัว {words}") == "รองนายกสมาคมสวนน้ำจังหวัดน่าน"


def test_each_person_in_brackets_has_the_office_before_the_bracket() -> None:
    text = "อธิบดีกรมสวนน้ำ (นายวิชัย ทุ่งเขียว) รองปลัดกระทรวงสวน (นางมะลิ ใบบัว) และเลขาธิการสวนใส (นายสมพร ไพรสน) ร่วมงาน"
    assert stated(text) == ["วิชัย ทุ่งเขียว|อธิบดีกรมสวนน้ำ", "มะลิ ใบบัว|รองปลัดกระทรวงสวน", "สมพร ไพรสน|เลขาธิการสวนใส"]


@every_row("bracket", ["(ฝ่ายการเมือง)", "(ด้านวิชาการ)", "(นักบริหารระดับสูง)", "(นพ.ทรงคุณวุฒิ ระดับ 11)"])
def test_a_bracket_that_does_more_than_abbreviate_is_kept(bracket: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว โฆษกกรมสวนน้ำ {bracket} เปิดเผยว่า น้ำใส") == f"โฆษกกรมสวนน้ำ {bracket}"


@every_row("bracket", ["(กสน.)", "(ดีสวน)", "(WATER)", "(ที่ 2 จากขวา)"])
def test_a_bracket_that_abbreviates_is_dropped(bracket: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว โฆษกกรมสวนน้ำ {bracket} เปิดเผยว่า น้ำใส") == "โฆษกกรมสวนน้ำ"


def test_the_number_of_the_next_item_is_no_part_of_a_position() -> None:
    text = "1.นายวิชัย ทุ่งเขียว เกษตรจังหวัดแพร่ และ2.นางมะลิ ใบบัว เกษตรจังหวัดน่าน ร่วมงาน"
    assert stated(text) == ["วิชัย ทุ่งเขียว|เกษตรจังหวัดแพร่", "มะลิ ใบบัว|เกษตรจังหวัดน่าน"]


def test_an_office_behind_the_last_of_several_names_belongs_to_each() -> None:
    text = "นักประดิษฐ์ ประกอบด้วย 1)นายวิชัย ทุ่งเขียว 2)นางมะลิ ใบบัว และ 3)นายสมพร ไพรสน ผู้จัดการสวนน้ำ ร่วมงาน"
    office = "ผู้จัดการสวนน้ำ"
    assert stated(text) == [f"วิชัย ทุ่งเขียว|{office}", f"มะลิ ใบบัว|{office}", f"สมพร ไพรสน|{office}"]


@every_row(
    ("text", "expected"),
    [
        ("(1) นายวิชัย ทุ่งเขียว\nกรรมการ\n(2) นางมะลิ ใบบัว\nกรรมการและเลขานุการ", ["กรรมการ", "กรรมการและเลขานุการ"]),
        ("ข้อมูลโดย นายวิชัย ทุ่งเขียว\nโฆษกกรมสวนน้ำ", ["โฆษกกรมสวนน้ำ"]),
        (
            "โดยมี นายวิชัย ทุ่งเขียว\nรองนายกรัฐมนตรี และนางมะลิ ใบบัว เลขาธิการสวนใส ร่วมงาน",
            ["รองนายกรัฐมนตรี", "เลขาธิการสวนใส"],
        ),
        ("พบกับนายวิชัย ทุ่งเขียว\nนักเรียน นักศึกษา เข้าชมสวน", [""]),
    ],
)
def test_the_office_at_the_beginning_of_the_next_line(text: str, expected: list[str]) -> None:
    assert [person.position or "" for person in read_people(text)] == expected


@every_row(
    ("words", "expected"),
    [
        ("รองนายกรัฐมนตรี รัฐมนตรีว่าการกระทรวงสวน เปิดเผยว่า น้ำใส", "รองนายกรัฐมนตรี รัฐมนตรีว่าการกระทรวงสวน"),
        ("องคมนตรี ประธานกรรมการสวนน้ำ เป็นประธานเปิดสวน", "องคมนตรี ประธานกรรมการสวนน้ำ"),
        ("อธิบดีกรมสวน ผู้บริหารกระทรวงสวน และผู้แทนชาวสวน เข้าร่วม", "อธิบดีกรมสวน"),
        ("อธิบดีกรมสวน ประธานสภาสวน หัวหน้าส่วนราชการ เข้าร่วม", "อธิบดีกรมสวน"),
    ],
)
def test_a_second_office_goes_on_where_one_person_acts(words: str, expected: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว {words}") == expected


@every_row("office", ["จุฬาราชมนตรี", "ปลัดอาวุโสอำเภอสวน", "รัฐมตรีว่าการกระทรวงสวน", "เอกอัครราชฑูตภูฏาน", "เศรษฐกรชำนาญการ"])
def test_further_offices_and_slips_of_the_pen(office: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว {office} เปิดเผยว่า น้ำใส") == office


@every_row(
    ("words", "expected"),
    [
        ("เลขาธิการสวนน้ำ (เลขาธิการ ก.ส.น.) กรรมการและเลขานุการ ก.ส. ได้แถลงผล", "เลขาธิการสวนน้ำ (เลขาธิการ ก.ส.น.) กรรมการและเลขานุการ ก.ส."),
        ("ประธานสวนใส และหวังว่าน้ำจะใส", "ประธานสวนใส"),
        ("ผู้ว่าการสวนน้ำ ทำให้ชาวสวนพอใจ", "ผู้ว่าการสวนน้ำ"),
    ],
)  # fmt: skip
def test_where_a_position_goes_on_and_ends(words: str, expected: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว {words}") == expected


@every_row(
    "text",
    [
        "และคณะครูที่ปรึกษา ประกอบด้วย นายวิชัย ทุ่งเขียว นางมะลิ ใบบัว และนายสมพร ไพรสน",
        "ครูที่ปรึกษา ได้แก่ 1. นายวิชัย ทุ่งเขียว 2. นางมะลิ ใบบัว 3. นายสมพร ไพรสน",
    ],
)
def test_an_office_before_a_list_belongs_to_each_in_it(text: str) -> None:
    office = "ครูที่ปรึกษา"
    assert stated(text) == [f"วิชัย ทุ่งเขียว|{office}", f"มะลิ ใบบัว|{office}", f"สมพร ไพรสน|{office}"]


@every_row(
    ("text", "expected"),
    [
        ("เวทีเสวนา โดยมีผู้ดำเนินรายการ นายวิชัย ทุ่งเขียว", "ผู้ดำเนินรายการ"),
        ("ตามนโยบายของรัฐมนตรีว่าการกระทรวงสวน นายวิชัย ทุ่งเขียว ที่ให้ปลูกป่า", "รัฐมนตรีว่าการกระทรวงสวน"),
        ("ขอขอบคุณท่านนายกรัฐมนตรี นายวิชัย ทุ่งเขียว ที่ให้ปลูกป่า", "นายกรัฐมนตรี"),
        ("ให้การต้อนรับปลัดกระทรวงสวน (Mr. Anton Perez) ณ สวนน้ำ", "ปลัดกระทรวงสวน"),
        (
            "นายวิชัย ทุ่งเขียว ผู้อำนวยการกอง [ผู้อำนวยการเฉพาะด้าน ระดับสูง] กองสวน",
            "ผู้อำนวยการกอง [ผู้อำนวยการเฉพาะด้าน ระดับสูง] กองสวน",
        ),
        ("นายวิชัย ทุ่งเขียว รัฐมนตรี ว่าการกระทรวงสวน เปิดสวน", "รัฐมนตรี ว่าการกระทรวงสวน"),
    ],
)
def test_further_places_of_the_office(text: str, expected: str) -> None:
    assert position(text) == expected


def test_an_office_in_square_brackets_is_that_of_the_person_in_them() -> None:
    text = "นางมะลิ ใบบัว ดำรงตำแหน่งเลขานุการรัฐมนตรีช่วยว่าการ [รัฐมนตรีช่วยว่าการกระทรวงสวน (นายวิชัย ทุ่งเขียว)]"
    assert stated(text) == ["มะลิ ใบบัว|เลขานุการรัฐมนตรีช่วยว่าการ", "วิชัย ทุ่งเขียว|รัฐมนตรีช่วยว่าการกระทรวงสวน"]


@every_row(
    ("words", "expected"),
    [
        ("รองประธานวุฒิสภา คนที่ 1 และคณะ เข้าร่วม", "รองประธานวุฒิสภา คนที่ 1"),
        ("รองประธานสภาสวน คนที่สอง เข้าร่วม", "รองประธานสภาสวน คนที่สอง"),
        ("โฆษกกรมสวนน้ำ รอให้การต้อนรับ", "โฆษกกรมสวนน้ำ"),
        ("เลขาธิการ คณะกรรมการสวนน้ำ เข้าร่วม", "เลขาธิการ คณะกรรมการสวนน้ำ"),
        ("เศรษฐกรปฏิบัติการ ส่วนนโยบายสวน สำนักน้ำ เข้าร่วม", "เศรษฐกรปฏิบัติการ ส่วนนโยบายสวน สำนักน้ำ"),
        ("นายกรัฐมนตรี และรัฐบาล ห่วงใย", "นายกรัฐมนตรี"),
        ("เลขาธิการสวนโลกได้ทูลเกล้าฯ ถวายรางวัล", "เลขาธิการสวนโลก"),
        ("ผู้อำนวยการกองจัดเก็บรายได้สวน เข้าร่วม", "ผู้อำนวยการกองจัดเก็บรายได้สวน"),
        ("หรือ “ต้นกล้า” ประธานกลุ่มสวนใส ต้อนรับ", "ประธานกลุ่มสวนใส"),
    ],
)
def test_words_that_go_on_with_a_position_and_words_that_do_not(words: str, expected: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว {words}") == expected


@every_row("office", ["รมว.กห.", "โฆษก กห.", "ผู้ว่าการ กสน.", "ผบ.ตร.", "รมช.สธ."])
def test_a_short_office_before_and_behind_the_name(office: str) -> None:
    assert position(f"พบกับ {office} พล.อ.วิชัย ทุ่งเขียว ณ สวนน้ำ") == office
    assert position(f"พล.อ.วิชัย ทุ่งเขียว {office} เปิดเผยว่า น้ำใส") == office


def test_a_whole_position_takes_the_place_of_a_short_one() -> None:
    text = "รอง นรม. พล.อ.วิชัย ทุ่งเขียว ย้ำเรื่องน้ำ\nพล.อ.วิชัย ทุ่งเขียว รองนายกรัฐมนตรี ลงพื้นที่"
    assert stated(text) == ["วิชัย ทุ่งเขียว|รองนายกรัฐมนตรี"]


@every_row("verb", ["ชูสวนน้ำใส", "ดันปลูกป่า", "หนุนชาวสวน", "ชวนเที่ยวสวน", "ตอกย้ำน้ำใส"])
def test_a_verb_of_headlines_ends_a_position(verb: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว รมช.สวน {verb}") == "รมช.สวน"


def test_a_position_in_full_takes_the_place_of_the_same_with_an_abbreviation() -> None:
    text = "นายวิชัย ทุ่งเขียว อธิบดี กสน. เปิดสวน\nนายวิชัย ทุ่งเขียว อธิบดีกรมสวนน้ำ กล่าวว่า น้ำใส"
    assert stated(text) == ["วิชัย ทุ่งเขียว|อธิบดีกรมสวนน้ำ"]


@every_row(
    ("words", "expected"),
    [
        ("กรรมการผู้จัดการ บริษัท ไปรษณีย์สวน จำกัด กล่าวว่า น้ำใส", "กรรมการผู้จัดการ บริษัท ไปรษณีย์สวน จำกัด"),
        ("อดีตคณบดี คณะวนศาสตร์ มหาวิทยาลัยริมธาร กล่าวว่า น้ำใส", "อดีตคณบดี คณะวนศาสตร์ มหาวิทยาลัยริมธาร"),
        ("เอกอัครราชทูตไทย ณ กรุงลิมา กล่าวว่า น้ำใส", "เอกอัครราชทูตไทย ณ กรุงลิมา"),
        ("เอกอัครราชทูตเปรูประจำประเทศไทย ณ ห้องดอกบัว", "เอกอัครราชทูตเปรูประจำประเทศไทย"),
        ("รัฐมนตรีว่าการกระทรวงแรงงาน กระทรวงแรงงานภายใต้การนำของท่าน", "รัฐมนตรีว่าการกระทรวงแรงงาน"),
        ("ผู้ตรวจราชการกรมสวน ปฏิบัติหน้าที่ ผู้อำนวยการกองสวน กล่าวว่า", "ผู้ตรวจราชการกรมสวน ปฏิบัติหน้าที่ ผู้อำนวยการกองสวน"),
        ("ประธานสวนริมธารร่วมเป็นวิทยากร", "ประธานสวนริมธาร"),
        ("ผู้ว่าการสวนน้ำ เที่ยวชมงาน", "ผู้ว่าการสวนน้ำ"),
        ("ผู้ว่าการสวนน้ำ หนึ่งในผู้ร่วมงาน", "ผู้ว่าการสวนน้ำ"),
        ("ในนามโฆษกกรมสวนน้ำ ตอบคำถาม", "โฆษกกรมสวนน้ำ"),
        ("รัฐมนตรีการค้าเปรู กล่าวว่า น้ำใส", "รัฐมนตรีการค้าเปรู"),
        ("ผจก.ฝ่ายสวน กล่าวว่า น้ำใส", "ผจก.ฝ่ายสวน"),
        ("ลงพื้นที่จังหวัดแพร่ เพื่อปลูกป่า", None),
        ("เดินทางมาจากจังหวัดแพร่", None),
        ("\nนายกรัฐมนตรี", "นายกรัฐมนตรี"),
    ],
)
def test_further_ends_of_a_position(words: str, expected: str | None) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว{words if words[0] == chr(10) else ' ' + words}") == expected


@every_row("head", ["รองปลัดกระทรวง พม. ได้แก่", "รองปลัดกระทรวง พม. จำนวน 2 ท่าน ได้แก่", "ซึ่งรองปลัดกระทรวง พม. ประกอบด้วย"])
def test_further_offices_before_a_list(head: str) -> None:
    office = "รองปลัดกระทรวง พม."
    expected = [f"วิชัย ทุ่งเขียว|{office}", f"มะลิ ใบบัว|{office}"]
    assert stated(f"ผู้ร่วมงาน {head} 1.1 นายวิชัย ทุ่งเขียว 1.2 นางมะลิ ใบบัว เข้าร่วมงาน") == expected


def test_people_without_a_name_are_no_office_of_the_next_person() -> None:
    assert stated("ทั้งนี้ คณะผู้บริหารกระทรวงแรงงาน นายวิชัย ทุ่งเขียว ร่วมงาน") == ["วิชัย ทุ่งเขียว|"]


@every_row(
    ("text", "expected"),
    [
        ("หารือกับนาย Alan Brook, Export Director, Riverside Co", "Alan Brook|Export Director, Riverside Co"),
        ("พบกับ Ms. Ann Brook ตำแหน่ง Executive Director of River Fund", "Ann Brook|Executive Director of River Fund"),
        ("Mr. Alan Brook, Spokesperson and member of the River Centre, spoke.", "Alan Brook|Spokesperson and member of the River Centre"),
        ("Yours,\nMr. Alan Brook\nMinister of Forests of Peru", "Alan Brook|Minister of Forests of Peru"),
    ],
)  # fmt: skip
def test_offices_in_english_behind_a_name_in_latin_letters(text: str, expected: str) -> None:
    assert stated(text) == [expected]


def test_a_name_in_latin_letters_in_brackets_behind_the_office_is_nobody_else() -> None:
    text = "นายอลัน บรูค ผู้อำนวยการกองทุนแม่น้ำ (Mr. Alan Brook, Director of the River Fund) กล่าวว่า น้ำใส"
    assert stated(text) == ["อลัน บรูค|ผู้อำนวยการกองทุนแม่น้ำ"]


@every_row("office", ["ประธานคณะทำงานตรวจสอบผู้ได้รับที่ดินและผู้ปลูกป่า", "ประธานชมรมผู้ได้รับรางวัลไม้ดอก"])
def test_those_who_got_something_are_a_part_of_an_office(office: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว {office} เปิดเผยว่า ป่าเขียว") == office


def test_the_office_of_whoever_was_told_to_answer_ends_before_that() -> None:
    assert position("นายวิชัย ทุ่งเขียว อธิบดีกรมสวนน้ำ ผู้ได้รับมอบหมาย ตอบกระทู้") == "อธิบดีกรมสวนน้ำ"


def test_royal_patronage_belongs_to_the_office() -> None:
    office = "นายกสมาคมสวนน้ำ ในพระบรมราชูปถัมภ์"
    assert position(f"นายวิชัย ทุ่งเขียว {office} เปิดงาน") == office


@every_row("word", ["ซึ่ง", "เรื่องนี้", "วันนี้", "นโยบาย", "ด้าน"])
def test_an_office_before_the_name_may_be_glued_to_a_word(word: str) -> None:
    assert position(f"ชาวสวนปลูกป่า {word}นายกรัฐมนตรี นายวิชัย ทุ่งเขียว ยินดี") == "นายกรัฐมนตรี"


@every_row(
    ("words", "office"),
    [
        ("ทำให้น้ำใส", "ผู้อำนวยการสวนน้ำ"),
        ("จะทำให้น้ำใส", "ผู้อำนวยการสวนน้ำ"),
    ],
)
def test_an_office_ends_before_what_comes_of_it(words: str, office: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว {office}{words}") == office


@every_row(
    ("short", "full", "expected"),
    [
        ("ผอ.สวนน้ำ", "ผู้อำนวยการสวนน้ำเมืองใหม่", "ผู้อำนวยการสวนน้ำเมืองใหม่"),
        ("รมว.การสวน น้ำ และป่าไม้", "รัฐมนตรีกระทรวง กสน.", "รมว.การสวน น้ำ และป่าไม้"),
    ],
)
def test_a_fuller_form_replaces_an_abbreviated_office(short: str, full: str, expected: str) -> None:
    assert position(f"นายวิชัย ทุ่งเขียว {short} ปลูกป่า\nนายวิชัย ทุ่งเขียว {full} กล่าวว่า น้ำใส") == expected


def test_a_venerable_monk_is_no_office() -> None:
    assert position("ตามรอยพระ เช่น ครูบาริมธาร จังหวัดน่าน หลวงปู่บัว ริมธาโร วัดริมธาร") is None
