"""Reading the records of a WARC file one by one: warcio's iterator, with limits on what headers may cost."""

from __future__ import annotations

import gzip
import logging
import zlib
from pathlib import Path
from typing import BinaryIO, Protocol

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

# Bytes and lines of the headers of a record, and of those of the answer in it. Servers allow a tenth of that.
MOST_HEADERS = 1 << 18
_MOST_LINES = 1000
# Bytes of blank lines behind a record; two lines are enough.
BLANK_TAIL = 1 << 16
_BEGIN = b"WARC/"
# What warcio says of a compressed file whose records are no gzip members of their own.
_ONE_STREAM = "non-chunked gzip"

# It says of every address with a blank that it has one, in the words of the file.
logging.getLogger("warcio.recordloader").setLevel(logging.ERROR)


class _Lines(Protocol):
    def readline(self, length: int | None = None) -> bytes: ...


class _Head:
    """A stream of which headers are read, up to a limit."""

    def __init__(self, stream: _Lines):
        self._stream, self._left, self._lines = stream, MOST_HEADERS, _MOST_LINES

    def readline(self) -> bytes:
        """Return the next line. Raises ArchiveLoadFailed."""
        line = self._stream.readline(self._left + 1)
        self._left -= len(line)
        self._lines -= 1
        if self._left < 0 or self._lines < 0:
            raise ArchiveLoadFailed(f"headers of more than {MOST_HEADERS:,} bytes or {_MOST_LINES:,} lines")
        return line


class _HeadersParser(StatusAndHeadersParser):
    def parse(self, stream: _Lines, full_statusline: bytes | None = None) -> StatusAndHeaders:
        return super().parse(_Head(stream), full_statusline)


class _LimitedReader(DecompressingBufferedReader):
    def readline(self, length: int | None = None) -> bytes:
        return super().readline(min(length or MOST_HEADERS, MOST_HEADERS))


class RecordReader(ArchiveIterator):
    """Iterates over the records of an open file, from where it stands.

    Unlike warcio's own it gives up on headers, and on blank lines, that have no end, and prints nothing of what it
    meets: `err_count` says that a record was longer than its length.
    """

    def __init__(self, file: BinaryIO | OneStream):
        super().__init__(file)
        self.reader = _LimitedReader(self.fh)
        self.loader.warc_parser = _HeadersParser(ArcWarcRecordLoader.WARC_TYPES)
        self.loader.http_parser = _HeadersParser(ArcWarcRecordLoader.HTTP_TYPES, verify=False)
        self.loader.http_req_parser = _HeadersParser(ArcWarcRecordLoader.HTTP_VERBS, verify=False)

    @property
    def is_within_member(self) -> bool:
        """Whether another record follows in the gzip member of the one that was read to its end. It has no
        place of its own in the file then, and warcio does not always notice."""
        is_packed = self.reader is not None and self.reader.decompressor is not None
        return is_packed and self.next_line is not None and self.next_line.startswith(_BEGIN)

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        """Read the blank lines behind a record; return the line that follows, and how many bytes came before it."""
        size, rest = 0, 0
        while line := self.reader.readline():
            is_blank = not line.strip()
            if size and not is_blank:
                return line, size
            if not is_blank:
                self.err_count += 1
                rest = len(line)
            size += len(line)
            if size - rest > BLANK_TAIL:
                raise ArchiveLoadFailed("nothing but blank lines follows")
        return None, size


class OneStream:
    """A file that is a single gzip stream, or several of them, as the bytes that it holds. To be read from its
    beginning only."""

    def __init__(self, path: Path):
        self._file = gzip.open(path)  # noqa: SIM115  # `close` closes it

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes. Raises ArchiveLoadFailed, OSError."""
        try:
            return self._file.read1(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ArchiveLoadFailed(f"its gzip stream is damaged: {error}") from error

    def tell(self) -> int:
        """Return how many bytes of its content have been read."""
        return self._file.tell()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


# In words.
SEVERAL = "several records are in one gzip member: `warcio recompress` mends that"


def is_of_one_stream(error: Exception) -> bool:
    """Return whether a reader has failed as several records are in one gzip member."""
    return isinstance(error, ArchiveLoadFailed) and _ONE_STREAM in str(error)
