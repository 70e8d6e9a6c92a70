"""Waiting for what other processes do: however long that takes on a busy machine, but not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable

LIMIT = 600.0  # seconds


def wait_until(happened: Callable[[], object], step: float = 0.01) -> None:
    """Look again each `step` (s) until it has happened. Raises AssertionError where it never does."""
    for _ in range(int(LIMIT / step)):
        if happened():
            return
        time.sleep(step)
    raise AssertionError("it never came to that")
