"""Walking over the records of a WARC file, damaged ones too."""

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
OPEN = ".open"  # the end of a file's name until it is closed
# Added to an offset that counts the bytes within a gzip stream, not those of the file.
IN_STREAM = 1 << 62
# Bytes that are searched at once: few at first, as there may be thousands of damaged places close together.
_FEW, _WINDOW = 1 << 12, 1 << 20


def present(path: Path) -> Path:
    """Return where a file is that was at `path`. One that was being written may have been renamed since."""
    return path.with_suffix("") if path.suffix == OPEN and not path.exists() else path


def records(path: Path, findings: Findings, article_id_of: ArticleIdOf) -> Iterator[Met]:
    """Yield the records of a file; `article_id_of` tells whose address one has.

    A place that cannot be read is counted and told. Then the next record behind it that can be read is looked for. A
    record of which only the body is damaged is listed: its visit fails, by its article ID. Half a record at the end of
    a file that was not closed is no damage: it was never finished.
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

    offset: int
    problem: str | None = None  # why, in words; None at the end of the file
    damaged: Met | None = None  # the record there, where only its body is damaged
    is_one_stream: bool = False


def _run_of_records(
    path: Path, start: int, findings: Findings, article_id_of: ArticleIdOf
) -> Generator[Met, None, int | None]:
    """Yield the records from byte `start` up to a place that cannot be read. Return where to go on, if anywhere."""
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
    findings.damage(path, end.offset, end.problem or "what follows is no WARC record", following)
    return following


def _records_of_stream(
    path: Path, known: int, findings: Findings, article_id_of: ArticleIdOf
) -> Generator[Met, None, None]:
    """Yield the records of a file that is one gzip stream. So many of them as `known` says are left out, the first."""
    logger.warning(
        "%s is one gzip stream, not one a record. Reading it takes longer: `warcio recompress %s NEW` mends that.",
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
    """Yield the whole records of an open file, without so many of the first as `known` says. Return how many were read,
    and where and why the walk ended.

    `start` is where the file stands, or IN_STREAM.
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
        except Exception as error:  # warcio and zlib raise many kinds for a damaged file
            return number, _End(offset, one_line(error), is_one_stream=is_of_one_stream(error))
    return number, _End(offset)


def ends_blank(file: BinaryIO) -> bool:
    """Return whether nothing but blank lines follows in a file. Only the next BLANK_TAIL bytes are looked at."""
    return not any(file.read(_FEW).strip(b"\r\n\0 ") for _ in range(BLANK_TAIL // _FEW))


def read_to_end(records: RecordReader, record: ArcWarcRecord) -> str | None:
    """Read a record to its end. Return what is wrong with it, in words; None where nothing is."""
    try:
        records.read_to_end()
    except Exception as error:  # as above
        return one_line(error)
    # An answer has a first line at least: where a file is cut just before the length, that reads as nothing.
    if record.raw_stream.limit or (record.rec_type == "response" and not record.length):
        return "the record ends too early"
    return "the record is longer than it says" if records.err_count else None


def next_record(path: Path, start: int) -> int | None:
    """Return where the first readable record at or behind byte `start` begins; None where there is none."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        # Both kinds are sought side by side: a search for one alone might go to the end of the file each time.
        begin, size = start, _FEW
        while begin < len(data):
            end = begin + size
            found = [*_compressed_records(data, begin, end), *_plain_records(data, begin, end)]
            if found:
                return min(found)
            begin, size = end, min(2 * size, _WINDOW)
    return None


def _compressed_records(data: mmap.mmap, begin: int, end: int) -> Iterable[int]:
    """Return the first gzip member that begins between two bytes and holds a record, if there is one."""
    while (begin := data.find(GZIP_MEMBER, begin, end + len(GZIP_MEMBER) - 1)) >= 0:
        try:
            if zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[begin : begin + 1024], 5) == b"WARC/":
                return [begin]
        except zlib.error:
            pass
        begin += 1
    return []


def _plain_records(data: mmap.mmap, begin: int, end: int) -> Iterable[int]:
    """Return the first record that is not compressed and begins between two bytes, if there is one."""
    found = data.find(_PLAIN_RECORD, begin, end + len(_PLAIN_RECORD) - 1)
    return [found + 1] if found >= 0 else []
