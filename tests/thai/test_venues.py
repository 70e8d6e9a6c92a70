"""The place of what an article reports: each rule of find_venue, what it refuses, and its limits."""

from __future__ import annotations

import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tables import every_row
from thaigov_crawler.thai.dates import read_dates
from thaigov_crawler.thai.events import find_event, spans_of
from thaigov_crawler.thai.venues import LONGEST, find_venue

TODAY = "วันนี้ (24 พฤษภาคม 2568)"


def venue(text: str) -> str | None:
    """Return the venue. The event's date is found as the loader finds it."""
    dates = read_dates(text)
    return find_venue(text, spans_of(find_event(text, dates, None), dates))


BESIDE_THE_DATE = [
    ("นายมั่น ใจดี ตรวจบัว ในพื้นที่จังหวัดน่าน เมื่อวันที่ 24 พฤษภาคม 2568 ด้วยใจ", "จังหวัดน่าน"),
    (f"{TODAY} ณ ศาลาริมคลอง นายมั่น ใจดี ปลูกบัว", "ศาลาริมคลอง"),
    (f"{TODAY} เวลา 09.30 น. ณ ศาลาริมคลอง นายมั่น ใจดี ปลูกบัว", "ศาลาริมคลอง"),
    (f"{TODAY} เวลา 09.30 น. ที่ห้องบัวหลวง นายมั่น ใจดี ปลูกบัว", "ห้องบัวหลวง"),
    (f"{TODAY} ที่กรมสวนหลวง นายมั่น ใจดี ปลูกบัว", "กรมสวนหลวง"),
    (f"{TODAY} ที่ กรมสวนหลวง นายมั่น ใจดี ปลูกบัว", "กรมสวนหลวง"),
    ("เมื่อวันที่ 24 พฤษภาคม 2568 ที่ผ่านมา ณ วัดบัวขาว ชาวบ้านร่วมทำบุญ", "วัดบัวขาว"),
    ("วันที่ 24 พฤษภาคม 2568 เวลา 09.15 ที่ห้องบัวหลวง นายมั่น ใจดี เปิดงาน", "ห้องบัวหลวง"),
    (f"ชาวบ้านปลูกบัว ณ ศาลาริมคลอง เมื่อ{TODAY} โดยพร้อมเพรียง", "ศาลาริมคลอง"),
    ("นายมั่น ใจดี เปิดเรือนไม้ ณ ตำบลบัวขาว\n" + TODAY + " ที่โรงเรียนริมคลอง นายมั่น ใจดี ปลูกบัว", "โรงเรียนริมคลอง"),
    (
        "May 24, 2025, at 0930hrs, at the Lotus Room, Canal House, Prime Minister Somchai Jaidee spoke.",
        "the Lotus Room, Canal House",
    ),
    (
        "May 24, 2025, at 1545hrs (Nakhon Pathom local time), at the Lotus Hall, Prime Minister Somchai Jaidee spoke.",
        "the Lotus Hall",
    ),
    ("1 June 2025, Lotus Building, Canal House\nOn behalf of gardeners, I thank you.", "Lotus Building, Canal House"),
    ("May 24, 2025, at the Lotus Hotel Bangkok, the forum was opened.", "the Lotus Hotel Bangkok"),
    (
        "May 24, 2025, at Nong Bua, Bua Khao district, Nakhon Pathom, Deputy Minister A. Jaidee spoke.",
        "Nong Bua, Bua Khao district, Nakhon Pathom",
    ),
]
IN_THE_SAME_PARAGRAPH = [
    (f"{TODAY} นายมั่น ใจดี เป็นประธานการประชุม ณ ห้องบัวหลวง", "ห้องบัวหลวง"),
    (f"{TODAY} นายมั่น ใจดี เป็นประธานการประชุมที่ห้องบัวหลวง", "ห้องบัวหลวง"),
    (f"{TODAY} นายมั่น ใจดี แถลงข่าว “บัวบานทั้งเมือง” ที่โรงแรมบัวขาว", "โรงแรมบัวขาว"),
    (f"{TODAY} นายมั่น ใจดี ลงพื้นที่จังหวัดน่าน ติดตามการปลูกบัว", "จังหวัดน่าน"),
    (f"{TODAY} นายมั่น ใจดี ลงพื้นที่ ต.บัวขาว อ.เมือง จ.น่าน เพื่อปลูกบัว", "ต.บัวขาว อ.เมือง จ.น่าน"),
    ("นายมั่น ใจดี เป็นประธานเปิดงาน ณ ลานบัวขาว โดยมีชาวบ้านร่วมงาน", "ลานบัวขาว"),
    (f"{TODAY} นายมั่น ใจดี กล่าวว่า จะจัดงานบัวบาน ณ ลานบัวขาว", "ลานบัวขาว"),
    (f"{TODAY} นายมั่น ใจดี โฆษกกรมบัว เปิดเผยว่า มีการประกวดบัว ณ ลานบัวขาว", "ลานบัวขาว"),
    (f"{TODAY} นายมั่น ใจดี ปลูกบัว โดยงานจัดขึ้นระหว่างวันที่ 23-25 พฤษภาคม 2568 ณ ลานบัวขาว", "ลานบัวขาว"),
    (f"{TODAY} นายมั่น ใจดี เดินทางไปจังหวัดน่าน เพื่อปลูกบัว", "จังหวัดน่าน"),
    (f"{TODAY} นายมั่น ใจดี ลงพื้นที่น่าน เยี่ยมชาวบ้าน", "น่าน"),
    (f"{TODAY} นายมั่น ใจดี เยือนสาธารณรัฐบัวขาวอย่างเป็นทางการ", "สาธารณรัฐบัวขาว"),
    (f"{TODAY} นายมั่น ใจดี ลงพื้นที่ติดตามการดำเนินงานของวิสาหกิจชุมชนบัวขาว ต.ริมคลอง โดยมีชาวบ้านต้อนรับ", "วิสาหกิจชุมชนบัวขาว ต.ริมคลอง"),
    (f"{TODAY} นายมั่น ใจดี ลงพื้นที่ติดตามน้ำท่วมในพื้นที่ จ.น่าน เพื่อช่วยชาวบ้าน", "จ.น่าน"),
    (f"{TODAY} นายมั่น ใจดี ตรวจค้นสวนบัวเถื่อน ในพื้นที่ตำบลบัวขาว จังหวัดน่าน พบบัวร้อยต้น", "ตำบลบัวขาว จังหวัดน่าน"),
    (f"{TODAY} นายมั่น ใจดี ลงพื้นที่ให้ความรู้ชาวบ้านที่โรงเรียนบัวขาว", "โรงเรียนบัวขาว"),
    (f"{TODAY} นายมั่น ใจดี ร่วมปลูกบัว ในงาน “บัวบาน” ที่โรงแรมบัวขาว", "โรงแรมบัวขาว"),
    (f"{TODAY} นายมั่น ใจดี ปลูกบัว ณ\nลานบัวขาว", "ลานบัวขาว"),
    ("คำกล่าว นายมั่น ใจดี\nเรื่อง บัว\nในงานบัวบาน\nณ ห้องบัวหลวง", "ห้องบัวหลวง"),
    (f"{TODAY} The Lotus Forum was held in Chiang Mai with 20 guests.", "Chiang Mai"),
    (f"{TODAY} The Minister paid an official visit to Lotus City with 20 guests.", "Lotus City"),
    (
        f"{TODAY} The Minister and his guests arrived at Lotus Airport, Lotus City, to plant trees.",
        "Lotus Airport, Lotus City",
    ),
]
FARTHER_OFF = [
    (f"{TODAY} นายมั่น ใจดี ปลูกบัว\nก\nข\nจากนั้น ผู้บริหารและสื่อมวลชนเข้าร่วม ณ ลานบัวขาว", "ลานบัวขาว"),
    (f"{TODAY} นายมั่น ใจดี ปลูกบัว\nชาวบ้านปลูกบัวหลวง ณ ลานบัวขาว", "ลานบัวขาว"),
    (f"{TODAY} นายมั่น ใจดี ปลูกบัว\nก\nข\nจากนั้น ผู้บริหารเข้าร่วมประชุม ที่สำนักงานบัวหลวง", "สำนักงานบัวหลวง"),
    (f"{TODAY} นายมั่น ใจดี ปลูกบัว\nก\nข\nจากนั้น ผู้บริหารเข้าร่วมกิจกรรม\nณ ลานบัวขาว", "ลานบัวขาว"),
    (f"{TODAY} นายมั่น ใจดี ปลูกบัว\nก\nข\nจากนั้น นายมั่น ใจดี ลงพื้นที่จังหวัดน่าน เพื่อปลูกบัว", "จังหวัดน่าน"),
    (f"{TODAY} นายมั่น ใจดี ปลูกบัว\nก\nข\nคณะได้พัก ณ ห้องประชุมบัวหลวง", "ห้องประชุมบัวหลวง"),
]
ENDS = [
    ("ลานบัวขาว\nชาวบ้านปลูกบัว", "ลานบัวขาว"),
    ("ลานบัวขาว นายมั่น ใจดี ปลูกบัว", "ลานบัวขาว"),
    ("ลานบัวขาว น.ส.มั่น ใจดี ปลูกบัว", "ลานบัวขาว"),
    ("ลานบัวขาว พล.อ.มั่น ใจดี ปลูกบัว", "ลานบัวขาว"),
    ("ลานบัวขาว รัฐมนตรีปลูกบัว", "ลานบัวขาว"),
    ("ลานบัวขาว ประชาชนปลูกบัว", "ลานบัวขาว"),
    ("ลานบัวขาว ติดตามการปลูกบัว", "ลานบัวขาว"),
    ("ลานบัวขาว โดยมีนายมั่น ใจดี ร่วมงาน", "ลานบัวขาว"),
    ("ลานบัวขาวโดยมีนายมั่น ใจดี ร่วมงาน", "ลานบัวขาว"),
    ("ลานบัวขาว ซึ่งเป็นลานกว้าง", "ลานบัวขาว"),
    ("ลานบัวขาว พร้อมด้วยนายมั่น ใจดี", "ลานบัวขาว"),
    ("ลานบัวขาว ทั้งนี้ ชาวบ้านปลูกบัว", "ลานบัวขาว"),
    ("ลานบัวขาว เพื่อชมบัว", "ลานบัวขาว"),
    ("ลานบัวขาวเพื่อชมบัว", "ลานบัวขาว"),
    ("ลานบัวขาว และมอบดอกบัว", "ลานบัวขาว"),
    ("ลานบัวขาวและมอบดอกบัว", "ลานบัวขาว"),
    ("ลานบัวขาว และผ่านระบบ Zoom", "ลานบัวขาว"),
    ("ลานบัวขาว เมื่อเช้านี้", "ลานบัวขาว"),
    ("ลานบัวขาว เวลา 10.00 น.", "ลานบัวขาว"),
    ("ลานบัวขาว (วันที่ 24 พฤษภาคม)", "ลานบัวขาว"),
    ("ลานบัวขาว ว่า บัวบานแล้ว", "ลานบัวขาว"),
    ("ลานบัวขาว กทม. สมาคมดอกบัวปลูกบัว", "ลานบัวขาว กทม."),
    ("ลานบัวขาว การจัดงานครั้งนี้ดี", "ลานบัวขาว"),
    ("ลานบัวขาว (ลานกว้าง)", "ลานบัวขาว"),
    ("ลานบัวขาว (Lotus Court) ชาวบ้านปลูกบัว", "ลานบัวขาว"),
    ("ลานบัวขาว – 5 คนร่วมงาน", "ลานบัวขาว"),
    ("ลานบัวขาวเยี่ยมชมดอกบัว", "ลานบัวขาว"),
    ("ลานบัวขาวครั้งนี้ ชาวบ้านปลูกบัว", "ลานบัวขาว"),
    ("ลานบัวขาว /ดร.มั่น ใจดี ปลูกบัว", "ลานบัวขาว"),
    ("ลานบัวขาวแล้ว ชาวบ้านปลูกบัว", "ลานบัวขาว"),
    ("ลานบัวขาว สมัครได้ทุกวัน", "ลานบัวขาว"),
    ("ลานบัวขาว ตั้งอยู่บนที่ดินริมคลอง", "ลานบัวขาว"),
    ("ลานบัวขาวตั้งอยู่ริมคลอง", "ลานบัวขาว"),
    ("ลานบัวขาว พื้นที่เกิดโรคใบจุด", "ลานบัวขาว"),
    ("ลานบัวขาว มาครองสองปี", "ลานบัวขาว"),
    ("ลานบัวขาว\nอาคารริมคลอง เป็นที่ร่มรื่น", "ลานบัวขาว อาคารริมคลอง"),
    ("ลานบัวขาว\nโรงเรียนริมคลอง ปลูกบัวทุกปี", "ลานบัวขาว"),
    ("ลานบัวขาว จังหวัดน่าน\nห้องสมุดเปิดทุกวัน", "ลานบัวขาว จังหวัดน่าน"),
]
GOES_ON = [
    "อาคารบัวหลวง (หลังนอก) ทำเนียบบัว",
    "อาคารบัวหลวง (หลังนอก)",
    "อาคารบัวหลวง (Lotus Hall) ถนนริมคลอง จังหวัดน่าน",
    "ห้องบัวหลวง ชั้น 3 อาคารริมคลอง กรมสวนหลวง ถนนบัวขาว เขตริมคลอง กรุงเทพฯ",
    "ห้อง Lotus Hall A-B โรงแรม เดอะ บัว ริเวอร์",
    "อาคารบัวขาว บริษัท ดอกบัว จำกัด (มหาชน)",
    "โรงแรม ร่วมใจ รีสอร์ท",
    "ธนาคารเพื่อการบัวหลวง สาขาริมคลอง",
    "กระทรวงบัวเพื่อเศรษฐกิจและสังคม",
    "ศูนย์วิจัยและพัฒนาบัวหลวง จังหวัดน่าน",
    "ศูนย์แสดงดอกบัวและการประชุมริมคลอง",
    "วัดบัวขาว และลานริมคลอง จังหวัดน่าน",
    "ลานบัวขาว ในพระบรมมหาราชวัง",
    "อาคารเฉลิมพระเกียรติ 80 พรรษา 5 ธันวาคม 2550",
    "สำนักตรวจราชการ กรมสวนหลวง",
    "อาคาร สบข.",
    "ถนนริมคลอง มีนบุรี",
    "สถานเอกอัครราชทูต ณ กรุงบัวขาว",
    "ฮอลล์ 98 - 99 ศูนย์แสดงดอกบัว",
    "โรงเรียนบัวขาว ที่ 31 อำเภอริมคลอง",
    "ห้องบัวหลวง, ชั้น 2 กรมสวนหลวง",
    "สถาบันบัวหลวงเพื่อการฟื้นฟูดอกไม้แห่งชาติ จ.น่าน",
]
NEXT_LINES = [
    ("ห้องบัวหลวง ชั้น 2\nอาคารริมคลอง\nถนนบัวขาว กรุงเทพฯ", "ห้องบัวหลวง ชั้น 2 อาคารริมคลอง ถนนบัวขาว กรุงเทพฯ"),
    ("ศูนย์แสดงดอกบัว\nไบเทค บางนา\nชาวบ้านปลูกบัว", "ศูนย์แสดงดอกบัว ไบเทค บางนา"),
]
REFUSED = [
    "ข้อมูล ณ วันที่ 24 พฤษภาคม 2568 มีบัวร้อยต้น",
    f"{TODAY} มีบัวร้อยต้น ณ สิ้นเดือนเมษายน",
    f"{TODAY} มีบัวร้อยต้น ณ เวลา 10.00 น.",
    f"{TODAY} บัวโต ณ ราคาคงที่",
    f"{TODAY} เวลา 10.00 น. (ตามเวลาท้องถิ่น ณ กรุงโรม) นายมั่น ใจดี ปลูกบัว",
    f"{TODAY} ขอขอบคุณมา ณ โอกาสนี้",
    f"{TODAY} ขอถวายพระพร ณ ศุภวาระนี้ ชาวสวนทั้งหลาย",
    f"{TODAY} นางบัว ณ อยุธยา ปลูกบัว",
    f"{TODAY} นายมั่น ณ ระนอง ปลูกบัว",
    f"{TODAY} นายมั่น ณ บัวขาว ปลูกบัว",
    f"{TODAY} นายณรงค์ ใจดี และคณะ ปลูกบัว",
    f"{TODAY} นายมั่น ใจดี พบเอกอัครราชทูต ณ กรุงโรม",
    f"{TODAY} นายมั่น ใจดี พบกงสุลใหญ่ ณ นครมิลาน",
    f"{TODAY} ชาวบ้านยื่นคำขอ ณ สำนักงานบัวขาว",
    f"{TODAY} ชาวบ้านลงทะเบียน ณ ศาลาริมคลอง",
    f"{TODAY} เรือนไม้ ซึ่งตั้งอยู่ที่จังหวัดน่าน บัวบาน",
    f"{TODAY} ชาวบ้านร่วมปลูกบัว ณ ที่ว่าการอำเภอทั่วประเทศ",
    f"{TODAY} ชาวบ้านร่วมปลูกบัว ณ โรงเรียนแห่งหนึ่งในจังหวัดน่าน",
    f"{TODAY} ระดับน้ำในคลอง ณ สถานีริมคลอง สูงหนึ่งเมตร",
    f"{TODAY} นายมั่น ใจดี กล่าวว่า ตนจะลงพื้นที่จังหวัดน่าน",
    f"{TODAY} นายมั่น ใจดี เล่าถึงการประชุมบัวโลกครั้งก่อน เมื่อวันที่ 3 มีนาคม 2567 ณ เมืองบัวขาว",
    f"{TODAY} ชาวบ้านจะเดินทางไปประกอบพิธีฮัจย์ ณ กรุงบัวขาว",
    f"{TODAY} นายมั่น ใจดี ลงพื้นที่จังหวัด ประกอบด้วยเพื่อนบ้าน",
    f"{TODAY} นายมั่น ใจดี ชื่นชมชาวสวนที่คว้ารางวัลจากการประกวดบัวหลวงและบัวสายของชาวสวนจากทั่วโลกรวมสามสิบสวน ปีละหนึ่งครั้ง ซึ่งจัดขึ้นที่กรุงโรม",
    "ชาวบ้านขอบใจผู้ช่วยเหลือจากเหตุน้ำท่วม ในพื้นที่จังหวัดน่าน เมื่อวันที่ 24 พฤษภาคม 2568 ด้วยใจ",
    f"{TODAY} นายมั่น ใจดี เสนอชื่อผู้ที่จะไปประจำ ณ วัดบัวขาว",
    f"{TODAY} ชาวบ้านพบนายมั่น ใจดี ณ สถานที่ทำการ",
    f"{TODAY} เจ้าหน้าที่กรมบัวปลูกบัว",
    f"{TODAY} ปลูกบัวตามที่กรมบัวกำหนด",
    f"{TODAY} ปลูกบัวในพื้นที่จังหวัดน่าน",
    f"{TODAY} บัวที่บ้านเราบาน",
    f"{TODAY} นายมั่น ใจดี ขอบใจชาวบ้านที่โรงเรียนเป็นระเบียบ",
    f"{TODAY} นายมั่น ใจดี ปลูกบัว\nก\nข\n1) บัวขาว ณ ลานหนึ่ง 2) บัวแดง ณ ลานสอง",
    f"{TODAY} นายมั่น ใจดี ปลูกบัว\n" + "ก" * 2500 + "\nผู้บริหารเข้าร่วม ณ ลานบัวขาว",
    "May 24, 2025, the Minister said that lotus was accepted at the World Lotus Summit.",
    "May 24, 2025, the Minister said that at APEC lotus was praised in Thailand.",
    "",
    "ณ",
    "ณ ",
    "ที่",
    "at",
]


