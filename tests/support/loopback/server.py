"""The base class of all loopback servers: threads, keep-alive, the log and the faults.

A server runs in threads of the test process, on a port of 127.0.0.1 that the system chooses:

    with Site(range(1, 31)) as site:
        crawl(folder, source="live", … site.url …)
    assert site.asked("/details/") …
"""

from __future__ import annotations

import gzip
import re
import socket
import socketserver
import struct
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.support.loopback.answers import TEXT, Answer, Mishap
from tests.support.loopback.faults import Fault, RandomFaults

if TYPE_CHECKING:
    from typing import Self

STOP_TIMEOUT = 600.0
_WITHOUT_BODY = frozenset({204, 304})


@dataclass(frozen=True)
class Logged:
    """One request, and what the server decided about it."""

    at: float  # time.monotonic() after its headers were read
    method: str
    path: str  # with the query
    headers: Message  # upper and lower case are the same: headers["user-agent"]
    status: int  # 0 if the connection was reset instead
    fault: str = ""  # fault that it met: `reset`, `503`, `delay` …


@dataclass(frozen=True)
class Asked:
    """The parts of a request that decide the answer."""

    path: str
    query: str
    headers: Message


class LoopbackServer:
    """An HTTP server on loopback that runs within a `with`. Subclasses define its answers.

    Faults may be added to `faults` at any time. The first one that meets a request counts, before the random ones. If
    the server's own code fails, the answer is 500, and the error is raised when the server stops.
    """

    def __init__(self) -> None:
        self.log: list[Logged] = []
        self.most_at_once = 0  # largest number of requests that waited for their answers at the same time
        self.faults: list[Fault] = []
        self._random: RandomFaults | None = None
        self._lock = threading.Lock()

    def answer(self, asked: Asked) -> Answer:
        """Return the answer to a request without a fault. Many threads may call this at the same time."""
        raise NotImplementedError

    def random_faults(self, seed: int, shares: Mapping[str, float], *, tries: int = 2, match: str = "") -> None:
        """Make a share of the requests fail, as the seed decides (see `RandomFaults`)."""
        self._random = RandomFaults(seed, shares, tries=tries, match=match)

    def let_go(self) -> None:
        """End all delays, those of waiting answers and of later ones."""
        self._http.let_go.set()

    def asked(self, pattern: str = "") -> list[Logged]:
        """Return the requests so far, in order, whose path (with query) matches the regular expression."""
        return [request for request in self.log if re.search(pattern, request.path)]

    @property
    def port(self) -> int:
        return self._http.server_address[1]

    @property
    def url(self) -> str:
        """Return the server's address, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._http = _HttpServer(self)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._thread.join(STOP_TIMEOUT)
        self._http.server_close()
        self._http.end_connections()
        if self._http.errors:
            raise self._http.errors[0]

    def decide(self, handler: BaseHTTPRequestHandler, at: float) -> Answer:
        """Decide what to send for a request, and log it before it is sent."""
        fault = self._fault_for(handler.path)
        path, _, query = handler.path.partition("?")
        answer = fault.answer if fault and fault.answer else self.answer(Asked(path, query, handler.headers))
        if fault:
            answer = fault.apply(answer)
        status = 0 if answer.mishap is Mishap.RESET else answer.status
        name = str(fault) if fault else ""
        self.log.append(Logged(at, handler.command, handler.path, handler.headers, status, name))
        return answer

    def _fault_for(self, path: str) -> Fault | None:
        with self._lock:
            scripted = next((fault for fault in self.faults if fault.meets(path)), None)
            return scripted or (self._random and self._random.fault_for(path))


class _HttpServer(ThreadingHTTPServer):
    """The HTTP server of a LoopbackServer. It ends its open connections when that one stops."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, owner: LoopbackServer) -> None:
        self.owner = owner
        self.let_go = threading.Event()  # ends the delays
        self.errors: list[BaseException] = []
        self._open: set[socket.socket] = set()
        self._waiting = 0
        self._changed = threading.Condition()
        super().__init__(("127.0.0.1", 0), _Handler)

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count a request that waits for its answer in the block."""
        with self._changed:
            self._waiting += 1
            self.owner.most_at_once = max(self.owner.most_at_once, self._waiting)
        try:
            yield
        finally:
            with self._changed:
                self._waiting -= 1

    def server_bind(self) -> None:
        """Bind the socket without looking up the host's name, as the base class does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._changed:
            self._open.add(request)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._changed:
                self._open.discard(request)
                self._changed.notify_all()

    def end_connections(self) -> None:
        """Wake the threads that wait for a request or for the end of a delay, and wait until they end."""
        self.let_go.set()
        with self._changed:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            if not self._changed.wait_for(lambda: not self._open, STOP_TIMEOUT):
                raise TimeoutError(f"{len(self._open)} connections are still open")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print nothing. A killed client leaves broken connections, and our own errors are kept in `errors`."""


class _Handler(BaseHTTPRequestHandler):
    """The handler that reads requests and sends what the server decides."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    server: _HttpServer

    def do_GET(self) -> None:
        at = time.monotonic()
        with self.server.counting():
            try:
                answer = self.server.owner.decide(self, at)
            except Exception as error:
                self.server.errors.append(error)
                answer = Answer(repr(error).encode(), 500, TEXT)
            if answer.delay:
                self.server.let_go.wait(answer.delay)
        if answer.mishap is Mishap.RESET:
            self._reset()
        else:
            self._send(answer)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing, because the server has its own log."""

    def _send(self, answer: Answer) -> None:
        headers, payload = _as_sent(answer)
        self.send_response_only(answer.status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(payload)
        if answer.mishap:
            self.close_connection = True

    def _reset(self) -> None:
        """Close the connection in such a way that the other side sees a reset, not an end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.connection.close()
        self.close_connection = True


def _as_sent(answer: Answer) -> tuple[dict[str, str], bytes]:
    """Return the headers and the bytes that follow them."""
    headers = {"Date": formatdate(usegmt=True), "Server": "loopback", **answer.headers}
    if answer.status in _WITHOUT_BODY:
        return headers, b""
    headers = {"Content-Type": answer.content_type, **headers}
    body, half = answer.body, answer.body[: len(answer.body) // 2]
    if answer.mishap is Mishap.TRUNCATED_CHUNKED:
        return {**headers, "Transfer-Encoding": "chunked"}, b"%x\r\n%s" % (len(body), half)
    if answer.mishap is Mishap.CHUNKED:
        return {**headers, "Transfer-Encoding": "chunked"}, b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    if answer.mishap is Mishap.TRUNCATED_GZIP:
        body = gzip.compress(body)
        body = half = body[: len(body) // 2]
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    return headers, half if answer.mishap else body
