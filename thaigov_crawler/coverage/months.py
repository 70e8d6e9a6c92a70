"""The number of articles in each month of publication, and the months in which articles may be missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from thaigov_crawler.store.coverage import MonthOfSection

NEIGHBOURS = 3  # months before a month, and also after it, with which it is compared
# Articles. With fewer in the months around, a month is not judged: chance alone can make one half as large as another.
ENOUGH = 20


@dataclass(frozen=True)
class Month:
    """A month, and the number of stored articles that were published in it."""

    name: str  # ISO month, C.E., as in 2025-05
    articles: int
    around: float | None  # median of the months around it; None for the first and the last month, often incomplete

    @property
    def is_empty(self) -> bool:
        """Tell whether the month has no article. Earlier and later months have some."""
        return not self.articles

    @property
    def is_thin(self) -> bool:
        """Tell whether the month has articles, but fewer than half as many as the months around it."""
        return self.around is not None and self.around >= ENOUGH and 0 < self.articles < self.around / 2


def months_of(counted: Iterable[MonthOfSection]) -> list[Month]:
    """Return all months from the first to the last one with articles, without gaps."""
    count: Counter[str] = Counter()
    for each in counted:
        count[each.month] += each.articles
    if not count:
        return []
    names = list(_from_to(min(count), max(count)))
    numbers = [count[name] for name in names]
    return [Month(name, count[name], _around(numbers, place)) for place, name in enumerate(names)]


def stretches_of(months: list[Month]) -> list[str]:
    """Return the names of months. Consecutive months are one text, such as `2019-03 to 2019-05`."""
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
