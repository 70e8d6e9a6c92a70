"""Files that commands write."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

_PART = 1 << 20  # bytes copied at a time


@contextlib.contextmanager
def output(name: str | None) -> Iterator[IO[bytes]]:
    """Standard output (`name` is None), or a file that takes its name only when it is complete.

    Raises OSError, with the name given as its `filename`.
    """
    if name is None:
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    with _named_in_errors(name):
        target = Path(os.path.realpath(name))
        if _is_special(target):  # a device or a pipe is written to, a folder refuses
            with target.open("wb") as file:
                yield file
            return
        with written_whole(name) as path, path.open("wb") as file:
            yield file


@contextlib.contextmanager
def written_whole(name: str) -> Iterator[Path]:
    """A path to write a file to, which takes its name only when it is complete, with the permissions of a file whose
    place it takes. What else is written beside that path (SQLite does so) is removed.

    Raises OSError, with the name given as its `filename`; also where there is something of that name and no file.
    """
    target = Path(os.path.realpath(name))
    with _named_in_errors(name):
        if _is_special(target):
            what = "a folder: name a file in it" if target.is_dir() else "a device or a pipe: name a file"
            raise OSError(errno.EINVAL, f"is {what}")
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            path = Path(folder) / target.name
            yield path
            with path.open("rb+") as file:
                os.fsync(file.fileno())
            os.chmod(path, stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
            os.replace(path, target)


@contextlib.contextmanager
def _named_in_errors(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        error.filename, error.filename2 = name or "''", None
        raise


def rewritten_without(path: Path, spans: Sequence[tuple[int, int]]) -> None:
    """Write a file anew without some of its bytes: spans of them (first, behind the last), in order. It keeps its
    permissions, and is at any moment the old file or the new one, whole. Raises OSError."""
    kept = zip((0, *(end for _, end in spans)), (*(begin for begin, _ in spans), path.stat().st_size), strict=True)
    with path.open("rb") as old, output(str(path)) as new:
        for begin, end in kept:
            old.seek(begin)
            for at in range(begin, end, _PART):
                new.write(old.read(min(_PART, end - at)))


def _is_special(target: Path) -> bool:
    return target.exists() and not target.is_file()


@contextlib.contextmanager
def folder(name: str) -> Iterator[Path]:
    """A folder to fill, which takes its name only when it is complete.

    Raises OSError, with the name given as its `filename`; at once where there is a file or a folder that is not empty.
    """
    target = Path(os.path.realpath(name))
    with _named_in_errors(name):
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise OSError(errno.EEXIST, "is there already: name a new folder, or an empty one")
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        try:
            yield beside
            os.sync()  # there may be many files: all at once
            beside.chmod(0o777 & ~_umask())
            beside.rename(target)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
