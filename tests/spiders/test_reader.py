"""Crawls of files whose pages are read by worker processes."""

from __future__ import annotations

import asyncio
import json
import signal
from concurrent.futures import Future
from pathlib import Path

import pytest
from scrapy.settings import Settings

from sample.warc import Warc
from tests.support.commands import EndedCrawl, scrapy, started
from tests.support.waiting import wait_until
from tests.support.warcs import address, eventful_page
from thaigov_crawler.sources.base import Capture
from thaigov_crawler.sources.sample import SampleSource
from thaigov_crawler.sources.warc import WarcSource
from thaigov_crawler.spiders import reader
from thaigov_crawler.spiders.arguments import ArticleIds

ARTICLES = 40
# `scrapy`, which has workers read all pages but the first, few at a time. When it gives them the third lot, it does what
# its first argument says.
EARLY = """
import json, multiprocessing, os, signal, sys
from pathlib import Path
from scrapy.cmdline import execute
from thaigov_crawler import workers
from thaigov_crawler.spiders import reader

moment, folder = sys.argv.pop(1), Path(sys.argv.pop(1))
lots = 0
reader.MANY, reader.LOT = 1, 3
call = workers.Workers.call

def called(self, lot):
    global lots
    lots += bool(lot)
    if lots == 3:
        numbers = [child.pid for child in multiprocessing.active_children()]
        (folder / "workers").write_text(json.dumps(numbers))
        if moment == "a worker dies":
            os.kill(numbers[0], signal.SIGKILL)
        elif moment == "an interrupt":
            for number in [*numbers, os.getpid()]:
                os.kill(number, signal.SIGINT)
        elif moment == "a kill":
            os.kill(os.getpid(), signal.SIGKILL)
    return call(self, lot)

workers.Workers.call = called
execute()
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WARC file with ARTICLES articles, and with pages of all other kinds between them."""
    warc = Warc()
    for number in range(1, ARTICLES + 1):
        warc.response(address(number), body=eventful_page(number))
        if number % 10 == 0:
            warc.response(address(100 + number), status=404, body=b"")
            warc.response(address(200 + number), body=b"<html><h3 class=news-1>half a page</h3></html>")
    path = tmp_path_factory.mktemp("pages") / "pages.warc.gz"
    warc.write(path)
    return path


def crawled(pages: Path, folder: Path, moment: str, workers: int = 1) -> EndedCrawl:
    """Crawl the file. With workers, do something at the third lot that they get."""
    folder.mkdir(exist_ok=True)
    with (folder / "log").open("wb") as log:
        settings = {"THAIGOV_DIR": folder, "THAIGOV_WORKERS": workers, "THAIGOV_TOLERATED_FAILURES": 1}
        options = [
            f"-asource=warc:{pages}",
            "-avisit=missing",
            *(f"-s{name}={value}" for name, value in settings.items()),
        ]
        with started(moment, str(folder), "crawl", "thaigov", *options, stderr=log, code=EARLY) as process:
            status = process.wait()
    return EndedCrawl(status, (folder / "log").read_text("utf-8"), folder)


def content(run: EndedCrawl) -> dict[str, list[tuple]]:
    """All that a run has written, without times."""
    queries = {
        "articles": "SELECT * FROM articles ORDER BY id",
        "people": "SELECT * FROM people ORDER BY 1, 2",
        "dates": "SELECT * FROM dates ORDER BY 1, 2",
        "changes": "SELECT id, article_id, kind, fields, run_id FROM changes ORDER BY id",
        "visits": "SELECT article_id, outcome, url, reason, run_id FROM visits ORDER BY 1",
        "runs": "SELECT planned, outcomes, reason, exit_status, quality, warnings FROM runs",
    }
    return {name: run.rows(query) for name, query in queries.items()}


def stats(run: EndedCrawl) -> list[str]:
    return [line for line in run.log.splitlines() if line.startswith((" 'thaigov/", "{'thaigov/"))]


def test_all_is_as_without_workers_in_the_same_order(pages: Path, tmp_path: Path) -> None:
    with_workers, without = (crawled(pages, tmp_path / str(number), "nothing", number) for number in (2, 0))
    assert (tmp_path / "2" / "workers").exists()
    assert (with_workers.status, without.status) == (0, 0)
    assert content(with_workers) == content(without)
    assert with_workers.journal == without.journal
    assert stats(with_workers) == stats(without)
    assert stats(without)


