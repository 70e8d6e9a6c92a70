"""WARC files with fixed dates and record IDs."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2025-01-01T00:00:00Z"


class Warc:
    """A WARC file in memory. `records` holds the bytes of each record, in order, to damage at will."""

    def __init__(self, *, gzip: bool = True) -> None:
        self.records: list[bytes] = []
        self._buffer = BytesIO()
        self._writer = WARCWriter(self._buffer, gzip=gzip)

    def about(self, name: str, date: str, info: dict[str, str]) -> None:
        """A warcinfo record."""
        record = self._writer.create_warcinfo_record(name, info)
        for header, value in _identity("warcinfo", name, date).items():
            record.rec_headers.replace_header(header, value)
        self._add(record)

    def response(
        self,
        uri: str,
        date: str = DATE,
        body: bytes = b"",
        status: int = 200,
        content_type: str = "text/html; charset=UTF-8",
        length: int | None = None,
        record_headers: dict[str, str] | None = None,
        **headers: str,
    ) -> None:
        """A response record; `length` is what its HTTP header says of the body, further `headers` with _ for -."""
        http = [("Content-Type", content_type), ("Content-Length", str(len(body) if length is None else length))]
        http += [(name.replace("_", "-"), value) for name, value in headers.items()]
        line = f"{status} {HTTPStatus(status).phrase}"
        self._message(
            "response", uri, date, body, StatusAndHeaders(line, http, protocol="HTTP/1.1"), record_headers or {}
        )

    def request(self, uri: str, date: str = DATE) -> None:
        """A request record."""
        _, _, rest = uri.partition("://")
        host, _, target = rest.partition("/")
        http = StatusAndHeaders(
            f"GET /{target} HTTP/1.1", [("Host", host), ("User-Agent", "sample")], is_http_request=True
        )
        concurrent = {"WARC-Concurrent-To": _identity("response", uri, date)["WARC-Record-ID"]}
        self._message("request", uri, date, b"", http, concurrent)

    def write(self, path: Path) -> Path:
        """Write all records to `path`; its folder is made if missing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(self.records))
        return path

    def _message(
        self, kind: str, uri: str, date: str, body: bytes, http: StatusAndHeaders, extra: dict[str, str]
    ) -> None:
        headers = {**_identity(kind, uri, date), **extra}
        record = self._writer.create_warc_record(
            uri, kind, payload=BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=headers
        )
        self._add(record)

    def _add(self, record: object) -> None:
        start = self._buffer.tell()
        self._writer.write_record(record)
        self._buffer.seek(start)
        self.records.append(self._buffer.read())


def _identity(kind: str, uri: str, date: str) -> dict[str, str]:
    record_id = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {uri} {date}")
    return {"WARC-Record-ID": f"<urn:uuid:{record_id}>", "WARC-Date": date}
