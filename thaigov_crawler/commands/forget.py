"""`scrapy forget`: remove articles, and keep them from being stored again."""

from __future__ import annotations

import argparse
import re
import shutil
import socket
import sys
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.commands._files import rewritten_without
from thaigov_crawler.commands._store import opened_store
from thaigov_crawler.errors import SourceError, StoreError, typed
from thaigov_crawler.run.ends import ExitStatus
from thaigov_crawler.run.output import RECORDINGS, SNAPSHOT, output_folder
from thaigov_crawler.run.plain import plain
from thaigov_crawler.sources.addresses import ORIGIN, ArticleIdOf, article_ids_below
from thaigov_crawler.sources.base import is_relaunch
from thaigov_crawler.sources.files import unfinished
from thaigov_crawler.sources.removal import found_in
from thaigov_crawler.sources.warc import warc_files
from thaigov_crawler.spiders.arguments import number
from thaigov_crawler.store import Store, articles, forgetting, runs
from thaigov_crawler.store.lock import alone
from thaigov_crawler.store.sqlite_file import is_snapshot

# The beginning of a line of the journal. It has the article ID even if a kill has left only half the line.
_LINE = re.compile(rb'\s*\{"id": ?(\d+)\b')

# Where the address of a page may begin within that of an archive's copy of it: `…/web/20250102030405id_/http://…`.
_COPIED = re.compile(r"(?:(https?):/{1,2}|/\d{4,17}(?:[a-z]{2}_)?/(?!https?:))", re.IGNORECASE | re.ASCII)


