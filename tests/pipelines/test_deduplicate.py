"""DeduplicatePipeline, against a real store."""

from __future__ import annotations

import asyncio

import pytest
from scrapy.exceptions import DropItem

from tests.support.articles import article
from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.pipelines.deduplicate import DeduplicatePipeline
from thaigov_crawler.pipelines.store import StorePipeline


def test_an_article_twice_in_a_run_goes_on_once(crawler, visits) -> None:
    deduplicate, store = DeduplicatePipeline.from_crawler(crawler), StorePipeline.from_crawler(crawler)
    asyncio.run(store.process_item(deduplicate.process_item(article())))
    with pytest.raises(DropItem):
        deduplicate.process_item(article())
    assert [visit.outcome for visit in visits] == [Outcome.STORED, Outcome.UNCHANGED]


@pytest.mark.parametrize(
    "changes",
    [{"digest": "e"}, {"id": 8}, {"captured_at": "2025-01-03T00:00:00+00:00"}, {"extractor": 2}],
    ids=["other content", "other article", "newer capture", "newer extractor"],
)
def test_what_would_change_the_store_goes_on(crawler, visits, changes: dict) -> None:
    deduplicate, store = DeduplicatePipeline.from_crawler(crawler), StorePipeline.from_crawler(crawler)
    asyncio.run(store.process_item(article()))
    item = article(**changes)
    assert deduplicate.process_item(item) is item
