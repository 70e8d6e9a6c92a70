"""Who took part in what a text reports: one invented sentence, or a few, for each rule of VERDICTS.

`+` stands for a person who took part, `-` for one who did not, in the order of first mention.
"""

from __future__ import annotations

from tests.support.tables import every_row
from thaigov_crawler.thai.people import read_people

HEAD = "นายวิชัย ทุ่งเขียว อธิบดีกรมสวนน้ำ"
DEPUTY = "นางมะลิ ใบบัว รองอธิบดีกรมสวนน้ำ"
SPOKESPERSON = "นายกมล ริมธาร โฆษกกรมสวนน้ำ"


def there(text: str) -> str:
    return "".join("+" if person.attended else "-" for person in read_people(text))


@every_row(
    ("text", "expected"),
    [
        (f"{HEAD}\nเป็นประธานการประชุมเรื่องป่า", "+"),
        (f"ณ ห้องประชุมกรมสวนน้ำ\n{HEAD}\nรับเรื่องร้องเรียนจากชาวบ้าน", "+"),
        (f"{HEAD}\nในฐานะประธานงานปลูกป่า\nได้เยี่ยมชมแปลงดอกไม้", "+"),
        (f"{HEAD} ในฐานะรองประธานกรรมการของสวนน้ำและป่าริมธาร (กสร.) เป็นประธานการประชุมเรื่องป่า", "+"),
        (f"วันนี้ ณ ห้องประชุมกรมสวนน้ำ {HEAD} ในฐานะประธานงานปลูกป่า กล่าวว่า ป่าเขียว", "+"),
        (f"{HEAD} ในฐานะประธานงานปลูกป่า กล่าวว่า ป่าเขียว", "-"),
        (f"{HEAD} ในฐานะหัวหน้าคณะชาวสวนได้เข้าร่วมงาน", "+"),
        (f"{HEAD} ในฐานะผู้จัดเก็บรายได้เข้าใจเรื่องป่า", "-"),
        (f"ซึ่งในที่ประชุม {HEAD} ได้เน้นย้ำเรื่องป่า", "+"),
        (f"กรมสวนน้ำประชุมเรื่องป่า โดยมี\n{HEAD}\n{DEPUTY}\nเข้าร่วมประชุม", "++"),
        (f"คณะครูเข้าเยี่ยมคารวะ{HEAD}\n{SPOKESPERSON} สรุปสาระสำคัญ ดังนี้", "+-"),
        (f"โดยมี {HEAD} และชาวสวน ทั้งนี้ {SPOKESPERSON} สรุปสาระสำคัญ ดังนี้", "+-"),
        (f"โดยมี {HEAD} และชาวสวน {SPOKESPERSON} เข้าร่วม", "++"),
        (f"{HEAD}\nกล่าวว่า ป่าเขียว", "-"),
        (f"{HEAD}\nสวนน้ำเป็นประธานของเรื่อง", "-"),  # the next line is another sentence
    ],
)
def test_lines_broken_at_a_width(text: str, expected: str) -> None:
    assert there(text) == expected


@every_row(
    "line",
    [
        "ข่าวโดย : นางมะลิ ใบบัว",
        "ภาพข่าวโดย นางมะลิ ใบบัว",
        "ข่าว/ภาพ : นางมะลิ ใบบัว",
        "เผยแพร่ข่าว : นางมะลิ ใบบัว",
        "Editor : Ms. Mina Brook",
        "ข้อมูลโดย นางมะลิ ใบบัว",
    ],
)
def test_who_made_the_news(line: str) -> None:
    assert there(f"{HEAD} เปิดงานปลูกป่า\n{line}") == "+-"


