"""The last line of the log of a run that failed says why, on standard error and in a log file."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sample.warc import Warc
from tests.support.commands import TIMEOUT, environment, query_database, scrapy, started
from tests.support.crawls import SETTINGS
from tests.support.loopback.answers import Answer
from tests.support.loopback.faults import Fault
from tests.support.loopback.site import Site
from tests.support.waiting import wait_until
from tests.support.warcs import address, warc_of

Prepare = Callable[[Path, Site], dict[str, Any]]  # makes what a case needs; returns arguments and settings


def no_such_argument(folder: Path, site: Site) -> dict[str, Any]:
    return {"idz": "1"}


def nothing_to_begin_with(folder: Path, site: Site) -> dict[str, Any]:
    return {"source": "live", "visit": "new"}


def no_folder_of_the_database(folder: Path, site: Site) -> dict[str, Any]:
    return {"source": "sample", "THAIGOV_DATABASE": f"sqlite:///{folder / 'none' / 'x.db'}"}


def no_database(folder: Path, site: Site) -> dict[str, Any]:
    (folder / "thaigov.db").write_bytes(b"something else" * 500)
    return {"source": "live", "ids": "1-3"}


def refusing(folder: Path, site: Site) -> dict[str, Any]:
    site.faults.append(Fault("/details/", Answer(b"no", 403), times=None))
    return {"source": "live", "ids": "1-3"}


def unreachable(folder: Path, site: Site) -> dict[str, Any]:
    return {"source": "wayback", "ids": "1-3", "THAIGOV_ARCHIVE": "http://127.0.0.1:9"}


def taken(folder: Path, site: Site) -> dict[str, Any]:
    """Another run holds the host: its lease is put there by hand."""
    from tests.support.stored import begin
    from thaigov_crawler.store import Store, leases
    from thaigov_crawler.store.processes import Process

    store = Store.open(f"sqlite:///{folder / 'thaigov.db'}")
    run_id = begin(store, "live")
    elsewhere = Process(machine="another", number=7, started="0")
    with store.writing() as connection:
        leases.acquire(connection, site.url.partition("://")[2], run_id, "process 7 on elsewhere", elsewhere)
    store.close()
    return {"source": "live", "ids": "1-3"}


def no_place_for_the_recording(folder: Path, site: Site) -> dict[str, Any]:
    (folder / "warc").write_text("a file")
    return {"source": "live", "ids": "1-3"}


def no_space_for_the_journal(folder: Path, site: Site) -> dict[str, Any]:
    (folder / "thaigov.jsonl").symlink_to("/dev/full")
    return {"source": "live", "ids": "1-3"}


def malformed(folder: Path, site: Site) -> dict[str, Any]:
    warc = warc_of(range(1, 4))
    warc.response(address(9), body=b"<p>maintenance</p>")
    return {"source": f"warc:{warc.write(folder / 'pages.warc.gz')}"}


def damaged(folder: Path, site: Site) -> dict[str, Any]:
    warc: Warc = warc_of(range(1, 4))
    warc.records[1] = b"rubbish" * 99
    return {"source": f"warc:{warc.write(folder / 'pages.warc.gz')}"}


CASES: list[tuple[Prepare, int, str]] = [
    (no_such_argument, 2, "argument idz: '1' is not allowed: this spider knows source"),
    (nothing_to_begin_with, 2, "nothing is stored yet: say where to begin, as in ids=96700-"),
    (no_folder_of_the_database, 1, "store_failed: The database sqlite:///"),
    (no_database, 1, "file is not a database (it is not an SQLite file; move it away or set another THAIGOV_DIR)"),
    (refusing, 3, "refused: "),
    (unreachable, 4, "unreachable: The web archive 127.0.0.1:9 could not be reached"),
    (taken, 5, "already_running: Another run is at work on "),
    (no_place_for_the_recording, 1, "recording_failed: Responses cannot be recorded in "),
    (no_space_for_the_journal, 1, "journal_failed: The journal "),
    (malformed, 4, "1 of 4 visits ended malformed or failed (at most 5% may)"),
    (damaged, 4, "files are damaged in 1 place(s)"),
]


def options(folder: Path, site: Site, given: dict[str, Any]) -> list[str]:
    given = {**SETTINGS, "THAIGOV_BASE_URL": site.url, "THAIGOV_DIR": folder, **given}
    return [f"-{'s' if name.isupper() else 'a'}{name}={value}" for name, value in given.items()]


@pytest.mark.parametrize("to_file", [False, True], ids=["standard error", "log file"])
@pytest.mark.parametrize(("prepare", "status", "why"), CASES, ids=[case[0].__name__ for case in CASES])
def test_the_last_line_says_why(
    tmp_path: Path, site: Site, prepare: Prepare, status: int, why: str, to_file: bool
) -> None:
    folder, log = tmp_path / "data", tmp_path / "log"
    folder.mkdir()
    given = {**prepare(folder, site), **({"LOG_FILE": log} if to_file else {})}
    done = scrapy("crawl", "thaigov", *options(folder, site, given))
    assert done.returncode == status
    text = log.read_text("utf-8") if to_file else done.stderr
    assert "Traceback" not in text
    last = text.splitlines()[-1]
    assert why in last
    assert f"Status:    {status}, " in last or "ERROR: argument" in last


def test_a_log_of_warnings_has_it_too(tmp_path: Path, site: Site) -> None:
    given = {**malformed(tmp_path, site), "LOG_LEVEL": "WARNING"}
    done = scrapy("crawl", "thaigov", *options(tmp_path, site, given))
    assert done.stderr.splitlines()[-1].startswith("  Status:    4, 1 of 4 visits ended malformed or failed")


@pytest.mark.parametrize(
    ("signals", "why"), [(1, "Status:    1, interrupted"), (2, "Interrupted twice: the run was cut off")]
)
def test_interrupted(tmp_path: Path, site: Site, signals: int, why: str) -> None:
    if signals == 2:  # the first Ctrl-C waits for the answer
        site.faults.append(Fault("/details/", Answer(delay=TIMEOUT), times=None))
    given = {"source": "live", "ids": "1-3000", "DOWNLOAD_DELAY": 0.2, "LOG_FILE": tmp_path / "log"}
    with started("crawl", "thaigov", *options(tmp_path, site, given)) as process:
        wait_until(lambda: site.asked("/details/"))
        for _ in range(signals):
            process.send_signal(signal.SIGINT)
            wait_until(lambda: "Closing spider (shutdown)" in (tmp_path / "log").read_text("utf-8"))
        assert process.wait() == 1
    assert why in (tmp_path / "log").read_text("utf-8").splitlines()[-1]


# Settings with an extension that interrupts the run while its spider opens, once Scrapy listens to signals.
EARLY = """
import asyncio, os, signal
from scrapy import signals
from thaigov_crawler.settings import *

