"""`scrapy browse`, as a browser and as other programs see it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import quote, urlencode, urljoin

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from tests.support.commands import TIMEOUT, EndedCrawl, Started, environment, query_database, scrapy, started
from tests.support.stores import change, store_of
from thaigov_crawler.browse.formats import full_name, moment_in_thai
from thaigov_crawler.thai.names import name_key

# What would run, or be fetched, wherever it came out unescaped.
HOSTILE = """<script>window.pwned=1</script>"><img src=x onerror="window.pwned=1">' onclick='window.pwned=1"""
BAD_LINK = "javascript:window.pwned=1"


# From Python 3.13 on it is told that Datasette leaves databases in memory unclosed.
TOLD = sys.version_info >= (3, 13)
ENVIRONMENT = environment(PYTHONWARNINGS="default,ignore::ResourceWarning") if TOLD else environment()


class Browsing:
    """A running `scrapy browse`."""

    def __init__(self, process: Started, address: str):
        self.process = process
        self.address = address

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
        """Status and text of an answer."""
        request = urllib.request.Request(self.address + path, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def ids(self, **parameters: str) -> list[int]:
        """The IDs of the articles listed."""
        query = urlencode({"_col": "id", "_shape": "array", "_size": "max", **parameters})
        return sorted(row["id"] for row in json.loads(self.get(f"/thaigov/articles.json?{query}")[1]))


@contextlib.contextmanager
def browsing(folder: Path, *options: str, said: str = "") -> Iterator[Browsing]:
    """`scrapy browse` on the store in a folder; it must end well at Ctrl-C, having said only its address and `said`."""
    ours, its = os.pipe()
    line = ("browse", f"-sTHAIGOV_DIR={folder}", *options)
    with (
        tempfile.TemporaryFile() as errors,
        os.fdopen(ours, encoding="utf-8") as output,
        started(*line, env=ENVIRONMENT, stdout=its, stderr=errors) as process,
    ):
        os.close(its)
        first = output.readline()
        found = re.match(r"(http://127\.0\.0\.1:\d+)/ ", first)
        if found:
            try:
                yield Browsing(process, found[1])
            finally:
                process.send_signal(signal.SIGINT)
        status = process.wait()
        errors.seek(0)
        assert (status, output.read(), errors.read().decode()) == (0, "", said), first
        assert found


@pytest.fixture(scope="module")
def sample(sample_run: EndedCrawl) -> Iterator[Browsing]:
    with browsing(sample_run.folder) as server:
        yield server


@pytest.fixture(scope="module")
def hostile(sample_run: EndedCrawl, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsing]:
    """The sample, with an article 990001 and people in it that mean harm, once edited and withdrawn."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copy(sample_run.folder / "thaigov.db", folder)
    with contextlib.closing(sqlite3.connect(folder / "thaigov.db")) as database, database:
        texts = ("title", "section", "ministry", "lead", "venue", "date_published_raw", "source")
        values = {name: f"{name} {HOSTILE}" for name in texts} | {
            "body": f"{HOSTILE}\n{HOSTILE}",
            "url": BAD_LINK,
            "capture_url": BAD_LINK,
            "attachments": json.dumps([BAD_LINK, f"https://example.org/{HOSTILE}", HOSTILE]),
            "images": json.dumps([f"data:text/html,{HOSTILE}"]),
            "withdrawn_at": "2026-01-02T03:04:05+00:00",
        }
        names = ", ".join(f"{name} = :{name}" for name in values)
        database.execute(f"UPDATE articles SET {names} WHERE id = 990001", values)
        name = f"กข {HOSTILE}"
        person = {"title": HOSTILE, "name": name, "name_key": name_key(name), "position": HOSTILE}
        names = ", ".join(f"{name} = :{name}" for name in person)
        database.execute(f"UPDATE people SET {names} WHERE article_id = 990001 AND ordinal = 0", person)
        earlier = json.dumps({"title": HOSTILE, "body": HOSTILE})
        database.execute(
            "INSERT INTO revisions VALUES (990001, 'x', '2025-01-01T00:00:00+00:00', ?, 1, '2025-01-01', ?)",
            (BAD_LINK, earlier),
        )
        database.execute(
            "INSERT INTO changes (article_id, kind, at, fields, run_id) VALUES (990001, 'edited', '2025-01-01', ?, 1)",
            (json.dumps([HOSTILE]),),
        )
    with browsing(folder) as server:
        yield server


class TestStarting:
    def test_the_next_free_port_is_taken(self, sample: Browsing, sample_run: EndedCrawl) -> None:
        with browsing(sample_run.folder) as second:
            assert second.address != sample.address
            assert second.get("/")[0] == 200

    def test_a_port_that_is_taken_is_named(self, sample_run: EndedCrawl) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            done = scrapy("browse", f"-sTHAIGOV_DIR={sample_run.folder}", "--port", port, env=ENVIRONMENT)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"browse: port {port}: Address already in use; choose another with --port\n"

    def test_a_port_that_is_none(self, sample_run: EndedCrawl) -> None:
        done = scrapy("browse", f"-sTHAIGOV_DIR={sample_run.folder}", "--port", "70000")
        assert done.returncode == 2
        assert "--port 70000: must be from 1 to 65535" in done.stderr

    def test_without_a_store_it_says_what_to_do(self, tmp_path: Path) -> None:
        done = scrapy("browse", f"-sTHAIGOV_DIR={tmp_path}")
        assert (done.returncode, done.stdout) == (1, "")
        assert re.fullmatch("browse: There is no database .*: run `scrapy crawl thaigov` first.*\n", done.stderr)

    def test_a_server_that_is_not_there(self, tmp_path: Path) -> None:
        database = "-sTHAIGOV_DATABASE=postgresql://me:secret@127.0.0.1:1/news"
        done = scrapy("browse", f"-sTHAIGOV_DIR={tmp_path}", database)
        assert (done.returncode, done.stdout, list(tmp_path.iterdir())) == (1, "", [])
        assert done.stderr.startswith("browse: The database postgresql://me:***@127.0.0.1:1/news cannot be used: ")

    def test_a_folder_with_signs_that_mean_something_in_addresses(self, sample_run: EndedCrawl, tmp_path: Path) -> None:
        folder = tmp_path / "ข่าว 100%?a#b"
        folder.mkdir()
        shutil.copy(sample_run.folder / "thaigov.db", folder)
        with browsing(folder) as server:
            assert len(server.ids()) == 33


class TestSnapshot:
    """What is shown of a store that is no plain file. An SQLite URI stands for a server: neither has a file's name."""

    def test_of_a_server_a_snapshot_is_shown(self, sample_run: EndedCrawl, tmp_path: Path) -> None:
        file = tmp_path / "browse.db"
        shutil.copy(sample_run.folder / "thaigov.db", tmp_path / "server.db")
        store = f"sqlite:///file:{tmp_path}/server.db?uri=true"
        name = store.replace("file:", "file%3A")
        made = (
            f"browse: making a snapshot of {name} in {file}, which takes a while\n"
            f"browse: {file} is a snapshot with {{}} articles; the next start of this command brings it up to date\n"
        )
        with browsing(tmp_path, f"-sTHAIGOV_DATABASE={store}", said=made.format(33)) as server:
            assert len(server.ids()) == 33
            assert server.ids(_q="กร") == server.ids(_q="กร", _size="max") != []
            taken = datetime.fromisoformat(taken_at(file))
            in_bangkok = taken.astimezone(timezone(timedelta(hours=7)))
            for path in ("/", "/thaigov/articles", "/thaigov/articles/990001", "/thaigov", "/thaigov/persons", "/no"):
                (line,) = html.fromstring(server.get(path)[1]).xpath("//header/p[@class='snapshot']")
                assert line.text_content() == (
                    f"สำเนาของคลังข่าว ณ วันที่ {moment_in_thai(taken.isoformat())} · "
                    f"Snapshot of {in_bangkok:%Y-%m-%d %H:%M} (Bangkok)"
                )
        change(file, "UPDATE snapshot SET taken_at = '2020-01-01T00:00:00+00:00'")
        before = file.stat().st_ino
        unchanged = f"browse: {file} is a snapshot of {name}, which has not changed since\n"
        with browsing(tmp_path, f"-sTHAIGOV_DATABASE={store}", said=unchanged) as server:
            assert len(server.ids()) == 33
            assert (file.stat().st_ino, taken_at(file) > "2026") == (before, True)
        change(tmp_path / "server.db", "DELETE FROM articles WHERE id = 990001")
        with browsing(tmp_path, f"-sTHAIGOV_DATABASE={store}", said=made.format(32)) as server:
            assert 990001 not in server.ids()

    def test_a_snapshot_that_cannot_be_made_leaves_the_one_there_was(
        self, sample_run: EndedCrawl, tmp_path: Path
    ) -> None:
        (tmp_path / "browse.db").write_bytes(b"before")
        store = f"sqlite:///file:{sample_run.folder}/thaigov.db?uri=true"
        done = scrapy("browse", f"-sTHAIGOV_DIR={tmp_path}", f"-sTHAIGOV_DATABASE={store}", limit=100_000)
        assert (done.returncode, done.stdout) == (1, "")
        assert "browse.db: it cannot be written: disk I/O error (free some space" in done.stderr
        assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("browse.db", b"before")]

    def test_a_store_of_that_name_is_not_written_over(self, sample_run: EndedCrawl, tmp_path: Path) -> None:
        file = Path(shutil.copy(sample_run.folder / "thaigov.db", tmp_path / "browse.db"))
        before = file.read_bytes()
        store = f"sqlite:///file:{sample_run.folder}/thaigov.db?uri=true"
        done = scrapy("browse", f"-sTHAIGOV_DIR={tmp_path}", f"-sTHAIGOV_DATABASE={store}")
        assert (done.returncode, done.stdout) == (2, "")
        assert "browse.db': is a crawl's own file, which the snapshot would replace" in done.stderr
        assert file.read_bytes() == before

    def test_a_store_is_no_snapshot(self, sample: Browsing) -> None:
        assert not html.fromstring(sample.get("/")[1]).xpath("//*[@class='snapshot']")