class Command(ProjectCommand, ScrapyCommand):
    """Remove articles from the database, the journal and the recordings.

    Only their article IDs are kept, so that no run stores the articles again.
    """

    about = "Remove articles and keep them from coming back"
    usage = "ID [ID ...] [--yes]"
    takes_arguments = True

    def declare(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do not ask for confirmation")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Ask for confirmation, then forget the articles.

        Raise UsageError or ArgumentError for bad arguments, StoreError if the database cannot be used. The exit status
        is 1 if traces may be left or nothing was forgotten, and 5 while a crawl is at work.
        """
        ids = _ids_of(args)
        if not opts.yes and not sys.stdin.isatty():
            raise UsageError("there is no terminal on which to confirm: add --yes")
        folder = output_folder(self.settings)
        with opened_store(self) as store:
            if not (opts.yes or _confirmed(store, ids)):
                self.fail("nothing was forgotten")
                return
            try:
                with alone(folder):
                    self._forget(store, folder, ids)
            except BlockingIOError:
                self.fail(f"a run is at work in {folder}: try again when it has ended", ExitStatus.ALREADY_RUNNING)
            except StoreError as error:
                why = str(error).replace("; stored articles are safe", "").rstrip(".")  # this does not help here
                self.fail(f"{why}: traces of these articles may remain: see to that, then run this again")

    def _forget(self, store: Store, folder: Path, ids: Set[int]) -> None:
        """Remove the articles from the database, the journal and the recordings, as far as these can be read."""
        for article_id in sorted(ids):
            with store.writing() as connection:
                removed = forgetting.forget(connection, article_id)
            print(f"{article_id}: {_in_words(removed)}")
        with self._saying(folder):
            _remove_unfinished(folder)
        journal = folder / "thaigov.jsonl"
        with self._saying(journal):
            if journal.exists() and (spans := _lines_of(journal, ids)):
                rewritten_without(journal, spans)
                self.tell(f"{journal}: {len(spans)} line{'s' * (len(spans) > 1)} taken out")
        bases = (ORIGIN, self.settings["THAIGOV_BASE_URL"])
        with store.reading() as connection:
            first = runs.first(connection)
        article_id_of = _of_copies(
            article_ids_below(bases, relaunch=first is not None and is_relaunch(first.arguments))
        )
        recordings = []
        with self._saying(folder / RECORDINGS), suppress(SourceError):  # there are none
            recordings = warc_files(folder / RECORDINGS)
        for path in recordings:
            with self._saying(path):
                self._take_out(path, ids, article_id_of)
        shown = folder / SNAPSHOT
        with self._saying(shown):
            if is_snapshot(shown):
                shown.unlink()
                self.tell(f"{shown}: removed; the next `{typed('browse')}` makes it anew")
        print("Not changed: backups, earlier exports, WARC files elsewhere (see docs/guides/personal-data.md)")
        if others := _other_machines(store):
            what = "their journals and recordings may hold these articles, too: run this there"
            self.tell(f"Not changed: what is on other machines that use this database ({', '.join(others)}); {what}")
        if not forgetting.purge(store):
            why = "so its files may still have traces: stop that program, then run this again"
            self.fail(f"another program is reading {store.name}, {why}")

    def _take_out(self, path: Path, ids: Set[int], article_id_of: ArticleIdOf) -> None:
        """Remove the records about articles from a recording. Raise OSError if it cannot be rewritten."""
        found = found_in(path, ids, article_id_of)
        if found.spans or found.unfinished:
            rewritten_without(path, [*found.spans, *filter(None, [found.unfinished])])
        if found.spans:
            self.tell(f"{path}: {len(found.spans)} records taken out")
        if found.unfinished:
            self.tell(f"{path}: removed half a record at its end, left by a killed run")
        if found.damage:
            self.fail(f"{path}: {found.damage}")

    @contextmanager
    def _saying(self, path: Path) -> Iterator[None]:
        """If a file cannot be read or written, print that and go on, so that the rest is done all the same."""
        try:
            yield
        except OSError as error:
            why = error.strerror or error
            self.fail(f"{path}: {why}; it may still hold these articles: solve that, then run this again")


def _other_machines(store: Store) -> list[str]:
    """Return the names of the other machines that have written to a server's database. Raise StoreError."""
    with store.reading() as connection:
        if connection.dialect.name == "sqlite":  # it may have been moved here with all that belongs to it
            return []
        return [name for name in runs.machines(connection) if name != socket.gethostname()]


def _remove_unfinished(folder: Path) -> None:
    """Remove copies of the journal and of recordings that killed commands have left. Raise OSError if that fails."""
    journal = [path for path in folder.glob(".*") if unfinished(path.name) == "thaigov.jsonl"]
    recordings = [path for path in (folder / RECORDINGS).rglob(".*") if unfinished(path.name)]
    for path in journal + recordings:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
            print(plain(f"{path}: removed this copy, left by a killed command"))


def _of_copies(article_id_of: ArticleIdOf) -> ArticleIdOf:
    """Return a function that finds the article ID in an address of the site, or of a copy in an archive.

    If an answer did not say what it is a copy of, it is recorded under the archive's address.
    """

    def found(address: str) -> int | None:
        for begin in _COPIED.finditer(address):
            if article_id := article_id_of(f"{begin[1] or 'http'}://{address[begin.end() :]}"):
                return article_id
        return None

    return found


def _ids_of(args: list[str]) -> set[int]:
    """Return the article IDs. Raise ArgumentError if one is not a number, UsageError if there are none."""
    ids = {number("ID", each) for each in args}
    if not ids:
        raise UsageError(f"which article? Give article IDs, as in `{typed('forget 96701')}`")
    return ids


def _confirmed(store: Store, ids: Set[int]) -> bool:
    """Show the articles, ask on the terminal, and tell whether the answer is yes."""
    for article in articles.read(store, [(each, each) for each in sorted(ids)]):
        print(plain(f"{article['id']}  {article['date_published']}  {article['title']}"))
    print(f"Forget {len(ids)} article ID(s) for good? [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _in_words(removed: dict[str, int]) -> str:
    of_article = {name: count for name, count in removed.items() if count and name != "articles"}
    rows = ", ".join(f"{name} {count}" for name, count in of_article.items())
    what = "forgotten" if removed["articles"] else "was not stored; noted, so that it never will be"
    return f"{what} ({rows})" if rows else what


def _lines_of(journal: Path, ids: Set[int]) -> list[tuple[int, int]]:
    """Return the positions of the journal's lines about articles: first byte, and the one behind the last."""
    spans, begin = [], 0
    with journal.open("rb") as file:
        for line in file:
            found = _LINE.match(line)
            if found and int(found[1]) in ids:
                spans.append((begin, begin + len(line)))
            begin += len(line)
    return spans
