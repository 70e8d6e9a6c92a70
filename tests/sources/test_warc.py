"""WARC files as a source."""

from __future__ import annotations

import gzip
import io
import logging
import re
from collections import Counter
from pathlib import Path

import pytest
from warcio.warcwriter import WARCWriter

from sample.warc import Warc
from tests.support.commands import crawl
from tests.support.warcs import address, listed, page, warc_of
from thaigov_crawler.errors import DamagedRecord, SourceError
from thaigov_crawler.sources.moments import utc
from thaigov_crawler.sources.opening import present
from thaigov_crawler.sources.warc import WarcSource
from thaigov_crawler.spiders.arguments import ALL_IDS


def test_planning_stops_when_it_is_told_to(tmp_path: Path) -> None:
    source = WarcSource("warc:x", warc_of(range(1, 50)).write(tmp_path / "x.warc.gz"))
    asked = iter([False] * 7 + [True] * 50)
    assert source.list_records(ALL_IDS, lambda: next(asked)) == 7


def test_linked_folders_are_followed_once(tmp_path: Path) -> None:
    warc_of(range(1, 3)).write(tmp_path / "elsewhere" / "x.warc.gz")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(tmp_path / "in")
    assert WarcSource("warc:x", tmp_path / "in").list_records(ALL_IDS) == 2


def test_a_name_that_is_no_text_is_a_name(tmp_path: Path) -> None:
    path = Path(str(tmp_path / "in")) / "\udcff.warc.gz"
    warc_of(range(1, 3)).write(path)
    source = WarcSource("warc:x", tmp_path / "in")
    source.list_records(ALL_IDS)
    assert next(source.requests()).url.startswith("warc://%FF.warc.gz/0/")


# Files that were not closed


