"""WARC files as a source: each response record of an article's address is one visit.

`WarcSource` lists the records once; each becomes a request `warc://<file>/<offset>`, which
`WarcDownloadHandler` answers by reading that one record, so that pages flow through Scrapy like any
download while no more than a few are in memory.
"""

from __future__ import annotations

import os
import re
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Self
from urllib.parse import quote

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Headers, Request
from scrapy.responsetypes import responsetypes
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader

from thaigov_crawler.errors import DamagedRecord, NoCapture, SourceError
from thaigov_crawler.sources.addresses import ORIGIN, article_ids_below
from thaigov_crawler.sources.base import (
    ADDRESSES,
    Capture,
    Defaults,
    Options,
    Plan,
    Source,
    Unread,
    WantedIds,
    header_of,
    is_relaunch,
)
from thaigov_crawler.sources.files import ADVICE, META, SLOTS, check_size, files_in, planned
from thaigov_crawler.sources.records import answer_of, one_line, present, read_to_end, records
from thaigov_crawler.sources.replays import shortfall

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from warcio.recordloader import ArcWarcRecord

_NAMES = (".warc", ".warc.gz", ".warc.open", ".warc.gz.open")


class WarcSource(Source):
    """The records of one file, or of all `.warc` and `.warc.gz` files in a folder (with `.open` behind it: those
    still being written, or never finished), in their order."""

    kind = "warc"
    usage = "warc:PATH (a .warc or .warc.gz file, or a folder of them)"
    takes_path = True
    options: ClassVar[Options] = MappingProxyType({"address": ADDRESSES})
    changes_pages: ClassVar[Defaults] = MappingProxyType({"address": ADDRESSES[0]})
    advice = ADVICE
    visit = "all"
    settings = MappingProxyType(
        {
            "DOWNLOAD_SLOTS": SLOTS,
            "DOWNLOAD_HANDLERS": {"warc": "thaigov_crawler.sources.warc.WarcDownloadHandler"},
        }
    )

    @classmethod
    def open(cls, path: str, options: Mapping[str, str], settings: BaseSettings) -> Self:
        """The files at `path`. Raises SourceError."""
        relaunch = is_relaunch(options)
        return cls(f"{cls.kind}:{path}", Path(path), base=settings["THAIGOV_BASE_URL"], relaunch=relaunch)

    def __init__(self, name: str, path: Path, *, base: str = ORIGIN, relaunch: bool = False):
        """`base`: the site whose pages they are, beside the real one; `relaunch`: its pages since 2025-09.

        Raises SourceError where `path` does not exist or holds no WARC file.
        """
        super().__init__()
        self.name = name
        if relaunch:
            self.read_relaunch()
        self._article_id_of = article_ids_below((ORIGIN, base), relaunch=relaunch)
        try:
            name.encode()
            self._files = warc_files(path)
        except (OSError, UnicodeEncodeError) as error:
            raise SourceError(f"{path!r} cannot be read: {one_line(error)}") from None
        # Three numbers a visit, not objects: a folder may hold a million records.
        self._file_numbers, self._offsets, self._article_ids = array("I"), array("Q"), array("L")

    async def plan(self, ids: WantedIds, crawler: Crawler) -> Plan:
        """List the records."""
        return await planned(self.list_records, ids, crawler)

    def list_records(self, ids: WantedIds, stopped: Callable[[], bool] = lambda: False) -> int:
        """List the records, until `stopped` says so; returns how many will be visited.

        Counts what is no visit as `warc/<kind>`, and each damaged place as `warc/damaged`.
        """
        for number, path in enumerate(self._files):
            for offset, kind, article_id in records(path, self._count, self._article_id_of):
                if stopped():
                    return len(self._offsets)
                if article_id is None:
                    self._count(kind)
                elif article_id not in ids:
                    self._count("not_selected")
                else:
                    self._file_numbers.append(number)
                    self._offsets.append(offset)
                    self._article_ids.append(article_id)
        return len(self._offsets)

    def _count(self, name: str) -> None:
        self.counts[f"warc/{name}"] += 1

    def unread(self) -> Unread | None:
        """The damaged places, if any."""
        if number := self.counts["warc/damaged"]:
            why = f"files are damaged in {number} place(s): see the errors in the log"
            return Unread(why, f"{number} damaged place(s), see above")
        return None

    def requests(self) -> Iterator[Request]:
        """One request a record, in the order of the files."""
        for number, offset, article_id in zip(self._file_numbers, self._offsets, self._article_ids, strict=True):
            path = self._files[number]
            yield Request(
                f"warc://{quote(os.fsencode(path.name))}/{number}/{offset}",
                cb_kwargs={"article_id": article_id},
                meta={"warc_path": path, "warc_offset": offset, **META},
                dont_filter=True,
            )

    def capture(self, response: Response, article_id: int) -> Capture:
        """The capture that the handler's response holds, at the time of the record and the address it came from. Raises
        NoCapture for less than the whole, which an archive had played back."""
        if less := shortfall(response):
            raise NoCapture(less)
        return Capture(
            article_id=article_id,
            url=header_of(response, "WARC-Source-URI"),
            captured_at=header_of(response, "WARC-Date"),
            status=response.status,
            content_type=header_of(response, "Content-Type") or None,
            body=response.body,
            location=header_of(response, "Location") or None,
        )