def taken_at(file: Path) -> str:
    ((at,),) = query_database(file, "SELECT taken_at FROM snapshot")
    return at


class TestSafety:
    @pytest.mark.parametrize(
        "path", ["/", "/thaigov/articles/990001", "/thaigov/articles.json", "/static/style.css", "/x"]
    )
    def test_every_answer_keeps_others_out(self, sample: Browsing, path: str) -> None:
        request = urllib.request.Request(sample.address + path, headers={"Origin": "https://example.org"})
        with contextlib.closing(open_any(request)) as answer:
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert "script-src" not in answer.headers["content-security-policy"]
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "access-control-allow-origin" not in answer.headers

    @pytest.mark.parametrize("host", ["news.example.org", "127.0.0.1.example.org:8001", "0.0.0.0:8001", ""])
    def test_a_name_that_was_made_to_mean_this_machine_is_refused(self, sample: Browsing, host: str) -> None:
        status, text = sample.get("/thaigov/articles/990001", Host=host)
        assert status == 403
        assert text == "Only http://127.0.0.1 and http://localhost are answered.\n"

    @pytest.mark.parametrize("asker", ["cross-site", "same-site"])
    def test_pages_of_other_sites_cannot_ask(self, sample: Browsing, asker: str) -> None:
        sql = urlencode({"sql": "SELECT 1"})
        status, text = sample.get(f"/thaigov.json?{sql}", **{"Sec-Fetch-Site": asker})
        assert status == 403
        assert text == "Pages of other sites are not answered: type the address, or paste it.\n"
        for own in ("none", "same-origin"):
            assert sample.get(f"/thaigov.json?{sql}", **{"Sec-Fetch-Site": own})[0] == 200

    def test_sql_cannot_fill_the_memory(self, sample: Browsing) -> None:
        sql = urlencode({"sql": "SELECT length(hex(zeroblob(400000000)))"})
        status, text = sample.get(f"/thaigov.json?{sql}")
        assert (status, "too big" in text) == (400, True)

    @pytest.mark.parametrize(
        "sql",
        [
            "SELECT instr(hex(zeroblob(9000000)), hex(zeroblob(4000000)) || '1')",
            "SELECT replace(hex(zeroblob(9000000)), hex(zeroblob(4000000)) || '1', '')",
            "SELECT length(trim(hex(zeroblob(9000000)), replace(hex(zeroblob(4000000)), '0', 'a') || '0'))",
            "SELECT hex(zeroblob(9000000)) LIKE '%' || substr(hex(zeroblob(500)), 1, 900) || '1'",
            "SELECT hex(zeroblob(9000000)) LIKE '%' || replace(substr(hex(zeroblob(500)), 1, 400), '00', '0_') || '1'",
            "SELECT hex(zeroblob(9000000)) GLOB '*' || substr(hex(zeroblob(500)), 1, 900) || '1'",
            "SELECT length(printf('%.*c', 1000000000, 'x'))",
            "SELECT length(format('%.19999999c%.19999999c%.19999999c%.19999999c%.19999999c', 1, 2, 3, 4, 5))",
            "SELECT hex(zeroblob(9000000)) LIKE '%' || replace(hex(zeroblob(4000000)), '0', '0_') || '1'",
        ],
    )
    def test_sql_that_no_time_limit_breaks_off_is_bounded(self, sample: Browsing, sql: str) -> None:
        """SQLite's own functions take hours for these. The answer comes, or a refusal."""
        assert sample.get(f"/thaigov.json?{urlencode({'sql': sql})}")[0] in (200, 400)

    def test_our_functions_answer_as_sqlite_s_do(self, sample: Browsing) -> None:
        for sql in (
            "instr('กขคข', 'ข')", "instr(x'0102', x'02')", "instr(123, 2)", "instr(NULL, 1)", "instr('a', '')",
            "replace('aXbX', 'X', 'yy')", "replace('a', '', 'b')", "replace(NULL, 1, 2)", "trim('  ก ')",
            "trim('xxaxx', 'x')", "ltrim('xxaxx', 'x')", "rtrim('xxaxx', 'x')", "rtrim(12.0, '0')", "trim('a', NULL)",
            "trim('a', '')", "'ขก_ค' LIKE '%ก!_%' ESCAPE '!'", "'AbC' LIKE 'a_c'", "'abc' LIKE 'a%b'", "'aXbXc' LIKE 'a%b%c'",
            "'a' LIKE NULL", "12 LIKE '1%'", "'ab' LIKE 'a'", "'aba' LIKE 'ab%ba'", "'' LIKE '%'", "'กข' NOT LIKE '%ข'",
            "'abc' GLOB 'a[a-c]?'", "'abc' GLOB 'A*'", "'a]c' GLOB 'a[]]c'", "'abc' GLOB 'a[^b]c'", "'a*c' GLOB '*[*]c'",
            "printf('%05d|%-4s|%.2f', 7, 'ก', 1.5)", "printf('%*d', 6, 3)", "format('%s', NULL)", "printf(NULL)", "printf('%,d', 1234567)",
        ):  # fmt: skip
            (expected,) = sqlite3.connect(":memory:").execute(f"SELECT {sql}").fetchone()
            query = urlencode({"sql": f"SELECT {sql} AS said", "_shape": "array"})
            assert json.loads(sample.get(f"/thaigov.json?{query}")[1]) == [{"said": expected}], sql

    @pytest.mark.parametrize(
        "sql",
        [
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000) SELECT hex(zeroblob(9000000)) FROM n",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000) SELECT zeroblob(9000000) FROM n",
        ],
    )
    def test_a_large_answer_is_refused(self, sample: Browsing, sql: str) -> None:
        status, text = sample.get(f"/thaigov.json?{urlencode({'sql': sql})}")
        assert (status, "the answer is too large" in text) == (400, True)

    def test_memory_that_sqlite_takes_is_bounded(self, sample: Browsing) -> None:
        rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 60)"
        sql = f"{rows} SELECT count(*) FROM (SELECT DISTINCT i || hex(zeroblob(7000000)) AS b FROM n ORDER BY b)"
        assert sample.get(f"/thaigov.json?{urlencode({'sql': sql})}")[0] in (200, 400)
        assert sample.get("/thaigov.json?sql=SELECT+1")[0] == 200

    def test_this_machine_s_own_name_is_answered(self, sample: Browsing) -> None:
        assert sample.get("/", Host="localhost:9000")[0] == 200

    def test_nothing_can_be_written(self, sample: Browsing, sample_run: EndedCrawl) -> None:
        assert sample.get("/thaigov/articles", method="POST")[0] == 405
        for sql in ("DELETE FROM articles", "WITH x AS (SELECT 1) DELETE FROM articles", "ATTACH 'x' AS y"):
            assert sample.get(f"/thaigov?{urlencode({'sql': sql})}")[0] == 400
        assert sample.get("/thaigov.db")[0] == 403
        assert query_database(sample_run.folder / "thaigov.db", "SELECT count(*) FROM articles") == [(33,)]

    def test_it_listens_on_this_machine_only(self, sample: Browsing) -> None:
        port = int(sample.address.rpartition(":")[2])
        with socket.socket() as other:
            other.settimeout(5)
            assert other.connect_ex(("127.0.0.2", port)) != 0


