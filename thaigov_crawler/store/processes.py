"""Processes of this machine: which one this is, and whether another one is gone. Only Linux tells."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")
_DEAD = ("Z", "X", "x")  # the states of a process that has ended and whose parent has not noticed yet


class Process(NamedTuple):
    """A process as nobody else can be it: numbers are given again, and containers count from 1."""

    machine: str  # of one boot of one machine, and of the container on it whose numbers are meant; "" where unknown
    number: int
    started: str  # in ticks since the boot


def this_process() -> Process:
    """Return the process that asks."""
    number = os.getpid()
    return Process(_machine(), number, _started(number) or "")


def is_gone(process: Process) -> bool:
    """Return whether a process ran on this machine and has ended for sure. Of those of other machines nobody knows."""
    if not process.started or not process.machine or process.machine != _machine():
        return False
    return _started(process.number) != process.started


def _machine() -> str:
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot} {os.readlink(_PROC / 'self/ns/pid')}"
    except OSError:
        return ""


def _started(number: int) -> str | None:
    """Return when a process started; None where there is none with that number, or it has ended."""
    try:
        said = (_PROC / str(number) / "stat").read_text("ascii", "replace")
    except OSError:
        return None
    state, *fields = said.rpartition(")")[2].split()  # the name before may hold anything
    return None if state in _DEAD else fields[18]
