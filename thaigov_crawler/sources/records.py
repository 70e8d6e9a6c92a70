"""Walks over the records of a WARC file, past damaged places."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from warcio.exceptions import ArchiveLoadFailed

from thaigov_crawler.sources.addresses import ArticleIdOf
from thaigov_crawler.sources.files import shown
from thaigov_crawler.sources.findings import Findings, one_line
from thaigov_crawler.sources.frames import FRAME, File
from thaigov_crawler.sources.kinds import Met, met_of
from thaigov_crawler.sources.opening import OpenWarc, WarcFile
from thaigov_crawler.sources.reading import BLANK_TAIL, RecordReader, is_of_one_stream

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

logger = logging.getLogger(__name__)

GZIP_MEMBER = b"\x1f\x8b\x08"
_PLAIN_RECORD = b"\nWARC/1."
# Added to an offset if it counts the bytes within a compressed stream, not those of the file.
IN_STREAM = 1 << 62
# Bytes that are searched at once. The first window is small, because thousands of damaged places may lie close
# together.
_FEW, _WINDOW = 1 << 12, 1 << 20
_LOOKED_AT = 1024  # bytes of a gzip member that show whether it is a record


def records(warc: WarcFile, findings: Findings, article_id_of: ArticleIdOf) -> Iterator[Met]:
    """Yield the records of a file. `article_id_of` finds the article ID in an address.

    A place that cannot be read is counted and logged. Reading goes on at the next record that can be read. If only the
    body of a record is damaged, the record is yielded, and its visit will fail. Half a record at the end of a file that
    was not closed is not damage: it was never finished.
    """
    try:
        if warc.size() == 0:
            if warc.is_open:
                findings.unfinished(warc, 0)
            else:
                findings.damage(warc, 0, "it is empty", None)
            return
        before = findings.damaged
        with closing(warc.open()) as opened:
            start: int | None = 0
            while start is not None:
                start = yield from _run_of_records(warc, opened, start, findings, article_id_of)
        if findings.damaged == before and (problem := warc.problem()):
            findings.broken(warc, f"is damaged: {problem}. Fetch the file again.")
    except OSError as error:
        findings.damage(warc, 0, error.strerror or str(error), None)
    except ArchiveLoadFailed as error:  # of what is around the records: deflated data, the dictionary
        findings.damage(warc, 0, one_line(error), None)


class _End(NamedTuple):
    """Where a walk over records ended, and why."""

    offset: int  # in bytes; see IN_STREAM
    problem: str | None = None  # why, in words; None at the end of the file
    damaged: Met | None = None  # the record there, if only its body is damaged
    is_one_stream: bool = False


def _run_of_records(
    warc: WarcFile, opened: OpenWarc, start: int, findings: Findings, article_id_of: ArticleIdOf
) -> Generator[Met, None, int | None]:
    """Yield the records from byte `start` up to a damaged place. Return the byte to go on at, or None at the end."""
    with closing(opened.records_from(start)) as found:
        number, end = yield from _walk(found, start, 0, article_id_of)
    if end.is_one_stream and start == 0:
        yield from _records_of_stream(warc, opened, number, findings, article_id_of)
        return None
    following = None
    with suppress(ArchiveLoadFailed):  # deflated data cannot be read behind a broken byte
        opened.file.seek(end.offset)
        if ends_blank(opened.file):
            return None
        following = next_record(opened, end.offset + 1)
    if following is None and warc.is_open:
        findings.unfinished(warc, end.offset)
        return None
    if end.damaged:
        yield end.damaged
    findings.damage(warc, end.offset, end.problem or "what follows is not a WARC record", following)
    return following


def _records_of_stream(
    warc: WarcFile, opened: OpenWarc, known: int, findings: Findings, article_id_of: ArticleIdOf
) -> Generator[Met, None, None]:
    """Yield the records of a file that is one compressed stream, without the first `known` of them."""
    _tell_of_stream(warc, opened)
    with closing(RecordReader(opened.stream())) as found:
        _, end = yield from _walk(found, IN_STREAM, known, article_id_of)
    if end.problem and warc.is_open:
        findings.unfinished(warc, warc.size())
    elif end.problem:
        if end.damaged:
            yield end.damaged
        findings.damage(warc, warc.size(), end.problem, None)


def _tell_of_stream(warc: WarcFile, opened: OpenWarc) -> None:
    name = shown(str(warc))
    if opened.is_zstd:
        logger.warning("%s has several records in one zstd frame. That takes longer to read.", name)
    else:
        logger.warning(
            "%s is one gzip stream, not one for each record. That takes longer to read. `warcio recompress %s NEW` "
            "helps.",
            *[name] * 2,
        )


def _walk(
    found: RecordReader, start: int, known: int, article_id_of: ArticleIdOf
) -> Generator[Met, None, tuple[int, _End]]:
    """Yield the whole records of a reader, without the first `known` of them.

    `start` is where the reader begins, or IN_STREAM. Return how many records were read, and the end of the walk.
    """
    number, offset, base = 0, start, start & IN_STREAM
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
                return number, _End(offset, found.several, is_one_stream=True)
    except OSError:
        raise
    except Exception as error:  # warcio and zlib raise many kinds of errors for a damaged file
        return number, _End(offset, one_line(error), is_one_stream=is_of_one_stream(error))
    return number, _End(offset)


def ends_blank(file: File) -> bool:
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


def next_record(warc: OpenWarc, start: int) -> int | None:
    """Return the byte at which the first readable record from byte `start` on begins, or None."""
    # All kinds are sought in each window. A search for one kind alone could go to the end of the file each time.
    begin, size = start, _FEW
    while True:
        warc.file.seek(begin)
        data = warc.file.read(size + _LOOKED_AT)
        if not data:
            return None
        if warc.is_zstd:
            found = [*_framed_records(warc, data, begin, size)]
        else:
            found = [*_compressed_records(data, size), *_plain_records(data, size)]
        if found:
            return begin + min(found)
        begin, size = begin + size, min(2 * size, _WINDOW)


def _compressed_records(data: bytes, size: int) -> Iterable[int]:
    """Return, as a list of at most one, where in the first `size` bytes a gzip member with a record begins."""
    begin = 0
    while (begin := data.find(GZIP_MEMBER, begin, size + len(GZIP_MEMBER) - 1)) >= 0:
        try:
            if zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[begin : begin + _LOOKED_AT], 5) == b"WARC/":
                return [begin]
        except zlib.error:
            pass
        begin += 1
    return []


def _plain_records(data: bytes, size: int) -> Iterable[int]:
    """Return, as a list of at most one, where in the first `size` bytes an uncompressed record begins."""
    found = data.find(_PLAIN_RECORD, 0, size + len(_PLAIN_RECORD) - 1)
    return [found + 1] if found >= 0 else []


def _framed_records(warc: OpenWarc, data: bytes, begin: int, size: int) -> Iterable[int]:
    """Return, as a list of at most one, where in the first `size` bytes a zstd frame with a record begins.

    `begin` is where the bytes stand in the file. A frame may have to be read far to tell, so read it in the file.
    """
    found = -1
    while (found := data.find(FRAME, found + 1, size + len(FRAME) - 1)) >= 0:
        if warc.is_frame_of_record(begin + found):
            return [found]
    return []