def person(name: str) -> dict[str, str]:
    """A person without a title, as an article has them."""
    return {"title": "", "name": name, "position": ""}


def open_any(request: urllib.request.Request):
    """The answer, whatever its status."""
    try:
        return urllib.request.urlopen(request, timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        return error


WORDS = """นายกรัฐมนตรี โฆษก สะพาน ประชาชน เศรษฐกิจ จังหวัด ระหว่างวันที่ ชุมชน น้ำ ไฟ ปี ที่ ก ฯ 2568 ๒๕๖๕ PM wool
    % _ & 100% a_b ไม่มีคำนี้แน่ """.split()


@pytest.fixture(scope="module")
def texts(sample_run: EndedCrawl) -> dict[int, list[str]]:
    """What is searched of each article, by ID."""
    rows = query_database(sample_run.folder / "thaigov.db", "SELECT id, title, lead, body FROM articles")
    return {number: [(text or "").casefold() for text in rest] for number, *rest in rows}


class TestSearch:
    @pytest.mark.parametrize("word", WORDS)
    def test_a_word_is_found_wherever_it_stands(self, sample: Browsing, texts: dict, word: str) -> None:
        there = [number for number, parts in texts.items() if any(word.casefold() in part for part in parts)]
        assert sample.ids(_q=word) == sorted(there)

    def test_all_words_must_be_there(self, sample: Browsing) -> None:
        one, other = sample.ids(_q="นายก"), sample.ids(_q="สะพาน")
        assert set(sample.ids(_q="สะพาน นายก")) == set(one) & set(other) != set()

    def test_what_is_quoted_is_one(self, sample: Browsing, texts: dict) -> None:
        there = [number for number, parts in texts.items() if any("river cities forum" in part for part in parts)]
        assert sample.ids(_q='"River Cities Forum"') == sorted(there) != []
        assert sample.ids(_q='"Forum Cities"') == []
        assert set(sample.ids(_q="Forum Cities")) >= set(there)

    def test_search_and_facets_narrow_together(self, sample: Browsing, sample_run: EndedCrawl) -> None:
        (month, key, position), *_ = sample_run.rows(
            "SELECT substr(date_published, 1, 7), name_key, position FROM people JOIN articles ON id = article_id"
            " WHERE name_key <> '' AND position <> '' AND body LIKE '%นายก%' ORDER BY id LIMIT 1"
        )
        narrowed = sample.ids(_q="นายก", _month=month, _person=key, _position=position)
        assert narrowed
        for parameter in ({"_q": "นายก"}, {"_month": month}, {"_person": key}, {"_position": position}):
            assert set(narrowed) <= set(sample.ids(**parameter)) < set(sample.ids())

    def test_a_year_narrows_as_a_month_does(self, sample: Browsing, sample_run: EndedCrawl) -> None:
        there = sample_run.rows("SELECT id FROM articles WHERE date_published LIKE '2025-%' ORDER BY id")
        assert sample.ids(_month="2025") == [number for (number,) in there]

    def test_a_month_may_be_of_either_era_and_nothing_narrows_to_nothing(self, sample: Browsing) -> None:
        assert sample.ids(_month="2563-09") == sample.ids(_month="2020-09") == [990001]
        assert "กันยายน 2563 <a" in sample.get("/thaigov/articles?_month=2563-09")[1]
        assert sample.ids(_person="", _month="") == sample.ids()
        status, text = sample.get("/thaigov/articles?_month=x")
        assert (status, "เดือนไม่ถูกต้อง: x" in text) == (400, True)

    def test_a_title_does_not_hide_a_person(self, sample: Browsing) -> None:
        for name in ("ธนวัชร์", "นายธนวัชร์", " นาย  ธนวัชร์ "):
            asked = urlencode({"_q": name, "_shape": "array"})
            rows = json.loads(sample.get(f"/thaigov/persons.json?{asked}")[1])
            assert [row["name"] for row in rows] == ["ธนวัชร์ ศรีพิทักษ์ไพศาล"]

    def test_more_of_a_facet_is_offered_where_there_is_more(self, tmp_path: Path) -> None:
        people = [
            person(
                f"กอบชัย {'กขคง'[number % 4]}{'จฉชซ'[number // 4 % 4]}{'มยรล'[number // 16 % 4]}{'นบปผ'[number // 64]}งามดี"
            )
            for number in range(210)
        ]
        with browsing(store_of(tmp_path / "store", {"attendees": people})) as server:
            assert "เพิ่มเติม…" in server.get("/thaigov/articles")[1]
            assert "เพิ่มเติม…" not in server.get("/thaigov/articles?_facet_size=200")[1]

    def test_facets_count_what_is_found(self, sample: Browsing) -> None:
        found = sample.ids(_q="นายก")
        asked = urlencode({"_q": "นายก", "_facet_size": "max"})
        facets = json.loads(sample.get(f"/thaigov/articles.json?{asked}")[1])["facet_results"]
        assert set(facets) == {"section", "month", "person", "position"}
        assert sum(value["count"] for value in facets["month"]["results"]) == len(found)
        for name, facet in facets.items():
            value = facet["results"][0]
            parameter = name if name == "section" else f"_{name}"
            assert len(sample.ids(_q="นายก", **{parameter: value["value"]})) == value["count"]

    def test_datasette_s_own_search_does_not_show(self, sample: Browsing) -> None:
        for path in ("/thaigov/articles", "/thaigov/articles?_view=table"):
            assert 'name="_search"' not in sample.get(path)[1]


class TestQuestions:
    @pytest.mark.parametrize(
        "question",
        ["met_with", "met_together", "person_year", "sections_by_month", "edits_and_withdrawals", "on_day"],
    )
    def test_each_is_answered_without_anything_filled_in(self, sample: Browsing, question: str) -> None:
        status, text = sample.get(f"/thaigov/{question}.json?_shape=array")
        assert status == 200, text

    def answer(self, server: Browsing, question: str, **parameters: str) -> list[dict]:
        status, text = server.get(f"/thaigov/{question}.json?{urlencode({'_shape': 'array', **parameters})}")
        assert status == 200, text
        return json.loads(text)

    def test_who_met_whom(self, sample: Browsing, sample_run: EndedCrawl) -> None:
        met = self.answer(sample, "met_with", name="ธนวัชร์ ศรีพิทักษ์ไพศาล")
        assert met == self.answer(sample, "met_with", name="นายธนวัชร ศรีพิทักษ์ไพศาล")  # another spelling
        assert {name_key(row["บุคคล"]) for row in met} == {name_key("ธนวัชร์ ศรีพิทักษ์ไพศาล")}
        other = met[0]["พบกับ"]
        together = self.answer(sample, "met_together", name_1="นาย ธนวัชร์ ศรีพิทักษ์ไพศาล", name_2=other)
        assert len({row["รหัสข่าว"] for row in together}) == len(together) == met[0]["จำนวนข่าว"]
        there = sample_run.rows("SELECT article_id FROM people WHERE attended AND name = ?", other)
        assert {row["รหัสข่าว"] for row in together} <= {number for (number,) in there}

    def test_years_and_days_may_be_of_either_era(self, sample: Browsing) -> None:
        assert self.answer(sample, "on_day", day="2563-09-07") == self.answer(sample, "on_day", day="2020-09-07")
        assert [row["รหัสข่าว"] for row in self.answer(sample, "on_day", day="2563-09-07")] == [990001]
        years = [self.answer(sample, "sections_by_month", year=year) for year in ("2568", "2025")]
        assert years[0] == years[1] != []
        for name, year in (("ธนวัชร์", "2563"), (" นายธนวัชร์", "พ.ศ. ๒๕๖๓"), ("ธนวัชร์", "2020 ")):
            (row, *_) = self.answer(sample, "person_year", name=name, year=year)
            assert (row["รหัสข่าว"], row["บทบาท"]) == (990001, "เข้าร่วม")

    @pytest.mark.parametrize(
        "day", [" 2563-09-07 ", "2563-9-7", "7/9/2563", "7 ก.ย. 2563", "๗ กันยายน ๒๕๖๓", "7.9.2020"]
    )
    def test_a_day_may_be_written_as_people_write_it(self, sample: Browsing, day: str) -> None:
        assert [row["รหัสข่าว"] for row in self.answer(sample, "on_day", day=day)] == [990001]

    @pytest.mark.parametrize(
        ("question", "given", "why"),
        [
            ("on_day", {"day": "31/2/2563"}, "วันที่ไม่ถูกต้อง: 2563-02-31 "),
            ("on_day", {"day": "พรุ่งนี้"}, "วันที่ไม่ถูกต้อง: พรุ่งนี้ "),
            ("person_year", {"name": "ธนวัชร์", "year": "63"}, "ปีไม่ถูกต้อง: 63 "),
            ("sections_by_month", {"year": "2563-09"}, "ปีไม่ถูกต้อง: 2563-09 "),
        ],
    )
    def test_what_is_no_day_and_no_year_is_said(
        self, sample: Browsing, question: str, given: dict[str, str], why: str
    ) -> None:
        status, text = sample.get(f"/thaigov/{question}?{urlencode(given)}")
        assert (status, f'<p class="notice">{why}' in text) == (400, True)

    def test_people_of_one_given_name_are_told_apart(self, sample_run: EndedCrawl, tmp_path: Path) -> None:
        folder = store_of(
            tmp_path / "store",
            {"attendees": [person("กอบชัย หนึ่งงาม"), person("ขวัญ อื่นใด")]},
            {"attendees": [person("กอบชัย สองงาม"), person("ขวัญ อื่นใด")]},
            {"attendees": [person("กอบชัย สองงาม"), person("ขวัญ อื่นไดั")], "mentions": [person("ขวัญ อื่นใด")]},
            {"attendees": [person("กอบชัย สองงาม")], "mentions": [person("ขวัญ อื่นใด")]},
            {"attendees": [person("กอบชัย สองงามยิ่ง"), person("ขวัญ อื่นใด")]},
        )
        with browsing(folder) as server:
            met = self.answer(server, "met_with", name="นายกอบชัย")
            assert [(row["บุคคล"], row["จำนวนข่าว"]) for row in met if row["พบกับ"] == "ขวัญ อื่นใด"] == [
                ("กอบชัย สองงาม", 1),
                ("กอบชัย สองงามยิ่ง", 1),
                ("กอบชัย หนึ่งงาม", 1),
            ]
            _, text = server.get(f"/-/person?{urlencode({'name': 'กอบชัย สองงาม'})}")
            links = re.findall(r'href="([^"]*met_together[^"]*)"[^>]*>(\d+) ข่าว', text)
            assert len(links) == 2
            for link, number in links:
                path, _, query = link.replace("&amp;", "&").partition("?")
                rows = json.loads(server.get(f"{path}.json?{query}&_shape=array")[1])
                assert len(rows) == int(number) == 1

    def test_a_name_is_shown_as_it_is_spelt_most(self, tmp_path: Path) -> None:
        often, seldom = "ธนวัชร์ ศรีพิทักษ์", "ธนวัชร์ ศรีพิทักส์"  # the greater one is the rarer
        assert name_key(often) == name_key(seldom)
        assert often < seldom
        met = [{"attendees": [person("กอบชัย สองงาม"), person(name)]} for name in (often, seldom, often)]
        with browsing(store_of(tmp_path / "store", *met)) as server:
            (row,) = self.answer(server, "met_with", name="กอบชัย สองงาม")
            assert (row["พบกับ"], row["จำนวนข่าว"]) == (often, 3)
            (row,) = self.answer(server, "met_with", name=seldom)
            assert row["บุคคล"] == often
            assert seldom not in server.get(f"/-/person?{urlencode({'name': 'กอบชัย สองงาม'})}")[1]

    def test_edits_and_withdrawals(self, hostile: Browsing) -> None:
        assert 990001 in {row["รหัสข่าว"] for row in self.answer(hostile, "edits_and_withdrawals")}


def test_a_person_is_found_under_any_spelling(sample: Browsing) -> None:
    status, text = sample.get(f"/-/person?{urlencode({'name': 'นาย ธนวัชร ศรีพิทักษไพศาล'})}")
    assert status == 200
    assert "<h1>นายธนวัชร์ ศรีพิทักษ์ไพศาล</h1>" in text
    assert sample.get("/-/person?name=x")[0] == sample.get("/-/person")[0] == 404


def test_a_person_is_found_under_the_names_that_are_joined(sample_run: EndedCrawl, tmp_path: Path) -> None:
    """By the page of the person, the list of persons, the questions, and addresses with the key that was joined."""
    shutil.copy(sample_run.folder / "thaigov.db", tmp_path)
    latin, thai = "Thanawat Sripitakpaisan", "ธนวัชร์ ศรีพิทักษ์ไพศาล"
    assert scrapy("persons", f"-sTHAIGOV_DIR={tmp_path}", "--same", latin, thai).returncode == 0
    with browsing(tmp_path) as server:
        for name in (latin, thai):
            status, text = server.get(f"/-/person?{urlencode({'name': name})}")
            assert (status, f"<h1>นาย{thai}</h1>" in text, latin in text) == (200, True, True)
            query = urlencode({"_q": name, "_shape": "array"})
            assert [row["articles"] for row in json.loads(server.get(f"/thaigov/persons.json?{query}")[1])] == [6]
            query = urlencode({"name": name, "year": "2565", "_shape": "array"})
            rows = json.loads(server.get(f"/thaigov/person_year.json?{query}")[1])
            assert {row["รหัสข่าว"] for row in rows} == {990016, 990019}
        assert server.ids(_person=name_key(latin)) == server.ids(_person=name_key(thai))
        assert 990016 in server.ids(_person=name_key(latin))
        assert f"นาย{thai}" in server.get(f"/thaigov/articles?{urlencode({'_person': name_key(latin)})}")[1]


@pytest.mark.parametrize(
    ("title", "name", "written"),
    [
        ("นาย", "สมชาย ใจดี", "นายสมชาย ใจดี"),
        ("รศ.ดร.", "สมชาย ใจดี", "รศ.ดร.สมชาย ใจดี"),
        ("พลเอก", "สมชาย ใจดี", "พลเอก สมชาย ใจดี"),
        ("Mr.", "John Smith", "Mr. John Smith"),
        ("", "สมชาย ใจดี", "สมชาย ใจดี"),
    ],
)
def test_a_title_stands_before_a_name_as_thai_is_written(title: str, name: str, written: str) -> None:
    assert full_name(title, name) == written


def test_what_is_wrong_is_said_on_the_page(sample: Browsing) -> None:
    for path, status in {"/thaigov/articles/1": 404, "/x": 404, "/thaigov?sql=SELECT+x": 400}.items():
        assert sample.get(path)[0] == status
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    status, text = sample.get(f"/thaigov?{urlencode({'sql': endless, '_timelimit': 500})}")
    assert (status, "ใช้เวลานานเกินไป" in text) == (400, True)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/thaigov/articles?_sort=nope", 400),
        ("/thaigov/articles?_sort=id&_sort_desc=id", 400),
        ("/thaigov/articles?_size=x", 400),
        ("/thaigov/articles.json?_col=nope", 400),
        ("/thaigov/articles?_where=nope", 400),
        ("/thaigov/people/1", 404),
        ("/thaigov/people/990001,99", 404),
        ("/thaigov/nope/1", 400),
        ("/thaigov/nope", 404),
        ("/thaigov/articles?_through=x", 400),
        ("/thaigov/articles?_through=[]", 400),
        ('/thaigov/articles?_through={"table":"people"}', 400),
        ('/thaigov/articles?_through={"table":"nope","column":"name","value":"x"}', 400),
        ('/thaigov/articles?_through={"table":"people","column":"nope","value":"x"}', 400),
        ('/thaigov/articles?_through={"table":"people","column":"name","value":{}}', 400),
        ("/thaigov/met_with?_timelimit=x", 400),
        ("/thaigov?sql=SELECT+:a,+1/", 400),
    ],
)
def test_a_wrong_address_is_not_our_fault(sample: Browsing, path: str, status: int) -> None:
    """Nor is it told on the terminal: see `browsing`."""
    answered, text = sample.get(quote(path, safe="/?=&:+,"))
    assert answered == status, text
    if ".json" not in path:
        assert len(re.findall(r'<p class="notice">[^<\n]+</p>', text)) == 1


