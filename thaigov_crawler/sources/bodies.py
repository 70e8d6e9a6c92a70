"""Decodes the body of an answer, and tells whether it is whole. All sources use this module.

The first bytes of a body tell how it is coded. The header `Content-Encoding` is often wrong: recorders store pages
decoded and keep the header, some servers compress without the header, and an answer without a body may have it, too.
"""

from __future__ import annotations

import re
import sys
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Callable, Generator, Iterable, Iterator
from io import BytesIO

import brotli
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Headers

from thaigov_crawler.errors import DamagedBody
from thaigov_crawler.sources.chunks import CHUNK_LINE, begins_with_chunk, dechunked
from thaigov_crawler.sources.files import check_size

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# Bytes that a decoder gets at once. It copies the bytes that it does not use, and a body may have thousands of members.
_BLOCK = 1 << 12
# Bytes that a decoder may return at once, so that the size limit is noticed early.
_PIECE = 1 << 16
# Codings of one body, and members of a compressed body. No real server makes more, and each costs time.
_MOST_CODINGS = 4
_MOST_MEMBERS = 10_000

_GZIP = b"\x1f\x8b\x08"
_PADDING = re.compile(rb"\0*")
_ZSTD = b"\x28\xb5\x2f\xfd"
_SKIPPED = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")  # a frame of zstd without data of the page
_TOO_MANY = f"its compressed page has {_MOST_MEMBERS:,} members"
_CUT = "its compressed page ends too early"

# The first bytes of a body. They show whether it is text.
_HEAD = 512
# Fewer compressed bytes than these may look like text: an empty body is `;` in Brotli.
_FEW = 16
_UTF16 = (BOM_UTF16_LE, BOM_UTF16_BE)
_MARKUP = re.compile(rb"\s*<[!?/A-Za-z]")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_UTF8 = getincrementaldecoder("utf-8")

_RANGE = re.compile(r"bytes\s+(\d{1,15})-(\d{1,15})/(\d{1,15})", re.IGNORECASE | re.ASCII)

# Yields decompressed bytes; returns the offset in the body at which the compressed data end.
_Pieces = Generator[bytes, None, int]


def whole_page(status: int, headers: Headers, body: bytes, limit: int) -> bytes:
    """Return the page that an answer holds: its body without content codings.

    Raise DamagedBody if the page is not whole, and DownloadCancelledError if it has more than `limit` bytes (0: no
    limit). If the status is not one of success (2xx), return an empty body instead, because the status alone decides
    the outcome.
    """
    try:
        content_range = (headers.get("Content-Range") or b"").decode("latin-1")
        if is_part(str(status), content_range) or _is_less(body, content_range):
            raise DamagedBody(
                f"it holds a part of the page (HTTP status {status}, Content-Range: {content_range or 'none'})"
            )
        if begins_with_chunk(body):
            stream = BytesIO(body)
            body = dechunked(stream.readline(CHUNK_LINE), stream, limit)
        return decoded(body, (value.decode("latin-1") for value in headers.getlist("Content-Encoding")), limit)
    except (DamagedBody, DownloadCancelledError):
        if 200 <= status < 300:
            raise
        return b""


def decoded(body: bytes, codings: Iterable[str], limit: int) -> bytes:
    """Return the body without its content codings.

    `codings` are the values of the header `Content-Encoding`, in order. If the body is not in a declared coding, that
    coding is ignored. If the body is in another coding than the declared one, that other coding is undone. All members
    of a compressed body are read. What follows its end is dropped.

    Raise DamagedBody if the data end too early, are broken or have an unknown coding. Raise DownloadCancelledError if
    they decompress to more than `limit` bytes (0: no limit).
    """
    declared = [coding for value in codings for each in value.split(",") if (coding := each.strip().lower())]
    if len(declared) > _MOST_CODINGS:
        raise DamagedBody(f"its page is said to have {len(declared)} codings")
    for coding in reversed(declared):
        body = _without(coding, body, limit)
    return _without(None, body, limit)


