"""`scrapy import-corpus PATH`: a crawl of the text files of a corpus, under a name that is easy to find."""

from __future__ import annotations

import argparse

from scrapy.exceptions import UsageError

from thaigov_crawler.commands._options import only
from thaigov_crawler.commands.crawl import Command as Crawl
from thaigov_crawler.errors import typed
from thaigov_crawler.sources.corpus import CorpusSource

# Scrapy takes the name of a command from __name__. The file cannot have a hyphen, because Python could not import it.
__name__ = "thaigov_crawler.commands.import-corpus"


class Command(Crawl):
    """Run `scrapy crawl thaigov -a source=corpus:PATH`."""

    about = "Read the text files of PyThaiNLP's corpora into the store"
    usage = "[options] PATH"

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the crawl. Raise UsageError for bad arguments."""
        example = typed("import-corpus thaigov-v2-corpus")
        path = only(args, f"name one folder of text files, as in: {example}")
        if "source" in opts.spargs:
            raise UsageError("import-corpus has a source of its own: leave -a source=… out")
        opts.spargs["source"] = f"{CorpusSource.kind}:{path}"
        super().work(["thaigov"], opts)
