"""Names that are hard to find or to end: glued, numbered, without title, of monks (`title|name|position`)."""

from __future__ import annotations

from tests.support.tables import every_row
from thaigov_crawler.thai.people import read_people

OFFICE = "อธิบดีกรมสวนน้ำ"


def stated(text: str) -> list[str]:
    return [f"{person.title}|{person.name}|{person.position or ''}" for person in read_people(text)]


@every_row("surname", ["พัฒนายิ่งเจริญผล", "สาวนายน", "ธนายุทธศิลป์", "วัฒนายากร"])
def test_a_surname_may_hold_the_letters_of_a_title(surname: str) -> None:
    assert stated(f"นายวิชัย {surname} {OFFICE} เปิดเผยว่า น้ำใส") == [f"นาย|วิชัย {surname}|{OFFICE}"]


def test_a_title_glued_to_a_surname_still_begins_the_next_person() -> None:
    expected = [f"นาย|วิชัย ทุ่งเขียว|{OFFICE}", "นาย|สมพร ไพรสน|"]
    assert stated(f"นายวิชัย ทุ่งเขียว {OFFICE} และนางมะลิ ใบบัวนายสมพร ไพรสน เข้าร่วม")[::2] == expected


@every_row(
    "text",
    [
        "ผู้ร้องทุกข์ ดังนี้\n๑.นายวิชัย ทุ่งเขียว ขอความเป็นธรรม\n๒.นางมะลิ ใบบัว ขอที่ดิน",
        "ผู้ได้รับรางวัล 1.นายวิชัย ทุ่งเขียว จ.แพร่ 2.นางมะลิ ใบบัว จ.น่าน",
        "เวลา 09.30 น.นายวิชัย ทุ่งเขียว ลงพื้นที่ ในการนี้นางมะลิ ใบบัว ให้การต้อนรับ",
        "ผู้เสียหายถูกนายวิชัย ทุ่งเขียว กับพวกทำร้าย และมีข่าวนางมะลิ ใบบัว ขอความช่วยเหลือ",
    ],
)
def test_a_known_given_name_makes_a_title_certain_that_is_glued_to_a_word(text: str) -> None:
    assert stated(text) == ["นาย|วิชัย ทุ่งเขียว|", "นาง|มะลิ ใบบัว|"]


@every_row("text", ["ทนายวิชัย ทุ่งเขียว ยื่นคำร้อง", "เดือนมิถุนายน และกรกฎาคม น้ำมาก"])
def test_a_word_that_ends_like_a_title_begins_nobody(text: str) -> None:
    assert stated(text) == []


def test_two_given_names_with_one_title_each_are_two_persons() -> None:
    assert "คุณ|มะลิ ใบบัว|ผู้บริหารของสวนน้ำ" in stated("ขอชื่นชมคุณวิชัย และคุณมะลิ ใบบัว ผู้บริหารของสวนน้ำ")


@every_row("surname", ["พร้อมเทพ", "พร้อมวงศ์", "พร้อมวงค์"])
def test_a_surname_may_begin_like_a_word_that_ends_a_name(surname: str) -> None:
    assert stated(f"นายวิชัย {surname} {OFFICE} เปิดเผยว่า น้ำใส") == [f"นาย|วิชัย {surname}|{OFFICE}"]


@every_row("title", ["นส.", "น.ส", "นายกองใหญ่", "นายหมู่ใหญ่", "นายหมวดใหญ่"])
def test_further_titles(title: str) -> None:
    assert stated(f"{title}มะลิ ใบบัว {OFFICE} เป็นประธาน") == [f"{title}|มะลิ ใบบัว|{OFFICE}"]


