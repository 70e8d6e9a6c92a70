"""WACZ files as a source."""

from __future__ import annotations

import asyncio
import gzip
import io
import logging
import os
import random
import subprocess
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from scrapy.crawler import Crawler
from warcio.warcwriter import WARCWriter

from sample.warc import Warc
from tests.support.commands import crawl, query_database
from tests.support.programs import find_program
from tests.support.pywb import INSTALL
from tests.support.waczs import DATA, data, frame, plain, wacz
from tests.support.warcs import address, listed, page, revisit, warc_of
from tests.support.watching import halted
from thaigov_crawler.sources import windows
from thaigov_crawler.sources.answers import WarcDownloadHandler
from thaigov_crawler.sources.warc import WarcSource
from thaigov_crawler.sources.windows import Inflated, Window
from thaigov_crawler.spiders.arguments import ALL_IDS

STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]


@pytest.mark.parametrize("method", [STORED, DEFLATED])
def test_every_warc_file_in_a_wacz_is_read(tmp_path: Path, crawler: Crawler, method: int) -> None:
    members = {
        DATA: data(range(1, 4)),
        "archive/plain.warc": data(range(4, 6), gzip=False),
        "archive/Z.WARC.ZST": b"".join(map(frame, plain(range(6, 8)))),
        "archive/stream.warc.gz": gzip.compress(data(range(8, 10), gzip=False)),
        "folder/archive/nested.warc.gz": data(range(10, 12)),
    }
    wacz(tmp_path / "in" / "X.WACZ", members, method)
    source = WarcSource("warc:x", tmp_path / "in")
    assert (source.list_records(ALL_IDS), source.counts) == (11, {})
    handler = WarcDownloadHandler(crawler)
    for request in [*source.requests(), *reversed(list(source.requests()))]:
        assert asyncio.run(handler.download_request(request)).body == page(request.cb_kwargs["article_id"])
    asyncio.run(handler.close())


