"""Answers with which a site or an archive refuses a request."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime

from tests.support.loopback.answers import Answer, html

_RAY = "8f00d5a1bc2e4f10"
_CHALLENGE = f"""<!DOCTYPE html>
<html lang="en-US">
<head>
<title>{{title}}</title>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="robots" content="noindex,nofollow">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="390">
</head>
<body class="no-js">
<div class="main-wrapper" role="main"><div class="main-content">
<noscript><div id="challenge-error-title"><div class="h2">
<span id="challenge-error-text">Enable JavaScript and cookies to continue</span>
</div></div></noscript>
</div></div>
<script>(function(){{{{
window._cf_chl_opt = {{{{cvId: '3', cZone: 'www.thaigov.go.th', cType: 'managed', cRay: '{_RAY}', cFPWv: 'b'}}}};
var script = document.createElement('script');
script.src = '/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray={_RAY}';
document.getElementsByTagName('head')[0].appendChild(script);
}}}}());</script>
</body>
</html>
"""


def challenge(status: int = 403, title: str = "Just a moment...") -> Answer:
    """Return Cloudflare's challenge. Its status is usually 403; older setups send 503, and a caching proxy 200.

    The title is in the language of the browser, so tests should use another language than English, too.
    """
    headers = {
        "Server": "cloudflare",
        "cf-mitigated": "challenge",
        "CF-RAY": f"{_RAY}-BKK",
        "Cache-Control": "private, max-age=0, no-store, no-cache, must-revalidate",
        "Set-Cookie": "__cf_bm=loopback; path=/; HttpOnly",
    }
    return Answer(_CHALLENGE.format(title=title).encode(), status, headers=headers)


def too_many_requests(retry_after: int | str | datetime | None = None) -> Answer:
    """Return a 429. Retry-After is in seconds, an HTTP date (from a datetime in UTC), any text, or missing (None)."""
    if isinstance(retry_after, datetime):
        retry_after = format_datetime(retry_after, usegmt=True)
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return html("429 Too Many Requests", "<h1>Too Many Requests</h1>", status=429, headers=headers)


def login_page(status: int = 200) -> Answer:
    """Return a page that asks for name and password instead of showing the article."""
    form = (
        '<form action="/auth/login" method="post"><h3>เข้าสู่ระบบ</h3>'
        '<input type="text" name="username"><input type="password" name="password"><button>ตกลง</button></form>'
    )
    return html("เข้าสู่ระบบ", form, status=status)


def overload_page(status: int = 200) -> Answer:
    """Return the page that a busy archive sends instead of JSON."""
    text = "<h1>Service busy</h1><p>Our servers are handling many requests right now. Please try again later.</p>"
    return html("Temporarily unavailable", text, status=status)