@every_row(
    ("text", "expected"),
    [
        (f"ภายหลังการประชุม {HEAD} กล่าวว่า ป่าเขียว", "+"),
        (f"วันนี้ ณ ห้องประชุมกรมสวนน้ำ {HEAD} กล่าวถึงเรื่องป่า", "+"),
        (f"ชาวสวนร่วมพิธีจำนวนมาก\nโอกาสนี้ {HEAD} กล่าวขอบคุณชาวสวน", "+"),
        (f"นายกสภาพบชาวสวน ในโอกาสนี้ {SPOKESPERSON} เปิดเผยว่า ป่าเขียว", "-"),
        (f"ป่าเขียว นอกจากนั้น {HEAD} กล่าวว่า น้ำใส", "-"),
        (f"วันนี้ ที่ทำเนียบรัฐบาล ภายหลังการประชุมคณะรัฐมนตรี ซึ่ง{HEAD} เป็นประธาน {SPOKESPERSON} เปิดเผยว่า ป่าเขียว", "++"),
        (f"ภายหลังเสร็จสิ้นการหารือ {SPOKESPERSON} กล่าวสรุปสาระสำคัญ ดังนี้", "-"),
        (f"“ชาวบ้านปลูกป่า ณ ริมธาร” {HEAD} กล่าว", "-"),
        (f"วันนี้ ณ ห้องประชุมกรมสวนน้ำ {HEAD} มอบหมายให้{DEPUTY} เปิดงาน", "-+"),
        (f"{HEAD} ตอบคำถามสื่อมวลชนเรื่องป่า", "+"),
        (f"{HEAD} มีแถลงการณ์เรื่องป่า", "+"),
        (f"{HEAD} กล่าวในท้ายสุด", "-"),
        (f"{HEAD} กล่าวในช่วงต้น", "-"),
        (f"{HEAD} กล่าวแสดงความเสียใจต่อชาวบ้าน", "-"),
        (f"คำกล่าว {HEAD} ในการประชุมเรื่องป่า", "+"),
        (f"สาร {HEAD} เนื่องในวันป่าไม้", "-"),
    ],
)
def test_statements(text: str, expected: str) -> None:
    assert there(text) == expected


@every_row(
    ("text", "expected"),
    [
        (f"โดย{HEAD} เป็นประธานเปิดงาน", "+"),
        (f"การนำเสนอโดย {HEAD} เรื่องดอกไม้", "+"),
        (f"สวนแห่งนี้ก่อตั้งโดย {HEAD}", "-"),
        (f"รัฐบาลโดย{HEAD} ปลูกป่าทั่วประเทศ", "-"),
        (f"งานจัดขึ้นที่ทำเนียบรัฐบาล โดย {HEAD} ปลูกต้นไม้", "+"),
        (f"กรมสวนน้ำ โดย{HEAD} มุ่งเน้นเรื่องป่า", "-"),
        (f"กรมสวนน้ำ โดย{HEAD} เป็นประธานคณะกรรมการป่า", "-"),
        (f"เสนอคณะกรรมการป่า ที่มี{HEAD} เป็นประธาน", "-"),
        (f"การประชุมคณะกรรมการป่า ที่มี{HEAD} เป็นประธาน", "+"),
        (f"{HEAD} เป็นประธานคณะกรรมการป่า ครั้งที่ 2/2566", "+"),
    ],
)
def test_by_whom(text: str, expected: str) -> None:
    assert there(text) == expected


