"""The index of a web archive: what is asked, and what answers are understood."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaigov_crawler.errors import NoIndex
from thaigov_crawler.sources.cdx import LIMIT, IndexedCapture, Match, matches, query, read

DETAILS = "https://www.thaigov.go.th/news/contents/details/"
HEADER = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


def row(original: str, timestamp: str = "20240102030405", mime: str = "text/html", status: str = "200") -> list[str]:
    return ["th,go,thaigov)/x", timestamp, original, mime, status, "DIGEST", "9"]


def line(**fields: str) -> str:
    return json.dumps(
        {"timestamp": "20240102030405", "mime": "text/html", "status": "200", "digest": "DIGEST", **fields}
    )


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([(96700, 96799)], ["967"]),
        ([(96705, 96790)], ["967"]),
        ([(96700, 96700)], ["96700"]),
        ([(96700, 97099)], ["96", "970"]),
        ([(1, None)], [""]),
        ([(1, 100700)], [""]),
        ([(96700, None)], ["10", "9"]),
        ([(5, 5), (96700, 96799)], ["=5", "967"]),
        ([(200000, 200009)], ["20000"]),
    ],
    ids=str,
)
def test_few_queries_cover_a_range(ranges, expected):
    assert [("=" if match.exact else "") + match.digits for match in matches(ranges)] == expected


@given(st.lists(st.integers(1, 120_000), min_size=1, max_size=20, unique=True))
def test_every_article_id_is_covered(article_ids):
    asked = matches([(article_id, article_id) for article_id in sorted(article_ids)])
    for text in map(str, article_ids):
        assert any(text == match.digits if match.exact else text.startswith(match.digits) for match in asked)


def test_the_query():
    asked = parse_qs(query("www.thaigov.go.th/news/contents/details/", Match("967")))
    assert asked == {
        "url": ["www.thaigov.go.th/news/contents/details/967"],
        "matchType": ["prefix"],
        "output": ["json"],
        "filter": ["statuscode:200", "mimetype:text/html"],
        "limit": [str(LIMIT)],
        "showResumeKey": ["true"],
    }
    assert parse_qs(query("x/", Match("5", exact=True)))["matchType"] == ["exact"]


@pytest.mark.parametrize(
    ("key", "sent"), [("th%2Cgo%29%2Fx+2024", "th,go)/x 2024"), ("th,go)/x 2024", "th,go)/x 2024"), ("a+b/=", "a+b/=")]
)
def test_a_resume_key_is_sent_as_it_is_meant(key, sent):
    assert parse_qs(query("x/", Match(""), key))["resumeKey"] == [sent]


def test_rows_of_the_wayback_machine():
    answer = read(json.dumps([HEADER, row(DETAILS + "7"), [], ["key"]]).encode())
    assert answer.captures == [(7, IndexedCapture("20240102030405", DETAILS + "7", "DIGEST"))]
    assert (answer.resume_key, answer.rows, answer.cut) == ("key", 1, False)


def test_rows_of_pywb():
    answer = read("\n".join([line(url=DETAILS + "7"), line(url=DETAILS + "8")]).encode())
    assert [article_id for article_id, _ in answer.captures] == [7, 8]
    assert (answer.resume_key, answer.rows, answer.cut) == (None, 2, False)


@pytest.mark.parametrize("body", [b"[]", b"[]\n", b"", b"\n", json.dumps([HEADER]).encode()])
def test_no_rows(body):
    assert (read(body).captures, read(body).resume_key) == ([], None)


def test_nothing_at_all_is_an_answer_of_pywb_only():
    with pytest.raises(NoIndex):
        read(b" ", may_be_empty=False)
    assert read(b"[]", may_be_empty=False).captures == []


def test_an_answer_at_the_limit_of_a_server_without_resume_keys_is_cut():
    assert read("\n".join([line(url=DETAILS + "7")] * LIMIT).encode()).cut


@pytest.mark.parametrize(
    "junk",
    [
        row(DETAILS + "7/undefined"),
        row(DETAILS + "undefined"),
        row("https://www.thaigov.go.th/news/contents/index/8"),
        row(DETAILS + "7", status="404"),
        row(DETAILS + "7", timestamp="2024"),
        row(DETAILS + "7", mime="application/pdf"),
    ],
    ids=str,
)
def test_junk_is_counted_only(junk):
    answer = read(json.dumps([HEADER, junk]).encode())
    assert (answer.captures, answer.rows) == ([], 1)


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>504</body></html>",
        b"org.archive.util.io.RuntimeIOException: ...",
        b'[["urlkey", "timestamp"',
        json.dumps([HEADER, row(DETAILS + "7")[:3]]).encode(),
        json.dumps(["a", "b"]).encode(),
        json.dumps([{"a": 1}]).encode(),
        b"null",
        b"12",
        b'{"url": "x"}',
        b"\xff\xfe",
    ],
    ids=str,
)
def test_anything_else_is_no_index(body):
    with pytest.raises(NoIndex):
        read(body)
