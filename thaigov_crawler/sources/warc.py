"""WARC files as a source. Each response record with the address of an article is one visit, and so is each revisit.

`WarcSource` lists the records once. Each visit becomes a request `warc://<file>/<number of the file>/<offset>`.
`answers.WarcDownloadHandler` answers it by reading that one record, so only a few pages are in memory at a time.
"""

from __future__ import annotations

import logging
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Self
from urllib.parse import quote

from scrapy.http import Request

from thaigov_crawler.errors import NoCapture, SourceError
from thaigov_crawler.sources.addresses import ORIGIN, article_ids_below
from thaigov_crawler.sources.answers import Place
from thaigov_crawler.sources.base import (
    ADDRESSES,
    RELAUNCH_LAYOUT,
    Capture,
    Defaults,
    Options,
    Plan,
    Source,
    Unread,
    WantedIds,
    header_of,
    is_relaunch,
)
from thaigov_crawler.sources.files import (
    ADVICE,
    PACKED,
    files_in,
    planned,
    shown,
)
from thaigov_crawler.sources.findings import Findings, one_line
from thaigov_crawler.sources.kinds import PARTIAL, REVISIT, UNDRAWN, VISIT, Met
from thaigov_crawler.sources.listing import Listing
from thaigov_crawler.sources.opening import WarcFile, present
from thaigov_crawler.sources.records import IN_STREAM, records
from thaigov_crawler.sources.replays import shortfall
from thaigov_crawler.sources.wacz import WACZ_NAMES, WARC_NAMES, warcs_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

_NAMES = re.compile(rf"{WARC_NAMES.pattern}|{WACZ_NAMES.pattern}", re.IGNORECASE)
# Names of files that may hold records but are not read: other formats, and names that say that a file is half there
# (`x.warc.gz.part`) or one of several (`x.warc.gz.1`). Checksums and indexes beside a file hold no records.
_OTHERS = re.compile(
    rf"\.arc(?:\.gz)?\Z|\.(?:warc|wacz)[.~_ -](?!(?:gz\.|zst\.)?(?:md5|sha\d+|cdxj?|idx|json|txt|log|xml|asc|sig)\Z)"
    rf"|{PACKED.pattern}",
    re.IGNORECASE,
)
_OTHERS_ADVICE = (
    "Unpack what is packed, and rename what is whole: names of files that are read end in .warc, .warc.gz, .warc.zst "
    "or .wacz"
)
_NAMED = 5  # how many of the files that are left out the log names


