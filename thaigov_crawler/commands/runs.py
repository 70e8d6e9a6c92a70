"""`scrapy runs`: list the latest runs, or tell a monitor whether they failed."""

from __future__ import annotations

import argparse
import re
import socket
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.commands._store import opened_store
from thaigov_crawler.errors import ArgumentError
from thaigov_crawler.run.ends import ExitStatus
from thaigov_crawler.spiders.arguments import number
from thaigov_crawler.store import runs as stored
from thaigov_crawler.store.clock import moment
from thaigov_crawler.store.runs import PastRun
from thaigov_crawler.thai.calendar import BANGKOK

LATEST = 20
_PERIOD = re.compile(r"([1-9]\d{0,3})([mhdw])", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_UNBOUNDED = 100_000  # columns of the table if it is not printed on a terminal


class Command(ProjectCommand, ScrapyCommand):
    """List the latest runs, the newest last. With --failed-within, only say what failed."""

    about = "List the latest runs, or tell whether they failed"
    usage = "[--last NUMBER | --failed-within PERIOD]"

    def declare(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--last", metavar="NUMBER", help=f"how many runs to list (default: {LATEST})")
        parser.add_argument(
            "--failed-within",
            metavar="PERIOD",
            help="for a monitor: end with status 1 if, in this time (as in 90m, 36h, 7d, 2w), the last run of a spider "
            "over a kind of source failed, or no run succeeded",
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the list. Raise UsageError for bad options, StoreError if the database cannot be used.

        With --failed-within, the exit status is 1 if `failure` finds one.
        """
        if opts.last and opts.failed_within:
            raise UsageError("runs takes --last or --failed-within, not both")
        last = _number(opts.last)
        period = _period(opts.failed_within)
        with opened_store(self) as store:
            if period is None:
                with store.reading() as connection:
                    runs, present = stored.latest(connection, last), moment(connection)
                _show(runs, present) if runs else self.say("there are none")
            else:
                with store.reading() as connection:
                    runs, present = stored.since(connection, period), moment(connection)
                if why := failure(runs, present):
                    self.fail(f"in the last {opts.failed_within} {why}")


def failure(runs: Sequence[PastRun], present: datetime) -> str | None:
    """Return in words what is wrong with runs, or None if nothing is. The runs are in the order in which they began.

    Something is wrong if the last run of a spider over a kind of source failed, or if no run succeeded. The runs of a
    part are looked at by themselves. A run succeeded if it ended with status 0. If that was in the future, its clock
    was wrong, and the run does not count as a success.

    Some runs are neither failure nor success: those with status 5 (another run was at work on the host), those that
    only planned, and those that are at work. A killed run failed.
    """
    counting = [run for run in runs if not run.is_plan_only and (_has_a_verdict(run) or _was_killed(run))]
    last = {(run.spider, run.source_kind, run.part): run for run in counting}
    if failed := [run for run in last.values() if run.exit_status != ExitStatus.FINISHED]:
        return _plain("; ".join(map(_how_it_failed, failed)))
    by_now = (run for run in counting if (run.finished_at or "") <= present.isoformat())
    if any(run.exit_status == ExitStatus.FINISHED for run in by_now):
        return None
    at_work = [f"run {run.id} is at work{_where(run)} since {_began(run)}" for run in runs if run.is_running]
    return "; ".join(["none succeeded", *at_work])


def _how_it_failed(run: PastRun) -> str:
    ended = f"was killed{_where(run)}" if _was_killed(run) else f"ended with status {run.exit_status}: {run.reason}"
    part = f", part {run.part}" if run.part else ""
    return f"the last run of {run.spider} over {run.source_kind}{part}, {run.id} ({_began(run)}), {ended}"


def _has_a_verdict(run: PastRun) -> bool:
    return run.finished_at is not None and run.exit_status != ExitStatus.ALREADY_RUNNING


def _was_killed(run: PastRun) -> bool:
    return run.finished_at is None and not run.is_running


def _show(runs: Sequence[PastRun], present: datetime) -> None:
    """Print the table of runs. Print below it why runs failed, and their warnings.

    The machines are named if there is more than one.
    """
    names_machines = len({run.hostname for run in runs}) > 1
    on_terminal = sys.stdout.isatty()
    console = Console(width=None if on_terminal else _UNBOUNDED, color_system=None, highlight=False)
    style = box.SIMPLE_HEAD if on_terminal else None
    table = Table(box=style, pad_edge=False, show_edge=False, collapse_padding=on_terminal)
    for name in ("Run", "Began (Bangkok)", *(["Machine"] * names_machines), "What", "Outcomes", "Took", "Status"):
        is_prose = name in ("What", "Outcomes")
        table.add_column(name, justify="right" if name == "Run" else "left", no_wrap=not is_prose, overflow="fold")
    for run in runs:
        number, began, *rest = _row(run, present)
        machine = [run.hostname or ""] * names_machines
        table.add_row(*map(_text, (number, began, *machine, *rest)))
    with console.capture() as printed:
        console.print(table)
    for line in printed.get().splitlines():
        print(line.rstrip())
    for run in runs:
        for remark in (_why(run), *(run.warnings or ())):
            if remark:
                print(_plain(f"Run {run.id}: {remark}"))


def _row(run: PastRun, present: datetime) -> tuple[str, ...]:
    """Return the cells of a run's row in the table, without its machine."""
    status = str(run.exit_status)
    if run.finished_at is None:
        status = "running" if run.is_running else "not ended"
    arguments = (f"{name}={value}" for name, value in run.arguments.items() if name != "source")
    what = ", ".join((run.spider, run.source, *arguments))
    return str(run.id), _began(run), what, _outcomes(run), _took(run, present), status


def _outcomes(run: PastRun) -> str:
    """Return how the visits of a run ended. Add the number of planned visits if it is different or unknown."""
    ended = ", ".join(f"{count} {outcome}" for outcome, count in (run.outcomes or {}).items() if count)
    if run.planned is None:
        return f"{ended} (planned: unknown)" if ended else ""
    if run.planned == sum((run.outcomes or {}).values()):
        return ended
    return f"{ended} ({run.planned} planned)" if ended else f"{run.planned} planned"


def _why(run: PastRun) -> str | None:
    """Return why a run failed, or None if it succeeded or is at work."""
    if run.is_running or run.exit_status == ExitStatus.FINISHED:
        return None
    if run.finished_at is None:
        return f"was killed{_where(run)}"
    return run.reason or f"ended with status {run.exit_status}"


def _where(run: PastRun) -> str:
    """Return on which machine a run was or is at work, in words, or "" for this machine."""
    return f" on {run.hostname}" if run.hostname not in (None, socket.gethostname()) else ""


def _began(run: PastRun) -> str:
    return datetime.fromisoformat(run.started_at).astimezone(BANGKOK).strftime("%Y-%m-%d %H:%M")


def _took(run: PastRun, present: datetime) -> str:
    """Return how long a run took, as hours:minutes:seconds. Return "" if it was killed, or if its clock was changed."""
    if run.finished_at is None and not run.is_running:
        return ""
    end = datetime.fromisoformat(run.finished_at) if run.finished_at else present
    seconds = round((end - datetime.fromisoformat(run.started_at)).total_seconds())
    return "" if seconds < 0 else f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _text(value: str) -> Text:
    return Text(_plain(value))  # as Text, rich does not read brackets in a reason as markup


def _plain(value: str) -> str:
    """Return a text as one line without control characters, which could give commands to the terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in value).split())


def _number(text: str | None) -> int:
    """Return the value of --last. Raise UsageError if it is not a number."""
    try:
        return LATEST if text is None else number("--last", text)
    except ArgumentError:
        raise UsageError(f"--last {text!r}: must be a number, as in 50") from None


def _period(text: str | None) -> timedelta | None:
    """Return the value of --failed-within, or None without it. Raise UsageError if it is not a period such as 36h."""
    if text is None:
        return None
    found = _PERIOD.fullmatch(text)
    if not found:
        allowed = "must be a number of minutes, hours, days or weeks, as in 90m, 36h, 7d or 2w"
        raise UsageError(f"--failed-within {text!r}: {allowed}")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})
