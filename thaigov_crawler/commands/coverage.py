"""`scrapy coverage`: show which article IDs and months are stored, and what is missing."""

from __future__ import annotations

import argparse
import sys

from rich import box
from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.commands._files import output
from thaigov_crawler.commands._store import opened_store
from thaigov_crawler.coverage.axis import Axis, Part, State
from thaigov_crawler.coverage.months import Month, months_of, stretches_of
from thaigov_crawler.errors import extra, typed
from thaigov_crawler.run.plain import plain
from thaigov_crawler.store import coverage
from thaigov_crawler.store.coverage import Coverage
from thaigov_crawler.store.indexes import Holding

BLOCKS = 24  # rows of a table at most, so that it fits a screen
GAPS = 10  # gaps shown at most
WIDTH = 100  # columns at least: a narrower terminal breaks the lines, and nothing is cut off


class Command(ProjectCommand, ScrapyCommand):
    """Show the coverage of the store by article ID and by month, or write a page with figures of it."""

    about = "Show which article IDs and months are stored, and what is missing"
    usage = "[--html FILE]"

    def declare(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--html", metavar="FILE", help="write a page with figures to FILE when it is complete, and show nothing"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Show the coverage or write the page.

        Raise UsageError for bad options, StoreError or OSError if the database or the file cannot be used. The exit
        status is 1 if nothing was visited yet.
        """
        if opts.html == "":
            raise UsageError("--html '': must name the file to write")
        self.spare("--html", opts.html, "page")
        with opened_store(self) as store:
            with store.reading() as connection:
                covered = coverage.read(connection, attendees=20, latest=50)
            if not covered.known and (opts.html or not covered.holdings):
                self.fail(f"{store.name}: nothing was visited yet: run `{typed('crawl thaigov')}` first")
            elif opts.html is None:
                _show(store.name, covered)
            else:
                with extra("coverage", "--html"):
                    from thaigov_crawler.coverage.page import page_of  # here, so that other commands do not load plotly

                page = page_of(covered)
                with output(opts.html) as file:
                    file.write(page)


def _show(name: str, covered: Coverage) -> None:
    console = _console()
    console.print(f"Coverage of {plain(name)}")
    if covered.known:
        _show_axis(console, Axis(covered.known))
    console.print("\nArticle IDs by source")
    console.print(_sources(covered.holdings))
    if months := months_of(covered.months):
        console.print("\nArticles by month of publication (C.E.)")
        console.print(_grid(months))
        _remarks(console, months)


def _show_axis(console: Console, axis: Axis) -> None:
    whole = axis.whole
    console.print(f"\nArticle IDs {whole.name} ({whole.length:,}); nothing is known of lower or higher IDs")
    console.print(_states(axis))
    if whole.states[State.FAILED]:
        console.print(
            f"  `{typed('crawl thaigov -a visit=failed')}` with the same source visits the failed ones again."
        )
    console.print("\nStored articles along the article IDs")
    console.print(_blocks(axis))
    gaps = axis.gaps()
    longest = f"; the {GAPS} longest" if len(gaps) > GAPS else ""
    console.print(f"\nGaps (article IDs in a row without a stored article): {len(gaps):,}{longest}")
    if gaps:
        console.print(_gaps(gaps[:GAPS]))


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Raise BrokenPipeError, so that the command ends as all do. By default rich ends with status 1."""
        raise BrokenPipeError


def _console() -> Console:
    """Return standard output: with colours on a terminal, otherwise plain and as wide as needed."""
    console = _Console(highlight=False, markup=False, emoji=False)
    console.width = max(console.width, WIDTH) if sys.stdout.isatty() else 10_000
    return console


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=True, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _states(axis: Axis) -> Table:
    whole = axis.whole
    table = Table(box=None, show_header=False)
    for justify in ("left", "right", "right", "left"):
        table.add_column(justify=justify, no_wrap=True)
    for state in axis.states:
        number = whole.states[state]
        table.add_row(f" {state}", f"{number:,}", f"{number / whole.length:.1%}", _made_up(whole, state))
    return table


def _made_up(part: Part, state: State) -> str:
    """Return the kinds of IDs in a state that has several, such as `941 failed, 139 malformed`."""
    kinds = part.kinds_of(state)
    return ", ".join(f"{number:,} {kind}" for kind, number in kinds) if state in (State.ABSENT, State.FAILED) else ""


def _blocks(axis: Axis) -> Table:
    table = _table("article IDs", *axis.states, "share stored")
    for block in axis.blocks(BLOCKS):
        numbers = [f"{block.states[state]:,}" for state in axis.states]
        table.add_row(block.name, *numbers, f"{block.share_stored:.1%}")
    return table


def _gaps(gaps: list[Part]) -> Table:
    table = _table("article IDs", "length")
    table.add_column("what is known of them", no_wrap=True)
    for gap in gaps:
        known = ", ".join(f"{gap.states[state]:,} {state}" for state in State if gap.states[state])
        table.add_row(gap.name, f"{gap.length:,}", known)
    return table


def _sources(holdings: list[Holding]) -> Table:
    """Return the table of sources. A source without an index has stored articles only."""
    table = _table("source", "stored", "captured", "could still add", "uncaptured")
    table.columns[0].justify = "left"
    for each in holdings:
        numbers = (each.stored, each.captured, each.addable, each.uncaptured)
        table.add_row(plain(each.source), *("-" if number is None else f"{number:,}" for number in numbers))
    return table


def _grid(months: list[Month]) -> Table:
    """Return the table of months: one row for each year with articles. Thin months have a mark."""
    table = _table("year", *(f"{number:02}" for number in range(1, 13)), "all")
    table.pad_edge, table.collapse_padding = False, True  # so 80 columns are usually enough
    by_name = {month.name: month for month in months}
    for year in dict.fromkeys(month.name[:4] for month in months if month.articles):
        row = [by_name.get(f"{year}-{number:02}") for number in range(1, 13)]
        cells = ["" if month is None else f"{month.articles}{'*' if month.is_thin else ''}" for month in row]
        table.add_row(year, *cells, str(sum(month.articles for month in row if month)))
    return table


def _remarks(console: Console, months: list[Month]) -> None:
    """Print which months are thin or empty."""
    thin = [f"{month.name} ({month.articles}; around it {month.around:.0f})" for month in months if month.is_thin]
    empty = stretches_of([month for month in months if month.is_empty])
    if thin:
        console.print(f"\n* fewer than half as many articles as in the months around it: {', '.join(thin)}")
    if empty:
        listed = ", ".join(empty) if len(empty) <= GAPS else "see the zeros"
        number = sum(month.is_empty for month in months)
        console.print(f"\nMonths without a stored article, between months that have some: {number} ({listed})")