def test_it_ends_while_a_question_is_being_asked(sample_run: EndedCrawl) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with browsing(sample_run.folder) as server, ThreadPoolExecutor() as asking:
        answer = asking.submit(server.get, f"/thaigov.json?{urlencode({'sql': endless, '_timelimit': 500})}")
        server.get("/")  # by then the other one is at work, if not for sure
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(TIMEOUT) == 0
        assert answer.result()[0] == 400  # broken off, and told so


def test_what_is_written_meanwhile_is_seen(sample_run: EndedCrawl, tmp_path: Path) -> None:
    shutil.copy(sample_run.folder / "thaigov.db", tmp_path)
    with browsing(tmp_path) as server, contextlib.closing(sqlite3.connect(tmp_path / "thaigov.db")) as database:
        assert server.ids(_q="คำที่เพิ่งเขียน") == []
        with database:
            database.execute("UPDATE articles SET title = 'คำที่เพิ่งเขียนลงไป' WHERE id = 990002")
            assert server.ids(_q="คำที่เพิ่งเขียน") == []  # nor does the reader wait for the writer
        assert server.ids(_q="คำที่เพิ่งเขียน") == [990002]


class Window:
    """A window of a browser, what went wrong in it, and whom it asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: set[str] = set()
        # A page's own status (404) is told on the console, too.
        page.on("console", lambda message: message.location["url"] == page.url or self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self.asked.add(re.match(r"\w+:(//[^/]*)?", request.url)[0]))


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Window]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="th-TH")
    yield Window(context.new_page())
    context.close()


@pytest.fixture
def page(window: Window) -> Iterator[Page]:
    """A page of a browser; nothing may go wrong in it, and it may ask nobody but the one server."""
    window.page.goto("about:blank")
    window.page.emulate_media(color_scheme="light")
    window.said.clear()
    window.asked.clear()
    yield window.page
    assert window.said == []
    assert len(window.asked) == 1, window.asked


def test_no_page_has_elements_of_the_texts(hostile: Browsing) -> None:
    """As another parser than a browser's sees it. In a browser: below, and tests/soak/commands."""
    failing = [
        f"/{quote(HOSTILE)}",
        "/-/person?" + urlencode({"name": f"x{HOSTILE}"}),
        "/thaigov?" + urlencode({"sql": HOSTILE}),
    ]
    for path in (*PAGES, *hostile_paths(), *failing):
        status, text = hostile.get(path)
        assert (status == 200) == (path not in failing), path
        page = html.document_fromstring(text)
        assert page.xpath("//script | //img | //iframe | //object | //*[@onclick or @onerror]") == [], path
        links = [urljoin(hostile.address, link) for link in page.xpath("//a/@href | //form/@action")]
        assert not [link for link in links if not link.startswith(("http://", "https://"))], path