@every_row(
    ("text", "expected"),
    [
        (f"{SPOKESPERSON} เปิดเผยว่า {HEAD} ติดตามสถานการณ์น้ำ", "--"),
        (f"{SPOKESPERSON} เปิดเผยว่า {HEAD} แสดงความยินดีกับนักกีฬา", "--"),
        (f"{SPOKESPERSON} เปิดเผยว่า {HEAD} ลงพื้นที่ตรวจสวน", "-+"),
        (f"{SPOKESPERSON} เปิดเผยว่า {HEAD} จะเป็นประธานเปิดงานในวันศุกร์", "-+"),
        (f"{SPOKESPERSON} กล่าวว่า ได้สั่งการให้{HEAD} ลงพื้นที่ตรวจสวน", "--"),
        (f"{HEAD} เปิดเผยว่า เมื่อวานนี้ ได้นำคณะพบหารือกับ{DEPUTY} ของกรม", "++"),
        (f"{HEAD} ลงนามบันทึกความเข้าใจเรื่องป่ากับ {DEPUTY}", "++"),
        (f"{HEAD} ให้{DEPUTY} และคณะ เข้าพบเพื่อหารือ", "++"),
        (f"การเข้าเยี่ยมคารวะปลัดกระทรวงของ{HEAD}", "+"),
        (f"ชาวบ้านมอบดอกไม้ขอบคุณ {HEAD} กล่าวต้อนรับ", "+"),
        (f"ปลัดกระทรวงขอบคุณ{HEAD} ซึ่งนำเรือออกช่วยชาวบ้าน", "-"),
        (f"อธิบดีกล่าวว่า ขอชื่นชม{HEAD} ร่วมแสดงในละคร", "-"),
        (f"อธิบดีกล่าวว่า ต้องขอขอบคุณ {HEAD} มอบดอกไม้ให้แก่ชาวบ้าน", "-"),
        (f"จากนั้น {HEAD} ได้กล่าวเพิ่มเติมถึงเรื่องป่า", "-"),
        (f"ตามนโยบายของ{HEAD}", "-"),
        (f"รัฐบาลภายใต้การนำของท่าน {HEAD} และ{DEPUTY} ที่กำกับดูแลสวน ได้มอบนโยบายแล้ว", "--"),
        (f"{HEAD} กล่าวว่า ได้สั่งให้ตรวจสอบ ชาวบ้านได้ตรวจสอบแล้ว", "-"),
        (f"รัฐบาลโดย{HEAD} ได้พูดคุยกับชาวบ้าน", "+"),
        (f"วันนี้ (3 พฤษภาคม 2566) {HEAD} ได้รับรายงานจากชาวบ้าน", "-"),
        (f"การที่{HEAD} เดินทางไปริมธาร", "-"),
        (f"คณะครูเข้ารับรางวัลจาก {HEAD}", "+"),
        (f"ครูได้รับมอบหมายจาก {HEAD} ให้ปลูกป่า", "-"),
        (f"หลังจาก {HEAD} เป็นประธานการประชุม", "+"),
        (f"ชาวบ้านร่วมฟังการบรรยายพิเศษของ {HEAD}", "+"),
        (f"{HEAD} พร้อมด้วย {DEPUTY} พบนายสมาน เนินหิน ประธานสมาคมไม้ดอก เพื่อปลูกป่า", "+++"),
        (f"{HEAD} พร้อมด้วยผู้บริหารกรม พบ {DEPUTY} เพื่อปลูกป่า", "++"),
        (f"จากการตรวจเรือ พบ {DEPUTY} อยู่ในสวน", "-"),
        (f"อธิบดีกล่าวว่า จะมีการพูดคุยกับ{DEPUTY} เรื่องป่า", "-"),
        (f"อธิบดีกล่าวว่า ยังไม่ได้พูดคุยเรื่องนี้กับ{DEPUTY}", "-"),
        (f"อธิบดีกล่าวว่า ยังไม่ได้พูดคุยกับ {DEPUTY}", "-"),
        (f"อธิบดีกล่าวว่า ได้พูดคุยเรื่องนี้กับ{DEPUTY}", "+"),
        (f"อธิบดีกล่าวว่า เมื่อคืนได้เจอ {DEPUTY} ก็พูดคุยกันดี", "-"),
        (f"อธิบดีได้สั่งการให้ {DEPUTY} ประสานชาวบ้าน ลงพื้นที่ตรวจสอบเรือริมน้ำ", "+"),
        (f"อธิบดีสั่งการให้{DEPUTY} นำกำลังเข้าตรวจค้นเรือ", "+"),
        (f"อธิบดีสั่งการให้{DEPUTY} เร่งช่วยชาวบ้าน ส่วนชาวบ้านเข้าตรวจสอบเรือ", "-"),
        (f"อธิบดีขอให้{DEPUTY} ลงพื้นที่ตรวจสอบเรือ", "-"),
    ],
)
def test_told_and_met(text: str, expected: str) -> None:
    assert there(text) == expected


