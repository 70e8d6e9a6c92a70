"""Plans what a run will visit, before its first page, and logs the plan in one line."""

from __future__ import annotations

import logging
from datetime import timedelta

from scrapy.crawler import Crawler

from thaigov_crawler.checked import absent_again_days
from thaigov_crawler.run import Run
from thaigov_crawler.run.ends import FinishReason
from thaigov_crawler.run.memory import memory_of
from thaigov_crawler.sources.base import Listed, Plan, Source
from thaigov_crawler.spiders.arguments import ArticleIds
from thaigov_crawler.spiders.visits import ALL, MISSING, Wanted, below
from thaigov_crawler.store import indexes, known

logger = logging.getLogger(__name__)

# If an archive lists less than this share of the articles that came from it, something is wrong with its index.
SUDDENLY_FEW = 0.5


async def find_plan(run: Run, wanted: Wanted, crawler: Crawler) -> tuple[Plan, ArticleIds] | None:
    """Return the plan of a run, and the article IDs that it was made for.

    If another run is at work on the host, end this run and return None. Raise SourceError, StoreError, Unreachable,
    Refused or NotSent.
    """
    ids = wanted.ids
    if run.stores:
        if other := run.take_lease():
            at_work = f"{other.holder}, run {other.run_id}, since {other.since}"
            why = f"Another run is at work on {run.source.host}: {at_work}"
            run.end(FinishReason.ALREADY_RUNNING, why, "Run again when that has ended.")
            return None
        ids = wanted.selected(run, absent_again_days(crawler.settings))
    if run.source.remembers:
        run.source.memory = memory_of(run, crawler.settings)
    plan = await run.source.plan(ids, crawler)
    run.counters.planned, run.counters.plans_only = plan.visits, wanted.plan_only
    if plan.listed and run.stores:
        _note(plan.listed, run)
    if plan.uncaptured:
        crawler.stats.set_value("thaigov/plan/uncaptured", plan.uncaptured)
    needless = sum(map(ids.within, ids.known))
    logger.info("%s", in_words(plan, run.source, wanted.visit, needless))
    came = _stored_from(run, ids) if run.stores and plan.captured is not None else 0
    if plan.captured is not None and plan.captured < SUDDENLY_FEW * came:
        run.warn(
            f"{run.source.name} lists captures of {plan.captured:,} of the article IDs asked for, though {came:,} "
            "stored articles among them came from there. Its index may be empty or half built today. What is stored "
            "stays. Run again another day. If this happens again, look at the archive."
        )
    elif plan.visits == 0 and not needless and wanted.visit in (MISSING, ALL) and run.source.part is None:
        logger.warning("%s holds no page of the article IDs asked for: is it the right one?", run.source.name)
    return plan, ids


def _note(listed: Listed, run: Run) -> None:
    """Note what the index of the source lists, for `scrapy coverage`. Raise StoreError."""
    is_whole = run.source.unread() is None
    told = (run.source.name, listed.ranges, listed.newest)
    run.write(lambda connection: indexes.note(connection, *told, is_whole=is_whole))


def _stored_from(run: Run, ids: ArticleIds) -> int:
    """Return how many of the article IDs asked for are stored articles from the run's source. Raise StoreError."""
    stored = run.read(lambda connection: known.stored_from(connection, run.source.name, below(run.source)))
    return sum(map(ids.within, stored))


def in_words(plan: Plan, source: Source, visit: str, known: int) -> str:
    """Return a plan on one line. `known` is how many of the article IDs asked for need no visit."""
    visits = "visits" if plan.visits is None else f"{plan.visits:,} visits"
    parts = [f"Plan: {visits} from {source.name}, visit={visit}"]
    if source.part:
        parts.append(f"part {source.part}")
    if plan.first is not None:
        parts.append(f"article IDs {plan.first} to {plan.last or 'the end'}")
    if plan.seconds:
        parts.append(f"at least {timedelta(seconds=round(plan.seconds))} at the allowed rate")
    if known:
        parts.append(f"{known:,} article IDs are known")
    if plan.uncaptured:
        parts.append(f"{plan.uncaptured:,} of those asked for were never captured")
    if plan.left_out:
        parts.append(f"{plan.left_out:,} file(s) are left out, see above")
    return "; ".join(parts)
