"""What tells that a name in Thai and one in Latin letters are one person's, and what does not."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from tests.support.stored import article, save
from thaigov_crawler.store import Store, evidence
from thaigov_crawler.store.persons import Join
from thaigov_crawler.thai.names import name_key

THAI, LATIN = "มงคลชัย ทองประเสริฐสุข", "Mongkolchai Thongprasertsuk"
KEYS = (name_key(LATIN), name_key(THAI))
OTHER = ("กรรณิการ์ เลิศวัฒนานนท์", "Kannika Lertwattananon")
OFFICES = ("รัฐมนตรีว่าการกระทรวงพลังงาน", "Minister of Energy")


class Archive:
    """A store that is filled article by article."""

    def __init__(self, store: Store, run_id: int) -> None:
        self.store, self.run_id, self.ids = store, run_id, count(1)

    def add(self, *people: tuple[str, str | None], text: str = "ข่าว", month: str = "2024-05", number: int = 1) -> None:
        """Save articles that name these people, by name and position, each as one who took part."""
        for _ in range(number):
            attendees = [{"title": "", "name": name, "position": position} for name, position in people]
            changes: dict[str, Any] = {"attendees": attendees, "mentions": [], "date_published": f"{month}-15"}
            save(self.store, article(next(self.ids), text=text, **changes), self.run_id)

    def hold(self, holder: str, latin: str, months: int = 2, thai_number: int = 3, latin_number: int = 2) -> None:
        """Save articles of so many months that name the holder of an office, in Thai and in English."""
        for month in range(1, months + 1):
            self.add((holder, OFFICES[0]), month=f"2024-{month:02}", number=thai_number)
            self.add((latin, OFFICES[1]), month=f"2024-{month:02}", number=latin_number)

    def found(self) -> list[Join]:
        with self.store.reading() as connection:
            return evidence.find(connection)


@pytest.fixture
def archive(store: Store, run_id: int) -> Archive:
    return Archive(store, run_id)


def pairs(found: list[Join]) -> set[tuple[str, str]]:
    return {(join.name_key, join.same_as) for join in found}


def test_a_name_in_brackets_behind_the_thai_one(archive: Archive) -> None:
    archive.add((LATIN, None))
    for title in ("Mr. ", ""):
        archive.add((THAI, None), text=f"โดยมีนายมงคลชัย  ทองประเสริฐสุข ({title}{LATIN}) เข้าร่วม")
    (join,) = archive.found()
    assert (join.name_key, join.same_as) == KEYS
    assert join.evidence == [{"articles": [2, 3], "in_all": 2}]


def test_ten_articles_are_listed(archive: Archive) -> None:
    archive.add((LATIN, None))
    archive.add((THAI, None), text=f"นาย{THAI} ({LATIN})", number=12)
    (join,) = archive.found()
    assert join.evidence == [{"articles": list(range(2, 12)), "in_all": 12}]


@pytest.mark.parametrize(
    "text",
    [
        f"นาย{THAI} และคณะ ({LATIN})",  # not right behind it
        f"นาย{THAI} {LATIN}",  # no brackets
        f"นาย{THAI} ({OTHER[1]})",  # no spelling of the name
        f"{LATIN} ({THAI})",
    ],
)
def test_what_is_no_gloss(archive: Archive, text: str) -> None:
    archive.add((LATIN, None), (OTHER[1], None))
    archive.add((THAI, None), text=text)
    assert not archive.found()


def test_one_spelling_is_no_evidence(archive: Archive) -> None:
    archive.add((LATIN, None), (THAI, None), number=5)
    assert archive.found() == []


def test_the_holder_of_an_office(archive: Archive) -> None:
    archive.hold(THAI, LATIN)
    (join,) = archive.found()
    assert (join.name_key, join.same_as) == KEYS
    assert join.evidence == [{"office": OFFICES[0], "months": ["2024-01", "2024-02"], "in_all": 4}]


@pytest.mark.parametrize("few", [{"months": 1, "latin_number": 5}, {"thai_number": 2}, {"latin_number": 1}])
def test_too_few_months_or_articles(archive: Archive, few: dict[str, int]) -> None:
    archive.hold(THAI, LATIN, **few)
    assert not archive.found()


def test_the_holder_must_be_the_only_one(archive: Archive) -> None:
    archive.hold(THAI, LATIN)
    for month in ("2024-01", "2024-02"):
        archive.add((OTHER[0], OFFICES[0]), month=month)
    assert not archive.found()


def test_in_english_too(archive: Archive) -> None:
    archive.hold(THAI, LATIN)
    archive.add((OTHER[1], OFFICES[1]), month="2024-02")
    assert not archive.found()


def test_nobody_is_joined_to_a_name_that_cannot_be_spelt_so(archive: Archive) -> None:
    archive.hold(THAI, OTHER[1])
    assert not archive.found()


def test_other_months_and_other_offices_tell_nothing(archive: Archive) -> None:
    archive.hold(THAI, OTHER[1])
    for month in ("2024-03", "2024-04"):
        archive.add((LATIN, OFFICES[1]), month=month, number=3)
    for month in ("2024-01", "2024-02"):
        archive.add((LATIN, f"Deputy {OFFICES[1]}"), month=month, number=3)
    assert not archive.found()


def test_two_spellings_of_the_holder_are_both_joined(archive: Archive) -> None:
    archive.hold(THAI, LATIN)
    archive.hold(THAI, "Mongkonchai Thongprasertsuk")
    assert pairs(archive.found()) == {KEYS, ("mongkonchai|thongprasertsuk", KEYS[1])}


def test_the_holder_of_another_country_is_not_joined_for_beginning_alike(archive: Archive) -> None:
    guest = "Mikael Thorvaldsen"
    archive.hold(THAI, LATIN, months=8, latin_number=4)
    for month in ("2024-07", "2024-08"):
        archive.add((guest, OFFICES[1]), month=month, number=4)
    (join,) = archive.found()
    assert (join.name_key, join.same_as) == KEYS
    assert join.evidence[0]["months"] == [f"2024-{month:02}" for month in range(1, 7)]


def test_a_name_may_be_in_several_pairs(archive: Archive) -> None:
    other = "มงคลไชย ทองประเสริฐ"
    archive.hold(THAI, LATIN)
    archive.add((other, None), text=f"นาย{other} ({LATIN})")
    assert pairs(archive.found()) == {KEYS, (KEYS[0], name_key(other))}


def test_names_that_may_be_anybodys_are_left_out(archive: Archive) -> None:
    archive.hold("มงคลชัย", "Mongkolchai")
    archive.add(("มงคลชัย", None), text="นายมงคลชัย (Mr. Mongkolchai)")
    assert archive.found() == []
