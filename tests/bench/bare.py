"""What the main job is compared with: three fields by CSS, JSON Lines, Scrapy's defaults.

`python tests/bench/bare.py FILE.warc.gz FOLDER`
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Request, Response

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from thaigov_crawler.sources.warc import WarcSource
from thaigov_crawler.spiders.arguments import ALL_IDS


class Bare(scrapy.Spider):
    name = "bare"

    async def start(self) -> AsyncIterator[Request]:
        source = WarcSource("bare", Path(sys.argv[1]))
        source.list_records(ALL_IDS)
        for request in source.requests():
            yield request.replace(callback=self.parse)

    def parse(self, response: Response, article_id: int) -> dict[str, str | None]:
        return {
            "title": response.css("h3.news-1::text").get(),
            "date": response.css("p.col-xs-8 span:nth-child(2)::text").get(),
            "body": " ".join(response.css("div.border-normal > div.padding-sm1:last-child ::text").getall()),
        }


if __name__ == "__main__":
    process = AsyncCrawlerProcess(
        {
            "DOWNLOAD_HANDLERS": WarcSource.settings["DOWNLOAD_HANDLERS"],
            "FEEDS": {f"{sys.argv[2]}/bare.jsonl": {"format": "jsonlines", "encoding": "utf-8"}},
            "LOG_LEVEL": "INFO",
        }
    )
    process.crawl(Bare)
    process.start()
