"""Bytes of a page to text, whatever it declares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tables import every_row
from thaigov_crawler.pages.encoding import decode

TEXT = "ชาวสวนปลูกป่าริมน้ำ “วันหยุด” – ปีละ 3 ครั้ง…"  # all of it is in Windows-874
TIS_TEXT = "ชาวสวนปลูกป่าริมน้ำ ปีละ 3 ครั้ง"  # all of it is in TIS-620


def page(text: str = TEXT, meta: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{meta}<title>{text}</title></head><body><p>{text}</p></body></html>"


def charset(name: str) -> str:
    return f'<meta charset="{name}">'


def http_equiv(name: str) -> str:
    return f'<meta http-equiv="Content-Type" content="text/html; charset={name}">'


def header(name: str) -> str:
    return f"text/html; charset={name}"


THAI_NAMES = ["TIS-620", "tis-620", "windows-874", "iso-8859-11", "cp874", "dos-874"]


@every_row("content_type", [None, "", "text/html", header("UTF-8"), header("utf8"), "nonsense; =;"])
@every_row("meta", ["", charset("utf-8"), http_equiv("UTF-8")])
def test_utf_8(content_type, meta):
    html = page(meta=meta)
    assert decode(html.encode(), content_type) == html


@every_row("name", THAI_NAMES)
@every_row(
    ("content_type", "meta"),
    [
        pytest.param(header, None, id="header"),
        pytest.param(None, charset, id="meta"),
        pytest.param(None, http_equiv, id="http-equiv"),
        pytest.param(header, charset, id="both"),
    ],
)
def test_declared_windows_874(name, content_type, meta):
    html = page(meta=meta(name) if meta else "")
    assert decode(html.encode("cp874"), content_type(name) if content_type else None) == html


def test_tis_620():
    html = page(TIS_TEXT, charset("TIS-620"))
    assert decode(html.encode("tis-620"), header("TIS-620")) == html


@every_row("content_type", [None, "text/html", header("x-unheard-of")])
@every_row("meta", ["", charset("x-unheard-of")])
def test_undeclared_windows_874(content_type, meta):
    html = page(meta=meta)
    assert decode(html.encode("cp874"), content_type) == html


def test_no_break_space_of_windows_874():
    html = page("ปลูก\u00a0ป่าริมน้ำ")
    assert decode(html.encode("cp874"), header("TIS-620")) == html


# What servers and pages declare that were never told another; UTF-8 with Thai in it is nothing of these.
UNTRUE = ["ISO-8859-1", "latin1", "windows-1252", "us-ascii", "ISO-8859-15", "GBK", "macintosh", "UTF-16", *THAI_NAMES]


@every_row("name", UNTRUE)
@every_row(
    ("content_type", "meta"),
    [(header, None), (None, charset), (None, http_equiv), (header, charset)],
)
def test_utf_8_with_thai_in_it_is_utf_8_whatever_is_declared(name, content_type, meta):
    html = page(meta=meta(name) if meta else charset("utf-8"))
    assert decode(html.encode(), content_type(name) if content_type else None) == html


@every_row("name", ["ISO-8859-1", "TIS-620"])
@every_row("missing", [1, 2])
def test_so_is_utf_8_that_was_cut_within_a_character(name, missing):
    assert decode(TEXT.encode()[:-missing], header(name)) == TEXT[:-1] + "\ufffd"


@every_row("name", ["ISO-8859-1", "windows-1252", "ISO-8859-15"])
@every_row("text", ["“Gardeners” planted trees – café", "園丁種樹"])
def test_utf_8_declared_as_western_is_utf_8_without_thai(name, text):
    assert decode(page(text).encode(), header(name)) == page(text)


@every_row("name", ["ISO-8859-1", "windows-1252", "ISO-8859-15"])
@every_row("text", [TIS_TEXT, TEXT, f"Café {TIS_TEXT}"])
def test_windows_874_declared_as_western(name, text):
    body = page(text, charset(name)).encode("cp874", "replace")
    assert decode(body, header(name)) == body.decode("cp874")


@every_row("text", ["café, naïve, Übung, 3 £, ½ °C", "plain", "« déjà vu » – 50 €"])
def test_western_pages_are_western(text):
    assert decode(page(text).encode("cp1252"), header("ISO-8859-1")) == page(text)


@every_row(
    ("encoding", "in_header", "in_page"),
    [("cp874", "TIS-620", "utf-8"), ("utf-8", "UTF-8", "tis-620")],
)
def test_the_header_is_believed_before_the_page(encoding, in_header, in_page):
    html = page(meta=charset(in_page))
    assert decode(html.encode(encoding), header(in_header)) == html


@every_row(
    ("content_type", "meta"),
    [
        pytest.param(header("UTF-8"), "", id="header"),
        pytest.param(None, charset("utf-8"), id="meta"),
        pytest.param(header("UTF-8"), charset("utf-8"), id="both"),
        pytest.param(header("UTF-8"), charset("tis-620"), id="header against the page"),
    ],
)
def test_windows_874_declared_as_utf_8(content_type, meta):
    html = page(meta=meta)
    assert decode(html.encode("cp874"), content_type) == html


@every_row("content_type", [None, header("UTF-8")])
@every_row("missing", [1, 2])
def test_utf_8_cut_within_a_character_stays_utf_8(content_type, missing):
    text = decode(TEXT.encode()[:-missing], content_type)
    assert text == TEXT[:-1] + "\ufffd"


def test_utf_8_with_a_byte_too_many_stays_utf_8():
    assert decode(TEXT.encode() + b"\xa1<p>" + TEXT.encode(), header("UTF-8")) == f"{TEXT}\ufffd<p>{TEXT}"


def test_a_byte_order_mark_is_no_text():
    assert decode(b"\xef\xbb\xbf" + TEXT.encode()) == TEXT


@every_row("body", [b"", b"plain", b"<p>Gardeners planted trees</p>"])
def test_ascii(body):
    assert decode(body) == body.decode()


CHARSETS = ["utf-8", "tis-620", "utf-16", "utf-7", "latin-1", "gb18030", "big5", "x-user-defined", "none", "\x00", ""]


@given(
    st.binary(),
    st.none() | st.sampled_from(CHARSETS).map(header) | st.text(),
    st.none() | st.sampled_from(CHARSETS).map(charset),
)
def test_random_bytes_never_raise(body, content_type, meta):
    assert isinstance(decode((meta or "").encode() + body, content_type), str)


# Python knows these as codecs, but none is the charset of a page.
@every_row("name", ["hex", "zlib", "rot13", "idna", "punycode", "undefined"])
@every_row("where", ["header", "page"])
def test_a_charset_that_is_none_is_as_good_as_undeclared(name, where):
    html = page(meta=charset(name) if where == "page" else "")
    assert decode(html.encode(), header(name) if where == "header" else None) == html


@every_row("name", ["unicode_escape", "raw_unicode_escape"])
def test_no_half_characters(name: str) -> None:
    decode(rb"<p>\ud800</p>", f"text/html; charset={name}").encode()