class WarcDownloadHandler(BaseDownloadHandler):
    """Answers `warc://…` requests with the record that `meta` names, under its original address. Its headers
    `WARC-Date` and `WARC-Source-URI` tell when it was captured and where it was fetched.

    Limits a page to DOWNLOAD_MAXSIZE bytes after decompression, as Scrapy does for HTTP.
    """

    lazy = True

    def __init__(self, crawler: Crawler):
        super().__init__(crawler)
        self._max_size = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    async def download_request(self, request: Request) -> Response:
        """Raises DamagedRecord, or DownloadCancelledError where the page is too large."""
        return self._read(request.meta["warc_path"], request.meta["warc_offset"])

    def _read(self, path: Path, offset: int) -> Response:
        path = present(path)
        with open(path, "rb") as file:
            file.seek(offset)
            try:
                with closing(ArchiveIterator(file)) as found:
                    record = next(iter(found))
                    response = self._response(record)
                    if problem := read_to_end(found, record):
                        raise DamagedRecord(problem)
                    return response
            except DownloadCancelledError:
                raise
            except Exception as error:  # warcio and zlib raise many kinds for a damaged record
                raise DamagedRecord(
                    f"the record at byte {offset} of {path} cannot be read: {one_line(error)}"
                ) from error

    def _response(self, record: ArcWarcRecord) -> Response:
        """The response as it was answered, without transfer encoding; Scrapy undoes other content encodings than
        gzip, whose end it does not check."""
        http, own = answer_of(record), record.rec_headers.get_header
        if http is None:
            raise DamagedRecord("it holds no answer")
        status = http.get_statuscode() or ""
        if not (status.isdigit() and 100 <= int(status) < 600):
            raise DamagedRecord(f"it has no HTTP status: {http.protocol} {http.statusline}")
        if reason := own("WARC-Truncated"):
            raise DamagedRecord(f"it was cut short when it was recorded (WARC-Truncated: {reason})")
        gone = {"transfer-encoding"}
        stream, length = record.raw_stream, http.get_header("Content-Length")
        if (http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
            stream, length = ChunkedDataReader(stream, raise_exceptions=True), None
        body = stream.read(self._max_size + 1 if self._max_size else None)
        check_size(body, self._max_size)
        if length and length.isdigit() and len(body) < int(length):
            raise DamagedRecord(f"it holds {len(body):,} of {int(length):,} bytes")
        encoding = (http.get_header("Content-Encoding") or "").strip().lower()
        if encoding and body.lstrip()[:1] == b"<":  # recorded as decoded, header and all
            gone.add("content-encoding")
        elif encoding in ("gzip", "x-gzip"):
            gone.add("content-encoding")
            body = self._gunzip(body)
        check_size(body, self._max_size)
        headers = Headers([(k, v) for k, v in http.headers if k.lower() not in gone])
        url = own("WARC-Target-URI").strip("<>")
        headers["WARC-Date"] = _utc(own("WARC-Date") or "")
        headers["WARC-Source-URI"] = (own("WARC-Source-URI") or url).strip("<>")
        response_class = responsetypes.from_args(headers=headers, url=url, body=body)
        return response_class(url=url, status=int(status), headers=headers, body=body, protocol="WARC")

    def _gunzip(self, body: bytes) -> bytes:
        decompressor = zlib.decompressobj(zlib.MAX_WBITS | 16)
        text = decompressor.decompress(body, self._max_size + 1 if self._max_size else 0)
        check_size(text, self._max_size)
        if not decompressor.eof:
            raise DamagedRecord("its compressed page ends too early")
        return text


def warc_files(path: Path) -> list[Path]:
    """The file, or the WARC files of a folder and its subfolders, links followed. Raises SourceError, OSError."""
    if not path.exists():
        raise SourceError(f"there is no file or folder {path}")
    if not path.is_dir():
        return [path]
    found = sorted(Path(folder, name) for folder, name in files_in(path, _NAMES))
    if not found:
        raise SourceError(f"the folder {path} holds no .warc or .warc.gz file")
    return found


def _utc(warc_date: str) -> str:
    """A WARC-Date (always UTC; WARC/1.1 allows any precision) as ISO datetime with offset, to the second."""
    digits = re.sub(r"\D", "", warc_date)[:14]
    if len(digits) < 4:
        raise DamagedRecord(f"it has no date (WARC-Date: {warc_date!r})")
    try:
        moment = datetime.strptime(digits + "00000101000000"[len(digits) :], "%Y%m%d%H%M%S")
    except ValueError:
        raise DamagedRecord(f"its date is none (WARC-Date: {warc_date!r})") from None
    return moment.replace(tzinfo=timezone.utc).isoformat(timespec="seconds")