@every_row(
    ("text", "expected"),
    [
        (f"{HEAD} ประธานกรรมการป่า เป็นประธานการประชุม", "+"),
        (f"{HEAD} หรือ กสน. ร่วมกิจกรรมปลูกป่า", "+"),
        (f"{HEAD} หรือ กสน. เปิดเผยว่า เข้าร่วมงานแล้ว", "-"),
        ("พลเอก วิชัยฯ เป็นประธานการประชุม", "+"),
        (f"วันนี้ (3 พฤษภาคม 2566) เวลา 10.00 น. {HEAD} ทดลองขับเรือที่ริมธาร", "+"),
        (f"ในการนี้ {HEAD} ทดลองขับเรือที่ริมธาร", "+"),
        (f"วันนี้ (3 พฤษภาคม 2566) {HEAD} ชื่นชมชาวบ้าน", "-"),
        (f"วันนี้ (3 พฤษภาคม 2566) {SPOKESPERSON} คณะกรรมการศูนย์ป่าไม้ (ศป.) เปิดเผยว่า ป่าเขียว", "-"),
        (f"{HEAD} ชื่นชมชาวสวนทุกคน ร่วมกันปลูกป่า", "-"),
        (f"{HEAD} ทดลองขับเรือที่ริมธาร", "-"),  # no day, no place
        (f"{HEAD} กล่าวรายงาน {DEPUTY} อ่านประกาศ", "++"),
    ],
)
def test_deeds(text: str, expected: str) -> None:
    assert there(text) == expected


@every_row(
    ("text", "expected"),
    [
        ("แต่งตั้งกรรมการ ดังนี้ (1) นายวิชัย ทุ่งเขียว เป็นประธานกรรมการ (2) นางมะลิ ใบบัว กรรมการ", "--"),
        ("คณะกรรมการ ประกอบด้วย นายวิชัย ทุ่งเขียว นางมะลิ ใบบัว และนายกมล ริมธาร", "---"),
        ("รายชื่อผู้โชคดี ได้แก่ นายวิชัย ทุ่งเขียว นางมะลิ ใบบัว", "--"),
        ("โดยมีทีมนักประดิษฐ์ ประกอบด้วย นายวิชัย ทุ่งเขียว นางมะลิ ใบบัว", "--"),
        ("นายวิชัย ทุ่งเขียว นางมะลิ ใบบัว และนายกมล ริมธาร เป็นกรรมการ", "---"),
        ("กรรมการ ประกอบด้วย นายวิชัย ทุ่งเขียว นางมะลิ ใบบัว เข้าร่วมประชุม", "++"),
        ("ผู้รับรางวัล ได้แก่ นายวิชัย ทุ่งเขียว นางมะลิ ใบบัว และนายกมล ริมธาร", "+++"),
        ("ผู้เข้าร่วมงาน ได้แก่ 1. นายวิชัย ทุ่งเขียว ชาวสวน 2. นางมะลิ ใบบัว ชาวนา", "++"),
        (f"มีผู้เสียชีวิตสองคน\n{HEAD} เปิดงานปลูกป่า โดยมี{DEPUTY} เข้าร่วม", "++"),  # another line
    ],
)
def test_items_of_a_list(text: str, expected: str) -> None:
    assert there(text) == expected


