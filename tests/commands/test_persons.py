"""`scrapy persons`."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import EndedCrawl, query_database, scrapy, started
from tests.support.stores import store_of
from tests.support.waiting import wait_until
from thaigov_crawler.items import Person

THAI, LATIN, THIRD = "กิตติภูมิ แสงอรุณวัฒนา", "Kittiphum Saengarunwatthana", "นพเก้า จันทร์สว่างศรี"
GLOSS = f"โดยมีนาย{THAI} (Mr. {LATIN}) เข้าร่วม"
NOTHING = "Joined: 0 (0 new, 0 no longer)\n"
FOUND = f"{LATIN} = {THAI}\n    in brackets behind the name in 2\n"


def naming(*names: str, **changes: Any) -> dict[str, Any]:
    return {"attendees": [Person("", name, None) for name in names], "mentions": [], **changes}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of two articles in which one glosses a name of the other."""
    return store_of(tmp_path / "store", naming(LATIN), naming(THAI, THIRD, body=GLOSS))


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return scrapy("persons", f"-sTHAIGOV_DIR={folder}", *options)


def said(folder: Path, *options: str) -> str:
    done = run(folder, *options)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def ids_of(folder: Path, name: str) -> list[int]:
    done = scrapy("export", f"-sTHAIGOV_DIR={folder}", "--person", name)
    return [json.loads(line)["id"] for line in done.stdout.splitlines()]


def test_joins_are_made_and_shown_with_their_evidence(folder: Path) -> None:
    assert said(folder) == FOUND + "Joined: 1 (1 new, 0 no longer)\n"
    assert said(folder) == FOUND + "Joined: 1 (0 new, 0 no longer)\n"
    assert ids_of(folder, f"Mr. {LATIN}") == ids_of(folder, THAI) == [1, 2]


def test_evidence_in_an_office_is_shown_in_words(tmp_path: Path) -> None:
    offices = {THAI: "รัฐมนตรีว่าการกระทรวงคมนาคม", LATIN: "Minister of Transport"}
    articles = [
        {"attendees": [Person("", name, office)], "mentions": [], "date_published": f"2024-{month:02}-01"}
        for month in (1, 2)
        for name, office in offices.items()
        for _ in range(3)
    ]
    assert said(store_of(tmp_path / "store", *articles)) == (
        f"{LATIN} = {THAI}\n    รัฐมนตรีว่าการกระทรวงคมนาคม in 2 months from 2024-01 to 2024-02: 6 articles in English\n"
        "Joined: 1 (1 new, 0 no longer)\n"
    )


def test_what_is_kept_apart(folder: Path) -> None:
    said(folder)
    apart = f"{LATIN} is not {THAI}, as you said\n    in brackets behind the name in 2\n"
    assert said(folder, "--different", f"นาย{THAI}", LATIN) == apart
    assert said(folder) == apart + NOTHING
    assert (ids_of(folder, LATIN), ids_of(folder, THAI)) == ([1], [2])


def test_what_is_joined_by_hand(folder: Path) -> None:
    keys = ("kittiphum|saengarunwatthana", THIRD)  # a key is as good as a name
    assert said(folder, "--same", *keys) == f"{LATIN} = {THIRD}, as you said\n"
    assert said(folder) == (
        f"{LATIN} = {THIRD}, as you said\n"
        f"{LATIN} is not joined to {THAI}: what you said stands against it\n"
        "Joined: 1 (0 new, 0 no longer)\n"
    )


def test_a_conflict_is_shown(tmp_path: Path) -> None:
    other = "กิตติภูมิ แสงอรุณวัฒน์"
    folder = store_of(
        tmp_path / "store", naming(LATIN), naming(THAI, body=GLOSS), naming(other, body=f"นาย{other} ({LATIN})")
    )
    shown = said(folder)
    assert shown.startswith(f"{LATIN} is not joined, as it would be several people's:\n")
    for number, name in ((2, THAI), (3, other)):
        assert f"    {name}: in brackets behind the name in {number}\n" in shown
    assert shown.endswith(NOTHING)


def test_a_join_of_which_nothing_is_left(folder: Path) -> None:
    said(folder)
    with sqlite3.connect(folder / "thaigov.db") as connection:
        connection.execute("UPDATE articles SET body = 'อื่น'")
    connection.close()
    assert said(folder) == "Joined: 0 (0 new, 1 no longer)\n"
    assert ids_of(folder, LATIN) == [1]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--same", "ก", THAI), "--same 'ก': must be a given name and a surname, both in full"),
        (("--same", LATIN, "ไม่มี ชื่อนี้"), "--same 'ไม่มี ชื่อนี้': no stored article names this person"),
        (("--different", "x|y", THAI), "--different 'x|y': no stored article names this person"),
        (("--same", LATIN), "expected 2 arguments"),
        (("--same", LATIN, THAI, "--different", LATIN, THAI), "not allowed with argument"),
        (("x",), "'x'"),
    ],
)
def test_bad_options_are_named(folder: Path, options: tuple[str, ...], why: str) -> None:
    done = run(folder, *options)
    assert done.returncode == 2
    assert why in done.stderr
    assert query_database(folder / "thaigov.db", "SELECT * FROM same_persons") == []


def test_a_verdict_that_says_nothing(folder: Path) -> None:
    done = run(folder, "--different", LATIN, LATIN)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "persons: both names have the same key\n"


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    name = "Evil\x1b[2J Kittiphumsson"
    folder = store_of(tmp_path / "store", naming(name), naming(THAI))
    assert "\x1b" not in said(folder, "--same", THAI, name)


# A rename of one person hangs.
ENDLESS = """
    CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS n FROM n;
    CREATE TRIGGER endless BEFORE UPDATE ON people BEGIN SELECT n FROM endless; END;
"""


def test_it_may_be_killed(folder: Path) -> None:
    path = folder / "thaigov.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(ENDLESS)
    with started("persons", f"-sTHAIGOV_DIR={folder}"):
        wait_until(lambda: is_locked(path))
    with sqlite3.connect(path) as connection:
        connection.executescript("DROP TRIGGER endless; DROP VIEW endless;")
    connection.close()
    assert query_database(path, "SELECT * FROM same_persons") == []
    assert said(folder).endswith("Joined: 1 (1 new, 0 no longer)\n")


def is_locked(path: Path) -> bool:
    """Tell whether another process has begun to write."""
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    finally:
        connection.close()
    return False


def test_the_sample_has_a_name_in_both_letters(sample_run: EndedCrawl, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(sample_run.folder, tmp_path / "sample"))
    assert said(folder) == NOTHING
    names = ("Thanawat Sripitakpaisan", "ธนวัชร์ ศรีพิทักษ์ไพศาล")
    assert said(folder, "--same", *names) == f"{names[0]} = {names[1]}, as you said\n"
    assert ids_of(folder, names[0]) == ids_of(folder, names[1])
    assert 990016 in ids_of(folder, names[1])


def test_forgetting_the_article_of_a_name_removes_the_name(folder: Path) -> None:
    said(folder)
    assert scrapy("forget", f"-sTHAIGOV_DIR={folder}", "1", "--yes").returncode == 0
    assert query_database(folder / "thaigov.db", "SELECT * FROM same_persons") == []
    assert b"kittiphum|" not in (folder / "thaigov.db").read_bytes()
