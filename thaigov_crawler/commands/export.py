"""`scrapy export`: the table of articles as JSON Lines."""

from __future__ import annotations

import argparse

from scrapy.commands import ScrapyCommand
from scrapy.exporters import JsonLinesItemExporter

from thaigov_crawler.commands._common import IDS_HELP, ids_of, opened_store, options_only, say
from thaigov_crawler.commands._files import output


class Command(ScrapyCommand):
    """Writes what the database holds: sorted by article ID, one article at a time in memory, same store same bytes."""

    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        return "Write the stored articles as JSON Lines"

    def syntax(self) -> str:
        return "[--ids RANGES] [-o FILE]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--ids", metavar="RANGES", help=IDS_HELP)
        parser.add_argument(
            "-o", "--output", metavar="FILE", help="write to FILE (whole or not at all); default: standard output"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Raises UsageError for bad options; exit status 1 where the database or the file cannot be used."""
        options_only(self, args)
        ids = ids_of(opts.ids)
        with opened_store(self) as store, output(opts.output) as file:
            exporter = JsonLinesItemExporter(file, encoding="utf-8")
            nothing = True
            for article in store.articles(ids.ranges):
                exporter.export_item(article)
                nothing = False
            if nothing:
                say(self, "no stored article is asked for")
