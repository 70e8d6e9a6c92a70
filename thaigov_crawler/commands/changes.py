"""`scrapy changes`: what happened to the articles, one line each."""

from __future__ import annotations

import argparse
from datetime import datetime

from scrapy.commands import ScrapyCommand

from thaigov_crawler.commands._common import day_of, opened_store, options_only, say
from thaigov_crawler.thai.calendar import BANGKOK, beginning_of


class Command(ScrapyCommand):
    """Lists new, edited, withdrawn and returned articles in the order in which the store learnt of them."""

    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        return "List new, edited and withdrawn articles"

    def syntax(self) -> str:
        return "[--since DATE]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--since", metavar="DATE", help="from this day on (as in 2026-11-23, Bangkok time)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Raises UsageError for bad options; exit status 1 where the database cannot be used."""
        options_only(self, args)
        since = day_of("--since", opts.since) if opts.since else None
        moment = beginning_of(since).isoformat(timespec="seconds") if since else ""
        with opened_store(self) as store:
            nothing = True
            for happened in store.changes_since(moment):
                nothing = False
                at = datetime.fromisoformat(happened.at).astimezone(BANGKOK).isoformat(timespec="seconds")
                fields = f" ({', '.join(happened.fields)})" if happened.fields else ""
                print(f"{at}  {happened.article_id:>6}  {happened.kind:9}  {happened.title}{fields}")
            if nothing:
                say(self, "there are none")
