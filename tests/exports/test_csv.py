"""`scrapy export --format csv`: for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.support.commands import EndedCrawl, piped, scrapy
from tests.support.stores import store_of
from thaigov_crawler.items import FIELDS


def export(folder: Path, *options: str) -> bytes:
    """What is exported, byte by byte."""
    status, content, said = piped("export", f"-sTHAIGOV_DIR={folder}", "--format", "csv", *options)
    assert status == 0, said
    return content


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_a_row_an_article_with_lists_as_json(sample_run: EndedCrawl) -> None:
    content = export(sample_run.folder)
    found = rows(content)
    assert tuple(found[0]) == FIELDS
    articles = sorted(sample_run.journal, key=lambda article: article["id"])
    assert [row["title"] for row in found] == [article["title"] for article in articles]
    for row, article in zip(found, articles, strict=True):
        for name in ("attendees", "mentions", "dates", "images", "attachments"):
            assert json.loads(row[name]) == article[name]
        assert row["body"].removeprefix("'") == article["body"]
        assert row["lead"].removeprefix("'") == (article["lead"] or "")
    assert not content.startswith(b"\xef\xbb\xbf")


def test_rows_end_as_rfc_4180_says_and_lines_within_stay(tmp_path: Path) -> None:
    body = 'บรรทัดหนึ่ง, "สอง"\nบรรทัดสาม'
    content = export(store_of(tmp_path, {"body": body}))
    assert rows(content)[0]["body"] == body
    assert content.count(b"\r\n") == 2
    assert content.endswith(b"\r\n")


FORMULAS = [
    *("=1+1", "+66", "-5", "@SUM(A1)", '=HYPERLINK("http://x","y")'),
    *("＝1+1", "＋1", "－1", "＠x"),
    *("\tก", "\rก", "\nก", "  =1+1", "\u00a0\u200b\ufeff@x", "\x00=1"),
]


def test_no_text_is_a_formula(tmp_path: Path) -> None:
    folder = store_of(tmp_path, *({"title": text, "body": text, "section": text} for text in FORMULAS))
    for row, text in zip(rows(export(folder)), FORMULAS, strict=True):
        assert {row[name] for name in ("title", "body", "section")} == {f"'{text}"}


def test_other_cells_are_as_they_are(tmp_path: Path) -> None:
    people = [{"title": "นาย", "name": "=ก ข", "position": None}]
    folder = store_of(tmp_path, {"title": "ก = ข", "body": "รายการ\n- หนึ่ง\n=1", "attendees": people})
    (row,) = rows(export(folder))
    assert (row["id"], row["date_published"], row["captured_at"]) == ("1", "2025-01-01", "2025-01-02T00:00:00+00:00")
    assert (row["title"], row["body"], row["news_date"]) == ("ก = ข", "รายการ\n- หนึ่ง\n=1", "")
    assert json.loads(row["attendees"]) == people


def test_a_byte_order_mark_for_excel(tmp_path: Path) -> None:
    folder = store_of(tmp_path, {}, {})
    assert export(folder, "--bom") == b"\xef\xbb\xbf" + export(folder)
    assert export(folder, "--bom").count(b"\xef\xbb\xbf") == 1


def test_without_articles_there_is_the_row_of_names(tmp_path: Path) -> None:
    folder = store_of(tmp_path / "store", {})
    assert export(folder, "--ids", "9") == (",".join(FIELDS) + "\r\n").encode()


def test_the_mark_is_for_csv_alone(tmp_path: Path) -> None:
    done = scrapy("export", f"-sTHAIGOV_DIR={tmp_path}", "--bom")
    assert done.returncode == 2
    assert "--bom is for csv, not for jsonl" in done.stderr
