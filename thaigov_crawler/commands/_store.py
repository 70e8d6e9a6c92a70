"""The store that commands look into."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.run.output import database_url
from thaigov_crawler.store import Store


@contextlib.contextmanager
def opened_store(command: ProjectCommand) -> Iterator[Store]:
    """The store of the command's settings, which must be there. Raises StoreError."""
    with contextlib.closing(Store.open(database_url(command.settings), create=False)) as store:
        yield store
