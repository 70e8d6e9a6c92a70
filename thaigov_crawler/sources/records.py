"""Walks over the records of a WARC file, past damaged places."""

from __future__ import annotations

import logging
import mmap
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from thaigov_crawler.sources.addresses import ArticleIdOf
from thaigov_crawler.sources.files import shown
from thaigov_crawler.sources.findings import Findings, one_line
from thaigov_crawler.sources.kinds import Met, met_of
from thaigov_crawler.sources.reading import BLANK_TAIL, SEVERAL, OneStream, RecordReader, is_of_one_stream

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

logger = logging.getLogger(__name__)

GZIP_MEMBER = b"\x1f\x8b\x08"
_PLAIN_RECORD = b"\nWARC/1."
OPEN = ".open"  # how the name of a file ends until the file is closed
# Added to an offset if it counts the bytes within a gzip stream, not those of the file.
IN_STREAM = 1 << 62
# Bytes that are searched at once. The first window is small, because thousands of damaged places may lie close
# together.
_FEW, _WINDOW = 1 << 12, 1 << 20


def present(path: Path) -> Path:
    """Return where the file at `path` is now. If it was being written, it may have been renamed since."""
    return path.with_suffix("") if path.suffix == OPEN and not path.exists() else path


def records(path: Path, findings: Findings, article_id_of: ArticleIdOf) -> Iterator[Met]:
    """Yield the records of a file. `article_id_of` finds the article ID in an address.

    A place that cannot be read is counted and logged. Reading goes on at the next record that can be read. If only the
    body of a record is damaged, the record is yielded, and its visit will fail. Half a record at the end of a file that
    was not closed is not damage: it was never finished.
    """
    path = present(path)
    try:
        start: int | None = 0
        if path.stat().st_size == 0:
            if path.suffix == OPEN:
                findings.unfinished(path, 0)
            else:
                findings.damage(path, 0, "it is empty", None)
            return
        while start is not None:
            start = yield from _run_of_records(path, start, findings, article_id_of)
    except OSError as error:
        findings.damage(path, 0, error.strerror or str(error), None)


class _End(NamedTuple):
    """Where a walk over records ended, and why."""

    offset: int  # in bytes; see IN_STREAM
    problem: str | None = None  # why, in words; None at the end of the file
    damaged: Met | None = None  # the record there, if only its body is damaged
    is_one_stream: bool = False


def _run_of_records(
    path: Path, start: int, findings: Findings, article_id_of: ArticleIdOf
) -> Generator[Met, None, int | None]:
    """Yield the records from byte `start` up to a damaged place. Return the byte to go on at, or None at the end."""
    with open(path, "rb") as file:
        file.seek(start)
        number, end = yield from _walk(file, start, 0, article_id_of)
        if end.is_one_stream and start == 0:
            yield from _records_of_stream(path, number, findings, article_id_of)
            return None
        file.seek(end.offset)
        if ends_blank(file):
            return None
    following = next_record(path, end.offset + 1)
    if following is None and path.suffix == OPEN:
        findings.unfinished(path, end.offset)
        return None
    if end.damaged:
        yield end.damaged
    findings.damage(path, end.offset, end.problem or "what follows is not a WARC record", following)
    return following


def _records_of_stream(
    path: Path, known: int, findings: Findings, article_id_of: ArticleIdOf
) -> Generator[Met, None, None]:
    """Yield the records of a file that is one gzip stream, without the first `known` of them."""
    logger.warning(
        "%s is one gzip stream, not one for each record. That takes longer to read. `warcio recompress %s NEW` helps.",
        *[shown(str(path))] * 2,
    )
    with closing(OneStream(path)) as file:
        _, end = yield from _walk(file, IN_STREAM, known, article_id_of)
    if end.problem and path.suffix == OPEN:
        findings.unfinished(path, path.stat().st_size)
    elif end.problem:
        if end.damaged:
            yield end.damaged
        findings.damage(path, path.stat().st_size, end.problem, None)


def _walk(
    file: BinaryIO | OneStream, start: int, known: int, article_id_of: ArticleIdOf
) -> Generator[Met, None, tuple[int, _End]]:
    """Yield the whole records of an open file, without the first `known` of them.

    `start` is the present position of the file, or IN_STREAM. Return how many records were read, and the end of the
    walk.
    """
    number, offset, base = 0, start, start & IN_STREAM
    with closing(RecordReader(file)) as found:
        try:
            for record in found:
                offset = max(offset, base + found.offset)
                met = met_of(record, offset, article_id_of)
                if problem := read_to_end(found, record):
                    return number, _End(offset, problem, met)
                if number >= known:
                    yield met
                number += 1
                offset = max(offset, base + found.offset)
                if found.is_within_member:
                    return number, _End(offset, SEVERAL, is_one_stream=True)
        except OSError:
            raise
        except Exception as error:  # warcio and zlib raise many kinds of errors for a damaged file
            return number, _End(offset, one_line(error), is_one_stream=is_of_one_stream(error))
    return number, _End(offset)


def ends_blank(file: BinaryIO) -> bool:
    """Return whether only blank lines follow in a file. Look at the next BLANK_TAIL bytes only."""
    return not any(file.read(_FEW).strip(b"\r\n\0 ") for _ in range(BLANK_TAIL // _FEW))


def read_to_end(records: RecordReader, record: ArcWarcRecord) -> str | None:
    """Read a record to its end. Return what is wrong with it, in words, or None."""
    try:
        records.read_to_end()
    except Exception as error:  # warcio and zlib raise many kinds of errors for a damaged file
        return one_line(error)
    # An answer has at least its first line. If the file is cut just before the length, warcio reads no length.
    if record.raw_stream.limit or (record.rec_type == "response" and not record.length):
        return "the record ends too early"
    return "the record is longer than it says" if records.err_count else None


def next_record(path: Path, start: int) -> int | None:
    """Return the byte at which the first readable record from byte `start` on begins, or None."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        # Both kinds are sought in each window. A search for one kind alone could go to the end of the file each time.
        begin, size = start, _FEW
        while begin < len(data):
            end = begin + size
            found = [*_compressed_records(data, begin, end), *_plain_records(data, begin, end)]
            if found:
                return min(found)
            begin, size = end, min(2 * size, _WINDOW)
    return None


def _compressed_records(data: mmap.mmap, begin: int, end: int) -> Iterable[int]:
    """Return, as a list of at most one, where a gzip member with a record begins between two bytes."""
    while (begin := data.find(GZIP_MEMBER, begin, end + len(GZIP_MEMBER) - 1)) >= 0:
        try:
            if zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[begin : begin + 1024], 5) == b"WARC/":
                return [begin]
        except zlib.error:
            pass
        begin += 1
    return []


def _plain_records(data: mmap.mmap, begin: int, end: int) -> Iterable[int]:
    """Return, as a list of at most one, where an uncompressed record begins between two bytes."""
    found = data.find(_PLAIN_RECORD, begin, end + len(_PLAIN_RECORD) - 1)
    return [found + 1] if found >= 0 else []
