"""WARC files as a source: each response record of an article's address is one visit.

`WarcSource` lists the records once; each becomes a request `warc://<file>/<offset>`, which
`WarcDownloadHandler` answers by reading that one record, so that pages flow through Scrapy like any
download while no more than a few are in memory.
"""

from __future__ import annotations

import logging
import mmap
import zlib
from array import array
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Headers, Request
from scrapy.responsetypes import responsetypes
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from thaigov_crawler.sources import Capture, Selection, SourceError
from thaigov_crawler.sources.addresses import article_id_of

if TYPE_CHECKING:
    from scrapy.http import Response
    from scrapy.statscollectors import StatsCollector
    from warcio.recordloader import ArcWarcRecord

logger = logging.getLogger(__name__)

SLOT = "warc"  # the download slot: no delay, see DOWNLOAD_SLOTS in the settings
_GZIP_MEMBER = b"\x1f\x8b\x08"
_HTML_TYPES = ("text/html", "application/xhtml+xml")


class DamagedRecord(Exception):
    """A record that cannot be read, or not to its end."""


class WarcSource:
    """The records of one file, or of all `.warc` and `.warc.gz` files in a folder, in their order."""

    def __init__(self, name: str, path: Path):
        """Raises SourceError where `path` does not exist or holds no WARC file."""
        self.name = name
        if not path.exists():
            raise SourceError(f"there is no file or folder {path}")
        self._files = [path]
        if path.is_dir():
            self._files = sorted(p for p in path.rglob("*") if p.name.endswith((".warc", ".warc.gz")) and p.is_file())
            if not self._files:
                raise SourceError(f"the folder {path} holds no .warc or .warc.gz file")
        # Three numbers a visit, not objects: a folder may hold a million records.
        self._file_numbers, self._offsets, self._article_ids = array("I"), array("Q"), array("L")

    def plan(self, ids: Selection, stats: StatsCollector) -> int:
        """List the records; returns how many will be visited.

        Counts what is no visit as `thaigov/warc/<kind>`, and each damaged place as `thaigov/warc/damaged`.
        """
        for number, path in enumerate(self._files):
            for offset, kind, article_id in _records(path, stats):
                if article_id is None:
                    stats.inc_value(f"thaigov/warc/{kind}")
                elif article_id not in ids:
                    stats.inc_value("thaigov/warc/not_selected")
                else:
                    self._file_numbers.append(number)
                    self._offsets.append(offset)
                    self._article_ids.append(article_id)
        return len(self._offsets)

    def requests(self) -> Iterator[Request]:
        """One request a record, in the order of the files."""
        for number, offset, article_id in zip(self._file_numbers, self._offsets, self._article_ids, strict=True):
            path = self._files[number]
            yield Request(
                f"warc://{quote(path.name)}/{number}/{offset}",
                cb_kwargs={"article_id": article_id},
                meta={
                    "warc_path": path,
                    "warc_offset": offset,
                    "download_slot": SLOT,
                    # What the record says is what was answered then: nothing to obey, repeat or follow now.
                    "dont_obey_robotstxt": True,
                    "dont_redirect": True,
                    "dont_retry": True,
                    "handle_httpstatus_all": True,
                },
                dont_filter=True,
            )

    def capture(self, response: Response, article_id: int) -> Capture:
        """The capture that the handler's response holds, at the time and address of the record."""
        header = response.headers.get
        return Capture(
            article_id=article_id,
            url=response.url,
            captured_at=header("WARC-Date").decode(),
            status=response.status,
            content_type=(header("Content-Type") or b"").decode("latin-1") or None,
            body=response.body,
            location=(header("Location") or b"").decode("latin-1") or None,
        )


