"""`scrapy rederive`: the derived fields of stored articles, made anew by the present code."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from scrapy.commands import ScrapyCommand

from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.commands._options import IDS_HELP, ids_of
from thaigov_crawler.commands._store import opened_store
from thaigov_crawler.loaders import DERIVED_FIELDS, EXTRACTOR, rederive
from thaigov_crawler.run.plain import plain
from thaigov_crawler.spiders.arguments import ArticleIds
from thaigov_crawler.store import Store, derived


class Command(ProjectCommand, ScrapyCommand):
    """Brings what an older extractor has read up to date, without the pages: dates, people, venue and the like.

    What the pages say, their digests and the revisions stay as they are. It may be killed, and a crawl may run beside.
    """

    about = "Derive dates, people and venue of the stored articles anew, where the program has become better"
    usage = "[--ids RANGES]"

    def declare(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--ids", metavar="RANGES", help=IDS_HELP)

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Raises UsageError for bad options; exit status 1 where the database cannot be used, or when interrupted."""
        ids = ids_of(opts.ids)
        with opened_store(self) as store:
            with store.reading() as connection:
                readers = derived.count_by_extractor(connection, ids.ranges)
            if readers:
                _bring_up_to_date(store, ids, readers)
            else:
                self.say("no stored article is asked for")


@dataclass
class _Tally:
    looked_at: int = 0
    changed: int = 0
    overtaken: int = 0
    fields: Counter[str] = field(default_factory=Counter)  # in how many articles each changed


def _bring_up_to_date(store: Store, ids: ArticleIds, readers: Counter[int]) -> None:
    """Derive anew what is out of date, with a bar on a terminal, and print what it came to; `readers` says how many
    articles each extractor has read."""
    older = sum(count for reader, count in readers.items() if reader < EXTRACTOR)
    with _bar() as bar:
        task = bar.add_task("rederive", total=older)
        tally = _Tally()
        for batch in derived.outdated(store, EXTRACTOR, ids.ranges):
            _derive_anew(store, batch, tally)
            bar.update(task, completed=tally.looked_at)
    print(f"Articles of {plain(store.name)}")
    print(f"  Looked at:  {tally.looked_at} that an extractor older than {EXTRACTOR} has read")
    print(f"  Changed:    {tally.changed}{_listed(tally.fields)}")
    print(f"  Up to date: {readers[EXTRACTOR]} already")
    if tally.overtaken:
        print(f"  Overtaken:  {tally.overtaken} that a crawl has written meanwhile: left alone")
    if newer := readers.total() - older - readers[EXTRACTOR]:
        print(f"  Newer:      {newer} read by a newer version of this program: left alone")


def _derive_anew(store: Store, batch: list[dict[str, Any]], tally: _Tally) -> None:
    """Derive a batch anew, write it and count what changed."""
    pairs = [(held, rederive(held)) for held in batch]
    tally.looked_at += len(batch)
    with store.writing() as connection:
        all_written = [derived.update_derived(connection, held, anew) for held, anew in pairs]
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
