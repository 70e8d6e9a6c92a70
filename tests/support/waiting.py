"""Waiting for what other processes do: however long that takes on a busy machine, but not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable

STEP = 0.01  # seconds
STEPS = 60_000


def wait_until(happened: Callable[[], object]) -> None:
    """Look again and again until it has happened. Raises AssertionError where it never does."""
    for _ in range(STEPS):
        if happened():
            return
        time.sleep(STEP)
    raise AssertionError("it never came to that")