@every_row(
    ("text", "expected"),
    [
        (f"พิธีลงนามบันทึกความเข้าใจ ระหว่าง {HEAD} และ{DEPUTY}", "++"),
        (f"จากความขัดแย้งระหว่าง {HEAD} และ{DEPUTY}", "--"),
        (f"ในการหารือระหว่าง {HEAD} และ{DEPUTY}", "++"),
        (f"ปลัดกระทรวงมอบรางวัลให้แก่ {HEAD}", "+"),
        (f"ปลัดกระทรวงแสดงความเสียใจต่อ {HEAD}", "-"),
        (f"ปลัดกระทรวง ให้ {DEPUTY} (กสน.) ซึ่งมาจากริมธาร เข้าพบ", "+"),
        (f"{HEAD} กับ{DEPUTY} ได้มีการหารือร่วมกัน", "++"),
        (f"การตรวจราชการ จังหวัดริมธาร\nของ {HEAD}", "+"),
        (f"ชาวสวนลงพื้นที่ร่วมกับคณะของ {HEAD} เยี่ยมชมป่า", "+"),
        (f"ชาวสวนลงพื้นที่ตามนโยบายของ {HEAD}", "-"),
        (f"{HEAD} มอบคำขวัญวันเด็กว่า ป่าเขียว", "-"),
        (f"ชาวสวนและคณะมาพบ {HEAD} เพื่อประชาสัมพันธ์งานปลูกป่า", "+"),
        (f"หลังพิธี {HEAD} ได้เดินเยี่ยมชมแปลงดอกไม้", "+"),
        (f"ทั้งนี้ {HEAD} ได้แจ้งต่อที่ประชุมว่า ป่าเขียว", "+"),
        (f"{DEPUTY} เป็นผู้แทน {HEAD} เข้าร่วมพิธีปลูกป่า", "+-"),
        (f"ชาวสวนเล่าเรื่องดอกไม้ รวมถึง {HEAD} ด้วย", "-"),
        (f"กรมสวนน้ำมอบดอกไม้แก่ครอบครัว {HEAD} ณ วัดริมธาร", "-"),
        (f"กรมสวนน้ำ โดย {HEAD} และ{DEPUTY} ได้มอบหมายให้ชาวสวนปลูกป่า", "--"),
        (f"กรมสวนน้ำรับมอบต้นไม้และดอกไม้นานาพันธุ์ เนื่องในวันต้นไม้ประจำปีของสวนน้ำริมธารและป่าเขียวทั้งปวง จาก {HEAD}", "+"),
        (f"{HEAD} กล่าวมอบนโยบายแก่ชาวสวน", "+"),
        (f"{HEAD} กล่าวให้โอวาทแก่นักเรียน", "+"),
        ("รางวัลชนะเลิศ ระดับเงิน\n1. นายวิชัย ทุ่งเขียว ชาวสวน\n2. นางมะลิ ใบบัว ชาวนา", "++"),
        ("รางวัลจากการจับสลาก\n1. นายวิชัย ทุ่งเขียว ชาวสวน\n2. นางมะลิ ใบบัว ชาวนา", "--"),
        (f"คณะกรรมการป่า ซึ่งมี{HEAD} เข้าร่วมด้วย", "+"),
        (f"ตั้งคณะอนุกรรมการป่า โดยมี {HEAD} เป็นประธานอนุกรรมการ", "-"),
        (f"ตั้งคณะอนุกรรมการป่า โดยมี {HEAD} เป็นประธานอนุกรรมการ และ{DEPUTY} เป็นเลขานุการ", "--"),
        (f"อธิบดีประชุมคณะกรรมการป่า ครั้งที่ 2 ที่มี{HEAD} เป็นรองประธานกรรมการฯ {DEPUTY} เป็นเลขานุการ ร่วมด้วยชาวสวน", "++"),
        (f"ที่ประชุมคณะกรรมการป่าตั้งคณะอนุกรรมการน้ำ โดยมี {HEAD} เป็นประธานอนุกรรมการ", "-"),
        (f"{HEAD} เปิดเผยว่า ได้ลงนามคำสั่งแล้ว", "-"),
    ],
)
def test_given_and_signed(text: str, expected: str) -> None:
    assert there(text) == expected


@every_row(
    ("text", "expected"),
    [
        ("Attending the fair were PM’s Advisor Mr. Alan Rivers, and Deputy Spokesperson Ms. Mina Brook.", "++"),
        ("Following the meeting on trees and flowers of the land, Mr. Alan Rivers disclosed that trees grow.", "+"),
        ("Following the visit of Mr. Alan Rivers to the land, trees grow.", "-"),
        ("Also present were Minister Alan Rivers, executives of the fair, and Ms. Mina Brook.", "++"),
        ("At 1000hrs, at Government House, Mr. Alan Rivers stated that trees grow.", "+"),
        ("At 1000hrs, at Government House, Government Spokesperson Alan Rivers disclosed that trees grow.", "-"),
        ("Mr. Alan Rivers, head of the garden and of the fair, paid a courtesy call on the mayor.", "+"),
        ("Mr. Alan Rivers, who said that trees grow, was pleased that others visited the fair.", "-"),
        ("Mr. Alan Rivers is scheduled to attend the fair.", "+"),
        ("Trees were the theme of a meeting between growers and U.N. President Alan Rivers. It ended.", "+"),
        (
            "They paid a courtesy call on President Alan Rivers. Government Spokesperson Mina Brook disclosed gist.",
            "+-",
        ),
        ("The team led by the garden’s deputy head Dr. Alan Rivers saw trees.", "+"),
        ("During the conference on trees, Mr. Alan Rivers said that trees grow.", "+"),
        ("During the past year, Mr. Alan Rivers said that trees grow.", "-"),
        ("Mr. Alan Rivers told the meeting that trees grow.", "+"),
        ("On Monday, Mr. Alan Rivers will make his field visit to the lake.", "+"),
        ("Minister Alan Rivers joined the fair. Government Spokesperson Mina Brook disclosed gist.", "+-"),
        ("Accept the assurances of my consideration.\nMr. Alan Rivers\nPrime Minister of Riverland", "-"),
        ("Mr. Alan Rivers disclosed that trees grow.", "-"),
        ("Participating in the meeting were Dr. Alan Rivers, M.D., Mr. John Lake, and Ms. Mina Brook.", "+++"),
    ],
)
def test_english(text: str, expected: str) -> None:
    assert there(text) == expected


