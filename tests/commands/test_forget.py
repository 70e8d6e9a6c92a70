"""`scrapy forget`: nothing is left of an article, nothing else is touched, and it does not come back."""

from __future__ import annotations

import gzip
import os
import pty
import shutil
import sqlite3
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from scrapy.settings import Settings

from sample.anatomy import ORIGIN
from sample.warc import Warc
from tests.support.commands import TIMEOUT, EndedCrawl, crawl, query_database, scrapy, started
from tests.support.feeds import feed, options, visited
from tests.support.loopback.faults import Fault
from tests.support.loopback.site import Site
from tests.support.stored import article, begin, record, save
from tests.support.waiting import wait_until
from tests.support.warcs import address, page
from thaigov_crawler.commands.forget import Command
from thaigov_crawler.errors import StoreError
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.store import Change, Store, forgetting, validators
from thaigov_crawler.store.lock import alone, share
from thaigov_crawler.store.validators import Validators

WORDS = ("ฝูงนกกระสา", "เรือสำเภา", "ธนวัชร์")  # of the article as it is, as it was, and in both
OTHER = "ห้องสมุดแห่งที่ 2"


def recording(path: Path) -> Path:
    """A WARC file of the articles 1 to 4, the third in two versions and asked for with a request."""
    warc = Warc()
    warc.about(path.name, "2025-01-01T00:00:00Z", {"software": "tests"})
    for article_id in (1, 2, 4):
        warc.response(address(article_id), body=page(article_id))
    for day, word in enumerate(reversed(WORDS[:2]), start=1):
        body = f"<p>วันนี้ นายธนวัชร์ ศรีพิทักษ์ไพศาล นายกรัฐมนตรี เป็นประธานปล่อย{word} วันที่ 1 มกราคม 2568</p>"
        warc.response(address(3).replace("https", "http"), f"2025-02-0{day}T00:00:00Z", page(3, body=body))
        warc.request(address(3), f"2025-02-0{day}T00:00:00Z")
    warc.records.append(warc.records.pop(1))  # the first article behind them
    return warc.write(path)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> EndedCrawl:
    """A crawl of that file, which is then the recording of the crawl."""
    folder = tmp_path_factory.mktemp("crawled")
    return crawl(folder, source=f"warc:{recording(folder / 'warc' / 'recorded.warc.gz')}")


@pytest.fixture
def run(crawled: EndedCrawl, tmp_path: Path) -> EndedCrawl:
    """A copy of it."""
    return replace(crawled, folder=shutil.copytree(crawled.folder, tmp_path / "data"))


def forget(run: EndedCrawl, *arguments: str, **options: object) -> CompletedProcess[str]:
    return scrapy("forget", *arguments, f"-sTHAIGOV_DIR={run.folder}", **options)


def tables(run: EndedCrawl) -> dict[str, list[tuple]]:
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%' AND name <> 'forgotten'"
    return {name: run.rows(f"SELECT * FROM {name}") for (name,) in run.rows(names)}


