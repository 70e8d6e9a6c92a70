"""ValidatePipeline."""

from __future__ import annotations

import pytest
from scrapy.exceptions import DropItem

from tests.support.articles import article
from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.pipelines.validate import ValidatePipeline


def test_a_complete_article_passes(crawler, visits) -> None:
    item = article()
    assert ValidatePipeline.from_crawler(crawler).process_item(item) is item
    assert not visits


@pytest.mark.parametrize("field", ["title", "date_published", "body"])
@pytest.mark.parametrize("value", [None, ""])
def test_one_that_lacks_a_part_is_malformed(crawler, visits, field: str, value: str | None) -> None:
    with pytest.raises(DropItem):
        ValidatePipeline.from_crawler(crawler).process_item(article(**{field: value}))
    (visit,) = visits
    assert (visit.article_id, visit.outcome, visit.reason) == (7, Outcome.MALFORMED, f"no {field}")
    assert crawler.stats.get_value(f"thaigov/missing/{field}") == 1
