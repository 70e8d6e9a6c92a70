"""`scrapy import-corpus PATH`: the crawl of a corpus's text files, under a name that says so.

The module is named so because Scrapy takes the command's name from it, and imports it by that name.
"""

from __future__ import annotations

import argparse

from scrapy.exceptions import UsageError

from thaigov_crawler.commands.crawl import Command as Crawl


class Command(Crawl):
    """`scrapy crawl thaigov -a source=corpus:PATH`, with all that belongs to a run."""

    def short_desc(self) -> str:
        return "Read the text files of PyThaiNLP's corpora into the store"

    def syntax(self) -> str:
        return "[options] PATH"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Raises UsageError for bad arguments; else as the crawl."""
        if len(args) != 1:
            raise UsageError(
                "name one folder of text files, as in: scrapy import-corpus thaigov-v2-corpus", print_help=False
            )
        if "source" in opts.spargs:
            raise UsageError("import-corpus has a source of its own: leave -a source=… out", print_help=False)
        opts.spargs["source"] = f"corpus:{args[0]}"
        super().run(["thaigov"], opts)
