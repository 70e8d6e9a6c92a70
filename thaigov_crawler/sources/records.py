"""Walking over the records of a WARC file, damaged ones too."""

from __future__ import annotations

import logging
import mmap
import re
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataException
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders

from thaigov_crawler.errors import CrawlerError
from thaigov_crawler.sources.addresses import ArticleIdOf, joined

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

logger = logging.getLogger(__name__)

# How much of what stands behind the last record is looked at; blank lines there are harmless.
BLANK_TAIL = 1 << 16
GZIP_MEMBER = b"\x1f\x8b\x08"
_HTML_TYPES = ("text/html", "application/xhtml+xml")
OPEN = ".open"  # the end of a file's name until it is closed
# Where a web archive replays, as in https://web.archive.org/web/20250101000000id_/; the original address follows.
_REPLAY = re.compile(r"^[^?#]*?/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)")


Count = Callable[[str], None]  # is told what was met: `damaged`, `unfinished`


def one_line(error: Exception) -> str:
    """What is wrong with a record, in words. warcio stumbles over rubbish with errors of its own code."""
    known = isinstance(error, (ArchiveLoadFailed, ChunkedDataException, CrawlerError, OSError, zlib.error))
    return (known and " ".join(str(error).split())[:200]) or "what stands there is no WARC record"


def answer_of(record: ArcWarcRecord) -> StatusAndHeaders | None:
    """Status and headers of the answer that a response record holds.

    Of a conversion (a page as a browser rendered it) they are what the record's own headers say of them. A
    redirect that was copied from a web archive points where the original did, not into the archive.
    """
    own = record.rec_headers.get_header
    if record.rec_type == "conversion":
        headers = [("Content-Type", own("Content-Type") or "unknown")]
        return StatusAndHeaders(own("X-HTTP-Status") or "200", headers, protocol="HTTP/1.1")
    answer = record.http_headers
    location = answer and answer.get_header("Location")
    if location and own("WARC-Source-URI"):
        answer.replace_header("Location", _REPLAY.sub("", location))
    return answer


def _classify(record: ArcWarcRecord, article_id_of: ArticleIdOf) -> tuple[str, int | None]:
    """Why a record is no visit, or the article ID that it is a visit of.

    Kinds: `other_record` (warcinfo, request, metadata …), `revisit` and `not_modified` (no page of their own),
    `other_address`, `redirect` (to another address of the same article), `not_html`. An answer other than
    2xx is a visit whatever its type.
    """
    if record.rec_type not in ("response", "conversion"):
        return ("revisit" if record.rec_type == "revisit" else "other_record"), None
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    article_id, answer = article_id_of(address), answer_of(record)
    if article_id is None or answer is None:
        return "other_address", None
    status = answer.get_statuscode() or ""
    if status == "304":
        return "not_modified", None
    if status.startswith("3") and article_id_of(joined(address, answer.get_header("Location"))) == article_id:
        return "redirect", None
    content_type = (answer.get_header("Content-Type") or _HTML_TYPES[0]).lower()
    if status.startswith("2") and not content_type.strip().startswith(_HTML_TYPES):
        return "not_html", None
    return "visit", article_id


def present(path: Path) -> Path:
    """Where a file is that was at `path`: one that was being written may have been closed since."""
    return path.with_suffix("") if path.suffix == OPEN and not path.exists() else path


def records(path: Path, count: Count, article_id_of: ArticleIdOf) -> Iterator[tuple[int, str, int | None]]:
    """Offset and class (see `_classify`) of each record of a file; `article_id_of` tells whose address one has.

    A place that cannot be read is logged and counted, and the next record that can be is sought behind
    it. A record that is only damaged in its body is listed: reading it will fail by its article ID.
    What stands at the end of a file that was not closed is no damage: that record was never finished.
    """
    path = present(path)
    try:
        start: int | None = 0
        if path.stat().st_size == 0:
            if path.suffix == OPEN:
                _report_unfinished(count, path, 0)
            else:
                _report(count, path, 0, "it is empty", None)
            return
        while start is not None:
            start = yield from _run_of_records(path, start, count, article_id_of)
    except OSError as error:
        _report(count, path, 0, error.strerror or str(error), None)


def _run_of_records(
    path: Path, start: int, count: Count, article_id_of: ArticleIdOf
) -> Generator[tuple[int, str, int | None], None, int | None]:
    """The records from byte `start` up to a place that cannot be read; returns where to go on, if anywhere."""
    offset, problem, damaged = start, None, None
    with open(path, "rb") as file:
        file.seek(start)
        with closing(ArchiveIterator(file)) as found:
            try:
                for record in found:
                    offset, kind = max(offset, found.offset), _classify(record, article_id_of)
                    if problem := read_to_end(found, record):
                        damaged = kind
                        break
                    yield offset, *kind
                    offset = max(offset, found.offset)
            except OSError:
                raise
            except Exception as error:  # warcio and zlib raise many kinds for a damaged file
                problem = one_line(error)
        file.seek(offset)
        if not file.read(BLANK_TAIL).strip(b"\r\n\0 "):
            return None
    following = next_record(path, offset + 1)
    if following is None and path.suffix == OPEN:
        _report_unfinished(count, path, offset)
        return None
    if damaged:
        yield offset, *damaged
    _report(count, path, offset, problem or "what follows is no WARC record", following)
    return following


def _report_unfinished(count: Count, path: Path, offset: int) -> None:
    count("unfinished")
    logger.info("%s was not closed: its last record, at byte %d, is not whole and left out.", path, offset)


def _report(count: Count, path: Path, offset: int, problem: str, following: int | None) -> None:
    count("damaged")
    logger.error(
        "%s is damaged at byte %d (%s): %s. Fetch the file again.",
        path,
        offset,
        problem,
        "nothing readable follows" if following is None else f"reading goes on at byte {following}",
    )


def read_to_end(records: ArchiveIterator, record: ArcWarcRecord) -> str | None:
    """Read a record to its end; what is wrong with it, if anything."""
    try:
        records.read_to_end()
    except Exception as error:  # as above
        return one_line(error)
    # An answer has a first line at least: where a file is cut just before the length, that reads as nothing.
    if record.raw_stream.limit or (record.rec_type == "response" and not record.length):
        return "the record ends too early"
    return "the record is longer than it says" if records.err_count else None


def next_record(path: Path, start: int) -> int | None:
    """Where the first readable record at or behind byte `start` begins; None where there is none."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        position = start
        while (position := data.find(GZIP_MEMBER, position)) >= 0:
            try:
                if zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[position : position + 1024], 5) == b"WARC/":
                    return position
            except zlib.error:
                pass
            position += 1
        position = data.find(b"\nWARC/1.", start)
        return position + 1 if position >= 0 else None
