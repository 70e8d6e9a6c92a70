"""Where the time of the main job goes: `python tests/bench/stages.py [FILE.warc.gz]`.

Prints for each stage the CPU milliseconds of an article, in one process, the best of some rounds. What Scrapy needs for a
page is not there: that is what a bare spider takes (see crawl.py) without its parsing. Without a file, the pages are
synthetic. The last line is the sum, as a ratio to reading the fields of the pages (`parse`).
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.crawl import options, pages_of, synthetic
from thaigov_crawler.extensions.exporters import JsonLinesExporter
from thaigov_crawler.items import Article, exported
from thaigov_crawler.loaders import load_article
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.pages.encoding import decode
from thaigov_crawler.pages.raw import RawArticle
from thaigov_crawler.pages.registry import read_page
from thaigov_crawler.run.waiting import MOST
from thaigov_crawler.store import Store, runs, versions, visits
from thaigov_crawler.thai.dates import read_dates
from thaigov_crawler.thai.people import read_people

ADDRESS = "https://www.thaigov.go.th/"
CAPTURED = "2026-01-01T00:00:00+00:00"


def parse(page: bytes) -> RawArticle:
    raw = read_page("classic", decode(page), ADDRESS)
    assert raw
    return raw


def load(raw: RawArticle) -> Article:
    return load_article(vars(raw), source="bench", url=ADDRESS, captured_at=CAPTURED, capture_url=ADDRESS)


def dates(article: dict[str, Any]) -> object:
    return read_dates(article["body"], date.fromisoformat(article["date_published"]))


def people(article: dict[str, Any]) -> object:
    return read_people(f"{article['lead']}\n{article['body']}" if article["lead"] else article["body"])


class Timed:
    """The least CPU seconds that each stage has taken so far, for all pages."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def __call__(self, stage: str, work: Callable[[], Any]) -> Any:
        began = time.process_time()
        done = work()
        took = time.process_time() - began
        self.seconds[stage] = min(took, self.seconds.get(stage, took))
        return done


def store_all(store: Store, articles: list[dict[str, Any]]) -> None:
    """Save all articles as a crawl of files does: MOST in a transaction."""
    with store.writing() as connection:
        begun = {"spider": "bench", "source": "bench", "arguments": {}, "version": "0"}
        run_id = runs.begin(connection, **begun)
    for first in range(0, len(articles), MOST):
        lot = articles[first : first + MOST]
        savings = [versions.Saving(each, None, CAPTURED) for each in lot]
        with store.writing() as connection:
            versions.save(connection, savings, run_id=run_id)
            visits.record(connection, [Visit.of(each, Outcome.STORED) for each in lot], run_id, is_the_site=False)


def write_lines(articles: list[Article]) -> None:
    exporter = JsonLinesExporter(io.BytesIO(), encoding="utf-8")
    for article in articles:
        exporter.export_item(article)


def measure(timed: Timed, pages: list[bytes]) -> None:
    raws = timed("parse", lambda: [parse(page) for page in pages])
    loaded = timed("load", lambda: [load(raw) for raw in raws])
    articles = [replace(article, id=number) for number, article in enumerate(loaded, 1)]
    mappings = timed("mapping", lambda: [exported(article) for article in articles])
    timed("  dates, of load", lambda: [dates(mapping) for mapping in mappings])
    timed("  people, of load", lambda: [people(mapping) for mapping in mappings])
    with tempfile.TemporaryDirectory() as folder, closing(Store.open(f"sqlite:///{folder}/bench.db")) as store:
        timed("save", lambda: store_all(store, mappings))
    timed("line", lambda: write_lines(articles))


def main(arguments: list[str] | None = None) -> None:
    given = options().parse_args(arguments)
    pages = pages_of(given.file)[: given.pages] if given.file else synthetic(given.pages)
    timed = Timed()
    for _ in range(given.rounds):
        measure(timed, pages)
    for stage, seconds in timed.seconds.items():
        print(f"{stage:16} {seconds / len(pages) * 1000:7.3f} ms")
    whole = sum(seconds for stage, seconds in timed.seconds.items() if not stage.startswith(" "))
    print(f"{'sum':16} {whole / len(pages) * 1000:7.3f} ms")
    print(f"ratio  {whole / timed.seconds['parse']:.2f}")


if __name__ == "__main__":
    main()
