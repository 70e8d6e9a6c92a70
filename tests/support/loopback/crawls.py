"""A loopback copy of Common Crawl: the list of crawls with their indexes, and the WARC files, in two servers.

The files are written by warcio, and the rows of the indexes have the places that warcio reads from them. The indexes
answer as the pywb of Common Crawl does, in pages, and with 404 and a message in JSON if they list nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs
from urllib.request import urlopen

from warcio.archiveiterator import ArchiveIterator

from sample.warc import Warc
from tests.support.loopback.answers import HTML, JSON, TEXT, Answer, html
from tests.support.loopback.archive import urlkey
from tests.support.loopback.server import Asked, LoopbackServer

if TYPE_CHECKING:
    from typing import Self

LIST = "/collinfo.json"
ROWS = "text/x-ndjson"
_RANGE = re.compile(r"bytes=(\d+)-(\d+)", re.ASCII)


@dataclass
class Crawl:
    """A crawl: when it began and ended, and one WARC file for its pages."""

    name: str
    begin: str  # ISO datetime without offset, UTC, as in the list
    end: str
    warc: Warc = field(default_factory=Warc)
    marks: dict[str, dict[str, Any]] = field(default_factory=dict)  # address to further fields of its rows

    @property
    def file(self) -> str:
        """Return the path of its WARC file."""
        return f"crawl-data/{self.name}/segments/1700000000000.01/warc/{self.name}-00000.warc.gz"

    @property
    def content(self) -> bytes:
        """Return the bytes of its WARC file."""
        return b"".join(self.warc.records)

    def add(self, url: str, timestamp: str, body: bytes, row: Mapping[str, Any] | None = None, **details: Any) -> None:
        """Add a capture of `url` at `timestamp` (14 digits, UTC).

        `row` has fields of its row in the index that replace the true ones, such as a wrong offset. `details` are those
        of `Warc.response`.
        """
        date = (
            f"{timestamp[:4]}-{timestamp[4:6]}-{timestamp[6:8]}T{timestamp[8:10]}:{timestamp[10:12]}:{timestamp[12:]}Z"
        )
        self.warc.response(url, date, body, **details)
        self.marks.setdefault(f"{url} {timestamp}", {}).update(row or {})

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of its index, in order, with the places of the records."""
        found, records = [], ArchiveIterator(BytesIO(self.content))
        for record in records:
            row = _row(record, self.file)
            record.raw_stream.read()
            row |= {"offset": str(records.get_record_offset()), "length": str(records.get_record_length())}
            found.append(row | self.marks.get(f"{row['url']} {row['timestamp']}", {}))
        return sorted(found, key=lambda row: (row["urlkey"], row["timestamp"]))

    def entry(self, base: str) -> dict[str, str]:
        """Return its entry in the list of crawls."""
        return {
            "id": self.name,
            "name": f"{self.name} Index",
            "timegate": f"{base}/{self.name}/",
            "cdx-api": f"{base}/{self.name}-index",
            "from": self.begin,
            "to": self.end,
        }


def _row(record: Any, file: str) -> dict[str, Any]:
    own, url = record.rec_headers.get_header, record.rec_headers.get_header("WARC-Target-URI")
    row = {
        "urlkey": urlkey(url),
        "timestamp": re.sub(r"\D", "", own("WARC-Date"))[:14],
        "url": url,
        "mime": (record.http_headers.get_header("Content-Type") or HTML).partition(";")[0],
        "mime-detected": "text/html",
        "status": record.http_headers.get_statuscode(),
        "digest": own("WARC-Payload-Digest").removeprefix("sha1:"),
        "filename": file,
    }
    if truncated := own("WARC-Truncated"):
        row["truncated"] = truncated
    return row


