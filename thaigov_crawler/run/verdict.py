"""The verdict on a run: its exit status and the reason in words."""

from __future__ import annotations

from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.run.counters import Counters
from thaigov_crawler.run.ends import FINISHED, ExitStatus, FinishReason, status_of
from thaigov_crawler.sources.base import Unread


def judge(word: str, why: str, counters: Counters, unread: Unread | None, tolerated: float) -> tuple[ExitStatus, str]:
    """Return the exit status of a run, and the reason for it on one line.

    `word` is the finish reason with which Scrapy closed the spider. `why` says in words why the run ended early.
    `unread` says what the source could not read completely. `tolerated` is the share of visits, 0 to 1, that may end
    malformed or failed.
    """
    if word == FinishReason.SHUTDOWN.word:
        return FinishReason.SHUTDOWN.exit_status, "interrupted"
    if word != FINISHED:
        why = " ".join(why.split())
        return status_of(word), f"{word}: {why}" if why else word
    if counters.program_errors or counters.failed_feeds:
        lost = f"{counters.failed_feeds} feed(s) could not be written: see the errors in the log"
        bug = "an error in the program: please report the traceback in the log"
        return ExitStatus.UNEXPECTED, bug if counters.program_errors else lost
    if lacking := unread.why if unread else _lacking(counters, tolerated):
        return ExitStatus.INCOMPLETE, lacking
    return ExitStatus.FINISHED, "finished"


def _lacking(counters: Counters, tolerated: float) -> str:
    """Return what the visits lack, or an empty text."""
    visits = counters.outcomes.total()
    bad = counters.outcomes[Outcome.MALFORMED] + counters.outcomes[Outcome.FAILED]
    if visits and bad / visits > tolerated:
        return f"{bad} of {visits} visits ended malformed or failed (at most {tolerated:.0%} may)"
    if counters.left_out:  # nothing else says why
        return f"{counters.left_out} of {counters.planned} planned visits did not end, and nobody knows why: run again"
    return ""
