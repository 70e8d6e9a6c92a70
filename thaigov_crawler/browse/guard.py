"""What stands before Datasette: only this machine's browser is answered, and its pages may do little."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

ADDRESS = "127.0.0.1"
# A page of another site that has its own name resolve to 127.0.0.1 (DNS rebinding) sends that name.
_HOSTS = {ADDRESS, "localhost"}
# Browsers say who asks: the person (none), a page of ours, or that of another site, which could run SQL by an image's
# address and learn from how long it takes.
_ASKING = {"", "none", "same-origin"}
_READING = {"GET", "HEAD"}
_HEADERS = {
    # No script at all, nothing from elsewhere. Datasette's own pages have styles in them.
    "content-security-policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",  # what was searched for is nobody's business
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_ENCODED = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


def guarded(app: App) -> App:
    """The ASGI application behind a check of host, asker and method, with headers of safety on every answer."""

    async def guard(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *_ENCODED]}
            await send(message)

        given = {name: value.decode("latin-1") for name, value in scope["headers"]}
        host = given.get(b"host", "")
        if host.partition(":")[0] not in _HOSTS:
            await _refuse(send_safely, 403, f"Only http://{ADDRESS} and http://localhost are answered.")
        elif given.get(b"sec-fetch-site", "") not in _ASKING:
            await _refuse(send_safely, 403, "Pages of other sites are not answered: type the address, or paste it.")
        elif scope["method"] not in _READING:
            await _refuse(send_safely, 405, "The store is only read here.")
        else:
            await app(scope, receive, send_safely)

    return guard


async def _refuse(send: Send, status: int, why: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{why}\n".encode()})