@pytest.mark.parametrize("name", ["x.warc.gz.open", "x.warc.open"])
def test_a_last_record_cut_anywhere_is_no_damage_in_an_open_file(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    *whole, last = warc_of(range(1, 4), gzip=".gz" in name).records
    # A record is whole if only its checksum or the blank lines behind it are missing.
    ends = {line.end() + more for line in re.finditer(rb"\n", last) for more in (-2, -1, 0, 1)}
    for cut in sorted({*ends, *range(1, len(last), 7)} & {*range(1, len(last) - 12)}):
        (tmp_path / name).write_bytes(b"".join(whole) + last[:cut])
        visits, stats = listed(tmp_path / name)
        assert (visits, stats) == ([1, 2], {"unfinished": 1}), cut
    assert f"{name} was not closed: its last record, at byte {len(b''.join(whole))}, is not whole" in caplog.text
    assert not [record for record in caplog.records if record.levelno > logging.INFO]


def test_an_open_file_that_is_whole_or_empty_is_no_damage(tmp_path: Path) -> None:
    assert listed(warc_of(range(1, 3)).write(tmp_path / "x.warc.gz.open")) == ([1, 2], Counter())
    (tmp_path / "y.warc.gz.open").touch()
    assert listed(tmp_path / "y.warc.gz.open") == ([], {"unfinished": 1})


def test_damage_in_the_middle_of_an_open_file_stays_damage(tmp_path: Path) -> None:
    parts = warc_of(range(1, 5)).records
    parts[1] = parts[1][:100] + b"broken" + parts[1][120:]
    (tmp_path / "x.warc.gz.open").write_bytes(b"".join(parts)[:-20])
    visits, stats = listed(tmp_path / "x.warc.gz.open")
    assert [visit for visit in visits if visit != 2] == [1, 3]
    assert stats == {"damaged": 1, "unfinished": 1}


def test_an_open_file_that_cannot_be_read_is_damage(tmp_path: Path) -> None:
    (tmp_path / "x.warc.gz.open").symlink_to("gone")
    assert listed(tmp_path / "x.warc.gz.open") == ([], {"damaged": 1})


def test_open_files_of_a_folder_are_read_and_the_run_is_complete(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    warc_of(range(1, 3)).write(folder / "a.warc.gz")
    cut = warc_of(range(3, 6)).write(folder / "b.warc.gz.open")
    cut.write_bytes(cut.read_bytes()[:-200])
    run = crawl(tmp_path / "data", source=f"warc:{folder}")
    assert (run.status, run.outcomes) == (0, {"stored": 4})
    assert "'thaigov/warc/unfinished': 1" in run.log


def test_a_file_may_be_closed_while_it_is_read(tmp_path: Path) -> None:
    path = warc_of(range(1, 3)).write(tmp_path / "x.warc.gz")
    was_open = tmp_path / "x.warc.gz.open"
    assert present(was_open) == path
    assert listed(was_open) == ([1, 2], Counter())


# Copies from web archives, and rendered pages

REPLAY = "https://web.archive.org/web/20240102030405id_/"


def test_a_copy_is_of_the_address_and_time_of_the_original(tmp_path: Path) -> None:
    warc = Warc()
    source = {"WARC-Source-URI": REPLAY + address(1), "WARC-Creation-Date": "2026-01-01T00:00:00Z"}
    warc.response(address(1), "2024-01-02T03:04:05Z", page(1), record_headers=source)
    warc.response(address(2), "2024-01-02T03:04:05Z", page(2), WARC_Source_URI="https://example.org/", WARC_Date="2000")
    run = crawl(tmp_path / "data", source=f"warc:{warc.write(tmp_path / 'x.warc.gz')}")
    assert run.rows("SELECT captured_at, capture_url FROM articles ORDER BY id") == [
        ("2024-01-02T03:04:05+00:00", REPLAY + address(1)),
        ("2024-01-02T03:04:05+00:00", address(2)),  # headers of the answer do not count, only those of the record
    ]


def test_copied_redirects_lead_where_the_originals_led(tmp_path: Path) -> None:
    elsewhere = "https://www.thaigov.go.th/th/news/1"
    warc = Warc()
    for article_id, location in enumerate((elsewhere, REPLAY + elsewhere, "/web/2024/" + elsewhere), start=1):
        source = {"WARC-Source-URI": REPLAY + address(article_id)}
        warc.response(address(article_id), status=301, Location=location, record_headers=source)
    source = {"WARC-Source-URI": REPLAY + address(4)}
    warc.response(address(4), status=301, Location=REPLAY + address(4) + "/", record_headers=source)
    # This is not a copy: the site itself redirected into the archive.
    warc.response(address(5), status=301, Location=REPLAY + elsewhere)
    run = crawl(tmp_path / "data", source=f"warc:{warc.write(tmp_path / 'x.warc.gz')}")
    targets = dict(run.rows("SELECT article_id, target FROM visits WHERE outcome = 'moved'"))
    assert targets == {**dict.fromkeys((1, 2, 3), elsewhere), 5: REPLAY + elsewhere}
    assert "'thaigov/warc/redirect': 1" in run.log


def conversion(uri: str, body: bytes, content_type: str | None, **headers: str) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=False)
    record = writer.create_warc_record(
        uri,
        "conversion",
        payload=io.BytesIO(body),
        length=len(body),
        warc_content_type=content_type,
        warc_headers_dict={name.replace("_", "-"): value for name, value in headers.items()},
    )
    writer.write_record(record)
    return gzip.compress(buffer.getvalue())


def test_rendered_pages_are_visits(tmp_path: Path) -> None:
    html = "text/html; charset=utf-8"
    parts = [
        conversion(address(1), page(1), html, WARC_Date="2024-01-02T03:04:05Z"),
        conversion(address(2), page(2), "text/plain"),
        conversion(address(3), page(3), None),
        conversion("https://www.thaigov.go.th/", page(4), html),
        conversion(address(5), b"<p>gone</p>", html, X_HTTP_Status="404"),
        conversion(address(6), page(6).decode().encode("tis-620"), "text/html; charset=tis-620"),
    ]
    (tmp_path / "x.warc.gz").write_bytes(b"".join(parts))
    run = crawl(tmp_path / "data", source=f"warc:{tmp_path / 'x.warc.gz'}")
    assert (run.status, run.outcomes) == (0, {"stored": 2, "absent": 1})
    assert run.rows("SELECT captured_at FROM articles WHERE id = 1") == [("2024-01-02T03:04:05+00:00",)]
    assert "ห้องสมุด" in run.rows("SELECT title FROM articles WHERE id = 6")[0][0]
    assert "'thaigov/warc/not_html': 2" in run.log
    assert "'thaigov/warc/other_address': 1" in run.log


# Answers without a page


def test_an_answer_without_its_body_beside_the_page_is_no_visit(tmp_path: Path) -> None:
    warc = Warc()
    for article_id in (1, 2):
        warc.response(address(article_id), "2025-02-01T00:00:00Z", b"", length=275_622)  # as for a HEAD request
    warc.response(address(1), "2025-02-01T00:00:05Z", page(1))
    warc.response(address(1), "2025-02-01T00:00:06Z", page(1)[:900], 206, Content_Range="bytes 0-899/3000")
    run = crawl(tmp_path / "data", source=f"warc:{warc.write(tmp_path / 'x.warc.gz')}", ids="1-1")
    assert (run.status, run.outcomes) == (0, {"stored": 1})
    assert "'thaigov/warc/partial': 2" in run.log
    # If no record has the page, the visit fails and the log says why.
    run = crawl(tmp_path / "data", source=f"warc:{tmp_path / 'x.warc.gz'}", ids="2-2")
    assert (run.status, run.outcomes) == (4, {"failed": 1})
    assert "it holds 0 of 275,622 bytes" in run.log


# Dates


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2025-01-01T02:00:00Z", "2025-01-01T02:00:00+00:00"),
        ("2025-01-01T02:00:00+07:00", "2024-12-31T19:00:00+00:00"),
        ("2025-01-01T02:00:00.123456-0330", "2025-01-01T05:30:00+00:00"),
        ("2025-01-01 02:00+07", "2024-12-31T19:00:00+00:00"),
        ("20250101020000", "2025-01-01T02:00:00+00:00"),
        ("2025-01-02", "2025-01-02T00:00:00+00:00"),
        ("2025", "2025-01-01T00:00:00+00:00"),
    ],
)
def test_dates_are_of_any_precision_and_zone(date: str, moment: str) -> None:
    assert utc(date) == moment


