"""The recorder: keep all responses from a network as WARC files, because fetching at a polite rate takes hours."""

from __future__ import annotations

import contextlib
import io
import itertools
import logging
import os
import time
from collections.abc import Iterable
from datetime import datetime, timezone
from http.client import responses
from pathlib import Path
from typing import Self
from urllib.parse import urlunsplit

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Request, Response, TextResponse
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached
from warcio.recordbuilder import RecordBuilder
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from thaigov_crawler import __version__
from thaigov_crawler.checked import wants_recording
from thaigov_crawler.run import Run, run_of
from thaigov_crawler.run.ends import FinishReason

logger = logging.getLogger(__name__)

_VERSION = "1.1"
_BUILDER = RecordBuilder(warc_version=_VERSION)
# The field `robots` of the warcinfo records. A run does not read robots.txt of an archive's interface for programs.
_ROBOTS = {True: "classic (but for web archives, whose limits for programs are kept)", False: "ignored"}


class WarcRecorder:
    """Record every HTTP response in the folder `warc/` of the output, also robots.txt, errors and retries.

    A copy from a web archive is recorded under its original address and capture time, as archives do when they copy
    from each other. `WARC-Source-URI` says where it was fetched, and `WARC-Creation-Date` when. If the archive sends
    a record of a WARC file, this record is kept byte for byte. A page that a browser has rendered is not the answer of
    a server. It is recorded as a `conversion`, with the status in `X-HTTP-Status`.

    The run ends with the reason `recording_failed` if a file cannot be written.
    """

    max_bytes = 1 << 30  # a file of this size is closed, and a new one begins

    def __init__(self, run: Run, settings: BaseSettings):
        self._run, self._settings = run, settings
        self._file: _WarcFile | None = None
        self._stopped = False  # true if the run has ended or writing has failed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        run = run_of(crawler)
        if not wants_recording(crawler.settings):
            raise NotConfigured
        recorder = cls(run, crawler.settings)
        crawler.signals.connect(recorder.response_downloaded, signals.response_downloaded)
        crawler.signals.connect(recorder.spider_closed, signals.spider_closed)
        return recorder

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Record a response from a network. Responses from files have other schemes."""
        if self._stopped or not request.url.startswith(("http://", "https://")):
            return
        data = self._run.source.record_in(response, request) or _packed(self._records(response, request))
        try:
            self._roomy_file().append(data)
        except OSError as error:
            self._failed(error)

    def spider_closed(self) -> None:
        """Close the file and give it its final name. Later responses are not recorded: they belong to no visit."""
        self._stopped = True
        file, self._file = self._file, None
        if file:
            try:
                file.close()
            except OSError as error:
                logger.error("%s could not be closed: %s. Its complete records can be read.", file.path, error.strerror)

    def _records(self, response: Response, request: Request) -> list[ArcWarcRecord]:
        now = _BUILDER.curr_warc_date()
        uri, headers = response.url, {"WARC-Date": now}
        if copy := self._run.source.copy_of(response):
            uri = "".join(copy[0].split())  # without line breaks, which would begin another header
            headers = {"WARC-Date": _zulu(copy[1]), "WARC-Source-URI": response.url, "WARC-Creation-Date": now}
        if response.ip_address:
            headers["WARC-IP-Address"] = str(response.ip_address)
        if request.meta.get("playwright"):
            return [_rendered(response, uri, headers)]
        answer = _message("response", uri, headers, _head_of_response(response), response.body)
        headers["WARC-Concurrent-To"] = answer.rec_headers.get_header("WARC-Record-ID")
        return [answer, _message("request", uri, headers, _head_of_request(request), request.body)]

    def _roomy_file(self) -> _WarcFile:
        if self._file and self._file.size >= self.max_bytes:
            full, self._file = self._file, None
            full.close()
        if not self._file:
            self._file = _WarcFile(self._run.recordings)
            self._file.append(_packed([_about(self._file.path.name, self._settings)]))
        return self._file

    def _failed(self, error: OSError) -> None:
        why = f"Responses cannot be recorded in {self._run.recordings}: {error.strerror}"
        advice = (
            "Free some space, or turn recording off (-s THAIGOV_RECORD=False). The run ends here; the next one goes on."
        )
        self._run.end(FinishReason.RECORDING_FAILED, why, advice)
        self.spider_closed()


class _WarcFile:
    """A file to which records are written. Its name is `<path>.open` until it is closed.

    It has complete records only, unless the process is killed while it writes one. Every method may raise OSError.
    """

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        begun = time.strftime("%Y%m%d%H%M%S", time.gmtime())
        for serial in itertools.count():
            self.path = folder / f"thaigov-{begun}-{serial:05}-{os.getpid()}.warc.gz"
            self._open_path = folder / f"{self.path.name}.open"
            # A closed file of the same second must not be replaced either.
            if not self.path.exists():
                with contextlib.suppress(FileExistsError):
                    self._file = io.FileIO(self._open_path, "xb")
                    break
        self.size = 0  # bytes of the complete records

    def append(self, data: bytes) -> None:
        """Write records at once. If that fails, cut the file back to the records before them."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:
            with contextlib.suppress(OSError):
                self._file.truncate(self.size)
            raise
        self.size += len(data)

    def close(self) -> None:
        """Close the file and give it its final name, or remove it if it is empty.

        It keeps the name `.open` if half a record could not be cut off.
        """
        with self._file as file:
            os.fsync(file.fileno())
            is_whole = os.fstat(file.fileno()).st_size == self.size
        if not self.size:
            self._open_path.unlink()
        elif is_whole:
            self._open_path.rename(self.path)


