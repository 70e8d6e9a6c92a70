"""What is wrong with WARC files: counted, and told in words."""

from __future__ import annotations

import logging
import zlib
from collections import Counter
from pathlib import Path

from warcio.exceptions import ArchiveLoadFailed

from thaigov_crawler.errors import CrawlerError
from thaigov_crawler.sources.files import shown
from thaigov_crawler.sources.reading import SEVERAL, is_of_one_stream

logger = logging.getLogger(__name__)

# So many damaged places are told one by one.
_MOST_TOLD = 20


class Findings:
    """Counts the records and places of files that are no visits, by kinds. Tells of damaged places: of the first one by
    one, of the rest how many they are."""

    def __init__(self, counts: Counter[str]):
        """`counts` is where the numbers go, under `warc/<kind>`."""
        self._counts = counts

    def count(self, kind: str, number: int = 1) -> None:
        """Count a record or a place, or several."""
        self._counts[f"warc/{kind}"] += number

    @property
    def damaged(self) -> int:
        """The number of damaged places so far."""
        return self._counts["warc/damaged"]

    def unfinished(self, path: Path, offset: int) -> None:
        """Count and tell a record that was never finished."""
        self.count("unfinished")
        logger.info(
            "%s was not closed: its last record, at byte %d, is not whole and left out.", shown(str(path)), offset
        )

    def damage(self, path: Path, offset: int, problem: str, following: int | None) -> None:
        """Count and tell a damaged place. `following` is the byte where reading goes on, None for nowhere."""
        self.count("damaged")
        if self.damaged > _MOST_TOLD:
            return
        logger.error(
            "%s is damaged at byte %d (%s): %s.%s",
            shown(str(path)),
            offset,
            problem,
            "nothing readable follows" if following is None else f"reading goes on at byte {following}",
            "" if problem == SEVERAL else " Fetch the file again.",
        )

    def tell_rest(self) -> None:
        """Tell how many damaged places there are beside those that were told one by one."""
        if (rest := self.damaged - _MOST_TOLD) > 0:
            logger.error("%s further places are damaged, in these files or in others.", f"{rest:,}")


def one_line(error: Exception) -> str:
    """Return what is wrong with a record, in words and on one line."""
    if is_of_one_stream(error):
        return SEVERAL
    # Over rubbish, warcio stumbles with errors of its own code, whose words say nothing.
    known = isinstance(error, (ArchiveLoadFailed, CrawlerError, OSError, zlib.error))
    return (known and shown(" ".join(str(error).split())[:200])) or "what stands there is no WARC record"
