"""`scrapy probe`: show what is read from one page. It is the tool for the day on which the site changes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from itemadapter import ItemAdapter
from scrapy import signals
from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError
from twisted.python.failure import Failure

from thaigov_crawler.commands._base import SpiderCommand
from thaigov_crawler.commands._options import one_of, only
from thaigov_crawler.items import FIELDS, Article, DateMention, Person, missing_fields, missing_in_words
from thaigov_crawler.loaders import load_article
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.pages.encoding import decode
from thaigov_crawler.pages.registry import LAYOUTS, read_page
from thaigov_crawler.run import visit_ended
from thaigov_crawler.run.ends import ExitStatus
from thaigov_crawler.run.plain import plain
from thaigov_crawler.spiders.thaigov import ThaigovSpider

# The address for a page from a file, which has none. It makes relative links addresses of the site.
UNKNOWN_ADDRESS = "https://www.thaigov.go.th/"


class _Unstored(ThaigovSpider):
    stores = False


@dataclass(frozen=True)
class _Reading:
    """What one layout reads from a page."""

    layout: str
    article: Article | None  # None if the page says that there is no article

    @property
    def lacking(self) -> list[str]:
        return missing_fields(ItemAdapter(self.article)) if self.article else []

    @property
    def rank(self) -> int:
        """Return how good the reading is: 0 for an article, 1 for an absent page, more for each missing field."""
        return 1 + len(self.lacking) if self.lacking else int(self.article is None)


class Command(SpiderCommand, BaseRunSpiderCommand):
    """Show the outcome, the layout and every field of one page. Store nothing."""

    about = "Show what is read from one page"
    usage = "[--layout NAME] FILE | -a source=SOURCE ID"

    def declare(self, parser: argparse.ArgumentParser) -> None:
        allowed = ", ".join(LAYOUTS)
        parser.add_argument("--layout", metavar="NAME", help=f"of FILE: {allowed}; default: the one that reads most")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Turn off judging, storing and the journal, and log errors only."""
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
        """Show what is read. Raise UsageError for bad arguments.

        The exit status is 1 if a page is malformed or could not be read.
        """
        named = only(args, "name one file, or with -a source=… one article ID")
        if "source" not in opts.spargs:
            layouts = LAYOUTS if opts.layout is None else [one_of("--layout", opts.layout, LAYOUTS)]
            self._probe_file(Path(named), layouts)
        elif opts.layout is None:
            self._probe_source(named, opts.spargs)
        else:
            raise UsageError("--layout is for a file: a source knows the layout of its pages")

    def _probe_file(self, path: Path, layouts: Iterable[str]) -> None:
        """Show a page as read by the layout that reads most of it."""
        try:
            html = decode(path.read_bytes())
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror}") from None
        readings = [_read(layout, html) for layout in layouts]
        best = min(readings, key=lambda reading: reading.rank)  # the first one of equal rank
        if best.article is None:
            self._show(str(path), Outcome.ABSENT)
            print(f"{'layout':20} {best.layout}")
        else:
            self._show_article(str(path), best.article, readings if best.lacking else ())

    def _probe_source(self, article_id: str, arguments: dict[str, str]) -> None:
        """Show every capture that a source has of an article."""
        arguments = {**arguments, "ids": article_id, "visit": "all"}
        read = ThaigovSpider.read_arguments(arguments, self.settings)
        crawler = self.crawler_process.create_crawler(_Unstored)
        seen: list[Article | Visit | Failure | None] = []

        # The pages are shown when the crawl has ended. In a signal handler, Scrapy would log a BrokenPipeError.
        def note(item: Article | None = None, visit: Visit | None = None, failure: Failure | None = None) -> None:
            seen.append(item or visit or failure)

        for signal in (signals.item_scraped, visit_ended, signals.spider_error):
            crawler.signals.connect(note, signal)
        self.crawler_process.crawl(crawler, read, **arguments)
        self.crawler_process.start()
        for one in seen:
            if isinstance(one, Article):
                self._show_article(f"{one.capture_url} at {one.captured_at}", one)
            elif isinstance(one, Visit):
                self._show(f"{one.url} at {one.captured_at}", one.outcome, one.reason)
            else:  # the log says what failed
                self.exitcode = int(ExitStatus.UNEXPECTED)
        if not seen:
            print(plain(f"There is no page of article {article_id} in {arguments['source']}."), file=sys.stderr)
            self.exitcode = int(ExitStatus.UNEXPECTED)

    def _show_article(self, page: str, article: Article, tried: Sequence[_Reading] = ()) -> None:
        """Show every field of an article. If several readings were `tried`, show also what each of them lacks."""
        fields = ItemAdapter(article)
        lacking = missing_fields(fields)
        self._show(page, Outcome.MALFORMED if lacking else "article", missing_in_words(lacking))
        if len(tried) > 1:
            for reading in tried:
                print(f"{f'as {reading.layout}':20} {missing_in_words(reading.lacking)}")
        for name in FIELDS:
            value = fields[name]
            lines = value.split("\n") if isinstance(value, str) else value if isinstance(value, list) else [value]
            for number, line in enumerate(lines or [None]):
                self.tell(f"{name if number == 0 else '':20} {_in_words(line)}")

    def _show(self, page: str, outcome: str, reason: str | None = None) -> None:
        self.tell(f"{'page':20} {page}")
        self.tell(f"{'outcome':20} {outcome}{f': {reason}' if reason else ''}")
        if outcome in (Outcome.MALFORMED, Outcome.FAILED):
            self.exitcode = int(ExitStatus.UNEXPECTED)


def _in_words(value: object) -> str:
    """Return a value of a field, or of a list in a field, as a person would write it; "-" for None."""
    if isinstance(value, DateMention):
        until = "" if value.end == value.start else f" – {value.end}"
        return f"{value.start}{until} ({value.precision}): {value.raw}"
    if isinstance(value, Person):
        name = " ".join(part for part in (value.title, value.name) if part)
        return f"{name}, {value.position}" if value.position else name
    return "-" if value is None else str(value)


def _read(layout: str, html: str) -> _Reading:
    raw = read_page(layout, html, UNKNOWN_ADDRESS)
    return _Reading(layout, None if raw is None else load_article(vars(raw)))
