"""`scrapy runs`: the table of the latest runs, and what it tells a monitor."""

from __future__ import annotations

import re
import socket
import sqlite3
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import EndedCrawl, query_database, scrapy, started
from tests.support.crawls import SETTINGS
from tests.support.loopback.site import Site
from tests.support.stored import begin, end
from tests.support.terminals import on_a_terminal
from tests.support.waiting import wait_until
from thaigov_crawler.store import Store

BANGKOK = timezone(timedelta(hours=7))
NOW = datetime.now(timezone.utc).replace(microsecond=0)


def ago(**period: float) -> datetime:
    return NOW - timedelta(**period)


def add_run(folder: Path, began: datetime, took: timedelta | None = timedelta(minutes=5), **values: Any) -> int:
    """Put a run into the database; one that took None has not ended. Its number."""
    begun = {"spider": "thaigov", "source": "live", "arguments": {"source": "live"}, "version": "1"}
    begun |= {name: values.pop(name) for name in tuple(values) if name in begun}
    store = Store.open(f"sqlite:///{folder / 'thaigov.db'}")
    run_id = begin(store, **begun)
    if took is not None:
        end(store, run_id, **{"planned": 3, "outcomes": {"stored": 3, "absent": 0}, **values})
    store.close()
    finished = None if took is None else (began + took).isoformat(timespec="seconds")
    with sqlite3.connect(folder / "thaigov.db") as connection:
        times = (began.isoformat(timespec="seconds"), finished, run_id)
        connection.execute("UPDATE runs SET started_at = ?, finished_at = ? WHERE id = ?", times)
    connection.close()
    return run_id


def runs(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return scrapy("runs", f"-sTHAIGOV_DIR={folder}", *options)


def test_the_table(tmp_path: Path) -> None:
    arguments = {"source": "live", "ids": "1-9", "stop_after": "20"}
    add_run(tmp_path, ago(days=3), timedelta(hours=49, minutes=2, seconds=3), arguments=arguments)
    why = "refused: robots.txt says [bold]no[/bold]\n\x1b[31mto this " + "very " * 40 + "long address"
    add_run(tmp_path, ago(days=1), outcomes={"stored": 12, "malformed": 2}, reason=why, exit_status=3)
    add_run(tmp_path, ago(hours=1), None)
    add_run(tmp_path, ago(minutes=9), None, source="warc:a.warc.gz", spider="thaigov")
    done = runs(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    head, *rows = [re.split(r"\s{2,}", line.strip()) for line in done.stdout.splitlines()[:-3]]
    assert head == "Run|Began (Bangkok)|What|Outcomes|Took|Status".split("|")
    began = ago(days=3).astimezone(BANGKOK).strftime("%Y-%m-%d %H:%M")
    assert rows[0] == ["1", began, "thaigov, live, ids=1-9, stop_after=20", "3 stored", "49:02:03", "0"]
    assert rows[1][3:] == ["12 stored, 2 malformed (3 planned)", "0:05:00", "3"]
    assert rows[2][3:] == ["not ended"]
    assert rows[3][2:] == ["thaigov, warc:a.warc.gz", "not ended"]
    # What did not end well says why: whole, on one line, and without what would paint the terminal.
    assert done.stdout.splitlines()[-3:] == [
        "Run 2: refused: robots.txt says [bold]no[/bold] [31mto this " + "very " * 40 + "long address",
        "Run 3: was killed",
        "Run 4: was killed",
    ]


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        ({"planned": 2, "outcomes": {"stored": 1, "absent": 1}}, "1 stored, 1 absent"),
        ({"planned": 9, "outcomes": {"stored": 1, "absent": 0}}, "1 stored (9 planned)"),
        ({"planned": 9, "outcomes": {"stored": 0}}, "9 planned"),
        ({"planned": None, "outcomes": {"stored": 1}}, "1 stored (planned: unknown)"),
        ({"planned": None, "outcomes": None}, "0:05:00"),
        ({"planned": 0, "outcomes": {"stored": 0}}, "0:05:00"),
    ],
)
def test_what_was_planned_is_told_where_it_differs(tmp_path: Path, known: dict[str, Any], shown: str) -> None:
    add_run(tmp_path, ago(hours=1), **known)
    assert re.split(r"\s{2,}", runs(tmp_path).stdout.splitlines()[1].strip())[3] == shown


