"""Recording: small crawls of a loopback server, which stands in (as a proxy) for every host; and what they recorded."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest
from scrapy.http import HtmlResponse, Request
from scrapy.settings import Settings
from warcio.archiveiterator import ArchiveIterator

from tests.support.commands import QUICK, TIMEOUT, How, Started, crawl, environment, started
from tests.support.loopback.archive import Archive
from tests.support.terminals import on_a_terminal
from tests.support.warcs import address, page, warc_of
from thaigov_crawler.extensions.recorder import WarcRecorder

ARTICLE = "http://www.thaigov.go.th/news/contents/details/"
REPLAY = "http://archive.test/web/20240102030405id_/"
BROTLI = f"{ARTICLE}3"  # `warcio check` of warcio 1.8 cannot decode it with brotli 1.2
HANGING = "http://www.thaigov.go.th/hangs"

# A spider that fetches the addresses it is given. In its archive each address tells what it is a copy of.
CRAWL = """
import json, re, sys
from datetime import datetime, timedelta, timezone
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from thaigov_crawler.extensions.recorder import WarcRecorder
from thaigov_crawler.run import Run

addresses, settings, max_bytes = map(json.loads, sys.argv[1:])

class Source:
    name, folder, host = "loopback", None, "archive.test"
    def record_in(self, response, request):
        return None
    def copy_of(self, response):
        copy = re.fullmatch(r"http://archive\\.test/web/(\\d+)id_/(.+)", response.url)
        when = copy and datetime.strptime(copy[1], "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
        return copy and (copy[2], when.astimezone(timezone(timedelta(hours=7))).isoformat())

class Loopback(Spider):
    name = "loopback"
    custom_settings = {"EXTENSIONS": {"thaigov_crawler.extensions.recorder.WarcRecorder": 0}, **settings}
    @classmethod
    def from_crawler(cls, crawler):
        spider = super().from_crawler(crawler)
        spider.run = Run(crawler, Source(), {}, forgives=True)
        return spider
    async def start(self):
        for address, meta in addresses:
            yield Request(address, meta={**meta, "handle_httpstatus_all": True}, dont_filter=True)
    def parse(self, response):
        print(response.url, flush=True)

WarcRecorder.max_bytes = max_bytes
process = CrawlerProcess()
process.crawl(Loopback)
process.start()
"""


@dataclass
class Answer:
    """What the server answers; `body` as it goes over the wire."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=UTF-8"),)
    chunked: bool = False


def encoded(encoding: str) -> tuple[tuple[str, str], ...]:
    return ("Content-Type", "text/html; charset=UTF-8"), ("Content-Encoding", encoding)