class WarcSource(Source):
    """The records of one file, or of all WARC and WACZ files in a folder and its subfolders, in order.

    A name that ends in `.open` is that of a file that is being written, or that was never closed.
    """

    kind = "warc"
    usage = "warc:PATH (a .warc, .warc.gz, .warc.zst or .wacz file, or a folder of them)"
    takes_path = True
    shares_files = True
    options: ClassVar[Options] = MappingProxyType({"address": ADDRESSES})
    changes_pages: ClassVar[Defaults] = MappingProxyType({"address": ADDRESSES[0]})
    advice = ADVICE
    visit = "all"
    settings = MappingProxyType({"DOWNLOAD_HANDLERS": {"warc": "thaigov_crawler.sources.answers.WarcDownloadHandler"}})

    @classmethod
    def open(cls, path: str, options: Mapping[str, str], settings: BaseSettings) -> Self:
        """Return the source that reads the files at `path`. Raise SourceError."""
        relaunch = is_relaunch(options)
        return cls(f"{cls.kind}:{path}", Path(path), base=settings["THAIGOV_BASE_URL"], relaunch=relaunch)

    def __init__(self, name: str, path: Path, *, base: str = ORIGIN, relaunch: bool = False):
        """Read pages of the real site and of the site at `base` (an origin). With `relaunch`, read those since 2025-09.

        Raise SourceError if `path` does not exist or holds no WARC file.
        """
        super().__init__()
        self.name = name
        if relaunch:
            self.read_relaunch()
        self._article_id_of = article_ids_below((ORIGIN, base), relaunch=relaunch)
        try:
            name.encode()
            self._path, self._files = path, warc_files(path)
        except (OSError, UnicodeEncodeError) as error:
            raise SourceError(f"{path!r} cannot be read: {one_line(error)}") from None
        self._warcs: list[WarcFile] = []
        self._others: list[str] = []  # names of files and members that are left out
        self._findings = Findings(self.counts)
        self._listing = Listing()

    @property
    def size(self) -> int:
        """Return how many bytes the files have that belong to the part."""
        size = 0
        for path in filter(self._is_ours, self._files):
            with suppress(OSError):  # the plan will say so
                size += present(path).stat().st_size
        return size

    async def plan(self, ids: WantedIds, crawler: Crawler) -> Plan:
        """List the records."""
        plan = await planned(self.list_records, ids, crawler)
        return replace(plan, left_out=len(self._others))

    def list_records(self, ids: WantedIds, stopped: Callable[[], bool] = lambda: False) -> int:
        """List the records, and return how many visits they make. Stop early if `stopped` returns true.

        Count the records that are not visits as `warc/<kind>`, and each damaged place as `warc/damaged`.

        Of several parts, each lists its own files. If they leave open which records are visits, it looks into the files
        of the other parts, too.
        """
        ours = [path for path in self._files if self._is_ours(path)]
        if not ours:
            logger.info("No file of %s belongs to part %s.", shown(str(self._path)), self.part)
        if self._are_listed(ours, ids, self._findings, stopped) and len(ours) < len(self._files):
            self._listing.end_of_ours()
            if self._listing.is_open:
                others = [path for path in self._files if not self._is_ours(path)]
                self._are_listed(others, ids, Findings(Counter(), is_silent=True), stopped)
        if stopped():
            return self._listing.visits
        self._settle()
        self._findings.tell_rest()
        return self._listing.visits

    def _is_ours(self, path: Path) -> bool:
        """Return whether a file belongs to the part that is read."""
        below = path.name if path == self._path else path.relative_to(self._path)
        return self.part is None or self.part.has_file(below)

    def _are_listed(
        self, files: Iterable[Path], ids: WantedIds, findings: Findings, stopped: Callable[[], bool]
    ) -> bool:
        """List the records of files. Return false if `stopped` has returned true before the end."""
        others = self._others if findings is self._findings else []
        for path in files:
            for warc in warcs_of(present(path), findings, others):
                self._warcs.append(warc)
                for met in records(warc, findings, self._article_id_of):
                    if stopped():
                        return False
                    self._add(met, ids, findings)
        return True

    def _add(self, met: Met, ids: WantedIds, findings: Findings) -> None:
        """Count a record of the last file, or list it if it is wanted."""
        is_wanted = met.article_id is not None and met.article_id in ids
        if met.article_id is None:
            findings.count(met.kind)
        elif not is_wanted:
            findings.count("not_selected")
        if met.kind == VISIT and self.layout == RELAUNCH_LAYOUT:
            met = met._replace(kind=UNDRAWN)  # JavaScript fills the pages of the relaunched site
        self._listing.add(len(self._warcs) - 1, met, wanted=is_wanted)

    def _settle(self) -> None:
        """Decide on the records that are visits only if other records allow it. Log what is left out."""
        if undrawn := self._listing.settle_spare(UNDRAWN):
            self._findings.count(UNDRAWN, undrawn)
        if lost := self._listing.settle_revisits():
            self._findings.count(REVISIT, lost)
            logger.warning(
                "%s record(s) say that a page was as in another record, which is not in these files. They are left "
                "out. Add the files with the other records. Without them an older version may pass for the newest.",
                f"{lost:,}",
            )
        if partial := self._listing.settle_spare(PARTIAL):
            self._findings.count(PARTIAL, partial)
        with suppress(OSError):  # somebody has removed a folder
            self._others += [path.name for path in _others_in(self._path) if self._is_ours(path)]
        if self._others:
            self._findings.count("left_out", len(self._others))
            logger.warning(
                "%d file(s) in %s are left out: %s. %s.",
                len(self._others),
                shown(str(self._path)),
                ", ".join([*map(shown, self._others[:_NAMED]), *(["…"] if len(self._others) > _NAMED else [])]),
                _OTHERS_ADVICE,
            )

    def unread(self) -> Unread | None:
        """Return how many places are damaged, in words, or None."""
        if number := self.counts["warc/damaged"]:
            why = f"files are damaged in {number} place(s): see the errors in the log"
            return Unread(why, f"{number} damaged place(s), see above")
        return None

    def requests(self) -> Iterator[Request]:
        """Yield one request for each visit, in the order of the files. The requests for revisits come last."""
        for article_id, record, original in self._listing:
            place, number = self._place(record), record[0]
            meta = {"warc_place": place}
            if original:
                meta["warc_original"] = self._place(original)
            yield Request(
                f"warc://{quote(os.fsencode(place.file.path.name))}/{number}/{place.offset & ~IN_STREAM}",
                cb_kwargs={"article_id": article_id},
                meta=meta,
                dont_filter=True,
            )

    def _place(self, listed: tuple[int, int]) -> Place:
        number, offset = listed
        return Place(self._warcs[number], offset)

    def capture(self, response: Response, article_id: int) -> Capture:
        """Return the capture that a response of the handler holds, with the time and the address of the record.

        Raise NoCapture if the record is of another article, or a copy from an archive that played back only a part of
        the page.
        """
        if self._article_id_of(response.url) != article_id:
            raise NoCapture(f"the record there is of {response.url}: the file has been replaced while it was read")
        if less := shortfall(response):
            raise NoCapture(less)
        return Capture(
            article_id=article_id,
            url=header_of(response, "WARC-Source-URI"),
            captured_at=header_of(response, "WARC-Date"),
            status=response.status,
            content_type=header_of(response, "Content-Type") or None,
            body=response.body,
            location=header_of(response, "Location") or None,
        )


def warc_files(path: Path) -> list[Path]:
    """Return the file at `path`, or the WARC and WACZ files of the folder and its subfolders. Links are followed.

    Raise SourceError if there are none, or OSError.
    """
    if not path.exists():
        raise SourceError(f"there is no file or folder {path}")
    if not path.is_dir():
        return [path]
    found = sorted(Path(folder, name) for folder, name in files_in(path, _NAMES))
    if not found:
        others = [other.name for other in _others_in(path)]
        instead = f", but {len(others)} other file(s) such as {shown(others[0])}. {_OTHERS_ADVICE}" if others else ""
        raise SourceError(f"the folder {path} holds no WARC or WACZ file{instead}")
    return found


def _others_in(folder: Path) -> list[Path]:
    """Return the files in a folder that may hold records but are not read, by name. Raise OSError."""
    if not folder.is_dir():
        return []
    found = (Path(place, name) for place, name in files_in(folder, _OTHERS) if not _NAMES.search(name))
    return sorted(found, key=lambda path: path.name)