@every_row(("text", "place"), BESIDE_THE_DATE + IN_THE_SAME_PARAGRAPH + FARTHER_OFF)
def test_where_the_place_stands(text, place):
    assert venue(text) == place


@every_row(("behind", "place"), ENDS)
def test_where_the_place_ends(behind, place):
    assert venue(f"{TODAY} เวลา 09.30 น. ณ {behind}") == place


@every_row("place", GOES_ON)
def test_where_the_place_goes_on(place):
    assert venue(f"{TODAY} เวลา 09.30 น. ณ {place} นายมั่น ใจดี ปลูกบัว") == place


@every_row(("lines", "place"), NEXT_LINES)
def test_where_the_place_goes_on_in_the_next_lines(lines, place):
    assert venue(f"{TODAY} เวลา 09.30 น. ณ {lines}\nปีหน้าจะปลูกอีก") == place


@every_row("text", REFUSED)
def test_what_is_no_venue(text):
    assert venue(text) is None


def test_the_place_beside_the_date_goes_before_any_other():
    text = f"นายมั่น ใจดี ร่วมงาน ณ ลานบัวขาว\n{TODAY} ณ ศาลาริมคลอง นายมั่น ใจดี ปลูกบัว ณ ตลาดบัวแดง"
    assert venue(text) == "ศาลาริมคลอง"


