"""`scrapy export`: the table of articles as JSON Lines."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.exporters import JsonLinesItemExporter

from thaigov_crawler.outcomes import ExitStatus
from thaigov_crawler.spiders.arguments import ALL_IDS, ArgumentError, ArticleIds
from thaigov_crawler.store import Store, StoreError
from thaigov_crawler.store.of_run import database_url


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
        parser.add_argument("--ids", metavar="RANGES", help="only these article IDs, as in 96700-96800,97005")
        parser.add_argument(
            "-o", "--output", metavar="FILE", help="write to FILE (whole or not at all); default: standard output"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Raises UsageError for bad options; exit status 1 where the database or the file cannot be used."""
        if args:
            raise UsageError(f"export takes options only, not {args[0]!r}", print_help=False)
        try:
            ids = ALL_IDS if opts.ids is None else ArticleIds.parse(opts.ids)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        try:
            store = Store.open(database_url(self.settings), create=False)
            with contextlib.closing(store), _output(opts.output) as file:
                exporter = JsonLinesItemExporter(file, encoding="utf-8")
                nothing = True
                for article in store.articles(ids.ranges):
                    exporter.export_item(article)
                    nothing = False
            if nothing:
                print("export: no stored article is asked for", file=sys.stderr)
        except BrokenPipeError:  # the reader has seen enough, as in `scrapy export | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except (StoreError, OSError) as error:
            reason = f"{opts.output}: {error.strerror}" if isinstance(error, OSError) else error
            print(f"export: {reason}", file=sys.stderr)
            self.exitcode = int(ExitStatus.UNEXPECTED)


@contextlib.contextmanager
def _output(name: str | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that takes its name only when it is complete."""
    if name is None:
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    target = Path(os.path.realpath(name))
    if target.exists() and not target.is_file():  # a device or a pipe is written to, a folder refuses
        with target.open("wb") as file:
            yield file
        return
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            os.chmod(file.name, 0o666 & ~_umask())
            os.replace(file.name, target)
        except BaseException:
            os.unlink(file.name)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
