"""The file of an SQLite database: its header, and the files that SQLite keeps beside it."""

from __future__ import annotations

from pathlib import Path

# The "application ID" in the header of a snapshot (see snapshot.py).
SNAPSHOT = 0x74686773
# Endings of the files that SQLite may keep beside the file of a database in use.
BESIDE = ("-wal", "-shm", "-journal")
_LENGTH, _BEGINNING, _APPLICATION_ID = 100, b"SQLite format 3\0", slice(68, 72)


def beside(file: Path) -> list[Path]:
    """Return the files that SQLite may keep beside the file of a database in use. They need not exist."""
    return [Path(f"{file}{ending}") for ending in BESIDE]


def header_of(file: Path) -> bytes:
    """Return the header of a database, or nothing if that is no file of SQLite. Raise OSError if it cannot be read.

    The file is only read. It need not exist.
    """
    if not file.is_file():  # opening a pipe would wait for a writer
        return b""
    with file.open("rb") as opened:
        header = opened.read(_LENGTH)
    return header if header.startswith(_BEGINNING) else b""


def is_snapshot(file: Path) -> bool:
    """Tell by its header whether a file is a snapshot. The file need not exist."""
    try:
        return header_of(file)[_APPLICATION_ID] == SNAPSHOT.to_bytes(4, "big")
    except OSError:
        return False
