"""The axis: the states of all article IDs from the lowest known one to the highest, with its blocks and its gaps.

The state of an article ID follows from all sources. The first of these that is true counts:

- *stored*: the store has an article.
- *forgotten*: `scrapy forget` was told to forget it.
- *failed*: the last visit from some source ended failed, refused or malformed. There may be an article.
- *absent*: every source that was asked has answered that there is no article (absent or moved).
- *never visited*: no source was asked. An ID of which an archive has no capture is never visited, because only the plan
  of a run knows it.
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
    """The state of an article ID."""

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
    """A part of the axis: its first and last article ID, and the number of IDs of each kind (see Stretch)."""

    first: int
    last: int
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """Return the part as the argument `ids` takes it, such as `96700-96799` or `97005`."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def length(self) -> int:
        """Return the number of article IDs in the part."""
        return self.last - self.first + 1

    @cached_property
    def states(self) -> Counter[State]:
        """Return the number of article IDs in each state."""
        counts: Counter[State] = Counter()
        for kind, number in self.kinds.items():
            counts[_STATES[kind]] += number
        return counts

    @property
    def share_stored(self) -> float:
        """Return the share, 0 to 1, of the article IDs that are stored."""
        return self.states[State.STORED] / self.length

    def kinds_of(self, state: State) -> list[tuple[str, int]]:
        """Return the kinds that belong to a state, each with its number of IDs, in the order of the outcomes."""
        return [(kind, self.kinds[kind]) for kind, of in _STATES.items() if of is state and self.kinds[kind]]


class Axis:
    """The axis, made of stretches without holes. Raise ValueError if nothing is known of any article ID."""

    def __init__(self, known: list[Stretch]):
        if not known:
            raise ValueError("nothing is known of any article ID")
        self._stretches = list(_without_holes(known))
        self.whole = self.parts_of(self._stretches[-1].last)[0]  # a block of this size has all IDs

    @property
    def states(self) -> list[State]:
        """Return the states to show: stored, absent and failed; the other two only if some ID is in them."""
        always = (State.STORED, State.ABSENT, State.FAILED)
        return [state for state in State if state in always or self.whole.states[state]]

    def parts_of(self, size: int) -> list[Part]:
        """Return blocks of `size` article IDs (1-5000, 5001-10000 …). The first and the last are cut to the axis."""
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
        """Return `at_most` blocks or fewer, all of 10, 20, 50, 100 … article IDs."""
        size = 10
        first, last = self._stretches[0].first - 1, self._stretches[-1].last - 1
        while last // size - first // size + 1 > at_most:
            size = size * 5 // 2 if str(size).startswith("2") else size * 2
        return self.parts_of(size)

    def gaps(self) -> list[Part]:
        """Return the gaps: consecutive article IDs without a stored article, the longest gap first."""
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
