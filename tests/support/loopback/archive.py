"""A loopback copy of the Internet Archive's Wayback Machine: its index (CDX) and its replay of original bytes.

It copies the behaviour of the real archive, awkward parts included, as far as it is known from the source of the CDX
server (internetarchive/wayback) or from recorded answers.
"""

from __future__ import annotations

import base64
import bisect
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import format_datetime
from urllib.parse import parse_qs, quote_plus, unquote_plus, urljoin, urlsplit

from tests.support.loopback.answers import HTML, JSON, Answer, html
from tests.support.loopback.server import Asked, LoopbackServer

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
CDX = "/cdx/search/cdx"
_REPLAY = re.compile(r"/web/(\d{4,14})id_/(.+)", re.ASCII)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def urlkey(url: str) -> str:
    """Return the key of an address in an archive's index: `th,a)/b?x=1&y=2` for `http://www.a.th:80/B?y=2&x=1`."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    host = re.sub(r"^www\d*\.", "", parts.hostname or "")
    port = "" if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f":{parts.port}"
    path = parts.path.rstrip("/") or "/"
    query = "&".join(sorted(parts.query.split("&")))
    return f"{','.join(reversed(host.split('.')))}{port}){path}{'?' if query else ''}{query}".lower()


@dataclass(frozen=True)
class Capture:
    """One capture, as it was added."""

    url: str
    timestamp: str
    body: bytes
    status: int = 200
    content_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)  # more headers from the site: Location, ETag …
    revisit: bool = False
    lost: int = 0

    @property
    def row(self) -> tuple[str, ...]:
        """Return the line of the capture in the index."""
        digest = base64.b32encode(hashlib.sha1(self.body).digest()).decode()
        mimetype, status = self.content_type.partition(";")[0].strip(), str(self.status)
        if self.revisit:
            mimetype, status = "warc/revisit", "-"
        return urlkey(self.url), self.timestamp, self.url, mimetype, status, digest, str(len(self.body))


class Archive(LoopbackServer):
    """The archive. Captures may be added while it runs."""

    def __init__(self) -> None:
        super().__init__()
        self.max_rows: int | None = None  # an answer of the index is cut off there, without notice
        self.eager_key = False  # whether a full last page has a resume key, too (as in the source)
        self._captures: dict[str, list[Capture]] = {}
        self._index: list[tuple[str, ...]] | None = None

    def add(
        self,
        url: str,
        timestamp: str,
        body: bytes = b"",
        status: int = 200,
        content_type: str = HTML,
        headers: Mapping[str, str] | None = None,
        *,
        revisit: bool = False,
        lost: int = 0,
    ) -> None:
        """Add a capture of `url` at `timestamp` (14 digits, UTC).

        A redirect is a status of 3xx with `headers={"Location": …}`. A `revisit` is in the index as `warc/revisit` with
        status `-`, so `statuscode:200` does not find it; it plays like any other capture. A `lost` capture is in the
        index but cannot be played: with 404 or 503 the answer is that error, and with 302 it is a redirect to the
        nearest other capture.
        """
        if len(timestamp) != 14:
            raise ValueError(f"timestamp is {timestamp!r}, must have 14 digits")
        capture = Capture(url, timestamp, body, status, content_type, headers or {}, revisit, lost)
        with self._lock:
            self._captures.setdefault(urlkey(url), []).append(capture)
            self._index = None

    def answer(self, asked: Asked) -> Answer:
        if asked.path == CDX:
            try:
                return self._search(parse_qs(asked.query, keep_blank_values=True))
            except (KeyError, ValueError, re.error) as error:
                return html("Bad Request", f"<h1>Bad query: {error!r}</h1>", status=400)
        replay = _REPLAY.fullmatch(asked.path)
        if not replay:
            return html("Not Found", "<h1>Not Found</h1>", status=404)
        return self._play(replay[1], replay[2] + (f"?{asked.query}" if asked.query else ""))

    def _search(self, query: dict[str, list[str]]) -> Answer:
        """Return the rows that a query asks for, as one JSON array that begins with a header row."""
        if query["output"] != ["json"]:
            raise ValueError("output must be json")
        limit = min((int(number) for number in (*query.get("limit", []), self.max_rows) if number), default=None)
        rows = [row for row in self._rows_of(query) if _passes(row, query)]
        page = rows[:limit]
        columns = [FIELDS.index(name) for name in query.get("fl", [",".join(FIELDS)])[0].split(",")]
        lines = [[row[column] for column in columns] for row in [FIELDS, *page]] if page else []
        full = limit is not None and len(page) == limit
        if page and "true" in query.get("showResumeKey", []) and (len(rows) > len(page) or (self.eager_key and full)):
            lines += [[], [_resume_key(page[-1])]]
        text = ",\n".join(json.dumps(line) for line in lines)
        return Answer(f"[{text}]\n".encode(), content_type=JSON)

    def _rows_of(self, query: dict[str, list[str]]) -> list[tuple[str, ...]]:
        """Return the rows of the address or prefix, in the order of the index, from the resume key on."""
        url = query["url"][0]
        key, kind = urlkey(url), query.get("matchType", ["exact"])[0]
        if kind == "prefix":
            start = key if key.endswith("/") or not url.endswith("/") else f"{key}/"
            end = f"{start}\U0010ffff"
        elif kind == "exact":
            start, end = key, f"{key}!"
        else:
            raise ValueError("matchType must be prefix or exact")
        if "resumeKey" in query:  # the archive decodes it a second time
            start = unquote_plus(query["resumeKey"][0])
        with self._lock:
            if self._index is None:
                self._index = sorted(capture.row for captures in self._captures.values() for capture in captures)
            first, last = (bisect.bisect_left(self._index, edge, key=" ".join) for edge in (start, end))
            return self._index[first:last]

    def _play(self, timestamp: str, url: str) -> Answer:
        captures = self._captures.get(urlkey(url), [])
        exact = [capture for capture in captures if capture.timestamp == timestamp]
        exact.sort(key=lambda capture: capture.url != url)
        if exact and exact[0].lost != 302:
            return self._replay(exact[0])
        playable = [capture for capture in captures if not capture.lost]
        if not playable:
            return html("Not archived", "<h1>The archive has not archived that address.</h1>", status=404)
        nearest = min(playable, key=lambda capture: abs(_moment(capture.timestamp) - _moment(timestamp)))
        headers = {
            "Location": f"/web/{nearest.timestamp}id_/{nearest.url}",
            "X-Archive-Redirect-Reason": f"found capture at {nearest.timestamp}",
        }
        return Answer(status=302, headers=headers)

    def _replay(self, capture: Capture) -> Answer:
        """Return the capture as the site sent it, with the archive's own headers added."""
        if capture.lost:
            headers = {"X-Archive-Wayback-Runtime-Error": f"ResourceNotAvailableException: {capture.url}"}
            return html("Error", "<h1>The capture cannot be played.</h1>", status=capture.lost, headers=headers)
        original = {"Content-Type": capture.content_type, **capture.headers}
        day = format_datetime(_moment(capture.timestamp), usegmt=True)
        headers = {
            "Memento-Datetime": day,
            "Link": f'<{capture.url}>; rel="original", <{self.url}/web/{capture.url}>; rel="timegate", '
            f'<{self.url}/web/{capture.timestamp}/{capture.url}>; rel="memento"; datetime="{day}"',
            **{f"X-Archive-Orig-{name}": value for name, value in original.items()},
        }
        if "Location" in capture.headers:
            target = urljoin(capture.url, capture.headers["Location"])
            headers["Location"] = f"/web/{capture.timestamp}id_/{target}"
        if "Content-Encoding" in capture.headers:
            headers["Content-Encoding"] = capture.headers["Content-Encoding"]
        return Answer(capture.body, capture.status, capture.content_type, headers)


def _passes(row: tuple[str, ...], query: dict[str, list[str]]) -> bool:
    """Tell whether a row passes all filters and the time range. A filter is `[!]field:regex`, for the whole field."""
    for text in query.get("filter", []):
        name, _, pattern = text.removeprefix("!").partition(":")
        if bool(re.fullmatch(pattern, row[FIELDS.index(name)])) == text.startswith("!"):
            return False
    since, until = (query.get(name, [""])[0] for name in ("from", "to"))
    return row[1] >= since and (not until or row[1] <= until or row[1].startswith(until))


def _resume_key(last: tuple[str, ...]) -> str:
    """Return the resume key for the rows behind `last`: its line up to the timestamp, with the last character one higher.

    The archive's source does so, too. It skips a second capture in the same second.
    """
    return quote_plus(f"{last[0]} {last[1][:-1]}{chr(ord(last[1][-1]) + 1)}")


def _moment(timestamp: str) -> datetime:
    full = timestamp + "00000101000000"[len(timestamp) :]
    return datetime.strptime(full, "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