class TestInABrowser:
    def test_from_a_word_to_an_article_to_a_person(self, sample: Browsing, page) -> None:
        page.goto(sample.address)
        page.get_by_label("ค้นหาข่าว").fill("สะพาน")
        page.get_by_role("button", name="ค้นหาข่าว").click()
        expect(page.locator("h1")).to_have_text(f"พบ {len(sample.ids(_q='สะพาน'))} ข่าว")
        assert page.locator("mark").first.inner_text() == "สะพาน"
        page.get_by_role("link", name="นายกฯ เปิดสะพานข้ามแม่น้ำแม่จันทรา").click()
        expect(page.locator("dl.facts").first).to_contain_text("2020-09-07")
        assert "7 กันยายน 2563 2020-09-07" in page.locator("dl.facts").first.inner_text()
        assert page.locator(".body p").count() > 2
        page.get_by_role("link", name="ธนวัชร์ ศรีพิทักษ์ไพศาล").click()
        expect(page.locator("h1")).to_have_text("นายธนวัชร์ ศรีพิทักษ์ไพศาล")
        assert "นายกรัฐมนตรี" in page.locator("table").first.inner_text()
        page.get_by_role("link", name="2563", exact=True).click()
        expect(page.locator("article.card")).to_have_count(1)
        page.go_back()
        page.locator("ul.plain a").last.click()
        expect(page).to_have_url(f"{sample.address}/thaigov/articles/990001")

    def test_narrowing_and_widening(self, sample: Browsing, page) -> None:
        page.goto(f"{sample.address}/thaigov/articles")
        page.locator("#facets").get_by_role("link", name="ธนวัชร์ ศรีพิทักษ์ไพศาล").click()
        expect(page.locator(".chosen li")).to_have_count(1)
        found = int(page.locator("h1").inner_text().split()[1])
        assert 0 < found < 33
        page.get_by_label("ค้นหาข่าว").fill("สะพาน")
        page.get_by_role("button", name="ค้นหาข่าว").click()
        expect(page.locator(".chosen li")).to_have_count(2)
        assert 0 < int(page.locator("h1").inner_text().split()[1]) < found
        page.locator(".chosen a").first.click()
        expect(page.locator(".chosen li")).to_have_count(1)
        page.locator(".chosen a").first.click()
        expect(page.locator("h1")).to_have_text("พบ 33 ข่าว")
        newest = page.locator("article.card").first.inner_text()
        page.get_by_role("link", name="เรียงจากเก่าไปใหม่").click()
        expect(page.locator("article.card").last).to_have_text(newest, use_inner_text=True)

    def test_a_question_is_asked_and_answered(self, sample: Browsing, page) -> None:
        page.goto(sample.address)
        page.get_by_role("link", name="ใครพบใครบ่อยที่สุด").click()
        page.get_by_label("ชื่อบุคคล").fill("ธนวัชร์")
        page.get_by_role("button", name="ดูคำตอบ").click()
        page.locator("tbody a").first.click()
        expect(page).to_have_url(re.compile(r"/-/person\?name="))

    def test_earlier_versions_are_shown(self, sample: Browsing, sample_run: EndedCrawl, page) -> None:
        ((number,),) = sample_run.rows("SELECT article_id FROM revisions")
        page.goto(f"{sample.address}/thaigov/articles/{number}")
        page.locator("details.revision summary").click()
        expect(page.locator("details.revision .body p").first).to_be_visible()

    def test_pages_in_the_dark_and_on_a_phone(self, sample: Browsing, page) -> None:
        """All pages: tests/soak/commands."""
        page.emulate_media(color_scheme="dark")
        for path in FEW:
            assert page.goto(sample.address + path).status == 200
            is_dark_and_narrow(page, path)

    def test_text_of_the_web_stays_text(self, hostile: Browsing, page) -> None:
        """On all pages: tests/soak/commands."""
        for path in (*FEW, hostile_paths()[0]):
            assert page.goto(hostile.address + path).status == 200, path
            nothing_came_alive(page, path)
        page.goto(f"{hostile.address}/{HOSTILE}")
        nothing_came_alive(page, HOSTILE)

    def test_what_was_withdrawn_or_is_no_web_address_says_so(self, hostile: Browsing, page) -> None:
        page.goto(f"{hostile.address}/thaigov/articles/990001")
        assert "2 มกราคม 2569 เวลา 10.04 น." in page.locator(".notice").inner_text()
        assert page.locator("ul.addresses a").count() == 1
        assert page.get_by_text(BAD_LINK).count() == 4