@every_row("area", ["จังหวัดน่าน", "น่าน", "กรุงบัวขาว สาธารณรัฐบัวแดง"])
@every_row("exact", ["เปิดงานบัวบาน ณ โรงแรมบัวขาว", "ลงพื้นที่โรงเรียนบัวขาว"])
def test_an_exact_place_goes_before_the_area_visited(area, exact):
    visit = f"{TODAY} นายมั่น ใจดี เดินทางไป{area} เพื่อชมบัว"
    assert venue(visit) == area
    found = venue(f"{visit}\nจากนั้น นายมั่น ใจดี {exact}")
    assert found == (exact.rpartition("ณ ")[2] if "ณ" in exact else area)
    assert venue(f"{visit} และ{exact}") == exact.removeprefix("เปิดงานบัวบาน ณ ").removeprefix("ลงพื้นที่")


def test_a_tour_of_several_areas_is_what_they_have_in_common():
    text = f"{TODAY} นายมั่น ใจดี ลงพื้นที่จังหวัดน่านและแพร่\nก\nจากนั้น เข้าร่วมงาน ณ โรงแรมบัวขาว"
    assert venue(text) == "จังหวัดน่านและแพร่"


def test_a_place_is_given_in_full():
    text = f"นายมั่น ใจดี ร่วมงาน ณ ลานบัวขาว อำเภอริ\n{TODAY} นายมั่น ใจดี ปลูกบัว ณ ลานบัวขาว อำเภอริมคลอง จังหวัดน่าน"
    assert venue(text) == "ลานบัวขาว อำเภอริมคลอง จังหวัดน่าน"


