"""Opens WARC files: files of their own, or members of a WACZ, with records that are plain or compressed."""

from __future__ import annotations

import zlib
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from warcio.exceptions import ArchiveLoadFailed

from thaigov_crawler.sources.frames import RECORD, File, Frames, dictionary_of, is_zstd
from thaigov_crawler.sources.reading import OneStream, RecordReader
from thaigov_crawler.sources.windows import Inflated, Window

OPEN = ".open"  # how the name of a file ends until the file is closed
# Places in a zstd file that look like the beginning of a record and are none. Each costs time to try.
_MOST_TRIES = 1000
_PIECE = 1 << 16


def present(path: Path) -> Path:
    """Return where the file at `path` is now. If it was being written, it may have been renamed since."""
    return path.with_suffix("") if path.suffix == OPEN and not path.exists() else path


@dataclass(frozen=True)
class Member:
    """A member of a ZIP file."""

    name: str
    begin: int  # byte of the ZIP file at which its data begin
    packed: int  # bytes of its data
    size: int  # bytes of its content
    checksum: int  # CRC-32 of its content
    is_deflated: bool


@dataclass(frozen=True)
class WarcFile:
    """A WARC file: a file of its own, or a member of the WACZ at `path`. As a text it is its name."""

    path: Path
    member: Member | None = None

    def __str__(self) -> str:
        return f"{self.path}#{self.member.name}" if self.member else str(self.path)

    @property
    def is_open(self) -> bool:
        """Return whether the file is being written, or was never closed. Then its last record may be half there."""
        return self.path.suffix == OPEN and self.member is None

    def size(self) -> int:
        """Return its length in bytes. Raise OSError."""
        return self.member.size if self.member else present(self.path).stat().st_size

    def open(self) -> OpenWarc:
        """Open it. Raise OSError, or what reading deflated data raises."""
        file = open(present(self.path), "rb")  # noqa: SIM115  # OpenWarc closes it
        try:
            return OpenWarc(_content_of(file, self.member) if self.member else file)
        except BaseException:
            file.close()
            raise

    def problem(self) -> str | None:
        """Read a member to its end. Return what is wrong with it as a whole, in words, or None. Raise OSError."""
        if self.member is None:
            return None
        size, checksum = 0, 0
        with closing(self.open()) as warc:
            warc.file.seek(0)
            try:
                while piece := warc.file.read(_PIECE):
                    size, checksum = size + len(piece), zlib.crc32(piece, checksum)
            except ArchiveLoadFailed as error:
                return str(error)
        is_whole = (size, checksum) == (self.member.size, self.member.checksum)
        return None if is_whole else "its checksum in the WACZ is that of other data"


def _content_of(file: BinaryIO, member: Member) -> File:
    window = Window(file, member.begin, member.packed)
    return Inflated(window) if member.is_deflated else window


class OpenWarc:
    """An open WARC file, whose records are plain, in gzip members or in zstd frames. `file` holds its bytes."""

    def __init__(self, file: File):
        self.file = file
        self.is_zstd = is_zstd(file.read(4))
        self._dictionary = dictionary_of(file) if self.is_zstd else None
        self._tries = _MOST_TRIES

    def records_from(self, offset: int) -> RecordReader:
        """Return a reader of the records from a byte on, at which one begins."""
        self.file.seek(offset)
        return RecordReader(Frames(self.file, self._dictionary) if self.is_zstd else self.file)

    def stream(self) -> OneStream:
        """Return the decompressed content of the file, from its beginning on."""
        self.file.seek(0)
        return OneStream(Frames(self.file, self._dictionary) if self.is_zstd else self.file)

    def is_frame_of_record(self, offset: int) -> bool:
        """Return whether a zstd frame at a byte begins a record. After _MOST_TRIES that did not, return false."""
        if self._tries:
            self.file.seek(offset)
            with suppress(ArchiveLoadFailed):
                if Frames(self.file, self._dictionary).read(len(RECORD)) == RECORD:
                    return True
            self._tries -= 1
        return False

    def close(self) -> None:
        """Close the file."""
        self.file.close()
