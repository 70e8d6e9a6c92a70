"""`scrapy changes`: what happened to the articles, one line each."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from datetime import datetime, timedelta, timezone

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from thaigov_crawler.outcomes import ExitStatus
from thaigov_crawler.store import Store, StoreError
from thaigov_crawler.store.of_run import database_url

# Thailand has no summer time.
BANGKOK = timezone(timedelta(hours=7))


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
        if args:
            raise UsageError(f"changes takes options only, not {args[0]!r}", print_help=False)
        moment = _moment(opts.since) if opts.since else ""
        try:
            with contextlib.closing(Store.open(database_url(self.settings), create=False)) as store:
                nothing = True
                for happened in store.changes_since(moment):
                    nothing = False
                    at = datetime.fromisoformat(happened.at).astimezone(BANGKOK).isoformat(timespec="seconds")
                    fields = f" ({', '.join(happened.fields)})" if happened.fields else ""
                    print(f"{at}  {happened.article_id:>6}  {happened.kind:9}  {happened.title}{fields}")
            if nothing:
                print("changes: there are none", file=sys.stderr)
        except BrokenPipeError:  # the reader has seen enough, as in `scrapy changes | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except StoreError as error:
            print(f"changes: {error}", file=sys.stderr)
            self.exitcode = int(ExitStatus.UNEXPECTED)


def _moment(day: str) -> str:
    """The beginning of a day in Bangkok, as ISO datetime in UTC. Raises UsageError for what is no day."""
    try:
        begins = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=BANGKOK)
        return begins.astimezone(timezone.utc).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        raise UsageError(f"--since {day!r}: must be a day, as in 2026-11-23", print_help=False) from None
