"""A PostgreSQL server as the store: who waits for whom, a server that goes away, and what its errors are told as."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, create_engine, make_url, text

from tests.support.dying import Crawls
from tests.support.postgresql import Server, change, own_server
from tests.support.programs import free_port
from tests.support.stored import article, begin, save, save_each
from thaigov_crawler.errors import LostStoreError, StoreError
from thaigov_crawler.store import Store, articles, backup, copying, engine, known, postgresql, runs
from thaigov_crawler.store.tables import articles as table

WRITTEN = "all is written but not committed"


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    """A server that the tests of this file may stop."""
    with own_server() as server:
        yield server


@pytest.fixture
def database(own: Server) -> Iterator[str]:
    """The URL of a new database on that server."""
    with psycopg.connect(own.url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS news WITH (FORCE)")
        connection.execute("CREATE DATABASE news TEMPLATE template0")
    return str(make_url(own.url).set(database="news").render_as_string(hide_password=False))


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with contextlib.closing(Store.open(database)) as store:
        yield store


def ids(store: Store) -> list[int]:
    return [each["id"] for each in articles.read(store)]


# Who waits for whom


def test_a_reader_sees_one_snapshot_and_waits_for_no_writer(store: Store, database: str) -> None:
    run = begin(store)
    save_each(store, run, 1)
    with contextlib.closing(Store.open(database)) as other, other.reading() as reader:
        assert known.highest(reader) == 1
        save_each(store, run, 2)
        with store.writing() as writer:
            runs.note(writer, run, planned=1)
            assert known.highest(reader) == 1
        with other.glancing() as glance:
            assert known.highest(glance) == 2


def test_a_reader_cannot_write(store: Store) -> None:
    run = begin(store)
    with pytest.raises(StoreError, match="read-only transaction"), store.reading() as reader:
        runs.note(reader, run, planned=2)


def test_a_writer_that_waits_sees_what_the_other_has_written(store: Store, database: str) -> None:
    run, seen = begin(store), []

    def write() -> None:
        with contextlib.closing(Store.open(database)) as other, other.writing() as writer:
            seen.append(known.highest(writer))

    with store.writing() as writer:
        thread = threading.Thread(target=write)
        thread.start()
        connection = psycopg.connect(database)
        while not connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
            connection.rollback()
        connection.close()
        writer.execute(table.insert(), {name: article()[name] for name in articles.COLUMNS})
    thread.join()
    assert (seen, run) == ([1], 1)


def test_a_writer_that_waits_for_too_long_says_so(store: Store, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LOCK_TIMEOUT", 1)
    with (
        contextlib.closing(Store.open(database)) as other,
        store.writing(),
        pytest.raises(StoreError, match=r"lock timeout \(another process is writing to it"),
        other.writing(),
    ):
        pass


# A server that goes away


def test_a_restart_between_two_transactions_is_not_noticed(own: Server, store: Store) -> None:
    run = begin(store)
    with store.glancing() as glance:
        assert known.highest(glance) is None
    for article_id in (1, 2):
        own.control("restart", "-m", "fast")
        save(store, article(article_id), run)
        own.control("restart", "-m", "immediate")
        with store.glancing() as glance:
            assert known.highest(glance) == article_id
    assert ids(store) == [1, 2]


def test_what_a_restart_cuts_off_is_not_stored(own: Server, store: Store) -> None:
    run = begin(store)

    def write(connection: Connection) -> None:
        runs.note(connection, run, planned=1)
        own.control("restart", "-m", "fast")
        runs.note(connection, run, planned=2)

    def read(connection: Connection) -> None:
        own.control("restart", "-m", "fast")
        known.highest(connection)

    with pytest.raises(LostStoreError, match="the server has gone"), store.writing() as connection:
        write(connection)
    with pytest.raises(LostStoreError), store.glancing() as connection:
        read(connection)
    with store.reading() as connection:
        assert [each.planned for each in runs.latest(connection, 9)] == [None]


class Cutting:
    """Stands before a server, and cuts connections at their next commit."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url).set(port=free_port())
        self.cuts = ""  # `before` the commit reaches the server, or `after` the server has committed; "" for neither
        self._server = make_url(url).port
        self._door = socket.create_server(("127.0.0.1", self.url.port or 0))
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._pass, args=self._door.accept()[:1], daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", self._server or 0)) as server:
            while True:
                for ready in select.select([client, server], [], [])[0]:
                    data = ready.recv(1 << 16)
                    cuts = self.cuts if ready is client and b"COMMIT\0" in data else ""
                    if not data or cuts == "before":
                        self.cuts = ""
                        return
                    (server if ready is client else client).sendall(data)
                    if cuts:
                        server.recv(1 << 16)
                        self.cuts = ""
                        return


@pytest.mark.parametrize("cuts", ["before", "after"])
def test_a_commit_without_an_answer_is_asked_about(database: str, cuts: str) -> None:
    with (
        contextlib.closing(Cutting(database)) as between,
        contextlib.closing(Store.open(between.url)) as store,
    ):
        run = begin(store)
        between.cuts = cuts
        with contextlib.ExitStack() as expected:
            if cuts == "before":
                expected.enter_context(pytest.raises(LostStoreError))
            with store.writing() as connection:
                runs.note(connection, run, planned=7)
        assert not between.cuts
        with store.reading() as connection:
            assert [each.planned for each in runs.latest(connection, 9)] == [None if cuts == "before" else 7]