def ended_workers(folder: Path) -> bool:
    numbers = json.loads((folder / "workers").read_text())
    assert numbers
    return not any(Path(f"/proc/{number}").exists() for number in numbers)


def completed(pages: Path, folder: Path) -> None:
    """Crawl again, without anything that happens, and check that all is there and nothing twice."""
    again = crawled(pages, folder, "nothing")
    assert again.status == 0
    assert [article["id"] for article in again.journal] == list(range(1, ARTICLES + 1))
    assert again.rows("SELECT count(*) FROM changes") == [(ARTICLES,)]


def test_a_worker_that_dies_ends_the_run_and_loses_nothing(pages: Path, tmp_path: Path) -> None:
    run = crawled(pages, tmp_path, "a worker dies")
    assert run.status == 1
    assert run.rows("SELECT reason FROM runs")[0][0].startswith("worker_died: A worker process has ended by itself")
    assert "run again with -s THAIGOV_WORKERS=1" in run.log
    assert "Traceback" not in run.log
    assert "failed" not in run.outcomes
    completed(pages, tmp_path)


def test_an_interrupt_ends_run_and_workers(pages: Path, tmp_path: Path) -> None:
    run = crawled(pages, tmp_path, "an interrupt")
    assert (run.status, run.rows("SELECT reason FROM runs")) == (1, [("interrupted",)])
    assert "Traceback" not in run.log
    assert "worker" not in run.log.replace("THAIGOV_WORKERS", "")
    wait_until(lambda: ended_workers(tmp_path))
    completed(pages, tmp_path)


def test_no_worker_outlives_a_run_that_is_killed(pages: Path, tmp_path: Path) -> None:
    assert crawled(pages, tmp_path, "a kill").status == -signal.SIGKILL
    wait_until(lambda: ended_workers(tmp_path))
    completed(pages, tmp_path)


def test_only_few_large_pages_are_with_the_workers_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Future] = []

    class Slow:
        """Workers that answer when the test says so."""

        at_a_time = 2

        def __init__(self, *_: object) -> None:
            pass

        def call(self, lot: list) -> Future:
            answers.append(Future())
            return answers[-1]

        def results(self, future: Future) -> list:
            return future.result()

    async def read() -> list[int]:
        reading = reader.Reader(SampleSource.open("", {}, Settings()), 1)
        reading.prepare(reader.MANY)
        seen = [reading.ahead]
        page = Capture(1, address(1), "", 200, None, bytes(reader.MOST_BYTES))
        told = asyncio.ensure_future(reading.read(page))
        await asyncio.sleep(0)
        seen.append(reading.ahead)
        answers[0].set_result(["read"])
        assert await told == "read"
        return [*seen, reading.ahead]

    monkeypatch.setattr(reader, "Workers", Slow)
    monkeypatch.setattr(reader, "LOT", 1)
    assert asyncio.run(read()) == [2, 0, 2]


@pytest.mark.parametrize(
    ("number", "ids", "size", "expected"),
    [(2, "1-", 50, 1), (2, "1-300", 50, 0), (2, "1-301", 50, 1), (2, "1-", 49, 0), (0, "1-", 50, 0)],
)
def test_workers_are_expected_for_large_files_and_many_pages(
    number: int, ids: str, size: int, expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[None] = []
    monkeypatch.setattr(reader, "LARGE", 100)
    monkeypatch.setattr(reader, "expect_workers", lambda: called.append(None))
    for name in ("a.warc", "b.warc"):
        (tmp_path / name).write_bytes(bytes(size))
    reader.Reader(WarcSource("warc:x", tmp_path), number).expect(ArticleIds.parse(ids))
    assert len(called) == expected


@pytest.mark.parametrize("value", ["-1", "1.5", "many", "61"])
def test_a_bad_number_of_workers_is_refused(value: str) -> None:
    done = scrapy("crawl", "thaigov", "-asource=sample", f"-sTHAIGOV_WORKERS={value}")
    assert done.returncode == 2
    assert f"setting THAIGOV_WORKERS: '{value}' is not allowed: a whole number from 0 to 60" in done.stderr
