"""The quality watch: at the end of a run, write warnings for people to the log and to the table `runs`."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from thaigov_crawler.errors import StoreError, typed
from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.run import Run, run_of
from thaigov_crawler.run.counters import BODY, SHARES
from thaigov_crawler.store import runs
from thaigov_crawler.store.runs import PastRun
from thaigov_crawler.thai.calendar import BANGKOK

# The rule of `collapsed`. It was tried on 12,613 real articles of 2020 to 2025. Windows of 60 articles, also of one
# weekday only, were compared with every stretch of 100, 300 and 1,000 others: none gave a false warning. With windows
# of 30 and a limit of half the earlier share, one in six did.
RECENT = 60  # recent articles
EARLIER = 100  # earlier articles, at least
ENOUGH = 1000  # earlier articles after which no more runs are read
USUAL = 0.2  # the least earlier share that can collapse
COLLAPSE = 0.25  # a field has collapsed if its share is below this part of the earlier share
SHORT = 0.5  # bodies are short if their mean length is below this part of the earlier one

FEW = 3  # malformed pages; fewer may be an accident
WEEK = 7  # days without an article before `fruitless` warns
WITHIN = timedelta(days=14)
_PROBE = "probe -a source=… ID"  # the command that shows what is read from a page
_FOUND = (Outcome.STORED, Outcome.UNCHANGED)
_NOTHING_THERE = (Outcome.ABSENT, Outcome.MOVED)

Quality = Mapping[str, float]


class QualityWatch:
    """Write the quality and the warnings of a run.

    A run is compared with earlier runs of the same spider and kind of source. Arguments of the source that change its
    pages must be the same, too.
    """

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
        with contextlib.suppress(StoreError):  # the run report logs the error
            past = run.read(lambda connection: runs.ended(connection, run.spider, run.source.kind))
            ended = [each for each in past if self._is_alike(each)]
            latest = run.read(lambda connection: runs.latest(connection, ENOUGH))
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
        """Tell whether a past run saw the same kind of pages as this one."""
        usual = self._run.source.changes_pages.items()
        return all(past.arguments.get(name, value) == self._run.arguments.get(name, value) for name, value in usual)


def collapsed(this: Quality, before: Sequence[Quality]) -> str | None:
    """Return a warning if recent articles lack a field that earlier ones had, or have much shorter bodies. Else None.

    `before` are the runs before this one, the newest first. The recent articles are those of this run, and of as many
    runs before it as are needed for RECENT articles. The earlier articles are those of the runs before that, EARLIER
    at least, until there are ENOUGH.

    A field has collapsed if its earlier share was USUAL or more, and its recent share is below COLLAPSE of that. The
    bodies have become short if their mean length is below SHORT of the earlier one.

    There is no warning for a few articles. Several small nights are judged together. The warning ends after some weeks,
    because the lower share is then the usual one.
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
        f"the pages may have changed. Look at one with `{typed(_PROBE)}`. When the program can read them "
        "again, read them again from the recordings (-a source=warc:…)."
    )


def malformed(outcomes: Mapping[str, int], tolerated: float) -> str | None:
    """Return a warning if FEW pages or more are malformed, and if their share is larger than `tolerated` (0 to 1).

    The share is that of the pages with something on them. Absent IDs do not count: beside 300 of them, ten malformed
    pages would be few, even if every page was malformed.
    """
    bad = _sum([outcomes], Outcome.MALFORMED)
    pages = bad + _sum([outcomes], *_FOUND)
    if bad < FEW or bad <= tolerated * pages:
        return None
    return (
        f"{bad} of {pages} pages are malformed (at most {tolerated:.0%} may be): their layout may have changed. Look "
        f"at one with `{typed(_PROBE)}` (the table `visits` has the IDs). When the program can read them, "
        "visit them again with visit=failed, or read them from the recordings (-a source=warc:…)."
    )


def fruitless(outcomes: Mapping[str, int], past: Sequence[PastRun], now: datetime) -> str | None:
    """Return a warning if the visits of the last WEEK counted days, all within WITHIN, found no article. Else None.

    Days are those of Bangkok. A day counts if at least one visit ended absent or moved, and no visit of any run found
    an article. Days without an absent or moved visit are left out: an archive may have nothing left to visit, or only
    pages that could never be read. `past` are this run and the runs before it, the newest first.
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
        f"No article was found on the last {nights} days with visits: the site may have moved, or its articles may "
        "have new IDs. Open the site in a browser. The column `target` of the table `visits` says where its pages lead."
    )


def _until(enough: int, runs: Sequence[Quality]) -> tuple[Sequence[Quality], Sequence[Quality]]:
    """Divide runs into the first ones, which together have enough articles, and the others."""
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
    """Return the number of visits that ended in one of these outcomes."""
    return sum(counts.get(name.value, 0) for counts in outcomes for name in names)
