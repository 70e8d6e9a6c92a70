"""Where a page comes from. A source turns article IDs into requests, and responses into captures."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from thaigov_crawler.errors import SettingError
from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.sources.addresses import ORIGIN, path_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response
    from scrapy.settings import BaseSettings

POLICY = "https://www.thaigov.go.th/en/policy"

RELAUNCH_LAYOUT = "generic"  # nobody has seen that site's HTML

# Meta keys of requests that the middlewares look at.
IS_REPLAY = "thaigov_replay"  # asks for a copy: a Memento-Datetime marks what the answer then was, not the host's own
WANTS_JSON = "thaigov_wants_json"  # HTML under status 200 is no answer to it
# The Wayback Machine's header of what it cannot or may not play back; the class of the error is its value.
PLAYBACK_ERROR = "X-Archive-Wayback-Runtime-Error"


class Selection(Protocol):
    """Which article IDs are asked for, and which of them need no visit."""

    ranges: tuple[tuple[int, int | None], ...]  # in order, without overlaps; no last means open-ended
    known: Set[int]  # need no visit
    held: Mapping[int, Held]  # what is known of those that are asked for again; empty where that is no matter

    def within(self, article_id: int) -> bool:
        """Whether it is asked for."""

    def __contains__(self, article_id: int) -> bool:
        """Whether it is to be visited: asked for, and not known."""


class Held(Protocol):
    """What is known of an article that may have changed."""

    captured_at: str  # ISO datetime (UTC) of the newest capture that was read
    etag: str | None
    last_modified: str | None


def amount_of(settings: BaseSettings, name: str) -> float:
    """The number, 0 or more, that a setting is. Raises SettingError where it is none."""
    value = settings[name]
    try:
        amount = float(value)
    except (TypeError, ValueError):
        amount = -1.0
    if not 0 <= amount < float("inf"):
        raise SettingError(name, value, "a number, 0 or more, as in 0.5")
    return amount


@dataclass(frozen=True, slots=True)
class Capture:
    """One copy of a page: of which article, from which address, when, and what the server answered."""

    article_id: int
    url: str  # the address that it was fetched from
    captured_at: str  # ISO datetime with offset (UTC); empty where the source does not say
    status: int
    content_type: str | None
    body: bytes
    location: str | None = None  # where a redirect points to
    etag: str | None = None  # for asking the host later whether the page has changed
    last_modified: str | None = None
    section: str = ""  # where the source knows it and the page does not say it


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is going to visit."""

    visits: int | None  # None where nobody knows before
    first: int | None = None  # article IDs
    last: int | None = None
    seconds: float | None = None  # at least so long, at the configured rate; None where no rate limits it
    uncaptured: int | None = None  # article IDs asked for that an archive has no capture of


class Source(ABC):
    """What a spider needs of a source."""

    name: str  # as in the argument and the exported field `source`
    folder: str | None = None  # the folder of its output below THAIGOV_DIR, where that must not mix with others
    layout: str = "classic"  # the page module that reads its pages
    visit: str  # the default of the argument `visit`
    knows_its_ids: bool = True  # whether the plan finds out which article IDs there are
    host: str | None = None  # one run at a time on it (name and port); None where there is none
    advice: str  # what to do where the host refuses or cannot be reached
    base: str = ""  # the addresses of its pages begin so
    settings: Mapping[str, Any] = MappingProxyType({})  # of Scrapy, that this source needs
    defaults: Mapping[str, Any] = MappingProxyType({})  # of Scrapy, that the command line may set otherwise

    @abstractmethod
    async def plan(self, ids: Selection, crawler: Crawler) -> Plan:
        """Find what there is to visit of `ids`. Raises Unreachable, SourceError, Refused, NotSent."""

    @abstractmethod
    def requests(self) -> Iterator[Request]:
        """The requests of the plan, `cb_kwargs` holding the `article_id`."""

    @abstractmethod
    def capture(self, response: Response, article_id: int) -> Capture | Request:
        """The capture that a response holds; or the request that leads to it, where the response is a redirect to
        another address or capture of the same article. Raises NoCapture."""

    def older(self, article_id: int, *, differs: bool) -> Request | None:  # noqa: B027 (the default is none)
        """The next older capture to try, where the last one could not be had or held no article; one that `differs`
        from it, where it was the page itself that held none. None where there is none."""

    def copy_of(self, response: Response) -> tuple[str, str] | None:  # noqa: B027
        """Of what a response is a copy: original address and capture time (ISO, UTC). None: the host's own word."""

    def address_of(self, article_id: int) -> str:
        """The canonical address of an article on the live site, whatever mirror its page came from."""
        return f"{ORIGIN}{path_of(article_id, relaunch=self.layout == RELAUNCH_LAYOUT)}"

    def read_relaunch(self) -> None:
        """The pages are those of the site since 2025-09: other addresses, another layout, a numbering of their own."""
        self.folder, self.layout = "relaunch", RELAUNCH_LAYOUT


def outcome_of_status(status: int) -> Outcome | None:
    """What an HTTP status says of an article; None where only the page itself can tell (2xx)."""
    if status in (404, 410):
        return Outcome.ABSENT
    if 300 <= status < 400:
        return Outcome.MOVED
    if status in (401, 403, 429, 451):
        return Outcome.REFUSED
    return None if 200 <= status < 300 else Outcome.FAILED


def header_of(response: Response, name: str) -> str:
    """A header of a response as text; "" where there is none."""
    return (response.headers.get(name) or b"").decode("utf-8", "replace")
