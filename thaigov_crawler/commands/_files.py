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

from scrapy.exceptions import UsageError

from thaigov_crawler.store.sqlite_file import beside

_PART = 1 << 20  # bytes copied at a time


@contextlib.contextmanager
def output(name: str | None) -> Iterator[IO[bytes]]:
    """Open standard output (`name` is None), or a file that gets its name only when it is complete.

    Raise OSError if it cannot be written. Its `filename` is `name`.
    """
    if name is None:
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    with _named_in_errors(name):
        target = Path(os.path.realpath(name))
        if _is_special(target):  # write to a device or a pipe; for a folder, `open` raises the error
            with target.open("wb") as file:
                yield file
            return
        with written_whole(name) as path, path.open("wb") as file:
            yield file


@contextlib.contextmanager
def written_whole(name: str) -> Iterator[Path]:
    """Give a path for a new file. The file gets its name only when it is complete.

    If it replaces a file, it gets the permissions of that file. Other files that are written beside the path, as SQLite
    does, are removed. Raise OSError, with `name` as its `filename`, if the file cannot be written, or if the name
    belongs to something that is not a file.
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


def nothing_beside(name: str) -> None:
    """Raise UsageError if SQLite would read files left by another database as changes of a new one with this name."""
    if left := [str(file) for file in beside(Path(os.path.realpath(name))) if file.exists()]:
        why = "is in use, or was left by a program that was killed"
        raise UsageError(f"{name} {why}: name another file, or remove {' and '.join(left)}")


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
    """Rewrite a file without some of its bytes. Raise OSError if that fails.

    `spans` are the positions of these bytes, in order: the first one, and the one behind the last. The file keeps its
    permissions. At every moment it is either the complete old file or the complete new one.
    """
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
    """Give an empty folder to fill. It gets its name only when it is complete.

    Raise OSError, with `name` as its `filename`, if it cannot be written. Raise it at once if a file, or a folder that
    is not empty, has this name.
    """
    target = Path(os.path.realpath(name))
    with _named_in_errors(name):
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise OSError(errno.EEXIST, "exists already: name a new folder, or an empty one")
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        try:
            yield beside
            os.sync()  # for all files at once, as there may be many
            beside.chmod(0o777 & ~_umask())
            beside.rename(target)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
