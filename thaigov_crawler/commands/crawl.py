"""`scrapy crawl`: run a spider. Arguments are checked first, and the exit status says how the run ended."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from thaigov_crawler.commands._base import SpiderCommand
from thaigov_crawler.commands._crawler import InterruptibleCrawler
from thaigov_crawler.commands._options import only
from thaigov_crawler.errors import CrawlerError, typed
from thaigov_crawler.extensions.exporters import WHOLE
from thaigov_crawler.extensions.feeds import file_of
from thaigov_crawler.extensions.report import RunReport
from thaigov_crawler.run.ends import ExitStatus
from thaigov_crawler.run.plain import plain
from thaigov_crawler.workers import collect_rarely

if TYPE_CHECKING:
    from thaigov_crawler.run import Run
    from thaigov_crawler.spiders.thaigov import ThaigovSpider

logger = logging.getLogger(__name__)

# These loggers list the parts of Scrapy at the beginning of each run, which says nothing about the run.
_LISTING = ("scrapy.addons", "scrapy.crawler", "scrapy.middleware")
# These log each page. Scrapy would have them make a record even if the log does not take it.
_OF_EACH_PAGE = ("scrapy.core.scraper", "thaigov_crawler.spiders.files")


class Command(SpiderCommand, ScrapyCrawl):
    """Run a spider, and end with a status of ExitStatus. Scrapy's own command ends with 0 after most failures."""

    about = "Run a spider of the current project, by name"
    usage = "[options] <spider>"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Keep the journal if `-o` or `-O` is given, which by default replace it. Check the files that feeds write.

        Raise UsageError if a feed would replace a file of a crawl.
        """
        journal = self.settings.getdict("FEEDS")
        super().process_options(args, opts)
        if opts.output or opts.overwrite_output:
            self.settings.set("FEEDS", {**journal, **self.settings.getdict("FEEDS")}, priority="cmdline")
        option = "-O" if opts.overwrite_output else "-o"
        for uri, feed in self.settings.getdict("FEEDS").items():
            name = file_of(str(uri))
            self.spare(option, name, "feed")
            if name and not feed.get("overwrite") and Path(name).is_file() and Path(name).stat().st_size:
                feed.setdefault("store_empty", False)  # if nothing is new, nothing is appended
                if (form := feed["format"]) in WHOLE:
                    raise UsageError(f"{option} {name!r}: {form} cannot be appended to: name another file, or use -O")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider named in `args`. `exitcode` becomes the exit status of the run."""
        spider = only(args, f"name one spider, as in: {typed('crawl thaigov')}")
        try:
            spider_class = self.crawler_process.spider_loader.load(spider)
            crawler = self.crawler_process.create_crawler(InterruptibleCrawler(spider_class, self.settings))
            read = cast("type[ThaigovSpider]", crawler.spidercls).read_arguments(opts.spargs, self.settings)
        except (KeyError, CrawlerError) as error:
            self._refuse(f"There is no spider {spider}" if isinstance(error, KeyError) else str(error))
            return
        for name in _LISTING:
            logging.getLogger(name).setLevel(logging.WARNING)
        for name in _OF_EACH_PAGE:
            logging.getLogger(name).setLevel(self.settings["LOG_LEVEL"])
        collect_rarely()
        self.crawler_process.crawl(crawler, read, **opts.spargs)
        self.crawler_process.start()
        run: Run | None = getattr(crawler.spider, "run", None)
        # It is None if the run never began, or was interrupted twice and had no time to end.
        status = run.exit_status if run else None
        self.exitcode = int(ExitStatus.UNEXPECTED if status is None else status)
        if report := crawler.get_extension(RunReport) if status is not None else None:
            report.summarise()
        elif not self.crawler_process.bootstrap_failed:  # otherwise the log has a traceback
            logger.error("Interrupted twice: the run was cut off. Stored articles are kept; the next run goes on.")

    def _refuse(self, message: str) -> None:
        self.exitcode = int(ExitStatus.BAD_ARGUMENTS)
        logger.error(message)
        silent = self.settings["LOG_FILE"] or not self.settings.getbool("LOG_ENABLED")
        if silent or self.settings["LOG_LEVEL"] == "CRITICAL":
            print(plain(message), file=sys.stderr)
