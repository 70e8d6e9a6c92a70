"""Joins of keys: `people` says at every moment what the table `same_persons` says."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import query_database
from tests.support.stored import article, save
from thaigov_crawler.errors import StoreError
from thaigov_crawler.store import Filter, Store, articles, derived, forgetting, persons
from thaigov_crawler.store.persons import ContradictionError, Join, Outcome
from thaigov_crawler.thai.names import name_key

THAI, LATIN, VARIANT = "มงคลชัย ทองประเสริฐสุข", "Mongkolchai Thongprasertsuk", "Mongkonchai Thongprasertsuk"
OTHER = "มงคลไชย ทองประเสริฐ"
THAI_KEY, KEY, VARIANT_KEY, OTHER_KEY = map(name_key, (THAI, LATIN, VARIANT, OTHER))
OFFICE = [{"office": "นายกรัฐมนตรี", "months": ["2024-01"], "in_all": 3}]


def naming(article_id: int, *names: str, **changes: Any) -> dict[str, Any]:
    people = [{"title": "", "name": name, "position": None} for name in names]
    return article(article_id, attendees=people, mentions=[], **changes)


@pytest.fixture
def filled(store: Store, run_id: int) -> Store:
    """A store with an article for each name."""
    for number, name in enumerate((THAI, LATIN, VARIANT, OTHER), 1):
        save(store, naming(number, name), run_id)
    return store


def join(key: str = KEY, same_as: str = THAI_KEY, evidence: list[dict[str, Any]] | None = None) -> Join:
    return Join(key, same_as, OFFICE if evidence is None else evidence)


def keep(store: Store, *joins: Join) -> Outcome:
    with store.writing() as connection:
        return persons.keep(connection, joins)


def judge(store: Store, one: str, other: str, *, same: bool) -> None:
    with store.writing() as connection:
        (persons.judge_same if same else persons.judge_different)(connection, one, other)


def forget(store: Store, article_id: int) -> None:
    with store.writing() as connection:
        forgetting.forget(connection, article_id)


def table(path: Path | str) -> list[tuple]:
    return query_database(path, "SELECT name_key, same_as, verdict FROM same_persons ORDER BY 1, 2")


def key_of(path: Path | str, name: str) -> str:
    """The key that `people` has for a name. It is what the table says, for this name and for all others."""
    joined = dict(
        query_database(path, "SELECT name_key, same_as FROM same_persons WHERE verdict IS DISTINCT FROM 'different'")
    )
    assert not joined.keys() & set(joined.values())
    held = query_database(path, "SELECT DISTINCT name, name_key FROM people")
    assert held == [(each, joined.get(name_key(each), name_key(each))) for each, _ in held]
    return dict(held)[name]


def test_a_join_is_found_under_both_names(filled: Store, path: Path | str) -> None:
    outcome = keep(filled, join())
    assert outcome.added == [join()]
    assert key_of(path, LATIN) == THAI_KEY
    for key in (KEY, THAI_KEY):
        assert [row["id"] for row in articles.read(filled, chosen=Filter(person=key))] == [1, 2]
    assert query_database(path, "SELECT articles FROM persons WHERE name_key IN (?, ?)", KEY, THAI_KEY) == [(2,)]


def test_what_is_no_longer_found_is_taken_back(filled: Store, path: Path | str) -> None:
    keep(filled, join())
    outcome = keep(filled)
    assert (outcome.added, outcome.dropped) == ([], [(KEY, THAI_KEY)])
    assert (table(path), key_of(path, LATIN)) == ([], KEY)


def test_what_is_found_again_keeps_its_time(filled: Store, path: Path | str) -> None:
    keep(filled, join())
    with filled.writing() as connection:
        connection.exec_driver_sql("UPDATE same_persons SET found_at = '2020-01-01T00:00:00+00:00'")
    assert keep(filled, join()) == Outcome()
    assert query_database(path, "SELECT found_at FROM same_persons") == [("2020-01-01T00:00:00+00:00",)]


def test_what_is_saved_later_is_joined(filled: Store, run_id: int, path: Path | str) -> None:
    keep(filled, join())
    save(filled, naming(9, LATIN), run_id)
    assert key_of(path, LATIN) == THAI_KEY
    save(filled, naming(9, LATIN, VARIANT, text="edited", captured_at="2025-01-09T00:00:00+00:00"), run_id)
    assert key_of(path, LATIN) == THAI_KEY
    assert query_database(path, "SELECT count(*) FROM people WHERE article_id = 9") == [(2,)]


def test_what_is_derived_anew_is_joined(filled: Store, path: Path | str) -> None:
    keep(filled, join())
    (held,) = articles.read(filled, [(3, 3)])
    with filled.writing() as connection:
        anew = {**held, "attendees": naming(3, LATIN)["attendees"]}
        assert derived.update_derived(connection, [(held, anew)]) == [True]
    assert key_of(path, LATIN) == THAI_KEY


def test_what_fails_half_way_changes_nothing(filled: Store, path: Path | str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persons, "_RENAME", "no statement")
    with pytest.raises(StoreError):
        keep(filled, join())
    assert (table(path), key_of(path, LATIN)) == ([], KEY)


def test_different_takes_a_join_back_for_good(filled: Store, path: Path | str) -> None:
    keep(filled, join())
    judge(filled, THAI_KEY, KEY, same=False)
    assert (table(path), key_of(path, LATIN)) == ([(KEY, THAI_KEY, "different")], KEY)
    assert query_database(path, "SELECT evidence FROM same_persons") == [(json.dumps(OFFICE, ensure_ascii=False),)]
    assert keep(filled, join()) == Outcome()
    assert (table(path), key_of(path, LATIN)) == ([(KEY, THAI_KEY, "different")], KEY)


def test_same_joins_for_good(filled: Store, path: Path | str) -> None:
    judge(filled, THAI_KEY, KEY, same=True)
    for _ in range(2):
        assert (table(path), key_of(path, LATIN)) == ([(KEY, THAI_KEY, "same")], THAI_KEY)
        keep(filled)


def test_what_was_found_becomes_a_verdict(filled: Store, path: Path | str) -> None:
    keep(filled, join())
    judge(filled, KEY, THAI_KEY, same=True)
    assert table(path) == [(KEY, THAI_KEY, "same")]
    assert keep(filled, join()) == Outcome()
    with pytest.raises(ContradictionError, match="the same key already"):
        judge(filled, KEY, KEY, same=True)


def test_the_last_verdict_counts(filled: Store, path: Path | str) -> None:
    for same in (True, False, True, False):
        judge(filled, KEY, THAI_KEY, same=same)
        assert key_of(path, LATIN) == (THAI_KEY if same else KEY)
        assert len(table(path)) == 1


PAIRS = [(KEY, THAI_KEY), (VARIANT_KEY, KEY), (VARIANT_KEY, THAI_KEY)]


@pytest.mark.parametrize("order", list(permutations(PAIRS, 2)))
def test_whatever_is_joined_is_one(filled: Store, path: Path | str, order: tuple[tuple[str, str], ...]) -> None:
    for pair in order:
        judge(filled, *pair, same=True)
    assert {key_of(path, name) for name in (THAI, LATIN, VARIANT)} == {THAI_KEY}
    assert keep(filled, join(), join(VARIANT_KEY)).refused == []
    assert {key_of(path, name) for name in (THAI, LATIN, VARIANT)} == {THAI_KEY}


def test_a_found_join_follows_a_verdict_on_the_name_that_it_leads_to(filled: Store, path: Path | str) -> None:
    keep(filled, join())
    judge(filled, THAI_KEY, OTHER_KEY, same=True)
    for _ in range(2):
        assert {key_of(path, name) for name in (THAI, LATIN, OTHER)} == {OTHER_KEY}
        keep(filled, join())


def test_a_found_join_does_not_move_what_a_person_has_joined(filled: Store, path: Path | str) -> None:
    judge(filled, KEY, OTHER_KEY, same=True)
    judge(filled, VARIANT_KEY, "juhani|lehtonen", same=True)
    assert keep(filled, join()).refused == [join()]
    assert keep(filled, join("juhani|lehtonen")).refused == []  # nobody has that name
    assert key_of(path, LATIN) == OTHER_KEY


def test_what_is_different_does_not_meet_by_way_of_a_third(filled: Store, path: Path | str) -> None:
    judge(filled, KEY, VARIANT_KEY, same=False)
    both = [join(), join(VARIANT_KEY)]
    assert keep(filled, *both).refused == both
    assert (key_of(path, LATIN), key_of(path, VARIANT)) == (KEY, VARIANT_KEY)
    judge(filled, KEY, THAI_KEY, same=True)
    with pytest.raises(ContradictionError, match="are two people"):
        judge(filled, VARIANT_KEY, THAI_KEY, same=True)
    assert keep(filled, *both).refused == both[1:]
    judge(filled, VARIANT_KEY, KEY, same=True)  # a change of mind
    assert key_of(path, VARIANT) == THAI_KEY


def test_a_conflict_joins_nothing_until_somebody_judges(filled: Store, path: Path | str) -> None:
    both = [join(), join(same_as=OTHER_KEY)]
    assert keep(filled, *both).conflicts == {KEY: both}
    assert (table(path), key_of(path, LATIN)) == ([], KEY)
    judge(filled, KEY, OTHER_KEY, same=False)
    assert keep(filled, *both) == Outcome(added=[join()])
    judge(filled, KEY, OTHER_KEY, same=True)
    assert keep(filled, *both).conflicts == {}


def test_two_spellings_that_are_joined_are_no_conflict(filled: Store, path: Path | str) -> None:
    judge(filled, OTHER_KEY, THAI_KEY, same=True)
    assert keep(filled, join(), join(same_as=OTHER_KEY)).added == [join(evidence=OFFICE * 2)]
    assert {key_of(path, name) for name in (THAI, LATIN, OTHER)} == {THAI_KEY}


def test_which_of_two_is_the_other_must_be_said(filled: Store) -> None:
    keep(filled, join(), join(VARIANT_KEY))
    with pytest.raises(ContradictionError, match="say which of them"):
        judge(filled, KEY, VARIANT_KEY, same=False)
    with pytest.raises(ContradictionError, match="the same key"):
        judge(filled, KEY, KEY, same=False)


def test_the_only_article_of_a_name_is_forgotten(filled: Store, path: Path | str) -> None:
    keep(filled, join(), join(VARIANT_KEY))
    judge(filled, OTHER_KEY, KEY, same=False)
    forget(filled, 2)
    assert table(path) == [(VARIANT_KEY, THAI_KEY, None)]
    assert key_of(path, VARIANT) == THAI_KEY


def test_the_thai_name_is_forgotten(filled: Store, path: Path | str) -> None:
    keep(filled, join(), join(VARIANT_KEY))
    judge(filled, OTHER_KEY, KEY, same=False)
    forget(filled, 1)
    assert table(path) == [(OTHER_KEY, KEY, "different")]
    assert (key_of(path, LATIN), key_of(path, VARIANT)) == (KEY, VARIANT_KEY)


def test_evidence_in_an_article_is_forgotten_with_it(filled: Store, run_id: int, path: Path | str) -> None:
    for number in (5, 6):
        save(filled, naming(number, THAI), run_id)
    keep(filled, join(evidence=[{"articles": [5, 6], "in_all": 12}]))
    forget(filled, 5)
    assert query_database(path, "SELECT evidence FROM same_persons") == [('[{"articles": [6], "in_all": 11}]',)]
    assert key_of(path, LATIN) == THAI_KEY
    forget(filled, 6)
    assert (table(path), key_of(path, LATIN)) == ([], KEY)


def test_what_was_forgotten_since_it_was_found_is_not_kept(filled: Store, run_id: int, path: Path | str) -> None:
    save(filled, naming(5, THAI), run_id)
    found = [join(evidence=[{"articles": [5], "in_all": 1}]), join(VARIANT_KEY)]
    forget(filled, 5)
    forget(filled, 3)
    assert keep(filled, *found) == Outcome()
    assert table(path) == []


def test_spellings_and_known_keys(filled: Store) -> None:
    keep(filled, join())
    with filled.reading() as connection:
        assert [persons.spelling(connection, key) for key in (KEY, THAI_KEY, "x|y")] == [LATIN, THAI, "x|y"]
        assert [persons.is_known(connection, key) for key in (KEY, THAI_KEY, "x|y")] == [True, True, False]
