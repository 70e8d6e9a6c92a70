"""Holding the output folder: runs share it, and what rewrites files in it has it alone."""

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
except ImportError:  # not POSIX: there nobody holds anything
    fcntl = None  # type: ignore[assignment]


def share(folder: Path) -> int | None:
    """Hold a folder, together with others, until the file descriptor is closed or the process ends; None where it
    cannot be held, as on some network file systems.

    Waits while one holds it alone. Raises StoreError where that takes longer than LOCK_TIMEOUT.
    """
    for _ in range(LOCK_TIMEOUT * 10):
        try:
            return _locked(folder, "LOCK_SH")
        except BlockingIOError:
            time.sleep(0.1)
        except OSError:
            return None
    raise StoreError(f"`scrapy forget` is at work in {folder}: run again when it has ended.")


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder, where it is there, with no run in it. Raises BlockingIOError where there is one, OSError."""
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
