"""Marks: files in the output folder that tell which runs write to its journal, and which of them were killed.

A run keeps its mark locked. The system unlocks it when the process ends, however it ends, and a run that ends in order
removes it. So a mark that nobody has locked is that of a killed run of this folder, or of one whose database failed:
that may have stored articles and not written their lines, too. Other folders, also those of other
machines, have marks of their own, even if their runs use the same database.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from thaigov_crawler.store.lock import locked


class Marks:
    """The marks of the runs that use one database and write to one folder."""

    def __init__(self, folder: Path, database: str):
        """`database` is the URL of the database, without its password."""
        self._folder = folder
        self._begin = f".run-{hashlib.sha256(database.encode()).hexdigest()[:8]}-"

    def put(self, run_id: int) -> int | None:
        """Put the mark of a run, and return its file descriptor. Return None where there can be no mark.

        `remove` removes the mark.
        """
        path = self._path(run_id)
        made = path.with_name(f"{path.name}.{os.getpid()}")  # until it is locked, it looks like that of a killed run
        with contextlib.suppress(OSError):
            descriptor = locked(made, "LOCK_EX", os.O_RDWR | os.O_CREAT)
            if descriptor is not None:
                try:
                    made.rename(path)
                except OSError:
                    os.close(descriptor)
                    raise
            return descriptor
        return None

    def remove(self, run_id: int, descriptor: int) -> None:
        """Remove the mark of a run that has ended in order."""
        with contextlib.suppress(OSError):
            self._path(run_id).unlink()
        os.close(descriptor)

    @contextlib.contextmanager
    def of_killed(self) -> Iterator[list[int]]:
        """Give the numbers of the killed runs, in their order. At the end of the block, remove their marks.

        No other run gets the same numbers meanwhile. If the block raises an exception, the marks stay.
        """
        with contextlib.ExitStack() as held:
            killed = {}
            for path in self._folder.glob(f"{self._begin}*"):
                found = re.fullmatch(r"\d+", path.name.removeprefix(self._begin))
                if found and (descriptor := _taken(path)) is not None:
                    held.callback(os.close, descriptor)
                    killed[int(found[0])] = path
            yield sorted(killed)
            for path in killed.values():
                with contextlib.suppress(OSError):
                    path.unlink()

    def _path(self, run_id: int) -> Path:
        return self._folder / f"{self._begin}{run_id}"


def _taken(path: Path) -> int | None:
    """Lock a mark. Return its descriptor, or None if another process has locked or removed it."""
    with contextlib.suppress(OSError):
        descriptor = locked(path, "LOCK_EX", os.O_RDWR)
        if descriptor is None:
            return None
        with contextlib.suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                return descriptor
        os.close(descriptor)
    return None
