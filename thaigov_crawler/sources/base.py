"""What a source is: it turns article IDs into requests, and responses into captures."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

from scrapy.exceptions import DownloadCancelledError

from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.sources.addresses import ORIGIN, path_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response
    from scrapy.settings import BaseSettings

# Meta keys of requests that the middlewares look at.
IS_REPLAY = "thaigov_replay"  # asks for a copy: a Memento-Datetime marks what the answer then was, not the host's own
IS_UNSURE = "thaigov_unsure"  # asks for a copy that may be none: that it is not played tells nothing of the host
WANTS_JSON = "thaigov_wants_json"  # HTML under status 200 is no answer to it
# The Wayback Machine's header of what it cannot or may not play back; the class of the error is its value.
PLAYBACK_ERROR = "X-Archive-Wayback-Runtime-Error"

# The argument `address`: the site's pages until 2025-09, or those since then.
ADDRESSES = ("classic", "relaunch")
RELAUNCH = "relaunch"  # its value, and the folder of what comes of it
RELAUNCH_LAYOUT = "generic"  # nobody has seen that site's HTML

Options = Mapping[str, tuple[str, ...]]  # arguments that a source knows, with their allowed values, the default first
Defaults = Mapping[str, str | None]  # arguments with what they are where they are not given


class WantedIds(Protocol):
    """Which article IDs are asked for, and which of them need no visit."""

    @property
    def ranges(self) -> tuple[tuple[int, int | None], ...]:
        """Return first and last, in order, without overlaps; no last means open-ended."""

    @property
    def known(self) -> Set[int]:
        """Return those that need no visit."""

    @property
    def held(self) -> Mapping[int, HeldCapture]:
        """Return what is known of those that are asked for again; empty where that is no matter."""

    @property
    def last(self) -> Mapping[int, None]:
        """Return those that failed last time, in the order in which they go last; others among them."""

    def within(self, article_id: int) -> bool:
        """Return whether an article ID is asked for."""

    def only(self, article_ids: Set[int]) -> WantedIds:
        """Return those that are among `article_ids`."""

    def __contains__(self, article_id: int) -> bool:
        """Return whether an article ID is to be visited: asked for, and not known."""


class HeldCapture(Protocol):
    """What is known of an article that may have changed."""

    @property
    def captured_at(self) -> str:
        """Return when the newest capture that was read was made (ISO datetime, UTC); "" where that is unknown."""

    @property
    def etag(self) -> str | None:
        """Return what the host gave to ask it with."""

    @property
    def last_modified(self) -> str | None:
        """Return the same, as a date."""


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
    captured: int | None = None  # article IDs asked for that an archive has captures of, known ones included


@dataclass(frozen=True, slots=True)
class Unread:
    """What a source could not read in full, in words."""

    why: str  # for the verdict of the run: `2 file(s) cannot be read: see the errors in the log`
    note: str = ""  # for the number of visits in the summary, where it explains that


class Source(ABC):
    """What a run needs of a source. A subclass declares what it is; `registry.py` lists the subclasses."""

    # What it is, whatever it is opened with.
    kind: ClassVar[str]  # the first word of the argument `source`
    usage: ClassVar[str]  # how the argument is written, and what that means
    takes_path: ClassVar[bool] = False  # `kind:PATH`
    is_on_network: ClassVar[bool] = False  # makes requests on a host; else it reads files
    is_the_site: ClassVar[bool] = False  # where it has no article any more, that was withdrawn
    options: ClassVar[Options] = MappingProxyType({})
    # Of its arguments those that change which kind of pages it gives, with their defaults.
    changes_pages: ClassVar[Defaults] = MappingProxyType({})
    advice: ClassVar[str]  # what to do where it refuses or cannot be reached
    advice_where_refused: ClassVar[str] = ""  # … where it would refuse later, too; "": the same

    # What one run uses of it.
    name: str  # as in the argument and the exported field `source`
    folder: str | None = None  # the folder of its output below THAIGOV_DIR, where that must not mix with others
    layout: str = "classic"  # of its pages
    visit: str = "missing"  # the default of the argument `visit`
    knows_its_ids: bool = True  # whether the plan finds out which article IDs there are
    host: str | None = None  # one run at a time on it (name and port); None where there is none
    base: str = ""  # the addresses of its pages begin so
    settings: Mapping[str, Any] = MappingProxyType({})  # of Scrapy, that this source needs
    defaults: Mapping[str, Any] = MappingProxyType({})  # of Scrapy, that the command line may set otherwise

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()  # what it met while it planned, by name

    @classmethod
    @abstractmethod
    def open(cls, path: str, options: Mapping[str, str], settings: BaseSettings) -> Self:
        """Return the source as arguments name it: the path behind `kind:`, and a value for each of `options`.

        Raises SourceError, SettingError.
        """

    @classmethod
    def content(cls, arguments: Mapping[str, str]) -> str:
        """Return what a run with these arguments stores, in words. What has other content has a database of its own:
        the relaunched site numbers its articles anew."""
        return "articles of the relaunch" if is_relaunch(arguments) else "articles of the classic site"

    @abstractmethod
    async def plan(self, ids: WantedIds, crawler: Crawler) -> Plan:
        """Find what there is to visit of `ids`. Raises Unreachable, SourceError, Refused, NotSent."""

    @abstractmethod
    def requests(self) -> Iterator[Request]:
        """Return the requests of the plan, `cb_kwargs` holding the `article_id`."""

    def last_requests(self) -> Iterator[Request]:
        """Return those requests of the plan that go behind all others: of article IDs that failed last time.

        A source on a network must have them. The connection of some IDs always breaks, and a run that comes to those
        first ends there every night.
        """
        return iter(())

    @abstractmethod
    def capture(self, response: Response, article_id: int) -> Capture | Request:
        """Return the capture that a response holds; or the request that leads to it, where the response is a
        redirect to another address or capture of the same article. Raises NoCapture."""

    def older(self, article_id: int, *, differs: bool) -> Request | None:
        """Return the next older capture to try, where the last one could not be had or held no article; one that
        `differs` from it, where it was the page itself that held none. None where there is none."""
        return None

    def copy_of(self, response: Response) -> tuple[str, str] | None:
        """Return of what a response is a copy: original address and capture time (ISO, UTC). None: the host's own
        word."""
        return None

    def unread(self) -> Unread | None:
        """Return what could not be read in full. None: nothing."""
        return None

    def address_of(self, article_id: int) -> str:
        """Return the canonical address of an article on the live site, whatever mirror its page came from."""
        return f"{ORIGIN}{path_of(article_id, relaunch=self.layout == RELAUNCH_LAYOUT)}"

    def read_relaunch(self) -> None:
        """Read the pages of the site since 2025-09: other addresses, another layout, a numbering of their own."""
        self.folder, self.layout = RELAUNCH, RELAUNCH_LAYOUT


def is_relaunch(arguments: Mapping[str, str]) -> bool:
    """Return whether the arguments of a run ask for pages of the site since 2025-09."""
    return arguments.get("address") == RELAUNCH


def outcome_of_status(status: int) -> Outcome | None:
    """Return what an HTTP status says of an article; None where only the page itself can tell (2xx)."""
    if status in (404, 410):
        return Outcome.ABSENT
    if 300 <= status < 400:
        return Outcome.MOVED
    if status in (401, 403, 429, 451):
        return Outcome.REFUSED
    return None if 200 <= status < 300 else Outcome.FAILED


def header_of(response: Response, name: str) -> str:
    """Return a header of a response as text; "" where there is none."""
    return (response.headers.get(name) or b"").decode("utf-8", "replace")


def in_words(error: BaseException) -> str:
    """Return what is wrong with a download, in words. Scrapy gives some errors none, as one of an answer that turns out
    too large while it comes."""
    said = " ".join(str(error).split())
    if said:
        return said
    if isinstance(error, DownloadCancelledError):
        return "the answer is larger than DOWNLOAD_MAXSIZE allows"
    return type(error).__name__
