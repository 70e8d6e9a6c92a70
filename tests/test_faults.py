"""Nothing is lost and nothing is there twice, although runs are killed and the site fails in every way that it can.

For real: every run is a process of its own against a site on loopback, and SIGKILL ends it wherever it is.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import QUICK, ROOT, EndedCrawl, command, environment, query_database, scrapy
from tests.support.loopback.answers import Answer
from tests.support.loopback.site import Site
from tests.support.warcs import page

SEED = 6
ARTICLES = 3000
KILLS = 20
# A kill comes with so many requests of its run, robots.txt aside: from none to about a tenth of what there is to do.
# They come to less than ARTICLES in all, so no run is over before its kill.
REQUESTS_BEFORE_A_KILL = range(280)
# Shares of the requests for articles. Any number of tries of one may fail, so that some visits fail for good and are
# left to the next run.
FAULTS = {"503": 0.10, "429": 0.05, "reset": 0.05, "truncated": 0.02, "truncated_chunked": 0.02, "truncated_gzip": 0.01}
TRIES = 1000
# A 429 makes a run wait for one second at least, and 5 % are some 150 of them. As answers take a while, many requests
# are under way when one comes, and those of them that are answered 429 too share its pause: some 40 pauses are left.
SECONDS_TO_ANSWER = 0.1
AT_ONCE = 96
SETTINGS = {
    **QUICK,
    "DOWNLOAD_DELAY": 0.001,
    "CONCURRENT_REQUESTS": AT_ONCE,
    "CONCURRENT_REQUESTS_PER_DOMAIN": AT_ONCE,
    "THAIGOV_PAUSE": 0.1,
    "THAIGOV_CONTACT": "crawler@example.org",
}
# How a run may end by itself before it is killed: it is refused (the fifth 429 in a row) or cannot reach the site.
EARLY_ENDS = {3, 4}
TIMEOUT = 120.0  # seconds of one run

NAMES = (
    "ธนวัชร์ ศรีพิทักษ์ไพศาล",
    "วรเมธ ทองสุขเกษม",
    "บดินทร์ภัทร คงเรืองชัย",
    "กมลเนตร พงศ์ประเสริฐวัฒน์",
    "ปริญญาพร สุขสวัสดิ์ชัย",
)
PLACES = ("ศาลากลางจังหวัดน่าน", "หอประชุมอำเภอเมืองตรัง", "ตึกสันติไมตรี ทำเนียบรัฐบาล")
MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม".split()


def eventful_page(number: int) -> bytes:
    """The page of an article with people who took part, one who is only named, and days; all follow from a number."""
    day, month, place = number % 27 + 1, MONTHS[number % 7], PLACES[number % 3]
    host, guest, named = (NAMES[(number // step + step) % 5] for step in (1, 5, 25))
    body = (
        f"<p>วันนี้ ({day} {month} 2568) เวลา 09.30 น. ณ {place} นาย{host} นายกรัฐมนตรี เป็นประธานในพิธีเปิดห้องสมุดแห่งที่ "
        f"{number} โดยมี นางสาว{guest} รัฐมนตรีว่าการกระทรวงคมนาคม เข้าร่วมพิธี</p>"
        f"<p>งานจัดขึ้นระหว่างวันที่ {day} - {day + 1} {month} 2568 ตามข้อเสนอของนาย{named} ผู้ว่าราชการจังหวัด</p>"
    )
    news_date = f"{day:02}/{number % 7 + 1:02}/2568"
    return page(number, long_date=f"วันที่ {day} {month} 2568", news_date=news_date, body=body)


class SlowSite(Site):
    """The site, every answer of which takes its time."""

    def decide(self, handler: BaseHTTPRequestHandler, at: float) -> Answer:
        return replace(super().decide(handler, at), delay=SECONDS_TO_ANSWER)


@dataclass
class Output:
    """The folder that runs over all articles of a site write to, one after the other."""

    folder: Path
    site: Site

    def start(self) -> subprocess.Popen[bytes]:
        """Start a run; its log goes to the end of the file `log`."""
        settings = {**SETTINGS, "THAIGOV_DIR": self.folder, "THAIGOV_BASE_URL": self.site.url}
        options = [f"-s{name}={value}" for name, value in settings.items()]
        arguments = command("crawl", "thaigov", "-asource=live", f"-aids=1-{ARTICLES}", *options)
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(arguments, cwd=ROOT, env=environment(), stderr=log)

    def ended(self, process: subprocess.Popen[bytes]) -> EndedCrawl:
        """Wait for a run that nothing disturbs."""
        status = process.wait(TIMEOUT)
        return EndedCrawl(status, (self.folder / "log").read_text("utf-8"), self.folder)

    def is_killed(self, requests: int) -> bool:
        """Start a run and kill it when it has asked for so many articles; false where it ended by itself before."""
        before, until = len(self.site.log), time.monotonic() + TIMEOUT
        process = self.start()
        while len(self.site.log) - before <= requests:  # the first is for robots.txt
            assert time.monotonic() < until, "the run hangs"
            if process.poll() is not None:
                assert process.returncode in EARLY_ENDS
                return False
            time.sleep(0.002)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        return True

    def change(self, statement: str) -> None:
        """Change the database behind the program's back."""
        with sqlite3.connect(self.folder / "thaigov.db") as connection:
            connection.execute(statement)
        connection.close()

    def rows(self, query: str) -> list[tuple]:
        return query_database(self.folder / "thaigov.db", query)

    def content(self, table: str) -> list[tuple]:
        """All rows of a table, in order, without their provenance."""
        columns = [name for _, name, *_ in self.rows(f"PRAGMA table_info({table})")]
        kept = ", ".join(f'"{name}"' for name in columns if name not in ("source", "captured_at", "capture_url"))
        return self.rows(f"SELECT {kept} FROM {table} ORDER BY 1, 2")

    def exported(self) -> bytes:
        """What `scrapy export` writes when all provenance is the same."""
        self.change("UPDATE articles SET source = '', captured_at = '', capture_url = ''")
        file = self.folder / "export.jsonl"
        assert scrapy("export", f"-sTHAIGOV_DIR={self.folder}", "-o", str(file)).returncode == 0
        return file.read_bytes()


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Output, Output]:
    """Of runs that were killed on a failing site and of a last one that was not; and of one undisturbed run."""
    folder, moments = tmp_path_factory.mktemp("faults"), random.Random(SEED)
    with SlowSite(range(1, ARTICLES + 1), eventful_page) as failing, Site(failing.pages, eventful_page) as sound:
        disturbed, undisturbed = Output(folder / "disturbed", failing), Output(folder / "undisturbed", sound)
        with undisturbed.start() as process:  # meanwhile, as the others wait a lot
            failing.random_faults(SEED, FAULTS, tries=TRIES, match="/details/")
            for requests in [moments.choice(REQUESTS_BEFORE_A_KILL) for _ in range(KILLS)]:
                while not disturbed.is_killed(requests):
                    pass
                disturbed.change("UPDATE leases SET expires_at = '2020-01-01T00:00:00+00:00'")  # a minute has passed
            assert undisturbed.ended(process).status == 0
        faults_were_met(failing)
        before = len(disturbed.rows("SELECT id FROM articles"))
        failing.random_faults(SEED, {})
        last = disturbed.ended(disturbed.start())
        assert (last.status, last.outcomes) == (0, {"stored": ARTICLES - before})
    return disturbed, undisturbed


