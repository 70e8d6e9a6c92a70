"""`scrapy rederive`: derive fields of stored articles again with the present code."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from scrapy.commands import ScrapyCommand

from thaigov_crawler.checked import workers
from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.commands._options import IDS_HELP, ids_of
from thaigov_crawler.commands._store import opened_store
from thaigov_crawler.items import DERIVED_FIELDS
from thaigov_crawler.loaders import EXTRACTOR
from thaigov_crawler.reading import rederive_all
from thaigov_crawler.run.plain import plain
from thaigov_crawler.spiders.arguments import ArticleIds
from thaigov_crawler.store import Store, derived
from thaigov_crawler.workers import in_order

# Articles that are derived here, because starting workers takes longer.
FEW = 500


class Command(ProjectCommand, ScrapyCommand):
    """Derive dates, people, venue and more again if an older extractor has derived them. No page is needed.

    The texts of the pages, their digests and the revisions stay as they are. You may kill the command, and a crawl may
    run at the same time.
    """

    about = "Derive dates, people and venue again, for articles that an older version of the program has read"
    usage = "[--ids RANGES]"

    def declare(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--ids", metavar="RANGES", help=IDS_HELP)

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Bring the articles up to date. Raise ArgumentError for bad options, StoreError if the database fails."""
        ids = ids_of(opts.ids)
        number = workers(self.settings)
        with opened_store(self) as store:
            with store.reading() as connection:
                readers = derived.count_by_extractor(connection, ids.ranges)
            if readers:
                _bring_up_to_date(store, ids, readers, number)
            else:
                self.say("no stored article matches")


@dataclass
class _Tally:
    looked_at: int = 0
    changed: int = 0
    overtaken: int = 0  # articles that a crawl has written meanwhile
    fields: Counter[str] = field(default_factory=Counter)  # number of articles in which each field changed


def _bring_up_to_date(store: Store, ids: ArticleIds, readers: Counter[int], workers: int) -> None:
    """Derive the fields of outdated articles again, and print the result. Show a bar on a terminal.

    `readers` has the number of articles for each extractor, `workers` is the number of processes to use if it pays.
    Raise StoreError or WorkerDied; what is written until then stays.
    """
    older = sum(count for reader, count in readers.items() if reader < EXTRACTOR)
    with _bar() as bar:
        task = bar.add_task("rederive", total=older)
        tally = _Tally()
        batches = derived.outdated(store, EXTRACTOR, ids.ranges)
        for held, anew in in_order(rederive_all, batches, workers if older > FEW else 0):
            _write(store, held, anew, tally)
            bar.update(task, completed=tally.looked_at)
    print(f"Articles of {plain(store.name)}")
    print(f"  Looked at:  {tally.looked_at} read by an extractor older than {EXTRACTOR}")
    print(f"  Changed:    {tally.changed}{_listed(tally.fields)}")
    print(f"  Up to date: {readers[EXTRACTOR]} already")
    if tally.overtaken:
        print(f"  Overtaken:  {tally.overtaken} written by a crawl meanwhile, left unchanged")
    if newer := readers.total() - older - readers[EXTRACTOR]:
        print(f"  Newer:      {newer} read by a newer version of this program, left unchanged")


def _write(store: Store, batch: list[dict[str, Any]], derived_fields: list[dict[str, Any]], tally: _Tally) -> None:
    """Write the fields of a batch that were derived anew, and count what changed."""
    pairs = [(held, {**held, **fields}) for held, fields in zip(batch, derived_fields, strict=True)]
    tally.looked_at += len(batch)
    with store.writing() as connection:
        all_written = derived.update_derived(connection, pairs)
    for (held, anew), written in zip(pairs, all_written, strict=True):
        differing = [name for name in DERIVED_FIELDS if held[name] != anew[name]] if written else []
        tally.fields.update(differing)
        tally.changed += bool(differing)
        tally.overtaken += not written


def _listed(fields: Counter[str]) -> str:
    counts = [f"{name} {fields[name]}" for name in DERIVED_FIELDS if fields[name]]
    return f" ({', '.join(counts)})" if counts else ""


def _bar() -> Progress:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, disable=not sys.stderr.isatty())