@pytest.mark.parametrize("date", ["", "none", "2025-01-00T00:00:00Z", "0001-01-01T00:00:00+07:00"])
def test_what_is_no_date(date: str) -> None:
    with pytest.raises(DamagedRecord, match="date"):
        utc(date)


# Folders


def test_names_in_capitals_are_names(tmp_path: Path) -> None:
    warc_of(range(1, 3)).write(tmp_path / "A.WARC.GZ")
    warc_of(range(3, 4), gzip=False).write(tmp_path / "b.Warc")
    assert WarcSource("warc:x", tmp_path).list_records(ALL_IDS) == 3


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    warc_of(range(1, 3)).write(folder / "a.warc.gz")
    names = "a.warc.gz.1 b.warc.gz.part c.warc.zst.crdownload d.arc.gz e.warc.bz2 f.zip g\udcff\x1b.wacz~ h.WARC-2"
    for name in [*names.split(" "), "notes.txt", "a.warc.gz.md5", "a.warc.cdx", "i.warc.gz.cdxj", "warc.txt"]:
        (folder / name).write_bytes(b"?")
    run = crawl(tmp_path / "data", source=f"warc:{folder}")
    assert (run.status, run.outcomes) == (0, {"stored": 2})
    left_out = "a.warc.gz.1, b.warc.gz.part, c.warc.zst.crdownload, d.arc.gz, e.warc.bz2, …"
    assert f"WARNING: 8 file(s) in {folder} are left out: {left_out}. Unpack what is packed" in run.log
    assert "Plan: 2 visits from " in run.log
    assert "; 8 file(s) are left out, see above" in run.log
    assert "'thaigov/warc/left_out': 8" in run.log


