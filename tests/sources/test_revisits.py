"""Revisit records in WARC files. Each says that a page was the same as before."""

from __future__ import annotations

import base64
import gzip
import hashlib
import itertools
import re
from pathlib import Path
from typing import Any

import pytest

from sample.warc import Warc
from tests.support.commands import EndedCrawl, crawl
from tests.support.warcs import address, page
from tests.support.warcs import revisit as revisit_record

DAYS = ("2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z", "2025-03-01T00:00:00Z")
A, B = page(1), page(1, headline="แก้ไขแล้ว")
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


def sha1(body: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()


def base32(digest: Any) -> str:
    return base64.b32encode(digest.digest()).decode()


def base64_of(digest: Any) -> str:
    return base64.b64encode(digest.digest()).decode()


def record_id_of(date: str) -> str:
    (line,) = re.findall(rb"WARC-Record-ID: (.*)\r\n", gzip.decompress(response(A, date)))
    return line.decode()


def response(body: bytes, date: str, uri: str = address(1), digest: str | None = "", **more: object) -> bytes:
    """Return a response record with a body, and with its digest unless that is None."""
    warc = Warc()
    headers = {} if digest is None else {"WARC-Payload-Digest": digest or sha1(body)}
    warc.response(uri, date, body, record_headers=headers, **more)
    return warc.records[0]


def revisit(date: str, uri: str = address(1), http: bytes = b"HTTP/1.1 200 OK\r\n\r\n", **headers: str) -> bytes:
    return revisit_record(uri, date, http, **headers)


def run_of(tmp_path: Path, *files: list[bytes], **settings: object) -> EndedCrawl:
    for number, records in enumerate(files):
        path = tmp_path / "in" / f"{number}.warc.gz"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"".join(records))
    return crawl(tmp_path / "data", source=f"warc:{tmp_path / 'in'}", settings=settings)


def held(run: EndedCrawl) -> list[tuple]:
    return run.rows("SELECT title, captured_at FROM articles ORDER BY id")


TITLE = "เปิดห้องสมุดชุมชนแห่งที่ 1"
BACK_TO_A = [(TITLE, "2025-03-01T00:00:00+00:00")]
# How a revisit names the record that it means, and whether that record has a digest.
MEANT = [
    ({"WARC_Payload_Digest": sha1(A)}, ""),
    ({"WARC_Payload_Digest": sha1(A).lower()}, ""),
    ({"WARC_Payload_Digest": f"sha-1:{hashlib.sha1(A).hexdigest()}"}, ""),
    ({"WARC_Payload_Digest": f"SHA1:{hashlib.sha1(A).hexdigest().upper()}"}, None),
    ({"WARC_Payload_Digest": sha1(A).partition(":")[2]}, ""),
    ({"WARC_Payload_Digest": f"sha256:{hashlib.sha256(A).hexdigest()}"}, f"SHA-256:{base32(hashlib.sha256(A))}"),
    ({"WARC_Payload_Digest": f"sha256:{base64_of(hashlib.sha256(A))}"}, f"sha256:{base32(hashlib.sha256(A))[:-4]}"),
    ({"WARC_Payload_Digest": f"md5:{hashlib.md5(A).hexdigest()}"}, f"md5:{base64_of(hashlib.md5(A))}"),
    ({"WARC_Payload_Digest": "sha256:abc="}, "sha256:abc="),
    ({"WARC_Refers_To": record_id_of(DAYS[0])}, None),
    ({"WARC_Refers_To": record_id_of(DAYS[0]), "WARC_Refers_To_Date": DAYS[1]}, ""),
    (
        {
            "WARC_Payload_Digest": sha1(A),
            "WARC_Profile": IDENTICAL,
            "WARC_Refers_To_Target_URI": address(1),
            "WARC_Refers_To_Date": DAYS[0],
        },
        "",
    ),
    # The address has another form, and the date is less precise. The article is the same.
    (
        {"WARC_Refers_To_Target_URI": "http://thaigov.go.th/news/contents/details/1", "WARC_Refers_To_Date": "2025"},
        None,
    ),
    ({"WARC_Refers_To_Date": "2025-01-01T07:00:00.000+07:00"}, "md5:x"),
]


