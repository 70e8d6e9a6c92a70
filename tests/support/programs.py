"""Programs that some tests need and that pip does not install. A test is skipped if its program is not on PATH."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


def find_program(*names: str, install: str) -> str:
    """Return the full path of the first of `names` on PATH. If there is none, skip the test and say how to install it."""
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    pytest.skip(f"{' or '.join(names)} is not on PATH; to install: {install}")


def free_port() -> int:
    """Return a free port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def silent_port() -> Iterator[int]:
    """Give a port of 127.0.0.1 that refuses connections. No server can get it within the block."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def chromium() -> str:
    """Return the full path of Chromium or Chrome, or skip the test."""
    return find_program("chromium", "chromium-browser", "google-chrome", install="apt-get install chromium")
