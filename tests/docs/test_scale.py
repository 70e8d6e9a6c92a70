"""docs/explanation/scale.md counts with the rates and sizes that the program has."""

from __future__ import annotations

import pytest

from tests.support.docs import page
from thaigov_crawler import settings
from thaigov_crawler.run.waiting import MOST
from thaigov_crawler.store.leases import LIFETIME, RENEWAL

TEXT = page("docs/explanation/scale.md").text


@pytest.mark.parametrize(
    ("source", "delay"),
    [
        ("wayback", settings.THAIGOV_REPLAY_DELAY),
        ("commoncrawl", settings.THAIGOV_COMMONCRAWL_DATA_DELAY),
        ("live", settings.DOWNLOAD_DELAY),
    ],
)
def test_pages_an_hour(source: str, delay: float) -> None:
    (row,) = [line for line in TEXT.splitlines() if line.startswith(f"| `{source}` |")]
    pages = int(3600 / delay) // 100 * 100
    assert f"| {pages:,} |" in row


def test_pages_of_a_transaction() -> None:
    assert f"It holds {MOST} pages" in " ".join(TEXT.split())


def test_a_dead_node_is_noticed_within_a_minute() -> None:
    assert RENEWAL * 3 < LIFETIME < 60
