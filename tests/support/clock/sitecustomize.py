"""Another clock, and another name of the machine, for a process that starts with this folder in PYTHONPATH.

Python imports this module before all others. These variables are for it:

- CLOCK names a file with the time, an ISO datetime with offset. The time stands still until the file changes.
- AHEAD says by how many seconds the clock is ahead of the true time.
- NODE is the hostname.

`datetime`, `date.today` and `time.time` give the time of that clock. Timers are not changed.
"""

from __future__ import annotations

import datetime
import os
import socket
import time
from pathlib import Path

_REAL, _TIME, _HOSTNAME = datetime.datetime, time.time, socket.gethostname


def _seconds() -> float:
    if file := os.environ.get("CLOCK"):
        return _REAL.fromisoformat(Path(file).read_text()).timestamp()
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
time.time = _seconds  # `date.today` asks it too
socket.gethostname = lambda: os.environ.get("NODE") or _HOSTNAME()