def _without(coding: str | None, body: bytes, limit: int) -> bytes:
    """Undo one coding: the one that the first bytes of the body show, else the declared one, if any."""
    # Some servers send a byte order mark or a line break before the compressed data.
    data = body.removeprefix(BOM_UTF8).lstrip(b"\r\n")
    if data.startswith(_GZIP):
        return _gathered(_gunzip(data), limit)
    if data.startswith(_ZSTD) or _SKIPPED.match(data):
        return _gathered(_unzstd(data), limit)
    is_text = _is_text(body)
    if is_text and not (coding in _WITHOUT_MARK and len(body) < _FEW):
        return body
    problem = None
    for name in sorted(_WITHOUT_MARK, key=lambda each: each != coding):
        try:
            page = _gathered(_WITHOUT_MARK[name](body), limit)
        except DamagedBody as error:
            problem = problem or error
            continue
        # An undeclared coding is only believed if it gives a page: random bytes may begin like valid compressed data.
        if name == coding or (_MARKUP.match(page.removeprefix(BOM_UTF8)) and _is_text(page)):
            return page
    if is_text or coding in (None, "identity"):
        return body
    if coding in _WITHOUT_MARK and problem:
        raise problem
    known = "no" if coding in CODINGS else "in a coding that is not known,"
    raise DamagedBody(f"its page is {known} {coding} data")


def is_part(status: str, content_range: str) -> bool:
    """Return whether an answer is a part of a page: it has status 206, and `Content-Range` is not the whole page."""
    return status == "206" and not _is_whole(content_range)


def _is_whole(content_range: str) -> bool:
    found = _RANGE.fullmatch(content_range.strip())
    return found is not None and int(found[1]) == 0 and int(found[2]) + 1 == int(found[3])


def _is_less(body: bytes, content_range: str) -> bool:
    """Return whether the size of a body shows that it is a part of a page. Some caches send parts with status 200.

    The body is shorter than the whole that `content_range` declares, or exactly as long as the part that it declares.
    """
    found = _RANGE.fullmatch(content_range.strip())
    if not found:
        return False
    first, last, size = map(int, found.groups())
    return len(body) < size if _is_whole(content_range) else len(body) == last - first + 1 < size


def _is_text(body: bytes) -> bool:
    """Return whether a body begins like text. Compressed data have control characters, or are not UTF-8."""
    if body.startswith(_UTF16):
        return True
    head = body[:_HEAD].removeprefix(BOM_UTF8).replace(b"\0", b"")
    if _MARKUP.match(head):
        return not _CONTROL.search(head[:32])
    try:
        _UTF8().decode(head)
    except UnicodeDecodeError:
        return False
    return not _CONTROL.search(head)


def _gathered(pieces: Iterable[bytes], limit: int) -> bytes:
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        check_size(gathered, limit)
    return bytes(gathered)


def _gunzip(body: bytes) -> Iterator[bytes]:
    """Yield the content of all gzip members. Zero bytes may stand between them. Raise DamagedBody."""
    end = 0
    for _ in range(_MOST_MEMBERS):
        if not _is_mark(body[end : end + len(_GZIP)], _GZIP):
            return
        end = yield from _inflated(body, end, zlib.MAX_WBITS | 16)
        padding = _PADDING.match(body, end)
        end = padding.end() if padding else end
    raise DamagedBody(_TOO_MANY)


def _unzstd(body: bytes) -> Iterator[bytes]:
    """Yield the content of all zstd frames. Raise DamagedBody."""
    end = 0
    for _ in range(_MOST_MEMBERS):
        if not (_SKIPPED.match(body, end) or _is_mark(body[end : end + len(_ZSTD)], _ZSTD)):
            return
        end = yield from _unframed(body, end)
    raise DamagedBody(_TOO_MANY)