class IndexServer(LoopbackServer):
    """The list of crawls, and their indexes."""

    def __init__(self, crawls: list[Crawl]) -> None:
        super().__init__()
        self._crawls = crawls
        self.rows_of_a_page = 10
        self.pywb = ""  # the address of a real pywb that answers the questions instead, if any

    def answer(self, asked: Asked) -> Answer:
        if asked.path == LIST:
            entries = [crawl.entry(self.url) for crawl in reversed(self._crawls)]
            return Answer(json.dumps(entries, indent=2).encode(), content_type=JSON)
        crawl = next((crawl for crawl in self._crawls if asked.path == f"/{crawl.name}-index"), None)
        if crawl is None:
            return html("Not Found", "<h1>Not Found</h1>", status=404)
        if self.pywb:
            with urlopen(f"{self.pywb}/{crawl.name}/cdx?{asked.query}") as answer:
                return Answer(answer.read(), content_type=ROWS)
        return self._search(crawl, {name: values[0] for name, values in parse_qs(asked.query).items()})

    def _search(self, crawl: Crawl, query: Mapping[str, str]) -> Answer:
        assert (query["matchType"], query["output"]) == ("prefix", "json")
        key = urlkey(query["url"].rstrip("/")) + "/" * query["url"].endswith("/")
        rows = [row for row in crawl.rows() if row["urlkey"].startswith(key)]
        pages = -(-len(rows) // self.rows_of_a_page)
        if "showNumPages" in query:
            told = {"pages": pages, "pageSize": 5, "blocks": pages}
            return Answer(json.dumps(told).encode() + b"\n", content_type=JSON)
        page = int(query["page"])
        if not rows:
            return said(404, f"No Captures found for: {query['url']}")
        if page >= pages:
            return said(400, f"Page {page} invalid: First Page is 0, Last Page is {pages - 1}")
        shown = rows[page * self.rows_of_a_page :][: self.rows_of_a_page]
        return Answer("".join(json.dumps(row) + "\n" for row in shown).encode(), content_type=ROWS)


class DataServer(LoopbackServer):
    """The WARC files. It sends the range that a request asks for."""

    def __init__(self, crawls: list[Crawl]) -> None:
        super().__init__()
        self._crawls = crawls

    def answer(self, asked: Asked) -> Answer:
        crawl = next((crawl for crawl in self._crawls if asked.path == f"/{crawl.file}"), None)
        if crawl is None:
            return said(404, "NoSuchKey")
        content, wanted = crawl.content, _RANGE.fullmatch(asked.headers["Range"] or "")
        if not wanted:
            return Answer(content, content_type="application/octet-stream")
        first, last = int(wanted[1]), min(int(wanted[2]), len(content) - 1)
        if first >= len(content):
            return Answer(b"", 416, TEXT, {"Content-Range": f"bytes */{len(content)}"})
        headers = {"Content-Range": f"bytes {first}-{last}/{len(content)}", "Accept-Ranges": "bytes"}
        return Answer(content[first : last + 1], 206, "application/octet-stream", headers)


class CommonCrawl:
    """Both servers. They run within a `with`."""

    def __init__(self) -> None:
        self.crawls: list[Crawl] = []  # the oldest first
        self.index, self.data = IndexServer(self.crawls), DataServer(self.crawls)

    def crawl(self, year: int, week: int = 10, end: str = "") -> Crawl:
        """Add a crawl of a year, and return it. It ended in the March of the year, or at `end`."""
        crawl = Crawl(f"CC-MAIN-{year}-{week:02}", f"{year}-03-01T01:02:03", end or f"{year}-03-14T01:02:03")
        self.crawls.append(crawl)
        return crawl

    @property
    def settings(self) -> dict[str, str]:
        """Return the settings that make a run ask these servers."""
        return {"THAIGOV_COMMONCRAWL_INDEX": f"{self.index.url}/", "THAIGOV_COMMONCRAWL_DATA": f"{self.data.url}/"}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(self.index)
            stack.enter_context(self.data)
            self._running = stack.pop_all()
        return self

    def __exit__(self, *details: Any) -> None:
        self._running.__exit__(*details)


def said(status: int, message: str) -> Answer:
    """Return a message as pywb sends it."""
    return Answer(json.dumps({"message": message}).encode(), status, JSON)
