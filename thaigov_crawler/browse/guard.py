"""The guard before Datasette: it answers only this machine's browser, and limits what pages may do there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

ADDRESS = "127.0.0.1"
# In DNS rebinding, another site lets its name resolve to 127.0.0.1. The header Host then has that name.
_HOSTS = {ADDRESS, "localhost"}
# Browsers say in Sec-Fetch-Site who asks: the person ("none"), one of our pages, or another site. Another site could
# run SQL with the address of an image, and learn something from the time that the answer takes.
_ASKING = {"", "none", "same-origin"}
_READING = {"GET", "HEAD"}
_HEADERS = {
    # No scripts, and nothing from other hosts. Inline styles are allowed, because Datasette's own pages have some.
    "content-security-policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",  # the address shows what was searched for, which is private
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_ENCODED = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


def guarded(app: App) -> App:
    """Return the ASGI application behind a check of host, site and method. Every answer gets security headers."""

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
