"""The journal: the storage behind FEEDS that appends JSON Lines to a file without a half line in between."""

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
    """The parameters of the addresses in FEEDS: `%(thaigov_dir)s` is the folder of the run's output."""
    run = getattr(spider, "run", None)  # that of `scrapy shell` has none
    return {**params, "thaigov_dir": run.folder if run else output_folder(spider.settings)}


class JournalStorage:
    """Storage of the scheme `journal:PATH`: appends to the file PATH, unbuffered, so that SIGKILL loses no line
    that was written; after a kill in the middle of a line the next run begins on a fresh one.

    Where the file cannot be written the run ends with the reason `journal_failed`: the database holds
    what the journal then lacks.
    """

    def __init__(self, uri: str, *, crawler: Crawler, feed_options: dict[str, Any] | None = None):
        self._path = Path(uri.removeprefix("journal:"))
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any] | None = None) -> JournalStorage:
        return cls(uri, crawler=crawler, feed_options=feed_options)

    def open(self, spider: Spider) -> IO[bytes]:
        """The file, opened for appending; where that fails, one that forgets."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return cast("IO[bytes]", _JournalFile(self._path, self._failed))
        except OSError as error:
            self._failed(error)
            return open(os.devnull, "wb")

    def store(self, file: IO[bytes]) -> None:
        """Nothing is left to do but to close it."""
        file.close()

    def _failed(self, error: OSError) -> None:
        why = f"The journal {self._path} cannot be written: {error.strerror}"
        advice = (
            f"The database holds every article: free the file or some space, then `{typed('export')}` writes what the "
            "journal lacks."
        )
        run_of(self._crawler).end(FinishReason.JOURNAL_FAILED, why, advice)


class _JournalFile(io.FileIO):
    """An unbuffered file whose every write is there whole, or the last."""

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
        if self._report is None:  # it has failed before
            return length
        try:
            while rest:
                rest = rest[super().write(rest) :]
        except OSError as error:
            report, self._report = self._report, None
            report(error)  # the next run begins on a fresh line
        return length