def test_a_run_goes_on_when_the_server_is_back_and_the_next_one_when_it_was_not(
    own: Server, database: str, tmp_path: Path
) -> None:
    crawls = Crawls.of(150, tmp_path / "pages.warc.gz", tmp_path / "out", database)
    lost = crawls.run(WRITTEN, "2", server=own.folder, does="stop")
    assert lost.status == 1
    assert "The server of the database is away: " in lost.log
    assert "(look whether the server runs, and at the host and port of the URL). The run ends here" in lost.log
    assert "Traceback" not in lost.log
    own.control("start")
    stored = crawls.stored()
    assert 0 < len(stored) < 150
    assert crawls.journal() == stored
    run = crawls.run(WRITTEN, "1", server=own.folder, does="restart")
    assert (run.status, run.outcomes) == (0, {"stored": 150 - len(stored)})
    assert crawls.stored() == crawls.journal() == list(range(1, 151))


def test_a_transaction_that_the_server_has_lost_was_not_committed(store: Store, database: str) -> None:
    with contextlib.closing(psycopg.connect(database)) as other:
        at = other.execute("SELECT pg_current_xact_id()::text::bigint + 1000").fetchone()
    with contextlib.ExitStack() as held:
        made = create_engine(postgresql.driven(make_url(database)))
        held.callback(made.dispose)
        assert at is not None
        assert not postgresql.was_committed(made, str(at[0]))


def test_the_server_soon_ends_the_connection_of_a_machine_that_is_gone(store: Store) -> None:
    """With the server's own setting, it would keep the lock of that machine for two hours."""
    names = ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count")
    with store.writing() as connection:
        idle, interval, count = (int(connection.scalar(text(f"SHOW {name}"))) for name in names)
        assert 0 < int(connection.scalar(text("SHOW tcp_user_timeout"))) < engine.LOCK_TIMEOUT * 1000
    assert 0 < idle + interval * count < engine.LOCK_TIMEOUT  # so nobody who waits for the lock ends


# Errors


def test_errors_say_what_to_do(own: Server, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    url = make_url(database)
    change(database, "CREATE USER reader PASSWORD 'secret'")
    reader = url.set(username="reader", password="secret")
    for wrong, told in {
        url.set(password="wrong"): "password authentication failed .*PGPASSFILE",
        url._replace(password=None): "no password supplied .*PGPASSFILE",
        url.set(database="none"): '"none" does not exist .create it: docs/guides/postgresql.md',
        url.set(port=free_port()): "Connection refused .look whether the server runs",
        url.set(host="none.invalid"): "look at the host of the URL",
        reader: "permission denied .*allow it to this user",
        url.update_query_dict({"connect_timeout": "soon"}): "connect_timeout",
        url.update_query_dict({"nonsense": "1"}): "nonsense",
    }.items():
        with pytest.raises(StoreError, match=told) as caught:
            Store.open(wrong)
        assert "wrong" not in str(caught.value)
        assert "secret" not in str(caught.value)


def test_another_driver_is_refused() -> None:
    with pytest.raises(StoreError, match="write postgresql://"):
        Store.open("postgresql+psycopg2://me@localhost/news")


@pytest.mark.parametrize("url", ["postgresql://me:sec@ret@localhost/news", "postgresql://me:secret@localhost:po/news"])
def test_a_url_that_cannot_be_read_is_not_shown(url: str) -> None:
    for look in (Store.at, backup.files_of):
        with pytest.raises(StoreError, match=r"write it as %40|is not a database URL") as caught:
            look(url)
        assert "ret" not in str(caught.value)


def test_a_database_that_cannot_hold_every_text_is_refused(own: Server, tmp_path: Path) -> None:
    """Whoever makes the first tables in it."""
    with psycopg.connect(own.url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS latin WITH (FORCE)")
        connection.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    url = make_url(own.url).set(database="latin")
    told = "The database has the encoding LATIN1: create one with the encoding UTF8"
    with pytest.raises(StoreError, match=told):
        Store.open(url)
    with (
        contextlib.closing(Store.open(f"sqlite:///{tmp_path / 'thaigov.db'}")) as source,
        contextlib.closing(Store.at(url)) as target,
        pytest.raises(StoreError, match=told),
    ):
        copying.copy_store(source, target)


def test_no_message_has_the_password(database: str) -> None:
    url = make_url(database)
    hidden = url._replace(password=None).update_query_dict({"password": url.password or ""})
    with contextlib.closing(Store.open(hidden)) as store:
        assert store.name == url._replace(password=None).render_as_string()


def test_a_store_of_a_version_that_was_on_no_server_is_refused(store: Store, database: str) -> None:
    change(database, "UPDATE schema_version SET version = 7")
    with pytest.raises(StoreError, match="has schema version 7, but this program knows"):
        Store.open(database)
