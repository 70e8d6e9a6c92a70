"""Queries to the index of a web archive, and answers in its two dialects."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tables import every_row
from thaigov_crawler.errors import NoIndex
from thaigov_crawler.sources import cdx
from thaigov_crawler.sources.cdx import LIMIT, Match, matches, query, read
from thaigov_crawler.sources.rows import IndexedCapture

DETAILS = "https://www.thaigov.go.th/news/contents/details/"
HEADER = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


def row(original: str, timestamp: str = "20240102030405", mime: str = "text/html", status: str = "200") -> list[str]:
    return ["th,go,thaigov)/x", timestamp, original, mime, status, "DIGEST", "9"]


def line(**fields: str) -> str:
    return json.dumps(
        {"timestamp": "20240102030405", "mime": "text/html", "status": "200", "digest": "DIGEST", **fields}
    )


@every_row(
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
        "limit": [str(LIMIT)],
        "showResumeKey": ["true"],
    }
    assert parse_qs(query("x/", Match("5", exact=True)))["matchType"] == ["exact"]


@every_row(
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


@every_row("body", [b"[]", b"[]\n", b"", b"\n", json.dumps([HEADER]).encode()])
def test_no_rows(body):
    assert (read(body).captures, read(body).resume_key) == ([], None)


def test_nothing_at_all_is_an_answer_of_pywb_only():
    with pytest.raises(NoIndex):
        read(b" ", may_be_empty=False)
    assert read(b"[]", may_be_empty=False).captures == []


def test_an_answer_at_the_limit_of_a_server_without_resume_keys_is_cut():
    assert read("\n".join([line(url=DETAILS + "7")] * LIMIT).encode()).cut


@every_row(
    "junk",
    [
        row(DETAILS + "7/undefined"),
        row(DETAILS + "undefined"),
        row("https://www.thaigov.go.th/news/contents/index/8"),
        row(DETAILS + "7", status="404"),
        row(DETAILS + "7", mime="application/pdf"),
    ],
)
def test_junk_is_counted_only(junk):
    answer = read(json.dumps([HEADER, junk]).encode())
    assert (answer.captures, answer.rows) == ([], 1)


@every_row(
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
)
def test_anything_else_is_no_index(body):
    with pytest.raises(NoIndex):
        read(body)


# Rows as other indexes write them


@every_row(
    ("fields", "timestamp"),
    [
        ({"status": 200}, "20240102030405"),
        ({"status": 200.0, "length": 17}, "20240102030405"),
        ({"timestamp": 20240102030405}, "20240102030405"),
        ({"timestamp": "20240102030405678"}, "20240102030405"),
        ({"timestamp": "202401020304"}, "20240102030400"),
        ({"timestamp": "20240102"}, "20240102000000"),
        ({"timestamp": "2024"}, "20240101000000"),
        ({"mime": "text/html; charset=utf-8"}, "20240102030405"),
        ({"mime": "-"}, "20240102030405"),
        ({"mime": "unk"}, "20240102030405"),
        ({"mime": "no-type"}, "20240102030405"),
        ({"mime": "application/xhtml+xml"}, "20240102030405"),
    ],
)
def test_values_are_any_scalars_and_timestamps_of_any_length(fields, timestamp):
    (found,) = read(line(url=DETAILS + "7", **fields).encode()).captures
    assert found == (7, IndexedCapture(timestamp, DETAILS + "7", "DIGEST"))


@every_row("digest", ["-", "", None])
def test_a_digest_that_says_nothing_is_none(digest):
    (found,) = read(line(url=DETAILS + "7", digest=digest).encode()).captures
    assert found[1].digest == ""


def test_a_row_without_a_digest_is_a_row():
    without = json.dumps({"timestamp": "20240102030405", "url": DETAILS + "7", "status": "200"})
    assert [capture.digest for _, capture in read(without.encode()).captures] == [""]


def test_a_revisit_is_told_from_a_capture_and_what_is_no_page_leaves_its_digest():
    rows = [
        row(DETAILS + "7", mime="warc/revisit", status="-"),
        row(DETAILS + "8", mime="text/html", status="-"),
        [*row(DETAILS + "9", mime="warc/revisit", status="307")[:5], "AWAY", "9"],
        [*row(DETAILS + "9", status="404")[:5], "GONE", "9"],
    ]
    answer = read(json.dumps([HEADER, *rows]).encode())
    assert [(article_id, capture.is_revisit) for article_id, capture in answer.captures] == [(7, True), (8, True)]
    assert answer.no_pages == {"AWAY", "GONE"}


# Odd rows

GOOD = row(DETAILS + "7")
ODD = [
    GOOD[:-1],
    [*GOOD, "more"],
    "text",
    None,
    [*GOOD[:1], ["x"], *GOOD[2:]],
    [*GOOD[:1], True, *GOOD[2:]],
    [*GOOD[:1], "20241399000000", *GOOD[2:]],
    [*GOOD[:1], "soon", *GOOD[2:]],
    [*GOOD[:2], DETAILS + "8?\ud800", *GOOD[3:]],
]


@every_row("odd", ODD)
def test_an_odd_row_costs_itself_alone(odd):
    answer = read(json.dumps([HEADER, odd, GOOD]).encode())
    assert (answer.rows, answer.odd, [article_id for article_id, _ in answer.captures]) == (2, 1, [7])


DEEP = "[" * 5000 + "]" * 5000


@every_row(
    "odd",
    [b'["a", "b', b'["a" "b"]', b'["a", \xff]', DEEP.encode(), b'["\x01"]', b'["a"], "b"'],
)
def test_a_row_that_is_no_json_costs_itself_alone(odd):
    good = json.dumps(GOOD).encode()
    answer = read(b'[%s,\n%s,\n%s,\n[],\n["key"]]\n' % (json.dumps(HEADER).encode(), odd, good))
    assert ([article_id for article_id, _ in answer.captures], answer.resume_key) == ([7], "key")
    assert answer.odd


@every_row(
    "odd",
    [
        '{"url": "x"',
        "<p>",
        "[]",
        "{}",
        '{"timestamp": "2024"}',
        '{"url": "\\ud800", "timestamp": "2024"}',
        f'{{"url": {DEEP}}}',
    ],
)
def test_an_odd_line_costs_itself_alone(odd):
    good = line(url=DETAILS + "7")
    answer = read("\n".join([good, odd, good, ""]).encode())
    assert (answer.rows, answer.odd, len(answer.captures)) == (3, 1, 2)


def test_a_text_of_another_encoding_costs_its_row():
    answer = read(
        b"%s\n%s\n" % (line(url=DETAILS + "7").encode(), line(url=DETAILS + "8?q=").encode()[:-2] + b'\xa1"}')
    )
    assert len(answer.captures) + answer.odd == 2
    assert answer.captures


@every_row(
    "cut",
    [
        json.dumps([HEADER, GOOD, GOOD])[:-1],
        json.dumps([HEADER, GOOD, GOOD])[:-9],
        line(url=DETAILS + "7") + "\n" + line(url=DETAILS + "8")[:-9],
        json.dumps([HEADER, GOOD, [], ["a", "b"]]),
        json.dumps([HEADER, GOOD, [], ["\ud800"]]),
        json.dumps([HEADER, GOOD, [], [7]]),
    ],
)
def test_an_answer_that_is_cut_is_no_index(cut):
    with pytest.raises(NoIndex):
        read(cut.encode())


@given(st.binary(max_size=200) | st.text(alphabet='[]{},:" \n0123456789nulaetrimsp\\', max_size=200).map(str.encode))
def test_whatever_comes_is_an_answer_or_none(body):
    try:
        answer = read(body)
    except NoIndex:
        return
    assert 0 <= answer.odd <= answer.rows


@pytest.mark.parametrize(
    "row", ['["a", "b', '["', "[" * 900, "\n" * 9 + "[", "]" * 9, " " * 99], ids=lambda row: row[:9]
)
def test_broken_rows_are_read_in_one_pass(monkeypatch, row):
    """The number of looks at a text does not grow with the number of rows."""
    seen = []
    monkeypatch.setattr(cdx.json, "loads", lambda text, loads=json.loads: (seen.append(len(text)), loads(text))[1])
    for number in (100, 200):
        seen.clear()
        text = ",\n".join([json.dumps(HEADER), *[row] * number, json.dumps(GOOD)])
        assert read(f"[{text}]".encode()).odd >= 0
        assert sum(seen) <= 3 * len(text)