class WarcDownloadHandler(BaseDownloadHandler):
    """Answers `warc://…` requests with the record that `meta` names, under its original address.

    Limits a page to DOWNLOAD_MAXSIZE bytes after decompression, as Scrapy does for HTTP.
    """

    lazy = True

    def __init__(self, crawler):
        super().__init__(crawler)
        self._max_size = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    async def download_request(self, request: Request) -> Response:
        """Raises DamagedRecord, or DownloadCancelledError where the page is too large."""
        return self._read(request.meta["warc_path"], request.meta["warc_offset"])

    def _read(self, path: Path, offset: int) -> Response:
        with open(path, "rb") as file:
            file.seek(offset)
            try:
                with closing(ArchiveIterator(file)) as records:
                    record = next(iter(records))
                    response = self._response(record)
                    if problem := _read_to_end(records, record):
                        raise DamagedRecord(problem)
                    return response
            except DownloadCancelledError:
                raise
            except Exception as error:  # warcio and zlib raise many kinds for a damaged record
                raise DamagedRecord(
                    f"the record at byte {offset} of {path} cannot be read: {_one_line(error)}"
                ) from error

    def _response(self, record: ArcWarcRecord) -> Response:
        body = record.content_stream().read(self._max_size + 1 if self._max_size else -1)
        if 0 < self._max_size < len(body):
            raise DownloadCancelledError(f"the page is larger than {self._max_size:,} bytes (DOWNLOAD_MAXSIZE)")
        # warcio has undone these two.
        gone = ("content-encoding", "transfer-encoding")
        headers = Headers([(k, v) for k, v in record.http_headers.headers if k.lower() not in gone])
        headers["WARC-Date"] = _utc(record.rec_headers.get_header("WARC-Date"))
        url = record.rec_headers.get_header("WARC-Target-URI").strip("<>")
        response_class = responsetypes.from_args(headers=headers, url=url, body=body)
        return response_class(
            url=url, status=int(record.http_headers.get_statuscode()), headers=headers, body=body, protocol="WARC"
        )


def _utc(warc_date: str) -> str:
    """A WARC-Date (UTC, of any precision) as ISO datetime with offset, to the second."""
    text = warc_date.replace("Z", "+00:00")
    moment = datetime.fromisoformat(text[:19] + "+00:00" if "." in text else text)
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _one_line(error: Exception) -> str:
    """What is wrong with a record, in words. warcio stumbles over rubbish with errors of its own code."""
    known = isinstance(error, (ArchiveLoadFailed, DamagedRecord, OSError, zlib.error))
    return (known and " ".join(str(error).split())[:200]) or "what stands there is no WARC record"


def _classify(record: ArcWarcRecord) -> tuple[str, int | None]:
    """Why a record is no visit, or the article ID that it is a visit of.

    Kinds: `other_record` (warcinfo, request, metadata …), `revisit` (no page of its own),
    `other_address`, `not_html`. An answer other than 2xx is a visit whatever its type.
    """
    if record.rec_type != "response":
        return ("revisit" if record.rec_type == "revisit" else "other_record"), None
    article_id = article_id_of((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"))
    if article_id is None or record.http_headers is None:
        return "other_address", None
    status = record.http_headers.get_statuscode() or ""
    content_type = (record.http_headers.get_header("Content-Type") or _HTML_TYPES[0]).lower()
    if status.startswith("2") and not content_type.strip().startswith(_HTML_TYPES):
        return "not_html", None
    return "visit", article_id


def _records(path: Path, stats: StatsCollector) -> Iterator[tuple[int, str, int | None]]:
    """Offset and class (see `_classify`) of each record of a file.

    A place that cannot be read is logged and counted, and the next record that can be is sought behind
    it. A record that is only damaged in its body is listed: reading it will fail by its article ID.
    """
    start: int | None = 0
    if path.stat().st_size == 0:
        stats.inc_value("thaigov/warc/damaged")
        logger.error("%s is empty. Fetch the file again.", path)
        return
    while start is not None:
        with open(path, "rb") as file:
            file.seek(start)
            with closing(ArchiveIterator(file)) as records:
                offset, problem = start, None
                try:
                    for record in records:
                        offset, kind = records.offset, _classify(record)
                        problem = _read_to_end(records, record)
                        yield offset, *kind
                        if problem:
                            break
                        offset = records.offset
                    else:
                        problem = "what follows is no record" if offset < path.stat().st_size else None
                except Exception as error:  # warcio and zlib raise many kinds for a damaged file
                    problem = _one_line(error)
        if problem is None:
            return
        start = _next_record(path, offset + 1)
        stats.inc_value("thaigov/warc/damaged")
        logger.error(
            "%s is damaged at byte %d (%s): %s. Fetch the file again.",
            path,
            offset,
            problem,
            "nothing readable follows" if start is None else f"reading goes on at byte {start}",
        )


def _read_to_end(records: ArchiveIterator, record: ArcWarcRecord) -> str | None:
    """Read a record to its end; what is wrong with it, if anything."""
    try:
        records.read_to_end()
    except Exception as error:  # as above
        return _one_line(error)
    if record.raw_stream.limit:
        return "the record ends too early"
    return "the record is longer than it says" if records.err_count else None


def _next_record(path: Path, start: int) -> int | None:
    """Where the first readable record at or behind byte `start` begins; None where there is none."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        position = start
        while (position := data.find(_GZIP_MEMBER, position)) >= 0:
            try:
                if zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[position : position + 1024], 5) == b"WARC/":
                    return position
            except zlib.error:
                pass
            position += 1
        position = data.find(b"\nWARC/1.", start)
        return position + 1 if position >= 0 else None
