"""The sample's odd pages: faulty characters, lines of noise, no article, another markup altogether."""

from __future__ import annotations

from sample.anatomy import absent_page
from sample.capture import Capture, article, lines, paragraphs

# Spellings that look right and are not: nikhahit + aa for sara am, two sara e for sara ae, marks doubled
# or out of order, zero-width and no-break spaces. The clean word stands beside each line.
SPELLINGS = article(
    990028,
    "2024-04-01T00:30:00Z",
    headline="รมว.เกษตรฯ\u200bติดตามแผนระบายน\u0e4d\u0e49า\u200bฤดูแล้ง ลุ่มน\u0e4d\u0e49าแม่กลอง",  # น้ำ
    section="ด้านเศรษฐกิจ",
    long_date="วันศุกร์ที่ 8 มีนาคม 2567",
    lead="\u200bติดตามแผนระบายน\u0e33\u0e49\u00a0ฤดูแล้ง",  # น้ำ
    press=False,
    colour="color5",
    body=paragraphs(
        "วันที่ 7 มีนาคม 2567 นายเกษมสันต์\u00a0พฤกษารักษ์วงศ์\u200b รัฐมนตรีว่าการกระทรวงเกษตร\u0e40\u0e40ละสหกรณ์ ประชุมติดตาม\u0e40\u0e40ผนระบายน\u0e4d\u0e49าฤดู\u0e40\u0e40ล้ง ณ ส\u0e4d\u0e32นักงานชลประทานที่ 13 จังหวัดกาญจนบุรี",  # และ แผน น้ำ แล้ง สำนัก
        "ที่ประชุมรายงานว่าเกษตรกรได\u0e49\u0e49รับน\u0e4d\u0e49าครบทุกแปลง เหลือเพียงท\u0e48\u0e35ท้ายคลองสองสาย น\u0e49\u0e35จึงต้องเร่งท\u0e4d\u0e32งาน\u0e43\u0e43ห้เสร็จ",  # ได้ ที่ นี้ ทำ ให้
        "รัฐมนตรีก\u0e4d\u0e32ชับว่า\u200bน้ำทุกหยดม\u0e35\u0e35ค่า ต้องแบ่งปันกัน\u200bอย่างเป็นธรรม",  # กำ มี
    ),
)

# Rulers, dots, lone full stops, hashtags and asterisks around real paragraphs.
NOISE = article(
    990029,
    "2024-06-06T06:06:06Z",
    headline="สธ. ชวนตรวจสายตาฟรีก่อนเปิดเทอมใหม่",
    section="ทัน LINE ไทยคู่ฟ้า",
    long_date="วันพฤหัสบดีที่ 30 พฤษภาคม 2567",
    lead="..................................",
    press=False,
    colour="color5",
    body=lines(
        "-----------------------------------",
        "นพ.อาทิตย์ สุขเวชกิจไพศาล รัฐมนตรีว่าการกระทรวงสาธารณสุข กล่าวว่า เด็กวัยประถมหนึ่งในสิบคนมองกระดานไม่ชัดโดยที่ผู้ปกครองไม่รู้ จึงเปิดให้ตรวจสายตาฟรี วันที่ 6, 8, 13 และ 15 มิ.ย. 67 ที่โรงพยาบาลชุมชนทุกแห่ง",
        ".",
        "*** เด็กที่ต้องใช้แว่นจะได้รับภายในสองสัปดาห์ โดยไม่ต้องจ่ายเพิ่ม ***",
        ".",
        "สอบถามได้ที่สาธารณสุขอำเภอใกล้บ้าน หรือครูประจำชั้น",
        "____________________",
        "#ไทยคู่ฟ้า #ตรวจสายตาเด็ก #สายตาดีเรียนดี",
        "********************************",
        "30 พฤษภาคม 2567",
    ),
)

# Old glyph forms in the private use area, bullets of symbol fonts, soft hyphens, a separator, a byte-order mark.
GLYPHS = article(
    990039,
    "2025-08-31T21:45:00Z",
    headline="ยุติธรรมเปิด\u00adคลินิกกฎหมายประจ\u0e4d\u0e32อำเภอ",  # ประจำ
    section="ด้านกฎหมายฯ",
    long_date="วันศุกร์ที่ 15 สิงหาคม 2568",
    news_date="15/08/2568",
    lead="\ufeffยุติธรรมเปิดคลินิกกฎหมายประจำอำเภอ",
    colour="color5",
    body=paragraphs(
        "\ufeffวันนี้ (15 สิงหาคม 2568) พ.ต.อ.รณกฤต ธรรมานุกูลกิจ รัฐมนตรีว\uf70aาการกระทรวงยุติธรรม เปิดคลินิกกฎหมายประจำอำเภอ ณ ที่ว\uf70aาการอำเภอสว\uf70aางแดนดิน จังหวัดสกลนคร",  # ว่าการ สว่าง
        "คลินิกนี้ช\uf70aวย\u00adป\uf706องกันการถูกเอาเปรียบจากหนี้นอกระบบ\u2028ผู\uf70bใหญ\uf70aบ้านนัดหมายแทนลูกบ้านได้",  # ช่วย ป้อง ผู้ใหญ่
        lines(
            "\uf0b7 ปรึกษาเรื่องหนี้และสัญญากู้",
            "\uf0a7 ไกล่เกลี่ยข้อพิพาทที่ดิน",
            "\u009f ขอทนายอาสาโดยไม่เสียค่าใช้จ่าย",
        ),
    ),
)

# IDs without an article, and how the server says so.
ABSENT = [
    Capture(990004, "2021-01-10T08:00:00Z", absent_page("title")),
    Capture(990005, "2021-01-10T08:00:10Z", absent_page("epoch")),
    Capture(990015, "2022-07-01T09:30:00Z", absent_page("title"), status=404),
    Capture(990036, "2025-06-01T06:31:00Z", absent_page("epoch")),
]

# Sent with status 200, but no page of the classic anatomy.
MAINTENANCE = Capture(
    990024,
    "2023-08-08T08:08:08Z",
    """<!DOCTYPE html>
<html lang="th">
<head><meta charset="utf-8"><title>ปิดปรับปรุงระบบ</title></head>
<body>
<main class="notice">
<h1>ขออภัย ระบบปิดปรับปรุงชั่วคราว</h1>
<p>เว็บไซต์จะกลับมาให้บริการวันพุธที่ 9 สิงหาคม 2566 เวลา 06.00 น.</p>
</main>
</body>
</html>
""",
)

CAPTURES = [SPELLINGS, NOISE, GLYPHS, *ABSENT, MAINTENANCE]
