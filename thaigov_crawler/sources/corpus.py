"""PyThaiNLP's corpora as a source. Each text file is one visit; `pages/corpus.py` describes the content of a file.

The files of the two corpora lie in these folders:

    thaigov-v2-corpus/data/09_17_2020/<category>_<n>.txt           its first days
    thaigov-v2-corpus/data/2021/01/06/<category>_<n>.txt           the day of fetching in Bangkok
    thaigov-v2-corpus/data/2025/01/01/<category>_<n>_<uuid>.txt    since 2022
    thaigov-corpus/19/<category>_<n>.txt                           batches 1 to 24

The category is the heading of the page's section. Most file names have it without the characters `? . ! / ; :`.

The article ID is that of the address in the last line of a file, never of its name. So the files may lie in any folder.
Other files (`requirements.txt`) have no such address: they are left out, counted and named in the log.

The texts do not say when a page was fetched. (The folders of the second corpus tell a day, those of the first do not.)
So an article counts as captured at the beginning of the day of its publication. That is the earliest possible time, so
every real capture is newer.
"""

from __future__ import annotations

import logging
import os
import re
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from scrapy.http import Request

from thaigov_crawler.errors import DamagedRecord, SourceError
from thaigov_crawler.pages.classic import TITLE_PREFIX, without_prefix
from thaigov_crawler.sources.addresses import article_id_of
from thaigov_crawler.sources.base import Capture, Plan, Source, Unread, WantedIds
from thaigov_crawler.sources.files import (
    ADVICE,
    PACKED,
    PATH,
    FileDownloadHandler,
    files_in,
    planned,
    shown,
)

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

_NAMES = re.compile(r"\.txt\Z")
# The files are UTF-8. If the bytes of a file are not, `pages/encoding.py` guesses the encoding.
_CONTENT_TYPE = "text/plain; charset=utf-8"
# Bytes that are read from the end of a file, to find the address in the last line.
_TAIL = 4096
_SAID = "ที่มา"
_SOURCE_LINE = re.compile(
    rb"\s*(?:" + b"|".join(_SAID.encode(encoding) for encoding in ("utf-8", "cp874")) + rb")[^:]*:\s*(\S+)\s*"
)
_NAME = re.compile(r"(.*?)_\d+(?:_[0-9a-f-]{36})?\.txt", re.DOTALL)
_NAMED = 10  # how many of the files that are left out the log names


class CorpusSource(Source):
    """The text files of a folder and its subfolders, or one text file. They are visited in order of article IDs."""

    kind = name = layout = "corpus"
    usage = "corpus:PATH (a folder of PyThaiNLP's text files)"
    takes_path = True
    advice = ADVICE
    settings = MappingProxyType(
        {"DOWNLOAD_HANDLERS": {"corpus": "thaigov_crawler.sources.corpus.CorpusDownloadHandler"}}
    )

    @classmethod
    def open(cls, path: str, options: Mapping[str, str], settings: BaseSettings) -> Self:
        """Return the source that reads the files at `path`. Raise SourceError."""
        return cls(Path(path))

    def __init__(self, path: Path):
        """Raise SourceError if `path` does not exist, or if it is neither a text file nor a folder with text files."""
        super().__init__()
        if not path.exists():
            raise SourceError(f"there is no file or folder {path}")
        if not path.is_dir() and not _NAMES.search(path.name):
            raise SourceError(f"{path} is neither a folder nor a .txt file: unpack an archive first")
        self._path = path
        if next(self._files(), None) is None:
            packed = next(files_in(path, PACKED), None)
            instead = f", but {shown(packed[1])}: unpack it first" if packed else ""
            raise SourceError(f"the folder {path} holds no .txt file{instead}")
        # All names in one array of bytes, and where each ends. A hundred thousand objects would take ten times the
        # memory.
        self._names, self._ends, self._article_ids = bytearray(), array("Q"), array("L")

    async def plan(self, ids: WantedIds, crawler: Crawler) -> Plan:
        """List the files. Raise SourceError if the folder cannot be read."""
        return await planned(self.list_files, ids, crawler)

    def list_files(self, ids: WantedIds, stopped: Callable[[], bool] = lambda: False) -> int:
        """List the files, and return how many of them will be visited. Stop early if `stopped` returns true.

        Count the other files as `corpus/no_address`, `corpus/not_selected` and `corpus/unreadable`. Raise SourceError.
        A text belongs to the part of its article, because several texts of one article must come one after the other.
        A file without an article ID is told by the part that its name belongs to.
        """
        nameless, cut = _Told(), _Told()
        for path in self._files():
            if stopped():
                break
            try:
                article_id, is_cut = _judged(path)
            except OSError as error:
                if self._is_elsewhere(path):
                    continue
                self.counts["corpus/unreadable"] += 1
                logger.error("%s cannot be read: %s. Fetch the file again.", shown(path), error.strerror or error)
                continue
            if article_id is None:
                if self._is_elsewhere(path):
                    continue
                self.counts["corpus/no_address"] += 1
                (cut if is_cut else nameless).add(path)
            elif article_id not in ids:
                self.counts["corpus/not_selected"] += 1
            else:
                self._names += os.fsencode(path)
                self._ends.append(len(self._names))
                self._article_ids.append(article_id)
        if nameless.number:
            logger.info(
                "%d text file(s) have no article's address in their last line (%s : https://…) and are left out: %s.",
                *(nameless.number, _SAID, nameless),
            )
        if cut.number:
            logger.warning(
                "%d text file(s) begin like an article and end without its address (%s : https://…). They are cut "
                "short and left out. Fetch them again: %s.",
                *(cut.number, _SAID, cut),
            )
        return len(self._article_ids)

    def unread(self) -> Unread | None:
        """Return how many files cannot be read, in words, or None."""
        number = self.counts["corpus/unreadable"]
        return Unread(f"{number} file(s) cannot be read: see the errors in the log") if number else None

    def _is_elsewhere(self, path: str) -> bool:
        return self.part is not None and not self.part.has_file(os.path.relpath(path, self._path))

    def _files(self) -> Iterator[str]:
        if not self._path.is_dir():
            yield str(self._path)
            return
        try:
            yield from (os.path.join(folder, name) for folder, name in files_in(self._path, _NAMES))
        except OSError as error:
            raise SourceError(f"{self._path} cannot be read: {error.strerror}") from None

    def requests(self) -> Iterator[Request]:
        """Yield one request for each file, in order of article IDs.

        So the files of one article come together. If the run is cut off, hardly an article is read by half.
        """
        for number in sorted(range(len(self._article_ids)), key=self._article_ids.__getitem__):
            start = self._ends[number - 1] if number else 0
            path = bytes(self._names[start : self._ends[number]])
            yield Request(
                f"corpus://{quote(os.path.basename(path))}/{number}",
                cb_kwargs={"article_id": self._article_ids[number]},
                meta={PATH: os.fsdecode(path)},
                dont_filter=True,
            )

    def capture(self, response: Response, article_id: int) -> Capture:
        """Return the text that the handler has read, with the address in it. The time of capture is unknown."""
        return Capture(
            article_id=article_id,
            url=response.url,
            captured_at="",
            status=response.status,
            content_type=_CONTENT_TYPE,
            body=response.body,
            section=_section_of(response.meta[PATH]),
        )


