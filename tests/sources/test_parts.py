"""Parts of WARC files that a host gives out by their bytes, and the rows of an index that name them."""

from __future__ import annotations

import gzip
import json
from io import BytesIO
from typing import Any

import pytest
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response
from warcio.archiveiterator import ArchiveIterator

from tests.support.warcs import address, page, revisit, warc_of
from thaigov_crawler.errors import DamagedRecord
from thaigov_crawler.sources import cdx
from thaigov_crawler.sources.parts import address_of, copied, page_in, range_of, record_of
from thaigov_crawler.sources.rows import Part

FILE = "crawl-data/CC-MAIN-2024-10/segments/1.2/warc/x.warc.gz"
RECORD = warc_of(range(7, 8)).records[0]
PART = Part(FILE, 1000, len(RECORD))


def answer(body: bytes = RECORD, content_range: str | None = f"bytes 1000-{999 + len(RECORD)}/5000") -> Response:
    headers = {"Content-Range": content_range} if content_range else {}
    return Response("https://data.example.org/x", status=206, headers=headers, body=body)


def test_the_names_of_a_part() -> None:
    assert range_of(PART) == f"bytes=1000-{999 + len(RECORD)}"
    assert address_of("https://data.example.org/", PART) == f"https://data.example.org/{FILE}#{range_of(PART)}"


def test_the_page_in_a_part() -> None:
    found = page_in(record_of(answer(), PART, 0), 0)
    assert (found.url, found.status, found.body) == (address(7), 200, page(7))
    assert found.headers["WARC-Date"] == b"2025-01-01T00:00:00+00:00"


def test_a_copy_is_the_record_and_says_where_it_is_from() -> None:
    record = gzip.decompress(RECORD)
    copy = copied(record, "https://data.example.org/x#bytes=1-2")
    (read,) = ArchiveIterator(BytesIO(copy))
    assert read.rec_headers.get_header("WARC-Source-URI") == "https://data.example.org/x#bytes=1-2"
    assert read.rec_headers.get_header("WARC-Creation-Date").endswith("Z")
    lines = [
        line for line in gzip.decompress(copy).split(b"\r\n") if not line.startswith((b"WARC-Source", b"WARC-Crea"))
    ]
    assert b"\r\n".join(lines) == record


@pytest.mark.parametrize(
    "record", [b"WARC/1.0\r\nWARC-Type: response\n\nHTTP/1.1 200 OK\r\n\r\nx", b"x\r\n\r\n", b"WARC/1.0\r\n"]
)
def test_a_record_whose_headers_have_no_end_is_not_copied(record: bytes) -> None:
    with pytest.raises(DamagedRecord):
        copied(record, "https://data.example.org/x")


@pytest.mark.parametrize(
    "sent",
    [
        answer(content_range=None),
        answer(content_range=f"bytes 1001-{1000 + len(RECORD)}/5000"),
        answer(content_range="bytes */5000"),
        answer(RECORD[:-1]),
        answer(RECORD[:-9] + b"\0" * 9),
        answer(b"\0" * len(RECORD)),
        answer(RECORD[1:] + b"\x1f"),
    ],
)
def test_what_is_not_the_part_is_refused(sent: Response) -> None:
    with pytest.raises(DamagedRecord):
        record_of(sent, PART, 1 << 20)


def test_a_part_that_grows_without_end_is_not_unpacked() -> None:
    bomb = gzip.compress(b"\0" * (4 << 20))
    sent = answer(bomb, f"bytes 0-{len(bomb) - 1}/5000")
    with pytest.raises(DownloadCancelledError):
        record_of(sent, Part(FILE, 0, len(bomb)), 1 << 20)


@pytest.mark.parametrize(
    "record",
    [
        revisit(address(7), "2025-01-01T00:00:00Z", b"HTTP/1.1 200 OK\r\n\r\n", compressed=False),
        gzip.decompress(RECORD) * 2,
        gzip.decompress(RECORD)[:300],
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
        b"no record at all",
        b"",
    ],
)
def test_what_is_no_page_is_refused(record: bytes) -> None:
    with pytest.raises(DamagedRecord):
        page_in(record, 1 << 20)


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({}, Part(FILE, 12, 34)),
        ({"offset": 12, "length": 34}, Part(FILE, 12, 34)),
        ({"filename": "../secret.warc.gz"}, None),
        ({"filename": "crawl-data/../../x.warc.gz"}, None),
        ({"filename": "https://example.org/x.warc.gz"}, None),
        ({"filename": "crawl-data/x.warc.gz?y#z"}, None),
        ({"filename": "/x.warc.gz"}, None),
        ({"offset": "-1"}, None),
        ({"length": "0"}, None),
        ({"length": None}, None),
    ],
    ids=str,
)
def test_where_an_index_says_that_a_record_is(fields: dict[str, Any], part: Part | None) -> None:
    row = {"timestamp": "20240102030405", "url": address(7), "filename": FILE, "offset": "12", "length": "34", **fields}
    ((_, capture),) = cdx.read(json.dumps(row).encode()).captures
    assert capture.part == part