def faults_were_met(site: Site) -> None:
    """Assert that about so many requests failed as should."""
    asked = site.asked("/details/")
    met = Counter(logged.fault for logged in asked)
    for kind, share in FAULTS.items():
        assert share / 2 < met[kind] / len(asked) < share * 2


@pytest.mark.parametrize(("table", "at_least"), [("articles", ARTICLES), ("people", 2 * ARTICLES), ("dates", ARTICLES)])
def test_the_store_is_that_of_an_undisturbed_run(outputs: tuple[Output, Output], table: str, at_least: int) -> None:
    disturbed, undisturbed = outputs
    rows = disturbed.content(table)
    assert len(rows) >= at_least
    assert rows == undisturbed.content(table)


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("SELECT outcome, count(*) FROM visits GROUP BY outcome", [("stored", ARTICLES)]),
        ("SELECT kind, count(*) FROM changes GROUP BY kind", [("new", ARTICLES)]),
        ("SELECT count(*) FROM revisions", [(0,)]),
        ("SELECT count(*) FROM leases", [(0,)]),
        ("SELECT count(*) FROM runs WHERE finished_at IS NULL", [(KILLS,)]),
        ("SELECT exit_status FROM runs ORDER BY id DESC LIMIT 1", [(0,)]),
    ],
)
def test_nothing_was_stored_twice(outputs: tuple[Output, Output], query: str, answer: list[tuple[Any, ...]]) -> None:
    assert outputs[0].rows(query) == answer


def test_the_journal_parses_but_for_what_a_kill_cut_short(outputs: tuple[Output, Output]) -> None:
    numbers, halves = [], 0
    for line in (outputs[0].folder / "thaigov.jsonl").read_bytes().splitlines():
        try:
            numbers.append(json.loads(line)["id"])
        except ValueError:
            halves += 1
    assert halves <= KILLS
    assert len(set(numbers)) == len(numbers)
    # What was stored in the moment of a kill is in the database alone.
    assert ARTICLES - KILLS <= len(numbers) <= ARTICLES


def test_the_export_is_the_same_to_the_byte(outputs: tuple[Output, Output]) -> None:
    disturbed, undisturbed = outputs
    exported = disturbed.exported()
    assert exported.count(b"\n") == ARTICLES
    assert exported == undisturbed.exported()
