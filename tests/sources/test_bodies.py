"""Bodies of answers are decoded, and those that are not whole are refused."""

from __future__ import annotations

import gzip
import random
import zlib

import brotli
import pytest
from scrapy.downloadermiddlewares.httpcompression import ACCEPTED_ENCODINGS
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Headers

from tests.support.packing import PACKERS, Packer, bare_deflate
from tests.support.tables import every_row
from tests.support.warcs import page
from thaigov_crawler.errors import DamagedBody
from thaigov_crawler.sources.bodies import CODINGS, decoded, whole_page

LIMIT = 1 << 20
# Random text, so that the compressed page has several blocks. Repeated text would be too short when compressed.
PAGE = page(1) + b"<!-- %s -->" % random.Random(15).randbytes(20_000).hex().encode()
ZSTD = dict(PACKERS)["zstd"]
BOM = b"\xef\xbb\xbf"


every_coding = every_row(("coding", "packed"), PACKERS)


def test_what_we_say_we_accept_we_can_read() -> None:
    assert {coding.decode() for coding in ACCEPTED_ENCODINGS} <= CODINGS


@every_coding
@every_row("data", [PAGE, b"", b"User-agent: *\n", "ก".encode("tis-620") * 9])
def test_a_body_is_unpacked(coding: str, packed: Packer, data: bytes) -> None:
    assert decoded(packed(data), [coding], LIMIT) == data
    assert decoded(packed(data), [f" {coding.upper()} "], LIMIT) == data


@every_coding
def test_a_body_cut_anywhere_is_damaged(coding: str, packed: Packer) -> None:
    whole = packed(PAGE)
    for end in [*range(3, 40), *range(40, len(whole), 997), *range(len(whole) - 8, len(whole))]:
        with pytest.raises(DamagedBody):
            decoded(whole[:end], [coding], LIMIT)


@every_row(("coding", "packed"), [PACKERS[0], PACKERS[2], PACKERS[5]])  # the others have no checksum
def test_broken_data_are_damaged(coding: str, packed: Packer) -> None:
    whole = packed(PAGE)
    middle = len(whole) // 2
    with pytest.raises(DamagedBody):
        decoded(whole[:middle] + bytes(64) + whole[middle + 64 :], [coding], LIMIT)


@every_coding
@every_row("filling", range(0, 4200, 700))  # the end may stand anywhere in a block
def test_what_stands_behind_the_end_is_dropped(coding: str, packed: Packer, filling: int) -> None:
    data = PAGE + b" " * filling + random.Random(filling).randbytes(filling).hex().encode()
    whole = packed(data)
    for garbage in (b"\0", b"\r\n", b"<!-- cached -->", bytes(range(256)) * 40):
        assert decoded(whole + garbage, [coding], LIMIT) == data


