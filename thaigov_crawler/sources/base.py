"""The base class of all sources. A source turns article IDs into requests, and responses into captures."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

from scrapy.exceptions import DownloadCancelledError

from thaigov_crawler.outcomes import Outcome, storable
from thaigov_crawler.sources.addresses import ORIGIN, path_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response
    from scrapy.settings import BaseSettings

    from thaigov_crawler.sources.crawls import CrawlMemory
    from thaigov_crawler.sources.shares import Share

# Meta keys of requests that the middlewares look at.
# The request asks an archive for a capture. A response with Memento-Datetime is what the site answered at that time. It
# is not the archive's own answer.
IS_REPLAY = "thaigov_replay"
# The request asks for a capture that may not be a page. If the archive does not play it back, that says nothing about
# the archive.
IS_UNSURE = "thaigov_unsure"
# The request asks for JSON. HTML with status 200 is not an answer to it.
WANTS_JSON = "thaigov_wants_json"
# The request asks for this part of a file. Only status 206 is an answer to it. The whole file, or 5xx, is trouble.
WANTS_PART = "thaigov_wants_part"
# The request asks for one of many things of a kind. If it meets trouble again and again, only this one is given up.
IS_ONE_OF_MANY = "thaigov_one_of_many"
# The Wayback Machine sends this header if it cannot or may not play a capture back. Its value is the class of the
# error.
PLAYBACK_ERROR = "X-Archive-Wayback-Runtime-Error"

# Values of the argument `address`: the pages of the site until 2025-09, and those since then.
ADDRESSES = ("classic", "relaunch")
RELAUNCH = "relaunch"  # the value, and the name of the folder for its output
RELAUNCH_LAYOUT = "generic"  # nobody has seen the HTML of the relaunched site

Options = Mapping[str, tuple[str, ...]]  # name of an argument to its allowed values; the first is the default
Defaults = Mapping[str, str | None]  # name of an argument to its default


class WantedIds(Protocol):
    """The article IDs that a run asks for, and those of them that need no visit."""

    @property
    def ranges(self) -> tuple[tuple[int, int | None], ...]:
        """Return the ranges (first, last), in order, without overlaps. An open-ended range has None as its last."""

    @property
    def known(self) -> Set[int]:
        """Return the article IDs that need no visit."""

    @property
    def held(self) -> Mapping[int, HeldCapture]:
        """Return what the store knows of articles that are asked for again.

        Empty if the run does not look for edits.
        """

    @property
    def last(self) -> Mapping[int, None]:
        """Return the article IDs that failed last time, in the order in which they are visited, after all others.

        Some of them may not be asked for.
        """

    def within(self, article_id: int) -> bool:
        """Return whether an article ID is asked for."""

    def only(self, article_ids: Set[int]) -> WantedIds:
        """Return the same, with only those that are in `article_ids`."""

    def __contains__(self, article_id: int) -> bool:
        """Return whether to visit an article ID: it is asked for and not known."""


class HeldCapture(Protocol):
    """What the store knows of an article that may have changed."""

    @property
    def captured_at(self) -> str:
        """Return the time of the newest capture that was read (ISO datetime, UTC), or "" if it is unknown."""

    @property
    def etag(self) -> str | None:
        """Return the header ETag of the page when it was read, or None."""

    @property
    def last_modified(self) -> str | None:
        """Return the header Last-Modified of the page when it was read, or None."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One copy of a page: its article ID, address and time, and what the server answered."""

    article_id: int
    url: str  # the address that it was fetched from
    captured_at: str  # ISO datetime with offset (UTC); "" if the source does not know it
    status: int
    content_type: str | None
    body: bytes
    location: str | None = None  # absolute address that a redirect points to
    etag: str | None = None  # this and the next: to ask the host later whether the page has changed
    last_modified: str | None = None
    section: str = ""  # the category, if the source knows it; used if the page does not say it

    def __post_init__(self) -> None:
        for name in ("url", "location", "etag", "last_modified"):
            if text := getattr(self, name):
                object.__setattr__(self, name, storable(text))


@dataclass(frozen=True, slots=True)
class Listed:
    """Which of the article IDs asked for have a capture in an archive."""

    ranges: tuple[tuple[int, int], ...]  # (first, last) of those asked for, up to the highest that has a capture
    newest: Mapping[int, str]  # article ID to the time of its newest capture (ISO datetime, UTC)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will visit."""

    visits: int | None  # None if the number is not known before the run
    first: int | None = None  # lowest article ID
    last: int | None = None  # highest article ID
    seconds: float | None = None  # shortest time of the run at the configured rate; None if there is no rate
    uncaptured: int | None = None  # number of article IDs asked for without a capture in the archive
    captured: int | None = None  # number of article IDs asked for with a capture in the archive, known ones too
    listed: Listed | None = None  # which these are; None if the source has no index
    left_out: int = 0  # number of files that may hold pages and are not read


@dataclass(frozen=True, slots=True)
class Unread:
    """What a source could not read completely, in words."""

    why: str  # why the run is incomplete: `2 file(s) cannot be read: see the errors in the log`
    note: str = ""  # stands in the summary, behind the number of visits, to explain it


