"""WARC files that are compressed with zstd."""

from __future__ import annotations

import asyncio
import logging
import tracemalloc
from pathlib import Path

import pytest
from scrapy.crawler import Crawler

from tests.support.commands import crawl
from tests.support.waczs import dictionary, frame, plain, skippable
from tests.support.warcs import listed, page
from thaigov_crawler.sources.answers import WarcDownloadHandler
from thaigov_crawler.sources.opening import OpenWarc
from thaigov_crawler.sources.warc import WarcSource
from thaigov_crawler.spiders.arguments import ALL_IDS


def in_frames(article_ids: range) -> list[bytes]:
    return list(map(frame, plain(article_ids)))


def read(crawler: Crawler, path: Path, order: int = 1) -> list[bytes]:
    """Return the pages of a file, as a run reads them after it has listed them."""
    source = WarcSource("warc:x", path)
    source.list_records(ALL_IDS)
    handler = WarcDownloadHandler(crawler)
    pages = [asyncio.run(handler.download_request(each)).body for each in list(source.requests())[::order]]
    asyncio.run(handler.close())
    return pages


def written(path: Path, *parts: bytes) -> Path:
    path.write_bytes(b"".join(parts))
    return path


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("compressed", [True, False])
def test_records_are_read_with_the_dictionary_of_the_file(
    tmp_path: Path, crawler: Crawler, order: int, *, compressed: bool
) -> None:
    known = dictionary()
    content = known.dict_content
    head = skippable(frame(content) if compressed else content)
    path = written(tmp_path / "X.WARC.ZST", head, *(frame(each, known) for each in plain(range(1, 30))))
    assert read(crawler, path, order) == [page(number) for number in range(1, 30)][::order]
    # A run knows such a file by its first bytes, so its name may be any.
    assert listed(path.rename(tmp_path / "x.warc.gz"))[0] == [*range(1, 30)]


def test_a_record_may_have_several_frames_and_others_between_them(tmp_path: Path, crawler: Crawler) -> None:
    parts = []
    for record in plain(range(1, 6)):
        parts += [
            frame(record[:700]),
            frame(b""),
            skippable(b"an index", 3),
            frame(record[700:703]),
            frame(record[703:]),
        ]
    path = written(tmp_path / "x.warc.zst", *parts, skippable(b"", 0))
    assert listed(path) == ([1, 2, 3, 4, 5], {})
    assert read(crawler, path) == [page(number) for number in range(1, 6)]


def test_a_file_that_is_one_frame_is_read_once_for_all_its_pages(
    tmp_path: Path, crawler: Crawler, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = written(tmp_path / "x.warc.zst", frame(b"".join(plain(range(1, 40)))), *in_frames(range(40, 42)))
    opened = []
    stream = OpenWarc.stream
    monkeypatch.setattr(OpenWarc, "stream", lambda self: opened.append(self) or stream(self))
    assert read(crawler, path) == [page(number) for number in range(1, 42)]
    assert len(opened) == 2  # to list the records, and to read them
    assert "several records in one zstd frame" in caplog.text


def test_a_run_on_a_zstd_file(tmp_path: Path) -> None:
    parts = in_frames(range(1, 6))
    parts[2] = parts[2][:60] + b"broken" + parts[2][66:]
    run = crawl(tmp_path / "data", source=f"warc:{written(tmp_path / 'x.warc.zst', *parts)}")
    assert (run.status, run.outcomes) == (4, {"stored": 4})
    assert run.rows("SELECT id FROM articles ORDER BY id") == [(1,), (2,), (4,), (5,)]
    assert f"x.warc.zst is damaged at byte {len(b''.join(parts[:2]))} (its zstd frame is broken: " in run.log
    assert f"reading goes on at byte {len(b''.join(parts[:3]))}. Fetch the file again." in run.log


@pytest.mark.parametrize(("cut", "visits"), [(-1, [1, 2]), (-300, [1, 2])])
def test_a_file_that_is_cut(tmp_path: Path, cut: int, visits: list[int]) -> None:
    path = written(tmp_path / "x.warc.zst", b"".join(in_frames(range(1, 4)))[:cut])
    found, counts = listed(path)
    assert (found[:2], counts) == (visits, {"damaged": 1})
    assert listed(path.rename(tmp_path / "x.warc.zst.open")) == (visits, {"unfinished": 1})


def test_a_cut_within_what_is_passed_over_is_told(tmp_path: Path) -> None:
    whole = b"".join(in_frames(range(1, 3)))
    for tail in (skippable(b"x" * 50)[:30], skippable(b"x" * 50)[:6], b"garbage"):
        assert listed(written(tmp_path / "x.warc.zst", whole, tail)) == ([1, 2], {"damaged": 1}), tail
    assert listed(written(tmp_path / "x.warc.zst", whole, bytes(100))) == ([1, 2], {})


def test_damage_within_a_record_of_several_frames(tmp_path: Path) -> None:
    first, second, third = plain(range(1, 4))
    broken = frame(second[2000:])
    parts = [frame(first), frame(second[:2000]), broken[:30] + b"broken" + broken[36:], frame(third)]
    assert listed(written(tmp_path / "x.warc.zst", *parts)) == ([1, 2, 3], {"damaged": 1})  # the second visit will fail


def test_a_dictionary_that_cannot_be_used_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    known = dictionary()
    records = [frame(each, known) for each in plain(range(1, 4))]
    packed = frame(known.dict_content)
    for head in (
        b"",
        skippable(packed[:-9]),
        skippable(b"what?"),
        skippable(packed)[:50],
        skippable(frame(bytes(9 << 20))),
        skippable(bytes(9 << 20)),
    ):
        assert listed(written(tmp_path / "x.warc.zst", head, *records)) == ([], {"damaged": 1}), head[:20]
    told = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert "ictionary mismatch" in told[0]
    assert ["zstd dictionary" in each for each in told] == [False] + [True] * 5


def test_two_files_with_dictionaries_in_one_are_told_apart(tmp_path: Path) -> None:
    known = dictionary()
    one = [skippable(known.dict_content), *(frame(each, known) for each in plain(range(1, 3)))]
    path = written(tmp_path / "x.warc.zst", *one, *one)
    assert listed(path) == ([1, 2, 1, 2], {"damaged": 1})  # the dictionary is the same, so the rest can be read


MANY = 100_000_000  # bytes. Compressed they are some ten thousand.


@pytest.mark.parametrize("flood", [b"b" * MANY, b"WARC/1.0\r\n" + b"a" * MANY, plain(range(9, 10))[0] + bytes(MANY)])
def test_a_frame_that_unpacks_to_much_takes_little_memory(tmp_path: Path, flood: bytes) -> None:
    before, behind = in_frames(range(1, 3))
    path = written(tmp_path / "x.warc.zst", before, frame(flood), behind)
    del flood
    tracemalloc.start()
    visits, counts = listed(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [visit for visit in visits if visit != 9] == [1, 2]
    assert counts["damaged"] == 1
    assert most < 30_000_000


def test_marks_of_frames_that_are_none_are_tried_a_limited_number_of_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []
    is_frame = OpenWarc.is_frame_of_record
    monkeypatch.setattr(
        OpenWarc, "is_frame_of_record", lambda self, at: tried.append(self._tries) or is_frame(self, at)
    )
    first, last = in_frames(range(1, 3))
    path = written(tmp_path / "x.warc.zst", first, b"\x28\xb5\x2f\xfd?" * 5000, last)
    assert listed(path) == ([1], {"damaged": 1})
    assert len([each for each in tried if each]) == 1000
