"""Parts of WARC files that a host gives out by their bytes. Each part is one gzip member with one record."""

from __future__ import annotations

import gzip
import re
import zlib
from contextlib import closing
from io import BytesIO
from typing import TYPE_CHECKING

from scrapy.exceptions import DownloadCancelledError

from thaigov_crawler.errors import DamagedBody, DamagedRecord
from thaigov_crawler.outcomes import now
from thaigov_crawler.sources.answers import response_of
from thaigov_crawler.sources.base import header_of
from thaigov_crawler.sources.findings import one_line
from thaigov_crawler.sources.reading import MOST_HEADERS, RecordReader
from thaigov_crawler.sources.records import GZIP_MEMBER, read_to_end
from thaigov_crawler.sources.rows import Part

if TYPE_CHECKING:
    from scrapy.http import Response

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(?:\d+|\*)", re.IGNORECASE | re.ASCII)
_HEAD_END = b"\r\n\r\n"


def address_of(base: str, part: Part) -> str:
    """Return the address of a part of a file below `base`. Its fragment names the bytes: `…/x.warc.gz#bytes=0-99`."""
    return f"{base}{part.file}#{range_of(part)}"


def range_of(part: Part) -> str:
    """Return the value of the header Range that asks for a part."""
    return f"bytes={part.first}-{part.first + part.length - 1}"


def record_of(response: Response, part: Part, limit: int) -> bytes:
    """Return the one record that the answer 206 to the request for a part holds, decompressed.

    Raise DamagedRecord if the answer is not the part that was asked for, or if the part is not exactly one gzip member.
    Raise DownloadCancelledError if the page in it has certainly more than `limit` bytes (0: no limit).
    """
    said = header_of(response, "Content-Range").strip()
    sent = _RANGE.fullmatch(said)
    if not sent or (int(sent[1]), int(sent[2])) != (part.first, part.first + part.length - 1):
        raise DamagedRecord(f"the archive sends another part of the file than was asked for ({said or 'it says none'})")
    if len(response.body) != part.length:
        raise DamagedRecord(f"the archive sends {len(response.body):,} bytes instead of {part.length:,}")
    if not response.body.startswith(GZIP_MEMBER):
        raise DamagedRecord("no record begins where the index says")
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        record = member.decompress(response.body, limit + 2 * MOST_HEADERS if limit else 0)
    except zlib.error as error:
        raise DamagedRecord(f"the record is damaged: {error}") from None
    if member.unconsumed_tail:
        raise DownloadCancelledError(f"the page is larger than {limit:,} bytes (DOWNLOAD_MAXSIZE)")
    if not member.eof or member.unused_data:
        raise DamagedRecord("the record does not end where the index says")
    return record


def page_in(record: bytes, limit: int) -> Response:
    """Return the response that a record holds, as `answers.response_of` does.

    Raise DamagedRecord, DamagedBody or DownloadCancelledError.
    """
    try:
        with closing(RecordReader(BytesIO(record))) as reader:
            held = next(iter(reader))
            if held.rec_type != "response":
                raise DamagedRecord(f"it is a record of the type {held.rec_type}")
            page = response_of(held, limit)
            if problem := read_to_end(reader, held):
                raise DamagedRecord(problem)
            if next(iter(reader), None) is not None:
                raise DamagedRecord("several records are in one gzip member")
    except (DamagedBody, DamagedRecord, DownloadCancelledError):
        raise
    except Exception as error:  # warcio raises many kinds of errors for a damaged record
        raise DamagedRecord(one_line(error)) from error
    return page


def copied(record: bytes, source: str) -> bytes:
    """Return a record as one gzip member, byte for byte, with two headers more: from where it was fetched, and when.

    Raise DamagedRecord if the end of its headers is not certain.
    """
    head, end, rest = record.partition(_HEAD_END)
    if not head.startswith(b"WARC/") or b"\n\n" in head or b"\n\r\n" in head or not end:
        raise DamagedRecord("its headers have no certain end")
    more = f"\r\nWARC-Source-URI: {source}\r\nWARC-Creation-Date: {now().replace('+00:00', 'Z')}"
    return gzip.compress(head + more.encode() + end + rest)