class _Head(StatusAndHeaders):
    """First line and headers of an HTTP message, byte for byte. By default warcio percent-encodes non-ASCII letters."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self.to_bytes(header_filter, encoding="latin-1")


def _head_of_response(response: Response) -> _Head:
    # The downloader has removed the transfer encoding from the body, and it does not pass on the length.
    headers = _pairs(response.headers, without=(b"content-length", b"transfer-encoding"))
    headers.append((b"Content-Length", b"%d" % len(response.body)))
    protocol = response.protocol if (response.protocol or "").startswith("HTTP/1.") else "HTTP/1.1"
    return _Head(f"{response.status} {responses.get(response.status, '')}", headers, protocol=protocol)


def _head_of_request(request: Request) -> _Head:
    parts = urlparse_cached(request)
    path = f"{parts.path or '/'};{parts.params}" if parts.params else parts.path or "/"
    headers = _pairs(request.headers, without=(b"proxy-authorization",))  # a secret for the proxy, not for the host
    if "Host" not in request.headers:
        headers.insert(0, (b"Host", parts.netloc.rpartition("@")[2].encode()))
    line = f"{request.method} {urlunsplit(('', '', path, parts.query, ''))} HTTP/1.1"
    return _Head(line, headers, is_http_request=True)


def _pairs(headers: Headers, without: tuple[bytes, ...]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name in headers if name.lower() not in without for value in headers.getlist(name)]


def _message(kind: str, uri: str, headers: dict[str, str], head: _Head, body: bytes) -> ArcWarcRecord:
    return _BUILDER.create_warc_record(
        uri, kind, payload=io.BytesIO(body), length=len(body), http_headers=head, warc_headers_dict=headers
    )


def _rendered(response: Response, uri: str, headers: dict[str, str]) -> ArcWarcRecord:
    content_type = "application/octet-stream"
    if isinstance(response, TextResponse):
        content_type = f"text/html; charset={response.encoding}"
    return _BUILDER.create_warc_record(
        uri,
        "conversion",
        payload=io.BytesIO(response.body),
        length=len(response.body),
        warc_content_type=content_type,
        warc_headers_dict={**headers, "X-HTTP-Status": str(response.status)},
    )


def _about(name: str, settings: BaseSettings) -> ArcWarcRecord:
    """Return the warcinfo record of a file."""
    info = {
        "software": f"thaigov-crawler/{__version__}",
        "format": f"WARC File Format {_VERSION}",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": _ROBOTS[settings.getbool("ROBOTSTXT_OBEY")],
        "http-header-user-agent": settings["USER_AGENT"],
        "operator": settings["THAIGOV_CONTACT"],
    }
    return _BUILDER.create_warcinfo_record(name, info)


def _packed(records: Iterable[ArcWarcRecord]) -> bytes:
    """Return records as bytes. Each record is one gzip member."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version=_VERSION)
    for record in records:
        writer.write_record(record)
    return buffer.getvalue()


def _zulu(moment: str) -> str:
    """Return an ISO datetime with offset as a WARC-Date: UTC, to the second."""
    return datetime.fromisoformat(moment).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
