"""Where a page comes from. A source turns article IDs into requests, and responses into captures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from thaigov_crawler.outcomes import Outcome

if TYPE_CHECKING:
    from scrapy.http import Request, Response
    from scrapy.statscollectors import StatsCollector


class Selection(Protocol):
    """Which article IDs are asked for."""

    def __contains__(self, article_id: int) -> bool: ...


class SourceError(ValueError):
    """The argument `source` names nothing that pages can be read from. The text says why."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One copy of a page: of which article, from which address, when, and what the server answered."""

    article_id: int
    url: str  # the address that it was fetched from
    captured_at: str  # ISO datetime with offset (UTC)
    status: int
    content_type: str | None
    body: bytes
    location: str | None = None  # where a redirect points to


class Source(Protocol):
    """What a spider needs of a source."""

    name: str  # as in the argument and the exported field `source`

    def plan(self, ids: Selection, stats: StatsCollector, stopped: Callable[[], bool]) -> int:
        """Find what there is to visit of `ids`, until `stopped` says so; the number of visits.

        May take long: call it in a thread.
        """

    def requests(self) -> Iterator[Request]:
        """The requests of the plan, `cb_kwargs` holding the `article_id`."""

    def capture(self, response: Response, article_id: int) -> Capture:
        """The capture that a response holds."""


SAMPLE = "sample"
_KINDS = f"warc:PATH (a .warc or .warc.gz file, or a folder of them) or {SAMPLE}"


def open_source(spec: str | None) -> Source:
    """The source that the argument `source` names. Raises SourceError where it names none."""
    from thaigov_crawler.sources.warc import WarcSource

    if spec == SAMPLE:
        return WarcSource(SAMPLE, Path(__file__).with_name("sample.warc.gz"))
    kind, _, path = (spec or "").partition(":")
    if kind == "warc" and path:
        return WarcSource(f"warc:{path}", Path(path))
    raise SourceError(f"must be {_KINDS}")


def outcome_of_status(status: int) -> Outcome | None:
    """What an HTTP status says of an article; None where only the page itself can tell (2xx)."""
    if status in (404, 410):
        return Outcome.ABSENT
    if 300 <= status < 400:
        return Outcome.MOVED
    if status in (401, 403, 429, 451):
        return Outcome.REFUSED
    return None if 200 <= status < 300 else Outcome.FAILED
