"""`scrapy export --preset corpus`: text files that `scrapy import-corpus` reads again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.commands import EndedCrawl, query_database, scrapy
from tests.support.stores import store_of

SAME = (
    "id, url, title, section, ministry, language, date_published, date_published_raw, news_date, news_date_raw, lead, "
    "body, event_start, event_end, venue"
)


def there_and_back(data: Path, tmp_path: Path) -> tuple[list[tuple], list[tuple]]:
    """What a database holds, and what one holds that was made of its export."""
    done = scrapy("export", f"-sTHAIGOV_DIR={data}", "--preset", "corpus", "-o", str(tmp_path / "texts"))
    assert (done.returncode, done.stderr) == (0, "")
    done = scrapy("import-corpus", str(tmp_path / "texts"), f"-sTHAIGOV_DIR={tmp_path / 'back'}")
    assert done.returncode == 0, done.stderr
    query = f"SELECT {SAME} FROM articles ORDER BY id"
    return query_database(data / "thaigov.db", query), query_database(tmp_path / "back" / "thaigov.db", query)


def test_every_article_of_the_sample_survives(sample_run: EndedCrawl, tmp_path: Path) -> None:
    before, after = there_and_back(sample_run.folder, tmp_path)
    assert after == before
    assert len(after) == 33


ODD: list[dict[str, Any]] = [
    {"title": "PM visits [Chiang Mai] & Lampang <north>", "body": "The PM visited.\nHe left."},
    {
        "title": "ข่าวในวงเล็บ [กระทรวงมหาดไทย]",
        "lead": "ความนำ",
        "news_date": "2024-12-30",
        "news_date_raw": "30/12/2567",
    },
    {"body": "ที่มา : https://www.thaigov.go.th/news/contents/details/5"},
    {"body": "ย่อหน้า\nที่มา : https://www.thaigov.go.th/news/contents/details/5\n31/12/2567\n1,075"},
    {"body": "วันอังคารที่ 31 ธันวาคม 2567\nพรุ่งนี้", "lead": "วันจันทร์ที่ 30 ธันวาคม 2567"},
    {"body": "\u3164\n\u2800\nข้อความ"},
    {"body": "..."},
    {"title": "วันอังคารที่ 31 ธันวาคม 2567", "body": "ก\nข"},
    {"title": "รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-ชื่อเดียวกับเว็บไซต์", "body": "ก\nข"},
    {"title": "รหัส & &lt;b&gt;", "body": "&lt;\n<p>"},
    {"section": None},
    {"section": "ด" * 70},
    {"section": "ข่าวรอง นรม. & รมต.นร."},
    {"lead": "ก" * 255},
    {"title": "หัวข้อยาว" * 30, "lead": None, "body": "ก\nข"},
    {"title": "หัวข้อยาว" * 30, "lead": "ความนำ", "body": "ก"},
]


def test_whatever_titles_and_bodies_hold(tmp_path: Path) -> None:
    usual = {"date_published_raw": "วันอังคารที่ 31 ธันวาคม 2567", "date_published": "2024-12-31"}
    texts = ({"title": f"หัวข้อที่ {n}", "body": f"เนื้อข่าวที่ {n}", **usual, **odd} for n, odd in enumerate(ODD))
    address = "https://www.thaigov.go.th/news/contents/details"
    data = store_of(tmp_path / "data", *({**text, "url": f"{address}/{n}"} for n, text in enumerate(texts, 1)))
    before, after = there_and_back(data, tmp_path)
    parts = slice(2, 4), slice(6, 12)  # title and section, dates, lead and body
    assert [[row[part] for part in parts] for row in after] == [[row[part] for part in parts] for row in before]


def test_layout_and_text(tmp_path: Path) -> None:
    article = {
        "title": "หัวข้อ",
        "url": "https://www.thaigov.go.th/news/contents/details/1",
        "date_published": "2025-01-02",
        "date_published_raw": "วันพฤหัสบดีที่ 2 มกราคม 2568",
        "news_date_raw": "01/01/2568",
        "section": "ด้านสังคม",
        "lead": None,
        "body": "หนึ่ง\nสอง",
    }
    data = store_of(
        tmp_path / "data", article, {**article, "section": None}, {**article, "section": "../../" + "ก" * 99}
    )
    scrapy("export", f"-sTHAIGOV_DIR={data}", "--preset", "corpus", "-o", str(tmp_path / "texts"))
    place = tmp_path / "texts" / "data" / "2025" / "01" / "02"
    names = {"ด้านสังคม_1.txt", "2.txt", "ก" * 70 + "_3.txt"}
    assert {path.name for path in (tmp_path / "texts").rglob("*") if path.is_file()} == names
    assert (place / "ด้านสังคม_1.txt").read_bytes().decode() == (
        "รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-หัวข้อ\n\n\nวันพฤหัสบดีที่ 2 มกราคม 2568\n01/01/2568\nพิมพ์\nหัวข้อ\nหัวข้อ\n"
        "หนึ่ง\nสอง\n\nที่มา : https://www.thaigov.go.th/news/contents/details/1"
    )


def test_no_section_leads_out_of_the_folder(tmp_path: Path) -> None:
    sections = ["..", "/etc/passwd", ".hidden", "a/../b", "C:\\x", "\x00", "con|pipe", " ", ". ./x"]
    data = store_of(tmp_path / "data", *({"section": section} for section in sections))
    done = scrapy("export", f"-sTHAIGOV_DIR={data}", "--preset", "corpus", "-o", str(tmp_path / "texts"))
    assert done.returncode == 0, done.stderr
    paths = list(tmp_path.rglob("*.txt"))
    assert len(paths) == len(sections)
    assert {path.parents[3] for path in paths} == {tmp_path / "texts" / "data"}
    assert not [path.name for path in paths if path.name.startswith(".")]
