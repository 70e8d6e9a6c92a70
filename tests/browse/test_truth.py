"""The pages say what the store has, at every moment: while a crawl writes, and after it was edited or forgotten."""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.browsing import Pages, pages_of
from tests.support.stored import article, begin, save
from thaigov_crawler.store import Store, articles, persons
from thaigov_crawler.store.derived import update_derived
from thaigov_crawler.store.forgetting import forget
from thaigov_crawler.thai.names import name_key

WORDS = ["ฝ", "ฎฏ", "ฎฏฐ", "ประชุม", "ok", "ok ฎฏ", "ค"]
KOB, KHWAN, ENGLISH = "กอบชัย งามดี", "ขวัญ อื่นใด", "Kobchai Ngamdee"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with contextlib.closing(Store.open(f"sqlite:///{tmp_path / 'thaigov.db'}")) as store:
        save_these(store, begin(store))
        yield store


def save_these(store: Store, run: int) -> None:
    for number in range(1, 7):
        text = ("ฝนตก", "ประชุมฎฏ", "ok ฎฏฐ", "ไม่มี", "ok", "ค")[number - 1]
        both = [person(KOB, "ปลัด"), person(KHWAN, None)]
        names = {"attendees": both[: number % 3], "mentions": both[1:] if number == 4 else []}
        save(store, article(number, text=text, date_published=f"2024-0{number}-01", title="ก", **names), run)


def person(name: str, position: str | None) -> dict[str, Any]:
    return {"title": "", "name": name, "position": position}


def in_store(store: Store) -> tuple[dict[str, list[int]], list[tuple], list[tuple]]:
    """What is found for each word, the persons and their positions, from the articles as they are exported."""
    held = list(articles.read(store))
    texts = {each["id"]: [each[name] or "" for name in ("title", "lead", "body")] for each in held}
    found = {
        words: [key for key, parts in texts.items() if all(any(w in part for part in parts) for w in words.split())]
        for words in WORDS
    }
    with store.reading() as connection:
        joined = {row["name_key"]: row["same_as"] for row in persons.rows(connection)}
    names: dict[str, Counter[str]] = defaultdict(Counter)
    days: dict[tuple[str, ...], dict[int, tuple[str, bool]]] = defaultdict(dict)
    for each in held:
        for kind in ("mentions", "attendees"):
            for one in each[kind]:
                key = joined.get(name_key(one["name"]), name_key(one["name"]))
                names[key][one["name"]] += 1
                attended = kind == "attendees" or days[(key,)].get(each["id"], ("", False))[1]
                days[(key,)][each["id"]] = (each["date_published"], attended)
                if one["position"] is not None:
                    days[key, one["position"]][each["id"]] = (each["date_published"], attended)
    totals, positions = [], []
    for of, by_article in days.items():
        first, last = min(by_article.values())[0], max(by_article.values())[0]
        if len(of) == 1:
            name = min(names[of[0]], key=lambda each: (-names[of[0]][each], each))
            attended = sum(each for _, each in by_article.values())
            totals.append((*of, name, len(by_article), attended, first, last))
        else:
            positions.append((*of, first, last, len(by_article)))
    return found, sorted(totals), sorted(positions)


def on_pages(pages: Pages) -> tuple[dict[str, list[int]], list[tuple], list[tuple]]:
    found = {words: sorted(row["id"] for row in pages.rows("articles", _q=words)) for words in WORDS}
    return found, *(
        sorted(tuple(row.values()) for row in pages.rows(table)) for table in ("persons", "person_positions")
    )


def another(store: Store) -> None:
    save(store, article(9, text="ฝ ok", attendees=[person(KOB, "อธิบดี")], mentions=[person(KOB, None)]), begin(store))


def an_edit(store: Store) -> None:
    text = {"text": "ประชุม ok ฎฏ", "date_published": "2024-11-01", "attendees": [person(KHWAN, "ปลัด")], "mentions": []}
    save(store, article(2, day=5, **text), begin(store))


def an_older_capture(store: Store) -> None:
    """Which becomes a revision."""
    save(store, article(3, text="ฝ ฝ", day=1, captured_at="2020-01-01T00:00:00+00:00"), begin(store))


def derived_again(store: Store) -> None:
    batch = [
        (held, {**held, "attendees": [], "mentions": held["attendees"], "extractor": 2})
        for held in articles.read(store)
    ]
    with store.writing() as connection:
        assert all(update_derived(connection, batch))


def forgotten(store: Store) -> None:
    with store.writing() as connection:
        for article_id in (2, 5):
            forget(connection, article_id)


def joined(store: Store) -> None:
    save(store, article(8, attendees=[person(ENGLISH, "Minister")], mentions=[person(KHWAN, None)]), begin(store))
    with store.writing() as connection:
        persons.judge_same(connection, name_key(ENGLISH), name_key(KOB))


def broken_off(store: Store) -> None:
    with contextlib.suppress(InterruptedError), store.writing() as connection:
        forget(connection, 1)
        raise InterruptedError


@pytest.mark.parametrize("happens", [another, an_edit, an_older_capture, derived_again, forgotten, joined, broken_off])
def test_the_pages_follow_the_store(store: Store, tmp_path: Path, happens: Callable[[Store], None]) -> None:
    with pages_of(tmp_path / "thaigov.db") as (pages,):
        before = in_store(store)
        assert on_pages(pages) == before
        assert all(before[1:])
        happens(store)
        assert on_pages(pages) == in_store(store)
        assert (in_store(store) == before) == (happens in (an_older_capture, broken_off))


def test_what_is_not_committed_is_not_shown(store: Store, tmp_path: Path) -> None:
    with pages_of(tmp_path / "thaigov.db") as (pages,):
        before = on_pages(pages)
        with store.writing() as connection:
            forget(connection, 1)
            assert on_pages(pages) == before
        assert on_pages(pages) == in_store(store) != before
