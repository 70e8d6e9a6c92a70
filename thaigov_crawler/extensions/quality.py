"""The quality watch: at the end of a run, what somebody should look at, in the log and in the table `runs`."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from thaigov_crawler.errors import StoreError
from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.run import Run, run_of
from thaigov_crawler.run.counters import BODY, SHARES
from thaigov_crawler.store import runs
from thaigov_crawler.store.runs import PastRun
from thaigov_crawler.thai.calendar import BANGKOK

# The rule of `collapsed`. On 12,613 real articles of 2020 to 2025, windows of so many, those of one weekday too, were
# compared with every stretch of 100, 300 and 1,000 others: none met it. Of windows of 30 with a share below half, one
# in six did.
RECENT = 60  # articles
EARLIER = 100  # articles at least …
ENOUGH = 1000  # … and no more runs are asked once there are so many
USUAL = 0.2  # a share that was smaller is no habit
COLLAPSE = 0.25  # of the earlier share
SHORT = 0.5  # of the earlier length

FEW = 3  # malformed pages: fewer are an accident
WEEK = 7  # nights
WITHIN = timedelta(days=14)
_FOUND = (Outcome.STORED, Outcome.UNCHANGED)
_NOTHING_THERE = (Outcome.ABSENT, Outcome.MOVED)

Quality = Mapping[str, float]


class QualityWatch:
    """Notes a run's quality and warnings. Runs are compared where they are of a kind: the same spider, kind of
    source, and arguments that change which pages it gives."""

    def __init__(self, run: Run):
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        watch = cls(run_of(crawler))
        crawler.signals.connect(watch.spider_closed, signals.spider_closed)
        return watch

    def spider_closed(self) -> None:
        """Judge the run, before the run report closes the store."""
        run = self._run
        with contextlib.suppress(StoreError):  # that is said by the run report
            with run.reading() as connection:
                ended = [each for each in runs.ended(connection, run.spider, run.source.kind) if self._is_alike(each)]
                latest = runs.latest(connection, ENOUGH)
            quality, outcomes = run.counters.measured.quality(), run.counters.outcomes_by_name()
            found = [
                malformed(outcomes, run.tolerated),
                collapsed(quality, [each.quality for each in ended if each.quality]) if quality else None,
                fruitless(outcomes, latest[::-1], datetime.now(timezone.utc)),
            ]
            for warning in filter(None, found):
                run.warn(warning)
            run.note(quality=quality, warnings=run.warnings)

    def _is_alike(self, past: PastRun) -> bool:
        """Whether a run saw the same kind of pages as this one."""
        usual = self._run.source.changes_pages.items()
        return all(past.arguments.get(name, value) == self._run.arguments.get(name, value) for name, value in usual)


def collapsed(this: Quality, before: Sequence[Quality]) -> str | None:
    """A warning where a field that articles used to have is missing from the recent ones, or bodies have become short.

    `before` are the runs before, the newest first. The recent articles are those of this run and of the runs before
    it until there are RECENT; the earlier ones those of the runs before these, EARLIER at least, until there are
    ENOUGH. A field has collapsed where its recent share is below COLLAPSE of the earlier one, which was USUAL at
    least; the bodies, where their mean length is below SHORT of the earlier one. So nothing is said of a few articles,
    of small nights but together, nor for ever: after some weeks what has collapsed is what is usual.
    """
    recent, rest = _until(RECENT, [this, *before])
    earlier, _ = _until(ENOUGH, rest)
    if _number(recent) < RECENT or _number(earlier) < EARLIER:
        return None
    said = []
    for name in SHARES:
        now, then = _mean(recent, name), _mean(earlier, name)
        if then >= USUAL and now < COLLAPSE * then:
            said.append(f"{now:.0%} have {_named(name)} ({then:.0%} before)")
    now, then = _mean(recent, BODY), _mean(earlier, BODY)
    if now < SHORT * then:
        said.append(f"the body has {now:,.0f} characters on average ({then:,.0f} before)")
    if not said:
        return None
    return (
        f"Of the last {_number(recent):,} articles {', '.join(said)}, compared with {_number(earlier):,} earlier ones: "
        "the pages may have changed. Look at one with `scrapy probe -a source=… ID`; once the program reads them "
        "again, recordings give them back (-a source=warc:…)."
    )


def malformed(outcomes: Mapping[str, int], tolerated: float) -> str | None:
    """A warning where of the pages that were no empty ones more than a share is malformed, and FEW at least.

    Visits that found nothing there do not count: beside 300 absent IDs, ten pages that all are malformed would be few.
    """
    bad = _sum([outcomes], Outcome.MALFORMED)
    pages = bad + _sum([outcomes], *_FOUND)
    if bad < FEW or bad <= tolerated * pages:
        return None
    return (
        f"{bad} of {pages} pages are malformed, tolerated are {tolerated:.0%}: their layout may have changed. Look at "
        "one with `scrapy probe -a source=… ID` (the table `visits` has the IDs); once the program reads them, "
        "visit=failed visits them again, and recordings give them back (-a source=warc:…)."
    )


def fruitless(outcomes: Mapping[str, int], past: Sequence[PastRun], now: datetime) -> str | None:
    """A warning where on each of the last WEEK days, within WITHIN, visits found nothing but empty pages.

    Days are those of Bangkok. One counts where a visit ended absent or moved and none, by whichever run, in an article;
    days without any such visit do not count: an archive that has nothing left to visit, or of which only pages are left
    that never could be read, is no trouble. `past` are this one and those before, the newest first.
    """
    today = now.astimezone(BANGKOK).date()
    by_day = {today: [outcomes]}
    for run in past:
        day = datetime.fromisoformat(run.started_at).astimezone(BANGKOK).date()
        by_day.setdefault(day, []).append(run.outcomes or {})
    nights = 0
    for day in sorted(by_day, reverse=True):
        if day <= today - WITHIN or _sum(by_day[day], *_FOUND):
            break
        nights += bool(_sum(by_day[day], *_NOTHING_THERE))
    if nights < WEEK or not _sum([outcomes], *_NOTHING_THERE):
        return None
    return (
        f"No article was found on the last {nights} days with visits: the site may have moved or numbers its articles "
        "anew. Look at it in a browser, and see in the table `visits` where its pages lead (`target`)."
    )


def _until(enough: int, runs: Sequence[Quality]) -> tuple[Sequence[Quality], Sequence[Quality]]:
    """The first runs that together have enough articles, and the others."""
    number = 0.0
    for place, quality in enumerate(runs):
        number += quality["articles"]
        if number >= enough:
            return runs[: place + 1], runs[place + 1 :]
    return runs, ()


def _number(runs: Sequence[Quality]) -> int:
    return int(sum(quality["articles"] for quality in runs))


def _mean(runs: Sequence[Quality], name: str) -> float:
    return sum(quality["articles"] * quality[name] for quality in runs) / _number(runs)


def _named(share: str) -> str:
    return share if share == "attendees" else f"an {share}" if share == "event" else f"a {share}"


def _sum(outcomes: Sequence[Mapping[str, int]], *names: Outcome) -> int:
    """How many visits ended so."""
    return sum(counts.get(name.value, 0) for counts in outcomes for name in names)
