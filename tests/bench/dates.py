"""How long reading the dates of an article takes: `python tests/bench/dates.py [FILE.warc.gz]`.

As a ratio to parsing its page with parsel (a Selector and the fields by CSS), over the same pages in turns;
CPU time, the best of some rounds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from parsel import Selector

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.crawl import options, pages_of, synthetic
from thaigov_crawler.loaders import load_article
from thaigov_crawler.pages import classic
from thaigov_crawler.pages.encoding import decode
from thaigov_crawler.thai.dates import read_dates
from thaigov_crawler.thai.events import find_event

CSS = (
    "title::text",
    ".headtitle-2::text",
    "p.col-xs-8 span:nth-child(2)::text",
    "div.text-right::text",
    "h3.news-1::text",
    "p.font_level2::text",
    "div.border-normal > div.padding-sm1:last-child ::text",
    "figure img::attr(src)",
)


def with_parsel(pages: list[str]) -> None:
    for page in pages:
        selector = Selector(page)
        for css in CSS:
            selector.css(css).getall()


def read(articles: list[tuple[str, date]]) -> None:
    for body, day in articles:
        find_event(body, read_dates(body, day), day)


def seconds(job: Callable[[Any], None], work: list[Any]) -> float:
    began = time.process_time()
    job(work)
    return time.process_time() - began


def main(arguments: list[str] | None = None) -> None:
    given = options().parse_args(arguments)
    pages = [decode(page) for page in (pages_of(given.file) if given.file else synthetic(given.pages))][: given.pages]
    loaded = [load_article(vars(classic.parse(page, ""))) for page in pages]
    articles = [(article.body, date.fromisoformat(article.date_published)) for article in loaded]
    best: dict[Callable[[Any], None], float] = {}
    for _ in range(given.rounds):
        for job, work in ((with_parsel, pages), (read, articles)):
            best[job] = min(best.get(job, float("inf")), seconds(job, work))
    for job, total in best.items():
        print(f"{job.__name__:12} {total / len(pages) * 1000:.3f} ms an article")
    print(f"ratio        {best[read] / best[with_parsel]:.2f}")


if __name__ == "__main__":
    main()
