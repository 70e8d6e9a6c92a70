"""One WARC file with pages in all forms in which recorders, servers and archives leave them.

They are compressed, cut, chunked (or only declared so), partial, without a body, or revisits. Each article has one or
more such pages. The outcome of each is exactly the expected one.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import pytest

from sample.warc import Warc
from tests.support.commands import EndedCrawl, crawl
from tests.support.packing import PACKERS, Packer
from tests.support.warcs import address, page

ZSTD = dict(PACKERS)["zstd"]
BOM = b"\xef\xbb\xbf"
DAY = "2025-01-0{}T00:00:00Z"
# The page is long, so that a page that is cut still looks like an article.
LINES = "".join(f"<p>ย่อหน้าที่ {number}</p>" for number in range(3000))
WHOLE = "bytes 0-{}/{}"


def long_page(article_id: int) -> bytes:
    return page(article_id, body=f"{LINES}<p>จบข่าวที่ {article_id}</p>")


def chunks(body: bytes, size: int = 5000, end: bytes = b"0\r\n\r\n") -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + end


class Made:
    """A WARC file, and the outcomes that its visits should have."""

    def __init__(self) -> None:
        self.warc = Warc()
        self.expected: dict[int, str] = {}
        self._next = 1

    def add(self, outcome: str, make: Callable[[bytes], bytes], status: int = 200, **headers: str) -> int:
        """Add an article with one record. `make` turns the page into the body that is recorded."""
        article_id, self._next = self._next, self._next + 1
        body = make(long_page(article_id))
        self.warc.response(address(article_id), DAY.format(1), body, status, **headers)
        self.expected[article_id] = outcome
        return article_id


def cut(packed: Packer) -> Packer:
    return lambda body: (data := packed(body))[: len(data) // 2]


def two_members(body: bytes) -> bytes:
    return gzip.compress(body[:20_000]) + gzip.compress(body[20_000:])


def made() -> Made:
    file = Made()
    add = file.add
    for coding, packed in PACKERS:
        add("stored", packed, Content_Encoding=coding)
        add("stored", lambda body, packed=packed: packed(body) + b"\0garbage", Content_Encoding=coding)
        add("failed", cut(packed), Content_Encoding=coding)
        # A coding is declared but not used, and the reverse.
        add("stored", bytes, Content_Encoding=coding)
        add("stored", lambda body: BOM + body, Content_Encoding=coding)
        add("stored", packed)
        add("stored", packed, Content_Encoding="utf-8")
        # There is no body, or one that nobody can read.
        add("moved", lambda _: b"", 301, Content_Encoding=coding, Location="/main")
        add("moved", cut(packed), 302, Content_Encoding=coding, Location="/main")
        add("absent", lambda _: b"", 404, Content_Encoding=coding)
        add("absent", lambda _: b"\x80", 410, Content_Encoding=coding)
    add("stored", two_members, Content_Encoding="gzip")
    add("failed", lambda body: two_members(body)[:-9], Content_Encoding="gzip")
    add("stored", lambda body: ZSTD(body[:9000]) + ZSTD(body[9000:]), Content_Encoding="zstd")
    add("stored", lambda body: gzip.compress(zlib.compress(body)), Content_Encoding="deflate, gzip")
    add("stored", bytes, Content_Encoding="gzip, gzip")
    add("failed", lambda _: b"\x1f\x9d\x90" + bytes(range(128, 256)), Content_Encoding="compress")
    # Parts of a page.
    add("failed", lambda body: body[:30_000], 206, Content_Range="bytes 0-29999/90000")
    add("failed", lambda body: body[:30_000], 206)
    size = len(long_page(file._next))
    add("stored", bytes, 206, Content_Range=f"bytes 0-{size - 1}/{size}")
    add("failed", lambda body: body[:30_000], 206, Content_Range=f"bytes 0-{size - 1}/{size}")
    add("failed", lambda body: body[:30_000], 200, Content_Range=f"bytes 0-29999/{size}")
    # Chunks, and bodies that are only declared as chunked.
    for coding, packed in [("identity", bytes), *PACKERS]:
        add("stored", lambda body, packed=packed: chunks(packed(body)), Content_Encoding=coding)
        add("failed", lambda body, packed=packed: chunks(packed(body), 999)[:-900], Content_Encoding=coding)
    add("failed", lambda body: chunks(body, 90_000)[:50_000])
    for te in ("chunked", "Chunked", "gzip, chunked"):
        add("stored", chunks, Transfer_Encoding=te)
        add("stored", bytes, Transfer_Encoding=te)
        add("stored", lambda body: chunks(gzip.compress(body)), Transfer_Encoding=te, Content_Encoding="gzip")
        add("stored", gzip.compress, Transfer_Encoding=te, Content_Encoding="gzip")
        add("stored", bytes, Transfer_Encoding=te, Content_Encoding="br")
        add("failed", lambda body: chunks(body)[:-4000], Transfer_Encoding=te)
        add("absent", lambda _: b"", 404, Transfer_Encoding=te)
    add("stored", lambda body: chunks(body, end=b"0\r\nX-Checksum: 1\r\n\r\n"), Transfer_Encoding="chunked")
    add("stored", lambda body: chunks(body, end=b"000;last\r\n"), Transfer_Encoding="chunked")
    add("stored", lambda body: chunks(body).replace(b"\r\n", b"\n"), Transfer_Encoding="chunked")
    add("failed", lambda body: chunks(body, end=b""), Transfer_Encoding="chunked")
    add("failed", lambda body: chunks(body, end=b"what?"), Transfer_Encoding="chunked")
    add("failed", lambda body: b"5\r\n" + body, Transfer_Encoding="chunked")
    return file


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[EndedCrawl, dict[int, str]]:
    folder = tmp_path_factory.mktemp("faults")
    file = made()
    source = f"warc:{file.warc.write(folder / 'x.warc.gz')}"
    return crawl(folder / "data", source=source, settings={"THAIGOV_TOLERATED_FAILURES": 1}), file.expected


def test_each_ends_as_it_should(run: tuple[EndedCrawl, dict[int, str]]) -> None:
    ended, expected = run
    assert dict(ended.rows("SELECT article_id, outcome FROM visits")) == expected
    assert (ended.status, ended.log.count(" ERROR: ")) == (0, 0)


def test_what_is_stored_is_whole(run: tuple[EndedCrawl, dict[int, str]]) -> None:
    ended, expected = run
    texts = [f"ย่อหน้าที่ {number}" for number in range(3000)]
    read = {article_id: body.splitlines() for article_id, body in ended.rows("SELECT id, body FROM articles")}
    stored = [article_id for article_id, outcome in expected.items() if outcome == "stored"]
    assert read == {article_id: [*texts, f"จบข่าวที่ {article_id}"] for article_id in stored}
