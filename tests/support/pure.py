"""Functions for worker processes: a module that imports little."""

from __future__ import annotations

import os
import signal
import sys

import thaigov_crawler


def halved(number: int) -> float:
    """Return half of a number. Raise ValueError for 13."""
    if number == 13:
        raise ValueError("13 is no number for me")
    return number / 2


def process_of(_: object) -> int:
    """Return the process ID of the worker."""
    return os.getpid()


def family_of(_: object) -> tuple[int, int]:
    """Return the process IDs of the worker and of the process that it is a fork of."""
    return os.getpid(), os.getppid()


def killed(number: int) -> int:
    """Return the number, but kill the worker for 3."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def surroundings(_: object) -> dict[str, object]:
    """Return what a worker has imported and what it does about signals."""
    return {
        "scrapy": [name for name in sys.modules if name.startswith("scrapy.")],
        "preloaded": "thaigov_crawler.preloaded" in sys.modules,
        "main": getattr(sys.modules["__main__"], "__file__", None),
        "ignored": [signal.getsignal(number) is signal.SIG_IGN for number in (signal.SIGINT, signal.SIGTERM)],
        "from": os.path.dirname(thaigov_crawler.__file__),
    }
