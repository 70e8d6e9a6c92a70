"""Full-text search finds what a scan of the articles finds, in every database, and the index follows the articles."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support import postgresql
from tests.support.commands import query_database
from tests.support.stored import article, begin, opened, save
from thaigov_crawler.errors import StoreError
from thaigov_crawler.store import Store, search
from thaigov_crawler.store.derived import update_derived
from thaigov_crawler.store.forgetting import forget
from thaigov_crawler.store.search import ids_sql, search_sql, words_of
from thaigov_crawler.thai.text import clean_line

TEXTS = {
    1: {"title": "เปิดห้องสมุดประชาชน", "lead": None, "body": "นายกรัฐมนตรีเปิดห้องสมุด\nลดราคา 100% ทุกวัน"},
    2: {"title": "ประชุม ครม.", "lead": "น้ำท่วม ABC_def", "body": "ห้องประชุม\nลดราคา 1009 บาท ใช้ abcXdef ที่ 5 K"},
    3: {"title": "Library opens", "lead": None, "body": 'The LIBRARY of Bangkok. É é İ ß *นี้* "คำพูด" 100 % จริง'},
}


def filled(place: Path | str) -> Path | str:
    """Save the texts in a database, and return it."""
    with closing(opened(place)) as store:
        run_id = begin(store)
        for article_id, texts in TEXTS.items():
            save(store, article(article_id, **{**texts, "text": texts["body"]}), run_id)
    return place


@pytest.fixture(scope="module")
def on_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with the texts. Read it, do not change it."""
    return filled(tmp_path_factory.mktemp("search") / "thaigov.db")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def texts(request: pytest.FixtureRequest, on_file: Path) -> Iterator[Path | str]:
    """A database with the texts. Read it, do not change it."""
    if request.param == "sqlite":
        yield on_file
        return
    with postgresql.database() as url:
        yield filled(url)


def found(place: Path | str, words: str) -> list[int]:
    condition, parameters = search_sql(words, "sqlite" if isinstance(place, Path) else "postgresql")
    query = f"SELECT id FROM articles WHERE {condition} ORDER BY id"
    return [article_id for (article_id,) in query_database(place, query, **parameters)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ห้องสมุด", [1]),
        ("ห้อง", [1, 2]),
        ("ห้อง ประชาชน", [1]),
        ("ห้อง\u200bสมุด", [1]),
        ("library", [3]),
        ("LIBRARY bangkok", [3]),
        ("100%", [1]),
        ("c_d", [2]),
        ("%", [1, 3]),
        ("*นี้*", [3]),
        ('"100 %"', [3]),
        ("100 %", [1, 3]),
        ('"เปิดห้องสมุด', [1]),
        ('""', [1, 2, 3]),
        ("น้ำ", [2]),
        ("กค", []),
        ("' OR 1 --", []),
        ("é", [3]),
        ("ชน", [1]),  # at the end of a title
        ("ม.", [2]),
        ("ef", [2]),
        ("EF", [2]),
        ("มุ", [1]),
        ("มุ ชน", [1]),
        ("ประ ชน", [1]),
        ("k", [3]),  # and not the Kelvin sign
        ("ok", [3]),
    ],
)
def test_what_is_found(texts: Path | str, words: str, expected: list[int]) -> None:
    assert found(texts, words) == expected


def plain_scan(words: str) -> list[int]:
    """The articles in one of whose texts each word stands; capitals A to Z do not count."""

    def lower(text: str) -> str:
        return "".join(sign.lower() if sign.isascii() else sign for sign in text)

    return [
        article_id
        for article_id, texts in TEXTS.items()
        if all(any(lower(word) in lower(text or "") for text in texts.values()) for word in words.split())
    ]


PIECES = [text[at : at + 6] for texts in TEXTS.values() for text in texts.values() if text for at in range(len(text))]


@given(st.lists(st.sampled_from(PIECES) | st.text("กabBc%_*ÉéİßK'", max_size=6), max_size=3).map(" ".join))
@example("İ")
@example("_b_")
def test_it_finds_what_a_scan_finds(texts: Path | str, words: str) -> None:
    words = clean_line(words).replace('"', "")
    assert found(texts, words) == plain_scan(words)


@pytest.mark.parametrize("words", ["ก_ห้องสมุด", "ก%aßก'", "%ห้อง%สมุด%", "_", "100%"])
def test_no_pattern_with_wildcards(on_file: Path, words: str) -> None:
    """SQLite 3.40 may crash of one: told here by memory that is written over when it is freed."""
    condition, parameters = search_sql(words)
    assert not re.search("LIKE|GLOB", condition)
    query = f"SELECT id FROM articles WHERE {condition}"
    program = "import json, sqlite3, sys; sqlite3.connect(sys.argv[1]).execute(sys.argv[2], json.loads(sys.argv[3])).fetchall()"
    line = [sys.executable, "-c", program, str(on_file), query, json.dumps(parameters)]
    subprocess.run(line, env={**os.environ, "MALLOC_PERTURB_": "165"}, check=True)