def test_a_wacz_of_a_real_tool_is_read_whole(tmp_path: Path) -> None:
    warc_of(range(1, 30)).write(tmp_path / "a.warc.gz")
    warc_of(range(30, 40), gzip=False).write(tmp_path / "b.warc")
    program = find_program("wacz", install=INSTALL)
    command = [program, "create", "-o", "x.wacz", "a.warc.gz", "b.warc"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    run = crawl(tmp_path / "data", source=f"warc:{tmp_path / 'x.wacz'}")
    assert (run.status, run.outcomes) == (0, {"stored": 39})
    assert "left out" not in run.log


def test_wacz_files_in_a_zip_file_are_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    one = wacz(tmp_path / "1.wacz", {DATA: data(range(1, 3))}).read_bytes()
    two = wacz(tmp_path / "2.wacz", {DATA: data(range(3, 5))}).read_bytes()
    all_of_them = wacz(tmp_path / "all.wacz", {"1.wacz": one, "2.wacz": two})
    assert listed(all_of_them) == ([1, 2, 3, 4], {})
    packed = wacz(tmp_path / "packed.wacz", {"1.wacz": one}, DEFLATED)
    deep = wacz(tmp_path / "deep.wacz", {"all.wacz": all_of_them.read_bytes(), "cut.wacz": one[:-20]})
    assert listed(packed) == ([], {"damaged": 1})
    assert listed(deep) == ([], {"damaged": 3})
    assert [each.partition(".wacz#")[2] for each in told(caplog)] == [
        "1.wacz cannot be read: it is compressed once more. Unpack the outer file.",
        "all.wacz#1.wacz cannot be read: it is too deep within ZIP files. Unpack the outer one.",
        "all.wacz#2.wacz cannot be read: it is too deep within ZIP files. Unpack the outer one.",
        "cut.wacz cannot be read: the directory at the end of the ZIP file is missing or broken (File is not a zip file).",
    ]


# What a browser extension and Browsertrix keep besides answers


def resource(uri: str, content_type: str, body: bytes) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    writer.write_record(
        writer.create_warc_record(
            uri,
            "resource",
            payload=io.BytesIO(body),
            length=len(body),
            warc_content_type=content_type,
            warc_headers_dict={"WARC-Date": "2025-01-01T00:00:00Z"},
        )
    )
    return buffer.getvalue()


def test_what_a_recorder_makes_of_a_page_is_told_apart_from_the_page(tmp_path: Path) -> None:
    at = address(1)
    made = [
        resource(f"urn:text:{at}", "text/plain", "ห้องสมุด".encode()),
        resource(f"urn:textFinal:{at}", "text/plain", b"text"),
        resource(f"urn:view:{at}", "image/png", b"\x89PNG"),
        resource(f"urn:thumbnail:{at}", "image/jpeg", b"\xff\xd8"),
        resource(f"urn:pageinfo:{at}", "application/json", b"{}"),
        resource(f"urn:dom:{address(2)}", "text/html", page(2)),
        resource("urn:dom:https://example.org/", "text/html", page(3)),
        resource(address(4), "text/html", page(4)),
        resource(address(5), "image/png", b"\x89PNG"),
    ]
    path = wacz(tmp_path / "x.wacz", {DATA: data(range(1, 2)) + b"".join(made)})
    run = crawl(tmp_path / "data", source=f"warc:{path}")
    assert (run.status, run.outcomes) == (0, {"stored": 3})
    assert run.rows("SELECT id, capture_url FROM articles ORDER BY id") == [(n, address(n)) for n in (1, 2, 4)]
    for kind, number in {"made_of_page": 5, "other_address": 1, "not_html": 1}.items():
        assert f"'thaigov/warc/{kind}': {number}" in run.log


def test_a_page_that_a_browser_drew_is_an_article_of_the_relaunch(tmp_path: Path) -> None:
    """The answer is a page without text, which JavaScript fills. Browsertrix keeps both."""
    at = "https://www.thaigov.go.th/th/news/7"
    drawn = (
        '<html><head><meta property="og:type" content="article"><meta property="article:published_time" '
        'content="2026-04-10T09:00:00+07:00"></head><body><main><h1>เปิดห้องสมุดชุมชนแห่งที่เจ็ด</h1>'
        "<p>รัฐบาลเปิดห้องสมุดชุมชนแห่งที่เจ็ดให้ประชาชนใช้ได้ทุกวัน ไม่เว้นวันหยุดราชการ และไม่เสียค่าใช้จ่ายใด ๆ ทั้งสิ้น</p>"
        "<p>ห้องสมุดชุมชนแห่งนี้มีหนังสือกว่าหนึ่งหมื่นเล่ม พร้อมพื้นที่อ่านหนังสือสำหรับเด็ก</p></main></body></html>"
    )
    warc = Warc()
    warc.response(at, "2026-04-11T00:00:00Z", b'<html><div id="app"></div><script src="/app.js"></script></html>')
    members = {DATA: b"".join(warc.records) + resource(f"urn:dom:{at}", "text/html", drawn.encode())}
    run = crawl(tmp_path / "data", source=f"warc:{wacz(tmp_path / 'x.wacz', members)}", address="relaunch")
    assert run.status == 0
    assert "Outcomes:  1 stored\n" in run.log
    assert "'thaigov/warc/undrawn': 1" in run.log
    rows = query_database(tmp_path / "data" / "relaunch" / "thaigov.db", "SELECT id, title, capture_url FROM articles")
    assert rows == [(7, "เปิดห้องสมุดชุมชนแห่งที่เจ็ด", at)]


# Revisits


def test_revisits_within_and_across_wacz_files(tmp_path: Path) -> None:
    first = data(range(1, 3))
    at = {
        number: {"WARC_Refers_To_Target_URI": address(number), "WARC_Refers_To_Date": "2025-01-01T00:00:00Z"}
        for number in (1, 2, 9)
    }
    http = b"HTTP/1.1 200 OK\r\n\r\n"
    within = revisit(address(1), "2025-02-01T00:00:00Z", http, **at[1])
    across = [revisit(address(number), "2025-03-01T00:00:00Z", http, **at[number]) for number in (2, 9)]
    wacz(tmp_path / "in" / "b.wacz", {DATA: first + within}, DEFLATED)
    wacz(tmp_path / "in" / "a.wacz", {DATA: b"".join(across)})
    run = crawl(tmp_path / "data", source=f"warc:{tmp_path / 'in'}")
    assert (run.status, run.outcomes) == (0, {"stored": 2, "unchanged": 2})
    assert run.rows("SELECT id, captured_at FROM articles ORDER BY id") == [
        (1, "2025-02-01T00:00:00+00:00"),
        (2, "2025-03-01T00:00:00+00:00"),
    ]
    assert "1 record(s) say that a page was as in another record, which is not in these files" in run.log


# Damaged files


def test_a_cut_wacz_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = wacz(tmp_path / "x.wacz", {DATA: data(range(1, 6))})
    path.write_bytes(path.read_bytes()[: path.read_bytes().index(b"indexes/") - 200])
    run = crawl(tmp_path / "data", source=f"warc:{path}")
    assert (run.status, run.outcomes) == (4, {"stored": 4, "failed": 1})
    assert "x.wacz is damaged: the directory at the end of the ZIP file is missing or broken" in run.log
    assert "Its records are sought without it." in run.log


def test_a_broken_byte_costs_one_record(tmp_path: Path) -> None:
    path = wacz(tmp_path / "x.wacz", {DATA: data(range(1, 9))})
    raw = bytearray(path.read_bytes())
    raw[raw.index(warc_of(range(3, 4)).records[0]) + 500] ^= 0xFF
    path.write_bytes(raw)
    visits, counts = listed(path)
    assert [visit for visit in visits if visit != 3] == [1, 2, 4, 5, 6, 7, 8]
    assert counts == {"damaged": 1}


def test_a_page_that_was_changed_is_told_by_the_checksum(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = wacz(tmp_path / "x.wacz", {"archive/x.warc": data(range(1, 4), gzip=False)})
    raw = path.read_bytes()
    path.write_bytes(raw.replace("ห้องสมุดแห่งที่ 2".encode(), "ห้องสมุดแห่งที่ 7".encode()))
    assert listed(path) == ([1, 2, 3], {"damaged": 1})
    assert "x.warc is damaged: its checksum in the WACZ is that of other data. Fetch" in caplog.text


def patched(path: Path, *changes: tuple[int, bytes]) -> Path:
    """Change bytes of the directory's entry for DATA. Offsets count from its beginning."""
    raw = bytearray(path.read_bytes())
    entry = raw.rindex(DATA.encode()) - 46
    for offset, new in changes:
        raw[entry + offset : entry + offset + len(new)] = new
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((8, b"\x01"), "it is encrypted"),
        ((10, b"\x0e"), "it is compressed by the method 14 of ZIP, and only 0 and 8 are read. Pack it anew"),
        ((42, b"\x07"), "it is not where the directory says. Fetch the file again"),
        ((20, b"\xff\xff\xff\x7f\xff\xff\xff\x7f"), "it is not whole. Fetch the file again"),
        ((24, b"\x05"), "its two lengths differ. Fetch the file again"),
    ],
)
def test_a_member_that_cannot_be_read_is_named(
    tmp_path: Path, change: tuple[int, bytes], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = wacz(tmp_path / "x.wacz", {DATA: data(range(1, 3)), "archive/y.warc.gz": data(range(3, 4))})
    assert listed(patched(path, change)) == ([3], {"damaged": 1})
    assert told(caplog) == [f"{path}#{DATA} cannot be read: {said}."]


def test_deflated_data_are_read_up_to_the_broken_byte(tmp_path: Path) -> None:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(data(range(1, 20))[:-30]) + packer.flush(zlib.Z_FULL_FLUSH)
    no_block = b"\x07" * 900
    path = wacz(tmp_path / "x.wacz", {DATA: packed + no_block, "archive/y.warc": data(range(20, 22), gzip=False)})
    visits, counts = listed(patched(path, (10, b"\x08")))
    assert visits == [*range(1, 19), 19, 20, 21]  # the visit of 19 will fail
    assert counts == {"damaged": 1}


def test_members_that_share_their_bytes_are_read_once(tmp_path: Path) -> None:
    path = wacz(tmp_path / "x.wacz", {"archive/a.warc.gz": data(range(1, 3)), DATA: data(range(1, 3))})
    with zipfile.ZipFile(path) as file:
        first = file.getinfo("archive/a.warc.gz").header_offset
    assert listed(patched(path, (42, first.to_bytes(4, "little")))) == ([1, 2], {"damaged": 1})


@pytest.mark.parametrize("content", [b"no record at all", b"PK\3\4", b"\x1f\x8b\x08", b""])
def test_a_member_that_is_no_warc_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = wacz(tmp_path / "x.wacz", {DATA: content, "archive/y.warc.gz": data(range(1, 2))})
    assert listed(path) == ([1], {"damaged": 1})


def test_a_zip_file_without_a_warc_file_is_told(tmp_path: Path) -> None:
    path = wacz(tmp_path / "x.wacz", {"archive/notes.txt": b"?"})
    run = crawl(tmp_path / "data", source=f"warc:{path}")
    assert run.status == 4
    assert "x.wacz is not read: it is a ZIP file without a WARC file" in run.log
    assert f"1 file(s) in {path} are left out: {path}#archive/notes.txt." in run.log


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\3\4", b"PK\5\6" + bytes(18), os.urandom(5000)])
def test_a_wacz_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.wacz").write_bytes(content)
    visits, counts = listed(tmp_path / "x.wacz")
    assert (visits, counts["damaged"] > 0) == ([], True)


def test_a_zip64_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    path = wacz(tmp_path / "x.wacz", {DATA: data(range(1, 4)), "archive/y.warc.gz": data(range(4, 6))})
    assert b"PK\6\6" in path.read_bytes()
    assert listed(path) == ([1, 2, 3, 4, 5], {})


class _Unseekable(io.RawIOBase):
    def __init__(self, file: io.BufferedWriter):
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:
        return self._file.write(content)


def test_a_wacz_that_was_written_in_one_go_is_read(tmp_path: Path) -> None:
    """A browser writes so. The lengths of a member then stand behind it, and in the directory."""
    with (tmp_path / "x.wacz").open("wb") as file, zipfile.ZipFile(_Unseekable(file), "w") as archive:
        archive.writestr(DATA, data(range(1, 4)))
    assert listed(tmp_path / "x.wacz") == ([1, 2, 3], {})


def test_a_hostile_directory_costs_little(tmp_path: Path) -> None:
    entry = bytearray(46 + 8)
    entry[:4], entry[28], entry[46:] = b"PK\1\2", 8, b"n" * 8
    many = 400_000
    end = b"PK\5\6" + bytes(8) + (len(entry) * many).to_bytes(4, "little") + bytes(6)
    (tmp_path / "x.wacz").write_bytes(b"PK\3\4" + bytes(entry) * many + end)
    tracemalloc.start()
    assert listed(tmp_path / "x.wacz")[1]["damaged"] == 2
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


def test_a_member_that_unpacks_to_much_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "x.wacz"
    with zipfile.ZipFile(path, "w", DEFLATED) as archive:
        archive.writestr("archive/zeros.warc", plain(range(1, 2))[0] + b"b" * 100_000_000)
        archive.writestr("archive/y.warc.gz", data(range(2, 3)))
    assert path.stat().st_size < 200_000
    tracemalloc.start()
    assert listed(path) == ([1, 2], {"damaged": 1})
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 15_000_000


def test_going_back_in_deflated_data_decodes_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "_FIRST_SPACING", 1 << 16)
    content = random.Random(1).randbytes(1 << 16) * 100
    with zipfile.ZipFile(tmp_path / "x", "w", DEFLATED) as archive:
        archive.writestr("x", content)
        begin, packed = 30 + 1, archive.getinfo("x").compress_size
    with (tmp_path / "x").open("rb") as file:
        inflated = Inflated(Window(file, begin, packed))
        assert inflated.read(len(content) + 1) == content
        read = []
        more = Inflated._more
        monkeypatch.setattr(Inflated, "_more", lambda self, most: read.append(len(data := more(self, most))) or data)
        for at in random.Random(2).sample(range(len(content)), 50):
            inflated.seek(at)
            assert inflated.read(100) == content[at : at + 100]
    assert sum(read) / 50 < len(content) / 10