def test_a_folder_of_such_files_alone_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.warc.gz.1").write_bytes(b"?")
    with pytest.raises(
        SourceError, match=r"holds no WARC or WACZ file, but 1 other file\(s\) such as x.warc.gz.1. Unpack"
    ):
        WarcSource("warc:x", tmp_path)


def test_a_leftover_that_is_named_is_read(tmp_path: Path) -> None:
    path = warc_of(range(1, 3)).write(tmp_path / "x.warc.gz.1")
    assert WarcSource("warc:x", path).list_records(ALL_IDS) == 2


# Quotations from files


def test_damage_in_a_file_whose_name_is_no_text(tmp_path: Path) -> None:
    first, second, third = warc_of(range(1, 4), gzip=False).records
    broken = second.replace(b"Content-Length: ", b"Content-Length: 9", 1)
    path = Path(f"{tmp_path}/in/\udcff\x1b[31m.warc")
    path.parent.mkdir()
    path.write_bytes(first + broken + b"\x1b]0;title\x07\r\n\r\n" + third)
    run = crawl(tmp_path / "data", source=f"warc:{tmp_path / 'in'}", settings={"LOG_FILE": tmp_path / "log"})
    assert (run.status, run.outcomes) == (4, {"stored": 2, "failed": 1})
    log = (tmp_path / "log").read_text("utf-8")
    assert r"\udcff\x1b[31m.warc is damaged at byte" in log
    assert "\x1b" not in log
    (reason,) = run.rows("SELECT reason FROM visits WHERE outcome = 'failed'")[0]
    assert r"\udcff\x1b[31m.warc cannot be read" in reason


def test_control_characters_of_damaged_files_do_not_reach_the_log(tmp_path: Path) -> None:
    records = warc_of(range(1, 3), gzip=False).records
    (tmp_path / "x.warc").write_bytes(records[0] + b"\x1b[31mRED\x9b\xc2\x9b garbage\r\n\r\n" + records[1])
    run = crawl(tmp_path / "data", source=f"warc:{tmp_path / 'x.warc'}")
    assert r"\x1b[31mRED" in run.log
    assert not {char for char in run.log if not char.isprintable()} - {"\n"}


def test_utf_8_is_read_whatever_the_server_calls_it(tmp_path: Path) -> None:
    warc = Warc()
    for article_id, charset in enumerate(("ISO-8859-1", "TIS-620", "windows-874", "windows-1252"), start=1):
        warc.response(address(article_id), body=page(1), content_type=f"text/html; charset={charset}")
    run = crawl(tmp_path / "data", source=f"warc:{warc.write(tmp_path / 'x.warc.gz')}")
    assert (run.status, run.outcomes) == (0, {"stored": 4})
    assert run.rows("SELECT DISTINCT title FROM articles") == [("เปิดห้องสมุดชุมชนแห่งที่ 1",)]


@pytest.mark.parametrize("date", ["2099-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_record_of_the_future_is_not_believed(tmp_path: Path, date: str) -> None:
    warc = Warc()
    warc.response(address(1), date, page(1, headline="จากอนาคต"))
    warc.response(address(1), "2025-06-01T00:00:00Z", page(1))
    run = crawl(tmp_path / "data", source=f"warc:{warc.write(tmp_path / 'x.warc.gz')}")
    assert run.outcomes == {"stored": 2}
    assert run.rows("SELECT captured_at FROM articles") == [("2025-06-01T00:00:00+00:00",)]
    assert run.rows("SELECT captured_at FROM revisions") == [("2024-12-31T17:00:00+00:00",)]


def test_a_recorded_replay_that_is_shorter_than_its_original_is_not_stored(tmp_path: Path) -> None:
    warc = Warc()
    warc.response(address(1), body=page(1), X_Archive_Orig_Content_Length=str(len(page(1)) + 1))
    run = crawl(tmp_path / "data", source=f"warc:{warc.write(tmp_path / 'x.warc.gz')}")
    assert (run.status, run.outcomes) == (4, {"failed": 1})
