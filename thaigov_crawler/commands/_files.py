"""Files that commands write."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def output(name: str | None) -> Iterator[IO[bytes]]:
    """Standard output (`name` is None), or a file that takes its name only when it is complete.

    Raises OSError, with the name given as its `filename`.
    """
    if name is None:
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    try:
        with _written_whole(Path(os.path.realpath(name))) as file:
            yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        error.filename, error.filename2 = name, None
        raise


@contextlib.contextmanager
def _written_whole(target: Path) -> Iterator[IO[bytes]]:
    if target.exists() and not target.is_file():  # a device or a pipe is written to, a folder refuses
        with target.open("wb") as file:
            yield file
        return
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            os.chmod(file.name, 0o666 & ~_umask())
            os.replace(file.name, target)
        except BaseException:
            os.unlink(file.name)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
