"""StorePipeline, with a real store."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from scrapy.exceptions import CloseSpider, DropItem

from tests.support.articles import article
from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.pipelines.store import StorePipeline


def test_what_is_new_or_changed_goes_on_to_the_journal(crawler, visits) -> None:
    pipeline = StorePipeline.from_crawler(crawler)
    new, changed = article(), article(digest="e", captured_at="2025-01-03T00:00:00+00:00")
    assert asyncio.run(pipeline.process_item(new)) is new
    assert asyncio.run(pipeline.process_item(changed)) is changed
    assert [visit.outcome for visit in visits] == [Outcome.STORED] * 2


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"digest": "e", "captured_at": "2025-01-01T00:00:00+00:00"}, Outcome.STORED),
        ({"captured_at": "2025-01-03T00:00:00+00:00"}, Outcome.UNCHANGED),
    ],
    ids=["an earlier version", "a newer capture"],
)
def test_what_is_no_news_does_not(crawler, visits, changes: dict, outcome: Outcome) -> None:
    pipeline = StorePipeline.from_crawler(crawler)
    asyncio.run(pipeline.process_item(article()))
    with pytest.raises(DropItem):
        asyncio.run(pipeline.process_item(article(**changes)))
    assert [visit.outcome for visit in visits] == [Outcome.STORED, outcome]


def test_a_store_that_cannot_be_opened_closes_the_spider(crawler, tmp_path: Path) -> None:
    (tmp_path / "sample").write_text("a file where the folder should be")
    with pytest.raises(CloseSpider) as caught:
        StorePipeline.from_crawler(crawler).open_spider()
    assert caught.value.reason == "store_failed"
