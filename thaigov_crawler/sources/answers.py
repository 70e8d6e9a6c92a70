"""Reads one record of a WARC file, as the response that it recorded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Headers, Request, Response
from scrapy.responsetypes import responsetypes

from thaigov_crawler.errors import DamagedBody, DamagedRecord
from thaigov_crawler.sources.bodies import whole_page
from thaigov_crawler.sources.chunks import CHUNK_LINE, dechunked, is_chunk_line
from thaigov_crawler.sources.files import check_size, shown
from thaigov_crawler.sources.findings import one_line
from thaigov_crawler.sources.kinds import address_of, answer_of
from thaigov_crawler.sources.moments import utc
from thaigov_crawler.sources.opening import OpenWarc, WarcFile
from thaigov_crawler.sources.reading import RecordReader
from thaigov_crawler.sources.records import IN_STREAM, read_to_end
from thaigov_crawler.sources.revisits import check_same

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from warcio.recordloader import ArcWarcRecord
    from warcio.statusandheaders import StatusAndHeaders


# Files that stay open. A revisit and its original may stand in two, and opening some of them anew takes long.
_MOST_OPEN = 4


class Place(NamedTuple):
    """Where a record stands."""

    file: WarcFile
    offset: int  # in bytes; see records.IN_STREAM


class WarcDownloadHandler(BaseDownloadHandler):
    """Answers a `warc://…` request with the record that its meta names under `warc_place`.

    The response has the original address of the page. Its headers `WARC-Date` and `WARC-Source-URI` say when the page
    was captured and from which address. If the record is a revisit, the meta also names the record that holds the
    page, under `warc_original`. A page may have DOWNLOAD_MAXSIZE bytes after decompression, as for HTTP in Scrapy.
    """

    lazy = True

    def __init__(self, crawler: Crawler):
        super().__init__(crawler)
        self._max_size = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._files = _Files()

    async def download_request(self, request: Request) -> Response:
        """Return the response. Raise DamagedRecord, or DownloadCancelledError if the page is too large."""
        place, original = request.meta["warc_place"], request.meta.get("warc_original")
        if original is None:
            return self._read(place)
        with self._record_at(place) as revisit:
            pass
        with self._record_at(original) as record:
            check_same(revisit, record)
            return _as_of(revisit, response_of(record, self._max_size))

    def _read(self, place: Place) -> Response:
        with self._record_at(place) as record:
            return response_of(record, self._max_size)

    async def close(self) -> None:
        """Close the files that are still open."""
        self._files.close()

    @contextmanager
    def _record_at(self, place: Place) -> Iterator[ArcWarcRecord]:
        """Yield the record at a place. When the block ends, read the record to its end. Raise DamagedRecord."""
        try:
            with self._files.at(place) as reader:
                record = next(iter(reader))
                yield record
                if problem := read_to_end(reader, record):
                    raise DamagedRecord(problem)
        except DownloadCancelledError:
            raise
        except Exception as error:  # warcio and zlib raise many kinds of errors for a damaged record
            where = f"the record at byte {place.offset & ~IN_STREAM} of {shown(str(place.file))}"
            raise DamagedRecord(f"{where} cannot be read: {one_line(error)}") from error


class _Files:
    """The files that were read last. They stay open, and what can only be read from its beginning is read on."""

    def __init__(self) -> None:
        self._open: OrderedDict[WarcFile, OpenWarc] = OrderedDict()
        self._streamed: tuple[WarcFile, OpenWarc, RecordReader] | None = None

    @contextmanager
    def at(self, place: Place) -> Iterator[RecordReader]:
        """Yield a reader whose next record is the one at a place."""
        if not place.offset & IN_STREAM:
            with closing(self._opened(place.file).records_from(place.offset)) as reader:
                yield reader
            return
        try:
            yield self._stream_at(place)
        except (DamagedBody, DownloadCancelledError):  # the page is bad, but the file can be read on
            raise
        except BaseException:
            self._end_stream()
            raise

    def close(self) -> None:
        """Close all files."""
        self._end_stream()
        while self._open:
            self._open.popitem()[1].close()

    def _opened(self, file: WarcFile) -> OpenWarc:
        if file not in self._open:
            self._open[file] = file.open()
            if len(self._open) > _MOST_OPEN:
                self._open.popitem(last=False)[1].close()
        self._open.move_to_end(file)
        return self._open[file]

    def _stream_at(self, place: Place) -> RecordReader:
        wanted = place.offset & ~IN_STREAM
        if self._streamed is None or self._streamed[0] != place.file or self._streamed[2].offset > wanted:
            self._end_stream()
            opened = place.file.open()
            self._streamed = place.file, opened, RecordReader(opened.stream())
        reader = self._streamed[2]
        reader.read_to_end()
        while reader.offset < wanted:
            read_to_end(reader, next(iter(reader)))
        return reader

    def _end_stream(self) -> None:
        if self._streamed:
            self._streamed[1].close()
        self._streamed = None


def response_of(record: ArcWarcRecord, limit: int) -> Response:
    """Return the response that a record holds, with its body decoded (no transfer or content codings).

    Raise DamagedRecord, DamagedBody or DownloadCancelledError (more than `limit` bytes).
    """
    http, own = answer_of(record), record.rec_headers.get_header
    if http is None:
        raise DamagedRecord("it holds no answer")
    status = http.get_statuscode() or ""
    if not (status.isdigit() and status.isascii() and 100 <= int(status) < 600):
        raise DamagedRecord(f"it has no HTTP status: {http.protocol} {http.statusline}")
    headers = Headers([(k, v) for k, v in http.headers if k.lower() != "transfer-encoding"])
    try:
        body = _page(record, http, headers, limit)
        if (reason := own("WARC-Truncated")) and not _is_whole(body, http):
            raise DamagedBody(f"it was cut short when it was recorded (WARC-Truncated: {reason})")
    except (DamagedBody, DownloadCancelledError):
        if status.startswith("2"):
            raise
        body = b""  # the status alone decides the outcome
    headers.pop("Content-Encoding", None)
    url = address_of(record)
    headers["WARC-Date"] = utc(own("WARC-Date") or "")
    headers["WARC-Source-URI"] = (own("WARC-Source-URI") or url).strip("<>")
    response_class = responsetypes.from_args(headers=headers, url=url, body=body)
    return response_class(url=url, status=int(status), headers=headers, body=body, protocol="WARC")


def _is_whole(body: bytes, http: StatusAndHeaders) -> bool:
    """Return whether the server's own length shows that the body of a truncated record is whole.

    The header Content-Length shows nothing: many programs write the length of what they have kept there. Common Crawl
    does, and keeps the server's headers as `X-Crawler-…`.
    """
    if http.get_header("X-Crawler-Content-Encoding"):
        return False  # the server's length was that of the compressed page
    return http.get_header("X-Crawler-Content-Length") == str(len(body))


def _as_of(revisit: ArcWarcRecord, response: Response) -> Response:
    """Return `response` with the time and the address of the revisit: the page was the same then."""
    own, answer = revisit.rec_headers.get_header, answer_of(revisit)
    url = address_of(revisit)
    headers = response.headers.copy()
    headers["WARC-Date"] = utc(own("WARC-Date") or "")
    headers["WARC-Source-URI"] = (own("WARC-Source-URI") or url).strip("<>")
    status = answer.get_statuscode() if answer else ""
    # If the revisit has no status, or 304, the status was that of the original.
    return response.replace(url=url, headers=headers, status=int(status) if status.startswith("2") else response.status)


def _page(record: ArcWarcRecord, http: StatusAndHeaders, headers: Headers, limit: int) -> bytes:
    """Return the page that a record holds, decoded. Raise DamagedBody or DownloadCancelledError."""
    length = http.get_header("Content-Length") or ""
    codings = (http.get_header("Transfer-Encoding") or "").lower()
    stream = record.raw_stream
    first = stream.readline(CHUNK_LINE) if "chunked" in codings else b""
    if is_chunk_line(first):
        body, length = dechunked(first, stream, limit), ""
    else:  # recorded without chunks, though the header may say that there are some
        body = first + stream.read(limit + 1 if limit else None)
    check_size(body, limit)
    if length.isdigit() and length.isascii() and len(body) < int(length):
        raise DamagedBody(f"it holds {len(body):,} of {int(length):,} bytes")
    return whole_page(int(http.get_statuscode()), headers, body, limit)
