"""Counts what is wrong with WARC files, and logs it."""

from __future__ import annotations

import logging
import zlib
from collections import Counter

from warcio.exceptions import ArchiveLoadFailed

from thaigov_crawler.errors import CrawlerError
from thaigov_crawler.sources.files import shown
from thaigov_crawler.sources.opening import WarcFile
from thaigov_crawler.sources.reading import SEVERAL, SEVERAL_IN_FRAME, is_of_one_stream

logger = logging.getLogger(__name__)

# So many damaged places are logged one by one.
_MOST_TOLD = 20


class Findings:
    """Counts the records and places of WARC files that are not visits, by kind.

    It logs the first damaged places one by one, and then only how many there are.
    """

    def __init__(self, counts: Counter[str], *, is_silent: bool = False):
        """`counts` gets the numbers, under `warc/<kind>`. With `is_silent`, nothing is logged."""
        self._counts, self._is_silent = counts, is_silent

    def count(self, kind: str, number: int = 1) -> None:
        """Add `number` records or places of a kind."""
        self._counts[f"warc/{kind}"] += number

    @property
    def damaged(self) -> int:
        """Return the number of damaged places so far."""
        return self._counts["warc/damaged"]

    def unfinished(self, file: WarcFile, offset: int) -> None:
        """Count and log a record that was never finished. `offset` is the byte at which it begins."""
        self.count("unfinished")
        if self._is_silent:
            return
        logger.info(
            "%s was not closed: its last record, at byte %d, is not whole and is left out.", shown(str(file)), offset
        )

    def damage(self, file: WarcFile, offset: int, problem: str, following: int | None) -> None:
        """Count and log a damaged place. `following` is the byte at which reading goes on, or None if it does not."""
        goes_on = "nothing readable follows" if following is None else f"reading goes on at byte {following}"
        advice = "" if problem in (SEVERAL, SEVERAL_IN_FRAME) else " Fetch the file again."
        self.broken(file, f"is damaged at byte {offset} ({problem}): {goes_on}.{advice}")

    def broken(self, file: WarcFile, what: str) -> None:
        """Count and log what is wrong with a file, or with a place in it. `what` goes on behind its name."""
        self.count("damaged")
        if self.damaged <= _MOST_TOLD and not self._is_silent:
            logger.error("%s %s", shown(str(file)), what)

    def tell_rest(self) -> None:
        """Log how many damaged places there are beyond those that were logged one by one."""
        if (rest := self.damaged - _MOST_TOLD) > 0:
            logger.error("%s more places are damaged, in these files or in others.", f"{rest:,}")


def one_line(error: Exception) -> str:
    """Return what is wrong with a record, in words, on one line."""
    if is_of_one_stream(error):
        return SEVERAL
    # On rubbish, warcio fails with errors of its own code. Their texts say nothing to the user.
    known = isinstance(error, (ArchiveLoadFailed, CrawlerError, OSError, zlib.error))
    return (known and shown(" ".join(str(error).split())[:200])) or "what stands there is not a WARC record"
