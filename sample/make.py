"""Writes the WARC file of the source `sample`.

The same bytes on each run (of one zlib): dates are fixed, record IDs are made from addresses and dates,
and warcio's gzip members carry no time stamp.
"""

from __future__ import annotations

from pathlib import Path

from sample.anatomy import ORIGIN
from sample.articles import CAPTURES, Capture
from sample.warc import Warc

SAMPLE = Path(__file__).resolve().parents[1] / "thaigov_crawler" / "sources" / "sample.warc.gz"
CREATED = "2025-09-30T00:00:00Z"

# One article has many addresses: a few captures come from the others.
ORIGINS = {
    990002: "http://www.thaigov.go.th",
    990011: "https://thaigov.go.th",
    990013: "http://www.thaigov.go.th:80",
    990025: "http://thaigov.go.th:80",
}
# Captures whose request is recorded too.
REQUESTED = {990001, 990016, 990030}

LISTING = """<!DOCTYPE html>
<html lang="th">
<head><meta charset="utf-8"><title>รัฐบาลไทย-ข่าวทำเนียบรัฐบาล</title></head>
<body><div class="panel-body"><ul>
<li><a href="https://www.thaigov.go.th/news/contents/details/990040">ข่าวล่าสุด</a></li>
<li><a href="https://www.thaigov.go.th/news/contents/details/990039">ข่าวก่อนหน้า</a></li>
</ul></div>
<ul class="pagination"><li><a href="/news/contents/index/8?per_page=10" data-ci-pagination-page="2">2</a></li></ul>
</body>
</html>
"""
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def address(capture: Capture) -> str:
    """Where a capture was fetched from."""
    origin = ORIGINS.get(capture.article_id, ORIGIN)
    return f"{origin}/news/contents/{capture.path}/{capture.article_id}"


def write_sample(path: str | Path) -> int:
    """Write the sample to `path` and return the number of records."""
    sample = Warc()
    sample.about(
        "sample.warc.gz",
        CREATED,
        # Where the generator once lay: another name would be another file.
        {"software": "thaigov_crawler tests/make_sample.py", "description": "invented articles"},
    )
    sample.response(f"{ORIGIN}/news/contents/index/8", "2020-09-01T00:00:00Z", LISTING.encode())
    for capture in CAPTURES:
        uri = address(capture)
        body = capture.html.encode(capture.encoding)
        sample.response(uri, capture.captured_at, body, capture.status, capture.content_type)
        if capture.article_id in REQUESTED:
            sample.request(uri, capture.captured_at)
    sample.response(
        f"{ORIGIN}/uploads/thumbnail/news/990001.jpg", "2020-10-02T04:11:10Z", JPEG, content_type="image/jpeg"
    )
    sample.write(Path(path))
    return len(sample.records)