EXTENSIONS = {{**EXTENSIONS, "early.Interrupt": 1}}

class Interrupt:
    @classmethod
    def from_crawler(cls, crawler):
        self = cls()
        crawler.signals.connect(self.opened, signals.{during})
        return self

    async def opened(self):
        while (before := signal.getsignal(signal.SIGINT)) is signal.default_int_handler:
            await asyncio.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)
        while signal.getsignal(signal.SIGINT) is before:
            await asyncio.sleep(0.01)
        for _ in range(100):
            await asyncio.sleep(0)
"""


@pytest.mark.parametrize("during", ["spider_opened", "engine_started"])
def test_interrupted_while_it_opens(tmp_path: Path, site: Site, during: str) -> None:
    (tmp_path / "early.py").write_text(EARLY.format(during=during))
    given = {"source": "live", "ids": "1-30"}
    env = environment(SCRAPY_SETTINGS_MODULE="early")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\nfrom scrapy.cmdline import execute; execute()"
    done = scrapy("crawl", "thaigov", *options(tmp_path / "data", site, given), env=env, code=code)
    assert done.returncode == 1
    assert "Status:    1, interrupted" in done.stderr.splitlines()[-1]
    query = "SELECT reason, exit_status, finished_at IS NOT NULL FROM runs"
    assert query_database(tmp_path / "data" / "thaigov.db", query) == [("interrupted", 1, 1)]
