"""The key by which one person is found under several spellings and titles."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from tests.support.commands import ROOT
from tests.support.tables import every_row
from thaigov_crawler.thai.names import name_key, without_titles

ONE_PERSON = [
    (
        "ธนวัชร์ ศรีพิทักษ์ไพศาล",
        "พล.อ. ธนวัชร์ ศรีพิทักษ์ไพศาล",
        "พลเอกธนวัชร์  ศรีพิทักษ์ไพศาล",
        "ฯพณฯ ศ.ดร.ธนวัชร์ ศรีพิทักษ์ไพศาล",
        "ธนวัชร์\u00a0ศรี\u200bพิทักษ์ไพศาล",
        "ธนวัชร ศรีพิทักษ์ไพศาล",  # a thanthakhat lost
        "ธนวัชร์ ศรีพิทักษ์ ไพศาล",
        "ธนวัชร์ ศรีพิทักศ์ไพสาล",
    ),
    ("แก้วตา สุ่มเพ็งรัตน์", "เเก้วตา สุ่มเพ็งรัตน์", "นางสาวแก้วตา สุมเพ็งรัตน์"),
    ("จำเนียร ขันตระกูล", "จํ\u0e32เนียร ขันตระกูล", "จำเนียร ขันตระกุล"),
    ("คุณากร ใจดีงาม", "นายคุณากร ใจดีงาม", "คุณคุณากร ใจดีงาม"),  # begins like a title
    ("สุทธิ เทพศิริ ณ อยุธยา", "ม.ล. สุทธิ เทพศิริณ อยุธยา"),
    ("พระครู สุขใจ ธมฺมปญฺโญ", "สุขใจ ธมฺมปญฺโญ"),
    ("หลี่ หมิง", "นาย หลี่ หมิง", "หลี่  หมิง"),
    ("ณัฎฐ์ ใจดีงามยิ่ง", "ณัฏฐ์ ใจดีงามยิ่ง"),
    ("ประสิทธิ์พันธุ์ ใจดีงาม", "ประสิทธิ์พันธ์ุ ใจดีงาม"),
    ("วรรณวิภาพรรณ ใจดี", "วรรณวิภาพรรน ใจดี"),  # the given names are long enough
    ("J.D. Rivers", "J. D. Rivers", "Mr. JD Rivers"),
    ("ธนวัชร์ศรีพิทักษ์ไพศาล", "ธนวัชรศรีพิทักษ์ไพศาล"),  # their space is lost
    ("Somchai Jai-dee", "H.E. Mr. SOMCHAI  Jaidee", "Mr. Somchai Jai–dee"),
    ("François Müller", "Francois Muller"),
]
TWO_PEOPLE = [
    ("สมชาย ใจดีงาม", "สมหญิง ใจดีงาม"),
    ("สมชาย ใจดีงาม", "สมชาย ใจงามดี"),
    ("หลี่ หมิง", "ลี หมิง"),  # a short name says too little for its tone marks to be left out
    ("สมชาย ใจดีงาม", "Somchai Chaidi-ngam"),
    ("ธนวัชร์ ศรีพิทักษ์", "ธนวัฒน์ ศรีพิทักษ์"),
    ("พร ชัยวงศ์งาม", "พรชัย วงศ์งาม"),
    ("วิรัช ใจดีงามยิ่ง", "วีรัช ใจดีงามยิ่ง"),
    ("มาลี ใจดีงามยิ่ง", "มาลี่ ใจดีงามยิ่ง"),
    ("ธณพร ใจดีงามยิ่ง", "ธนพร ใจดีงามยิ่ง"),
    ("Ann Alee", "Anna Lee"),
    ("ธนวัชร์ ศรีพิทักษ์ไพศาล", "ธนวัชร์ศรีพิทักษ์ไพศาล"),  # nothing tells where the surname begins
]
ANYBODY = [
    "",
    " ",
    "สมชาย",
    "นายสมชาย",
    "Somchai",
    "Mr. Rivers",
    "A. B.",
    "A. Rivers",
    "ธนวัชร์ฯ",
    "ธนวัชร์ฯ ศรี",
    "ท่านผู้หญิง",
]


@every_row("spellings", ONE_PERSON)
def test_spellings_of_one_person_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({name_key(spelling) for spelling in spellings}) == 1
    assert name_key(spellings[0])


@every_row("names", TWO_PEOPLE)
def test_two_people_have_two_keys(names: tuple[str, str]) -> None:
    assert name_key(names[0]) != name_key(names[1])


@every_row("name", ANYBODY)
def test_a_name_that_may_be_anybodys_has_none(name: str) -> None:
    assert name_key(name) == ""


@given(st.text("กขงชนมรสาิีุู่้์ๆฯเแ.- aé\u200b", max_size=40))
def test_any_text_has_a_key_without_white_space(name: str) -> None:
    key = name_key(name)
    assert key == "".join(key.split())
    assert name_key(f"  {name}\u200b ") == key


@every_row(
    ("name", "bare"),
    [
        ("นายธนวัชร์", "ธนวัชร์"),
        (" พล.อ.  ธนวัชร์ ศรี", "ธนวัชร์ ศรี"),
        ("คุณากร", "คุณากร"),
        ("นาย", "นาย"),
        ("H.E. Mr. Somchai", "Somchai"),
        ("", ""),
    ],
)
def test_titles_are_taken_off_what_is_known_of_a_name(name: str, bare: str) -> None:
    assert without_titles(name) == bare


def test_a_key_does_not_need_all_that_finds_people() -> None:
    """Its patterns take a third of a second, and a crawl with workers finds people elsewhere."""
    code = "import sys; from thaigov_crawler.thai.names import name_key; print(name_key('พระพรหมบัณฑิต'), *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    assert "thaigov_crawler.thai.people.monks" in done.stdout
    assert "thaigov_crawler.thai.people.reading" not in done.stdout
    assert "thaigov_crawler.thai.people.offices" not in done.stdout