def test_on_a_terminal_of_80_columns(tmp_path: Path) -> None:
    arguments = {"source": "wayback", "ids": "96700-96800,97005-97100", "visit": "missing", "stop_after": "2000"}
    outcomes = {"stored": 12345, "unchanged": 1234, "absent": 2345, "moved": 17, "malformed": 123, "failed": 45}
    run = {"source": "wayback", "arguments": arguments, "outcomes": outcomes, "planned": 20_000, "warnings": ["Look!"]}
    add_run(tmp_path, ago(days=6), timedelta(hours=123), **run, exit_status=4, reason="unreachable: the archive")
    add_run(tmp_path, ago(hours=1), None, source="warc:/media/archive/of-the-news/2026/thaigov-part-1.warc.gz")
    status, said = on_a_terminal("runs", f"-sTHAIGOV_DIR={tmp_path}", columns=80)
    assert status == 0
    lines = said.splitlines()
    assert max(map(len, lines)) <= 80
    began = [ago(days=6).astimezone(BANGKOK), ago(hours=1).astimezone(BANGKOK)]
    head, rule, *rows = lines[:-3]
    assert head.split() == ["Run", "Began", "(Bangkok)", "What", "Outcomes", "Took", "Status"]
    assert set(rule) == {"─"}
    numbered = [row for row in rows if row[:3].strip()]
    for number, (row, at) in enumerate(zip(numbered, began, strict=True), 1):
        assert row.startswith(f"  {number}  {at:%Y-%m-%d %H:%M}  thaigov,")
    assert numbered[0].endswith("  123:00:00  4")
    assert numbered[1].endswith("  not ended")
    assert len(rows) <= 12
    assert lines[-3:-1] == ["Run 1: unreachable: the archive", "Run 1: Look!"]


def test_machines_are_named_if_there_are_several(tmp_path: Path) -> None:
    add_run(tmp_path, ago(hours=2))
    add_run(tmp_path, ago(hours=1), None)
    assert "Machine" not in runs(tmp_path).stdout
    with sqlite3.connect(tmp_path / "thaigov.db") as connection:
        connection.execute("UPDATE runs SET hostname = 'node2' WHERE id = 2")
    connection.close()
    head, one, two, why = (re.split(r"\s{2,}", line.strip()) for line in runs(tmp_path).stdout.splitlines())
    assert head == "Run|Began (Bangkok)|Machine|What|Outcomes|Took|Status".split("|")
    assert one[2:4] == [socket.gethostname(), "thaigov, live"]
    assert two[2:] == ["node2", "thaigov, live", "not ended"]
    assert why == ["Run 2: was killed on node2"]
    with sqlite3.connect(tmp_path / "thaigov.db") as connection:
        lease = ("files of run 2", 2, "process 7 on node2", ago(hours=1).isoformat(), ago(hours=-1).isoformat())
        connection.execute("INSERT INTO leases (host, run_id, holder, since, expires_at) VALUES (?, ?, ?, ?, ?)", lease)
    connection.close()
    (*_, row) = runs(tmp_path).stdout.splitlines()
    assert re.split(r"\s{2,}", row.strip())[2:] == ["node2", "thaigov, live", row.split()[-2], "running"]
    assert "run 2 is at work on node2 since" in runs(tmp_path, "--failed-within", "90m").stderr


