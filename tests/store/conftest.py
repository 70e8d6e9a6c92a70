"""Fixtures of the tests of the store. Tests that use `path` or `store` run on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.stored import begin, opened
from thaigov_crawler.store import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Of the database: a file, or the URL of a server's database."""
    return tmp_path / "thaigov.db" if request.param == "sqlite" else request.getfixturevalue("on_server")


@pytest.fixture(scope="session")
def kept_open(database_on_server: str) -> Iterator[Store]:
    """The store on the server. To open it for each test would take longer than most of them."""
    with closing(opened(database_on_server)) as store:
        yield store


@pytest.fixture
def store(request: pytest.FixtureRequest, path: Path | str) -> Iterator[Store]:
    """An empty store."""
    if isinstance(path, str):
        yield request.getfixturevalue("kept_open")
        return
    with closing(opened(path)) as store:
        yield store


@pytest.fixture
def run_id(store: Store) -> int:
    """A run that has begun."""
    return begin(store)