def traces(folder: Path, *words: str) -> set[str]:
    """The names of the files in a folder that hold one of the words, compressed or not."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            # The database holds revisions and the journal as UTF-8, too.
            if any(word.encode() in content for word in words):
                found.add(path.name)
    return found


def test_nothing_is_left_of_it_and_nothing_else_is_touched(run: EndedCrawl) -> None:
    assert traces(run.folder, *WORDS) == {"thaigov.db", "thaigov.jsonl", "recorded.warc.gz"}
    assert run.rows("SELECT count(*) FROM revisions") == [(1,)]
    before = tables(run)
    journal = (run.folder / "thaigov.jsonl").read_text("utf-8").splitlines()
    recorded = run.folder / "warc" / "recorded.warc.gz"
    recorded.chmod(0o640)
    done = forget(run, "3", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert "3: forgotten (people 1, dates 1, revisions 1, changes 2, visits 1)" in done.stdout
    assert "thaigov.jsonl: 2 lines taken out" in done.stdout
    assert "recorded.warc.gz: 4 records taken out" in done.stdout
    assert traces(run.folder, *WORDS) == set()
    for name, rows in tables(run).items():
        assert rows == [row for row in before[name] if 3 not in row[:2]], name
    others = [line for line in journal if '"id": 3,' not in line]
    assert (run.folder / "thaigov.jsonl").read_text("utf-8").splitlines() == others
    assert scrapy("export", f"-sTHAIGOV_DIR={run.folder}").stdout.splitlines() == sorted(others)
    run.rows("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")
    assert run.rows("SELECT rowid FROM articles_fts WHERE body LIKE ?", f"%{OTHER}%") == [(2,)]
    ((article_id, at),) = run.rows("SELECT * FROM forgotten")
    assert (article_id, at[:2]) == (3, "20")
    # The other records are what they were, byte for byte.
    expected = Warc()
    expected.about("recorded.warc.gz", "2025-01-01T00:00:00Z", {"software": "tests"})
    for number in (2, 4, 1):
        expected.response(address(number), body=page(number))
    assert recorded.read_bytes() == b"".join(expected.records)
    assert recorded.stat().st_mode & 0o777 == 0o640


def test_what_was_played_back_in_place_of_an_article_is_taken_out(run: EndedCrawl) -> None:
    """It has the address of another page, and what it was fetched for beside it."""
    warc, archive = Warc(), "https://web.archive.org/web/20250102030405id_/"
    for number in (3, 33):
        source = {"WARC-Source-URI": archive + address(number)}
        warc.response("https://blog.example/", body=page(number, headline=f"ข่าว {number}"), record_headers=source)
    path = warc.write(run.folder / "warc" / "replayed.warc.gz")
    assert "replayed.warc.gz: 1 records taken out" in forget(run, "3", "--yes").stdout
    assert path.read_bytes() == warc.records[1]


def test_recorded_replays_under_the_archive_s_address_are_taken_out(run: EndedCrawl) -> None:
    """The archive did not say of what they were copies, as of its own error pages around a page."""
    warc = Warc()
    for archive in ("https://web.archive.org/web/20250102030405id_/", "http://localhost:8080/news/20250102mp_/"):
        for number in (3, 33):
            warc.response(archive + address(number), body=page(number, body=f"<p>{WORDS[0]}{number}</p>"))
            warc.response(
                archive + address(number).replace("://", ":/"), body=page(number, body=f"<p>{WORDS[0]}{number}</p>")
            )
            warc.request(archive + address(number).split("://")[1], "2025-02-01T00:00:00Z")
    path = warc.write(run.folder / "warc" / "replayed.warc.gz")
    done = forget(run, "3", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert "replayed.warc.gz: 6 records taken out" in done.stdout
    left = gzip.decompress(path.read_bytes()).decode()
    assert left.count("details/33\r") == 6
    assert "details/3\r" not in left


def test_without_room_it_says_that_traces_may_remain(run: EndedCrawl) -> None:
    done = forget(run, "3", "--yes", limit=150_000)
    assert done.returncode == 1
    assert "traces of these articles may remain: see to that, then run this again" in done.stderr
    assert "safe" not in done.stderr
    assert forget(run, "3", "--yes").returncode == 0
    assert traces(run.folder, *WORDS) == set()


@pytest.mark.parametrize("visit", ["all", "missing", "new", "failed", "recheck"])
def test_no_way_of_visiting_brings_it_back(run: EndedCrawl, tmp_path: Path, visit: str) -> None:
    forget(run, "4", "--yes")
    again = crawl(run.folder, source=f"warc:{recording(tmp_path / 'again.warc.gz')}", ids="1-4", visit=visit)
    assert again.status == 0
    assert again.rows("SELECT article_id FROM visits WHERE article_id = 4") == []
    assert again.rows("SELECT id FROM articles") == [(1,), (2,), (3,)]
    assert "thaigov/warc/not_selected" in again.log


def test_a_corpus_does_not_bring_it_back(run: EndedCrawl, tmp_path: Path) -> None:
    exported = scrapy("export", "--preset", "corpus", f"-o{tmp_path / 'texts'}", f"-sTHAIGOV_DIR={run.folder}")
    assert exported.returncode == 0
    forget(run, "3", "--yes")
    again = crawl(run.folder, source=f"corpus:{tmp_path / 'texts'}", visit="all")
    assert (again.status, again.outcomes) == (0, {"unchanged": 3})
    assert "thaigov/corpus/not_selected" in again.log
    assert again.rows("SELECT id FROM articles") == [(1,), (2,), (4,)]
    assert again.rows("SELECT * FROM visits WHERE article_id = 3") == []


def test_the_listings_do_not_bring_it_back(tmp_path: Path, site: Site) -> None:
    site.categories = {8: range(1, 6)}
    run = feed(tmp_path, site)
    done = forget(run, "3", "5", "--yes")
    assert done.returncode == 0
    assert run.rows("SELECT count(*) FROM validators WHERE article_id IN (3, 5)") == [(0,)]
    run = feed(tmp_path, site)
    assert (run.status, visited(site)) == (0, [])
    assert run.rows("SELECT id FROM articles") == [(1,), (2,), (4,)]


def test_what_is_on_its_way_is_not_saved(tmp_path: Path) -> None:
    """A page that was asked for before its article was forgotten."""
    path = tmp_path / "thaigov.db"
    with closing(Store.open(f"sqlite:///{path}")) as store:
        run_id = begin(store)
        with store.writing() as connection:
            forgetting.forget(connection, 1)
        assert save(store, article(1), run_id) is Change.FORGOTTEN
        record(store, Visit(1, "live", Outcome.ABSENT), run_id)
        with store.writing() as connection:
            validators.keep(connection, Validators("live", 1, "https://example.org/", '"tag"', None))
    for table in ("articles", "visits", "validators", "changes"):
        assert query_database(path, f"SELECT count(*) FROM {table}") == [(0,)]


def test_ids_that_are_not_stored_are_noted_all_the_same(run: EndedCrawl) -> None:
    for _ in range(2):  # again does no harm
        done = forget(run, "7", "9", "--yes")
        assert done.returncode == 0
        assert "7: was not stored; noted, so that it never will be" in done.stdout
    assert run.rows("SELECT article_id FROM forgotten") == [(7,), (9,)]
    assert run.rows("SELECT count(*) FROM articles") == [(4,)]


def test_the_snapshot_that_browse_shows_goes_too(run: EndedCrawl) -> None:
    shown = run.folder / "browse.db"
    assert scrapy("export", f"-sTHAIGOV_DIR={run.folder}", "-o", str(shown)).returncode == 0
    done = forget(run, "3", "--yes")
    assert (done.returncode, done.stderr, shown.exists()) == (0, "", False)
    assert f"{shown}: removed; the next `scrapy browse` makes it anew\n" in done.stdout


def test_a_store_with_the_name_of_that_snapshot_stays(run: EndedCrawl) -> None:
    store = run.folder / "browse.db"
    shutil.copy(run.folder / "thaigov.db", store)
    done = forget(run, "3", "--yes", f"-sTHAIGOV_DATABASE=sqlite:///{store}")
    assert (done.returncode, done.stderr) == (0, "")
    assert query_database(store, "SELECT count(*) FROM articles") == [(3,)]


def test_half_a_line_of_the_journal_goes_too(run: EndedCrawl) -> None:
    journal = run.folder / "thaigov.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole + b'{"id": 4, "url": "https://exam\n{"id": 1, "ur')
    done = forget(run, "4", "--yes")
    assert "thaigov.jsonl: 2 lines taken out" in done.stdout
    assert journal.read_bytes().endswith(b'\n{"id": 1, "ur')
    assert b'"id": 4' not in journal.read_bytes()


@pytest.fixture
def recorded(run: EndedCrawl) -> Path:
    return run.folder / "warc" / "recorded.warc.gz"


def test_of_a_damaged_recording_the_rest_is_said_to_be_unsearched(run: EndedCrawl, recorded: Path) -> None:
    """The records are a warcinfo, 2, 4, 3, its request, 3, its request, 1."""
    content = recorded.read_bytes()
    begins = [n for n in range(len(content)) if content.startswith(b"\x1f\x8b\x08", n)]
    (about, *_, fifth, sixth, _, _) = begins
    recorded.write_bytes(content[: sixth - 20] + b"rubbish" + content[sixth - 13 :])
    done = forget(run, "3", "--yes")
    assert done.returncode == 1
    assert f"forget: {recorded}: damaged at byte {fifth} (" in done.stderr
    assert "the rest was not searched and may hold these articles: delete it to be sure\n" in done.stderr
    assert f"{recorded}: 1 records taken out" in done.stdout
    assert (
        recorded.read_bytes()
        == content[about : begins[3]] + content[fifth : sixth - 20] + b"rubbish" + (content[sixth - 13 :])
    )
    recorded.unlink()
    assert traces(run.folder, *WORDS) == set()


def test_what_a_killed_crawl_was_recording_loses_the_article_and_its_unfinished_end(
    run: EndedCrawl, recorded: Path
) -> None:
    whole = recorded.read_bytes()
    left = recorded.rename(f"{recorded}.open")
    left.write_bytes(whole + whole[: len(whole) // 40])
    done = forget(run, "3", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{left}: 4 records taken out" in done.stdout
    assert f"{left}: removed half a record at its end" in done.stdout
    read = gzip.decompress(left.read_bytes()).decode()  # whole members
    assert [word for word in WORDS if word in read] == []
    assert all(f"ห้องสมุดแห่งที่ {n} เปิด" in read for n in (1, 2, 4))


def test_a_recording_in_one_gzip_stream_is_to_be_recompressed(run: EndedCrawl, recorded: Path) -> None:
    content = gzip.compress(gzip.decompress(recorded.read_bytes()))
    recorded.write_bytes(content)
    done = forget(run, "3", "--yes")
    assert done.returncode == 1
    assert "no gzip member for each record: recompress it (`warcio recompress`)" in done.stderr
    assert recorded.read_bytes() == content
    assert traces(run.folder, *WORDS) == {recorded.name}


@pytest.mark.parametrize(("begin", "what"), [(b"PK\3\4", "a WACZ"), (b"\x28\xb5\x2f\xfd", "compressed with zstd")])
def test_a_file_that_is_not_rewritten_is_named(run: EndedCrawl, recorded: Path, begin: bytes, what: str) -> None:
    kept = recorded.with_name("kept.wacz")
    kept.write_bytes(begin)
    done = forget(run, "3", "--yes")
    assert done.returncode == 1
    assert f"forget: {kept}: not searched, as it is {what}; it may hold these articles: delete it" in done.stderr
    assert kept.read_bytes() == begin


def test_what_cannot_be_read_keeps_nothing_else_from_being_forgotten(run: EndedCrawl, recorded: Path) -> None:
    nowhere = recorded.with_name("a.warc.gz")
    nowhere.symlink_to("nowhere")
    done = forget(run, "3", "--yes")
    assert done.returncode == 1
    assert done.stderr.startswith(f"forget: {nowhere}: No such file or directory; it may still hold these articles")
    assert done.stderr.count("\n") == 1
    assert "4 records taken out" in done.stdout
    assert traces(run.folder, *WORDS) == set()


@pytest.mark.parametrize("there", [True, False])
def test_there_need_not_be_recordings(run: EndedCrawl, recorded: Path, there: bool) -> None:
    recorded.unlink()
    if not there:
        recorded.parent.rmdir()
    done = forget(run, "3", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert traces(run.folder, *WORDS) == set()


def test_copies_that_killed_commands_have_left_go_too(run: EndedCrawl, recorded: Path) -> None:
    others = run.folder / ".hidden" / "note", run.folder / ".news.csv.abcdefgh" / "news.csv"
    for path in others:
        path.parent.mkdir()
        path.write_text("ก")
    for path in (run.folder / "thaigov.jsonl", recorded):
        left = path.with_name(f".{path.name}.a_cdef12")
        left.mkdir()
        shutil.copy(path, left)
    done = forget(run, "3", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("removed this copy, left by a killed command") == 2
    assert traces(run.folder, *WORDS) == set()
    assert all(path.exists() for path in others)


def test_the_folder_is_held_until_the_database_is_purged(run: EndedCrawl, monkeypatch: pytest.MonkeyPatch) -> None:
    held = []

    def purge(_: Store) -> bool:
        with pytest.raises(BlockingIOError), alone(run.folder):
            pass
        held.append(True)
        return True

    monkeypatch.setattr(forgetting, "purge", purge)
    command = Command()
    command.settings = Settings({"THAIGOV_DIR": str(run.folder), "THAIGOV_BASE_URL": ORIGIN})
    command.run(["3"], Namespace(yes=True))
    assert (held, command.exitcode) == ([True], 0)


def test_a_run_that_has_waited_for_it_too_long_says_what_to_do(
    run: EndedCrawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    with alone(run.folder):
        monkeypatch.setattr("thaigov_crawler.store.lock.LOCK_TIMEOUT", 1)
        with pytest.raises(
            StoreError, match=r"`scrapy forget` or `scrapy copy-store` is at work in .*: run again when it has ended"
        ):
            share(run.folder)


def test_while_a_run_is_at_work_nothing_is_done(run: EndedCrawl) -> None:
    held = share(run.folder)  # as every run does
    try:
        done = forget(run, "3", "--yes")
    finally:
        os.close(held)
    assert (done.returncode, done.stdout) == (5, "")
    assert "a run is at work in" in done.stderr
    assert run.rows("SELECT count(*) FROM articles") == [(4,)]
    assert run.rows("SELECT * FROM forgotten") == []


def test_a_run_holds_the_folder_from_its_beginning_to_its_end(tmp_path: Path, site: Site) -> None:
    site.faults.append(Fault("/details/5$", delay=TIMEOUT, times=None))
    with started("crawl", "thaigov_feed", *options(tmp_path, site)):
        wait_until(lambda: site.asked("/details/5$"))
        done = scrapy("forget", "1", "--yes", f"-sTHAIGOV_DIR={tmp_path}")
    assert done.returncode == 5
    assert (
        scrapy("forget", "1", "--yes", f"-sTHAIGOV_DIR={tmp_path}").returncode == 0
    )  # one that was killed holds nothing


def test_a_reader_that_keeps_traces_alive_is_told(run: EndedCrawl) -> None:
    database = run.folder / "thaigov.db"
    with closing(sqlite3.connect(database)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchall()
        done = forget(run, "3", "--yes", f"-sTHAIGOV_DATABASE=sqlite:///{database}?timeout=1")
    assert done.returncode == 1
    assert "another program is reading" in done.stderr
    assert "Traceback" not in done.stderr
    assert forget(run, "3", "--yes").returncode == 0
    assert traces(run.folder, *WORDS) == set()


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Both ends of a terminal: ours, and that of a command."""
    ends = pty.openpty()
    yield ends
    for end in ends:
        os.close(end)


@pytest.mark.parametrize(("answer", "left"), [("y", 3), ("n", 4), ("", 4)])
def test_on_a_terminal_it_shows_what_is_meant_and_asks(
    run: EndedCrawl, terminal: tuple[int, int], answer: str, left: int
) -> None:
    os.write(terminal[0], f"{answer}\n".encode())
    done = forget(run, "2", stdin=terminal[1])
    assert "2  2025-01-01  เปิดห้องสมุดชุมชนแห่งที่ 2" in done.stdout
    assert "Forget 1 article ID(s) for good? [y/N]" in done.stdout
    assert run.rows("SELECT count(*) FROM articles") == [(left,)]
    assert ("nothing was forgotten" in done.stderr, done.returncode) == ((False, 0) if left == 3 else (True, 1))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Give article IDs"),
        (["--yes"], "Give article IDs"),
        (["1-4", "--yes"], "'1-4' is not allowed"),
        (["0", "--yes"], "'0' is not allowed"),
        (["4"], "add --yes"),
    ],
)
def test_bad_arguments(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = scrapy("forget", *arguments, f"-sTHAIGOV_DIR={tmp_path}")
    assert done.returncode == 2
    assert said in done.stderr