def _is_mark(begin: bytes, mark: bytes) -> bool:
    """Return whether `begin` is the mark of another member, or its first bytes, if the data were cut there."""
    return bool(begin) and mark.startswith(begin)


def _inflate(body: bytes) -> Iterator[bytes]:
    """Yield the content of deflate data. The standard wraps it in zlib; some servers send it bare. Both are read."""
    try:
        zlib.decompressobj().decompress(body[:_BLOCK], _PIECE)
    except zlib.error:
        yield from _inflated(body, 0, -zlib.MAX_WBITS)
    else:
        yield from _inflated(body, 0, zlib.MAX_WBITS)


def _inflated(body: bytes, start: int, wbits: int) -> _Pieces:
    """Yield the content of the zlib stream that begins at `start`, and return where it ends. Raise DamagedBody."""
    reader = zlib.decompressobj(wbits)
    for begin in range(start, len(body), _BLOCK):
        rest = block = body[begin : begin + _BLOCK]
        while True:
            try:
                piece = reader.decompress(rest, _PIECE)
            except zlib.error as error:
                raise DamagedBody(f"its compressed page is broken: {error}") from None
            yield piece
            if reader.eof:
                return begin + len(block) - len(reader.unused_data)
            rest = reader.unconsumed_tail
            if not rest and len(piece) < _PIECE:
                break
    raise DamagedBody(_CUT)


def _unframed(body: bytes, start: int) -> _Pieces:
    """Yield the content of the zstd frame that begins at `start`, and return where it ends. Raise DamagedBody."""
    reader = zstd.ZstdDecompressor()
    for begin in range(start, len(body), _BLOCK):
        rest = block = body[begin : begin + _BLOCK]
        while True:
            try:
                piece = reader.decompress(rest, _PIECE)
            except zstd.ZstdError as error:
                raise DamagedBody(f"its compressed page is broken: {error}") from None
            yield piece
            if reader.eof:
                return begin + len(block) - len(reader.unused_data)
            if reader.needs_input:
                break
            rest = b""
    raise DamagedBody(_CUT)


def _unbrotli(body: bytes) -> Iterator[bytes]:
    """Yield the content of Brotli data. Raise DamagedBody.

    If other bytes follow the data, the decoder fails and does not say where the data ended. Then the last block is read
    once more, byte by byte.
    """
    reader = brotli.Decompressor()
    for begin in range(0, len(body), _BLOCK):
        try:
            yield from _unpacked(reader, body[begin : begin + _BLOCK])
        except brotli.error:
            yield from _last_of_brotli(body, begin)
            return
        if reader.is_finished():
            return
    raise DamagedBody(_CUT)


def _last_of_brotli(body: bytes, begin: int) -> Iterator[bytes]:
    """Yield the content of the block at `begin`, up to the end of the data.

    Raise DamagedBody if they do not end there.
    """
    reader = brotli.Decompressor()
    for each in range(0, begin, _BLOCK):
        for _ in _unpacked(reader, body[each : each + _BLOCK]):
            pass
    try:
        for each in range(begin, begin + _BLOCK):
            yield from _unpacked(reader, body[each : each + 1])
            if reader.is_finished():
                return
    except brotli.error:
        raise DamagedBody("its compressed page is broken: it is not Brotli data") from None
    raise DamagedBody(_CUT)


def _unpacked(reader: brotli.Decompressor, block: bytes) -> Iterator[bytes]:
    piece = reader.process(block, output_buffer_limit=_PIECE)
    yield piece
    # The decoder may have read the whole block and still hold output.
    while not reader.is_finished() and (piece or not reader.can_accept_more_data()):
        piece = reader.process(b"", output_buffer_limit=_PIECE)
        yield piece


# Codings whose data do not begin with a mark.
_WITHOUT_MARK: dict[str, Callable[[bytes], Iterator[bytes]]] = {"deflate": _inflate, "br": _unbrotli}
# All codings that are read.
CODINGS = frozenset(("gzip", "x-gzip", "zstd", *_WITHOUT_MARK))