class Source(ABC):
    """A source, as a run uses it. Each subclass declares its attributes; `registry.py` lists the subclasses."""

    # Attributes of the class: the same for every argument.
    kind: ClassVar[str]  # the first word of the argument `source`
    usage: ClassVar[str]  # how the argument is written, and what it means
    takes_path: ClassVar[bool] = False  # the argument is `kind:PATH`
    shares_files: ClassVar[bool] = False  # the argument `part` shares out its files, not its article IDs
    is_on_network: ClassVar[bool] = False  # true: it sends requests to a host; false: it reads files
    is_the_site: ClassVar[bool] = False  # if an article is absent from it, the article was withdrawn
    options: ClassVar[Options] = MappingProxyType({})
    # Arguments that change what kind of pages it gives, with their defaults. Runs that differ here are not compared.
    changes_pages: ClassVar[Defaults] = MappingProxyType({})
    advice: ClassVar[str]  # what the user can do if it refuses or cannot be reached
    advice_where_refused: ClassVar[str] = ""  # the same, if it will refuse later, too; "" stands for `advice`

    # Attributes of the source of one run.
    name: str  # as in the argument `source` and in the exported field `source`
    folder: str | None = None  # subfolder of THAIGOV_DIR for its output; None: THAIGOV_DIR itself
    layout: str = "classic"  # layout of its pages
    visit: str = "missing"  # the default of the argument `visit`
    knows_its_ids: bool = True  # the plan finds out which article IDs exist
    host: str | None = None  # host (name and port) on which one run at a time may work; None: it reads files
    base: str = ""  # how the addresses of its pages begin
    settings: Mapping[str, Any] = MappingProxyType({})  # settings of Scrapy that it needs
    defaults: Mapping[str, Any] = MappingProxyType({})  # settings of Scrapy that the command line may change
    part: Share | None = None  # which share of the work is done; None: all of it
    remembers: bool = False  # it uses `memory`
    memory: CrawlMemory | None = None  # the run sets it before it calls `plan`; None if nothing is kept

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()  # stat (without `thaigov/`) to number: what it met while it planned

    @classmethod
    @abstractmethod
    def open(cls, path: str, options: Mapping[str, str], settings: BaseSettings) -> Self:
        """Return the source that the arguments name.

        `path` is what stands behind `kind:`, and `options` has a value for each of the class's options. Raise
        SourceError or SettingError.
        """

    @classmethod
    def content(cls, arguments: Mapping[str, str]) -> str:
        """Return what a run with these arguments stores, in words.

        Runs with different content need different databases, because the relaunched site numbers its articles anew.
        """
        return "articles of the relaunch" if is_relaunch(arguments) else "articles of the classic site"

    @abstractmethod
    async def plan(self, ids: WantedIds, crawler: Crawler) -> Plan:
        """Find out which of `ids` can be visited. Raise Unreachable, SourceError, Refused or NotSent."""

    @abstractmethod
    def requests(self) -> Iterator[Request]:
        """Yield the requests of the plan, without those of `last_requests`.

        `cb_kwargs` has the `article_id` of each.
        """

    def last_requests(self) -> Iterator[Request]:
        """Yield the requests of the plan that are sent after all others: those of article IDs that failed last time.

        A source on a network must have them. For some IDs the connection always breaks. If they came first, the run
        would end there every night.
        """
        return iter(())

    @abstractmethod
    def capture(self, response: Response, article_id: int) -> Capture | Request:
        """Return the capture that a response holds.

        If the response is a redirect to another address or capture of the same article, return the request for that
        one. Raise NoCapture, or InTrouble if the response says nothing about the article.
        """

    def older(self, article_id: int, *, differs: bool) -> Request | None:
        """Return a request for the next older capture of an article, or None if there is none to try.

        Call it if the last capture could not be fetched, or if it held no article. In the second case give `differs`:
        a capture with equal content would hold none, either.
        """
        return None

    def copy_of(self, response: Response) -> tuple[str, str] | None:
        """Return original address and capture time (ISO datetime, UTC) if a response is a copy of another response.

        Return None if it is the host's own answer.
        """
        return None

    def record_in(self, response: Response, request: Request) -> bytes | None:
        """Return the WARC record, as one gzip member, that a response to a request holds, or None if it holds none.

        The record is recorded instead of the response.
        """
        return None

    @property
    def size(self) -> int:
        """Return how many bytes its files have, or 0 if that is not known before the plan."""
        return 0

    def unread(self) -> Unread | None:
        """Return what could not be read completely, or None."""
        return None

    def address_of(self, article_id: int) -> str:
        """Return the canonical address of an article on the live site, even if its page came from elsewhere."""
        return f"{ORIGIN}{path_of(article_id, relaunch=self.layout == RELAUNCH_LAYOUT)}"

    def read_relaunch(self) -> None:
        """Make this source read the pages of the site since 2025-09, which have another layout and other IDs."""
        self.folder, self.layout = RELAUNCH, RELAUNCH_LAYOUT


def is_relaunch(arguments: Mapping[str, str]) -> bool:
    """Return whether the arguments of a run ask for pages of the site since 2025-09."""
    return arguments.get("address") == RELAUNCH


def outcome_of_status(status: int) -> Outcome | None:
    """Return the outcome that an HTTP status means, or None if only the page can tell (2xx)."""
    if status in (404, 410):
        return Outcome.ABSENT
    if 300 <= status < 400:
        return Outcome.MOVED
    if status in (401, 403, 429, 451):
        return Outcome.REFUSED
    return None if 200 <= status < 300 else Outcome.FAILED


def header_of(response: Response, name: str) -> str:
    """Return a header of a response as text, or "" if there is none."""
    return (response.headers.get(name) or b"").decode("utf-8", "replace")


def in_words(error: BaseException) -> str:
    """Return what is wrong with a download, in words.

    Some errors of Scrapy have no text, such as the one for an answer that becomes too large while it arrives.
    """
    said = " ".join(str(error).split())
    if said:
        return said
    if isinstance(error, DownloadCancelledError):
        return "the answer is larger than DOWNLOAD_MAXSIZE allows"
    return type(error).__name__
