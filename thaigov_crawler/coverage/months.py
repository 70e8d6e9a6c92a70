"""Articles a month, by the day of publication, and which months look as if something were missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from thaigov_crawler.store.coverage import MonthOfSection

NEIGHBOURS = 3  # months before a month, and as many after it
# Months around it with fewer articles than that say little: chance alone makes one half as long as another.
ENOUGH = 20


@dataclass(frozen=True)
class Month:
    """A month, the number of stored articles that were published in it, and the median of those around it.

    `around` is None where the month is the first or the last one with articles: those are rarely whole.
    """

    name: str  # ISO (C.E.), as in 2025-05
    articles: int
    around: float | None

    @property
    def is_empty(self) -> bool:
        """Whether it has no article, though earlier and later ones have."""
        return not self.articles

    @property
    def is_thin(self) -> bool:
        """Whether it has articles, but fewer than half of those of a month around it."""
        return self.around is not None and self.around >= ENOUGH and 0 < self.articles < self.around / 2


def months_of(counted: Iterable[MonthOfSection]) -> list[Month]:
    """All months from the first to the last one with articles."""
    count: Counter[str] = Counter()
    for each in counted:
        count[each.month] += each.articles
    if not count:
        return []
    names = list(_from_to(min(count), max(count)))
    numbers = [count[name] for name in names]
    return [Month(name, count[name], _around(numbers, place)) for place, name in enumerate(names)]


def stretches_of(months: list[Month]) -> list[str]:
    """Months one by one, or where they follow each other from the first to the last: `2019-03 to 2019-05`."""
    stretches: list[list[str]] = []
    for month in months:
        if stretches and _next(stretches[-1][-1]) == month.name:
            stretches[-1][1:] = [month.name]
        else:
            stretches.append([month.name])
    return [" to ".join(stretch) for stretch in stretches]


def _around(numbers: list[int], place: int) -> float | None:
    if place in (0, len(numbers) - 1):
        return None
    return median(numbers[max(0, place - NEIGHBOURS) : place] + numbers[place + 1 : place + 1 + NEIGHBOURS])


def _from_to(first: str, last: str) -> Iterable[str]:
    while first <= last:
        yield first
        first = _next(first)


def _next(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year:04}-{number + 1:02}" if number < 12 else f"{year + 1:04}-01"