@every_row("cut", ["อ", "อำเภ", "อำเภอริมคลอง", "อำเภ…", "อำเภ ..."])
def test_a_place_that_a_cut_lead_ends_in_goes_on_in_the_body(cut):
    body = "นายมั่น ใจดี ปลูกบัว ที่ศาลาดอกบัว ตำบลบัวขาว อำเภอริมคลอง จังหวัดน่าน โดยพร้อมเพรียง"
    assert venue(f"{TODAY} ณ ศาลาดอกบัว ตำบลบัวขาว {cut}\n{body}") == "ศาลาดอกบัว ตำบลบัวขาว อำเภอริมคลอง จังหวัดน่าน"


@every_row("clause", ["บริษัทริมคลองได้รับโอนจากกรมบัว", "หน่วยงานบัวจะดูแล", "จำกัด"])
def test_no_place_goes_on_with_a_clause(clause):
    lead = f"{TODAY} ณ ศาลาดอกบัว"
    assert venue(f"{lead}\nชาวบ้านปลูกบัวที่ศาลาดอกบัว {clause}") == "ศาลาดอกบัว"
    again = f"นายมั่น ใจดี ร่วมงาน ณ ศาลาดอกบัว โดยพร้อมเพรียง\n{TODAY} นายมั่น ใจดี ปลูกบัว ณ ศาลาดอกบัว {clause}"
    assert venue(again) == "ศาลาดอกบัว"


