"""One request to a loopback server, as the tests of the servers make it."""

from __future__ import annotations

import http.client

from tests.support.commands import TIMEOUT
from tests.support.loopback.server import LoopbackServer


def get(
    server: LoopbackServer, path: str, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Status, headers and body of one request on a connection of its own; `headers` with _ for -."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=TIMEOUT)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()
