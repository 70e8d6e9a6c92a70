"""Fixtures of the tests of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.stored import begin
from thaigov_crawler.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of the database."""
    return tmp_path / "thaigov.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An empty store."""
    store = Store.open(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture
def run_id(store: Store) -> int:
    """A run that has begun."""
    return begin(store)
