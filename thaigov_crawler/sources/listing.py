"""Collects the records of WARC files, and decides which of them are visits."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator

from thaigov_crawler.sources.kinds import PARTIAL, REVISIT, UNDRAWN, Met
from thaigov_crawler.sources.revisits import Originals


class Listing:
    """The visits of a source. They are kept as arrays of numbers, because a folder may hold a million records."""

    def __init__(self) -> None:
        self._files, self._offsets = array("I"), array("Q")  # the place of each record
        # For each visit: the number of its record, its article ID, and the number of the record that holds its page,
        # plus one (0: its own record).
        self._records, self._article_ids, self._originals = array("I"), array("L"), array("I")
        # The records of a kind that are visits only if no other record of their article is one, and the article IDs.
        self._spare: defaultdict[str, tuple[array[int], array[int]]] = defaultdict(lambda: (array("I"), array("L")))
        self._revisits, self._revisit_ids, self._meant = array("I"), array("L"), array("Q")
        self._named = Originals()
        self._ours: int | None = None  # number of records that may become visits of this run; None: all

    @property
    def visits(self) -> int:
        """Return the number of visits so far."""
        return sum(map(self._is_ours, self._records))

    def end_of_ours(self) -> None:
        """Note that all records that follow are visits of other runs. They only tell what the records before mean."""
        self._ours = len(self._files)

    @property
    def is_open(self) -> bool:
        """Return whether records that follow may tell which of those before are visits."""
        found = self._named.find(self._meant)
        meant = zip(self._meant[::2], self._meant[1::2], strict=True)
        return any(records for records, _ in self._spare.values()) or not all(found.keys() & names for names in meant)

    def _is_ours(self, record: int) -> bool:
        return self._ours is None or record < self._ours

    def add(self, file: int, met: Met, *, wanted: bool) -> None:
        """Add a record of the file with the number `file`. With `wanted`, it may become a visit."""
        if not (wanted or met.names):
            return
        record = len(self._files)
        self._files.append(file)
        self._offsets.append(met.offset)
        if met.kind != REVISIT:
            self._named.add(record, met.names)
        if not wanted:
            return
        assert met.article_id
        if met.kind == REVISIT:
            self._revisits.append(record)
            self._revisit_ids.append(met.article_id)
            self._meant.extend((*met.names, 0, 0)[:2])
        elif met.kind in (PARTIAL, UNDRAWN):
            records, article_ids = self._spare[met.kind]
            records.append(record)
            article_ids.append(met.article_id)
        else:
            self._visit(record, met.article_id)

    def settle_spare(self, kind: str) -> int:
        """Make a visit of each record of a kind, PARTIAL or UNDRAWN, if its article has no visit so far.

        Return how many such records are left out.
        """
        records, article_ids = self._spare[kind]
        ids = set(article_ids)
        ids.intersection_update(article_id for article_id in self._article_ids if article_id in ids)
        left_out = 0
        for record, article_id in zip(records, article_ids, strict=True):
            if article_id in ids:
                left_out += self._is_ours(record)
            else:
                self._visit(record, article_id)
        return left_out

    def settle_revisits(self) -> int:
        """Make a visit of each revisit whose page is in another record. Return how many revisits are left out."""
        found, left_out = self._named.find(self._meant), 0
        meant = zip(self._meant[::2], self._meant[1::2], strict=True)
        for record, article_id, names in zip(self._revisits, self._revisit_ids, meant, strict=True):
            original = next((found[name] for name in names if name in found), None)
            if original is None:
                left_out += self._is_ours(record)
            else:
                self._visit(record, article_id, original + 1)
        return left_out

    def _visit(self, record: int, article_id: int, original: int = 0) -> None:
        self._records.append(record)
        self._article_ids.append(article_id)
        self._originals.append(original)

    def __iter__(self) -> Iterator[tuple[int, tuple[int, int], tuple[int, int] | None]]:
        """Yield each visit: article ID, (file, offset) of its record, and (file, offset) of the record with its page.

        The last is None if the page is in the record itself.
        """
        for record, article_id, original in zip(self._records, self._article_ids, self._originals, strict=True):
            if self._is_ours(record):
                yield article_id, self._place(record), self._place(original - 1) if original else None

    def _place(self, record: int) -> tuple[int, int]:
        return self._files[record], self._offsets[record]
