"""The journal: whole lines, whatever happens."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from thaigov_crawler.extensions.journal import JournalStorage


@pytest.fixture
def storage(tmp_path: Path) -> JournalStorage:
    return JournalStorage.from_crawler(SimpleNamespace(), f"journal:{tmp_path / 'deep' / 'thaigov.jsonl'}")


def test_lines_are_appended_and_there_at_once(storage: JournalStorage, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "thaigov.jsonl"
    for line in (b"one\n", b"two\n"):
        file = storage.open(None)
        file.write(line)
        assert path.read_bytes().endswith(line)  # before it is closed: nothing waits in a buffer
        storage.store(file)
    assert path.read_bytes() == b"one\ntwo\n"


def test_behind_half_a_line_a_fresh_one_begins(storage: JournalStorage, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "thaigov.jsonl"
    path.parent.mkdir()
    path.write_bytes(b'{"id": 1}\n{"id": 2, "ti')
    file = storage.open(None)
    file.write(b'{"id": 3}\n')
    storage.store(file)
    assert path.read_bytes() == b'{"id": 1}\n{"id": 2, "ti\n{"id": 3}\n'