def test_a_place_within_the_lead_does_not_go_on_in_the_body():
    text = f"{TODAY} ณ ศาลาดอกบัว โดยนายมั่น ใจดี\nต้นบัวใกล้ศาลาดอกบัวสองหลังบานแล้ว"
    assert venue(text) == "ศาลาดอกบัว"


def test_white_space_is_collapsed():
    assert find_venue("ประชุม ณ ห้องบัว  ชั้น 2", []) == "ห้องบัว ชั้น 2"


PIECES = [
    " ",
    "\n",
    " (",
    ") ",
    " ณ ",
    " ที่",
    "วันนี้ (24 พฤษภาคม 2568)",
    "เวลา 09.30 น.",
    " at ",
    " in ",
    " the ",
    "Lotus Hall",
]
PIECES += "ณ ที่ ห้อง โรงแรม ลงพื้นที่ จังหวัด น่าน ( ) “ ” โดย และ นาย เพื่อ ทูต โฆษก เผย , .".split()
WORDS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
SPANS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: tuple(sorted(ends)))


@settings(max_examples=500, deadline=None)
@given(WORDS | st.text(), st.none() | SPANS)
def test_no_text_raises_and_every_venue_is_a_span(text, span):
    found = find_venue(text, [span] if span else [])
    if found is not None:
        assert found in " ".join(text.split())
        assert 0 < len(found) <= LONGEST


