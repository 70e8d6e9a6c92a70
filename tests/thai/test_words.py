"""Word lists: how they are written, what pattern their words make, and that the lists of the package are sound."""

from __future__ import annotations

import re
import zipfile
from itertools import product
from pathlib import Path
from subprocess import run
from sys import executable

import pytest

from tests.support.commands import ROOT
from tests.support.tables import every_row
from thaigov_crawler.thai.people import read_people
from thaigov_crawler.thai.words import (
    Entry,
    Shape,
    WordListError,
    beginnings,
    entries,
    pattern,
    read_entries,
    spellings,
    words,
)

PACKAGE = ROOT / "thaigov_crawler"
LISTS = sorted((PACKAGE / "thai" / "words").glob("*.txt"))


def found(lines: str, text: str) -> list[str]:
    """Return what the pattern of a list with these lines finds in a text."""
    return re.findall(pattern(read_entries(lines, "list.txt")), text)


@every_row(
    ("lines", "text", "expected"),
    [
        ("กล่าว\nเผย", "กล่าวว่า เปิดเผย", ["กล่าว", "เผย"]),
        ("# what it is for\n\nกล่าว  # said\n", "กล่าว", ["กล่าว"]),
        ("นาย\nนายก\nนา", "นายก นายข นาง", ["นายก", "นาย", "นา"]),  # the longest, whatever the order
        ("ร่วม  not before: สุข จิต", "ร่วมงาน ร่วมสุข ร่วมจิต ร่วม", ["ร่วม", "ร่วม"]),
        ("ได้  before: กล่าว เป็น", "ได้กล่าว ได้เป็น ได้รับ", ["ได้", "ได้"]),
        ("ถึง  not after: กล่าว เผย", "กล่าวถึง เผยถึง ไปถึง", ["ถึง"]),
        ("ถึง  after: กล่าว เผย", "กล่าวถึง เผยถึง ไปถึง", ["ถึง", "ถึง"]),
        ("มา  before: ถึง  not after: ไป", "มาถึง ไปมาถึง ไปมา", ["มา"]),
        ("นาย  not before: ก\nนา", "นายก นาย", ["นา", "นาย"]),  # the shorter one where the context fails
        ("น._ส.", "น.ส. น. ส.", ["น.ส.", "น. ส."]),
        ("นายก  before: _อบ", "นายก อบต. นายกอบต. นายก", ["นายก", "นายก"]),
        ("นายก อบต", "นายก อบต.", ["นายก อบต"]),
        ("ผู้(letter)", "ผู้นำ ผู้ ", ["ผู้น"]),
        ("ดร  before: (space) (end)", "ดร.ดร ดร", ["ดร", "ดร"]),
        ("Gen  after: Minister(space)  before: (space)(capital)", "Minister Gen Prayut, Gen Prayut", ["Gen"]),
        ("ที่(digit)", "ที่5 ที่๕ ที่ห้า", ["ที่5", "ที่๕"]),
        ("พุธ\nพฤหัสบดี  also: พฤหัส  before: ที่", "พุธ พฤหัสที่ พฤหัสบดีที่ พฤหัส", ["พุธ", "พฤหัส", "พฤหัสบดี"]),
        ("C+ (มหาชน)", "C+ (มหาชน)", ["C+ (มหาชน)"]),  # signs of regular expressions are letters
    ],
)
def test_the_pattern_of_a_list_finds_its_words(lines: str, text: str, expected: list[str]) -> None:
    assert found(lines, text) == expected


def test_a_pattern_is_tried_on_down_to_the_shorter_words() -> None:
    rule = pattern((Entry("นาย"), Entry("นายก")))
    assert re.fullmatch(rf"{rule}กข", "นายกข")
    assert re.fullmatch(rf"{rule} ข", "นายก ข")


@pytest.mark.parametrize("name", ["monks_grades", "names_lists_begin"])
def test_all_that_a_pattern_finds_begins_with_a_beginning(name: str) -> None:
    found = beginnings(name)
    assert all(word.startswith(found) for entry in entries(name) for word in entry.all_words)
    assert not any(one.startswith(other) for one in found for other in found if one != other)


def test_a_word_that_begins_with_a_mark_has_no_beginning() -> None:
    with pytest.raises(ValueError, match="begins with a mark"):
        beginnings("venues_no_name")


def test_shapes_stand_among_the_words() -> None:
    rule = re.compile(pattern((Shape("พล", "(?:เอก|โท)(?:หญิง)?"), Entry("พล."), Entry("พลเอก"))), re.VERBOSE)
    assert rule.findall("พลเอกหญิง พลเอก พลโท พล. พลตรี") == ["พลเอกหญิง", "พลเอก", "พลโท", "พล."]
    assert re.fullmatch(pattern((Shape("ก", "ข|ค"),)), "กค")


