"""Parts of a file, each as if it were a file: the members of a ZIP file, stored or deflated."""

from __future__ import annotations

import zlib
from typing import BinaryIO, NamedTuple

from warcio.exceptions import ArchiveLoadFailed

_BLOCK = 1 << 14  # bytes that the decoder gets at once
_PIECE = 1 << 16  # bytes that it may return at once
_FIRST_SPACING = 1 << 20  # bytes between two points at first
_MOST_POINTS = 64  # the state of a decoder takes about 45 KB


class Window:
    """The bytes `begin` to `begin + size` of a file. `close` closes the file."""

    def __init__(self, file: BinaryIO | Window, begin: int, size: int):
        self._file, self._begin, self._size, self._at = file, begin, size, 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most `size`, or all if it is negative."""
        left = max(0, self._size - self._at)
        self._file.seek(self._begin + self._at)
        data = self._file.read(left if size < 0 else min(size, left))
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a byte, as in a file."""
        self._at = max(0, offset + (0, self._at, self._size)[whence])
        return self._at

    def tell(self) -> int:
        """Return the byte that is read next."""
        return self._at

    def seekable(self) -> bool:
        """Return true. `zipfile` asks for it."""
        return True

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class _Point(NamedTuple):
    """The state of a decoder at a place, from which it can go on."""

    at: int  # bytes of content before it
    packed: int  # bytes of compressed data before it
    decoder: zlib._Decompress


class Inflated:
    """The content of deflated data, as if it were a file.

    To go back, it decodes again from the last of at most _MOST_POINTS points before. It keeps nothing else.
    """

    def __init__(self, file: Window):
        self._file = file
        self._good = 1 << 62  # compressed bytes before the block that cannot be decoded
        self._points = [_Point(0, 0, zlib.decompressobj(-zlib.MAX_WBITS))]
        self._spacing = _FIRST_SPACING
        self._return_to(self._points[0])

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`. Raise ArchiveLoadFailed where the data are broken."""
        pieces = bytearray()
        while len(pieces) < size and not self._decoder.eof:
            try:
                pieces += self._more(min(size - len(pieces), _PIECE))
            except ArchiveLoadFailed:
                if not pieces:
                    raise
                break
        return bytes(pieces)

    def seek(self, offset: int) -> int:
        """Go to a byte of the content, or to its end if that comes first. Raise ArchiveLoadFailed."""
        point = self._point_before(offset)
        if not point.at <= self._at <= offset:
            self._return_to(point)
        while self._at < offset and self.read(min(offset - self._at, _PIECE)):
            pass
        return self._at

    def tell(self) -> int:
        """Return the byte of the content that is read next."""
        return self._at

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _point_before(self, offset: int) -> _Point:
        return max((each for each in self._points if each.at <= offset), key=lambda each: each.at)

    def _return_to(self, point: _Point) -> None:
        self._at, self._decoder, self._rest = point.at, point.decoder.copy(), b""
        self._file.seek(point.packed)

    def _more(self, most: int) -> bytes:
        # A decoder drops what it has decoded of the data in which it finds an error. So it gets a block that cannot be
        # decoded once more, byte by byte.
        data = self._rest or self._file.read(max(1, min(_BLOCK, self._good - self._file.tell())))
        try:
            piece = self._decoder.decompress(data, most)
        except zlib.error as error:
            if len(data) == 1:
                raise ArchiveLoadFailed(f"its deflated data are broken: {error}") from None
            self._good = self._file.tell() - len(data)
            at = self._at
            self._return_to(self._point_before(at))
            self.seek(at)
            return b""
        self._rest = self._decoder.unconsumed_tail
        if not (data or piece):
            raise ArchiveLoadFailed("its deflated data end too early")
        self._at += len(piece)
        self._keep_point()
        return piece

    def _keep_point(self) -> None:
        if self._at >= self._points[-1].at + self._spacing and not self._decoder.eof:
            self._points.append(_Point(self._at, self._file.tell() - len(self._rest), self._decoder.copy()))
            if len(self._points) > _MOST_POINTS:
                self._points, self._spacing = self._points[::2], 2 * self._spacing
