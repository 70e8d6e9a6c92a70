"""The lock on the output folder. Runs share it. `scrapy forget`, which rewrites files, and `scrapy copy-store` have it
alone.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from thaigov_crawler.errors import StoreError
from thaigov_crawler.store.engine import LOCK_TIMEOUT

try:
    import fcntl
except ImportError:  # not a POSIX system: there is no lock
    fcntl = None  # type: ignore[assignment]


def share(folder: Path) -> int | None:
    """Lock a folder together with other runs. Return a file descriptor; to close it is to unlock the folder.

    Return None if the folder cannot be locked, as on some network file systems. Wait while another process has the lock
    alone. Raise StoreError if that takes longer than LOCK_TIMEOUT (seconds).
    """
    for _ in range(LOCK_TIMEOUT * 10):
        try:
            return locked(folder, "LOCK_SH")
        except BlockingIOError:
            time.sleep(0.1)
        except OSError:
            return None
    raise StoreError(f"`scrapy forget` or `scrapy copy-store` is at work in {folder}: run again when it has ended.")


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Lock a folder alone, if it exists. Raise BlockingIOError if a run is at work, OSError if it cannot be locked."""
    held = locked(folder, "LOCK_EX") if folder.is_dir() else None
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def locked(path: Path, how: str, flags: int = os.O_RDONLY) -> int | None:
    """Open and lock a file or a folder. Return its descriptor, or None where there are no locks.

    `how` is LOCK_SH or LOCK_EX, `flags` are those of os.open. Raise BlockingIOError if another process has the lock,
    OSError if the file cannot be opened or locked.
    """
    if fcntl is None:
        return None
    descriptor = os.open(path, flags)
    try:
        fcntl.flock(descriptor, getattr(fcntl, how) | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