SERVED = {
    f"{ARTICLE}1": Answer(page(1)),
    f"{ARTICLE}2": Answer(gzip.compress(page(2)), headers=encoded("gzip")),
    BROTLI: Answer(brotli.compress(page(3)), headers=encoded("br")),
    f"{ARTICLE}4": Answer(gzip.compress(page(4)), headers=encoded("gzip"), chunked=True),
    f"{ARTICLE}5?page=1&x=%E0": Answer(b"nothing here", status=404),
    f"{ARTICLE}6": Answer(b"", status=302, headers=(("Location", "/ข่าว?x=1"), ("X-Twice", "1"), ("X-Twice", "2"))),
    f"{REPLAY}https://www.thaigov.go.th/news/contents/details/7": Answer(page(7)),
    f"{REPLAY}{ARTICLE}8": Answer(b"", status=301, headers=(("Location", f"{REPLAY}http://www.thaigov.go.th/th/8"),)),
    f"{REPLAY}{ARTICLE}9": Answer(b"", status=301, headers=(("Location", f"{REPLAY}{ARTICLE}9/"),)),
    "http://archive.test/cdx?url=x": Answer(b"[]", headers=(("Content-Type", "application/json"),)),
    f"{ARTICLE}10": Answer(page(10)),
    f"{ARTICLE}11": Answer(b"<p>not for you</p>", status=403),
}
RENDERED = (f"{ARTICLE}10", f"{ARTICLE}11")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == HANGING:
            self.server.let_go.wait(TIMEOUT)
        # For pages that are not in the table, enough that do not compress well.
        number = int(re.sub(r"\D", "", self.path) or 0)
        answer = SERVED.get(self.path) or Answer(page(number) + b"<!-- %d -->" % 7 ** (number + 3000))
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value.encode("utf-8").decode("latin-1"))
        length = ("Transfer-Encoding", "chunked") if answer.chunked else ("Content-Length", str(len(answer.body)))
        self.send_header(*length)
        self.end_headers()
        body = answer.body
        self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if answer.chunked else body)

    def log_message(self, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        self.let_go = threading.Event()  # what hangs
        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.let_go.set()
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def proxy(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


@pytest.fixture
def let_go(server: Server) -> Iterator[threading.Event]:
    """Set it, and what hangs is answered."""
    yield server.let_go
    server.let_go.clear()


@dataclass
class Loopback:
    """Crawls through the loopback server."""

    proxy: str
    folder: Path

    def arguments(self, addresses: list[str], max_bytes: int, settings: dict) -> list[str]:
        """Of the crawl that CRAWL is."""
        requests = [(address, {"playwright": True} if address in RENDERED else {}) for address in addresses]
        settings = {
            "THAIGOV_DIR": str(self.folder),
            "THAIGOV_RECORD": True,
            "THAIGOV_CONTACT": "crawler@example.org",
            "USER_AGENT": "loopback/1",
            "DOWNLOAD_DELAY": 0,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
            **settings,
        }
        return [json.dumps(value) for value in (requests, settings, max_bytes)]

    def how(self) -> How:
        """How the crawl is started."""
        return How(code=CRAWL, env=environment(http_proxy=self.proxy, no_proxy=""))

    def crawl(self, addresses: list[str], *, max_bytes: int = 1 << 30, limit: int | None = None, **settings) -> str:
        """Fetch addresses; the log. `limit`: bytes that a file may have."""
        how = self.how() if limit is None else self.how() | {"limit": limit}
        status, said = on_a_terminal(*self.arguments(addresses, max_bytes, settings), **how)  # which has no limit
        assert status == 0, said
        assert "Warning: " not in said, said
        assert "Traceback" not in said, said
        return said

    @property
    def files(self) -> list[Path]:
        return sorted((self.folder / "warc").iterdir())


@pytest.fixture
def loopback(proxy: str, tmp_path: Path) -> Loopback:
    return Loopback(proxy, tmp_path / "data")


@dataclass
class Record:
    """A record of a file, read and its digests checked."""

    kind: str
    uri: str
    headers: dict[str, str]
    http: list[tuple[str, str]]
    line: str
    body: bytes


def records_of(*paths: Path) -> list[Record]:
    found = []
    for path in paths:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests=True):
                http = record.http_headers
                body = record.raw_stream.read()
                assert record.digest_checker.passed is not False, record.digest_checker.problems
                headers = dict(record.rec_headers.headers)
                line = f"{http.protocol} {http.statusline}" if http else ""
                uri = headers.get("WARC-Target-URI", "")
                found.append(Record(record.rec_type, uri, headers, http.headers if http else [], line, body))
    return found


@pytest.fixture(scope="module")
def recorded(proxy: str, tmp_path_factory: pytest.TempPathFactory) -> Loopback:
    """One crawl of all that the server has."""
    loopback = Loopback(proxy, tmp_path_factory.mktemp("recorded"))
    loopback.crawl(list(SERVED), ROBOTSTXT_OBEY=True)
    return loopback


@pytest.fixture(scope="module")
def records(recorded: Loopback) -> list[Record]:
    return records_of(*recorded.files)


def response_to(records: list[Record], uri: str) -> Record:
    (record,) = [record for record in records if record.uri == uri and record.kind in ("response", "conversion")]
    return record


def test_one_closed_file_is_left(recorded: Loopback) -> None:
    (path,) = recorded.files
    assert re.fullmatch(r"thaigov-\d{14}-00000-\d+\.warc\.gz", path.name)


def test_warcio_finds_it_valid(loopback: Loopback) -> None:
    loopback.crawl([address for address in SERVED if address != BROTLI])
    (path,) = loopback.files
    subprocess.run([sys.executable, "-m", "warcio.cli", "check", str(path)], check=True)


def test_the_file_says_who_made_it_and_how(recorded: Loopback, records: list[Record]) -> None:
    about = dict(line.split(": ", 1) for line in records[0].body.decode().splitlines())
    assert records[0].kind == "warcinfo"
    assert records[0].headers["WARC-Filename"] == recorded.files[0].name
    assert about["software"].startswith("thaigov-crawler/")
    assert about["http-header-user-agent"] == "loopback/1"
    assert about["operator"] == "crawler@example.org"
    assert about["robots"].startswith("classic")
    assert about["format"] == "WARC File Format 1.1"


def test_each_response_is_followed_by_its_request(records: list[Record]) -> None:
    exchanged = [record for record in records if record.kind in ("response", "request")]
    for response, request in zip(exchanged[::2], exchanged[1::2], strict=True):
        assert (response.kind, request.kind) == ("response", "request")
        assert request.headers["WARC-Concurrent-To"] == response.headers["WARC-Record-ID"]
        assert (request.uri, request.headers["WARC-Date"]) == (response.uri, response.headers["WARC-Date"])
        assert response.headers["WARC-IP-Address"] == "127.0.0.1"


def test_requests_are_recorded_as_they_were_sent(records: list[Record]) -> None:
    (request,) = [each for each in records if each.uri == f"{ARTICLE}5?page=1&x=%E0" and each.kind == "request"]
    assert request.line == "GET /news/contents/details/5?page=1&x=%E0 HTTP/1.1"
    assert request.http[0] == ("Host", "www.thaigov.go.th")
    assert ("User-Agent", "loopback/1") in request.http


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_bodies_are_kept_as_they_were_sent(records: list[Record], number: int) -> None:
    record, served = response_to(records, f"{ARTICLE}{number}"), SERVED[f"{ARTICLE}{number}"]
    assert record.line == "HTTP/1.1 200 OK"
    assert record.body == served.body
    assert set(served.headers) <= set(record.http)
    names = [name.lower() for name, _ in record.http]
    assert ("Content-Length", str(len(served.body))) in record.http
    assert names.count("content-length") == 1
    assert "transfer-encoding" not in names


def test_what_is_no_page_is_recorded_too(records: list[Record]) -> None:
    assert response_to(records, f"{ARTICLE}5?page=1&x=%E0").line == "HTTP/1.1 404 Not Found"
    assert response_to(records, "http://archive.test/cdx?url=x").body == b"[]"
    assert response_to(records, "http://www.thaigov.go.th/robots.txt")


def test_headers_are_kept_byte_for_byte(records: list[Record]) -> None:
    headers = response_to(records, f"{ARTICLE}6").http
    assert ("Location", "/ข่าว?x=1") in headers
    assert [value for name, value in headers if name == "X-Twice"] == ["1", "2"]


def test_a_copy_has_the_original_address_and_time(recorded: Loopback, records: list[Record]) -> None:
    original = "https://www.thaigov.go.th/news/contents/details/7"
    copies = [record for record in records if record.uri == original]
    assert [record.kind for record in copies] == ["response", "request"]
    for record in copies:
        assert record.headers["WARC-Date"] == "2024-01-02T03:04:05Z"
        assert record.headers["WARC-Source-URI"] == f"{REPLAY}{original}"
        assert was_then(record.headers["WARC-Creation-Date"], recorded)
    assert dict(copies[1].http)["Host"] == "archive.test"


def was_then(warc_date: str, recorded: Loopback) -> bool:
    """Whether a record is of the hour in which its file was written."""
    moment = datetime.fromisoformat(warc_date.replace("Z", "+00:00")).timestamp()
    return abs(recorded.files[0].stat().st_mtime - moment) < 3600


def test_live_pages_have_the_time_they_were_fetched_at_and_no_other_origin(
    recorded: Loopback, records: list[Record]
) -> None:
    record = response_to(records, f"{ARTICLE}1")
    assert was_then(record.headers["WARC-Date"], recorded)
    assert not {"WARC-Source-URI", "WARC-Creation-Date"} & set(record.headers)


def test_a_rendered_page_is_a_conversion_without_a_request(records: list[Record]) -> None:
    record = response_to(records, f"{ARTICLE}10")
    assert (record.kind, record.body) == ("conversion", page(10))
    assert record.headers["Content-Type"] == "text/html; charset=utf-8"
    assert not [each for each in records if each.uri == f"{ARTICLE}10" and each.kind == "request"]


def test_what_was_recorded_is_read_again(recorded: Loopback, tmp_path: Path) -> None:
    run = crawl(tmp_path, source=f"warc:{recorded.folder / 'warc'}", settings={"THAIGOV_TOLERATED_FAILURES": "1"})
    assert run.status == 0
    visits = dict(run.rows("SELECT article_id, outcome FROM visits"))
    stored = dict.fromkeys((1, 2, 3, 4, 7, 10), "stored")
    # 9 led to another address of the same article, which is no visit.
    assert visits == {**stored, 5: "absent", 6: "moved", 8: "moved", 11: "refused"}
    assert run.rows("SELECT captured_at, capture_url FROM articles WHERE id = 7") == [
        ("2024-01-02T03:04:05+00:00", f"{REPLAY}https://www.thaigov.go.th/news/contents/details/7")
    ]
    assert run.rows("SELECT capture_url FROM articles WHERE id = 1") == [(f"{ARTICLE}1",)]
    assert run.rows("SELECT target FROM visits WHERE article_id = 8") == [("http://www.thaigov.go.th/th/8",)]


def test_a_run_on_an_archive_can_be_run_again_on_what_it_recorded(tmp_path: Path, archive: Archive) -> None:
    for article_id in range(1, 6):
        archive.add(address(article_id), f"2024010203040{article_id}", page(article_id))
    archive.add("http://www.thaigov.go.th:80/news/contents/details/6", "20240102030406", page(6))
    first = crawl(tmp_path / "data", source="wayback", settings={**QUICK, "THAIGOV_ARCHIVE": archive.url})
    again = crawl(tmp_path / "again", source=f"warc:{first.folder / 'warc'}")
    assert (again.status, again.outcomes) == (0, {"stored": 6})
    captures = "SELECT id, digest, captured_at, capture_url FROM articles ORDER BY id"
    assert again.rows(captures) == first.rows(captures)


# Files


def test_a_new_file_begins_when_one_is_full(loopback: Loopback) -> None:
    loopback.crawl([f"{ARTICLE}{number}" for number in range(100, 106)], max_bytes=5000)
    assert 1 < len(loopback.files) < 6
    for path in loopback.files:
        records = records_of(path)
        assert path.name.endswith(".warc.gz")
        assert records[0].headers["WARC-Filename"] == path.name
        assert len(records) % 2 == 1
        assert path.stat().st_size < 5000 + 4000
    assert len(records_of(*loopback.files)) == len(loopback.files) + 2 * 6


def test_nothing_is_recorded_where_that_is_turned_off(loopback: Loopback) -> None:
    loopback.crawl([f"{ARTICLE}1"], THAIGOV_RECORD=False)
    assert not loopback.folder.exists()


def test_nothing_is_recorded_of_runs_on_files(tmp_path: Path) -> None:
    path = warc_of(range(1, 3)).write(tmp_path / "pages.warc.gz")
    run = crawl(tmp_path / "data", source=f"warc:{path}")
    assert (run.status, run.outcomes) == (0, {"stored": 2})
    assert not (run.folder / "warc").exists()


@contextmanager
def fetched(loopback: Loopback, addresses: list[str]) -> Iterator[Started]:
    """A crawl that has fetched these addresses and is not at its end."""
    arguments = loopback.arguments([*addresses, HANGING], 1 << 30, {})
    ours, its = os.pipe()
    with os.fdopen(ours, encoding="utf-8") as output, started(*arguments, stdout=its, **loopback.how()) as process:
        os.close(its)
        assert {output.readline().strip() for _ in addresses} == set(addresses)
        yield process


def test_after_sigkill_every_response_so_far_is_there(loopback: Loopback, tmp_path: Path) -> None:
    addresses = [f"{ARTICLE}{number}" for number in range(100, 120)]
    with fetched(loopback, addresses):
        pass
    (path,) = loopback.files
    assert path.name.endswith(".warc.gz.open")
    assert {record.uri for record in records_of(path) if record.kind == "response"} == set(addresses)
    run = crawl(tmp_path / "again", source=f"warc:{path.parent}")
    assert (run.status, run.outcomes) == (0, {"stored": 20})


def test_after_sigint_the_file_is_closed(loopback: Loopback, let_go: threading.Event) -> None:
    with fetched(loopback, [f"{ARTICLE}1"]) as process:
        process.send_signal(signal.SIGINT)
        let_go.set()
        process.wait()
    (path,) = loopback.files
    assert path.suffix == ".gz"
    assert [record.kind for record in records_of(path)][:3] == ["warcinfo", "response", "request"]


# Where writing fails


def test_a_full_disk_ends_the_run_and_leaves_whole_records(loopback: Loopback) -> None:
    addresses = [f"{ARTICLE}{number}" for number in range(100, 200)]
    log = loopback.crawl(addresses, limit=20_000)
    assert f"Responses cannot be recorded in {loopback.folder / 'warc'}: File too large." in log
    assert log.count("turn recording off (-s THAIGOV_RECORD=False)") == 1
    assert "Closing spider (recording_failed)" in log
    (path,) = loopback.files
    assert path.suffix == ".gz"
    responses = [record.uri for record in records_of(path) if record.kind == "response"]
    assert 0 < len(responses) < len(addresses)


def test_no_room_for_anything_leaves_nothing(loopback: Loopback) -> None:
    assert "Closing spider (recording_failed)" in loopback.crawl([f"{ARTICLE}1"], limit=100)
    assert loopback.files == []


def test_a_folder_that_cannot_be_made_ends_the_run(loopback: Loopback) -> None:
    loopback.folder.mkdir()
    (loopback.folder / "warc").write_text("a file")
    log = loopback.crawl([f"{ARTICLE}{number}" for number in range(1, 50)])
    assert f"cannot be recorded in {loopback.folder / 'warc'}: File exists" in log
    assert "Closing spider (recording_failed)" in log
    assert (loopback.folder / "warc").read_text() == "a file"


# The object alone


@pytest.fixture
def run(tmp_path: Path) -> SimpleNamespace:
    source = SimpleNamespace(copy_of=lambda response: None, record_in=lambda response, request: None)
    return SimpleNamespace(source=source, recordings=tmp_path / "warc")


def test_runs_of_the_same_second_do_not_replace_each_other(run: SimpleNamespace, tmp_path: Path) -> None:
    request = Request("https://www.thaigov.go.th/")
    recorders = [WarcRecorder(run, Settings()) for _ in range(3)]
    for recorder in recorders:
        recorder.response_downloaded(HtmlResponse(request.url, body=b"x"), request)
    for recorder in recorders:
        recorder.spider_closed()
        recorder.spider_closed()
    later = WarcRecorder(run, Settings())
    later.response_downloaded(HtmlResponse(request.url, body=b"x"), request)
    later.spider_closed()
    assert len(list((tmp_path / "warc").glob("*.warc.gz"))) == len(list((tmp_path / "warc").iterdir())) == 4


def test_an_original_address_cannot_add_headers(run: SimpleNamespace, tmp_path: Path) -> None:
    run.source.copy_of = lambda response: (f"{ARTICLE}1\r\nWARC-Truncated: x", "2024-01-02T03:04:05+00:00")
    recorder, request = WarcRecorder(run, Settings()), Request(f"{REPLAY}{ARTICLE}1")
    recorder.response_downloaded(HtmlResponse(request.url, body=b"x"), request)
    recorder.spider_closed()
    (path,) = (tmp_path / "warc").iterdir()
    assert not [record for record in records_of(path) if "WARC-Truncated" in record.headers]