class _Told:
    """The names of files for the log. There may be many, so only the first are kept."""

    def __init__(self) -> None:
        self.number = 0
        self._first: list[str] = []

    def add(self, path: str) -> None:
        """Add the path of a file."""
        self.number += 1
        if self.number <= _NAMED:
            self._first.append(shown(path))

    def __str__(self) -> str:
        return ", ".join([*self._first, "…"] if self.number > _NAMED else self._first)


class CorpusDownloadHandler(FileDownloadHandler):
    """Answers a `corpus://…` request with the text file that its meta names. The response has the article's address."""

    async def download_request(self, request: Request) -> Response:
        """Return the response. Raise OSError, DamagedRecord, or DownloadCancelledError if the file is too large."""
        response = await super().download_request(request)
        address = _address_in(response.body[-_TAIL:]) or ""
        if article_id_of(address) != request.cb_kwargs["article_id"]:
            raise DamagedRecord(f"{shown(request.meta[PATH])} was changed while it was read")
        return response.replace(url=address)


def _judged(path: str) -> tuple[int | None, bool]:
    """Return the article ID in a file, or None; and whether the file is an article that was cut short.

    Raise OSError if the file cannot be read.
    """
    end = _end_of(path)
    address = _address_in(end)
    if address is None:
        with open(path, "rb") as file:
            title, line_break, _ = file.read(_TAIL).decode("utf-8-sig", "replace").partition("\n")
        return None, bool(line_break and TITLE_PREFIX.match(title) and without_prefix(title))
    return article_id_of(address), False


def _end_of(path: str) -> bytes:
    """Return the last bytes of a regular file. Raise OSError."""
    if not os.path.isfile(path):  # opening a pipe would wait for a writer
        raise OSError("it is not a file")
    with open(path, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        return file.read(_TAIL)


def _address_in(tail: bytes) -> str | None:
    """Return the address in the last line of a file, or None."""
    lines = tail.rstrip().splitlines()
    found = _SOURCE_LINE.fullmatch(lines[-1]) if lines else None
    if found:
        with suppress(UnicodeDecodeError):
            return found[1].decode("ascii")
    return None


def _section_of(path: str) -> str:
    """Return the category at the beginning of a file's name, or "" if the name has another form."""
    found = _NAME.fullmatch(os.path.basename(path))
    # If the name is not UTF-8, Python gives lone surrogates for its bytes. No database takes those.
    return found[1].encode("utf-8", "ignore").decode() if found else ""
