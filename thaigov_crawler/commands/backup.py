"""`scrapy backup`: copy the database, even while it is in use."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.commands._files import nothing_beside, written_whole
from thaigov_crawler.commands._options import only
from thaigov_crawler.errors import typed
from thaigov_crawler.run.output import database_url
from thaigov_crawler.store.backup import copy, files_of, is_copy


class Command(ProjectCommand, ScrapyCommand):
    """Copy the database to one file and check the copy, even while a crawl writes.

    The file appears only when it is complete.
    """

    about = "Copy the database to a file, while it may be in use"
    usage = "FILE"
    takes_arguments = True

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Make the copy. Raise UsageError for a bad FILE, StoreError or OSError if database or file cannot be used."""
        name = only(args, f"name one file, as in: {typed('backup thaigov-backup.db')}")
        url = database_url(self.settings)
        _check(name, files_of(url))
        self.spare("FILE", name, "backup", backups=False)  # those are replaced, and were looked at
        with written_whole(name) as path:
            articles = copy(url, path)
            size = path.stat().st_size
        self.tell(f"{name}: {articles:,} articles, {size:,} bytes, checked")


def _check(name: str, database: Sequence[Path]) -> None:
    """Raise UsageError if a copy at `name` would replace the database, or something that is not a backup."""
    target = Path(os.path.realpath(name))
    for file in database:
        if target == Path(os.path.realpath(file)) or (target.exists() and file.exists() and target.samefile(file)):
            raise UsageError(f"{name} is the database itself, or belongs to it: name another file")
    nothing_beside(name)
    if target.is_file() and target.stat().st_size and not is_copy(target):
        why = "is not a backup, or a command has opened it since"
        raise UsageError(f"{name} exists, but {why}: name another file, or remove it if you no longer need it")
