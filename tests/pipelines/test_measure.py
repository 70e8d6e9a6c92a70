"""MeasurePipeline."""

from __future__ import annotations

from tests.support.articles import article
from thaigov_crawler.items import Person
from thaigov_crawler.pipelines.measure import MeasurePipeline
from thaigov_crawler.run import run_of
from thaigov_crawler.run.counters import LONGEST


def test_what_is_counted(crawler) -> None:
    pipeline = MeasurePipeline.from_crawler(crawler)
    whole = article(
        lead="ก",
        section="ข",
        event_start="2025-01-01",
        venue="ค",
        attendees=[Person("นาย", "ก ข", None)],
        body="ก" * 99999,
    )
    for item in (whole, article(body="เนื้อข่าว", section="")):
        assert pipeline.process_item(item) is item
    once = dict.fromkeys(("lead", "section", "event", "attendees", "venue"), 1)
    assert run_of(crawler).counters.measured.numbers() == {"articles": 2, **once, "characters": LONGEST + len("เนื้อข่าว")}