@every_row(("coding", "packed"), [("gzip", gzip.compress), ("zstd", ZSTD)])
def test_all_members_are_read(coding: str, packed: Packer) -> None:
    parts = [packed(PAGE[start : start + 9000]) for start in range(0, len(PAGE), 9000)]
    assert decoded(b"".join(parts), [coding], LIMIT) == PAGE
    assert decoded(b"".join(parts) + b"garbage", [coding], LIMIT) == PAGE
    # Any end of the last member may be missing.
    for end in (1, 2, len(parts[-1]) // 2, len(parts[-1]) - 1):
        with pytest.raises(DamagedBody):
            decoded(b"".join(parts[:-1]) + parts[-1][:end], [coding], LIMIT)


def test_zero_bytes_may_stand_between_gzip_members() -> None:
    assert decoded(gzip.compress(b"<p>") + bytes(512) + gzip.compress(b"a") + bytes(9), ["gzip"], LIMIT) == b"<p>a"


def test_frames_of_zstd_that_hold_nothing_are_passed_over() -> None:
    skipped = b"\x53\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"hello"
    assert decoded(skipped + ZSTD(b"<p>") + skipped + ZSTD(b"a"), ["zstd"], LIMIT) == b"<p>a"


@every_row(("coding", "packed"), [("gzip", gzip.compress), ("zstd", ZSTD)])
def test_members_without_end_are_no_page(coding: str, packed: Packer) -> None:
    assert decoded(packed(b"a") * 9_000, [coding], LIMIT) == b"a" * 9_000
    with pytest.raises(DamagedBody, match="has 10,000 members"):
        decoded(packed(b"") * 400_000, [coding], LIMIT)


@every_coding
def test_the_limit_holds(coding: str, packed: Packer) -> None:
    bomb = packed(bytes(16 << 20))
    with pytest.raises(DownloadCancelledError, match=r"larger than 1,048,576 bytes"):
        decoded(bomb, [coding], LIMIT)
    assert len(decoded(packed(bytes(LIMIT)), [coding], LIMIT)) == LIMIT
    assert len(decoded(packed(bytes(LIMIT + 1)), [coding], 0)) == LIMIT + 1


# Declared codings, and real ones


@every_row("coding", [*sorted(CODINGS), "utf-8", "none", "identity", "aws-chunked", "", ","])
@every_row(
    "body",
    [
        PAGE,
        BOM + PAGE,
        b"\r\n  " + PAGE,
        page(1).decode().encode("tis-620"),
        page(1).decode().encode("utf-16"),
        "ข่าวทำเนียบรัฐบาล".encode() * 100,
        b'[["urlkey","timestamp"]]',
        b"User-agent: *\nDisallow: /admin\n",
        b"",
    ],
)
def test_a_plain_body_is_left_alone_whatever_is_declared(coding: str, body: bytes) -> None:
    assert decoded(body, [coding], LIMIT) == body


@every_coding
@every_row("declared", [[], ["identity"], ["gzip"], ["br"], ["deflate"], ["utf-8"]])
def test_a_packed_body_is_unpacked_whatever_is_declared(coding: str, packed: Packer, declared: list[str]) -> None:
    assert decoded(packed(PAGE), declared, LIMIT) == PAGE
    assert decoded(packed(BOM + PAGE), declared, LIMIT) == BOM + PAGE


@every_row("packed", [gzip.compress, ZSTD])
@every_row("before", [BOM, b"\n", BOM + b"\r\n"])
def test_a_mark_or_a_line_break_may_stand_before_what_is_packed(packed: Packer, before: bytes) -> None:
    assert decoded(before + packed(PAGE), ["gzip"], LIMIT) == PAGE


@every_row("declared", [["deflate", "gzip"], ["deflate, gzip"], ["deflate", " ,gzip,"]])
def test_codings_are_undone_in_order(declared: list[str]) -> None:
    assert decoded(gzip.compress(zlib.compress(PAGE)), declared, LIMIT) == PAGE
    assert decoded(gzip.compress(PAGE), declared, LIMIT) == PAGE


def test_a_body_packed_twice_may_be_declared_once() -> None:
    assert decoded(gzip.compress(gzip.compress(PAGE)), ["gzip"], LIMIT) == PAGE


@every_row("seed", range(300))
def test_bytes_that_are_no_page_are_not_taken_for_a_packed_one(seed: int) -> None:
    """Random bytes may begin with a few bytes that are valid compressed data."""
    body = random.Random(seed).randbytes(500)
    assert decoded(body, [], LIMIT) == body
    for empty in (brotli.compress(b""), bare_deflate(b"")):
        assert decoded(empty + body, [], LIMIT) == empty + body


def test_data_in_a_coding_that_is_not_known_are_no_page() -> None:
    with pytest.raises(DamagedBody, match="in a coding that is not known, compress data"):
        decoded(b"\x1f\x9d\x90" + bytes(range(128, 256)), ["compress"], LIMIT)
    with pytest.raises(DamagedBody, match="said to have 9 codings"):
        decoded(PAGE, ["gzip"] * 9, LIMIT)


# Statuses


@every_row("status", [301, 302, 304, 403, 404, 410, 500])
@every_row("body", [b"", gzip.compress(PAGE)[:-9], gzip.compress(bytes(9 << 20)), b"\x80\x01"])
def test_a_status_without_success_needs_no_body(status: int, body: bytes) -> None:
    assert whole_page(status, Headers({"Content-Encoding": "gzip"}), body, LIMIT) == b""


def test_the_body_of_an_error_is_unpacked() -> None:
    assert whole_page(404, Headers({"Content-Encoding": "br"}), brotli.compress(PAGE), LIMIT) == PAGE


@every_row(
    "content_range",
    ["bytes 0-99/5000", "bytes 100-4999/5000", "bytes 0-4999/*", "bytes */5000", "", "bytes 0-4999/500"],
)
def test_a_part_is_no_page(content_range: str) -> None:
    with pytest.raises(DamagedBody, match="it holds a part of the page"):
        whole_page(206, Headers({"Content-Range": content_range}), PAGE, LIMIT)


def test_a_part_that_is_the_whole_is_a_page() -> None:
    headers = Headers({"Content-Range": f"bytes 0-{len(PAGE) - 1}/{len(PAGE)}"})
    assert whole_page(206, headers, PAGE, LIMIT) == PAGE


# Chunks that nobody declares


@every_row("packed", [bytes, gzip.compress, brotli.compress])
def test_chunks_are_undone_though_nobody_declares_them(packed: Packer) -> None:
    body = packed(PAGE)
    half = len(body) // 2
    sent = b"%x\r\n%s\r\n%X;last\r\n%s\r\n" % (half, body[:half], len(body) - half, body[half:])
    assert whole_page(200, Headers(), sent + b"0\r\n\r\n", LIMIT) == PAGE
    for cut in (sent, sent[:-9], sent[: half + 9]):
        with pytest.raises(DamagedBody):
            whole_page(200, Headers(), cut, LIMIT)
    with pytest.raises(DamagedBody):
        whole_page(200, Headers(), b"fffff\r\n" + PAGE, LIMIT)


@every_row(
    "body",
    [
        b"1\r\n" + PAGE,
        b"20\r\nlines, and no end where it should be",
        b"fffff\r\n",
        b"2024\n" + PAGE,
        b"0\r\n\r\n",
        b"ace\r\n",
        b"a\r\n" + b"b" * 10 + b"\r\nbut no chunk",
    ],
)
def test_a_number_on_the_first_line_is_no_chunk(body: bytes) -> None:
    assert whole_page(200, Headers(), body, LIMIT) == body