def test_the_latest_are_the_last(tmp_path: Path) -> None:
    for number in range(25):
        add_run(tmp_path, ago(days=30 - number))
    shown = [line.split()[0] for line in runs(tmp_path).stdout.splitlines()[1:]]
    assert shown == [str(number) for number in range(6, 26)]
    assert [line.split()[0] for line in runs(tmp_path, "--last", "2").stdout.splitlines()[1:]] == ["24", "25"]


def test_warnings_stand_below(tmp_path: Path) -> None:
    add_run(tmp_path, ago(days=2), warnings=["The page has changed.", "And more."])
    add_run(tmp_path, ago(days=1), warnings=[])
    assert runs(tmp_path).stdout.splitlines()[3:] == ["Run 1: The page has changed.", "Run 1: And more."]


def test_without_runs(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path / 'thaigov.db'}").close()
    done = runs(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "runs: there are none\n")


def test_a_real_run(sample_run: EndedCrawl) -> None:
    done = runs(sample_run.folder)
    assert "thaigov, sample" in done.stdout
    assert "34 stored, 4 absent, 1 malformed" in done.stdout
    assert sample_run.rows("SELECT hostname IS NOT NULL FROM runs") == [(1,)]
    assert runs(sample_run.folder, "--failed-within", "52w").returncode == 0


def test_a_run_at_work_and_then_killed(tmp_path: Path, site: Site) -> None:
    settings = {**SETTINGS, "DOWNLOAD_DELAY": 0.5, "THAIGOV_BASE_URL": site.url, "THAIGOV_DIR": tmp_path}
    options = [f"-s{name}={value}" for name, value in settings.items()]
    with started("crawl", "thaigov", "-asource=live", "-aids=1-900", *options):
        wait_until(lambda: site.asked("/details/"))
        (row,) = runs(tmp_path).stdout.splitlines()[1:]
        assert re.search(r" 0:\d\d:\d\d  running$", row)
        # Also of a run that began before that time.
        for period in ("1h", "1m"):
            with sqlite3.connect(tmp_path / "thaigov.db") as connection:
                moment = ago(minutes=30).isoformat(timespec="seconds")
                connection.execute("UPDATE runs SET started_at = ?", [moment])
            connection.close()
            done = runs(tmp_path, "--failed-within", period)
            began = f"{ago(minutes=30).astimezone(BANGKOK):%Y-%m-%d %H:%M}"
            said = f"runs: in the last {period} none succeeded; run 1 is at work since {began}\n"
            assert (done.returncode, done.stderr) == (1, said)
    with sqlite3.connect(tmp_path / "thaigov.db") as connection:
        connection.execute("UPDATE leases SET expires_at = '2020-01-01T00:00:00+00:00'")
    connection.close()
    assert re.search(r"  not ended\nRun 1: was killed\n$", runs(tmp_path).stdout)
    done = runs(tmp_path, "--failed-within", "1h")
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(
        r"runs: in the last 1h the last run of thaigov over live, 1 \(.{16}\), was killed\n", done.stderr
    )
    assert query_database(tmp_path / "thaigov.db", "SELECT finished_at FROM runs") == [(None,)]


