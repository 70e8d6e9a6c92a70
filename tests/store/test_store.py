"""Opening a database, and its transactions, in a real SQLite file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import query_database
from tests.support.stored import article, content, record, save
from thaigov_crawler.errors import StoreError
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.store import Store


def test_a_failure_within_an_article_leaves_nothing_of_it(store: Store, run_id: int, path: Path | str) -> None:
    broken = article(attendees=[{"title": "นาย", "name": None, "position": None}])
    with pytest.raises(StoreError):
        save(store, broken, run_id)
    assert not any(content(path).values())
    assert not query_database(path, "SELECT * FROM visits")


def test_opening_what_is_not_there_to_read_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no database"):
        Store.open(f"sqlite:///{tmp_path / 'none.db'}", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("url", ["no url", "sqlitee:///x.db", "sqlite:////none/x.db"])
def test_a_bad_url_is_told(url: str) -> None:
    with pytest.raises(StoreError):
        Store.open(url)


def test_the_password_of_a_database_is_not_shown() -> None:
    with pytest.raises(StoreError) as caught:
        Store.open("nodialect://me:secret@localhost/news")
    assert "secret" not in str(caught.value)


def test_foreign_keys_hold(store: Store, run_id: int) -> None:
    with pytest.raises(StoreError, match=r"(?i)foreign key"):
        record(store, Visit(1, "a", Outcome.ABSENT), run_id + 99)
