"""Calls from other threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress


def call_soon(loop: asyncio.AbstractEventLoop, function: Callable[[], None]) -> None:
    """Call a function in the thread of a loop, unless the loop was stopped, as by a second Ctrl-C."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(function)
