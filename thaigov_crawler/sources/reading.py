"""Reads the records of a WARC file one by one, with warcio's iterator and limits on headers and blank lines."""

from __future__ import annotations

import gzip
import logging
import zlib
from typing import BinaryIO, Protocol, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from thaigov_crawler.sources.frames import File, Frames

# Bytes and lines of the headers of a record, and again of the HTTP headers in it. Servers allow a tenth of that.
MOST_HEADERS = 1 << 18
_MOST_LINES = 1000
# Bytes of blank lines behind a record. The standard has two blank lines.
BLANK_TAIL = 1 << 16
_BEGIN = b"WARC/"
# What is wrong with such a file, in words.
SEVERAL = "several records are in one gzip member: `warcio recompress` mends that"
SEVERAL_IN_FRAME = "several records are in one zstd frame: unpack the file (`zstd -d`)"
# Part of warcio's error for a compressed file without a gzip member for each record.
_ONE_STREAM = "non-chunked gzip"

# It warns of every address with a blank, and quotes the file.
logging.getLogger("warcio.recordloader").setLevel(logging.ERROR)


class _Lines(Protocol):
    def readline(self, length: int | None = None) -> bytes: ...


class _Head:
    """A stream from which headers are read, up to a limit."""

    def __init__(self, stream: _Lines):
        self._stream, self._left, self._lines = stream, MOST_HEADERS, _MOST_LINES

    def readline(self) -> bytes:
        """Return the next line. Raise ArchiveLoadFailed if the headers are over the limit."""
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


class _InFrames:
    """Stands where warcio has a decompressor. It tells warcio that each record is compressed by itself."""

    unused_data = b""

    def flush(self) -> None:
        """Do nothing."""


class _FramesReader(_LimitedReader):
    """Reads a file of zstd frames as warcio reads a file of gzip members."""

    def __init__(self, frames: Frames):
        super().__init__(frames, decomp_type=None)
        self.decompressor = _InFrames()

    def _decompress(self, data: bytes) -> bytes:
        return data

    def rem_length(self) -> int:
        return 0  # the frames themselves say where the next record begins

    def read_next_member(self) -> bool:
        return bool(self.stream.next_record())


class RecordReader(ArchiveIterator):
    """Iterates over the records of an open file, from its present position.

    It differs from warcio's iterator in three ways. It reads zstd frames. It fails if headers or blank lines are longer
    than the limits. It prints nothing: if a record is longer than its length says, only `err_count` grows.
    """

    def __init__(self, file: File | Frames | OneStream):
        super().__init__(file)
        self.reader = _FramesReader(file) if isinstance(file, Frames) else _LimitedReader(self.fh)
        self.loader.warc_parser = _HeadersParser(ArcWarcRecordLoader.WARC_TYPES)
        self.loader.http_parser = _HeadersParser(ArcWarcRecordLoader.HTTP_TYPES, verify=False)
        self.loader.http_req_parser = _HeadersParser(ArcWarcRecordLoader.HTTP_VERBS, verify=False)

    @property
    def several(self) -> str:
        """Return what is wrong if it is within a member, in words."""
        return SEVERAL_IN_FRAME if isinstance(self.reader, _FramesReader) else SEVERAL

    @property
    def is_within_member(self) -> bool:
        """Return whether another record follows in the same gzip member, when a record was read to its end.

        That record has no place of its own in the file. warcio does not always notice this.
        """
        is_packed = self.reader is not None and self.reader.decompressor is not None
        return is_packed and self.next_line is not None and self.next_line.startswith(_BEGIN)

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        """Read the blank lines behind a record. Return the line that follows, and the number of bytes before it."""
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
    """The decompressed content of a file in which several records are compressed as one. It is read from its beginning
    only."""

    def __init__(self, file: File | Frames):
        """Read a file of gzip members, or of zstd frames. `close` does not close the file."""
        self._content = file if isinstance(file, Frames) else gzip.GzipFile(mode="rb", fileobj=cast(BinaryIO, file))
        self._at = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`. Raise ArchiveLoadFailed or OSError."""
        try:
            if isinstance(self._content, gzip.GzipFile):
                data = self._content.read1(size)
            else:
                data = self._content.read(size)
                if not data and self._content.next_record():
                    data = self._content.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ArchiveLoadFailed(f"its gzip stream is damaged: {error}") from error
        self._at += len(data)
        return data

    def tell(self) -> int:
        """Return how many bytes of the content have been read."""
        return self._at


def is_of_one_stream(error: Exception) -> bool:
    """Return whether a reader failed because several records are in one gzip member."""
    return isinstance(error, ArchiveLoadFailed) and _ONE_STREAM in str(error)
