"""`scrapy copy-store`: a store in another database."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.support.commands import EndedCrawl, crawl, query_database, scrapy, started
from tests.support.stores import change
from thaigov_crawler.errors import StoreError
from thaigov_crawler.store import Store, copying, snapshot
from thaigov_crawler.store.lock import share
from thaigov_crawler.store.tables import metadata

AT = "2026-01-02T03:04:05+00:00"
# Rows for the tables that the sample leaves empty; among them a run that was killed, and a lease that has ended.
MORE = (
    "INSERT INTO runs (id, spider, source, arguments, version, started_at) "
    f"""VALUES (7, 'thaigov', 'live', '{{"source": "live"}}', '1', '{AT}')""",
    f"INSERT INTO leases (host, run_id, holder, since, expires_at) VALUES ('h', 7, 'p', '{AT}', '{AT}')",
    f"INSERT INTO crawls VALUES (3, 'https://example.org/index', '{AT}')",
    "INSERT INTO crawl_captures VALUES (9, 3, 990001, '20250102030405', 'https://example.org/', 'd', 'f', 5000000000, 7)",
    f"INSERT INTO listed VALUES ('wayback', 990001, '{AT}'), ('wayback', 990002, NULL)",
    "INSERT INTO validators VALUES ('live', 990001, 'https://example.org/', '\"e\"', NULL)",
    f"INSERT INTO forgotten VALUES (5, '{AT}')",
    f"INSERT INTO same_persons VALUES ('a|b', 'ก|ข', '[{{\"kind\": \"ไทย\"}}]', '{AT}', 'same')",
    "INSERT INTO revisions SELECT id, 'old', captured_at, capture_url, 1, captured_at, "
    """'{"title": "ฉบับก่อน", "body": null}' FROM articles WHERE id = 990001""",
)


@pytest.fixture(scope="module")
def full(sample_run: EndedCrawl, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's database, with rows in every table."""
    file = tmp_path_factory.mktemp("full") / "thaigov.db"
    shutil.copy(sample_run.folder / "thaigov.db", file)
    for statement in MORE:
        change(file, statement)
    assert all(number for number in rows_of(file).values())
    return file


