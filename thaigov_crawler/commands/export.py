"""`scrapy export`: write the stored articles, or some of them, in one of several formats."""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches
from itertools import chain
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.commands._files import folder, nothing_beside, output, written_whole
from thaigov_crawler.commands._options import IDS_HELP, day_of, ids_of, one_of
from thaigov_crawler.commands._store import opened_store
from thaigov_crawler.exports import ENDINGS, FORMATS, PRESETS, SQLITE, writer
from thaigov_crawler.spiders.arguments import ArticleIds
from thaigov_crawler.store import Filter, Store, articles, snapshot
from thaigov_crawler.store.sqlite_file import is_snapshot
from thaigov_crawler.thai.names import name_key

_NEAREST = 5  # sections to suggest if there is no section like the one asked for


class Command(ProjectCommand, ScrapyCommand):
    """Write stored articles, sorted by article ID, with few of them in memory.

    The same store gives the same bytes, but for the time in a database.
    """

    about = "Write the stored articles as JSON Lines, CSV, Parquet, text or a database, or as a dataset"
    usage = "[options] [-o FILE]"

    def declare(self, parser: argparse.ArgumentParser) -> None:
        form = parser.add_argument_group("What is written")
        form.add_argument(
            "--format",
            metavar="FORMAT",
            help=f"{', '.join((*FORMATS, SQLITE))}; default: the ending of FILE, else jsonl",
        )
        form.add_argument("--bom", action="store_true", help="for csv: begin with a byte order mark, for Excel")
        form.add_argument("--preset", metavar="PRESET", help=f"{', '.join(PRESETS)}: write a folder, named by -o")
        form.add_argument(
            "-o", "--output", metavar="FILE", help="the file, which appears when complete; default: standard output"
        )
        which = parser.add_argument_group("Which articles (those that meet all conditions)")
        which.add_argument("--ids", metavar="RANGES", help=IDS_HELP)
        which.add_argument("--since", metavar="DAY", help="published on this day (as in 2026-11-23) or later")
        which.add_argument("--until", metavar="DAY", help="published on this day or before")
        which.add_argument("--section", metavar="SECTION", help="in this section, spelled exactly as stored")
        which.add_argument("--person", metavar="NAME", help="naming this person, as attendee or mention")
        which.add_argument(
            "--unique", action="store_true", help="if several have the same body, only the one with the lowest ID"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the export.

        Raise UsageError for bad options, StoreError or OSError if the database or the file cannot be used. The exit
        status is 1 if no article matches and a preset was asked for.
        """
        form = _form(opts)
        ids, chosen = ids_of(opts.ids), _filter(opts)
        if form == SQLITE:
            self._write_database(opts.output, ids, chosen)
            return
        write = writer(form)
        self.spare("-o", opts.output, "export")
        with opened_store(self) as store:
            found = articles.read(store, ids.ranges, chosen)
            first = next(found, None)
            if first is None:
                self._nothing(store, chosen)
            found = found if first is None else chain([first], found)
            if opts.preset is None:
                with output(opts.output) as file:
                    write(found, file, **({"bom": True} if opts.bom else {}))
            elif first is None:
                self.fail(f"nothing is written to {opts.output}")
            else:
                with folder(opts.output) as place:
                    write(found, place)

    def _write_database(self, name: str, ids: ArticleIds, chosen: Filter) -> None:
        """Write a snapshot. Of all databases, it may replace only another snapshot."""
        nothing_beside(name)
        self.spare("-o", name, "export", backups=not is_snapshot(Path(name)))
        with opened_store(self) as store, written_whole(name) as path:
            if not snapshot.write(store, path, ids.ranges, chosen):
                self._nothing(store, chosen)

    def _nothing(self, store: Store, chosen: Filter) -> None:
        """Print that no article matches. If there is no such section, name the nearest ones."""
        self.say("no stored article matches")
        if chosen.section is None:
            return
        with store.reading() as connection:
            there = articles.sections(connection)
        if chosen.section not in there:
            near = get_close_matches(chosen.section, there, _NEAREST, 0) or ["none"]
            self.say(f"no stored article is in the section {chosen.section!r}; the nearest are: {', '.join(near)}")


def _form(opts: argparse.Namespace) -> str:
    """Return the format or preset that the options name. Raise UsageError if they do not fit together."""
    if opts.output == "":
        raise UsageError("-o '': name a file")
    if opts.preset is not None:
        preset = one_of("--preset", opts.preset, PRESETS)
        for option, given in (("--format", opts.format is not None), ("--bom", opts.bom)):
            if given:
                raise UsageError(f"--preset and {option}: a preset has its own format")
        if opts.output is None:
            raise UsageError(f"--preset {preset} writes a folder: name it, as in -o news")
        return preset
    if opts.format is not None:
        one_of("--format", opts.format, (*FORMATS, SQLITE))
    ending = Path(opts.output or "").suffix.removeprefix(".").lower()
    form: str = opts.format or ENDINGS.get(ending, FORMATS[0])
    if opts.bom and form != "csv":
        raise UsageError(f"--bom is for csv, not for {form}")
    if form == SQLITE and opts.output is None:
        raise UsageError(f"--format {SQLITE} writes a file: name it, as in -o news.db")
    if form == "parquet" and opts.output is None and sys.stdout.isatty():
        raise UsageError("--format parquet is not for a terminal: name a file, as in -o news.parquet")
    return form


def _filter(opts: argparse.Namespace) -> Filter:
    """Return the filter that the options describe. Raise UsageError for a bad value."""
    since, until = day_of("--since", opts.since), day_of("--until", opts.until)
    if since and until and since > until:
        raise UsageError(f"--since {since} is later than --until {until}")
    person = None if opts.person is None else name_key(opts.person)
    if person == "":
        why = "must be a given name and a surname, both in full; titles may stand before them"
        raise UsageError(f"--person {opts.person!r}: {why}")
    return Filter(since=since, until=until, section=opts.section, person=person, unique=opts.unique)
