"""The index of a web archive, and what a run does if it answers oddly."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import EndedCrawl
from tests.support.crawls import filled, wayback
from tests.support.loopback.answers import JSON, Answer, html
from tests.support.loopback.archive import CDX, FIELDS, Archive
from tests.support.loopback.faults import Fault
from tests.support.loopback.server import Asked
from tests.support.stores import execute
from tests.support.warcs import address, page

OLD, NEW = "20230102030405", "20240102030405"


def held(run: EndedCrawl) -> list[tuple]:
    return run.rows("SELECT id, captured_at FROM articles ORDER BY id")


@pytest.mark.parametrize("which", ["newest", "all"])
def test_a_page_that_came_back_is_current(tmp_path: Path, archive: Archive, which: str) -> None:
    archive.add(address(1), "20210101000000", page(1, headline="เดิม"))
    archive.add(address(1), "20220101000000", page(1, headline="แก้ไข"))
    archive.add(address(1), "20230101000000", page(1, headline="เดิม"), revisit=True)
    run = wayback(tmp_path, archive.url, captures=which)
    assert run.rows("SELECT title, captured_at FROM articles") == [("เดิม", "2023-01-01T00:00:00+00:00")]
    assert run.rows("SELECT count(*) FROM revisions") == [(1 if which == "all" else 0,)]
    assert run.outcomes == {"stored": 2 if which == "all" else 1}


def test_a_revisit_of_a_redirect_is_no_visit(tmp_path: Path, archive: Archive) -> None:
    away = b"<html><body>moved</body></html>"
    archive.add(address(1), OLD, page(1))
    archive.add(address(1), NEW, away, 307, headers={"Location": "https://www.thaigov.go.th/th"})
    archive.add(address(1), "20250101000000", away, revisit=True)
    archive.add(address(2), "20250101000000", away, revisit=True)
    run = wayback(tmp_path, archive.url, ids="1-2")
    assert (run.status, run.outcomes, held(run)) == (0, {"stored": 1}, [(1, "2023-01-02T03:04:05+00:00")])
    assert len(archive.asked("/web/")) == 1


def test_of_recheck_a_revisit_of_what_is_held_asks_for_nothing(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), OLD, page(1))
    wayback(tmp_path, archive.url)
    archive.log.clear()
    archive.add(address(1), NEW, page(1, headline="แก้ไข"))
    archive.add(address(1), "20250101000000", page(1), revisit=True)
    assert wayback(tmp_path, archive.url, ids="1", visit="recheck").outcomes == {}


class OtherIndex(Archive):
    """An archive whose index writes its rows in another form."""

    def __init__(self, change: Callable[[list[dict[str, Any]]], str]) -> None:
        super().__init__()
        self._change = change

    def answer(self, asked: Asked) -> Answer:
        answer = super().answer(asked)
        if asked.path != CDX or not answer.body.strip(b"[]\n"):
            return answer
        header, *rows = json.loads(answer.body)
        text = self._change([dict(zip(header, row, strict=False)) for row in rows])
        return Answer(text.encode(), content_type=JSON)


def lines(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[list[dict[str, Any]]], str]:
    return lambda rows: "".join(json.dumps(change(row)) + "\n" for row in rows)


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row | {"statuscode": 200, "length": 9},
        lambda row: row | {"timestamp": row["timestamp"] + "849"},
        lambda row: row | {"timestamp": row["timestamp"][:12]},
        lambda row: row | {"timestamp": int(row["timestamp"])},
    ],
)
def test_an_index_as_the_specification_of_cdxj_has_it(tmp_path: Path, change: Callable[..., Any]) -> None:
    with OtherIndex(lines(change)) as archive:
        archive.add(address(1), NEW, page(1))
        run = wayback(tmp_path, archive.url)
    assert (run.status, held(run)) == (0, [(1, "2024-01-02T03:04:05+00:00")])


@pytest.mark.parametrize(
    "written",
    [
        lambda row: {"digest": "sha1:" + row["digest"].lower()},
        lambda row: {"digest": base64.b32decode(row["digest"]).hex()},
        lambda row: {"statuscode": 304},
        lambda row: {"statuscode": "304", "mimetype": "text/html"},
        lambda row: {"statuscode": "200", "mimetype": "application/warc-revisit"},
        lambda row: {"digest": "-"},
    ],
)
def test_a_revisit_that_the_index_writes_otherwise_is_current(tmp_path: Path, written: Callable[..., Any]) -> None:
    def change(row: dict[str, Any]) -> dict[str, Any]:
        return row | written(row) if row["mimetype"] == "warc/revisit" else row

    with OtherIndex(lines(change)) as archive:
        archive.add(address(1), "20210101000000", page(1, headline="เดิม"))
        archive.add(address(1), "20220101000000", page(1, headline="แก้ไข"))
        archive.add(address(1), "20230101000000", page(1, headline="เดิม"), revisit=True)
        run = wayback(tmp_path, archive.url)
    assert run.rows("SELECT title, captured_at FROM articles") == [("เดิม", "2023-01-01T00:00:00+00:00")]


@pytest.mark.parametrize("digest", ["-", "", None])
def test_without_digests_every_capture_is_read(tmp_path: Path, digest: str | None) -> None:
    with OtherIndex(lines(lambda row: row | {"digest": digest})) as archive:
        for year in (2021, 2022, 2023):
            archive.add(address(1), f"{year}0101000000", page(1, headline=f"ข่าว {year}"))
        run = wayback(tmp_path, archive.url, captures="all")
    assert run.outcomes == {"stored": 3}


def test_an_odd_row_costs_itself_alone_and_is_counted(tmp_path: Path) -> None:
    odd = f'{{"url": "{address(2)}", "timestamp"\n'
    with OtherIndex(lambda rows: odd + lines(lambda row: row)(rows)) as archive:
        archive.add(address(1), NEW, page(1))
        run = wayback(tmp_path, archive.url)
    assert (run.status, run.outcomes) == (0, {"stored": 1})
    assert "has 1 row(s) that cannot be read" in run.log
    assert "'thaigov/cdx/odd': 1" in run.log


class OddMinistry(Archive):
    """An archive of whose index the second query finds a single row, an odd one."""

    def answer(self, asked: Asked) -> Answer:
        if asked.path == CDX and "ministry_details" in asked.query:
            return Answer(json.dumps([FIELDS, ["th,go,thaigov)/x", NEW]]).encode(), content_type=JSON)
        return super().answer(asked)


def test_an_odd_row_that_is_alone_costs_itself_alone(tmp_path: Path) -> None:
    with OddMinistry() as archive:
        run = wayback(tmp_path, filled(archive, 3).url)
    assert (run.status, run.outcomes) == (0, {"stored": 3})
    assert "has 1 row(s) that cannot be read" in run.log


def test_a_capture_that_is_shorter_than_it_was_is_not_stored(tmp_path: Path, archive: Archive) -> None:
    whole = page(1)
    half = whole[: len(whole) * 2 // 3]
    archive.add(address(1), OLD, whole)
    archive.add(address(1), NEW, half, headers={"Content-Length": str(len(whole))})
    archive.add(address(2), NEW, page(2), headers={"Content-Length": str(len(page(2)))})
    # A coding that compresses nothing changes no length.
    archive.add(address(5), OLD, whole)
    archive.add(address(5), NEW, half, headers={"Content-Length": str(len(whole)), "Content-Encoding": "utf-8"})
    # If a page came compressed, the length is that of the compressed page.
    packed = gzip.compress(page(3))
    archive.add(address(3), NEW, packed, headers={"Content-Length": "99999", "Content-Encoding": "gzip"})
    archive.add(address(4), NEW, page(4), headers={"Content-Length": "99999", "Transfer-Encoding": "chunked"})
    run = wayback(tmp_path, archive.url, {"THAIGOV_TOLERATED_FAILURES": 1})
    assert held(run)[0] == (1, "2023-01-02T03:04:05+00:00")
    assert held(run)[-1] == (5, "2023-01-02T03:04:05+00:00")
    assert run.outcomes == {"stored": 5, "failed": 2}
    assert f"plays back {len(half):,} of {len(whole):,} bytes" in run.log


@pytest.mark.parametrize("when", ["2099", "9999"])
def test_a_capture_of_the_future_is_not_believed(tmp_path: Path, archive: Archive, when: str) -> None:
    archive.add(address(1), NEW, page(1))
    archive.add(address(1), f"{when}1231235959", page(1, headline="จากอนาคต"))
    archive.add(address(2), f"{when}1231235959", page(2))
    run = wayback(tmp_path, archive.url)
    assert held(run) == [(1, "2024-01-02T03:04:05+00:00"), (2, "2024-12-31T17:00:00+00:00")]
    archive.add(address(1), "20250101000000", page(1, headline="แก้ไข"))
    again = wayback(tmp_path, archive.url, visit="recheck", ids="1-2")
    assert again.rows("SELECT title FROM articles WHERE id = 1") == [("แก้ไข",)]


def test_what_was_believed_before_does_not_stay_for_good(tmp_path: Path, archive: Archive) -> None:
    archive.add(address(1), OLD, page(1))
    run = wayback(tmp_path, archive.url)
    for table in ("articles", "visits"):
        execute(run, f"UPDATE {table} SET captured_at = '9999-12-31T23:59:59+00:00'")
    archive.add(address(1), NEW, page(1, headline="แก้ไข"))
    again = wayback(tmp_path, archive.url, visit="recheck", ids="1")
    assert again.rows("SELECT title, captured_at FROM articles") == [("แก้ไข", "2024-01-02T03:04:05+00:00")]


# An index that lists too little


def test_an_index_that_is_suddenly_empty_is_worth_a_warning(tmp_path: Path, archive: Archive) -> None:
    wayback(tmp_path, filled(archive, 20).url)
    archive.faults.append(Fault(CDX, Answer(b"[]\n", content_type=JSON), times=None))
    run = wayback(tmp_path, archive.url)
    assert (run.status, run.outcomes) == (0, {})
    said = "lists captures of 0 of the article IDs asked for, though 20 stored articles among them came from there"
    assert said in run.log
    ((warnings,),) = run.rows("SELECT warnings FROM runs ORDER BY id DESC LIMIT 1")
    assert said in warnings
    archive.faults.clear()
    assert "though" not in wayback(tmp_path, archive.url).log


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error\n", 403),
        Answer(b"org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error\n", 200),
        html("x", "<h1>Blocked Site Error</h1><p>This URL has been excluded from the Wayback Machine.</p>", status=200),
        html("x", "<p>Blocked Site Error</p>", status=451),
        Answer(
            b"", 403, headers={"X-Archive-Wayback-Runtime-Error": "RobotAccessControlException: Blocked Site Error"}
        ),
        Answer(b'{"message": "AccessControlException: Blocked Site Error"}', 200, JSON),
        Answer(b'[{"error": "Blocked Site Error"}]\n', 200, JSON),
        Answer(gzip.compress(b"<p>Blocked Site Error</p>"), 403, headers={"Content-Encoding": "gzip"}),
        Answer(gzip.compress(b"<p>Blocked Site Error</p>"), 200, headers={"Content-Encoding": "gzip"}),
    ],
    ids=["403", "200", "html", "451", "header", "object", "array", "gzip", "gzip 200"],
)
def test_the_reason_for_which_an_index_refuses_is_said(tmp_path: Path, archive: Archive, answer: Answer) -> None:
    filled(archive, 3).faults.append(Fault(CDX, answer, times=None))
    run = wayback(tmp_path, archive.url)
    assert (run.status, len(archive.log)) == (3, 1)
    (message,) = re.findall("ERROR: (.*)", run.log)
    assert "Blocked Site Error" in message
    assert "Run again later" not in message


class Endless(Archive):
    """An archive whose index sends a new resume key with every answer, without end."""

    def __init__(self, rows: Callable[[int], list[str]]) -> None:
        super().__init__()
        self._rows, self._answers = rows, 0

    def answer(self, asked: Asked) -> Answer:
        if asked.path != CDX:
            return super().answer(asked)
        self._answers += 1
        rows = [list(FIELDS), *([self._rows(self._answers)] if self._rows(self._answers) else [])]
        return Answer(json.dumps([*rows, [], [f"key {self._answers}"]]).encode(), content_type=JSON)


@pytest.mark.parametrize(
    "rows",
    [
        lambda number: [],
        lambda number: ["k", NEW, address(1), "text/html", "200", "D", "9"],
        lambda number: ["k", NEW, address(number % 3 + 1), "text/html", "200", "D", "9"],
    ],
    ids=["none", "one", "three"],
)
def test_resume_keys_without_end_end(tmp_path: Path, rows: Callable[[int], list[str]]) -> None:
    with Endless(rows) as archive:
        run = wayback(tmp_path, archive.url)
        assert (run.status, len(archive.log)) == (4, 4 if rows(1) and rows(1) != rows(2) else 2)
    assert "does not end" in run.log


def test_an_index_that_is_too_large_is_unreachable(tmp_path: Path, archive: Archive) -> None:
    large = gzip.compress(b"[" + b" " * (64 * 1024 * 1024) + b"]")
    answer = Answer(large, content_type=JSON, headers={"Content-Encoding": "gzip"})
    filled(archive, 3).faults.append(Fault(CDX, answer, times=None))
    run = wayback(tmp_path, archive.url)
    assert run.status == 4
    assert "could not be reached" in run.log
