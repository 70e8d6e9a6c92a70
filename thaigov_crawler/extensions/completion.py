"""JournalCompletion: write the lines of the journal that killed runs have left out."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from sqlalchemy import Connection, select

from thaigov_crawler.errors import StoreError
from thaigov_crawler.exports import jsonl
from thaigov_crawler.extensions.journal import JournalStorage
from thaigov_crawler.run import Run, run_of
from thaigov_crawler.run.output import JOURNAL
from thaigov_crawler.store import articles, tables, visits

logger = logging.getLogger(__name__)

# The address of the journal in FEEDS.
_FEED = f"journal:%(thaigov_dir)s/{JOURNAL}"
# Articles whose lines are looked for. A kill leaves out those of two transactions (see run/waiting.py), or a few more.
# Many more are visited in one second, and their times do not tell which of them came last.
_LAST = 1000
# The beginning of a line, with the article ID.
_LINE = re.compile(rb'\{"id": ?(\d+)\b')


class JournalCompletion:
    """Writes the lines that killed runs have left out, before the run writes its own.

    A run stores articles first and writes their lines then. A kill in between leaves the lines out.
    """

    def __init__(self, run: Run, storage: JournalStorage):
        self._run, self._storage = run, storage

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension. Raise NotConfigured if the run writes no journal."""
        if _FEED not in crawler.settings.getdict("FEEDS"):
            raise NotConfigured
        run = run_of(crawler)
        completion = cls(run, JournalStorage(f"journal:{run.journal}", crawler=crawler))
        crawler.signals.connect(completion.spider_opened, signals.spider_opened)
        return completion

    def spider_opened(self, spider: Spider) -> None:
        """Write the lines that are missing of the killed runs that wrote to this journal."""
        with suppress(StoreError), self._run.store.killed() as killed:  # a StoreError has ended the run already
            lacking = _without_line(self._run.journal, self._stored_last(killed)) if killed else []
            if lacking:
                file = self._storage.open(spider)
                jsonl.write(lacking, file)
                self._storage.store(file)
                logger.info("The journal gets %d articles that a killed run has stored last.", len(lacking))

    def _stored_last(self, killed: Collection[int]) -> list[Mapping[str, Any]]:
        """Return the articles that killed runs stored last, in the order in which they stored them."""

        def look(connection: Connection) -> list[Mapping[str, Any]]:
            ids = [article_id for run_id in killed for article_id in visits.stored_by(connection, run_id, _LAST)]
            query = select(tables.articles).where(tables.articles.c.id.in_(ids))
            by_id = {article["id"]: article for article in articles.load(connection, query)} if ids else {}
            return [by_id[article_id] for article_id in ids]

        return self._run.read(look)


def _without_line(journal: Path, stored: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return those articles that have no line in the journal. Half a line is none."""
    lacking = {article["id"]: article for article in stored}
    if lacking and journal.exists():
        with journal.open("rb") as lines:
            for line in lines:
                found = _LINE.match(line)
                article = lacking.get(int(found[1])) if found else None
                if article and article["digest"].encode() in line and line.endswith(b"\n"):
                    del lacking[article["id"]]
    return list(lacking.values())