# --failed-within 36h: what each run is (when it began, hours ago, and what else), oldest first, and what is said
FAILED = {"exit_status": 3, "reason": "refused: no"}
BUSY = {"exit_status": 5, "reason": "already_running: yes"}
PLANNED = {"arguments": {"plan_only": "true"}}
KILLED = {"took": None}
ARCHIVE = {"source": "wayback"}
FEED = {"spider": "thaigov_feed"}
FILE = {"source": "warc:x"}
PART, OTHER_PART = ({"source": "warc:x", "arguments": {"part": part}} for part in ("2/8", "3/8"))
LONG = {"took": timedelta(hours=20)}
STATUSES = {
    "a success": ([(5, {})], None),
    "nothing at all": ([], "none succeeded"),
    "a success that is too old": ([(40, {})], "none succeeded"),
    "a success that began before and ended in time": ([(40, LONG)], None),
    "the last failed": ([(9, {}), (5, FAILED)], "the last run of thaigov over live, 2 ("),
    "failed, then well": ([(9, FAILED), (5, {})], None),
    "killed": ([(9, {}), (5, KILLED)], "was killed"),
    "killed, then well": ([(9, KILLED), (5, {})], None),
    "busy is no failure": ([(9, {}), (5, BUSY)], None),
    "busy is no success": ([(9, BUSY)], "none succeeded"),
    "planning is no success": ([(9, PLANNED)], "none succeeded"),
    "planning hides no failure": ([(9, FAILED), (5, PLANNED)], "ended with status 3: refused: no"),
    "killed on files": ([(9, {}), (5, FILE | KILLED)], "the last run of thaigov over warc, 2 ("),
    "another part does not hide it": ([(9, PART | FAILED), (5, OTHER_PART)], "of thaigov over warc, part 2/8, 1 ("),
    "the same part does": ([(9, PART | FAILED), (5, PART)], None),
    "the one that began last counts": ([(30, {"took": timedelta(hours=28), **FAILED}), (5, {})], None),
    "another job does not hide it": ([(9, ARCHIVE | FAILED), (5, {})], "the last run of thaigov over wayback, 1 ("),
    "another spider does not hide it": ([(9, FEED | FAILED), (5, {})], "the last run of thaigov_feed over live, 1 ("),
    "another file does": ([(9, FILE | FAILED), (5, {"source": "warc:y"})], None),
    "another job that was killed": ([(9, ARCHIVE | KILLED), (5, {})], "was killed"),
    "each of them is told": (
        [(9, ARCHIVE | FAILED), (5, KILLED)],
        "refused: no; the last run of thaigov over live, 2 (",
    ),
    "another job need not succeed in time": ([(40, ARCHIVE), (5, {})], None),
    "a success in the future hides no failure": ([(-9000, {}), (5, FAILED)], "ended with status 3"),
    "a success in the future is none": ([(-9000, {})], "none succeeded"),
    "a failure in the future is past after a success": ([(-9000, FAILED), (5, {})], None),
}


@pytest.mark.parametrize("case", STATUSES)
def test_for_a_monitor(tmp_path: Path, case: str) -> None:
    put, said = STATUSES[case]
    Store.open(f"sqlite:///{tmp_path / 'thaigov.db'}").close()
    for hours, values in put:
        add_run(tmp_path, ago(hours=hours), **values)
    done = runs(tmp_path, "--failed-within", "36h")
    assert done.stdout == ""
    if said is None:
        assert (done.returncode, done.stderr) == (0, "")
    else:
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert line.startswith("runs: in the last 36h ")
        assert said in line


@pytest.mark.parametrize("period", ["170m", "3h", "1d", "1w"])
def test_units(tmp_path: Path, period: str) -> None:
    add_run(tmp_path, ago(hours=2.1))
    assert runs(tmp_path, "--failed-within", period).returncode == 0
    assert runs(tmp_path, "--failed-within", "60m").returncode == 1


@pytest.mark.parametrize("period", ["36", "h", "36x", "1.5h", "-3h", "0h", "36 h", "12345w", ""])
def test_a_bad_period_is_told(period: str) -> None:
    done = scrapy("runs", f"--failed-within={period}")
    assert done.returncode == 2
    assert f"--failed-within {period!r}: must be a number of minutes, hours, days or weeks, as in 90m" in done.stderr


@pytest.mark.parametrize("options", [["--last", "0"], ["--last", "x"], ["what"], ["--last=3", "--failed-within=1h"]])
def test_bad_options(options: list[str]) -> None:
    assert scrapy("runs", *options).returncode == 2


def test_a_monitor_is_told_of_a_missing_database(tmp_path: Path) -> None:
    done = runs(tmp_path, "--failed-within", "36h")
    assert done.returncode == 1
    assert "There is no database" in done.stderr
