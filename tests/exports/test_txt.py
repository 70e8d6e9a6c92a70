"""`scrapy export --format txt`: plain text."""

from __future__ import annotations

from pathlib import Path

from tests.support.commands import EndedCrawl, scrapy
from tests.support.stores import store_of


def export(folder: Path, *options: str) -> str:
    done = scrapy("export", f"-sTHAIGOV_DIR={folder}", "--format", "txt", *options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_headline_text_and_address(tmp_path: Path) -> None:
    folder = store_of(tmp_path, {"lead": "ความนำ", "body": "หนึ่ง\nสอง"}, {"title": "อีกข่าว", "body": "สาม"})
    address = "ที่มา : https://www.thaigov.go.th/news/contents/details/7"
    assert export(folder) == (f"หัวข้อข่าว\n\nความนำ\nหนึ่ง\nสอง\n\n{address}\n\f\nอีกข่าว\n\nสาม\n\n{address}\n")


def test_the_parts_can_be_told_apart_whatever_a_page_says(tmp_path: Path) -> None:
    folder = store_of(tmp_path, {"title": "ก\n\nข", "body": "หนึ่ง\f\n\n \nสอง\u2028\x85สาม"}, {})
    first, _ = export(folder).split("\f\n")
    title, text, source = first.split("\n\n")
    assert (title, text.splitlines()) == ("ก  ข", ["หนึ่ง", "สอง", "สาม"])
    assert source.startswith("ที่มา : https://")


def test_the_sample_comes_apart_into_its_articles(sample_run: EndedCrawl) -> None:
    articles = sorted(sample_run.journal, key=lambda article: article["id"])
    texts = export(sample_run.folder).split("\f\n")
    assert [text.split("\n\n")[0] for text in texts] == [article["title"] for article in articles]
    assert [text.rsplit(" : ", 1)[1].strip() for text in texts] == [article["url"] for article in articles]
    assert all(text.count("\n\n") == 2 for text in texts)


def test_nothing_is_nothing(tmp_path: Path) -> None:
    assert export(store_of(tmp_path / "store", {}), "--ids", "9") == ""
