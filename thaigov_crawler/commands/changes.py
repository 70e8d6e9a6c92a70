"""`scrapy changes`: list the changes of articles, one line each."""

from __future__ import annotations

import argparse
from datetime import datetime

from scrapy.commands import ScrapyCommand

from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.commands._options import day_of
from thaigov_crawler.commands._store import opened_store
from thaigov_crawler.store import changes
from thaigov_crawler.thai.calendar import BANGKOK, beginning_of


class Command(ProjectCommand, ScrapyCommand):
    """List new, edited, withdrawn and returned articles, in the order in which the store noted them."""

    about = "List new, edited and withdrawn articles"
    usage = "[--since DATE]"

    def declare(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--since", metavar="DATE", help="from this day on (as in 2026-11-23, Bangkok time)")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the list. Raise UsageError for bad options, StoreError if the database cannot be used."""
        since = day_of("--since", opts.since) if opts.since else None
        moment = beginning_of(since).isoformat(timespec="seconds") if since else ""
        with opened_store(self) as store:
            nothing = True
            for happened in changes.since(store, moment):
                nothing = False
                at = datetime.fromisoformat(happened.at).astimezone(BANGKOK).isoformat(timespec="seconds")
                fields = f" ({', '.join(happened.fields)})" if happened.fields else ""
                self.tell(f"{at}  {happened.article_id:>6}  {happened.kind:9}  {happened.title}{fields}")
            if nothing:
                self.say("there are none")
