"""`scrapy import-corpus PATH`: the crawl of a corpus's text files, under a name that says so."""

from __future__ import annotations

import argparse

from scrapy.exceptions import UsageError

from thaigov_crawler.commands._options import only
from thaigov_crawler.commands.crawl import Command as Crawl
from thaigov_crawler.errors import typed
from thaigov_crawler.sources.corpus import CorpusSource

# Scrapy names a command as its module calls itself, and Python imports no module with a hyphen by name.
__name__ = "thaigov_crawler.commands.import-corpus"


class Command(Crawl):
    """`scrapy crawl thaigov -a source=corpus:PATH`, with all that belongs to a run."""

    about = "Read the text files of PyThaiNLP's corpora into the store"
    usage = "[options] PATH"

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Raises UsageError for bad arguments; else as the crawl."""
        example = typed("import-corpus thaigov-v2-corpus")
        path = only(args, f"name one folder of text files, as in: {example}")
        if "source" in opts.spargs:
            raise UsageError("import-corpus has a source of its own: leave -a source=… out")
        opts.spargs["source"] = f"{CorpusSource.kind}:{path}"
        super().work(["thaigov"], opts)
