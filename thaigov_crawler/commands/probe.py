"""`scrapy probe`: what is read from one page. The tool for the day the site changes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from itemadapter import ItemAdapter
from scrapy import signals
from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError
from twisted.python.failure import Failure

from thaigov_crawler.commands._base import SpiderCommand
from thaigov_crawler.commands._options import only
from thaigov_crawler.items import FIELDS, Article, missing_fields, missing_in_words
from thaigov_crawler.loaders import load_article
from thaigov_crawler.outcomes import ExitStatus, Outcome, Visit, visit_ended
from thaigov_crawler.pages.encoding import decode
from thaigov_crawler.pages.registry import read_page
from thaigov_crawler.spiders.thaigov import ThaigovSpider

# A page of a file has no address; relative links in it are the site's.
UNKNOWN_ADDRESS = "https://www.thaigov.go.th/"


class _Unstored(ThaigovSpider):
    visits_are_stored = False


class Command(SpiderCommand, BaseRunSpiderCommand):
    """Shows the outcome, the layout and every field of one page; stores nothing."""

    about = "Show what is read from one page"
    usage = "FILE.html | -a source=SOURCE ID"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Nothing is judged, stored, or written to the journal, and only errors are logged."""
        nothing_stored = {
            "ITEM_PIPELINES": {},
            "FEEDS": {},
            "EXTENSIONS": {},
            "STATS_DUMP": False,
            "LOG_LEVEL": "ERROR",
        }
        self.settings.setdict(nothing_stored, priority="cmdline")
        super().process_options(args, opts)

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Raises UsageError for bad arguments. Exit status 1 where a page is malformed or could not be read."""
        named = only(args, "name one file, or with -a source=… one article ID")
        if "source" in opts.spargs:
            self._probe_source(named, opts.spargs)
        else:
            self._probe_file(Path(named))

    def _probe_file(self, path: Path) -> None:
        try:
            raw = read_page("classic", decode(path.read_bytes()), UNKNOWN_ADDRESS)
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror}") from None
        if raw is None:
            self._show(str(path), Outcome.ABSENT)
        else:
            self._show_article(str(path), load_article(vars(raw)))

    def _probe_source(self, article_id: str, arguments: dict[str, str]) -> None:
        arguments = {**arguments, "ids": article_id, "visit": "all"}
        ThaigovSpider.read_arguments(arguments, self.settings)
        crawler = self.crawler_process.create_crawler(_Unstored)
        seen = []

        def article(item: Article) -> None:
            seen.append(item)
            self._show_article(f"{item.capture_url} at {item.captured_at}", item)

        def ended(visit: Visit) -> None:
            seen.append(visit)
            self._show(f"{visit.url} at {visit.captured_at}", visit.outcome, visit.reason)

        def failed(failure: Failure) -> None:
            seen.append(failure)
            self.exitcode = int(ExitStatus.UNEXPECTED)

        crawler.signals.connect(failed, signals.spider_error)
        crawler.signals.connect(article, signals.item_scraped)
        crawler.signals.connect(ended, visit_ended)
        self.crawler_process.crawl(crawler, **arguments)
        self.crawler_process.start()
        if not seen:
            print(f"There is no page of article {article_id} in {arguments['source']}.", file=sys.stderr)
            self.exitcode = int(ExitStatus.UNEXPECTED)

    def _show_article(self, page: str, article: Article) -> None:
        fields = ItemAdapter(article)
        lacking = missing_fields(fields)
        self._show(page, Outcome.MALFORMED if lacking else "article", missing_in_words(lacking))
        for name in FIELDS:
            value = fields[name]
            lines = value.split("\n") if isinstance(value, str) else value if isinstance(value, list) else [value]
            for number, line in enumerate(lines or [None]):
                print(f"{name if number == 0 else '':20} {'-' if line is None else line}")

    def _show(self, page: str, outcome: str, reason: str | None = None) -> None:
        print(f"{'page':20} {page}\n{'outcome':20} {outcome}{f': {reason}' if reason else ''}")
        if outcome in (Outcome.MALFORMED, Outcome.FAILED):
            self.exitcode = int(ExitStatus.UNEXPECTED)
