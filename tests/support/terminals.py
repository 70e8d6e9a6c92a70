"""Commands on a real pseudo-terminal."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import struct
import termios
from typing import Any

from tests.support.commands import environment, started

ALL = ("stdin", "stdout", "stderr")


def on_a_terminal(
    *arguments: str, columns: int = 120, streams: tuple[str, ...] = ALL, env: dict[str, str] | None = None, **files: Any
) -> tuple[int, str]:
    """Run `scrapy …`, some of its standard streams on a terminal of so many columns; status, and all that came there.

    `files` are further options of `started`, as for the other streams.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    env = {**environment(), "TERM": "xterm", **(env or {})}
    del env["COLUMNS"]
    files |= dict.fromkeys(streams, theirs)
    with started(*arguments, env=env, **files) as process:
        os.close(theirs)
        said = b""
        with contextlib.suppress(OSError):  # so Linux tells that the other end is closed
            while part := os.read(ours, 65536):
                said += part
        status = process.wait()
    os.close(ours)
    return status, said.decode("utf-8", "replace").replace("\r\n", "\n")
