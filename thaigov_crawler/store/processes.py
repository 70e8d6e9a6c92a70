"""Identifies processes of this machine, and tells whether one has ended. This works on Linux only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")
_DEAD = ("Z", "X", "x")  # the states of a process that has ended and whose parent has not noticed yet


class Process(NamedTuple):
    """Identifies a process. Its number is not enough: numbers are used again, and each container counts from 1."""

    machine: str  # ID of the boot of the machine, and of the container; "" if unknown
    number: int  # process ID
    started: str  # when it started, in ticks since the boot; "" if unknown


def this_process() -> Process:
    """Return the process that calls this."""
    number = os.getpid()
    return Process(_machine(), number, _started(number) or "")


def is_gone(process: Process) -> bool:
    """Return whether a process of this machine has certainly ended. Return false for a process of another machine."""
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
    """Return when a process started, in ticks since the boot, or None if there is no such process or it has ended."""
    try:
        said = (_PROC / str(number) / "stat").read_text("ascii", "replace")
    except OSError:
        return None
    state, *fields = said.rpartition(")")[2].split()  # the name, in brackets before, may have any characters
    return None if state in _DEAD else fields[18]
