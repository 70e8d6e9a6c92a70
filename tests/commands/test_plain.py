"""What pages and files say reaches the terminal and the log as text, and never as an order to the terminal."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

import pytest

from tests.support.commands import EndedCrawl, crawl, environment, scrapy
from tests.support.warcs import page, warc_of
from thaigov_crawler.run.plain import plain, plain_lines

# It clears the screen, gives the window a title, turns the direction round and begins a line of a log.
HOSTILE = "ข่าว\x1b[2J\x1b]0;title\x07\x9b31m\u202eabc\r\n2026-01-01 00:00:00 [root] ERROR: forged"
ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def test_what_a_terminal_obeys_is_written_out() -> None:
    assert plain("a\x1b[2Jb\x9b\u202ec\nd\te\udcffก\u200bข") == r"a\x1b[2Jb\x9b\u202ec\nd\te\udcffก" + "\u200bข"
    assert plain_lines("a\n\tb\x1b\r\n") == "a\n\tb\\x1b\\r\n"


@pytest.fixture
def stored(sample_run: EndedCrawl, tmp_path: Path) -> Path:
    """Make a store in which an article has a hostile headline and a run a hostile end."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "thaigov.db").write_bytes((sample_run.folder / "thaigov.db").read_bytes())
    with sqlite3.connect(folder / "thaigov.db") as connection:
        connection.execute("UPDATE articles SET title = ?", (HOSTILE,))
        connection.execute("UPDATE runs SET exit_status = 4, reason = ?, source = ?", (HOSTILE, f"warc:{HOSTILE}"))
    connection.close()
    return folder


@pytest.mark.parametrize(
    "command", [("runs",), ("runs", "--failed-within", "9999w"), ("changes",), ("coverage",)], ids=" ".join
)
def test_commands_show_what_is_stored_plain(stored: Path, command: tuple[str, ...]) -> None:
    done = scrapy(*command, f"-sTHAIGOV_DIR={stored}")
    assert done.stdout + done.stderr
    assert not ORDERS.search(done.stdout + done.stderr)
    assert not re.search("^2026-01-01 00:00:00 ", done.stdout + done.stderr, re.MULTILINE)


def test_probe_shows_a_page_plain(tmp_path: Path) -> None:
    name = tmp_path / "page\x1b[2J.html"
    name.write_bytes(page(7, headline="ข่าว\x9b31m\u202eabc", body="<p>ก\x1b[2J</p>"))
    done = scrapy("probe", str(name))
    assert "ข่าว" in done.stdout
    assert "page\\x1b[2J.html" in done.stdout
    assert not ORDERS.search(done.stdout + done.stderr)


@pytest.mark.parametrize("to_file", [False, True])
def test_a_file_whose_name_is_hostile_and_no_utf8_is_logged_plain(tmp_path: Path, to_file: bool) -> None:
    """The warning names it: it must be neither an order nor lost, as a half character in a log file was."""
    folder = os.fsencode(tmp_path) + b"/texts"
    os.mkdir(folder)
    with open(folder + b"/a\x1b[2J\xff\n2026-01-01 x.txt", "wb") as file:
        file.write("ไม่มีที่อยู่".encode())
    options = ["--logfile", str(tmp_path / "log")] if to_file else []
    done = scrapy("import-corpus", f"-sTHAIGOV_DIR={tmp_path / 'data'}", *options, os.fsdecode(folder))
    log = (tmp_path / "log").read_text("utf-8") if to_file else done.stderr
    assert "Logging error" not in done.stderr
    assert r"a\x1b[2J\udcff" in log
    assert not ORDERS.search(log)
    assert not re.search("^2026-01-01 x", log, re.MULTILINE)


def test_a_damaged_record_is_quoted_plain(tmp_path: Path) -> None:
    data = warc_of(range(1, 3), gzip=False).write(tmp_path / "whole.warc").read_bytes()
    (tmp_path / "damaged.warc").write_bytes(data.replace(b"WARC/1", b"\x1b[2J\x07ARC/1", 1) + data)
    run = crawl(tmp_path / "data", source=f"warc:{tmp_path / 'damaged.warc'}")
    assert not ORDERS.search(run.log)
    assert not ORDERS.search(scrapy("runs", f"-sTHAIGOV_DIR={tmp_path / 'data'}").stdout)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_console_that_lacks_the_characters(sample_run: EndedCrawl, tmp_path: Path, encoding: str) -> None:
    how = {"env": environment(PYTHONIOENCODING=encoding)}
    (tmp_path / "page.html").write_bytes(page(7))
    (tmp_path / "malformed.html").write_bytes(page(7, body=""))
    data = f"-sTHAIGOV_DIR={sample_run.folder}"
    for status, command in (
        (0, ("changes", data)),
        (0, ("coverage", data)),
        (0, ("runs", data)),
        (0, ("probe", str(tmp_path / "page.html"))),
        (1, ("probe", str(tmp_path / "malformed.html"))),
        (0, ("probe", "-asource=sample", "990001")),
    ):
        done = scrapy(*command, **how)
        assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
        assert done.stdout
    assert r"\u0e40" in scrapy("changes", data, **how).stdout
