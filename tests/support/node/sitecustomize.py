"""Another machine for a process that starts with this folder in PYTHONPATH. Python imports this module before all others.

The variable NODE is its hostname, and AHEAD says by how many seconds its clock is ahead of the true time. Timers are
not changed.
"""

from __future__ import annotations

import datetime
import os
import socket
import time

_REAL, _TIME, _HOSTNAME = datetime.datetime, time.time, socket.gethostname


def _seconds() -> float:
    return _TIME() + float(os.environ.get("AHEAD", "0"))


class _Datetime(_REAL):
    __slots__ = ()  # otherwise its instances have another size, of which libraries in C warn

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
        return cls.fromtimestamp(_seconds(), tz)

    @classmethod
    def utcnow(cls) -> datetime.datetime:
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)


datetime.datetime = _Datetime
time.time = _seconds
socket.gethostname = lambda: os.environ.get("NODE") or _HOSTNAME()
