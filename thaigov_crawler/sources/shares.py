"""The argument `part`: which share of the work one of several runs does.

A share never depends on what else there is to do. So new files and new articles move nothing from one part to another.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Self

from thaigov_crawler.errors import SourceError

# Article IDs in a row that belong to the same part. In one query, an archive tells all about a hundred of them.
BLOCK = 100
# Open-ended ranges are cut into blocks up to this article ID. The site has a tenth of it.
_CUT = 1_000_000
_TEXT = re.compile(r"([1-9]\d{0,3})/([1-9]\d{0,3})", re.ASCII)

Ranges = tuple[tuple[int, int | None], ...]  # see WantedIds.ranges


@dataclass(frozen=True)
class Share:
    """One of several parts of the work. As a text it is as it was typed, such as `2/8`."""

    number: int  # from 1 on
    of: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the share that a text such as `2/8` means. Raise SourceError."""
        found = _TEXT.fullmatch(text)
        if not found or int(found[1]) > int(found[2]):
            raise SourceError("must be a number of how many, as in 2/8 for the second of eight parts", "part")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @property
    def first_id(self) -> int:
        """Return its lowest article ID."""
        return max(1, (self.number - 1) * BLOCK)

    def has_id(self, article_id: int) -> bool:
        """Return whether an article ID belongs to it."""
        return article_id // BLOCK % self.of == self.number - 1

    def has_file(self, name: str | PurePath) -> bool:
        """Return whether a file belongs to it. `name` is its path below the folder of all files.

        The ending `.open` does not count: a file loses it when it is closed.
        """
        path = os.fsencode(PurePath(name).as_posix().removesuffix(".open"))
        return int.from_bytes(hashlib.sha256(path).digest()[:8]) % self.of == self.number - 1

    def within(self, ranges: Iterable[tuple[int, int | None]]) -> Ranges:
        """Return what belongs to it of ranges of article IDs, in order.

        What is left of an open-ended range ends with an open-ended one. There, `has_id` tells what belongs to it.
        """
        if self.of == 1:
            return tuple(ranges)
        return tuple(each for first, last in ranges for each in self._of_range(first, last))

    def _of_range(self, first: int, last: int | None) -> Iterator[tuple[int, int | None]]:
        if last is None and first >= _CUT:
            yield first, None
            return
        end = _CUT - 1 if last is None else last
        for block in range(first // BLOCK, end // BLOCK + 1):
            if block % self.of == self.number - 1:
                yield max(first, block * BLOCK), min(end, (block + 1) * BLOCK - 1)
        if last is None:
            yield _CUT, None
