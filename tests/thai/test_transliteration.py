"""Names in Thai and in Latin letters: which two may be one name, and which names a text gives in both."""

from __future__ import annotations

from tests.support.tables import every_row
from tests.support.work import work_of
from thaigov_crawler.thai.names import name_key
from thaigov_crawler.thai.transliteration import glosses, may_be_one


@every_row(
    ("thai", "latin"),
    [
        ("มงคลชัย ทองประเสริฐสุข", "Mongkolchai Thongprasertsuk"),
        ("เอกภพ เจริญวัฒนกุล", "Ekkaphop Charoenwattanakul"),  # a vowel before its consonant
        ("หนึ่งฤทัย อยู่สบายดี", "Nuengruthai Yoosabaidee"),  # consonants that are silent
        ("จอร์จ ฮอฟแมนสัน", "George Hoffmanson"),
        ("ฌูเอา ซิลเวสเตร", "João Silvestre"),
    ],
)
def test_names_that_may_be_one(thai: str, latin: str) -> None:
    assert may_be_one(name_key(thai), name_key(latin))


@every_row(
    ("thai", "latin"),
    [
        ("มงคลชัย ทองประเสริฐสุข", "Mongkolchai Charoenwattanakul"),  # another surname
        ("มงคลชัย ทองประเสริฐสุข", "Kannika Thongprasertsuk"),  # another given name
        ("มงคลชัยทองประเสริฐสุข", "Mongkolchai Thongprasertsuk"),  # its seam is not known
    ],
)
def test_names_that_cannot_be_one(thai: str, latin: str) -> None:
    assert not may_be_one(name_key(thai), name_key(latin))


def test_names_in_brackets() -> None:
    text = "นายยูฮานี เลห์โตเนน ( H.E. Mr. Juhani Lehtonen ) เอกอัครราชทูต และนางมารี วีร์ตา (Ms. Mari VIRTA)"
    assert list(glosses(text)) == [
        ("นายยูฮานี เลห์โตเนน", "juhani|lehtonen"),
        (text[: text.index(" (Ms.")], "mari|virta"),
    ]


@every_row(
    "text",
    [
        "การบริการ (Service)",
        "ธนาคาร (EXIM)",
        "แผน (Business Continuity Plan 2)",
        "นายยูฮานี (Juhani Lehtonen, Ambassador of Nowhere)",
        "นายยูฮานี (Juhani)",
        "นายยูฮานี (นายยูฮานี เลห์โตเนน)",
        "นายยูฮานี (Juhani\nLehtonen)",
    ],
)
def test_what_is_no_name_in_brackets(text: str) -> None:
    assert not list(glosses(text))


@every_row("piece", ["(", "( ", "(A", "(Ab C", "(A-", "A b)", "(Juhani Lehtonen)"])
def test_the_work_grows_with_the_text(piece: str) -> None:
    def work(length: int) -> int:
        text = piece * (length // len(piece))
        return work_of(lambda: list(glosses(text)))

    list(glosses("(Juhani Lehtonen)"))
    assert work(8000) < 6 * work(2000)