@pytest.fixture
def store(full: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    (tmp_path / "data").mkdir()
    return Path(shutil.copy(full, tmp_path / "data" / "thaigov.db"))


def copy(*arguments: Path | str, **how: Any):
    return scrapy(*([] if "code" in how else ["copy-store"]), *map(str, arguments), **how)


def url_of(place: Path | str) -> str:
    return place if isinstance(place, str) else f"sqlite:///{place}"


def rows_of(place: Path | str) -> dict[str, list[tuple]]:
    """All rows of all tables."""
    names = {table.name: ", ".join(column.name for column in table.primary_key) for table in metadata.sorted_tables}
    return {name: query_database(place, f"SELECT * FROM {name} ORDER BY {key or 1}") for name, key in names.items()}


def said_of(place: Path | str) -> list[str]:
    """What commands say of a store, without its URL."""
    said = []
    for command in ("export", "runs", "changes", "coverage"):
        done = scrapy(command, f"-sTHAIGOV_DATABASE={url_of(place)}")
        assert (done.returncode, done.stderr) == (0, "")
        said.append(re.sub(r"\w+://\S+", "", done.stdout))
    return said


def tables_of(file: Path) -> list[tuple]:
    return query_database(file, "SELECT name FROM sqlite_master")


def test_from_file_to_file(full: Path, store: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    done = copy(store, target)
    number = sum(map(len, rows_of(full).values())) - 1  # without that of schema_version
    said = f"sqlite:///{target}: 33 articles, {number} rows in all, as sqlite:///{store}\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, said, "")
    assert rows_of(target) == rows_of(store) == rows_of(full)
    assert said_of(target) == said_of(store)
    found = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'มหา' ORDER BY 1"
    assert query_database(target, found) == query_database(store, found) != []
    assert query_database(target, "SELECT * FROM persons") == query_database(store, "SELECT * FROM persons")


def test_to_a_server_and_back(full: Path, on_server: str, tmp_path: Path) -> None:
    assert copy(full, on_server).returncode == 0
    assert rows_of(on_server) == rows_of(full)
    assert said_of(on_server) == said_of(full)
    assert copy(on_server, tmp_path / "back.db").returncode == 0
    assert rows_of(tmp_path / "back.db") == rows_of(full)
    assert said_of(tmp_path / "back.db") == said_of(full)
    # Snapshots of both are the same but for the time, and one is known to show the other.
    files = [tmp_path / "of-file.db", tmp_path / "of-server.db"]
    for place, file in zip((full, on_server), files, strict=True):
        assert scrapy("export", f"-sTHAIGOV_DATABASE={url_of(place)}", "-o", str(file)).returncode == 0
    times = [query_database(file, "SELECT taken_at FROM snapshot")[0][0].encode() for file in files]
    assert files[0].read_bytes().replace(times[0], times[1]) == files[1].read_bytes()
    with closing(Store.open(on_server)) as server:
        assert snapshot.renew(server, files[0])
        change(on_server, "UPDATE same_persons SET verdict = 'different'")
        assert not snapshot.renew(server, files[0])
    # The numbers go on behind those of the copy.
    held = query_database(on_server, "SELECT max(id) FROM changes")[0][0]
    change(on_server, "DELETE FROM articles WHERE id = 990002")
    run = crawl(tmp_path, source="sample", ids="990002", settings={"THAIGOV_DATABASE": on_server})
    assert (run.status, run.rows("SELECT max(id) FROM runs")) == (0, [(8,)])
    assert run.rows("SELECT max(id) FROM changes") == [(held + 1,)]


def test_what_no_server_stores_is_left_out_of_texts(store: Path, on_server: str) -> None:
    change(store, "UPDATE visits SET reason = 'of' || char(0) || 'old' WHERE article_id = 990001")
    assert copy(store, on_server).returncode == 0
    assert query_database(on_server, "SELECT reason FROM visits WHERE article_id = 990001") == [("ofold",)]


def test_what_is_not_empty_is_refused(full: Path, store: Path, tmp_path: Path) -> None:
    change(tmp_path / "other.db", "CREATE TABLE mine (a)")
    (tmp_path / "notes").write_text("no database, and longer than the header of one" * 100)
    before = {path: path.read_bytes() for path in (store, tmp_path / "other.db", tmp_path / "notes")}
    for target, said in (
        (store, "is not empty: name another one, or empty it first"),
        (tmp_path / "other.db", "has tables of another program: name another database"),
        (tmp_path / "notes", "file is not a database"),
    ):
        done = copy(full, target)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(f"copy-store: The database sqlite:///{target} ")
        assert said in done.stderr
    for path, content in before.items():
        assert path == tmp_path / "other.db" or path.read_bytes() == content
    assert tables_of(tmp_path / "other.db") == [("mine",)]
    assert rows_of(store) == rows_of(full)


def test_a_server_that_is_not_empty(full: Path, on_server: str) -> None:
    change(on_server, f"INSERT INTO forgotten VALUES (5, '{AT}')")
    done = copy(full, on_server)
    assert (done.returncode, "is not empty: name another one" in done.stderr) == (1, True)
    assert query_database(on_server, "SELECT count(*) FROM articles") == [(0,)]


AT_THE_VISITS = """
import os, signal, sys
import psycopg
from thaigov_crawler.store import copying
rows_of = copying.rows_of
def read(source, table):
    if table.name == "visits":
        {happens}
    return rows_of(source, table)
copying.rows_of = read
from scrapy.cmdline import execute
execute(["scrapy", "copy-store", *sys.argv[1:]])
"""
KILLED = AT_THE_VISITS.format(happens="os.kill(os.getpid(), signal.SIGKILL)")
ENDED = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in %'"
SERVER_GONE = AT_THE_VISITS.format(happens=f'with psycopg.connect(sys.argv[2]) as other: other.execute("{ENDED}")')

# SQLite calls this while it reads the rows, so that Ctrl-C comes in between.
INTERRUPTED = AT_THE_VISITS.format(
    happens="import _thread; source.connection.driver_connection.set_progress_handler(_thread.interrupt_main, 200)"
)


@pytest.mark.parametrize("kind", ["file", "server"])
def test_killed_in_the_middle_it_has_copied_nothing(
    full: Path, tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    target = tmp_path / "copy.db" if kind == "file" else request.getfixturevalue("on_server")
    with started(str(full), str(target), code=KILLED) as process:
        assert process.wait() == -signal.SIGKILL
    if isinstance(target, Path):
        assert tables_of(target) == []
    else:
        assert {name for name, rows in rows_of(target).items() if rows} == {"schema_version"}
    assert copy(full, target).returncode == 0
    assert rows_of(target) == rows_of(full)


def test_interrupted_it_says_only_that(full: Path, tmp_path: Path) -> None:
    done = copy(full, tmp_path / "copy.db", code=INTERRUPTED)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "copy-store: interrupted; run it again\n")
    assert tables_of(tmp_path / "copy.db") == []


def test_a_server_that_goes_away_in_the_middle_has_nothing(full: Path, on_server: str) -> None:
    done = copy(full, on_server, code=SERVER_GONE)
    (line,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (1, "")
    assert line.startswith(f"copy-store: The database {make_url(on_server).render_as_string()} cannot be used: ")
    assert line.endswith("what is stored is safe).")
    assert {name for name, rows in rows_of(on_server).items() if rows} == {"schema_version"}


def test_a_disk_that_is_full_is_told_and_leaves_the_target_empty(full: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    done = copy(full, target, limit=100_000)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"copy-store: The database sqlite:///{target} cannot be used: disk I/O error")
    assert tables_of(target) == []


def test_while_a_run_is_at_work_nothing_is_copied(store: Path, tmp_path: Path) -> None:
    """On a host, which its lease tells; or on files, in the same folder."""
    shared = share(store.parent)
    assert shared is not None
    done = copy(store, tmp_path / "copy.db")
    os.close(shared)
    assert done.returncode == 5
    assert done.stderr == f"copy-store: a run is at work in the folder of {store}: try again when it has ended\n"
    with closing(sqlite3.connect(store)) as database, database:
        database.execute("UPDATE leases SET expires_at = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '+30 seconds')")
    done = copy(store, tmp_path / "copy.db")
    assert done.returncode == 5
    assert done.stderr == f"copy-store: run 7 is at work on sqlite:///{store}: try again when it has ended\n"
    assert not (tmp_path / "copy.db").exists()


def copied_while(happens: Any, store: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copy a store in this process. `happens` gets the name and the rows of each table, and returns what is written."""
    write = copying.write_rows

    def written(connection: Any, table: Any, batches: Any) -> int:
        return write(connection, table, (happens(table.name, rows) for rows in batches))

    monkeypatch.setattr(copying, "write_rows", written)
    with (
        closing(Store.at(f"sqlite:///{store}")) as source,
        closing(Store.at(f"sqlite:///{target}")) as made,
    ):
        copying.copy_store(source, made)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM people WHERE article_id = 990001",
        "UPDATE visits SET visited_at = '2099-01-01T00:00:00+00:00' WHERE article_id = 990001",
        f"UPDATE runs SET finished_at = '{AT}' WHERE id = 7",
        "UPDATE articles SET extractor = 99 WHERE id = 990001",
    ],
)
def test_a_store_that_changes_meanwhile_is_not_copied(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    def happens(name: str, rows: list[Any]) -> list[Any]:
        change(store, statement)
        return rows

    with pytest.raises(
        StoreError, match=r"thaigov\.db has changed while it was copied, so nothing of the copy was kept"
    ):
        copied_while(happens, store, tmp_path / "copy.db", monkeypatch)
    assert tables_of(tmp_path / "copy.db") == []


def test_a_copy_that_lacks_a_row_is_not_kept(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def happens(name: str, rows: list[Any]) -> list[Any]:
        return rows[1:] if name == "dates" else rows

    with pytest.raises(StoreError, match=r"copy\.db lacks rows of .*thaigov\.db: nothing of it was kept"):
        copied_while(happens, store, tmp_path / "copy.db", monkeypatch)
    assert tables_of(tmp_path / "copy.db") == []


def test_a_snapshot_is_no_store(full: Path, tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    assert scrapy("export", f"-sTHAIGOV_DATABASE=sqlite:///{full}", "-o", str(file)).returncode == 0
    done = copy(file, tmp_path / "copy.db")
    assert (done.returncode, "is a snapshot, not a store: name the database" in done.stderr) == (2, True)
    done = copy(full, file)
    assert (done.returncode, "is a snapshot" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ([], 2, "name two databases, each by its file or URL"),
        (["one.db"], 2, "name two databases, each by its file or URL"),
        (["one.db", "no url://"], 2, "'no url://' is neither a file nor the URL of a database"),
        (["none.db", "two.db"], 1, "There is no database none.db"),
        (["README.md", "two.db"], 1, "file is not a database"),
    ],
)
def test_what_cannot_be_copied(arguments: list[str], status: int, said: str) -> None:
    done = copy(*arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert not Path("two.db").exists()
