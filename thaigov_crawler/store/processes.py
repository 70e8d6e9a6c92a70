"""Identifies processes of this machine, and tells whether one has ended. This works on Linux only.

Several machines may ask about each other's processes. So an answer is given only where nothing speaks against it: a run
that is wrongly taken for ended would let a second one work on its host.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")
_DEAD = ("Z", "X", "x")  # the states of a process that has ended and whose parent has not noticed yet


class Process(NamedTuple):
    """Identifies a process. Its number is not enough: numbers are used again, and each container counts from 1."""

    machine: str  # boot of the machine, namespaces of the container, and hostname; "" if unknown
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
    started = _started(process.number)
    return started != process.started if started else not _is_hidden(process.number)


def _machine() -> str:
    """Return what only those processes have in common that see the same numbers and the same ticks, or "" if unknown.

    The boot tells machines apart, but for copies of one that was running. These need different hostnames. Containers of
    one machine share its boot. In a namespace, numbers or ticks count anew.
    """
    own = _PROC / "self/ns"
    try:
        if os.readlink(_PROC / "self") != str(os.getpid()):  # /proc shows the processes of another namespace
            return ""
        boot = (_PROC / "sys/kernel/random/boot_id").read_text("ascii").strip()
        # Kernels before 5.6 have no namespaces of time.
        namespaces = [os.readlink(own / name) for name in ("pid", "time") if os.path.lexists(own / name)]
    except OSError:
        return ""
    return " ".join((boot, *namespaces, socket.gethostname()))


def _is_hidden(number: int) -> bool:
    """Return whether there is a process that /proc does not show, as it may hide the processes of other users."""
    if os.path.lexists(_PROC / str(number) / "stat"):
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it belongs to another user
        pass
    return True


def _started(number: int) -> str | None:
    """Return when a process started, in ticks since the boot, or None if there is no such process or it has ended."""
    try:
        said = (_PROC / str(number) / "stat").read_text("ascii", "replace")
    except OSError:
        return None
    state, *fields = said.rpartition(")")[2].split()  # the name, in brackets before, may have any characters
    return None if state in _DEAD else fields[18]