@every_row(
    ("line", "reason"),
    [
        ("  before: กล่าว", "a word, two spaces"),
        ("ได้ before: กล่าว", "a word, two spaces"),
        ("ได้  ก่อน: กล่าว", "a context begins with"),
        ("ได้  before:", "no word"),
        ("ได้  before: กล่าว กล่าว", "twice"),
        ("ได้  before: กล่าว  before: เป็น", "second of its kind"),
        ("ได้  also: กล่าว", "'กล่าว' stands in line 2 already"),
        ("ผู้(vowel)", r"\(vowel\) is no mark"),
        ("ผู้  before: (vowel)", r"\(vowel\) is no mark"),
        ("กล่าว", "'กล่าว' stands in line 2 already"),
        ("_กล่าว", "'กล่าว' stands in line 2 already"),
    ],
)
def test_a_bad_line_is_named(line: str, reason: str) -> None:
    with pytest.raises(WordListError, match=f"list.txt, line 3: .*{reason}"):
        read_entries(f"# words\nกล่าว\n{line}\n", "list.txt")


def test_plain_words_have_no_context(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "มูลนิธิ" in words("titles_named_after")
    for line in ("ได้  before: กล่าว", "ผู้(letter)"):
        monkeypatch.setattr("thaigov_crawler.thai.words.entries", lambda _, line=line: read_entries(line, "list.txt"))
        with pytest.raises(ValueError, match="no plain word"):
            words("list")


def test_words_come_with_their_other_spellings(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = read_entries("พุธ\nพฤหัสบดี  also: พฤหัส", "list.txt")
    monkeypatch.setattr("thaigov_crawler.thai.words.entries", lambda _: lines)
    assert spellings("list") == (("พุธ",), ("พฤหัสบดี", "พฤหัส"))
    assert words("list") == ("พุธ", "พฤหัสบดี", "พฤหัส")


@every_row("path", LISTS)
def test_a_list_of_the_package_says_what_it_is_for(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.match(r"# \S", text)
    assert entries(path.stem)
    users = re.search(r"^# Used by: (.+)$", text, re.MULTILINE)
    assert users
    for user in users[1].split(", "):
        assert re.search(rf"""["']{path.stem}["']""", (PACKAGE / user).read_text("utf-8")), user


def begins(text: str, entry: Entry) -> bool:
    """Tell whether an entry matches every text that begins with `text`."""
    word = re.match(pattern((entry,)), f"{text}\n")
    return bool(word) and not any(other.startswith(text[word.end() :]) for other in entry.not_before)


@every_row("path", [path for path in LISTS if "Only the place where an entry begins" in path.read_text("utf-8")])
def test_no_word_of_a_list_begins_with_another(path: Path) -> None:
    """If only the beginning of a word counts, such a word changes nothing."""
    for entry in entries(path.stem):
        others = [other for other in entries(path.stem) if other is not entry]
        for word, follows in product(entry.all_words, entry.before or ("",)):
            text = word + follows.replace("(space)", " ")
            assert not [other.word for other in others if begins(text, other)], text


@every_row("path", [path for path in LISTS if "fits as the end of a longer word" in path.read_text("utf-8")])
def test_no_word_of_a_list_ends_with_another(path: Path) -> None:
    for word in words(path.stem):
        assert not [other for other in words(path.stem) if other != word and word.endswith(other)], word


@every_row(
    "lists",
    [
        ("titles", "titles_opening", "titles_english", "titles_ranks"),
        ("offices", "offices_spaced", "offices_english", "offices_english_begin"),
        ("offices_english", "offices_english_within"),
        ("cues_with", "cues_assigned"),
    ],
)
def test_lists_used_together_share_no_word(lists: tuple[str, ...]) -> None:
    together = [entry.word for name in lists for entry in entries(name)]
    assert len(set(together)) == len(together)


def test_a_title_is_found_once_it_stands_in_the_list_even_in_a_zip_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as package:
        for path in (*PACKAGE.glob("*.py"), *(PACKAGE / "thai").rglob("*")):
            if path.suffix not in (".py", ".txt"):
                continue
            text = path.read_text("utf-8")
            if path.name == "titles_opening.txt":
                text += "ออกญ่า\nหมื่นธง\n"
            package.writestr(str(path.relative_to(ROOT)), text)
    article = "ออกญ่าวิชัย ทุ่งเขียว กล่าวเปิดงาน พร้อมด้วยหมื่นธงกมล ริมธาร"
    assert not read_people(article)
    command = f"from thaigov_crawler.thai.people import *; print(*(who.title for who in read_people({article!r})))"
    environment = {"PYTHONPATH": "package.zip", "PYTHONIOENCODING": "utf-8"}
    asked = run([executable, "-c", command], cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert asked.stdout.decode().split() == ["ออกญ่า", "หมื่นธง"]
