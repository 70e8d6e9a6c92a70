"""A guard before Scrapyd's pages and its interface for programs. It refuses requests that come from another site.

A browser that knows Scrapyd's password sends it with every request to Scrapyd, whichever page makes the request. So
without the guard, any page could upload a program, which Scrapyd then runs. scrapyd.conf names this class as `webroot`.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapyd.config import Config
from scrapyd.website import Root
from twisted.application.service import Application
from twisted.web.http import Request
from twisted.web.resource import Resource

# The names by which this machine reaches itself. A page may let its own name lead to this machine (DNS rebinding), but
# then the browser sends that name. `hosts` in scrapyd.conf adds names.
_HOSTS = "localhost 127.0.0.1 [::1]"
# Values of Sec-Fetch-Site that are answered: a person typed the address, or a page of Scrapyd asks. curl does not send
# it.
_ASKING = {"none", "same-origin"}
_HEADERS = {
    # No other page may show ours in a frame, to make people click in it.
    "Content-Security-Policy": "frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    # Logs quote pages. A browser must not show a log as a page.
    "X-Content-Type-Options": "nosniff",
}


class GuardedRoot(Root):
    """Scrapyd's own root, but it checks every request."""

    def __init__(self, config: Config, app: Application):
        super().__init__(config, app)
        self._hosts = {name.lower() for name in config.get("hosts", _HOSTS).split()}

    def getChildWithDefault(self, path: bytes, request: Request) -> Resource:
        """Return the resource at a path, or the refusal."""
        return self._refusal(request) or super().getChildWithDefault(path, request)

    def render(self, request: Request) -> bytes | int:
        """Answer a request for the root itself."""
        refusal = self._refusal(request)
        answer: bytes | int = refusal.render(request) if refusal else super().render(request)
        return answer

    def _refusal(self, request: Request) -> Resource | None:
        for name, value in _HEADERS.items():
            request.setHeader(name, value)
        why = why_refused(request, self._hosts)
        return _Refusal(why) if why else None


def why_refused(request: Request, hosts: set[str]) -> str | None:
    """Return why a request is refused, in words, or None if it is answered."""
    host, *others = [value.lower() for value in _values(request, "Host")] or [""]
    if others or _name_of(host) not in hosts:
        return f"Only {', '.join(sorted(hosts))} are answered. Other names stand in scrapyd.conf, as `hosts`."
    asking = {value.lower() for value in _values(request, "Sec-Fetch-Site")}
    origins = _values(request, "Origin") + _values(request, "Referer")
    if asking - _ASKING or any(_host_in(origin) != host for origin in origins):
        return "Pages of other sites are not answered: type the address, or paste it."
    return None


def _values(request: Request, name: str) -> list[str]:
    return [value.strip() for value in request.requestHeaders.getRawHeaders(name, [])]


def _host_in(address: str) -> str:
    """Return host and port of an address, or "" if it has none, as the Origin `null`."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _name_of(host: str) -> str:
    """Return a host's name without its port: `[::1]` of `[::1]:6800`."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() else host


class _Refusal(Resource):
    isLeaf = True

    def __init__(self, why: str):
        super().__init__()
        self._why = why

    def render(self, request: Request) -> bytes:
        request.setResponseCode(403)
        request.setHeader("Content-Type", "text/plain; charset=utf-8")
        return f"{self._why}\n".encode()