# Runs


def test_a_run_that_was_killed_goes_on(tmp_path: Path) -> None:
    path = wacz(tmp_path / "x.wacz", {DATA: data(range(1, 41)), "archive/y.warc.gz": data(range(41, 61))})
    with halted(30, tmp_path / "data", f"warc:{path}"):
        pass
    run = crawl(tmp_path / "data", source=f"warc:{path}", visit="missing")
    assert run.status == 0
    assert run.rows("SELECT count(*), count(DISTINCT body) FROM articles") == [(60, 60)]
    assert 0 < run.outcomes["stored"] <= 30
    # Somebody records more into the collection, and downloads it again.
    wacz(path, {"archive/y.warc.gz": data(range(41, 61)), DATA: data(range(1, 41)) + data(range(61, 64))})
    run = crawl(tmp_path / "data", source=f"warc:{path}")
    assert (run.status, run.outcomes) == (0, {"stored": 3, "unchanged": 60})


def test_a_file_that_is_replaced_while_it_is_read_gives_no_page_to_another_article(
    tmp_path: Path, crawler: Crawler
) -> None:
    source = WarcSource("warc:x", wacz(tmp_path / "x.wacz", {DATA: data(range(1, 2))}))
    source.list_records(ALL_IDS)
    (request,) = source.requests()
    wacz(tmp_path / "x.wacz", {DATA: data(range(2, 3))})
    handler = WarcDownloadHandler(crawler)
    response = asyncio.run(handler.download_request(request))
    asyncio.run(handler.close())
    with pytest.raises(Exception, match="the file has been replaced while it was read"):
        source.capture(response, 1)
