"""Chunks: how HTTP sends a body whose length is not known at its beginning. Recorders keep them, undo them, or undo
them and still say that they are there."""

from __future__ import annotations

import re
from typing import Protocol

from thaigov_crawler.errors import DamagedBody
from thaigov_crawler.sources.files import check_size

CHUNK_LINE = 4096  # bytes
_CHUNK = re.compile(rb"[ \t]*([0-9a-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n", re.IGNORECASE)
_CUT_LINE = re.compile(rb"[0-9a-f]{0,16}(?:;[^\r\n]*)?\r?", re.IGNORECASE)
# With what a page begins, as it is or compressed.
_BEGINNING = re.compile(rb"\s*<[!?/A-Za-z]|\xef\xbb\xbf|\x1f\x8b\x08|\x28\xb5\x2f\xfd")
_PIECE = 1 << 16


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...
    def readline(self, size: int, /) -> bytes: ...


def is_chunk_line(line: bytes) -> bool:
    """Return whether a line tells the length of a chunk."""
    return bool(_CHUNK.fullmatch(line))


def begins_with_chunk(body: bytes) -> bool:
    """Return whether a body of which nobody says so is in chunks: its first chunk ends where its length says, or is
    the beginning of a page that is cut before that."""
    line = _CHUNK.match(body[:CHUNK_LINE])
    if not line or not line[0].endswith(b"\r\n"):
        return False
    end = line.end() + int(line[1], 16)
    if end > len(body):
        return bool(_BEGINNING.match(body, line.end(), line.end() + CHUNK_LINE))
    rest = body[end : end + CHUNK_LINE]
    if end == line.end() or (rest and not b"\r\n".startswith(rest[:2])):
        return False
    return bool(_CHUNK.match(rest, 2) or _CUT_LINE.fullmatch(rest, 2))


def dechunked(line: bytes, stream: _Stream, limit: int) -> bytes:
    """Return the body that chunks make. The first one begins with `line`; what follows the last one is not read.

    Raises DamagedBody, and DownloadCancelledError where the body has more than `limit` bytes (0: no limit).
    """
    body = bytearray()
    while found := _CHUNK.fullmatch(line):
        left = int(found[1], 16)
        if not left:
            return bytes(body)
        while left:
            piece = stream.read(min(left, _PIECE))
            if not piece:
                raise DamagedBody("its last chunk is not whole")
            body += piece
            left -= len(piece)
            check_size(body, limit)
        if stream.readline(CHUNK_LINE).strip():
            raise DamagedBody("a chunk is longer than it says")
        line = stream.readline(CHUNK_LINE)
    raise DamagedBody("a chunk begins without its length" if line.strip() else "its last chunk is missing")