HOSTILE = [
    "ณ ",
    "ที่ห้อง",
    "ประชุม ที่ห้อง ",
    "ก",
    "at A",
    "A ",
    "ณ ห้อง(",
    " ",
    "\n",
    " 5 มกราคม",
    "ทูต",
    "โฆษก ",
    "“",
    "ลงพื้นที่ จ.",
]


def lines_run(text: str, span: tuple[int, int] | None) -> int:
    """Return how many lines of Python run to find a venue. That measures the work on any machine."""
    count = 0

    def tracer(frame, event, argument):
        nonlocal count
        count += event == "line"
        return tracer

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        find_venue(text, [span] if span else [])
    finally:
        sys.settrace(before)
    return count


@every_row("unit", HOSTILE)
@every_row("far", [False, True])
def test_the_work_does_not_grow_with_the_text(unit, far):
    """Places are looked for in two windows. Text outside them costs one search for the end of a line."""

    def work(length: int) -> int:
        text = "ณ ห้อง" + unit * (length // len(unit))
        return lines_run(text, (len(text) - 50, len(text) - 40) if far else None)

    assert work(200_000) <= work(20_000) + 2_000


@every_row(
    "text",
    [
        # the place of another date
        f"{TODAY} นายมั่น ใจดี โฆษกกรมบัว เปิดเผยถึงงานบัวบาน ณ ลานบัวขาว ระหว่างวันที่ 3-9 มิถุนายน 2568",
        # where people in general travel, are served or buy
        f"{TODAY} นายมั่น ใจดี โฆษกกรมบัว เปิดเผยว่า นักท่องเที่ยวต้องการเดินทางมายังจังหวัดน่าน",
        f"{TODAY} นายมั่น ใจดี โฆษกกรมบัว เปิดเผยว่า ให้ยืนยันตัวตน ณ ธนาคารบัวหลวง",
        f"{TODAY} นายมั่น ใจดี โฆษกกรมบัว เปิดเผยว่า มีการขาย ณ ตลาดบัวแดง",
        # a noun without a name
        f"{TODAY} นายมั่น ใจดี โฆษกกรมบัว เปิดเผยว่า ได้ปลูกบัว ณ เรือนจำ",
        # a contest abroad that somebody is congratulated on
        f"{TODAY} นายมั่น ใจดี แสดงความยินดีกับชาวสวน ในการประกวดบัว ณ กรุงบัวขาว",
    ],
)
def test_further_places_that_are_no_venue(text):
    assert venue(text) is None


def test_the_place_of_another_date_where_somebody_speaks_after_a_meeting():
    text = f"{TODAY} นายมั่น ใจดี เปิดเผยภายหลังการประชุม ณ ลานบัวขาว เมื่อวันที่ 23 พฤษภาคม 2568"
    assert venue(text) == "ลานบัวขาว"


@every_row(
    ("visit", "place"),
    [
        ("ลงพื้นที่จังหวัดน่านติดตามการปลูกบัว", "จังหวัดน่าน"),
        ("ลงพื้นที่นครปฐมติดตามการปลูกบัว", "นครปฐม"),
        ("ลงพื้นที่ร่วมกับผู้ว่าราชการจังหวัดน่าน", None),
        ("ลงพื้นที่ ณ ศาลาริมคลอง ตำบลบัวขาว", "ศาลาริมคลอง ตำบลบัวขาว"),
        ("ลงพื้นที่โครงการบัวงาม ที่หมู่บ้านบัวขาว", "หมู่บ้านบัวขาว"),
    ],
)
def test_a_place_that_is_visited(visit, place):
    assert venue(f"{TODAY} นายมั่น ใจดี {visit}") == place


@every_row("behind", [" อังคาร 12 พฤษภาคม", "นั้น", " หากฝนไม่ตก", " มุ่งปลูกบัว", " ดึงชาวบ้านร่วมงาน", "อีกครั้ง"])
def test_further_words_that_end_a_place(behind):
    assert venue(f"{TODAY} ณ ลานบัวขาว{behind}") == "ลานบัวขาว"


def test_the_longest_address_of_the_same_name_is_taken():
    text = f"{TODAY} ณ ศาลากลางสวนบัวขาว จ.น่าน นายมั่น ใจดี ปลูกบัว\nชาวบ้านมาที่ศาลากลางสวนบัวขาว อำเภอริมคลอง จังหวัด"
    assert venue(f"{text}น่าน โดยพร้อมเพรียง") == "ศาลากลางสวนบัวขาว อำเภอริมคลอง จังหวัดน่าน"
    assert venue(f"{text}แพร่ โดยพร้อมเพรียง") == "ศาลากลางสวนบัวขาว จ.น่าน"


def test_an_exact_place_that_names_its_province_goes_before_the_province():
    lead = "นายมั่น ใจดี ร่วมงานบัวบาน ณ จังหวัดน่าน\n"
    assert venue(f"{lead}โดยมีชาวบ้านเข้าร่วม ณ โรงแรมบัวขาว จังหวัดน่าน") == "โรงแรมบัวขาว จังหวัดน่าน"
    assert venue(f"{lead}โดยมีชาวบ้านเข้าร่วม ณ โรงแรมบัวขาว จังหวัดแพร่") == "จังหวัดน่าน"


def test_a_lead_cut_within_a_word_does_not_go_on_with_the_body():
    body = "จ.น่าน นายมั่น ใจดี ปลูกบัว ณ ศาลาดอกบัวขาว โดยพร้อมเพรียง"
    assert venue(f"{TODAY} ณ ศาลาดอก\n{body}") == "ศาลาดอกบัวขาว"
