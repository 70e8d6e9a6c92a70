"""The venue: at which place what an article reports took place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

# Where the opening of an article ends, counted from the event's date or the beginning: what is reported has its
# place by then, what comes later is background.
OPENING = 2000
# How much of the text is looked at before a place …
BEFORE = 90
# … between the event's date and the place, where these stand side by side …
BESIDE, BESIDE_BEFORE = 70, 30
# … and behind the event's date, for a spokesperson who only reports.
SPEAKER = 250
# Characters of a place phrase, at most and at least.
LONGEST, SHORTEST = 160, 4
# Lines from the beginning, in which a line of its own (`ณ ห้อง…`) is the place of a speech.
HEAD_LINES = 5
# Lines from the beginning that sum up the article.
LEAD_LINES = 2

_MONTH = (
    r"(?:ม(?:กราคม|ีนาคม|ิถุนายน|\.ค\.|ี\.ค\.|ิ\.ย\.)|ก(?:ุมภาพันธ์|รก[ฎฏ]าคม|ันยายน|\.พ\.|\.ค\.|\.ย\.)"
    r"|เมษายน|เม\.ย\.|พ(?:ฤษภาคม|ฤศจิกายน|\.ค\.|\.ย\.)|สิงหาคม|ส\.ค\.|ต(?:ุลาคม|\.ค\.)|ธ(?:ันวาคม|\.ค\.))"
)
_DATE = rf"[\d๐-๙]{{1,2}}\s?{_MONTH}"
_HOUR = r"[\d๐-๙]{1,2}[.:][\d๐-๙]{2}"
_CLOCK = rf"(?:เวลา\s?)?(?:ประมาณ\s?)?{_HOUR}(?:\s?[-–]\s?{_HOUR})?\s?(?:น\.?|นาฬิกา)?"
_TIME = rf"(?:เวลา\s?)?(?:ประมาณ\s?)?{_HOUR}(?:\s?[-–]\s?{_HOUR})?\s?(?:น\.?(?![ก-๎])|นาฬิกา|(?=ที่|ณ\s))"

# What a place begins with. First the nouns that are safe behind ที่ ("at", but also "that"), because hardly a
# clause has one of them for its subject …
_SITE = (
    "ทำเนียบ|ตึก|อาคาร|ห้อง|หอ(?:ประชุม|ศิลป์|สมุด|ภาพ|จดหมายเหตุ)|โถง|โรง(?:แรม|เรียน|พยาบาล|งาน|ละคร|เรือน|ยิม)"
    r"|รพ\.|ร\.ร\.|รร\.|วัด|มัสยิด|โบสถ์|ศาลา|ศาล(?:เจ้า|หลัก)|สนาม|ลาน|ท่า(?:เรือ|อากาศยาน|น้ำ)|สวน|อุทยาน|บริเวณ|รัฐสภา"
    "|ศูนย์(?:ประชุม|การประชุม|แสดงสินค้า|การค้า|ราชการ|การแสดง|วัฒนธรรม|ปฏิบัติการ|การเรียนรู้|เรียนรู้|อาหาร|พักพิง|ฉีด)"
    "|กรุง(?!ไทย)|นคร|เมือง|จังหวัด|อำเภอ|ตำบล|เทศบาล|หมู่บ้าน|หมู่ที่|ชุมชน|บ้าน(?!เมือง|และ)|เขต|แขวง|เกาะ|หาด|เขื่อน"
    r"|จ\.|อ\.|ต\.|ตลาด|ห้าง|ที่ว่าการ|ที่ทำการ|สถานี(?!โทรทัศน์)|สถานที่(?=ก่อสร้าง|จัด)|พิพิธภัณฑ|มหาวิทยาลัย|วิทยาลัย|ค่าย|ด่าน"
    "|ฐาน(?:ทัพ|ปฏิบัติ)|กองบิน|พระ(?:ลาน|ที่นั่ง|ตำหนัก|อุโบสถ|วิหาร|บรมมหาราชวัง|บรมราชานุสาวรีย์)|มณฑล(?:พิธี|ทหาร)"
    "|อนุสาวรีย์|พุทธมณฑล|แยก|ถนน|สะพาน|ประตูระบายน้ำ|อ่างเก็บน้ำ|แปลง|ฟาร์ม|ไร่|โครงการส่งน้ำ|เวที|สโมสร|บ้านพัก|จวน|ริม"
    "|หน้า(?=อาคาร|ศาลา|ทำเนียบ|ห้าง|วัด)|อิมแพ็?ค|ไบเทค|สำนักงานใหญ่|สุสาน|ย่าน|จุดผ่อนปรน|จุดผ่านแดน|นิคมอุตสาหกรรม"
    "|เรือนจำ|ทัณฑสถาน|โซน|ฮอลล์"
)
# … then those that are places behind ณ, or beside the date, but else are often subjects.
_HOUSE = (
    "กระทรวง|กรม(?!ธรรม์)|กอง(?:ทัพ|บัญชาการ|บังคับ|อำนวยการ|กำกับ)|สำนัก|ศูนย์|สถาบัน|สถาน|บริษัท|บมจ|องค์การ|ธนาคาร"
    "|สมาคม|มูลนิธิ|ประเทศ|สาธารณรัฐ|สหรัฐ|สหพันธ|สหราช|ราชอาณาจักร|สปป|เวียง|รัฐ|สหกรณ์|พื้นที่|โครงการ|คลัง|หน่วย|ศอ"
    r"|การ(?:ไฟฟ้า|ประปา|ท่า|นิคม|รถไฟ|ทาง|เคหะ|กีฬา)|บต|ศาล|ป้อม|คณะ(?=แพทย|วิศว|วิทยา|เกษตร)|วัง|สภา|ภูเขา|ดอย|เขา(?=[ก-ฮ])"
    "|ราช(?:ตฤณ|มังค|นาวี|วิทยา)|ถ้ำ|จุด(?!เกิด|นี้|ที่)|หมู่|ท่า|หอ|โรง|บ้าน|ป่า|เรือ|มิวเซียม|สยาม|เซ็นทรัล|ไอคอนสยาม|พารากอน"
    "|รร|อบต|อบจ|ที่ตั้ง"
)
_PLACE = f"(?:{_SITE}|{_HOUSE})"
_PLACED, _SITED = re.compile(_PLACE), re.compile(_SITE)
# Where people are brought together indoors.
_HALL = re.compile("ห้อง(?!พัก|น้ำ|ฉุกเฉิน|ปฏิบัติ)|หอประชุม|โรงแรม|ตึก|ทำเนียบ|ศูนย์(?:การ)?ประชุม|โถง")
# A noun that wants a name: what stands behind its space is that name, whatever it begins with.
_BARE = re.compile(
    r"(?:^|[\s(])(?:ห้อง|ห้องประชุม|โรงแรม|วัด|อาคาร|โรงพยาบาล|โรงเรียน|หอประชุม|บริษัท|จังหวัด|อำเภอ|ตำบล|บ้าน|เขต|แขวง"
    "|ถนน|ตึก|ลาน|สนาม|เมือง|กรุง|นคร)$"
)
_NO_NAME = re.compile(r"\s(?:ณ|ที่|ตาม|เมื่อ|จำนวน|มี|ได้|ให้|จะ|โดย|ซึ่ง|เพื่อ|และ|ว่า|รอง|[\d(])")

# What ends a place, behind a space: a person, an office, a body of people …
_PERSON = (
    r"นาย|นาง(?!เลิ้ง|รอง)|น\.ส\.|ด\.[ชญ]\.|คุณ|ดร\.|ผศ\.|รศ\.|ศ\.|(?:ผู้ช่วย|รอง)?ศาสตราจารย์|ว่าที่|หม่อม|ท่าน|ฯพณฯ"
    r"|พล(?:เอก|โท|ตรี|ตำรวจ|อากาศ|เรือ|\.|ต\.)|พัน(?:เอก|โท|ตรี|ตำรวจ|จ่า)|ร้อย(?:เอก|โท|ตรี|ตำรวจ)|[พรจส]\.(?:[อทต]\.|ต\.[อทต]\.)"
    r"|เรือ(?:เอก|โท|ตรี|อากาศ)|นาวา(?:เอก|โท|ตรี|อากาศ)|นพ\.|พญ\.|ทพ\.|ทพญ\.|ภก\.|ภญ\.|สพ\.|แพทย์หญิง|ทันตแพทย์|สัตวแพทย์|เภสัชกร"
    r"|ม\.[รล]\.|Mr|Mrs|Ms|Miss|Dr\.|Prof|H\.E|สมเด็จ|เจ้า(?:พระ|ประ|คุณ|หน้าที่|ฟ้า|อาวาส)|หลวง(?:พ่อ|ปู่)"
    "|พระ(?:บาท|เจ้า|ครู|ธรรม|พรหม|เทพ|เดช|มหา(?!ธาตุ)|สงฆ์|ราช(?!วัง|ฐาน|ดำริ|นิเวศน์)|อาจารย์|สุธี)"
    "|รัฐมนตรี|รอง|รมว|รมช|รมต|อธิบดี|ปลัด(?!จังหวัด)|ผู้(?!เชี่ยว)|โฆษก|เลขา|ประธาน|กรรมการ|ที่ปรึกษา|เอกอัคร|อัครราช|กงสุล|หัวหน้า"
    "|คณะ(?:ผู้|กรรมการ|รัฐมนตรี|ทำงาน|อนุ|เจ้าหน้าที่|ที่|นัก|สื่อ)|ข้าราชการ|ประชาชน|เกษตรกร|สมาชิก|ตัวแทน|ที่ประชุม|ครม|หน่วยงาน"
    "|นักเรียน|นักศึกษา|สื่อมวลชน|ชาวบ้าน|แม่ทัพ|ผบ|บุคลากร|ตน|ฝ่าย"
)
# … a verb …
_VERB = (
    "กล่าว|แถลง|เผย|เปิด|ประชุม|หารือ|ตรวจ|ติดตาม|เยี่ยม|รับ(?!รอง)|ต้อนรับ|มอบ|ร่วม|เข้า|จัด|นำ|ให้|เป็น|มี(?!นบุรี)|ได้|จะ|จึง|ขอ"
    "|ถวาย|พบ|ลง(?!ทุน)|เดินทาง|เยือน|ออก|ส่ง|สร้าง|สรุป|ชี้แจง|สนับสนุน|ดำเนิน|กำหนด|ถือ|แสดง|เริ่ม|ทำ(?!เนียบ)|เชิญ|ชม|ปล่อย|ปฏิบัติ"
    "|บรรยาย|ระบุ|ย้ำ|สั่ง|ใช้|พิจารณา|ประกาศ|ศึกษา|แก้|พัฒนา|ขับเคลื่อน|ระดม|แลกเปลี่ยน|รายงาน|รณรงค์|สืบ|สัมมนา|ผลักดัน|ตอบ|อบรม"
    "|เดิน|ร้อง|เสวนา|ตั้งแต่|แจก|ถ่ายทอด|เก็บ|วาง|ปลูก|ประกอบพิธี|ฝึก|ทำพิธี|ยืน|ดู|ไป|มา(?=เป็น|ให้|ร่วม)|แจ้ง(?!วัฒนะ)|คาด|บูรณาการ"
    "|อนุมัติ|เห็นชอบ|เน้น|ทรง|เสด็จ|เพิ่ม|เกิด|ยก|ต้อง|ช่วย|รักษา(?!การณ์|พระองค์)|ป้องกัน|เสริม|ยื่น|แข่งขัน|เฝ้า|บริการ"
    "|ชู(?!ชาติ|ชีพ|เกียรติ)|หวัง|เร่ง|นับ|บันทึก|ชุมนุม|กำกับ"
)
# … or a word that joins a clause or says something else about the event: when, how, why.
_JOINT = (
    f"โดย|ซึ่ง|ทั้ง|พร้อม|เพื่อ|ว่า|ใน(?!พื้นที่|ท้องที่|{_SITE})|นอก(?!เมือง)|จาก|กับ|ด้วย|แต่|หรือ|รวม|อาทิ|ได้แก่|คือ|ประกอบ|จำนวน|ผ่าน"
    "|ทาง(?:ระบบ|ออนไลน์|ไกล|แอป)|เนื่อง|สำหรับ|ตาม|ภายใต้|ภายหลัง|ภายใน(?:งาน|ปี|นิทรรศการ)|หลัง(?!สวน|เก่า|ใหม่)|ก่อน|ต่อ|อีก|ก็|อย่าง|ครั้ง"
    r"|ครอบคลุม|เมื่อ|ระหว่าง|ช่วง|เวลา|วัน|ขณะ|พ\.ศ|หัวข้อ|ที่(?!ว่าการ|ทำการ|ดิน|ตั้ง|พัก)|นั้น|แล้ว|จน|เพราะ|โอกาส|สู่|ถึง|แบบ|เรื่อง|ประเด็น"
    r"|ดังนี้|ดังกล่าว|ระยะ|ประจำ(?:ปี|เดือน)|ปี(?=\s?[\d๐-๙])|งาน|กว่า|วงเงิน|ชื่อ|ตลอด|ล่าสุด|เช่น|ปัจจุบัน|เดือน|หนึ่ง|โทร|รอบ|พิธี|(?<!ทูต\s)(?<!ใหญ่\s)(?<!ถาวร\s)(?<!โรงแรม\s)ณ|กรณี|ท่ามกลาง|ผล(?:ปรากฏ|การ)|เช้า"
    "|สามารถ|ทุก|ต่าง|มติ|การ(?!รถไฟ|ไฟฟ้า|ท่า|เคหะ|ประปา|นิคม|กีฬา|ทาง|ยาง|[์่้๊๋])"
)
# Verbs that names of houses do not have behind และ ("and": วิจัยและพัฒนา).
_VERB_AFTER_AND = (
    "ติดตาม|ตรวจ(?!สอบ)|เยี่ยม|มอบ|รับฟัง|พบ|ลง|เป็น|มี|ได้|จะ|ให้|ร่วม|หารือ|เปิด|เดินทาง|ต้อนรับ|นำ(?!เข้า)|ถวาย"
    "|ชม|กล่าว|แถลง|เข้า|จัด(?!การ)"
)
# What เพื่อ ("for") stands before in names of houses.
_NAMED_FOR = (
    "เศรษฐกิจ|เกษตร|การ(?:เกษตร|ศึกษา|พัฒนา|ส่งออก|เรียน|ยุติธรรม|วิจัย|สาธารณ|ท่อง)|ความ(?:ร่วมมือ|เป็นเลิศ)|สังคม|ชีวิต|สุขภาพ"
    "|คน|ผู้|เด็ก|ประชาชน|สันติ|สิ่งแวดล้อม|อุตสาหกรรม|นวัตกรรม"
)
_END = re.compile(
    rf"""
      (?P<end>
        # a date, an hour or a person, in brackets or not
        \s*[(\[]\s*(?:วันที่|วันนี้|{_DATE}|นาย|นาง|ดร\.)
      | \s*(?<!พรรษา\s){_DATE} | \s+[\d๐-๙]{{1,2}}\s?[-–]\s?[\d๐-๙]{{1,2}}\s?{_MONTH} | \s*{_TIME}
      | \s*(?:ระหว่าง(?:วัน)?ที่|เมื่อ(?:วัน|เวลา)|ในวันที่|วัน(?:นี้|ที่|จันทร์|อังคาร|พุธที่|พฤหัส|ศุกร์ที่|เสาร์|อาทิตย์ที่))
        # behind a space
      | \s+[*"“'‘]*(?:{_PERSON}|{_VERB}|{_JOINT})
      | \s+และ(?!\s?{_PLACE}|แสดงสินค้า|การ)
        # glued to the place
      | \s*(?:โดย(?:มี|นาย|นาง|พล|ดร|ได้|เป็น|การ|(?=\s))|ซึ่ง|ทั้งนี้|พร้อม(?:ด้วย|ทั้ง|กับ|รับ|มอบ|เยี่ยม|นำ)|นำโดย|(?<!ผู้)เป็นประธาน)
      | \s*(?<!องค์การ)(?<!มูลนิธิ)(?<!สถาบัน)(?<!ธนาคาร)(?<!กองทุน)เพื่อ(?!{_NAMED_FOR})
      | \s*(?:จากนั้น|ร่วมกับ|ร่วมประชุม|เข้าร่วม|ดังนี้|พบว่า|ผ่านระบบ|ที่ผ่านมา|ในโอกาส|ในการ|ในฐานะ|หลังจาก|ก่อนที่|กล่าวว่า|เปิดเผย)
      | (?<!ศาลา)(?<!ที่)ว่า(?=\s)
      | \s*(?:เปิด(?:โครงการ|งาน|พิธี|การ)|(?<!สำนัก)(?<!ผู้)ตรวจ(?:เยี่ยม|ราชการ|ติดตาม)|ติดตาม(?:ความ|การ|สถาน))
      | \s*และ(?:{_VERB_AFTER_AND}|{_PERSON}|ผ่าน|ระบบ|ทางไกล|ออนไลน์|ยัง|อีก|ใน|ใกล้)
        # Bangkok is the last of an address: an office behind it is who acts
      | (?:(?<=กทม\.)|(?<=กรุงเทพฯ)|(?<=\sกรุงเทพมหานคร))\s+(?!ประเทศ|สำนักงานใหญ่)(?:{_HOUSE})
        # signs
      | \s*[,;:](?!\s?{_PLACE}) | [!?•|*#…] | \.\.+ | \s*["”“…]{{2,}} | [“"”](?=\s|$)
      | \s+[-–—]+\s+(?=[\d“"(]|{_PERSON}) | \s+[-–—]+$ | \s+[\d๐-๙]+\s?[.)]\s
      )
    | (?P<gloss> \([^()\n]{{0,90}}\) | “[^”\n]{{0,80}}” | "[^"\n]{{0,80}}" )
    """,
    re.VERBOSE,
)
# Brackets at the end of a place that are a part of it, and not its other name.
_GLOSS_KEPT = re.compile(r"\((?:หลัง|ชั้น|ฝั่ง|ส่วน|แห่ง|อาคาร|ตึก|ห้อง|วัด|บน|เดิม|ใหม่|มหาชน|องค์การมหาชน)")
_LOOSE_SIGNS = " -–—,;:*/“\"(['"
_ABBREVIATION = re.compile(r"(?:^|[\s(.])[ก-ฮ]{1,4}\.$")

# ณ, ที่, ลงพื้นที่ ("went out to") and the English words before what may be a place.
_MARK = re.compile(
    rf"(?<![ก-๎])(?P<na>ณ)(?:[.:]?[ ]|(?={_PLACE}))(?=[\w“\"(])"
    rf"|(?P<visit>ลงพื้นที่|ลงตรวจพื้นที่)[ ]?(?:(?:ที่|ใน|ณ)[ ]?)?(?={_SITE})"
    r"|(?<!พื้น)(?<!หน้า)(?<!ท้อง)(?<!ขณะ)(?<!ตาม)(?<!เท่า)(?<!จากการ)(?<!\sการ)(?<!ทั้ง)"
    rf"(?P<thi>ที่)[ ]?(?=[(“\"]?{_PLACE})"
    r"|\b(?P<english>at|in)[ ](?=(?:the[ ])?(?:[A-Z]|\d+\w\w[ ]Floor))"
)
# What ณ stands before where it says when, or how much, not where.
_NO_PLACE = re.compile(
    r"วัน|เวลา|โอกาส|สิ้น|เดือน|ปัจจุบัน|ปี|พ\.ศ|ขณะ|ไตรมาส|ระดับ|ราคา|ที่(?:นี่|นี้|นั้น|แห่ง|ดังกล่าว|เกิด)|ตอน|จุด(?:เกิด|นี้|นั้น|เดียว|ที่)|ครึ่ง"
    r"|ช่วง|งวด|ต้น|กลาง|ปลาย|บัดนี้|เที่ยง|ตำแหน่ง|แห่ง|เพลา|ยาม|สถานที่(?:จริง|นั้น|นี้|ดัง|ที่|ท่อง|ทำงาน)"
    rf"|{_DATE}|{_TIME}|[\d๐-๙./:]+(?:\s|$)"
)
_SURNAME = re.compile(
    r"(?:อยุธยา|ระนอง|สงขลา|พัทลุง|นคร|เชียงใหม่|ลำปาง|ลำพูน|น่าน|ถลาง|ตะกั่วทุ่ง|ป้อมเพ[ช็]ชร|บางช้าง|มหาไชย|มหาชัย|จั[มป]ปาศักดิ์|หนองคาย"
    r"|กาฬสินธุ์|ร้อยเอ็ด|มโนรม|ไชยา|อุบล|ราชสีมา|พิษณุโลก|วิเชียร|สุโขทัย|เชียงตุง|ภูเก็ต|ศรีวิชัย|นครราชสีมา|จันทบุรี)(?=[\s),]|$)"
)
_GIVEN_NAME = re.compile(r"(?:นาย|นาง|นางสาว|น\.ส\.|ดร\.|ม\.[รล]\.|พล\.?[^\s]{1,8}|หม่อมหลวง|คุณ|คุณหญิง|ผู้หญิง)\s?[ก-๎]+\s$")
# The post of a diplomat, not where something happened.
_POST = re.compile("กรุง|นคร|เมือง|ประเทศ|สหรัฐ|สาธารณ|ราชอาณา|เวียง|รัฐ")
_DIPLOMAT = re.compile(
    r"(?:ทูต|กงสุล|ผู้แทนถาวร|ผู้แทนการค้า|สำนักงาน)(?!.*(?:ร่วม|จัด|ประชุม|หารือ|งาน|เยือน|พบ|พิธี|ระหว่าง|วันที่))[^\n,]{0,40}$"
)
# Whose time an hour is given in: (ตามเวลาท้องถิ่น ณ กรุง…).
_LOCAL_TIME = re.compile(r"เวลา(?:ท้องถิ่น)?\s?$")
# Places that are many, or not named.
_ANYWHERE = re.compile(
    "ทั่วประเทศ|ทุก(?:แห่ง|สาขา|พื้นที่|จังหวัด|อำเภอ|เขต|ศูนย์)|ใกล้บ้าน|ดังกล่าว|นี้$|(?:แห่ง|จุด|ที่|ประเทศ)นี้|แต่ละ|แห่งหนึ่ง|\\d แห่ง"
    "|ต่าง\\s?ๆ|ปลายทาง|ภูมิลำเนา|ท้องถิ่น$|^(?:พื้นที่|จังหวัด|อำเภอ|ประเทศ|ต่างประเทศ|ชุมชน|จุด)$|^(?:บริเวณ)?(?:สถาน)?ที่เกิดเหตุ"
    "|^(?:โรงพยาบาล|โรงเรียน|บ้าน|จังหวัด|ชุมชน|ประเทศ|ตลาด|อำเภอ)(?:ได้|จะ|มี(?!ชัย)|ให้|อยู่|ตนเอง|ไทยมี)"
)
# Words before a place that make it one to apply at, or where a thing is kept or measured.
_ELSEWHERE = re.compile(
    r"(?:ยื่น|สมัคร|ขึ้นทะเบียน|ลงทะเบียน|ติดต่อ|สอบถาม|วัคซีน|จำหน่าย|ตั้งอยู่|เก็บรักษา|เก็บไว้|รักษาตัว|เกิดเหตุ|ก่อสร้าง|เสด็จ|ประดิษฐาน|ข้อมูล"
    "|ติดตั้ง|จัดตั้ง|อาศัยอยู่|ทำงานอยู่|กักตัว|เดินทางมาจาก|ศึกษาอยู่|ควบคุมตัว|ขอรับ|รับซื้อ|รายละเอียด|ซึ่งอยู่|สามารถ|ตั้งจุด|ครั้งแรก"
    r"|ให้บริการ|สำเร็จ|ล่าสุด|ระดับน้ำ|แม่น้ำ|ปริมาณ)[^\n]{0,28}$|(?:(?<!ที่)อยู่|ดูแล|ปฏิบัติ(?:หน้าที่|งาน))\s*$"
)
# … and those that make it one to come, or of another time.
_OTHER_TIME = re.compile(
    r"(?:(?<![ก-๎])จะ(?:จัด|มี|เดินทาง|ไป|เปิด|ลง|ได้|เข้า|เป็น|เริ่ม|ประชุม|ทำ|แถลง)|มีกำหนด|กำหนด(?:การ|จะ|ประชุม)"
    r"|เตรียม(?:การ|ความ|จัด|ตัว|ลง|เปิด|เดิน)|พรุ่งนี้|ครั้งต่อไป|ครั้งถัดไป|ขอเชิญ|เชิญชวน|ปีหน้า|เมื่อปี|ที่เคย|ปีที่แล้ว)[^\n]{0,70}$|จะ\s?$"
)
_ANOTHER_DAY = re.compile(
    rf"(?:ที่|ระหว่าง|[(\[]|ถึง|[-–])\s?{_DATE}\s?(?:พ\.ศ\.\s?)?[\d๐-๙]{{0,4}}\)?\s*(?:ที่ผ่านมา|นี้)?\s*(?:ตั้งแต่)?(?:ช่วง\S{{0,8}})?\s*"
    rf"(?:{_TIME})?\s*$"
)
_BESIDE = re.compile(
    r"[\s)\],.*”\"]*(?:ที่ผ่านมา|นี้)?[\s)\],]*(?:เริ่ม|ตั้งแต่)?(?:ใน)?(?:ช่วง)?(?:เช้า|บ่าย|เย็น|ค่ำ|สาย)?\s*"
    rf"\(?(?:ตามเวลาท้องถิ่น\S{{0,20}})?(?:\(?{_CLOCK}\)?)?(?:\s?\(?ตามเวลา[^\n()]{{0,40}}\)?)?[\s,)]*"
    r"|[\s,)]*(?:at\s)?[\d.:]{4,5}\s?(?:hrs?|hours|[ap]\.?m)?\.?,?\s*(?:\([^()\n]{0,20}\),?\s*)?"
)
_EVENT_FOLLOWS = re.compile(
    r"[ (\[]*(?:เมื่อ|ใน|ระหว่าง)?[ ]*(?:วัน\S{0,10}?[ ]?ที่|วันนี้)?[ ]*[(\[]?[ ]*|,?[ ]*(?:on|from)[ ](?:\w+day,?[ ])?"
)
# Who reports for others, and the word for it.
_SPOKEN = re.compile("โฆษก[^\n]{0,140}?(?:เผย|กล่าว(?!ต้อนรับ|เปิด|รายงาน|สุนทร)|ระบุ|แจ้ง|ยืนยัน|เตือน|เชิญ)")
_HOSTS = re.compile("(?:เป็นประธาน|ให้การต้อนรับ)[^\n]{0,70}$")
# What is done at a place, right before ที่ …
_HAPPENS = re.compile(
    r"(?:จัด(?:ขึ้น|งาน|พิธี|ประชุม|กิจกรรม|แสดง)?|ประชุม|พิธี|งาน|แถลง(?:ข่าว)?|สัมภาษณ์|ราชการ|เยี่ยม\S{0,20}|เยือน|ลงพื้นที่\S{0,30}"
    r"|ตรวจ\S{0,30}|หารือ|พบปะ\S{0,20}|เปิด\S{0,25}|ร่วม\S{0,20}|ประธาน\S{0,30}|เดินทาง(?:มา|ไป|ถึง)\S{0,12}|รณรงค์|สัมมนา"
    r"|อบรม|บรรยาย|ภารกิจ|เวลา \S{4,6} น\.|\d\)|[”\"]|วันนี้)\s?$"
)
# … and anywhere before a ณ that is far from the event's date.
_GATHERS = re.compile(
    "(?:เข้าร่วม|ร่วม(?:งาน|พิธี|ประชุม|กิจกรรม|ใน|เป็น|ให้|ต้อนรับ)|ต้อนรับ|ประชุม|งาน|พิธี|จัด|สื่อมวลชน|แถลง|เปิด|อบรม|สัมมนา|หารือ|ประธาน"
    r"|ลงนาม|สักขี|บรรยาย|รับฟัง|กิจกรรม|ที่เกี่ยวข้อง|ลงพื้นที่|ตรวจ)[^\n]{0,60}$"
)
# One of several.
_LISTED = re.compile(r"\s*[-–•]|.*?[\d๐-๙]\s?\)\s|\s*[\d๐-๙]+\s?\.")

_EN_WORD = re.compile(
    r"(?:[A-Z0-9À-Ž][\w’'.&/-]*|of|the|and|for|de|la|&|–|(?:sub-?)?district|province|building|hotel|room)(?=[\s,.;:()]|$)"
)
_EN_GAP = re.compile(r",? ")
_EN_PERSON = re.compile(
    r"Prime|PM|Deputy|Minister|Government Spokes|General?\b|H\.?E|Mrs?\b|Ms|Dr|President|Secretary|Senator|Permanent"
    r"|Spokes|Director|Foreign|Chair|Ambassador|Police|Air|Admiral|Assistant|Acting|Vice|Thai(?:land)?’s|Thailand and"
)
# Gatherings, times and names that `at` and `in` stand before, which are no places.
_EN_NO_PLACE = re.compile(
    r"(?:Meeting|Assembly|Forum|Summit|Conference|Session|Ceremony|Expo|Council|Dialogue|Level|Week|Day|Awards?|Exhibition|Fair"
    r"|Festival|Games|\d{4}|APEC|ASEAN|UNGA|Year|C[Oo][Vv][Ii][Dd]-19|Thailand|Thai|Government|Ministry|January|February|March|April"
    r"|May|June|July|August|September|October|November|December|Asia|BE|Kingdom|Country|Phase|Q[1-4]|Region|EEC|Addition|Particular)$"
)
_EN_HAPPENS = re.compile(
    r"(?:held|meeting|met|visit(?:ed|s)?|ceremony|summit|conference|forum|event|presided|attended?|launched|hosted"
    r"|took place|opened|\d{4}),?\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the article's landmarks stand: its event's date, the paragraph of that, the ends of lead and head."""

    event: tuple[int, int] | None
    paragraph: tuple[int, int]
    lead_end: int
    head_end: int


@dataclass(frozen=True, slots=True)
class _Place:
    """What may be a place: the word that introduces it (`na`, `thi`, `visit`, `english`), and where both stand."""

    marker: str
    at: int
    start: int
    end: int


def find_venue(text: str, event_span: tuple[int, int] | None) -> str | None:
    """The place where what a cleaned body reports took place, as written, or None. Never raises.

    `event_span` is where the event's date stands in the text (`find_event(…).span`).

    The rule, in words. A place is introduced by ณ, by ที่ before a noun of place, by ลงพื้นที่, in English by at
    or in before a capital. None is what ณ says of time or amount (ณ วันที่, ณ สิ้นเดือน, ณ ราคา), surnames
    (ณ อยุธยา), the posts of diplomats (เอกอัครราชทูต ณ กรุง…), and places that are many or not named (ทั่วประเทศ,
    ที่เกิดเหตุ). The venue is, in the opening of the text (up to 2,000 characters behind the event's date), on the
    first of these that there is:

    1. the place beside the event's date, with nothing but an hour between: `วันนี้ (5 …) เวลา 9.00 น. ณ …`;
    2. the first ณ in the paragraph of that date (or in the first two paragraphs), or on a line of its own at the
       head of a speech;
    3. there, ที่ or in behind a word of what is done (`ประชุมที่ห้อง…`, `held in …`), or ลงพื้นที่ and a place;
    4. the first ณ behind a word of a gathering (เข้าร่วม … ณ), or before a hall, unless it is one of a list.

    From 2 on not where people apply, or a thing is kept or measured (ยื่น … ณ, ตั้งอยู่ที่), not a place of another
    time (จะจัด … ณ, another date beside it), and not what a spokesperson tells of others, unless they preside.

    The place ends with its line, or before a person, a verb, a joining word (โดย, ซึ่ง, เพื่อ, พร้อมด้วย, และ + verb),
    a date or an hour. It goes on over brackets (`ตึกสันติไมตรี (หลังนอก) ทำเนียบรัฐบาล`); an other name in brackets
    at its end is left out.
    """
    best: tuple[int, _Place] | None = None
    frame = _frame(text, event_span)
    for place in _places(text, event_span):
        rank = _rank(text, place, frame)
        if rank and (best is None or rank < best[0]):
            best = rank, place
        if rank == 1:
            break
    return " ".join(text[best[1].start : best[1].end].split()) if best else None


def _frame(text: str, event: tuple[int, int] | None) -> _Frame:
    ends, at = [], -1
    while len(ends) < HEAD_LINES and (at := text.find("\n", at + 1)) >= 0:
        ends.append(at)
    ends += [len(text)] * (HEAD_LINES - len(ends))
    paragraph = (0, 0)
    if event:
        end = text.find("\n", event[1])
        paragraph = text.rfind("\n", 0, event[0]) + 1, end if end >= 0 else len(text)
    return _Frame(event, paragraph, ends[LEAD_LINES - 1], ends[HEAD_LINES - 1])


def _places(text: str, event_span: tuple[int, int] | None) -> Iterator[_Place]:
    past = 0
    for mark in chain.from_iterable(_MARK.finditer(text, *span) for span in _openings(event_span)):
        if mark.start() < past:  # within the place before: สถานเอกอัครราชทูต ณ กรุง…
            continue
        marker, start = mark.lastgroup or "", mark.end()
        end = _english_end(text, start) if marker == "english" else _end(text, start)
        if SHORTEST <= end - start <= LONGEST:
            past = end
            yield _Place(marker, mark.start(), start, end)


def _openings(event_span: tuple[int, int] | None) -> list[tuple[int, int]]:
    """The beginning of the text, and what stands around the event's date: where places are looked for."""
    if event_span is None:
        return [(0, OPENING)]
    start, end = event_span[0] - OPENING, event_span[1] + OPENING
    return [(0, end)] if start <= OPENING else [(0, OPENING), (start, end)]


def _end(text: str, start: int) -> int:
    """Where the Thai place that begins at `start` ends."""
    limit = min(len(text), start + LONGEST + 1)
    line_end = text.find("\n", start, limit)
    end = at = line_end = limit if line_end < 0 else line_end
    at, gloss = start, None
    while found := _END.search(text, at, line_end):
        if found["gloss"]:
            gloss, at = found, found.end()
        elif _is_bare(text, start, found.start()):
            at = found.start() + 1
        else:
            end = found.start()
            break
    phrase = text[start:end].rstrip(_LOOSE_SIGNS)
    if not _ABBREVIATION.search(phrase):
        phrase = phrase.rstrip("." + _LOOSE_SIGNS)
    if gloss and start + len(phrase) == gloss.end() and gloss[0][0] == "(" and not _GLOSS_KEPT.match(gloss[0]):
        phrase = text[start : gloss.start()].rstrip()
    if phrase.count("(") > phrase.count(")"):
        phrase = phrase[: phrase.rindex("(")].rstrip()
    if phrase.endswith(")") and phrase.count(")") > phrase.count("("):
        phrase = phrase[:-1].rstrip()
    return start + len(phrase)


def _is_bare(text: str, start: int, end: int) -> bool:
    """Whether a space parts a noun from its name, which may begin like a verb: `โรงแรม เดอะ …`, `วัด พระ…`."""
    return bool(_BARE.search(text[max(start, end - 12) : end])) and text[end] == " " and not _NO_NAME.match(text, end)


def _english_end(text: str, start: int) -> int:
    """Where the English place that begins at `start` ends: the last of a run of capitalised words."""
    end = at = start
    while (word := _EN_WORD.match(text, at)) and at - start <= LONGEST:
        if at > start and text[at - 2] == "," and (word[0][0].islower() or _EN_PERSON.match(text, at)):
            break
        at = word.end()
        if word[0][0].isupper() or word[0][0].isdigit() or text[end : end + 1] == " ":
            end = at if word[0] not in {"of", "the", "and", "for", "de", "la", "&", "–"} else end
        if word[0][-1] == "." and len(word[0]) > 3:  # the end of the sentence, no initial
            return end - 1
        gap = _EN_GAP.match(text, at)
        if not gap:
            break
        at = gap.end()
    return end


def _rank(text: str, place: _Place, frame: _Frame) -> int:
    """How likely the event took place there, 1 being the most; 0 for no place, or none of the event's."""
    phrase = text[place.start : place.end]
    before = text[max(0, place.at - BEFORE) : place.at].rpartition("\n")[2]
    if _is_no_place(place.marker, phrase, before):
        return 0
    if _LOCAL_TIME.search(before):  # the city, where nothing nearer is said; in brackets it is a note on the hour
        return 3 if place.marker == "na" and before.count("(") <= before.count(")") else 0
    if frame.event and _is_beside(text, place, frame.event):
        return 1
    if _ELSEWHERE.search(before) or _OTHER_TIME.search(before) or _is_background(text, place, frame.event, before):
        return 0
    near = _is_near(text, place, frame)
    if place.marker != "na":
        return 3 if near and _is_done_there(place.marker, phrase, before) else 0
    gathers = (_GATHERS.search(before) or _HALL.match(phrase)) and not _LISTED.match(before)
    return 2 if near else 4 if gathers else 0


def _is_no_place(marker: str, phrase: str, before: str) -> bool:
    if marker == "english":
        return bool(_EN_NO_PLACE.search(phrase))
    if marker == "na":
        if _NO_PLACE.match(phrase) or _SURNAME.match(phrase):
            return True
        if _GIVEN_NAME.search(before) and not _PLACED.match(phrase):
            return True
        if _POST.match(phrase) and _DIPLOMAT.search(before):
            return True
    return bool(_ANYWHERE.search(phrase) or _BARE.fullmatch(phrase))


def _is_beside(text: str, place: _Place, event: tuple[int, int]) -> bool:
    """Whether nothing but an hour stands between the event's date and the place, in either order."""
    start, end = event
    if 0 <= place.at - end <= BESIDE:
        return bool(_BESIDE.fullmatch(text, end, place.at))
    return 0 <= start - place.end <= BESIDE_BEFORE and bool(_EVENT_FOLLOWS.fullmatch(text, place.end, start))


def _is_background(text: str, place: _Place, event: tuple[int, int] | None, before: str) -> bool:
    """Whether another day stands beside the place, or a spokesperson tells of what others did there."""
    if event is None or place.at < event[1]:
        return False
    if _ANOTHER_DAY.search(before) and place.at > event[1] + BESIDE:
        return True
    spoken = _SPOKEN.search(text, event[1], min(place.at, event[1] + SPEAKER))
    return bool(spoken) and not _HOSTS.search(before)


def _is_near(text: str, place: _Place, frame: _Frame) -> bool:
    """Whether the place stands in the paragraph of the event's date, or before it in the first two."""
    if place.marker == "na" and place.at < frame.head_end and (place.at == 0 or text[place.at - 1] == "\n"):
        return True
    if place.at < frame.lead_end and (frame.event is None or place.at < frame.event[0]):
        return True
    return frame.paragraph[0] <= place.at < frame.paragraph[1]


def _is_done_there(marker: str, phrase: str, before: str) -> bool:
    if marker == "visit":
        return True
    if marker == "english":
        return bool(_EN_HAPPENS.search(before))
    return bool(_SITED.match(phrase) and _HAPPENS.search(before))
