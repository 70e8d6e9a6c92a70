"""Another clock for a process that starts with this folder in PYTHONPATH. Python imports this module before all others.

The variable CLOCK names a file with the time, an ISO datetime with offset. The time stands still until the file changes.
`datetime`, `date.today` and `time.time` give this time. Timers are not changed.
"""

from __future__ import annotations

import datetime
import os
import time
from pathlib import Path

_REAL = datetime.datetime


def _seconds() -> float:
    return _REAL.fromisoformat(Path(os.environ["CLOCK"]).read_text()).timestamp()


class _Datetime(_REAL):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
        return cls.fromtimestamp(_seconds(), tz)

    @classmethod
    def utcnow(cls) -> datetime.datetime:
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)


datetime.datetime = _Datetime
time.time = _seconds  # `date.today` asks it too
