"""The store, for commands that read it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.run.output import database_url
from thaigov_crawler.store import Store


@contextlib.contextmanager
def opened_store(command: ProjectCommand) -> Iterator[Store]:
    """Open the store of the command's settings. Raise StoreError if it does not exist or cannot be used."""
    with contextlib.closing(Store.open(database_url(command.settings), create=False)) as store:
        yield store
