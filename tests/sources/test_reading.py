"""WARC files that cost much time or memory, or whose records do not have gzip members of their own."""

from __future__ import annotations

import asyncio
import gzip
import logging
import re
import tracemalloc
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from scrapy.crawler import Crawler

from tests.support.commands import crawl
from tests.support.warcs import address, listed, page, warc_of
from thaigov_crawler.errors import DamagedRecord
from thaigov_crawler.sources import answers, records
from thaigov_crawler.sources.addresses import article_id_of
from thaigov_crawler.sources.opening import OpenWarc, WarcFile
from thaigov_crawler.sources.removal import found_in
from thaigov_crawler.sources.warc import WarcSource
from thaigov_crawler.spiders.arguments import ALL_IDS

HEAD = (
    f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2025-01-01T00:00:00Z\r\nWARC-Target-URI: {address(9)}\r\n".encode()
)
MANY = 60_000_000  # bytes. Compressed it is a thousandth, and one block of a file may hold a third of it.
FLOODS = {
    "WARC headers": HEAD + b"a: b\r\n" * (MANY // 6) + b"\r\n",
    "one WARC header": HEAD + b"a: " + b"b" * MANY + b"\r\n\r\n",
    "HTTP headers": HEAD + b"Content-Length: %d\r\n\r\nHTTP/1.1 200 OK\r\n" % MANY + b"a: b\r\n" * (MANY // 6),
    "one HTTP header": HEAD + b"Content-Length: %d\r\n\r\nHTTP/1.1 200 OK\r\na: " % MANY + b"b" * MANY,
    "continued": HEAD + b"a: b\r\n" + b" c\r\n" * (MANY // 4),
    "blank lines": HEAD + b"Content-Length: 19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + b"\r\n" * (MANY // 2),
    "what follows a record": HEAD + b"Content-Length: 19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + b"b" * MANY,
    "no record": b"b" * MANY,
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_headers_without_end_cost_little(tmp_path: Path, flood: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    before, *_, behind = warc_of(range(1, 4)).records
    (tmp_path / "x.warc.gz").write_bytes(before + gzip.compress(flood) + behind)
    tracemalloc.start()
    visits, counts = listed(tmp_path / "x.warc.gz")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [visit for visit in visits if visit != 9] == [1, 3]
    assert counts["damaged"] == 1
    assert most < MANY
    assert capfd.readouterr() == ("", "")  # warcio itself would print


def test_many_damaged_places_are_told_in_few_lines(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    broken = b"".join(b"WARC/1.0\r\nbroken %d\r\n\r\n\x1b[31m\r\n\r\n" % number for number in range(3000))
    warc_of(range(1, 3), gzip=False).write(tmp_path / "x.warc")
    with (tmp_path / "x.warc").open("ab") as file:
        file.write(broken + b"".join(warc_of(range(3, 5), gzip=False).records))
    source = WarcSource("warc:x", tmp_path / "x.warc")
    assert source.list_records(ALL_IDS) == 4
    assert source.counts["warc/damaged"] == 3000
    errors = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 21
    assert errors[-1] == "2,980 more places are damaged, in these files or in others."
    assert not any("\x1b" in error for error in errors)


@pytest.mark.parametrize("compressed", [True, False])
def test_the_next_record_is_sought_no_further_than_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, compressed: bool
) -> None:
    """If each search went to the end of the file, the time would grow with the square of the damaged places."""
    (record,) = warc_of(range(1, 2), gzip=compressed).records
    path = tmp_path / "x"
    path.write_bytes(b"\n".join([record] * 4000))
    searched = []
    for name in ("_plain_records", "_compressed_records"):
        found = getattr(records, name)
        monkeypatch.setattr(records, name, lambda data, size, f=found: searched.append(size) or f(data, size))
    with closing(WarcFile(path).open()) as warc:
        assert records.next_record(warc, 1) == len(record) + 1
    assert sum(searched) <= 2 * (1 << 14)


# Several records in one gzip member


def one_stream(path: Path, articles: range, level: int = 6) -> Path:
    path.write_bytes(gzip.compress(b"".join(warc_of(articles, gzip=False).records), level))
    return path


def test_a_file_that_is_one_gzip_stream_is_read(tmp_path: Path) -> None:
    path = one_stream(tmp_path / "x.warc.gz", range(1, 40))
    run = crawl(tmp_path / "data", source=f"warc:{path}")
    assert (run.status, run.outcomes) == (0, {"stored": 39})
    assert run.rows("SELECT count(DISTINCT body) FROM articles") == [(39,)]
    assert f"`warcio recompress {path} NEW`" in run.log
    assert "Fetch" not in run.log


def test_several_streams_and_proper_records_behind_each_other(tmp_path: Path) -> None:
    path = one_stream(tmp_path / "x.warc.gz", range(1, 4))
    more = one_stream(tmp_path / "y", range(4, 6)).read_bytes() + b"".join(warc_of(range(6, 8)).records)
    path.write_bytes(b"".join(warc_of(range(8, 10)).records) + path.read_bytes() + more)
    run = crawl(tmp_path / "data", source=f"warc:{path}")
    assert (run.status, run.outcomes) == (0, {"stored": 9})
    assert run.rows("SELECT title FROM articles") == [(f"เปิดห้องสมุดชุมชนแห่งที่ {number}",) for number in range(1, 10)]


def test_of_a_stream_that_is_cut_what_can_be_read_is_read(tmp_path: Path) -> None:
    path = one_stream(tmp_path / "x.warc.gz", range(1, 40), level=0)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    run = crawl(tmp_path / "data", source=f"warc:{path}")
    assert run.status == 4
    assert run.outcomes == {"stored": 19, "failed": 1}
    assert "its gzip stream is damaged" in run.log


def test_a_damaged_place_keeps_the_advice_to_recompress(tmp_path: Path) -> None:
    proper = warc_of(range(1, 4)).records
    proper[1] = proper[1][:100] + b"broken" + proper[1][106:]
    path = one_stream(tmp_path / "x.warc.gz", range(4, 7))
    path.write_bytes(b"".join(proper) + path.read_bytes() + b"".join(warc_of(range(7, 9)).records))
    run = crawl(tmp_path / "data", source=f"warc:{path}")
    assert "several records are in one gzip member: `warcio recompress` mends that" in run.log
    assert run.rows("SELECT id FROM articles") == [(1,), (3,), (4,), (7,), (8,)]
    assert run.status == 4


def test_a_record_shorter_than_it_is_makes_no_stream(tmp_path: Path) -> None:
    records = [gzip.decompress(record) for record in warc_of(range(1, 4)).records]
    length = re.search(rb"Content-Length: (\d+)", records[1])[1]
    records[1] = records[1].replace(length, b"%d" % (int(length) - 300), 1)
    (tmp_path / "x.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    assert listed(tmp_path / "x.warc.gz") == ([1, 2, 3], {"damaged": 1})


def test_a_stream_is_read_once_for_all_its_pages(
    tmp_path: Path, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = WarcSource("warc:x", one_stream(tmp_path / "x.warc.gz", range(1, 60)))
    source.list_records(ALL_IDS)
    opened = []
    stream = OpenWarc.stream
    monkeypatch.setattr(OpenWarc, "stream", lambda self: opened.append(self) or stream(self))
    handler = answers.WarcDownloadHandler(crawler)
    requests = list(source.requests())
    for request in requests:
        response = asyncio.run(handler.download_request(request))
        assert response.body == page(request.cb_kwargs["article_id"])
    assert len(opened) == 1
    # Any other order works as well.
    for request in reversed(requests[-5:]):
        response = asyncio.run(handler.download_request(request))
        assert response.body == page(request.cb_kwargs["article_id"])
    asyncio.run(handler.close())


def test_a_page_of_a_stream_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path, crawler: Crawler) -> None:
    warc = warc_of(range(1, 3), gzip=False)
    warc.response(address(3), body=page(3), length=10**6)
    warc.records += warc_of(range(4, 6), gzip=False).records
    (tmp_path / "x.warc.gz").write_bytes(gzip.compress(b"".join(warc.records)))
    source = WarcSource("warc:x", tmp_path / "x.warc.gz")
    assert source.list_records(ALL_IDS) == 5
    handler, read = answers.WarcDownloadHandler(crawler), []
    for request in source.requests():
        try:
            read.append(asyncio.run(handler.download_request(request)).body)
        except DamagedRecord as error:
            read.append(str(error).encode())
    asyncio.run(handler.close())
    assert read[2].endswith(b"it holds 3,826 of 1,000,000 bytes")
    assert read[:2] + read[3:] == [page(number) for number in (1, 2, 4, 5)]


def test_bytes_that_are_no_gzip_behind_a_stream(tmp_path: Path) -> None:
    path = one_stream(tmp_path / "x.warc.gz", range(1, 4))
    with path.open("ab") as file:
        file.write(zlib.compress(b"what?"))
    assert listed(path)[1] == {"damaged": 1}
    assert listed(path)[0] == [1, 2, 3]


def test_records_that_share_a_gzip_member_are_not_taken_out_in_silence(tmp_path: Path) -> None:
    """Such records have no bytes of their own. warcio does not notice them if another member follows closely."""
    path = one_stream(tmp_path / "x.warc.gz", range(2, 5))
    path.write_bytes(warc_of(range(1, 2)).records[0] + path.read_bytes() + warc_of(range(5, 6)).records[0])
    found = found_in(path, {1, 3}, article_id_of)
    assert [begin for begin, _ in found.spans] == [0]
    assert "recompress it" in found.damage
