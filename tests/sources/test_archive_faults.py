"""An archive with every known fault at once. No article is lost, no part of a page is stored as the page, and captures
that could not be fetched are asked for again.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

from tests.support.commands import EndedCrawl
from tests.support.crawls import wayback
from tests.support.loopback.answers import JSON, Answer, Mishap, html, redirect
from tests.support.loopback.archive import CDX, Archive
from tests.support.loopback.faults import Fault
from tests.support.loopback.server import Asked
from tests.support.warcs import address, page

T1, T2, T3 = "20250201000000", "20250302020202", "20250403030303"
LAST = "2025-04-03T03:03:03+00:00"
GOOD = range(101, 131)
OUTAGE, DOWN, ELSEWHERE = 8, 9, 10  # captures that are never played back


class OddArchive(Archive):
    """An archive whose index writes one JSON object on each line, in the forms of several indexes, with odd rows."""

    def answer(self, asked: Asked) -> Answer:
        answer = super().answer(asked)
        if asked.path != CDX or not answer.body.strip(b"[]\n"):
            return answer
        header, *rows = json.loads(answer.body)
        lines = [json.dumps(self.written(dict(zip(header, row, strict=False)))) for row in rows]
        odd = ["{", '{"url": "\\ud800"}', "[" * 9999, '{"timestamp": "20240101000000"}', "null"]
        return Answer("\n".join([*odd, *lines, ""]).encode(), content_type=JSON)

    def written(self, row: dict[str, Any]) -> dict[str, Any]:
        article_id = int(row["original"].rpartition("/")[2])
        if article_id == 2:
            return row | {"statuscode": int(row["statuscode"]), "timestamp": row["timestamp"] + "849"}
        if article_id == 3:
            return row | {"timestamp": row["timestamp"][:12]}
        if article_id == 5:
            return row | {"digest": {T1: "-", T2: "", T3: None}[row["timestamp"]]}
        return row


def filled_with_faults(archive: Archive) -> None:
    def add(article_id: int, timestamp: str, headline: str = "", **details: Any) -> None:
        text = page(article_id, headline=headline or f"ข่าวที่ {article_id}")
        archive.add(address(article_id), timestamp, text, **details)

    add(1, T1, "เดิม")  # A, B, and A again as a revisit
    add(1, T2, "แก้ไข")
    add(1, T3, "เดิม", revisit=True)
    add(2, T3)
    add(3, "20250403030300")
    add(4, T1)  # the newest capture is shorter than the original
    whole = page(4, headline="ยาวกว่า")
    archive.add(address(4), T3, whole[:-400], headers={"Content-Length": str(len(whole))})
    for timestamp in (T1, T2, T3):
        add(5, timestamp, f"ข่าวเมื่อ {timestamp}")
    add(6, T1)  # the newest capture is dated in the future
    add(6, "99991231235959", "จากอนาคต")
    add(7, T1)  # the newest capture is always cut on its way
    add(7, T3, "ถูกตัด")
    archive.faults.append(Fault(f"/web/{T3}.*details/7$", mishap=Mishap.TRUNCATED_GZIP, times=None))
    for article_id in (OUTAGE, DOWN, ELSEWHERE):
        add(article_id, T1)
        add(article_id, T3)
    offline = html("Temporarily Offline", "<h1>Temporarily Offline</h1>")
    archive.faults.append(Fault(f"details/{OUTAGE}$", offline, times=None))
    archive.faults.append(Fault(f"details/{DOWN}$", html("x", "", status=503), times=None))
    archive.faults.append(Fault(f"details/{ELSEWHERE}$", redirect("https://status.example/", 302), times=None))
    away = b"<html><body>moved</body></html>"  # a revisit of a redirect, and a revisit of an unknown page
    archive.add(address(11), T1, away, 307, headers={"Location": "https://www.thaigov.go.th/th"})
    archive.add(address(11), T3, away, revisit=True)
    add(12, T3, revisit=True)
    archive.faults.append(Fault("details/12$", html("x", "", status=503), times=None))
    archive.add(address(13), T3, gzip.compress(page(13, headline="หลายส่วน")), headers={"Content-Encoding": "gzip"})
    for article_id in GOOD:
        add(article_id, T3)


def held(run: EndedCrawl) -> dict[int, tuple[str, str]]:
    rows = run.rows("SELECT id, title, captured_at FROM articles WHERE id < 100 ORDER BY id")
    return {article_id: (title, captured_at) for article_id, title, captured_at in rows}


OLDER = "2025-02-01T00:00:00+00:00"
EXPECTED = {
    1: ("เดิม", LAST),
    2: ("ข่าวที่ 2", LAST),
    3: ("ข่าวที่ 3", "2025-04-03T03:03:00+00:00"),
    4: ("ข่าวที่ 4", OLDER),
    5: (f"ข่าวเมื่อ {T3}", LAST),
    6: ("ข่าวที่ 6", OLDER),
    7: ("ข่าวที่ 7", OLDER),
    13: ("หลายส่วน", LAST),
}
SETTINGS = {"THAIGOV_TOLERATED_FAILURES": 1, "THAIGOV_PAUSE": 0.1}


def test_the_newest_captures(tmp_path: Path) -> None:
    with OddArchive() as archive:
        filled_with_faults(archive)
        first = wayback(tmp_path, archive.url, SETTINGS)
        assert held(first) == EXPECTED
        assert first.rows("SELECT count(*) FROM articles") == [(len(EXPECTED) + len(GOOD),)]
        # Failed: the newest captures of 4 and 7; 8, 9 and 10, never played back; 12, which may not be a page.
        assert first.outcomes == {"stored": len(EXPECTED) + len(GOOD), "failed": 6}
        assert first.status == 0  # all visits may fail
        failed = first.rows("SELECT article_id FROM visits WHERE outcome = 'failed' ORDER BY 1")
        assert failed == [(OUTAGE,), (DOWN,), (ELSEWHERE,), (12,)]
        asked = Counter(int(logged.path.rpartition("/")[2]) for logged in archive.asked("/web/"))
        # Three times each. A try that is under way when a pause begins does not count, and each pause may find one.
        pauses = first.log.count("Nothing is sent to it for")
        assert all(3 <= asked[article_id] <= 3 + pauses for article_id in (OUTAGE, DOWN, ELSEWHERE)), asked
        assert all(asked[article_id] == 1 for article_id in (*GOOD, 1, 2, 5, 6, 13))
        assert not archive.asked(f"/web/{T1}id_/.*details/({OUTAGE}|{DOWN}|{ELSEWHERE})$")
        assert "has 5 row(s) that cannot be read" in first.log
        # The next night asks only for what was never played back.
        archive.log.clear()
        second = wayback(tmp_path, archive.url, SETTINGS)
        assert second.outcomes == {"failed": 3}
        # When the archive is well again, these captures are stored.
        del archive.faults[1:4]
        third = wayback(tmp_path, archive.url)
        assert third.outcomes == {"stored": 3}
        assert set(held(third)) == {*EXPECTED, OUTAGE, DOWN, ELSEWHERE}


def test_every_capture(tmp_path: Path) -> None:
    with OddArchive() as archive:
        filled_with_faults(archive)
        run = wayback(tmp_path, archive.url, SETTINGS, captures="all")
    assert held(run) == EXPECTED
    # The revisions: the version B of 1, two of 5, and of 6 the capture of the future.
    assert run.rows("SELECT article_id, count(*) FROM revisions GROUP BY 1") == [(1, 1), (5, 2), (6, 1)]
