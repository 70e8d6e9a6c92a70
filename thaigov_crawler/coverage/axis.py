"""The axis of article IDs, from the lowest to the highest of which anything is known: its blocks and its gaps.

What a store says of each article ID, whatever the sources: *stored* where it holds an article; else *failed* where the
last visit from some source ended failed, refused or malformed, so that there may be one to be had; else *absent* where
all sources that were asked have answered that there is none (absent or moved); else *never visited*. Those of which an
archive has no capture are never visited, too: only the plan of a run knows them. What the store was told to forget is
*forgotten*, whatever was seen of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.store.coverage import FORGOTTEN, NEVER, Stretch


class State(StrEnum):
    """What is known of an article ID."""

    STORED = "stored"
    ABSENT = "absent"
    FAILED = "failed"
    FORGOTTEN = "forgotten"
    NEVER = "never visited"


_STATES = {
    Outcome.STORED.value: State.STORED,
    Outcome.ABSENT.value: State.ABSENT,
    Outcome.MOVED.value: State.ABSENT,
    Outcome.FAILED.value: State.FAILED,
    Outcome.REFUSED.value: State.FAILED,
    Outcome.MALFORMED.value: State.FAILED,
    FORGOTTEN: State.FORGOTTEN,
    NEVER: State.NEVER,
}


@dataclass
class Part:
    """A part of the axis: its first and last article ID, and how many of which kind (see Stretch) lie in it."""

    first: int
    last: int
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """As an argument of the project takes it: `96700-96799`, `97005`."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def length(self) -> int:
        """How many article IDs there are."""
        return self.last - self.first + 1

    @cached_property
    def states(self) -> Counter[State]:
        """How many article IDs are in which state."""
        counts: Counter[State] = Counter()
        for kind, number in self.kinds.items():
            counts[_STATES[kind]] += number
        return counts

    @property
    def share_stored(self) -> float:
        """The share of the article IDs that are stored, from 0 to 1."""
        return self.states[State.STORED] / self.length

    def kinds_of(self, state: State) -> list[tuple[str, int]]:
        """The kinds that make up a state, with their numbers, in the order of the outcomes."""
        return [(kind, self.kinds[kind]) for kind, of in _STATES.items() if of is state and self.kinds[kind]]


class Axis:
    """The axis as stretches without holes. Raises ValueError where nothing is known."""

    def __init__(self, known: list[Stretch]):
        if not known:
            raise ValueError("nothing is known of any article ID")
        self._stretches = list(_without_holes(known))
        self.whole = self.parts_of(self._stretches[-1].last)[0]  # so many from 1 on: all in one block

    @property
    def states(self) -> list[State]:
        """Those to tell of: stored, absent and failed, and the other two where there are any such article IDs."""
        always = (State.STORED, State.ABSENT, State.FAILED)
        return [state for state in State if state in always or self.whole.states[state]]

    def parts_of(self, size: int) -> list[Part]:
        """Blocks of so many article IDs (1-5000, 5001-10000 …); the first and the last are cut to the axis."""
        first, last = self._stretches[0].first, self._stretches[-1].last
        parts = [
            Part(max(first, start), min(last, start + size - 1))
            for start in range((first - 1) // size * size + 1, last + 1, size)
        ]
        at = 0
        for stretch in self._stretches:
            while parts[at].last < stretch.first:
                at += 1
            reached = at
            while reached < len(parts) and parts[reached].first <= stretch.last:
                part = parts[reached]
                part.kinds[stretch.kind] += min(stretch.last, part.last) - max(stretch.first, part.first) + 1
                reached += 1
        return parts

    def blocks(self, at_most: int) -> list[Part]:
        """At most so many blocks, of 10, 20, 50, 100 … article IDs."""
        size = 10
        first, last = self._stretches[0].first - 1, self._stretches[-1].last - 1
        while last // size - first // size + 1 > at_most:
            size = size * 5 // 2 if str(size).startswith("2") else size * 2
        return self.parts_of(size)

    def gaps(self) -> list[Part]:
        """The runs of article IDs without a stored article, the longest first."""
        gaps: list[Part] = []
        for stretch in self._stretches:
            if _STATES[stretch.kind] is State.STORED:
                continue
            if not gaps or gaps[-1].last + 1 != stretch.first:
                gaps.append(Part(stretch.first, stretch.last))
            gaps[-1].last = stretch.last
            gaps[-1].kinds[stretch.kind] += stretch.length
        return sorted(gaps, key=lambda gap: (-gap.length, gap.first))


def _without_holes(known: list[Stretch]) -> Iterator[Stretch]:
    expected = known[0].first
    for stretch in known:
        if stretch.first > expected:
            yield Stretch(expected, stretch.first - 1, NEVER)
        yield stretch
        expected = stretch.last + 1