@every_row(
    ("text", "expected"),
    [
        (f"ข้าราชการที่ต้องพ้นจากราชการ อาทิ {HEAD} {DEPUTY} {SPOKESPERSON}", "---"),
        (f"ดังคำขวัญวันเด็ก ที่{HEAD} มอบไว้ว่า ป่าเขียว", "-"),
        (f"{SPOKESPERSON} เปิดเผย ว่า {HEAD} ติดตามเรื่องป่า", "--"),
        (f"{HEAD} เข้าร่วมการประชุม ร่วมกับผู้นำชาวสวนและ{DEPUTY}", "++"),
        (f"วันนี้ ณ ห้องประชุมกรมสวนน้ำ {SPOKESPERSON} เปิดเผยว่า {HEAD} เปิดงานปลูกป่า", "-+"),
        (f"ชาวสวนตรวจราชการสวนริมธาร ขับเคลื่อนนโยบายของ {HEAD}", "-"),
        (f"วันนี้ ณ ห้องประชุมกรมสวนน้ำ {HEAD} แจ้งว่า ป่าเขียว", "-"),
        (f"กรมสวนน้ำมอบอำนาจให้{HEAD} ดูแลป่า", "-"),
        (f"เพื่อให้ป่าเขียว {HEAD} และ{SPOKESPERSON} จึงได้สั่งการให้{DEPUTY} นำชาวสวนปลูกป่า", "---"),
        (f"{SPOKESPERSON} เปิดเผยว่า {HEAD} สั่งชาวสวน ลงพื้นที่ตรวจป่า", "--"),
    ],
)
def test_further_cues(text: str, expected: str) -> None:
    assert there(text) == expected


@every_row(
    ("text", "expected"),
    [
        (f"การเดินทางไปตรวจราชการครั้งนี้เกิดจากการมอบหมายของ{HEAD} ซึ่งให้ดูน้ำ", "-"),
        (f"วันนี้ชาวสวนปลูกป่าตามนโยบายที่{HEAD} วางไว้", "-"),
        (f"{HEAD} เมตตาร่วมพิธี", "+"),
        (f"{HEAD} แล้วนำคณะชมสวน", "+"),
        (f"ชาวสวนเข้าเยี่ยมคารวะ {HEAD} สรุปสาระสำคัญ ดังนี้", "+"),
        (f"มีชาวสวนให้การต้อนรับ {SPOKESPERSON} สรุปสาระสำคัญ ดังนี้", "-"),
        (f"ชาวสวนปลูกป่า โดย{HEAD} สรุปสาระสำคัญ ดังนี้", "-"),
        (f"{HEAD} อนุญาตให้ชาวสวนเข้าพบ", "+"),
        (f"{HEAD} กล่าวว่า ตนได้นำคณะชมสวน", "+"),
        (f"{HEAD} กล่าวว่า ตนได้มีโอกาสพูดคุยกับชาวสวน", "+"),
        (f"{HEAD} กล่าวว่า ตนได้กำชับชาวสวน", "-"),
        (f"{HEAD} ให้ความรู้เรื่องป่า", "+"),
        (f"พิธีบรรจุอัฐิ {HEAD} ที่สวน", "-"),
        (f"วันนี้ ที่ ศูนย์ป่า {HEAD} กล่าวว่า น้ำใส", "+"),
        (f"วันนี้ ที่บริเวณป่าริมธาร {HEAD} กล่าวว่า น้ำใส", "+"),
        (f"วันนี้ ณ กรมป่า {HEAD} ขอชี้แจงเรื่องน้ำ", "+"),
        (f"ชาวสวนร่วมแสดงความอาลัย{HEAD} ที่สวน", "-"),
    ],
)
def test_policies_and_fillers(text: str, expected: str) -> None:
    assert there(text) == expected
