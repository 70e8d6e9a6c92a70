"""Waiting for other processes: long enough for a busy machine, but not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable

STEP = 0.01  # seconds
STEPS = 60_000


def wait_until(happened: Callable[[], object]) -> None:
    """Wait until `happened` returns something true. Raise AssertionError if that takes longer than STEPS steps."""
    for _ in range(STEPS):
        if happened():
            return
        time.sleep(STEP)
    raise AssertionError("it never came to that")
