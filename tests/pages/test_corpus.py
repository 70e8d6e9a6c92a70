"""The text files of PyThaiNLP's corpora: what is read from one."""

from __future__ import annotations

from tests.support.pages import kind_of
from tests.support.tables import every_row
from thaigov_crawler.pages import corpus
from thaigov_crawler.pages.raw import RawArticle

PREFIX = "รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-"
TITLE = "เปิดสวนสาธารณะริมคลองแห่งใหม่"
DATE = "วันเสาร์ที่ 24 พฤษภาคม 2568"
LEAD = "ชาวชุมชนร่วมปลูกต้นไม้หนึ่งพันต้นในวันเปิดสวน"
BODY = ["วันนี้ (24 พ.ค. 68) เทศบาลเปิดสวนริมคลอง", "สวนเปิดทุกวันตั้งแต่เช้าถึงค่ำ"]
SOURCE = "ที่มา : https://www.thaigov.go.th/news/contents/details/97005"


def text(*lines: str, title: str = PREFIX + TITLE, source: str = SOURCE) -> str:
    """A file as the corpora have them."""
    return "\n".join([title, "", "", *lines, "", source])


def read(*lines: str, **parts: str) -> RawArticle:
    return corpus.parse(text(*lines, **parts), "")


def kind(*lines: str, **parts: str) -> str:
    return kind_of("corpus", text(*lines, **parts))


HEADERS = {
    "2017": [DATE, "1,075"],
    "2018": [DATE],
    "2020": [DATE, "พิมพ์"],
    "2025": [DATE, "24/05/2568", "พิมพ์"],
    "an unknown line": [DATE, "24/05/2568", "แชร์", "พิมพ์"],
}


@every_row("header", HEADERS.values())
def test_every_header(header: list[str]) -> None:
    lines = [*header, TITLE, LEAD, *BODY]
    raw = read(*lines)
    assert (raw.title, raw.date_published, raw.lead, raw.body) == (TITLE, DATE, LEAD, BODY)
    assert raw.news_date == ("24/05/2568" if "24/05/2568" in header else "")
    assert (raw.section, raw.images, raw.attachments) == ("", [], [])
    assert (raw.layout, kind(*lines)) == ("corpus", "article")


def test_indents_blank_lines_and_all_line_ends() -> None:
    old = f"{PREFIX}{TITLE}\n\n\n\t   {DATE}   \n\n  1,075 \n \n   {TITLE}\n \n {LEAD}  \n\n\n  {BODY[0]}\n\n{BODY[1]}\n\n\n{SOURCE}\n"
    for written in (old, old.replace("\n", "\r\n"), old.replace("\n", "\r"), "\ufeff" + old):
        raw = corpus.parse(written, "")
        assert (raw.title, raw.date_published, raw.lead, raw.body) == (TITLE, DATE, LEAD, BODY)


def test_the_short_prefix_and_entities_in_the_title_line() -> None:
    raw = read(DATE, "ข้าว & ปลา", LEAD, *BODY, title="รัฐบาลไทย-ข้าว &amp; ปลา")
    assert (raw.title, raw.lead) == ("ข้าว & ปลา", LEAD)
    raw = read(DATE, "รหัส &amp; เครื่องหมาย", LEAD, *BODY, title=PREFIX + "รหัส &amp; เครื่องหมาย")
    assert raw.title == "รหัส &amp; เครื่องหมาย"  # the page shows it like this


@every_row("title", [DATE, "พิมพ์", "24/05/2568", "2,568", "ข่าวที่เกี่ยวข้อง", SOURCE])
def test_a_headline_may_look_like_anything(title: str) -> None:
    raw = read(DATE, title, LEAD, *BODY, title=PREFIX + title)
    assert (raw.title, raw.date_published, raw.lead, raw.body) == (title, DATE, LEAD, BODY)


def test_what_lead_and_body_hold_is_theirs() -> None:
    lead = "วันเสาร์ที่ 31 ธันวาคม 2565"  # of radio programmes
    body = [DATE, "24/05/2568", "1,075", SOURCE.replace("97005", "5"), TITLE, "ที่มา : สำนักข่าว"]
    raw = read(DATE, TITLE, lead, *body)
    assert (raw.date_published, raw.news_date, raw.lead, raw.body) == (DATE, "", lead, body)


@every_row("line", [BODY[0], TITLE, "#ห้องสมุด"])
@every_row("blank", [[], ["\u200b"], ["\ufeff \u200b"]])
def test_a_single_line_behind_the_headline_is_the_body(line: str, blank: list[str]) -> None:
    raw = read(DATE, TITLE, line, *blank)
    assert (raw.lead, raw.body, kind(DATE, TITLE, line, *blank)) == ("", [line], "article")


def test_a_line_longer_than_any_lead_is_of_the_body() -> None:
    for length, lead in ((255, True), (261, False)):
        raw = read(DATE, TITLE, "ก" * length, "ข")
        assert (bool(raw.lead), len(raw.body)) == (lead, 1 if lead else 2)


@every_row(
    "block",
    [
        ["อัลบั้มภาพ", "prev", "next", "ข่าวที่เกี่ยวข้อง", "เรื่องอื่น"],
        ["อัลบั้มภาพ prev next", "เรื่องอื่น"],
        ["ข่าวที่เกี่ยวข้อง", "เรื่องอื่น", "เรื่องที่สาม"],
    ],
)
def test_albums_and_related_news_end_it(block: list[str]) -> None:
    assert read(DATE, TITLE, LEAD, *BODY, *block).body == BODY
    assert read(DATE, TITLE, BODY[0], *block).body == [BODY[0]]


def test_a_headline_that_is_not_written_again() -> None:
    raw = read(DATE, "พิมพ์", LEAD, *BODY)
    assert (raw.title, raw.date_published, raw.lead, raw.body) == (TITLE, DATE, LEAD, BODY)
    raw = read(DATE, TITLE, LEAD, *BODY, title=PREFIX)
    assert (raw.title, raw.lead) == (TITLE, LEAD)


@every_row("lines", [[], ["วันพฤหัสบดีที่ 1 มกราคม 2513"], ["วันพฤหัสบดีที่ 1 มกราคม 2513", "พิมพ์"], [DATE, TITLE]])
def test_files_without_an_article(lines: list[str]) -> None:
    assert kind(*lines, title=PREFIX) == "absent"
    assert kind(*lines, title="รัฐบาลไทย-") == "absent"
    assert kind(*lines) == "absent"


@every_row("first", ["วันที่ ไม่ระบุ", "2568", "วันพฤหัสบดีที่ 1 มกราคม 2513"])
def test_an_article_without_a_readable_date_is_malformed(first: str) -> None:
    lines = (first, TITLE, LEAD, *BODY)
    assert (read(*lines).body, kind(*lines)) == (BODY, "malformed")


def test_a_numeric_date_alone_is_the_date() -> None:
    lines = ("24/05/2568", "พิมพ์", TITLE, LEAD, *BODY)
    raw = read(*lines)
    assert (raw.date_published, raw.news_date, raw.body) == ("24/05/2568", "", BODY)
    assert kind(*lines) == "article"


@every_row(
    "written", ["", "\n\n", "scrapy\nrequests\n", "\ufeff", "\0" * 50, "\n".join([TITLE, DATE, TITLE, LEAD, *BODY])]
)
def test_of_what_is_no_file_of_a_corpus_nothing_is_read(written: str) -> None:
    assert corpus.parse(written, "") == RawArticle("corpus")
    assert kind_of("corpus", written) == "malformed"
