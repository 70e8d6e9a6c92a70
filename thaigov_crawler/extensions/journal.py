"""The journal: the storage for FEEDS that appends JSON Lines to a file and never joins a new line to a broken one."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from scrapy import Spider
from scrapy.crawler import Crawler

from thaigov_crawler.errors import typed
from thaigov_crawler.run import run_of
from thaigov_crawler.run.ends import FinishReason
from thaigov_crawler.run.output import output_folder

if TYPE_CHECKING:
    from typing_extensions import Buffer


def uri_params(params: dict[str, Any], spider: Spider) -> dict[str, Any]:
    """Return the parameters for the addresses in FEEDS: `%(thaigov_dir)s` is the folder of the run's output."""
    run = getattr(spider, "run", None)  # the spider of `scrapy shell` has none
    return {**params, "thaigov_dir": run.folder if run else output_folder(spider.settings)}


class JournalStorage:
    """The storage of the scheme `journal:PATH`, which appends to the file PATH.

    It writes without a buffer, so SIGKILL loses no line that was written. If a kill has left half a line, the next run
    begins a new line. If the file cannot be written, the run ends with the reason `journal_failed`. The database then
    has the articles that the journal lacks.
    """

    def __init__(self, uri: str, *, crawler: Crawler, feed_options: dict[str, Any] | None = None):
        self._path = Path(uri.removeprefix("journal:"))
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any] | None = None) -> JournalStorage:
        return cls(uri, crawler=crawler, feed_options=feed_options)

    def open(self, spider: Spider) -> IO[bytes]:
        """Open the file for appending and return it. If that fails, end the run and return a null device."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return cast("IO[bytes]", _JournalFile(self._path, self._failed))
        except OSError as error:
            self._failed(error)
            return open(os.devnull, "wb")

    def store(self, file: IO[bytes]) -> None:
        """Close the file. All lines are in it already."""
        file.close()

    def _failed(self, error: OSError) -> None:
        why = f"The journal {self._path} cannot be written: {error.strerror}"
        advice = (
            f"The database holds every article: free the file or some space, then `{typed('export')}` writes what the "
            "journal lacks."
        )
        run_of(self._crawler).end(FinishReason.JOURNAL_FAILED, why, advice)


class _JournalFile(io.FileIO):
    """A file without a buffer. It writes each line completely; a line that fails is the last one."""

    def __init__(self, path: Path, failed: Callable[[OSError], None]):
        super().__init__(path, "ab+")
        self._report: Callable[[OSError], None] | None = failed
        if self.seek(0, io.SEEK_END) > 0:
            self.seek(-1, io.SEEK_END)
            if self.read(1) != b"\n":
                self.write(b"\n")

    def write(self, line: Buffer, /) -> int:
        rest = memoryview(line)
        length = rest.nbytes
        if self._report is None:  # an earlier write has failed
            return length
        try:
            while rest:
                rest = rest[super().write(rest) :]
        except OSError as error:
            report, self._report = self._report, None
            report(error)  # the next run begins a new line
        return length