def is_dark_and_narrow(page: Page, path: str) -> None:
    """Check that the page at a path fits a phone and is dark."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", colour))) < 64, path


def nothing_came_alive(page: Page, path: str) -> None:
    """Assert that no text of articles and addresses is an element or a script of an opened page."""
    assert page.evaluate("window.pwned") is None, path
    assert page.locator("script, img, iframe, object, [onclick], [onerror]").count() == 0, path
    links = page.evaluate("[...document.querySelectorAll('a, form')].map(e => e.href || e.action)")
    assert not [link for link in links if not link.startswith(("http://", "https://"))], path


def hostile_paths() -> list[str]:
    """Return the addresses of pages that show the hostile article, person or parameters."""
    person = urlencode({"name": f"กข {HOSTILE}"})
    narrowed = urlencode({"_q": HOSTILE, "_person": HOSTILE, "_position": HOSTILE, "section": f"section {HOSTILE}"})
    return [
        f"/-/person?{person}",
        f"/thaigov/articles?{narrowed}",
        "/thaigov/articles?" + urlencode({"_q": "<script> javascript onerror"}),
        "/thaigov/articles?_view=table&_sort=id",
        "/thaigov/people?article_id=990001",
        "/thaigov/met_with?" + urlencode({"name": HOSTILE}),
        "/thaigov/person_year?" + urlencode({"name": HOSTILE, "year": "2020"}),
        "/thaigov/on_day?day=2020-09-07",
    ]


FEW = ["/", "/thaigov/articles", "/thaigov/articles/990001"]  # these have the most on them
PAGES = [
    "/",
    "/thaigov",
    "/thaigov/articles",
    "/thaigov/articles?_view=table",
    "/thaigov/articles/990001",
    "/thaigov/persons",
    "/thaigov/people",
    "/thaigov/people/990001,0",
    "/thaigov/changes",
    "/thaigov/revisions",
    "/thaigov/sections_by_month",
    "/thaigov/edits_and_withdrawals",
]


def test_a_moment_that_no_calendar_has_breaks_no_page(tmp_path: Path) -> None:
    moments = ("9999-12-31T23:59:59+00:00", "2099-01-01T00:00:00+00:00", "soon", "")
    folder = store_of(tmp_path / "data", *({"captured_at": moment} for moment in moments))
    with browsing(folder) as server:
        for path in ("/thaigov/articles", *(f"/thaigov/articles/{number}" for number in range(1, 5))):
            assert server.get(path)[0] == 200, path
