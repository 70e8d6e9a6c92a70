"""A loopback copy of the site: classic articles, listings, robots.txt, and pages that JavaScript draws."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable
from html import unescape
from types import MappingProxyType

from sample.anatomy import LISTED, TITLE_PREFIX, absent_page, listing_page
from tests.support.loopback.answers import TEXT, Answer, Mishap, html, redirect
from tests.support.loopback.relaunch import MEDIA, api_answer, drawn_page, relaunch_article, relaunch_shell
from tests.support.loopback.server import Asked, LoopbackServer
from tests.support.warcs import page

ALLOWING = Answer(b"User-agent: *\nAllow: /\n", content_type=TEXT)
DISALLOWING = Answer(b"User-agent: *\nDisallow: /\n", content_type=TEXT)
MOVED_ROBOTS = "/moved/robots.txt"
# Answers for /robots.txt, with names for parametrised tests.
ROBOTS = MappingProxyType(
    {
        "allowing": ALLOWING,
        "disallowing": DISALLOWING,
        "401": html("401", "Unauthorized", status=401),
        "403": html("403", "Forbidden", status=403),
        "404": html("404", "Not Found", status=404),
        "500": html("500", "Internal Server Error", status=500),
        "moved": redirect(MOVED_ROBOTS, 301),
        "unreachable": Answer(mishap=Mishap.RESET),
    }
)

_NOT_FOUND = html("404 Page Not Found", "<h1>404 Page Not Found</h1>", status=404)
_LAST_MODIFIED = "Wed, 01 Jan 2025 00:00:00 GMT"
_TITLE = re.compile(rf"<title>{TITLE_PREFIX}(.*?)</title>")
_LONG_DATE = re.compile(r'<p class="col-xs-8[^>]*>.*?<span>([^<]*)</span></p>')


class Site(LoopbackServer):
    """The site, with an article for each of `article_ids`. `make` renders a page.

    Its articles may change while it runs: `site.pages[5] = page(5, headline=…)` is an edit, and after `del
    site.pages[5]` the answer is a soft 404.
    """

    def __init__(self, article_ids: Iterable[int] = range(1, 31), make: Callable[[int], bytes] = page) -> None:
        super().__init__()
        self.pages: dict[int, bytes] = {article_id: make(article_id) for article_id in article_ids}
        self.absent_form = "title"  # form of the page for an ID without an article (see `absent_page`)
        self.robots = ALLOWING  # any answer, such as one of ROBOTS, or redirect("http://localhost:…/robots.txt")
        self.moved_robots = DISALLOWING  # answer at MOVED_ROBOTS
        self.conditional = False  # whether articles have ETag and Last-Modified, and If-None-Match works
        self.categories: dict[int, Collection[int]] = {}  # article IDs by category; if empty, each category has all
        self.ministry: set[int] = set()  # article IDs that listings link as ministry_details
        self.drawn: set[int] = set()  # article IDs whose classic page is drawn by JavaScript
        self.news = {number: relaunch_article(number) for number in range(169_001, 169_004)}  # articles of the relaunch

    def answer(self, asked: Asked) -> Answer:
        for pattern, handle in _ROUTES:
            found = pattern.fullmatch(asked.path)
            if found:
                return handle(self, asked, *found.groups())
        return _NOT_FOUND

    def _article(self, asked: Asked, number: str) -> Answer:
        article_id = int(number)
        if article_id in self.drawn:
            return Answer(drawn_page(f"/api/page/{article_id}").encode())
        body = self._page(article_id)
        return _conditional(body, asked.headers["If-None-Match"]) if self.conditional else Answer(body)

    def _page(self, article_id: int) -> bytes:
        return self.pages.get(article_id) or absent_page(self.absent_form).encode()

    def _listing(self, asked: Asked, category: str) -> Answer:
        listed = self.categories.get(int(category), ()) if self.categories else self.pages
        newest_first = sorted((article_id for article_id in listed if article_id in self.pages), reverse=True)
        found = re.search(r"(?:^|&)per_page=(\d+)(?:&|$)", asked.query)
        offset = int(found[1]) if found else 0
        rows = [self._row(article_id) for article_id in newest_first[offset : offset + LISTED]]
        text = listing_page("ข่าวทำเนียบรัฐบาล", rows, path=self.url + asked.path, offset=offset, total=len(newest_first))
        return Answer(text.encode())

    def _row(self, article_id: int) -> tuple[str, str, str]:
        """Return address, headline and long date of an article. Headline and date are those of its page."""
        text = self.pages[article_id].decode("utf-8", "replace")
        headline, day = (unescape(found[1]) if (found := part.search(text)) else "" for part in (_TITLE, _LONG_DATE))
        kind = "ministry_details" if article_id in self.ministry else "details"
        return f"{self.url}/news/contents/{kind}/{article_id}", headline, day

    def _relaunched(self, asked: Asked, number: str) -> Answer:
        return Answer(relaunch_shell(int(number)).encode())

    def _news(self, asked: Asked, number: str) -> Answer:
        return api_answer(self.news.get(int(number)))


def _conditional(body: bytes, known: str | None) -> Answer:
    """Return a page with its validators, or 304 if the client knows the page."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Last-Modified": _LAST_MODIFIED}
    if known and tag in (candidate.strip().removeprefix("W/") for candidate in known.split(",")):
        return Answer(status=304, headers=headers)
    return Answer(body, headers=headers)


_ROUTES = [
    (re.compile(pattern, re.ASCII), handle)
    for pattern, handle in (
        (r"/news/contents/(?:ministry_)?details/(\d+)", Site._article),
        (r"/news/contents/index/(\d+)", Site._listing),
        (r"/robots\.txt", lambda site, _: site.robots),
        (re.escape(MOVED_ROBOTS), lambda site, _: site.moved_robots),
        (r"/th/news/(\d+)", Site._relaunched),
        (r"/api/news/(\d+)", Site._news),
        (r"/api/page/(\d+)", lambda site, _, number: Answer(site._page(int(number)))),
        (r"(/media/.+)", lambda _, __, path: MEDIA.get(path, _NOT_FOUND)),
    )
]
