"""WARC files that are compressed with zstd: each record is a frame or more, and a dictionary may stand before them.

The format: https://iipc.github.io/warc-specifications/specifications/warc-zstd/
"""

from __future__ import annotations

import sys
from typing import BinaryIO

from warcio.exceptions import ArchiveLoadFailed

from thaigov_crawler.sources.windows import Inflated, Window

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FRAME = b"\x28\xb5\x2f\xfd"
_DICTIONARY = b"\x5d\x2a\x4d\x18"  # a skippable frame that holds the dictionary
_SKIPPABLE = b"\x2a\x4d\x18"  # the other bytes of the mark of a skippable frame; the first is 50 to 5f
RECORD = b"WARC/"  # how a record begins
_HEAD = 8  # bytes before the data of a skippable frame: its mark and its length
# The specification asks for dictionaries of 8 MiB at most. The window is what the program `zstd` reads by default.
_MOST_DICTIONARY = 1 << 23  # bytes
_LONGEST_WINDOW = 27  # the base-2 logarithm of bytes
# Bytes that a decoder gets at once. It copies those that it does not use, and a frame may have few.
_BLOCK = 1 << 12
_PIECE = 1 << 16  # bytes that it may return at once

File = BinaryIO | Window | Inflated  # an open file, or a part of one


def is_zstd(begin: bytes) -> bool:
    """Return whether a file with these first four bytes is compressed with zstd."""
    return begin in (FRAME, _DICTIONARY)


def dictionary_of(file: File) -> zstd.ZstdDict | None:
    """Return the dictionary that a file begins with, or None. Raise ArchiveLoadFailed if it cannot be read."""
    file.seek(0)
    head = file.read(_HEAD)
    if head[:4] != _DICTIONARY:
        return None
    size = int.from_bytes(head[4:], "little")
    data = file.read(min(size, _MOST_DICTIONARY))
    if size > _MOST_DICTIONARY:
        raise ArchiveLoadFailed(f"its zstd dictionary has more than {_MOST_DICTIONARY:,} bytes")
    if len(data) < size:
        raise ArchiveLoadFailed("its zstd dictionary is not whole")
    try:
        return zstd.ZstdDict(_unpacked(data) if data.startswith(FRAME) else data)
    except (zstd.ZstdError, ValueError) as error:
        raise ArchiveLoadFailed(f"its zstd dictionary is broken: {error}") from None


def _unpacked(data: bytes) -> bytes:
    decoder = _decoder(None)
    content = decoder.decompress(data, _MOST_DICTIONARY + 1)
    if len(content) > _MOST_DICTIONARY or not decoder.eof:
        raise ValueError("it is longer than it may be, or not whole")
    return content


def _decoder(dictionary: zstd.ZstdDict | None) -> zstd.ZstdDecompressor:
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _LONGEST_WINDOW}
    return zstd.ZstdDecompressor(zstd_dict=dictionary, options=options)


class Frames:
    """The content of a file of zstd frames, from the present position of the file on, record by record.

    A record ends where a frame begins with `WARC/` or cannot be read. So a broken frame damages one record only.
    """

    def __init__(self, file: File, dictionary: zstd.ZstdDict | None):
        self._file, self._dictionary = file, dictionary
        self._at = file.tell()  # byte at which the last frame begins that was looked at
        self._rest = b""  # bytes of the file that were read and not used
        self._decoder: zstd.ZstdDecompressor | None = None
        self._content = b""  # content of the record that was decoded and not returned
        self._ahead = b""  # the first content of the next record
        self._failure: ArchiveLoadFailed | None = None  # why the next record cannot be read
        self._is_first, self._is_over = True, False

    def read(self, size: int) -> bytes:
        """Return the next bytes of the record, at most `size`, or b"" at its end. Raise ArchiveLoadFailed."""
        while not self._content and not self._is_over:
            if self._decoder:
                self._content = self._decoded()
            else:
                self._is_over = not self._goes_on()
        data, self._content = self._content[:size], self._content[size:]
        return data

    def next_record(self) -> bool:
        """Go to the next record. Return whether there is one. Raise ArchiveLoadFailed if it cannot be read."""
        while self.read(_PIECE):
            pass
        if self._failure:
            raise self._failure
        self._content, self._ahead = self._ahead, b""
        self._is_over = not self._content
        return not self._is_over

    def tell(self) -> int:
        """Return the byte of the file at which the next record begins, if this one was read to its end."""
        return self._at

    def _goes_on(self) -> bool:
        """Open the next frame. Return whether it belongs to the record."""
        is_first, self._is_first = self._is_first, False
        begin = b""
        try:
            if not self._open_frame():
                return False
            while self._decoder and len(begin) < len(RECORD):
                begin += self._decoded()
        except ArchiveLoadFailed as error:
            if is_first:
                raise
            self._failure = error
            return False
        if begin.startswith(RECORD) and not is_first:
            self._ahead = begin
            return False
        self._content = begin
        return True

    def _open_frame(self) -> bool:
        """Open the next frame with content. Return false at the end of the file. Raise ArchiveLoadFailed."""
        while True:
            self._at = self._file.tell() - len(self._rest)
            if len(self._rest) < _HEAD:
                self._rest += self._file.read(_BLOCK)
            head = self._rest[:_HEAD]
            if head.startswith(FRAME):
                self._decoder = _decoder(self._dictionary)
                return True
            if not head:
                return False
            if head[1:4] != _SKIPPABLE or head[0] & 0xF0 != 0x50:
                raise ArchiveLoadFailed("what stands there is not a zstd frame")
            if head.startswith(_DICTIONARY) and self._at:
                raise ArchiveLoadFailed("another file with a dictionary begins: it must be a file of its own")
            self._skip(head)

    def _skip(self, head: bytes) -> None:
        end = self._at + _HEAD + int.from_bytes(head[4:], "little")
        self._rest = b""
        self._file.seek(end - 1)
        if len(head) < _HEAD or not self._file.read(1):
            raise ArchiveLoadFailed("its last zstd frame is not whole")

    def _decoded(self) -> bytes:
        """Return content of the open frame, perhaps b"". Close the frame at its end. Raise ArchiveLoadFailed."""
        assert self._decoder
        data = b""
        if self._decoder.needs_input:
            data, self._rest = self._rest or self._file.read(_BLOCK), b""
            if not data:
                raise ArchiveLoadFailed("its last zstd frame is not whole")
        try:
            piece = self._decoder.decompress(data, _PIECE)
        except zstd.ZstdError as error:
            raise ArchiveLoadFailed(f"its zstd frame is broken: {error}") from None
        if self._decoder.eof:
            self._rest, self._decoder = self._decoder.unused_data, None
        return piece