def plan_of(on_file: Path, words: str) -> list[str]:
    query, parameters = ids_sql(words)
    return [step[-1] for step in query_database(on_file, f"EXPLAIN QUERY PLAN {query}", **parameters)]


@pytest.mark.parametrize(
    ("words", "asked", "reads"),
    [
        ("ห้องสมุด ประชาชน", ["articles_fts"], True),  # all parts of all words at once
        ("ห้อ", ["articles_fts"], False),
        ("abc", ["articles_fts"], False),
        ("มุ", ["articles_terms", "articles_ends"], False),
        ("ซ", ["articles_terms", "articles_ends"], False),
        ("ใช้ มุ", ["articles_fts", "articles_terms", "articles_ends"], False),
        ("ks", ["articles_terms", "articles_ends"], True),
    ],
)
def test_articles_are_read_only_where_the_index_is_not_enough(
    on_file: Path, words: str, asked: list[str], reads: bool
) -> None:
    plan = plan_of(on_file, words)
    assert [step.split()[1] for step in plan if re.match(r"(SCAN|SEARCH) articles_", step)] == asked
    assert any(step.startswith("SEARCH articles USING INTEGER PRIMARY KEY") for step in plan) == reads
    assert not any(step.startswith("SCAN articles ") for step in plan)


def test_the_index_of_a_server_can_answer(on_server: str) -> None:
    condition, parameters = search_sql("ห้องสมุด Library", "postgresql")
    query = re.sub(r":(\w+)", r"%(\1)s", f"EXPLAIN SELECT id FROM articles WHERE {condition} ORDER BY id")
    # So few articles are read faster without an index.
    with psycopg.connect(on_server, options="-c enable_seqscan=off -c enable_indexscan=off") as connection:
        assert "articles_trigrams" in str(connection.execute(query, parameters).fetchall())


@pytest.mark.parametrize("words", ["ก", "é", "Éx"])
def test_letters_that_stand_everywhere_and_foreign_ones_are_looked_for_in_the_texts(on_file: Path, words: str) -> None:
    assert [step for step in plan_of(on_file, words) if step.startswith("SCAN articles")]


def test_a_very_long_phrase_asks_for_some_of_its_parts(on_file: Path) -> None:
    long = " ".join(f"คำที่{number}" for number in range(1000))
    _, parameters = ids_sql(f'"{long}"')
    assert parameters["search_entries"].count(" AND ") <= 32
    assert found(on_file, f'"{long}"') == []
    assert found(on_file, '"ลดราคา 1009 บาท ใช้ abcXdef"') == [2]


def test_the_index_follows_the_articles(path: Path | str, store: Store, run_id: int) -> None:
    for article_id in (1, 2):
        save(store, article(article_id, text="ห้องสมุดฎฏ"), run_id)
    save(store, article(1, text="โรงเรียนฐฑ", day=2), run_id)
    assert (found(path, "ห้องสมุด"), found(path, "โรงเรียน")) == ([2], [1])
    assert (found(path, "ฎฏ"), found(path, "ฐฑ")) == ([2], [1])  # the ends of the old text and of the new one
    held = article(2, text="ห้องสมุดฎฏ")
    with store.writing() as connection:
        update_derived(connection, [(held, {**held, "venue": "ที่ใหม่", "extractor": 2})])
    assert found(path, "ห้องสมุด") == found(path, "ฎฏ") == [2]
    with store.writing() as connection:
        forget(connection, 2)
    assert found(path, "ห้องสมุด") == found(path, "ฎฏ") == []
    if isinstance(path, Path):
        assert query_database(path, "SELECT id FROM articles_ends") == [(1,)]
        query_database(path, "INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")


def test_what_is_rolled_back_is_still_found(tmp_path: Path) -> None:
    path = filled(tmp_path / "thaigov.db")
    query_database(path, "DELETE FROM articles WHERE id = 2")  # rolled back
    assert found(path, "น้ำ") == found(path, "ม.") == [2]


def test_an_sqlite_without_the_index_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = search._INDEX[0].replace("trigram", "tetragram")  # as unknown to this SQLite as trigram to one before 3.34
    monkeypatch.setattr(search, "_INDEX", (index,))
    with pytest.raises(StoreError, match=r"no such tokenizer.*SQLite 3\.34 or newer, and this Python has"):
        Store.open(f"sqlite:///{tmp_path / 'thaigov.db'}")


def test_of_very_many_words_the_first_count(texts: Path | str) -> None:
    assert found(texts, "ห้อง " * 5000 + "ประชาชน") == [1]  # repeats are none
    many = [f"ไม่มี{number}" for number in range(5000)]
    assert words_of(" ".join(many)) == many[:20]
    assert found(texts, " ".join(many)) == []


@pytest.mark.parametrize("words", ["\ud83d", "ห้อง\udc80", '"\ud800 ห้อง"'])
def test_half_a_character_is_found_nowhere(texts: Path | str, words: str) -> None:
    assert found(texts, words) == []