@every_row(
    ("text", "expected"),
    [
        ("ได้หารือกับท่านวิชัย ทุ่งเขียว อธิบดีกรมสวนน้ำ ซึ่งยินดี", ["ท่าน|วิชัย ทุ่งเขียว|อธิบดีกรมสวนน้ำ"]),
        ("นำแสดงโดย “ต้น” วิชัย ทุ่งเขียว และ “น้องใบ” มะลิ ใบบัว", ["|วิชัย ทุ่งเขียว|", "|มะลิ ใบบัว|"]),
        ("น้ำในสวนใส\nวิชัย ทุ่งเขียว\nรองอธิบดีกรมสวนน้ำ", ["|วิชัย ทุ่งเขียว|รองอธิบดีกรมสวนน้ำ"]),
        ("รมช.วิชัย ทุ่งเขียว รัฐมนตรีช่วยว่าการกระทรวงสวน ลงพื้นที่", ["|วิชัย ทุ่งเขียว|รัฐมนตรีช่วยว่าการกระทรวงสวน"]),
    ],
)
def test_a_known_given_name_without_title(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


@every_row(
    "text",
    [
        "ขอเชิญท่านประชุม วันพรุ่งนี้",
        "โครงการ “สวนใส” ส่ง น้ำ “รักน้ำ” แปลง ผักบุ้ง ให้ชาวบ้าน",
        "รมว.ยุติธรรม กล่าวว่า น้ำใส",
        "ระเบียบสำนักนายกรัฐมนตรี ที่ 12/2560",
    ],
)
def test_words_that_are_given_names_too_make_nobody(text: str) -> None:
    assert stated(text) == []


@every_row(
    ("text", "expected"),
    [
        ("ถวายแด่พระอธิการมะลิ ฐิตธมฺโม (หลวงปู่ต้น) เจ้าอาวาสวัดสวนน้ำ", "พระอธิการ|มะลิ ฐิตธมฺโม|เจ้าอาวาสวัดสวนน้ำ"),
        ("โดยมีพระครูปลัดมะลิ ฐานจาโร ผู้ช่วยเจ้าอาวาสวัดสวนน้ำ", "พระครูปลัด|มะลิ ฐานจาโร|ผู้ช่วยเจ้าอาวาสวัดสวนน้ำ"),
        ("พระราชวัชรสวน (มะลิ ฐิตธมฺโม) เจ้าอาวาสวัดสวนน้ำ ให้ศีล", "พระราชวัชรสวน|มะลิ ฐิตธมฺโม|เจ้าอาวาสวัดสวนน้ำ"),
        ("พระเทพสวน (หลวงพ่อมะลิ ปริสุทโธ) เมตตา", "พระเทพสวน|มะลิ ปริสุทโธ|"),
    ],
)
def test_a_monk_with_a_personal_name(text: str, expected: str) -> None:
    assert stated(text) == [expected]


@every_row("text", ["โรงพยาบาลพระอาจารย์มะลิ ฐานจาโร อำเภอสวน", "ณ พระอารามหลวง พลโท", "พระราชวัชรสวน เจ้าอาวาสวัดสวนน้ำ"])
def test_what_is_named_after_a_monk_or_a_title_of_honour_is_nobody(text: str) -> None:
    assert stated(text) == []


@every_row("office", ["นพ.ทรงคุณวุฒิระดับ 11", "ทันตแพทย์ทรงคุณวุฒิ สถาบันสวนน้ำ", "นพ.เชี่ยวชาญ กรมสวนน้ำ"])
def test_a_grade_behind_a_title_is_no_name(office: str) -> None:
    assert stated(f"แต่งตั้งให้ดำรงตำแหน่ง {office}") == []


@every_row("name", ["อานา มาเรีย เปเรส", "มิเกล มาริโอ เปเรส-กาเนล โลเปส", "เฟอร์นันโด ฆูลิโอ อันโตนิโอ เปเรส โลเปส"])
def test_a_name_of_many_parts_before_its_latin_form(name: str) -> None:
    assert stated(f"นาย{name} (H.E. Mr. Anton Perez) เอกอัครราชทูตภูฏาน เข้าพบ")[0] == f"นาย|{name}|เอกอัครราชทูตภูฏาน"


def test_a_third_part_that_is_a_known_surname() -> None:
    assert stated("นางมะลิ ใบบัว ไทยเศรษฐ์ กล่าวว่า น้ำใส") == ["นาง|มะลิ ใบบัว ไทยเศรษฐ์|"]


@every_row(
    ("text", "expected"),
    [
        ("Secretary General Anton Perez attended.", ["|Anton Perez|Secretary General"]),
        ("General Anton Perez attended the opening.", ["General|Anton Perez|"]),
        ("It was led by the Right Honourable Anton Perez in Rome.", ["Right Honourable|Anton Perez|"]),
        (
            "Minister Attached to the Prime Minister's Office Anton Perez and Minister of Energy (Anna Lopez) attended.",
            ["|Anton Perez|Minister Attached to the Prime Minister's Office", "|Anna Lopez|Minister of Energy"],
        ),
        ("The General Data Protection Regulation applies.", []),
        ("ที่ประชุม General Border Committee เห็นชอบ", []),
        (
            "Mr. Anton Perez, Chairman, Water Garden Holding attended.",
            ["Mr.|Anton Perez|Chairman, Water Garden Holding"],
        ),
    ],
)
def test_english_names_end_at_words(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


@every_row(
    "text",
    [
        "ผู้ชนะ ได้แก่ วิชัย ทุ่งเขียว, มะลิ ใบบัว และ ทับทิมสวน ไพรวัน",
        "นำแสดงโดย “ต้น” วิชัย ทุ่งเขียว, “ใบ” มะลิ ใบบัว, “ทิม” ทับทิมสวน ไพรวัน เข้าฉาย",
        "ออกแบบโดย วิชัย ทุ่งเขียว/มะลิ ใบบัว/ทับทิมสวน ไพรวัน ในงาน",
    ],
)
def test_names_in_a_row_make_each_other_certain(text: str) -> None:
    assert stated(text) == ["|วิชัย ทุ่งเขียว|", "|มะลิ ใบบัว|", "|ทับทิมสวน ไพรวัน|"]


@every_row(
    "text",
    [
        "จังหวัดชัยภูมิ บุรีรัมย์, นครปฐม ราชบุรี และ ชุมพร ระนอง",
        "เศรษฐกิจ สังคม, ศิลปะ วัฒนธรรม และ การค้า การลงทุน",
        "วิชัย ทุ่งเขียว, มะลิ ใบบัว",
        "ปลูกข้าว อ้อย, ทุเรียน มังคุด, เงาะ ลำไย และ มะม่วง ส้ม",
    ],
)
def test_words_in_a_row_are_nobody(text: str) -> None:
    assert stated(text) == []


def test_a_title_that_no_word_ends_with_begins_a_person_behind_any_word() -> None:
    assert stated("เมื่อครั้งหม่อมหลวงสวนดี ทุ่งเขียว เป็นรัฐมนตรีว่าการกระทรวงสวน")[0].startswith("หม่อมหลวง|สวนดี ทุ่งเขียว|")


@every_row(
    ("text", "expected"),
    [
        ("นายมุน แช อิน ประธานาธิบดีภูฏาน เข้าพบ", "นาย|มุน แช อิน|ประธานาธิบดีภูฏาน"),
        ("พลตรีอ่อง โซ รัฐมนตรีช่วยว่าการกระทรวงสวน เข้าพบ", "พลตรี|อ่อง โซ|รัฐมนตรีช่วยว่าการกระทรวงสวน"),
        ("นางสาวมะลิ แจ้งประจักษ์ รองอธิบดีกรมสวนน้ำ ลงพื้นที่", "นางสาว|มะลิ แจ้งประจักษ์|รองอธิบดีกรมสวนน้ำ"),
        ("ครอบครัวของนายวิชัย หรือต้นกล้า ทุ่งเขียว ขอความช่วยเหลือ", "นาย|วิชัย หรือต้นกล้า ทุ่งเขียว|"),
        ("นายวิชัย หรือต้นกล้า อายุ 37 ปี", "นาย|วิชัย|"),
        ("นายวิชัย แจ้งความ ผู้กำกับการสถานีสวน", "นาย|วิชัย|"),
    ],
)
def test_short_parts_aliases_and_surnames_like_verbs(text: str, expected: str) -> None:
    assert stated(text) == [expected]


@every_row("text", ["น้ำร้อน 125.5 มล. กลีเซอรีน (Glycerine)", "มีพระสังฆาธิการ พระมหาเถระ เมตตาร่วมพิธี"])
def test_measures_and_monks_in_general_are_nobody(text: str) -> None:
    assert stated(text) == []


def test_a_verb_behind_an_office_in_brackets_is_no_surname() -> None:
    assert stated("นายวิชัย (มท.9) กล่าวว่า น้ำใส") == ["นาย|วิชัย|"]


def test_a_surname_that_is_kept_back_is_not_the_next_word() -> None:
    assert stated("พบนางสาวมะลิ (สงวนนามสกุล) ขับรถกระบะ") == ["นางสาว|มะลิ|"]


@every_row(
    ("text", "expected"),
    [
        ("นายประยุทธ์ไทยเศรษฐ์ กล่าวว่า น้ำใส", "นาย|ประยุทธ์ ไทยเศรษฐ์|"),
        ("นายวิชัยทุ่งเขียวดี อธิบดีกรมสวนน้ำ เปิดสวน", f"นาย|วิชัย ทุ่งเขียวดี|{OFFICE}"),
        ("นายศักดิ์สิทธิ์ กล่าวว่า น้ำใส", "นาย|ศักดิ์สิทธิ์|"),
    ],
)
def test_a_name_that_lost_its_space_is_parted_where_the_parts_are_known(text: str, expected: str) -> None:
    assert stated(text) == [expected]


@every_row(
    "text",
    [
        "ฝากถึงนายกประยุทธ์ ให้ปลูกป่า",
        "ฝากถึง“นายกแพรทอง” ให้ปลูกป่า",
        "โรงเรียนนายร้อยของไทย",
        "นสพ.สวนน้ำรายวัน เสนอข่าว",
        "นายธนาคารข้างถนน",
        "นายกราชบัณฑิตยสภา เปิดสวน",
    ],
)
def test_offices_and_newspapers_are_no_titles(text: str) -> None:
    assert stated(text) == []


@every_row(
    ("text", "expected"),
    [
        ("เมื่อวานนี้ อาจารย์มะลิ ใบบัว ที่ปรึกษากรมสวนน้ำ ลงพื้นที่", "อาจารย์|มะลิ ใบบัว|ที่ปรึกษากรมสวนน้ำ"),
        ("โดย พล.อ วิชัย ทุ่งเขียว รองนายกรัฐมนตรี เป็นประธาน", "พล.อ|วิชัย ทุ่งเขียว|รองนายกรัฐมนตรี"),
        ("หารือกับดาโตะ เซอรี อันวา อิบราฮิม นายกรัฐมนตรีมาเลเซีย", "ดาโตะ เซอรี|อันวา อิบราฮิม|นายกรัฐมนตรีมาเลเซีย"),
        ("นมัสการท่านเจ้าคุณพระราชวัชรสวน (มะลิ ฐิตธมฺโม ป.ธ.4) เจ้าอาวาสวัดสวนน้ำ", "พระราชวัชรสวน|มะลิ ฐิตธมฺโม|เจ้าอาวาสวัดสวนน้ำ"),
    ],
)
def test_titles_of_teachers_of_malaysia_and_without_the_last_stop(text: str, expected: str) -> None:
    assert stated(text) == [expected]


@every_row("text", ["อาจารย์ประจำคณะ สวนศาสตร์", "อาจารย์มหาวิทยาลัยสวน และนักศึกษา", "เชิญอาจารย์ที่ปรึกษา ร่วมงาน"])
def test_a_trade_without_a_known_name_is_nobody(text: str) -> None:
    assert stated(text) == []


def test_names_that_are_a_line_each() -> None:
    assert stated("ผู้ร่วมรายการ\nวิชัย ทุ่งเขียว\nมะลิ ใบบัว\nทับทิมสวน ไพรวัน\nน้ำใส") == [
        "|วิชัย ทุ่งเขียว|",
        "|มะลิ ใบบัว|",
        "|ทับทิมสวน ไพรวัน|",
    ]


@every_row(
    ("text", "expected"),
    [
        ("อาจารย์กขวัญ สวนศิริ (อ.โจ้) ที่ปรึกษากรมสวนน้ำ ร่วมงาน", "อาจารย์|กขวัญ สวนศิริ|ที่ปรึกษากรมสวนน้ำ"),
        ("นางมะลิ ใบบัว สกุลริมธารางาม อธิบดีกรมสวนน้ำ ร่วมงาน", "นาง|มะลิ ใบบัว สกุลริมธารางาม|อธิบดีกรมสวนน้ำ"),
        ("ศาสตราจารย์ (พิเศษ) ดร.วิชัย ทุ่งเขียว อธิบดีกรมสวนน้ำ", "ศาสตราจารย์ (พิเศษ) ดร.|วิชัย ทุ่งเขียว|อธิบดีกรมสวนน้ำ"),
        ("ศ.คลินิค เกียรติคุณ นพ.วิชัย ทุ่งเขียว อธิบดีกรมสวนน้ำ", "ศ.คลินิค เกียรติคุณ นพ.|วิชัย ทุ่งเขียว|อธิบดีกรมสวนน้ำ"),
    ],
)
def test_further_titles_and_names(text: str, expected: str) -> None:
    assert stated(text) == [expected]


@every_row(
    ("text", "expected"),
    [
        ("คุยกับ นายมานี โมที H.E. Mr. Mani Modi นายกรัฐมนตรีริมธาร\nป่าเขียว", ["มานี โมที, นายกรัฐมนตรีริมธาร"]),
        ("ถึงนายกรัฐมนตรีริมธาร (นางมารี ทรัสส์ The Right Honourable Mary Truss MP)", ["มารี ทรัสส์, นายกรัฐมนตรีริมธาร"]),
        ("1. ดร. มานี ดอร์จี\nH.E. Dr. Mani Dorji\nปลูกป่า", ["มานี ดอร์จี, None"]),
        ("ปลูกป่ากับ ดร.มานี ดอร์จี Professor Bo Wendt และครู", ["มานี ดอร์จี, None", "Bo Wendt, None"]),
    ],
)
def test_a_person_in_thai_and_then_in_latin_letters_is_one(text: str, expected: list[str]) -> None:
    assert [f"{person.name}, {person.position}" for person in read_people(text)] == expected


@every_row("clause", ["รู้ใจผมดี ว่าป่าเขียว", "ช่วยดิฉันแล้ว"])
def test_a_clause_about_the_speaker_is_no_surname(clause: str) -> None:
    assert read_people(f"“ท่านสมชาย {clause}” อธิบดีกล่าว") == []


@every_row(
    ("behind", "expected"),
    [
        (" มีแต้ม อายุ 45 ปี", "วิชัย มีแต้ม"),
        (" แจ้งไพร (เชฟป่า) ชวนปลูกต้นไม้", "วิชัย แจ้งไพร"),
        (" อาจหาญ จังหวัดน่าน", "วิชัย อาจหาญ"),
        (" สามารถ ปลูกป่าได้", "วิชัย"),
        (" แจ้งว่า น้ำใส", "วิชัย"),
    ],
)
def test_a_known_surname_that_begins_like_a_verb(behind: str, expected: str) -> None:
    (person,) = read_people(f"พบนายวิชัย{behind}")
    assert person.name == expected


@every_row(
    ("text", "expected"),
    [
        ("ขอขอบคุณ พลเอก วิชัย ทุ่งเขียว ที่ปลูกป่า", "พลเอก"),
        ("กราบขอบพระคุณ ศ.กิตติคุณ ดร.วิชัย ทุ่งเขียว ที่ปลูกป่า", "ศ.กิตติคุณ ดร."),
        ("ขอบคุณ คุณวิชัย ทุ่งเขียว ที่ปลูกป่า", "คุณ"),
        ("พบคุณอารยา ทุ่งเขียว ที่สวน", "คุณ"),
    ],
)
def test_thanks_are_no_title_and_an_aunt_begins_no_name(text: str, expected: str) -> None:
    (person,) = read_people(text)
    assert person.title == expected


@every_row("words", ["มองว่าน้ำใส", "นั้น ชื่นชมสวน", "ผ่านทางชาวสวน", "มาเป็นอธิบดีกรมสวน", "ขอบคุณเลขาธิการสวนใส", "อย่างเร่งด่วน"])
def test_a_word_of_the_sentence_behind_a_given_name_is_no_surname(words: str) -> None:
    (person,) = read_people(f"พบนายวิชัย {words}")
    assert person.name == "วิชัย"


def test_a_headline_about_a_mood_names_nobody() -> None:
    assert read_people("รองนายกฯ วิชัย มั่นใจ สวนใส") == []
