"""Waiting for other processes: long enough for a busy machine, but not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable

LIMIT = 600.0  # seconds


def wait_until(happened: Callable[[], object], step: float = 0.01) -> None:
    """Wait until `happened` returns something true; look each `step` (s). Raise AssertionError after LIMIT seconds."""
    for _ in range(int(LIMIT / step)):
        if happened():
            return
        time.sleep(step)
    raise AssertionError("it never came to that")
