"""Ordinary pages, their addresses, and WARC files of them."""

from __future__ import annotations

import gzip

from sample.anatomy import ORIGIN, classic_page
from sample.warc import Warc


def page(number: int, **changes: str) -> bytes:
    """The page of an ordinary article, told from others by a number."""
    parts = {
        "headline": f"เปิดห้องสมุดชุมชนแห่งที่ {number}",
        "section": "ด้านสังคม",
        "long_date": "วันพุธที่ 1 มกราคม 2568",
        "body": f"<p>ห้องสมุดแห่งที่ {number} เปิดให้ประชาชนใช้แล้ว</p><p>เปิดทุกวันไม่เว้นวันหยุด</p>",
        **changes,
    }
    return classic_page(**parts).encode()


def address(article_id: int) -> str:
    """The canonical address of an article."""
    return f"{ORIGIN}/news/contents/details/{article_id}"


def warc_of(article_ids: range, *, gzip: bool = True) -> Warc:
    """A WARC file with one ordinary page for each article ID."""
    warc = Warc(gzip=gzip)
    for article_id in article_ids:
        warc.response(address(article_id), body=page(article_id))
    return warc


def revisit(uri: str, date: str, http: bytes, *, compressed: bool = True, **headers: str) -> bytes:
    """The record of a revisit with the head of its answer, if any, and further `headers` with _ for -."""
    lines = {"WARC-Type": "revisit", "WARC-Target-URI": uri, "WARC-Date": date, "Content-Length": str(len(http))}
    if http:
        lines["Content-Type"] = "application/http; msgtype=response"
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    record = f"WARC/1.1\r\n{head}\r\n".encode() + http + b"\r\n\r\n"
    return gzip.compress(record) if compressed else record
