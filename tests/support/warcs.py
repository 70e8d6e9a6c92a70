"""Ordinary pages, their addresses, and WARC files with them."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

from sample.anatomy import ORIGIN, classic_page
from sample.warc import Warc
from thaigov_crawler.sources.addresses import article_id_of
from thaigov_crawler.sources.findings import Findings
from thaigov_crawler.sources.records import records
from thaigov_crawler.sources.wacz import warcs_of

NAMES = (
    "ธนวัชร์ ศรีพิทักษ์ไพศาล",
    "วรเมธ ทองสุขเกษม",
    "บดินทร์ภัทร คงเรืองชัย",
    "กมลเนตร พงศ์ประเสริฐวัฒน์",
    "ปริญญาพร สุขสวัสดิ์ชัย",
)
PLACES = ("ศาลากลางจังหวัดน่าน", "หอประชุมอำเภอเมืองตรัง", "ตึกสันติไมตรี ทำเนียบรัฐบาล")
MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม".split()


def page(number: int, **changes: str) -> bytes:
    """Return the page of an ordinary article. Its text has a number, so that articles differ."""
    parts = {
        "headline": f"เปิดห้องสมุดชุมชนแห่งที่ {number}",
        "section": "ด้านสังคม",
        "long_date": "วันพุธที่ 1 มกราคม 2568",
        "body": f"<p>ห้องสมุดแห่งที่ {number} เปิดให้ประชาชนใช้แล้ว</p><p>เปิดทุกวันไม่เว้นวันหยุด</p>",
        **changes,
    }
    return classic_page(**parts).encode()


def eventful_page(number: int) -> bytes:
    """Return the page of an article with attendees, a person who is only named, and days. All follow from a number."""
    day, month, place = number % 27 + 1, MONTHS[number % 7], PLACES[number % 3]
    host, guest, named = (NAMES[(number // step + step) % 5] for step in (1, 5, 25))
    body = (
        f"<p>วันนี้ ({day} {month} 2568) เวลา 09.30 น. ณ {place} นาย{host} นายกรัฐมนตรี เป็นประธานในพิธีเปิดห้องสมุดแห่งที่ "
        f"{number} โดยมี นางสาว{guest} รัฐมนตรีว่าการกระทรวงคมนาคม เข้าร่วมพิธี</p>"
        f"<p>งานจัดขึ้นระหว่างวันที่ {day} - {day + 1} {month} 2568 ตามข้อเสนอของนาย{named} ผู้ว่าราชการจังหวัด</p>"
    )
    news_date = f"{day:02}/{number % 7 + 1:02}/2568"
    return page(number, long_date=f"วันที่ {day} {month} 2568", news_date=news_date, body=body)


def address(article_id: int) -> str:
    """Return the canonical address of an article."""
    return f"{ORIGIN}/news/contents/details/{article_id}"


def warc_of(article_ids: range, *, gzip: bool = True) -> Warc:
    """Return a WARC file with one ordinary page for each article ID."""
    warc = Warc(gzip=gzip)
    for article_id in article_ids:
        warc.response(address(article_id), body=page(article_id))
    return warc


def revisit(uri: str, date: str, http: bytes, *, compressed: bool = True, **headers: str) -> bytes:
    """Return a revisit record. `http` is the head of its answer, or b"". Write _ for - in `headers`."""
    lines = {"WARC-Type": "revisit", "WARC-Target-URI": uri, "WARC-Date": date, "Content-Length": str(len(http))}
    if http:
        lines["Content-Type"] = "application/http; msgtype=response"
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    record = f"WARC/1.1\r\n{head}\r\n".encode() + http + b"\r\n\r\n"
    return gzip.compress(record) if compressed else record


def listed(path: Path) -> tuple[list[int | None], Counter[str]]:
    """Return the article IDs of the visits in a file, and the counts by kind."""
    counts: Counter[str] = Counter()
    findings = Findings(counts)
    met = [each for warc in warcs_of(path, findings, []) for each in records(warc, findings, article_id_of)]
    visits = [each.article_id for each in met if each.kind == "visit"]
    return visits, Counter({name.removeprefix("warc/"): number for name, number in counts.items()})