@pytest.mark.parametrize(("headers", "digest"), MEANT)
def test_a_page_that_came_back_is_the_article(tmp_path: Path, headers: dict[str, str], digest: str | None) -> None:
    run = run_of(tmp_path, [response(A, DAYS[0], digest=digest), response(B, DAYS[1]), revisit(DAYS[2], **headers)])
    assert (run.status, held(run), run.outcomes) == (0, BACK_TO_A, {"stored": 3})
    assert run.rows("SELECT captured_at FROM revisions") == [("2025-02-01T00:00:00+00:00",)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_in_any_order_and_in_any_file(tmp_path: Path, order: tuple[int, ...]) -> None:
    records = [response(A, DAYS[0]), response(B, DAYS[1]), revisit(DAYS[2], WARC_Payload_Digest=sha1(A))]
    run = run_of(tmp_path, *([records[number]] for number in order))
    assert (run.status, held(run)) == (0, BACK_TO_A)


@pytest.mark.parametrize(
    "http",
    [
        b"",
        b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9999\r\n\r\n",
    ],
)
def test_what_the_answer_said_does_not_matter(tmp_path: Path, http: bytes) -> None:
    headers = {"WARC_Payload_Digest": sha1(A), "WARC_Truncated": "length"}
    run = run_of(tmp_path, [response(A, DAYS[0]), response(B, DAYS[1]), revisit(DAYS[2], http=http, **headers)])
    assert (run.status, held(run)) == (0, BACK_TO_A)


def test_the_other_record_may_be_of_another_address_or_of_an_article_that_nobody_asked_for(tmp_path: Path) -> None:
    mirrored, shared = page(1), page(2)
    files = [
        [
            response(mirrored, DAYS[0], "https://example.org/copy"),
            response(shared, DAYS[0], address(50)),
            revisit(DAYS[1], WARC_Payload_Digest=sha1(mirrored)),
            revisit(DAYS[1], address(2), WARC_Payload_Digest=sha1(shared)),
        ]
    ]
    for number, records in enumerate(files):
        (tmp_path / f"{number}.warc.gz").write_bytes(b"".join(records))
    run = crawl(tmp_path / "data", source=f"warc:{tmp_path}", ids="1-2")
    assert run.rows("SELECT id, captured_at, capture_url FROM articles ORDER BY id") == [
        (number, "2025-02-01T00:00:00+00:00", address(number)) for number in (1, 2)
    ]


def test_a_revisit_that_needs_no_page(tmp_path: Path) -> None:
    empty = {"WARC_Payload_Digest": sha1(b"")}
    moved = b"HTTP/1.1 301 Moved\r\nLocation: https://www.thaigov.go.th/main\r\nContent-Length: 300\r\n\r\n"
    gone = b"HTTP/1.1 404 Not Found\r\nContent-Encoding: gzip\r\n\r\n"
    run = run_of(tmp_path, [revisit(DAYS[0], http=moved, **empty), revisit(DAYS[0], address(2), http=gone, **empty)])
    assert run.rows("SELECT outcome, target FROM visits ORDER BY article_id") == [
        ("moved", "https://www.thaigov.go.th/main"),
        ("absent", None),
    ]


def test_what_is_not_there_is_counted_and_told(tmp_path: Path) -> None:
    digests = [{"WARC_Payload_Digest": sha1(b"elsewhere")}, {}, {"WARC_Payload_Digest": "nonsense"}]
    run = run_of(tmp_path, [response(B, DAYS[1]), *(revisit(DAYS[2], **headers) for headers in digests)])
    assert (run.status, run.outcomes) == (0, {"stored": 1})
    assert "'thaigov/warc/revisit': 3" in run.log
    assert "WARNING: 3 record(s) say that a page was as in another record" in run.log


def test_a_record_that_holds_another_page_than_the_revisit_says(tmp_path: Path) -> None:
    headers = {"WARC_Payload_Digest": sha1(A), "WARC_Refers_To_Date": DAYS[1], "WARC_Refers_To_Target_URI": address(1)}
    run = run_of(tmp_path, [response(B, DAYS[1]), revisit(DAYS[2], **headers)])
    assert (run.outcomes, held(run)) == ({"stored": 1, "failed": 1}, [("แก้ไขแล้ว", "2025-02-01T00:00:00+00:00")])
    assert "the record that it refers to holds another page" in run.log


def test_where_the_page_is_damaged_so_is_the_revisit(tmp_path: Path) -> None:
    records = [
        response(A, DAYS[0], length=len(A) + 5),
        response(B, DAYS[1]),
        revisit(DAYS[2], WARC_Payload_Digest=sha1(A)),
    ]
    run = run_of(tmp_path, records)
    assert (run.outcomes, held(run)) == ({"stored": 1, "failed": 2}, [("แก้ไขแล้ว", "2025-02-01T00:00:00+00:00")])


def test_a_revisit_of_a_copy_from_an_archive(tmp_path: Path) -> None:
    source = "https://web.archive.org/web/20250301000000id_/" + address(1)
    headers = {"WARC_Payload_Digest": sha1(A), "WARC_Source_URI": source}
    run = run_of(tmp_path, [response(A, DAYS[0]), revisit(DAYS[2], **headers)])
    assert run.rows("SELECT captured_at, capture_url FROM articles") == [("2025-03-01T00:00:00+00:00", source)]
