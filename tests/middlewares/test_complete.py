"""Pages from the site and from an archive in every coding are stored whole, or they fail."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from pathlib import Path

import brotli
import pytest

from tests.support.commands import EndedCrawl
from tests.support.crawls import live, wayback
from tests.support.loopback.answers import Answer
from tests.support.loopback.archive import Archive
from tests.support.loopback.faults import Fault
from tests.support.loopback.site import Site
from tests.support.packing import PACKERS, Packer, bare_deflate
from tests.support.warcs import address, page

ZSTD = dict(PACKERS)["zstd"]
OLD, NEW = "20230102030405", "20240102030405"
# The page is long, so that a page that is cut still looks like an article.
LINES = "".join(f"<p>ย่อหน้าที่ {number}</p>" for number in range(3000))

# How a page is compressed, and its header Content-Encoding, by article ID.
WHOLE: Mapping[int, tuple[Packer, str]] = {
    1: (lambda page: gzip.compress(page[:9000]) + gzip.compress(page[9000:]), "gzip"),
    2: (brotli.compress, "br"),
    3: (ZSTD, "zstd"),
    4: (zlib.compress, "deflate"),
    5: (bare_deflate, "deflate"),
    6: (bytes, "gzip"),
    7: (lambda page: b"\xef\xbb\xbf" + page, "br"),
    8: (gzip.compress, ""),
    9: (lambda page: brotli.compress(page) + b"garbage", "br"),
}
CUT: Mapping[int, tuple[Packer, str]] = {
    11: (gzip.compress, "gzip"),
    12: (brotli.compress, "br"),
    13: (ZSTD, "zstd"),
    14: (zlib.compress, "deflate"),
    15: (bare_deflate, "deflate"),
}


def long_page(article_id: int) -> bytes:
    return page(article_id, body=f"{LINES}<p>จบข่าวที่ {article_id}</p>")


def packed(article_id: int) -> tuple[bytes, dict[str, str]]:
    """Return body and headers of a page as a server sends it, whole or cut."""
    pack, coding = {**WHOLE, **CUT}[article_id]
    body = pack(long_page(article_id))
    return body[: len(body) // 2] if article_id in CUT else body, {"Content-Encoding": coding} if coding else {}


def ends(run: EndedCrawl) -> dict[int, str]:
    """Return the last line of each stored article."""
    return {article_id: body.splitlines()[-1] for article_id, body in run.rows("SELECT id, body FROM articles")}


def test_the_site(tmp_path: Path) -> None:
    with Site([]) as site:
        for article_id in [*WHOLE, *CUT]:
            body, headers = packed(article_id)
            site.faults.append(Fault(f"details/{article_id}$", Answer(body, headers=headers), times=None))
        site.faults.append(Fault("details/16$", Answer(b"\x1f", 404, headers={"Content-Encoding": "gzip"}), times=None))
        run = live(tmp_path, site, ids="1-9,11-16")
        asked = [request.headers["Accept-Encoding"] for request in site.asked("/details/")]
    assert ends(run) == {article_id: f"จบข่าวที่ {article_id}" for article_id in WHOLE}
    assert (run.status, run.outcomes) == (4, {"stored": 9, "failed": 5, "absent": 1})
    assert set(asked) == {"gzip, deflate, br, zstd"}
    # A page that was cut is asked for again, because it may have been cut on its way.
    assert len(asked) == len(WHOLE) + 3 * len(CUT) + 1


def test_an_archive(tmp_path: Path, archive: Archive) -> None:
    for article_id in [*WHOLE, *CUT]:
        body, headers = packed(article_id)
        archive.add(address(article_id), NEW, body, headers=headers)
        archive.add(address(article_id), OLD, long_page(article_id) + b"<!-- old -->")
    run = wayback(tmp_path, archive.url, settings={"THAIGOV_TOLERATED_FAILURES": 1})
    assert ends(run) == {article_id: f"จบข่าวที่ {article_id}" for article_id in [*WHOLE, *CUT]}
    of_old = run.rows("SELECT id FROM articles WHERE captured_at < '2024'")
    assert {article_id for (article_id,) in of_old} == set(CUT)
    assert (run.status, run.outcomes) == (0, {"stored": 14, "failed": 5})


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_page_over_the_limit_is_failed(tmp_path: Path, coding: str) -> None:
    with Site([]) as site:
        bomb = dict(PACKERS)[coding](bytes(11 << 20))
        site.faults.append(Fault("details/1$", Answer(bomb, headers={"Content-Encoding": coding}), times=None))
        run = live(tmp_path, site, ids="1-1")
    assert (run.status, run.outcomes) == (4, {"failed": 1})
    assert "larger than 10,485,760 bytes" in run.rows("SELECT reason FROM visits")[0][0]
