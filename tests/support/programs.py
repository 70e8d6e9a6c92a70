"""Programs that some tests start and that pip does not install with the rest: found on PATH, or the test is skipped."""

from __future__ import annotations

import shutil
import socket

import pytest


def find_program(*names: str, install: str) -> str:
    """The full path of the first of `names` that is on PATH. Skips the test, telling how to `install` it, if none is."""
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    pytest.skip(f"{' or '.join(names)} is not on PATH; to install: {install}")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def chromium() -> str:
    """The full path of Chromium or Chrome."""
    return find_program("chromium", "chromium-browser", "google-chrome", install="apt-get install chromium")
