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
            return _locked(folder, "LOCK_SH")
        except BlockingIOError:
            time.sleep(0.1)
        except OSError:
            return None
    raise StoreError(f"`scrapy forget` or `scrapy copy-store` is at work in {folder}: run again when it has ended.")


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Lock a folder alone, if it exists. Raise BlockingIOError if a run is at work, OSError if it cannot be locked."""
    held = _locked(folder, "LOCK_EX") if folder.is_dir() else None
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def _locked(folder: Path, how: str) -> int | None:
    if fcntl is None:
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, getattr(fcntl, how) | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
